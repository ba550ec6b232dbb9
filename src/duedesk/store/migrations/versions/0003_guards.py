"""Triggers that keep what is posted as it is: the program is stopped from changing it, whatever its faults."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_NEVER = ("application", "journal_entry")
_FIXED_ONCE_POSTED = {
    "invoice": (
        "posted_at",
        (
            "document_number, billing_account_id, currency_iso_code, invoice_date, due_date, posted_at, total_amount, "
            "total_tax_amount, total_amount_with_tax"
        ),
    ),
    "credit_memo": (
        "posted_at",
        "document_number, billing_account_id, currency_iso_code, effective_date, posted_at, total_amount_with_tax",
    ),
    "payment": (
        "CASE status WHEN 'Draft' THEN NULL ELSE status END",
        "account_id, currency_iso_code, effective_date, amount",
    ),
}


def upgrade() -> None:
    """Make the triggers."""
    on_file = op.get_bind().dialect.name == "sqlite"
    if not on_file:
        op.execute(
            "CREATE FUNCTION duedesk_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '% is posted and cannot be changed', TG_TABLE_NAME; END $$"
        )
    for table in _NEVER:
        _guard(table, "UPDATE", "", on_file=on_file)
        _guard(table, "DELETE", "", on_file=on_file)
    for table, (posted, columns) in _FIXED_ONCE_POSTED.items():
        condition = _of_old_row(posted)
        _guard(table, f"UPDATE OF {columns}", condition, on_file=on_file)
        _guard(table, "DELETE", condition, on_file=on_file)


def _of_old_row(posted: str) -> str:
    return f"({posted.replace('status', 'OLD.status').replace('posted_at', 'OLD.posted_at')}) IS NOT NULL"


def _guard(table: str, event: str, condition: str, *, on_file: bool) -> None:
    name = f"{table}_keeps_{event.split(maxsplit=1)[0].lower()}"
    when = f"WHEN ({condition})" if condition else ""
    if on_file:
        action = f"BEGIN SELECT RAISE(ABORT, '{table} is posted and cannot be changed'); END"
        op.execute(sa.text(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} {action}"))
    else:
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION duedesk_refuse()"
        )
