"""The tab of the letters that were issued on a record: each leads to the letter as it is kept; it asks nothing."""

from collections.abc import Iterable
from typing import Any

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowIssued
from duedesk.desk.records.sheet import DATE_WIDTH, Sheet, column
from duedesk.desk.tables.columns import Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.store.queries.letters.lists import LetterRow

LETTERS = "Letters"

_COLUMNS = (
    column("number", "Letter", Kind.STRING, 150, Shown.NUMBER, stretches=True),
    column("day", "Date", Kind.DATE, DATE_WIDTH),
    column("level", "Level", Kind.STRING, 84),
    column("total", "To pay", Kind.CURRENCY, 144, Shown.MONEY),
    column("state", "On its way", Kind.STRING, 150),
    column("status", "Status", Kind.STRING, 100, Shown.STATUS),
)


def letters_sheet(letters: Iterable[LetterRow]) -> Sheet | None:
    """Give the tab; None where no letter was issued."""
    rows: list[ShownRow] = []
    leads_to: list[Destination | None] = []
    for place, one in enumerate(letters):
        level = "Notice" if one.is_courtesy else str(one.level)
        state = f"{one.state}, instead of mail" if one.is_instead else one.state
        texts = (one.number, written.day(one.day), level, written.amount(one.total, one.currency), state, one.status)
        values: tuple[Any, ...] = (one.number, one.day, level, one.total, state, one.status)
        rows.append(ShownRow(place, texts, values, one.currency))
        leads_to.append(ShowIssued(letter=one.key))
    return Sheet(_COLUMNS, tuple(rows), leads_to=tuple(leads_to)) if rows else None
