"""Dunning runs by name or day, and the invoices that one asked for; what a run would do now is asked elsewhere."""

from datetime import date

from sqlalchemy import Connection, func, select

from duedesk.domain.dunning.run_comparing import IssuedItem
from duedesk.domain.errors import RequestError
from duedesk.store.queries.letters.issued import Run, runs
from duedesk.store.tables.dunning import dunning_letter as letter
from duedesk.store.tables.dunning import dunning_letter_item as item
from duedesk.store.tables.dunning import dunning_run as run
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


def run_called(connection: Connection, name: str) -> Run:
    """Give a run by its name, whatever its case; RequestError where there is none."""
    key = connection.scalar(select(run.c.id).where(func.lower(run.c.name) == name.strip().lower()))
    found = next((one for one in runs(connection) if one.key == key), None)
    if found is None:
        raise RequestError(f"There is no run {name.strip()}.", "Runs have names like DR-2026-00001.")
    return found


def last_run(connection: Connection, by: date) -> Run | None:
    """Give the last run that issued letters by a day; None where there was none."""
    issued = (one for one in runs(connection) if one.run_date <= by and one.letter_count)
    return next(issued, None)


def items_of_run(connection: Connection, run_key: int) -> tuple[IssuedItem, ...]:
    """Give the invoices that the letters of a run asked for."""
    one = item.c
    asked = (
        select(one.invoice_id, invoice.c.document_number, letter.c.account_id, account.c.name)
        .add_columns(one.currency_iso_code, one.asked_amount, one.level_after, letter.c.number, one.is_cancelled)
        .join(letter, letter.c.id == one.dunning_letter_id)
        .join(account, account.c.id == letter.c.account_id)
        .join(invoice, invoice.c.id == one.invoice_id)
        .where(letter.c.dunning_run_id == run_key, one.level_after.is_not(None))
        .order_by(one.id)
    )
    return tuple(IssuedItem(key, number or "", *rest) for key, number, *rest in connection.execute(asked))
