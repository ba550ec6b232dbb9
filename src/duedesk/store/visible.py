"""Which rows a person may see or change, as SQL conditions and as views to stand before tables; it reads no record.

The same rule stands in the row-level security of a server, and a test holds both against plain Python.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from duedesk.domain.access import Level, Standing
from duedesk.domain.objects import CATALOG

OPEN_TO_ALL = frozenset(
    {
        "account",
        "contact",
        "dated_conversion_rate",
        "dunning_level",
        "dunning_level_amount",
        "dunning_policy",
        "group_member",
        "history_seal",
        "import_batch",
        "invoice_owner_sharing_rule",
        "letter_text",
        "number_counter",
        "number_series",
        "owner",
        "payment_term",
        "payment_term_item",
        "reference_rate",
        "saved_view",
        "setting",
    }
)
"""Tables that speak of no invoice: everybody in the book reads them. Every other table needs a view in `views`."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a person reaches at a level, as SQL conditions; `schema` is where the tables themselves stand."""

    standing: Standing
    level: Level
    schema: str

    def invoice(self, row: str) -> str:
        """Give the condition that an invoice is within reach: nobody's, owned within reach, or shared by hand."""
        return f"({self._nobodys_or_own(row)} OR EXISTS ({self._shares(f's.parent_id = {row}.id')}))"

    def invoice_key(self, key: str) -> str:
        """Give the condition that the invoice with this key is within reach."""
        return f"EXISTS (SELECT 1 FROM {self.schema}.invoice v WHERE v.id = {key} AND {self.invoice('v')})"

    def account_key(self, key: str) -> str:
        """Give the condition that the cash of an account is within reach.

        It is where an invoice of it is, where the account is owned within reach, or where nobody owns it and nothing
        was invoiced to it. The accounts are found once for a whole question, from the owners' side.
        """
        schema = self.schema
        untouched = f"NOT EXISTS (SELECT 1 FROM {schema}.invoice v WHERE v.billing_account_id = a.id)"
        accounts = (
            f"SELECT a.id FROM {schema}.account a WHERE a.owner_id IN ({self._owners}) "
            f"UNION SELECT a.id FROM {schema}.account a WHERE a.owner_id IS NULL AND {untouched} "
            f"UNION SELECT v.billing_account_id FROM {schema}.invoice v WHERE v.owner_id IN ({self._owners}) "
            f"UNION SELECT v.billing_account_id FROM {schema}.invoice v WHERE v.owner_id IS NULL "
            f"UNION SELECT v.billing_account_id FROM {schema}.invoice v WHERE v.id IN ({self._shares('1 = 1')})"
        )
        return f"+{key} IN ({accounts})"  # the plus: no index is walked account by account for it

    @property
    def _owners(self) -> str:
        reached = self.standing.editable if self.level is Level.EDIT else self.standing.readable
        return _listed(reached)

    def _nobodys_or_own(self, row: str) -> str:
        return f"{row}.owner_id IS NULL OR {row}.owner_id IN ({self._owners})"

    def _shares(self, condition: str) -> str:
        editing = " AND s.access_level = 'Edit'" if self.level is Level.EDIT else ""
        return (
            f"SELECT s.parent_id FROM {self.schema}.invoice_share s "
            f"WHERE {condition} AND s.user_or_group_id IN ({_listed(self.standing.groups)}){editing}"
        )


def schema_of(connection: Connection) -> str:
    """Give the schema in which the tables themselves stand."""
    return "main" if connection.dialect.name == "sqlite" else str(connection.scalar(text("SELECT current_schema()")))


