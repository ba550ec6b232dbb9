"""The list of holds that stand on the day: of whom, why, until when, by whom; it releases none."""

from collections.abc import Sequence

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.names import fold
from duedesk.resources import Look
from duedesk.store.queries.dunning.holds import HoldRow

_COLUMNS = (
    Column("name", "Hold", Kind.STRING, Shown.NUMBER, 84),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 142),
    Column("invoice", "Invoice", Kind.STRING, Shown.NUMBER, 128),
    Column("reason", "Reason", Kind.STRING, Shown.TEXT, 140),
    Column("words", "In words", Kind.STRING, Shown.TEXT, 170, stretches=True),
    Column("end", "Until", Kind.DATE, Shown.TEXT, 106),
    Column("by", "By", Kind.STRING, Shown.TEXT, 140),
)
_ACCOUNT, _BY = 1, len(_COLUMNS) - 1
_WIDE = 1000
"""Pixels from which on it is said by whom; where there are fewer, the words need them."""


class HoldList(RowTable):
    """Rows are selected whole, several at once."""

    cuts_words = True

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__(look, tasks, RowModel())
        self.setAccessibleName("Holds")
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.holds: tuple[HoldRow, ...] = ()

    @property
    def hold(self) -> HoldRow | None:
        """Give the hold in hand."""
        place = self.currentIndex().row()
        return self.holds[place] if 0 <= place < len(self.holds) else None

    def selected(self) -> tuple[HoldRow, ...]:
        """Give the holds that are selected."""
        ranges = self.selectionModel().selection()
        spans = (ranges.at(at) for at in range(ranges.count()))
        places = sorted({place for one in spans for place in range(one.top(), one.bottom() + 1)})
        return tuple(self.holds[place] for place in places)

    def widen(self, widths: Sequence[int]) -> None:
        """Give the columns the room there is: what is left to the words, and some of it to the account."""
        if not widths:  # nothing was shown yet
            return
        room = self.viewport().width()
        self.setColumnHidden(_BY, room < _WIDE)
        given = [self.width_of(section) for section in range(len(_COLUMNS))]
        if room < _WIDE:
            given[_BY] = 0
        else:
            given[_ACCOUNT] += max(room - sum(given), 0) // 3
        super().widen(given)

    def show_holds(self, holds: tuple[HoldRow, ...], text: str = "") -> None:
        """Show other holds, those that fit a text."""
        wanted = fold(text)
        self.holds = tuple(one for one in holds if not wanted or wanted in fold(" ".join(_texts(one))))
        self.show_rows(_COLUMNS, [ShownRow(one.key, _texts(one), _texts(one)) for one in self.holds])
        if self.holds:
            self.selectRow(0)


def _texts(one: HoldRow) -> tuple[str, ...]:
    invoice = one.invoice or ("" if one.invoice_key is None else "No number")
    return (one.name, one.account, invoice or "All", one.reason, one.words, written.day(one.end), one.recorded_by)
