"""Who may see and write what on a server, of the tables of dunning: for the migration that makes them, and no other.

Policies are everybody's to read and the keepers' to change; what speaks of an invoice or an account goes with it.
"""

from duedesk.store.migrations.server_access import (
    DESK,
    EDITS_INVOICE,
    KEEPS,
    KNOWN,
    SEES_INVOICE,
    added_to,
    grant,
    make_function,
    set_policies,
    show_changes_of,
)

_RULES = ("dunning_policy", "dunning_level", "dunning_level_amount")
_RECORDS = ("dunning_hold", "payment_promise", "dunning_reset", "dunning_run", "dunning_letter", "dunning_letter_item")
_OF_INVOICES = {
    "PaymentPromise": "payment_promise",
    "DunningReset": "dunning_reset",
    "DunningLetterItem": "dunning_letter_item",
}
_OTHERS = {"DunningHold": "dunning_hold", "DunningRun": "dunning_run", "DunningLetter": "dunning_letter"}

_ALL = "(SELECT duedesk_reaches_all('Read'))"


def set_access() -> None:
    """Set policies and grants, and have letters and runs numbered as documents are."""
    _count_numbers()
    make_function(
        "duedesk_sees_letter(letter bigint)",
        "SELECT NOT EXISTS (SELECT 1 FROM {s}.dunning_letter_item t WHERE t.dunning_letter_id = $1 "
        "AND NOT {s}.duedesk_reaches('Read', t.invoice_id))",
    )
    _secure()
    _tell_who_sees()
    grant(_RECORDS, kept=_RULES, keepers_may="INSERT, UPDATE, DELETE")


def _count_numbers() -> None:
    more = (
        " UNION ALL SELECT 'DunningLetter', number FROM {s}.dunning_letter "
        "UNION ALL SELECT 'DunningRun', name FROM {s}.dunning_run"
    )
    for signature, returns in (
        ("duedesk_number_taken(object_name text, number text)", "boolean"),
        ("duedesk_numbers_behind(object_name text, prefix text, OUT longest integer, OUT highest bigint)", "record"),
    ):
        body = added_to(signature.partition("(")[0], ") n WHERE n.object_name = $1", more)
        make_function(signature, body, returns, again=True)


def _of_account(level: str) -> str:
    whole = f"(SELECT duedesk_reaches_all('{level}'))"
    return f"({whole} OR ({KNOWN} AND account_id IN (SELECT duedesk_accounts('{level}'))))"


def _secure() -> None:
    for table in _RULES:
        set_policies(table, KNOWN, KEEPS, KEEPS, KEEPS)
    held = f"((invoice_id IS NOT NULL AND {SEES_INVOICE}) OR (invoice_id IS NULL AND {_of_account('Read')}))"
    holds = (
        f"((invoice_id IS NOT NULL AND {EDITS_INVOICE}) OR (invoice_id IS NULL AND {DESK} AND {_of_account('Edit')}))"
    )
    set_policies("dunning_hold", held, f"{holds} AND recorded_by = session_user", holds)
    set_policies("payment_promise", SEES_INVOICE, f"{EDITS_INVOICE} AND recorded_by = session_user", EDITS_INVOICE)
    set_policies("dunning_reset", SEES_INVOICE, f"{EDITS_INVOICE} AND recorded_by = session_user", "false")
    set_policies("dunning_letter_item", SEES_INVOICE, EDITS_INVOICE, EDITS_INVOICE)
    mine = f"({DESK} AND started_by = session_user)"
    set_policies("dunning_run", f"({_ALL} OR ({KNOWN} AND started_by = session_user))", mine, mine)
    letter = f"({DESK} AND {_of_account('Edit')})"
    shown = f"({_ALL} OR ({_of_account('Read')} AND duedesk_sees_letter(id)))"
    set_policies("dunning_letter", shown, f"{letter} AND issued_by = session_user", letter)


def _tell_who_sees() -> None:
    """Let journal and changes be seen by whoever sees the record they speak of."""
    more = "".join(
        f"WHEN '{name}' THEN EXISTS (SELECT 1 FROM {{s}}.{table} d WHERE d.id = $2 "
        "AND {s}.duedesk_reaches('Read', d.invoice_id)) "
        for name, table in _OF_INVOICES.items()
    )
    accounts = "d.account_id IN (SELECT {s}.duedesk_accounts('Read'))"
    more += (
        "WHEN 'DunningHold' THEN EXISTS (SELECT 1 FROM {s}.dunning_hold d WHERE d.id = $2 AND CASE "
        f"WHEN d.invoice_id IS NULL THEN {accounts} ELSE {{s}}.duedesk_reaches('Read', d.invoice_id) END) "
        "WHEN 'DunningLetter' THEN EXISTS (SELECT 1 FROM {s}.dunning_letter d WHERE d.id = $2 "
        f"AND {accounts} AND {{s}}.duedesk_sees_letter(d.id)) "
        "WHEN 'DunningRun' THEN {s}.duedesk_reaches_all('Read') OR EXISTS (SELECT 1 FROM {s}.dunning_run d "
        "WHERE d.id = $2 AND d.started_by = session_user::text) "
    )
    show_changes_of(_OF_INVOICES | _OTHERS, more)
