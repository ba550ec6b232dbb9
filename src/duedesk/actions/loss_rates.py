"""The loss rates that an allowance for doubtful debts begins with: read and set; those of the standard until then."""

from dataclasses import replace

from sqlalchemy import Connection, insert, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossRates
from duedesk.store.book import Book
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

LOSS_RATES = "loss_rates"


def loss_rates(book: Book) -> LossRates:
    """Give the rates of a book; BookError where they cannot be read."""
    return book.ask(read_loss_rates)


def read_loss_rates(connection: Connection) -> LossRates:
    """Give the rates inside a reading or an action."""
    stored = stored_setting(connection, LOSS_RATES)
    if stored is None:
        return DEFAULT_RATES
    try:
        return LossRates.parse(stored)
    except RequestError:
        raise BookError("The loss rates stored in the book cannot be read.", "Set them anew.") from None


def set_loss_rates(workspace: Workspace, rates: LossRates) -> Changes:
    """Set the rates; what they were before stands in the journal, and nothing is written where nothing changed."""
    with deed(workspace, "set_loss_rates") as act:
        before = read_loss_rates(act.connection)
        if rates != before:
            journal_id = act.record(
                f"Loss rates set to {rates.in_words()}", {"before": str(before), "after": str(rates)}
            )
            values = {"value": str(rates), "journal_id": journal_id}
            changed = act.connection.execute(update(setting).where(setting.c.name == LOSS_RATES).values(**values))
            if changed.rowcount == 0:
                act.connection.execute(insert(setting).values(name=LOSS_RATES, **values))
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes
