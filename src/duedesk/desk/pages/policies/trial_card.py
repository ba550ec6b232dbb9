"""What tomorrow's run would be by the policies as they are edited: by level, and letter by letter what turns."""

from datetime import date

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.policy_words import level_name
from duedesk.domain.dunning.trial import Sum, Trial, Turn, Turned
from duedesk.resources import Look

_MARGIN = 16
_MOST_TOLD = 500
_WIDE = 620
"""Pixels from which on the invoices are counted too."""


def _words(path: str, label: str, width: int, *, stretches: bool = False) -> Column:
    return Column(path, label, Kind.STRING, Shown.TEXT, width, stretches=stretches)


_OF_SUMS = (
    _words("level", "Level", 130, stretches=True),
    Column("letters", "Letters", Kind.STRING, Shown.FIGURE, 66),
    Column("items", "Invoices", Kind.STRING, Shown.FIGURE, 76),
    Column("total", "Asks for", Kind.STRING, Shown.FIGURE, 126),
    Column("before", "As saved", Kind.STRING, Shown.FIGURE, 130),
)
_OF_TURNED = (
    _words("turn", "", 84),
    _words("account", "Account", 130, stretches=True),
    _words("level", "Level", 84),
    Column("total", "Asks for", Kind.STRING, Shown.FIGURE, 126),
    Column("before", "As saved", Kind.STRING, Shown.FIGURE, 126),
)
_SAME = "the same"
_TURNS = {Turn.NEW: "New", Turn.GONE: "Gone", Turn.CHANGED: "Changed"}


class TrialCard(QFrame):
    """Two tables, one of them in front; the last answer stays until there is another."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.title = plain_label("", Role.STRONG)
        self.remark = elided_label("", Role.QUIET)
        self.sums = RowTable(look, tasks, RowModel())
        self.sums.setAccessibleName("Letters by level")
        self.turned = RowTable(look, tasks, RowModel())
        self.turned.setAccessibleName("What is new, gone or changed")
        self.stack = QStackedWidget()
        self._sums: list[tuple[str, ...]] = []
        self._faces = QButtonGroup(self)
        self.chips = (chip("By level"), chip("What changes"))
        head = QHBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        head.setSpacing(6)
        head.addWidget(self.title)
        head.addWidget(self.remark, 1)
        for place, (one, table) in enumerate(zip(self.chips, (self.sums, self.turned), strict=True)):
            table.cuts_words = True
            table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
            self._faces.addButton(one, place)
            head.addWidget(one)
            self.stack.addWidget(table)
        self.chips[0].setChecked(True)
        self._faces.idClicked.connect(self.stack.setCurrentIndex)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 10, 1, 6)  # clear of the line and its round corners
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.stack, 1)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.sums.set_look(look)
        self.turned.set_look(look)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        if self._sums and len(self._columns()) != len(self.sums.records.columns):
            self._show_sums()

    def turn(self) -> None:
        """Bring the other table to the front."""
        place = 1 - self.stack.currentIndex()
        self.chips[place].setChecked(True)
        self.stack.setCurrentIndex(place)

    def wait(self) -> None:
        """Say that it is being worked out."""
        self.remark.setText("Working it out…")

    def refuse(self, why: str) -> None:
        """Say why there is no answer; the last one stays."""
        self.remark.setText(why)

    def show_trial(self, trial: Trial, policy: Policy, day: date) -> None:
        """Show what a run of a day would be, one policy level by level."""
        self.title.setText(f"Run of {written.day(day)}")
        self.remark.setText(_in_short(trial))
        names = {one.number: f"{level_name(one)} · {one.name}" for one in policy.levels}
        rows = [
            _sum_row(names.get(one.level, f"Level {one.level}"), one.currency, one.now, one.before)
            for one in trial.of(policy.key)
        ]
        rows += [_sum_row("Other policies", code, *both) for code, both in trial.beside(policy.key).items()]
        rows.append(("Overdue and left out", "", _turn(trial.left_out_before, trial.left_out), "", ""))
        self._sums = rows
        self._show_sums()
        self.chips[1].setText(f"What changes  {len(trial.turned):,}")
        self.chips[1].setAccessibleName("What changes")
        turned = [_turned_row(one) for one in trial.turned[:_MOST_TOLD]]
        self.turned.show_rows(_OF_TURNED, [ShownRow(at, row, row) for at, row in enumerate(turned)])

    def _columns(self) -> tuple[Column, ...]:
        return tuple(one for one in _OF_SUMS if one.path != "items" or self.width() >= _WIDE)

    def _show_sums(self) -> None:
        columns = self._columns()
        places = [_OF_SUMS.index(one) for one in columns]
        rows = [tuple(row[place] for place in places) for row in self._sums]
        self.sums.show_rows(columns, [ShownRow(at, row, row) for at, row in enumerate(rows)])


def _in_short(trial: Trial) -> str:
    if not trial.turned:
        return "As the saved policies would have it"
    counts = [sum(one.turn is turn for one in trial.turned) for turn in Turn]
    said = [f"{count:,} {turn}" for count, turn in zip(counts, Turn, strict=True) if count]
    return f"{', '.join(said)} against the saved policies"


def _sum_row(name: str, currency: str, now: Sum, before: Sum) -> tuple[str, ...]:
    letters, items = (_turn(getattr(before, what), getattr(now, what)) for what in ("letters", "items"))
    was = _SAME if now == before else written.money(before.total, currency)
    return (name, letters, items, written.money(now.total, currency), was)


def _turn(before: int, now: int) -> str:
    return f"{now:,}" if before == now else f"{before:,} → {now:,}"


def _turned_row(one: Turned) -> tuple[str, ...]:
    levels = [None if each is None else each.level for each in (one.before, one.now)]
    held, wanted = levels
    level = f"{held} → {wanted}" if None not in levels and held != wanted else str(wanted if held is None else held)
    sums = ["" if each is None else written.money(each.total, each.currency) for each in (one.now, one.before)]
    return (_TURNS[one.turn], one.letter.to.name, "Notice" if one.letter.is_courtesy else level, *sums)
