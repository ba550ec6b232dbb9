"""The issued letter in hand: what it asked for and how it left, or the very sheets that are kept; it reads nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.issued.reading import KeptPaper, WholeLetter
from duedesk.desk.pages.issued.words import facts, way
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.desk.widgets.letter_frame import MARGIN, LetterFrame
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.errors import DuedeskError
from duedesk.resources import Look

WIDTH, NARROW_WIDTH = 420, 304
_MOST_ITEMS = 60
_NAME_WIDTH = 92


class IssuedCard(LetterFrame):
    """Two faces, chosen by chips: what is known of the letter, and the letter as it is kept."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        self.number = plain_label("", Role.QUIET, selectable=True)
        self.pill = Pill(look)
        self.account = elided_label("", Role.STRONG)
        self.total = plain_label("", Role.FIGURE, selectable=True)
        super().__init__(look, tasks, "About it  I", self._head())
        self.setFixedWidth(WIDTH)
        self.told: tuple[str, ...] = ()
        """What it says below its head, line by line."""
        self._key: int | None = None
        self.show_letter(None)

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        super().set_look(look)
        self.pill.set_look(look)

    def show_letter(self, whole: WholeLetter | None) -> None:
        """Show a letter, or nothing; its sheets are asked for where they are in front and not there yet."""
        self.show_whole(shows=whole is not None)
        if whole is None:
            self._key = None
            return
        one = whole.letter
        is_other = one.key != self._key
        self._key = one.key
        self.number.setText(one.number)
        self.pill.set_text(one.status)
        self.account.setText(one.account)
        self.total.setText(written.money(one.total, one.currency))
        self._show_facts(whole)
        if is_other:
            self.forget_sheets()

    def show_paper(self, paper: KeptPaper | DuedeskError) -> None:
        """Show the sheets of the letter in hand, or why there are none."""
        if isinstance(paper, DuedeskError):
            self.sheets.show_reason(paper.message, paper.hint, ())
        elif paper.letter_key == self._key:
            self.sheets.show_pdf(paper.pdf, paper.sizes)

    def _head(self) -> QWidget:
        made = QWidget()
        head = QVBoxLayout(made)
        head.setContentsMargins(MARGIN, 0, MARGIN, 0)
        head.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self.number)
        first.addWidget(self.pill)
        first.addStretch(1)
        head.addLayout(first)
        head.addWidget(self.account)
        head.addWidget(self.total)
        return made

    def _show_facts(self, whole: WholeLetter) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, 10, MARGIN, 10)
        column.setSpacing(4)
        for name, text in facts(whole.letter):
            column.addLayout(_fact(name, text))
        _add_items(column, whole)
        _add_ways(column, whole)
        column.addStretch(1)
        self.show_face(inside)
        self.told = (*(f"{name}: {text}" for name, text in facts(whole.letter)), *map(way, whole.ways))


def _fact(name: str, text: str) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    named = plain_label(name, Role.QUIET, wraps=True)
    named.setFixedWidth(_NAME_WIDTH)
    named.setAlignment(Qt.AlignmentFlag.AlignTop)
    line.addWidget(named)
    line.addWidget(plain_label(text, wraps=True, selectable=True), 1)
    return line


def _add_items(column: QVBoxLayout, whole: WholeLetter) -> None:
    column.addSpacing(8)
    column.addWidget(plain_label(written.plural(len(whole.items), "invoice"), Role.STRONG))
    for item in whole.items[:_MOST_ITEMS]:
        line = QHBoxLayout()
        line.addWidget(plain_label(item.number or "No number", selectable=True))
        line.addStretch(1)
        line.addWidget(plain_label(written.amount(item.asked, whole.letter.currency)))
        column.addLayout(line)
        after = "listed, not due yet" if item.level_after is None else f"level {item.level_before} → {item.level_after}"
        column.addWidget(plain_label(f"{written.due(item.days_overdue, item.due_date)} · {after}", Role.SMALL))
    rest = len(whole.items) - _MOST_ITEMS
    if rest > 0:
        column.addWidget(plain_label(f"And {rest:,} more, which the letter lists.", Role.QUIET))


def _add_ways(column: QVBoxLayout, whole: WholeLetter) -> None:
    column.addSpacing(8)
    column.addWidget(plain_label("How it left", Role.STRONG))
    if not whole.ways:
        column.addWidget(plain_label("It is queued nowhere yet.", Role.QUIET))
    for one in whole.ways:
        column.addWidget(plain_label(way(one), wraps=True, selectable=True))
        if one.last_error:
            column.addWidget(plain_label(one.last_error, Role.SMALL, wraps=True, selectable=True))