def views(standing: Standing, schema: str) -> dict[str, str]:
    """Give by table the question whose answer stands before the table for somebody who does not see all."""
    reach = Reach(standing, Level.READ, schema)
    seen, account = reach.invoice_key, reach.account_key
    me = ", ".join(_quoted(name) for name in dict.fromkeys((standing.user, standing.name)) if name)
    payment = f"EXISTS (SELECT 1 FROM {schema}.payment p WHERE p.id = r.payment_id AND {account('p.account_id')})"
    memo = (
        f"EXISTS (SELECT 1 FROM {schema}.credit_memo m WHERE m.id = r.credit_memo_id "
        f"AND {account('m.billing_account_id')})"
    )
    changes = f"SELECT 1 FROM {schema}.record_change c WHERE c.journal_id = r.id"
    changes_hidden = f"{changes} AND NOT ({_record('c.object_name', 'c.record_key')})"
    by_me = f"EXISTS (SELECT 1 FROM {schema}.journal_entry j WHERE j.id = r.journal_id AND j.actor IN ({me}))"
    conditions = {
        "invoice": reach.invoice("r"),
        "invoice_line": seen("r.invoice_id"),
        "dispute": seen("r.invoice_id"),
        **dict.fromkeys(("interest_charge", "payment_schedule", "payment_schedule_item"), seen("r.invoice_id")),
        "invoice_feed": seen("r.parent_id"),
        "invoice_share": seen("r.parent_id"),
        "invoice_batch_run": f"r.owner_id IS NULL OR r.owner_id IN ({_listed(standing.readable)})",
        "invoice_batch_run_item": seen("r.invoice_id"),
        "application": seen("r.invoice_id"),
        "payment": account("r.account_id"),
        "refund": payment,
        "credit_memo": account("r.billing_account_id"),
        "credit_memo_line": memo,
        "approval_request": seen("r.invoice_id"),
        "stored_file": (
            f"EXISTS (SELECT 1 FROM {schema}.invoice_feed f WHERE f.related_record_id = r.id AND {seen('f.parent_id')})"
        ),
        # These speak of records of any object, and ask the views above.
        "history_entry": _record("r.object_name", "r.record_key"),
        "record_change": f"{_record('r.object_name', 'r.record_key')} OR (r.change = 'deleted' AND {by_me})",
        "journal_entry": f"r.actor IN ({me}) OR (EXISTS ({changes}) AND NOT EXISTS ({changes_hidden}))",
    }
    conditions |= _of_dunning(reach, me) | _of_a_person(schema, me)
    found = {table: f"SELECT r.* FROM {schema}.{table} r WHERE {condition}" for table, condition in conditions.items()}
    found["hidden_application"] = (
        "SELECT r.payment_id, r.credit_memo_id, r.account_id, r.currency_iso_code, r.kind, r.effective_date, "
        f"r.recorded_at, r.impact_amount FROM {schema}.application r "
        f"WHERE {account('r.account_id')} AND NOT {seen('r.invoice_id')}"
    )
    return found


def _of_a_person(schema: str, me: str) -> dict[str, str]:
    """Give the conditions of what each person has for themselves."""
    parts = {"bulk_run_item": ("bulk_run", "bulk_run_id"), "report_production": ("saved_report", "saved_report_id")}
    own = dict.fromkeys(("record_view", "view_choice", "bulk_run", "saved_report"), f"r.user_name IN ({me})")
    return own | {
        table: f"EXISTS (SELECT 1 FROM {schema}.{whole} w WHERE w.id = r.{link} AND w.user_name IN ({me}))"
        for table, (whole, link) in parts.items()
    }


def _of_dunning(reach: Reach, me: str) -> dict[str, str]:
    """Give the conditions of what is dunned: a letter is seen by whoever sees all of its items."""
    seen, account = reach.invoice_key, reach.account_key

    def letter(row: str) -> str:
        hidden_item = (
            f"SELECT 1 FROM {reach.schema}.dunning_letter_item t WHERE t.dunning_letter_id = {row}.id "
            f"AND NOT {seen('t.invoice_id')}"
        )
        return f"{account(f'{row}.account_id')} AND NOT EXISTS ({hidden_item})"

    of_letter = f"SELECT 1 FROM {reach.schema}.dunning_letter l WHERE l.id = r.dunning_letter_id AND {letter('l')}"
    by_invoice = dict.fromkeys(("dunning_letter_item", "dunning_reset", "payment_promise"), seen("r.invoice_id"))
    return by_invoice | {
        "dunning_hold": (
            f"(r.invoice_id IS NOT NULL AND {seen('r.invoice_id')}) "
            f"OR (r.invoice_id IS NULL AND {account('r.account_id')})"
        ),
        "dunning_letter": letter("r"),
        **dict.fromkeys(("issued_letter_document", "letter_delivery"), f"EXISTS ({of_letter})"),
        "dunning_run": f"r.started_by IN ({me})",
    }


def _record(name: str, key: str) -> str:
    """Give the condition that a record of any object is to be seen; one that is gone is not."""
    hidden = {one.name: one.table for one in CATALOG if one.table not in OPEN_TO_ALL and one.table != "history_entry"}
    parts = [
        f"({name} = '{object_name}' AND EXISTS (SELECT 1 FROM {table} d WHERE d.id = {key}))"
        for object_name, table in hidden.items()
    ]
    others = f"{name} NOT IN ({', '.join(map(_quoted, hidden))})"
    return f"({' OR '.join([*parts, others])})"


def _listed(keys: Iterable[int]) -> str:
    return ", ".join(map(str, sorted(keys))) or "NULL"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
