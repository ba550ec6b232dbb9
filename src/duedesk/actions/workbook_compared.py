"""A workbook that came back, read and compared with the book; nothing of it is taken over here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.letter_style import letter_style
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled
from duedesk.domain.promises import LATEST_PROMISE_DAYS
from duedesk.domain.reports.taking_back import Difference, Typed, differences
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import DateStyle, DayOrder
from duedesk.exchange.take_back import read_typed
from duedesk.exchange.typed_cells import Reading
from duedesk.store.queries.taking_back import invoices_now

_MONTH_FIRST = {"us", "usa", "u.s", "u.s.a", "united states", "united states of america"}
_EITHER_FIRST = {"ca", "canada", "ph", "philippines"}
_ROOM_DAYS = 3_650
"""A day that is years away is read, and refused as a promise: that says more than that it cannot be read."""


@dataclass(frozen=True, slots=True)
class Compared:
    """What was typed into a workbook, and how it differs from the book."""

    typed: Typed
    found: tuple[Difference, ...]


def compare_workbook(
    workspace: Workspace,
    path: Path,
    *,
    dates: DateStyle | None = None,
    decimal: DecimalMark | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Compared:
    """Read what was typed into a workbook and compare it with the book; FileRefused where it cannot be read."""

    def heard() -> None:
        if cancelled is not None and cancelled():
            raise Cancelled

    typed = read_typed(path, _reading(workspace, dates, decimal), heard)
    return Compared(typed, workspace.ask(compared, typed, workspace.world.today()))


def _reading(workspace: Workspace, dates: DateStyle | None, decimal: DecimalMark | None) -> Reading:
    latest = workspace.world.today() + timedelta(days=LATEST_PROMISE_DAYS + _ROOM_DAYS)
    return Reading(latest, dates or _as_the_house_writes(workspace), decimal, is_said=dates is not None)


def _as_the_house_writes(workspace: Workspace) -> DateStyle:
    """Give which of day and month comes first where a house writes numbers; it is asked where that is not plain."""
    country = letterhead(workspace.book).country.casefold().strip(" .")
    if country in _MONTH_FIRST:
        return DateStyle(order=DayOrder.MONTH_FIRST)
    is_english = workspace.ask(letter_style).dress.language == "en"
    if is_english and (not country or country in _EITHER_FIRST):
        return DateStyle()
    return DateStyle(order=DayOrder.DAY_FIRST)


def compared(connection: Connection, typed: Typed, today: date) -> tuple[Difference, ...]:
    """Compare what was typed with the book as it is now."""
    return differences(typed, invoices_now(connection, (row.number for row in typed.rows), today), today)
