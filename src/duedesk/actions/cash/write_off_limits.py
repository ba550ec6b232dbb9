"""Up to which amount a write-off needs nobody's approval, per currency: read and set; no limit unless one was set."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from sqlalchemy import Connection, insert, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.money import grouped, is_payable, plain, to_units
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


def set_write_off_limit(workspace: Workspace, currency: str, limit: Decimal | None) -> Changes:
    """Set up to which amount a write-off in a currency needs no approval; None takes the limit away.

    What it was before stands in the journal; nothing is written where nothing changed.
    """
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: USD.")
    if limit is not None:
        to_units(limit)
        if limit < 0 or not is_payable(limit, currency):
            raise RequestError(f"{limit} is no limit in {currency}.", "Give an amount, or 0 where all need approval.")
    with deed(workspace, "set_write_off_limit") as act:
        before = dict(read_limits(act.connection))
        after = {code: held for code, held in before.items() if code != currency}
        if limit is not None:
            after[currency] = limit
        if after != before:
            words = f"taken away in {currency}" if limit is None else f"set to {grouped(limit, currency)} {currency}"
            details = {"before": _written(before), "after": _written(after)}
            _store(act, _written(after), act.record(f"Limit of write-offs {words}", details))
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes


def _written(limits: Mapping[str, Decimal]) -> dict[str, str]:
    return {code: plain(limit, code) for code, limit in sorted(limits.items())}


def _store(act: Deed, limits: Mapping[str, str], journal_id: int) -> None:
    values = {"value": json.dumps(limits), "journal_id": journal_id}
    changed = act.connection.execute(update(setting).where(setting.c.name == WRITE_OFF_LIMITS).values(**values))
    if changed.rowcount == 0:
        act.connection.execute(insert(setting).values(name=WRITE_OFF_LIMITS, **values))
