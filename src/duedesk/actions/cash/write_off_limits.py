"""Up to which amount a write-off needs nobody's approval, per currency: read and set; no limit unless one was set."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection, insert, update

from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.money import grouped, is_payable, plain, to_units
from duedesk.store import journal
from duedesk.store.book import Book
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

WRITE_OFF_LIMITS = "write_off_limits"


def write_off_limits(book: Book) -> Mapping[str, Decimal]:
    """Give the limits by currency; BookError where they cannot be read."""
    return book.ask(read_limits)


def read_limits(connection: Connection) -> Mapping[str, Decimal]:
    """Give the limits by currency inside an action."""
    stored = stored_setting(connection, WRITE_OFF_LIMITS)
    if stored is None:
        return {}
    try:
        return {str(code): Decimal(limit) for code, limit in json.loads(stored).items()}
    except (ValueError, TypeError, AttributeError, InvalidOperation):
        raise BookError("The limits of write-offs stored in the book cannot be read.", "Set them anew.") from None


def save_write_off_limit(workspace: Workspace, currency: str, limit: Decimal | None) -> Changes:
    """Set up to which amount a write-off in a currency needs no approval; None takes the limit away.

    What it was before stands in the journal; nothing is written where nothing changed.
    """
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: USD.")
    if limit is not None:
        to_units(limit)
        if limit < 0 or not is_payable(limit, currency):
            raise RequestError(f"{limit} is no limit in {currency}.", "Give an amount, or 0 where all need approval.")
    with workspace.book.writing() as connection:
        before = dict(read_limits(connection))
        after = {code: held for code, held in before.items() if code != currency}
        if limit is not None:
            after[currency] = limit
        if after == before:
            return Changes()
        summary = f"Limit of write-offs in {currency} taken away"
        if limit is not None:
            summary = f"Limit of write-offs set to {grouped(limit, currency)} {currency}"
        written = {code: plain(held, code) for code, held in sorted(after.items())}
        details = {"before": {code: plain(held, code) for code, held in sorted(before.items())}, "after": written}
        journal_id = journal.record(
            connection, workspace.world, action="save_write_off_limit", summary=summary, details=details
        )
        values = {"value": json.dumps(written), "journal_id": journal_id}
        changed = connection.execute(update(setting).where(setting.c.name == WRITE_OFF_LIMITS).values(**values))
        if changed.rowcount == 0:
            connection.execute(insert(setting).values(name=WRITE_OFF_LIMITS, **values))
    return Changes(frozenset({"Setting"}), journal_id, summary)
