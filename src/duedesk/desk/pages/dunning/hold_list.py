"""The list of holds that stand on the day: of whom, why, until when, by whom; it releases none."""

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.names import fold
from duedesk.resources import Look
from duedesk.store.queries.dunning_holds import HoldRow

_COLUMNS = (
    Column("name", "Hold", Kind.STRING, Shown.NUMBER, 84),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 180, stretches=True),
    Column("invoice", "Invoice", Kind.STRING, Shown.NUMBER, 128),
    Column("reason", "Reason", Kind.STRING, Shown.TEXT, 150),
    Column("words", "In words", Kind.STRING, Shown.TEXT, 170),
    Column("end", "Until", Kind.DATE, Shown.TEXT, 106),
    Column("by", "By", Kind.STRING, Shown.TEXT, 110),
)


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
