"""What is said beside a letter and at the foot: to whom it goes, what it asks for, what to know; it asks nothing."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.letter.bar import name_of
from duedesk.desk.pages.letter.preparing import Prepared
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.labels import Role, elided_label, plain_label, set_role
from duedesk.desk.widgets.remark import Remark


class LetterFacts(QFrame):
    """A card; empty until a letter is shown."""

    letterhead_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self._number = plain_label("", Role.QUIET, selectable=True)
        self._account = elided_label()
        self._totals = QVBoxLayout()
        self._totals.setSpacing(2)
        self._items = plain_label("", Role.OVERDUE, wraps=True)
        self._pages = plain_label("", Role.QUIET)
        self._remarks = QVBoxLayout()
        self._remarks.setSpacing(8)
        self._said = plain_label("", Role.QUIET, wraps=True, selectable=True)
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._number)
        column.addWidget(self._account)
        column.addLayout(self._totals)
        column.addWidget(self._items)
        column.addWidget(self._pages)
        column.addSpacing(12)
        column.addWidget(plain_label("Before it goes out", Role.QUIET))
        column.addSpacing(2)
        column.addLayout(self._remarks)
        column.addStretch(1)
        column.addWidget(self._said)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.addWidget(self._whole)
        self.clear()

    @property
    def said(self) -> str:
        """Give what was last said of saving or printing."""
        return self._said.text()

    def clear(self) -> None:
        """Show nothing."""
        self._whole.setVisible(False)
        self.say("")

    def show_letter(self, shown: Prepared) -> None:
        """Show what a letter is about."""
        letter = shown.letter
        self._number.setText(letter.account_number)
        self._number.setVisible(bool(letter.account_number))
        self._account.setText(letter.account)
        _empty(self._totals)
        for total in letter.totals:
            role = Role.FIGURE if len(letter.totals) == 1 else Role.TITLE
            self._totals.addWidget(plain_label(written.money(total.total, total.currency), role, selectable=True))
        self._items.setText(f"{written.plural(letter.item_count, 'invoice')} overdue on {written.day(letter.as_of)}")
        self._pages.setText(f"First reminder, {written.plural(len(shown.sizes), 'page')}")
        _empty(self._remarks)
        if not letter.remarks:
            self._remarks.addWidget(plain_label("Nothing that needs a look."))
        for text in letter.remarks:
            self._remarks.addWidget(Remark(text))
        if not shown.has_letterhead:
            line = QHBoxLayout()
            line.addWidget(button("Set the letterhead…", self.letterhead_asked.emit))
            line.addStretch(1)
            self._remarks.addLayout(line)
        self._whole.setVisible(True)

    def say(self, text: str, *, is_fault: bool = False) -> None:
        """Say what became of saving or printing."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        set_role(self._said, Role.OVERDUE if is_fault else Role.QUIET)

    def remarks(self) -> tuple[str, ...]:
        """Give the remarks that are shown."""
        return tuple(remark.text for remark in self.findChildren(Remark) if not remark.isHidden())

    def totals(self) -> tuple[str, ...]:
        """Give the totals that are shown."""
        shown = (self._totals.itemAt(place) for place in range(self._totals.count()))
        labels = (item.widget() for item in shown if item is not None)
        return tuple(label.text() for label in labels if isinstance(label, QLabel))


def foot_line(shown: Prepared) -> FootLine:
    """Give what is said of a letter at the foot."""
    pages = f"{written.plural(len(shown.sizes), 'page')}, {name_of(shown.paper)}"
    return FootLine(pages, tuple(written.money(total.total, total.currency) for total in shown.letter.totals))


def _empty(column: QVBoxLayout | QHBoxLayout) -> None:
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            _empty(inner)
