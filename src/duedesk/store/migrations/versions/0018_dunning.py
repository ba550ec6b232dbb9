"""What is dunned and why not: policies with their levels, holds, promises, runs and letters."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateColumn

from duedesk.store.migrations.dunning_access import set_access
from duedesk.store.migrations.guards import guard
from duedesk.store.tables.columns import Amount, Day, Flag, Key, Moment

revision = "0018"
down_revision = "0017"

_KEPT = {
    "dunning_hold": "name, account_id, invoice_id, reason_code, start_date, end_date, recorded_at, recorded_by",
    "payment_promise": (
        "name, invoice_id, currency_iso_code, promised_amount, promise_date, received_date, recorded_at, recorded_by"
    ),
    "dunning_reset": "invoice_id, reset_date, level_before, level_after, recorded_at, recorded_by",
    "dunning_letter": (
        "number, account_id, currency_iso_code, dunning_policy_id, level, letter_date, deadline, principal, fee, "
        "interest, unapplied, total, issued_at, issued_by"
    ),
    "dunning_letter_item": (
        "dunning_letter_id, invoice_id, currency_iso_code, due_date, balance, contested_amount, promised_amount, "
        "asked_amount, level_before, level_after, episode"
    ),
}
_ENDED_ONCE = {
    "dunning_hold": ("released_on, released_at, released_by", "OLD.released_on IS NOT NULL"),
    "payment_promise": ("withdrawn_on, withdrawn_at, withdrawn_by", "OLD.withdrawn_on IS NOT NULL"),
    "dunning_letter": ("status, cancelled_on, cancelled_at, cancelled_by", "OLD.cancelled_on IS NOT NULL"),
}

_LEVELS = (
    (0, "Before it is due", True, False, -5, 0, 0, 0, "mail", "friendly", None),
    (1, "Payment reminder", False, True, 5, 3, 0, 10, "mail", "friendly", None),
    (2, "Second reminder", False, True, 20, 0, 10, 10, "mail", "firm", None),
    (3, "Final demand", False, True, 40, 0, 10, 7, "print", "final", "final demand"),
)
"""Number, name, courtesy, active, days overdue, grace, interval, deadline, channel, tone, what happens at the end."""


def upgrade() -> None:
    """Make tables, columns and guards, and the policy that a book begins with; on a server policies and grants."""
    _make_policies()
    _make_holds()
    _make_letters()
    _add_columns()
    _begin_with_a_policy()
    for table, columns in _KEPT.items():
        guard(table, "delete", "DELETE", _said(table))
        guard(table, "update", f"UPDATE OF {columns}", _said(table))
    for table, (columns, condition) in _ENDED_ONCE.items():
        guard(table, "end", f"UPDATE OF {columns}", _said(table), f"WHEN ({condition})")
    if op.get_bind().dialect.name == "postgresql":
        set_access()


def _said(table: str) -> str:
    return f"{table.replace('_', ' ')} is kept as it was recorded"


def _words(*names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name.rstrip("!"), sa.Text, nullable=not name.endswith("!")) for name in names]


def _of(kind: Any, *names: str) -> list[sa.Column[Any]]:
    return [sa.Column(name.rstrip("!"), kind, nullable=not name.endswith("!")) for name in names]


def _with_default(kind: Any, *names: str, default: str = "0") -> list[sa.Column[Any]]:
    return [sa.Column(name, kind, nullable=False, server_default=default) for name in names]


def _amounts(*names: str) -> list[sa.Column[Any]]:
    return _with_default(Amount, *names)


def _link(table: str, name: str, to: str, *, required: bool = False) -> sa.Column[Any]:
    key = sa.ForeignKey(f"{to}.id", name=f"fk_{table}_{name}")
    return sa.Column(name, Key, key, nullable=not required)


def _one_of(table: str, name: str, *values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} IN ({', '.join(map(repr, values))})", name=op.f(f"ck_{table}_{name}"))


def _check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def _make(table: str, *items: Any) -> None:
    head = (sa.Column("id", Key, nullable=False), sa.Column("external_id", sa.Text))
    journal = _link(table, "journal_id", "journal_entry")
    op.create_table(
        table, *head, *items, journal, sa.PrimaryKeyConstraint("id", name=f"pk_{table}"), sqlite_strict=True
    )
    _index(table, "external_id", unique=True)


def _index(table: str, *columns: str, unique: bool = False, where: tuple[str, str] | None = None) -> None:
    name = f"{'uq' if unique else 'ix'}_{table}_{columns[0]}"
    parts: dict[str, Any] = {}
    if where is not None:
        parts = {"sqlite_where": sa.text(where[0]), "postgresql_where": sa.text(where[1])}
    op.create_index(name, table, list(columns), unique=unique, **parts)


def _make_policies() -> None:
    _make(
        "dunning_policy",
        *_words("name!", "description", "letter_per!", "catches_up!"),
        *_with_default(Flag, "whole_account_at_highest", "duns_charges", "charges_consumers"),
        *_with_default(sa.Integer, "promise_grace_days"),
        *_words("account_type"),
        *_with_default(Flag, "is_default"),
        *_with_default(Flag, "is_active", default="1"),
        *_with_default(sa.Integer, "version", default="1"),
        *_of(Moment, "created_date!"),
        _one_of("dunning_policy", "letter_per", "account", "invoice", "head office"),
        _one_of("dunning_policy", "catches_up", "one level", "deserved level"),
    )
    _index("dunning_policy", "name", unique=True)
    _index("dunning_policy", "account_type", unique=True)
    _index("dunning_policy", "is_default", unique=True, where=("is_default = 1", "is_default"))
    _make(
        "dunning_level",
        _link("dunning_level", "dunning_policy_id", "dunning_policy", required=True),
        *_with_default(sa.Integer, "number"),
        *_words("name!"),
        *_with_default(Flag, "is_courtesy"),
        *_with_default(Flag, "is_active", default="1"),
        *_with_default(sa.Integer, "days_overdue", "grace_days", "interval_days"),
        *_words("fee_kind", "fee_per"),
        *_of(Amount, "fee_percent"),
        *_with_default(Flag, "charges_interest"),
        *_with_default(sa.Integer, "deadline_days"),
        *_words("channel!", "tone!"),
        *_with_default(Flag, "lists_not_due"),
        *_with_default(Flag, "may_be_jumped_to", default="1"),
        *_words("at_the_end"),
        *_of(Moment, "created_date!"),
        _one_of("dunning_level", "fee_kind", "fixed", "percent"),
        _one_of("dunning_level", "fee_per", "letter", "item"),
        _one_of("dunning_level", "channel", "print", "mail"),
        _one_of("dunning_level", "tone", "friendly", "firm", "final"),
        _one_of("dunning_level", "at_the_end", "final demand", "credit hold", "hand-over"),
        _check("dunning_level", "fee", "(fee_kind IS NULL) = (fee_per IS NULL)"),
    )
    _index("dunning_level", "dunning_policy_id", "number", unique=True)
    _make(
        "dunning_level_amount",
        _link("dunning_level_amount", "dunning_level_id", "dunning_level", required=True),
        *_words("currency_iso_code!"),
        *_amounts("minimum_amount", "fee_amount"),
        *_of(Moment, "created_date!"),
        _check("dunning_level_amount", "amounts", "minimum_amount >= 0 AND fee_amount >= 0"),
    )
    _index("dunning_level_amount", "dunning_level_id", "currency_iso_code", unique=True)


def _make_holds() -> None:
    _make(
        "dunning_hold",
        *_words("name!"),
        _link("dunning_hold", "account_id", "account"),
        _link("dunning_hold", "invoice_id", "invoice"),
        *_words("reason_code!", "description"),
        *_of(Day, "start_date!", "end_date!"),
        *_of(Moment, "recorded_at!"),
        *_words("recorded_by!"),
        *_of(Day, "released_on"),
        *_of(Moment, "released_at"),
        *_words("released_by", "release_reason"),
        _check("dunning_hold", "whose", "(account_id IS NULL) <> (invoice_id IS NULL)"),
        _check("dunning_hold", "days", "end_date >= start_date"),
        _check("dunning_hold", "released", "(released_on IS NULL) = (released_at IS NULL)"),
    )
    _index("dunning_hold", "name", unique=True)
    for columns in (("account_id",), ("invoice_id",), ("end_date", "start_date")):
        _index("dunning_hold", *columns)
    _make(
        "payment_promise",
        *_words("name!"),
        _link("payment_promise", "invoice_id", "invoice", required=True),
        *_words("currency_iso_code!"),
        *_amounts("promised_amount"),
        *_of(Day, "promise_date!", "received_date!"),
        _link("payment_promise", "contact_id", "contact"),
        *_words("description"),
        *_of(Moment, "recorded_at!"),
        *_words("recorded_by!"),
        *_of(Day, "withdrawn_on"),
        *_of(Moment, "withdrawn_at"),
        *_words("withdrawn_by", "withdrawal_reason"),
        _check("payment_promise", "amount", "promised_amount > 0"),
        _check("payment_promise", "days", "promise_date >= received_date"),
        _check("payment_promise", "withdrawn", "(withdrawn_on IS NULL) = (withdrawn_at IS NULL)"),
    )
    _index("payment_promise", "name", unique=True)
    _index("payment_promise", "invoice_id")
    _index("payment_promise", "promise_date")
    _make(
        "dunning_reset",
        _link("dunning_reset", "invoice_id", "invoice", required=True),
        *_of(Day, "reset_date!"),
        *_with_default(sa.Integer, "level_before", "level_after"),
        *_words("reason!"),
        *_of(Moment, "recorded_at!"),
        *_words("recorded_by!"),
    )
    _index("dunning_reset", "invoice_id", "recorded_at")


def _make_letters() -> None:
    _make(
        "dunning_run",
        *_words("name!"),
        *_of(Day, "run_date!"),
        *_words("status!", "idempotency_key", "policies"),
        *_with_default(sa.Integer, "letter_count", "item_count", "dropped_count"),
        *_words("triage", "note", "started_by!"),
        *_of(Moment, "started_at!", "completed_at"),
        _one_of("dunning_run", "status", "Draft", "Issued", "Cancelled"),
    )
    _index("dunning_run", "name", unique=True)
    _index("dunning_run", "idempotency_key", unique=True)
    _index("dunning_run", "run_date")
    letter = "dunning_letter"
    _make(
        letter,
        *_words("number!"),
        _link(letter, "dunning_run_id", "dunning_run"),
        _link(letter, "account_id", "account", required=True),
        *_words("currency_iso_code!"),
        _link(letter, "dunning_policy_id", "dunning_policy"),
        *_with_default(sa.Integer, "level"),
        *_with_default(Flag, "is_courtesy"),
        *_of(Day, "letter_date!", "deadline"),
        *_amounts("principal", "fee", "interest", "unapplied", "total"),
        *(_link(letter, f"{what}_invoice_id", "invoice") for what in ("fee", "interest")),
        *_of(Day, "interest_until"),
        *_words("status!", "channel!", "address", "language_code"),
        _link(letter, "contact_id", "contact"),
        *_words("note"),
        *_of(Moment, "issued_at!"),
        *_words("issued_by!"),
        *_of(Day, "cancelled_on"),
        *_of(Moment, "cancelled_at"),
        *_words("cancelled_by", "cancellation_reason"),
        _one_of(letter, "status", "Issued", "Cancelled"),
        _one_of(letter, "channel", "print", "mail"),
        _check(letter, "amounts", "principal > 0 AND fee >= 0 AND interest >= 0 AND unapplied <= 0"),
        _check(letter, "total", "total = principal + fee + interest + unapplied"),
        _check(
            letter,
            "cancelled",
            "(status = 'Cancelled') = (cancelled_at IS NOT NULL) AND (cancelled_on IS NULL) = (cancelled_at IS NULL)",
        ),
    )
    _index(letter, "number", unique=True)
    _index(letter, "account_id", "letter_date")
    for column in ("dunning_run_id", "letter_date", "fee_invoice_id", "interest_invoice_id"):
        _index(letter, column)
    item = "dunning_letter_item"
    _make(
        item,
        _link(item, "dunning_letter_id", letter, required=True),
        _link(item, "invoice_id", "invoice", required=True),
        *_words("currency_iso_code!"),
        *_of(Day, "due_date!"),
        *_with_default(sa.Integer, "days_overdue"),
        *_amounts("balance", "contested_amount", "promised_amount", "asked_amount"),
        *_with_default(sa.Integer, "level_before"),
        *_of(sa.Integer, "level_after"),
        *_with_default(sa.Integer, "episode"),
        *_with_default(Flag, "is_cancelled"),
    )
    standing = ("is_cancelled = 0", "NOT is_cancelled")
    _index(item, "invoice_id", "level_after", "episode", unique=True, where=standing)
    _index(item, "dunning_letter_id")


def _add_columns() -> None:
    for table in ("account", "invoice"):
        link = f" CONSTRAINT fk_{table}_dunning_policy_id REFERENCES dunning_policy (id)"
        _add(table, sa.Column("dunning_policy_id", Key), link)
    _add("invoice", sa.Column("dunning_level", sa.Integer, nullable=False, server_default="0"))
    _add("invoice", sa.Column("last_dunned_date", Day))
    _add("account", sa.Column("is_person_account", Flag, nullable=False, server_default="0"))
    _add("contact", sa.Column("language_code", sa.Text))
    _add("contact", sa.Column("do_not_mail", Flag, nullable=False, server_default="0"))
    _add("contact", sa.Column("email_bounced_date", Moment))
    dunned = sa.text("(dunning_level <> 0 OR last_dunned_date IS NOT NULL OR dunning_policy_id IS NOT NULL)")
    columns = ["dunning_level", "last_dunned_date", "dunning_policy_id", "balance"]
    op.create_index("ix_invoice_dunned", "invoice", columns, sqlite_where=dunned, postgresql_where=dunned)
    drafts = sa.text("status = 'Draft'")
    columns = ["account_id", "currency_iso_code", "effective_date", "amount"]
    op.create_index("ix_payment_draft", "payment", columns, sqlite_where=drafts, postgresql_where=drafts)
    numbered = "'Invoice', 'CreditMemo', 'Payment', 'Refund', 'DunningLetter', 'DunningRun'"
    op.execute("ALTER TABLE number_series DROP CONSTRAINT ck_number_series_object_name")
    op.execute(
        f"ALTER TABLE number_series ADD CONSTRAINT ck_number_series_object_name CHECK (object_name IN ({numbered}))"
    )


def _add(table: str, column: sa.Column[Any], reference: str = "") -> None:
    written = CreateColumn(column).compile(dialect=op.get_bind().dialect)
    op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {written}{reference}"))


def _begin_with_a_policy() -> None:
    """Give the book three levels without fees, and a courtesy notice that is switched off."""
    bind = op.get_bind()
    day = "'2026-01-01T00:00:00.000000Z'"  # the book's own clock is not at hand, and any other would differ
    key = bind.exec_driver_sql(
        "INSERT INTO dunning_policy (name, description, letter_per, catches_up, promise_grace_days, is_default, "
        "created_date) VALUES ('Standard', 'Three letters, one level at a time', 'account', 'one level', 3, "
        f"{_flag(1)}, {day}) RETURNING id"
    ).scalar_one()
    for number, name, courtesy, active, days, grace, interval, deadline, channel, tone, end in _LEVELS:
        at_the_end = "NULL" if end is None else f"'{end}'"
        level = bind.exec_driver_sql(
            "INSERT INTO dunning_level (dunning_policy_id, number, name, is_courtesy, is_active, days_overdue, "
            "grace_days, interval_days, deadline_days, channel, tone, may_be_jumped_to, at_the_end, created_date) "
            f"VALUES ({key}, {number}, '{name}', {_flag(courtesy)}, {_flag(active)}, {days}, {grace}, {interval}, "
            f"{deadline}, '{channel}', '{tone}', {_flag(tone != 'final')}, {at_the_end}, {day}) RETURNING id"
        ).scalar_one()
        bind.exec_driver_sql(
            "INSERT INTO dunning_level_amount (dunning_level_id, currency_iso_code, minimum_amount, created_date) "
            + " UNION ALL ".join(
                f"SELECT {level}, '{code}', 50000, {_moment(day)}" for code in ("CHF", "EUR", "GBP", "USD")
            )
        )


def _flag(value: int) -> str:
    on_file = op.get_bind().dialect.name == "sqlite"
    return str(int(value)) if on_file else ("true" if value else "false")


def _moment(day: str) -> str:
    return day if op.get_bind().dialect.name == "sqlite" else f"{day}::timestamptz"
