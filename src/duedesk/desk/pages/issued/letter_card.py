"""The issued letter in hand: what it asked for and how it left, or the very sheets that are kept; it reads nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.background import Tasks
from duedesk.desk.pages.issued.reading import KeptPaper, WholeLetter
from duedesk.desk.pages.issued.words import facts, way
from duedesk.desk.widgets.buttons import chip
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.desk.widgets.pdf_view import PdfView
from duedesk.desk.widgets.pill import Pill
from duedesk.domain.errors import DuedeskError
from duedesk.resources import Look

WIDTH, NARROW_WIDTH = 420, 304
_MARGIN = 16
_MOST_ITEMS = 60
_NAME_WIDTH = 92


class IssuedCard(QFrame):
    """Two faces, chosen by chips: what is known of the letter, and the letter as it is kept."""

    sheets_wanted = Signal()
    """The sheets are to be shown."""

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.setFixedWidth(WIDTH)
        self.number = plain_label("", Role.QUIET, selectable=True)
        self.pill = Pill(look)
        self.account = elided_label("", Role.STRONG)
        self.total = plain_label("", Role.FIGURE, selectable=True)
        self.facts_chip, self.sheets_chip = chip("About it  I"), chip("Letter  L")
        self._faces = QButtonGroup(self)
        for place, one in enumerate((self.facts_chip, self.sheets_chip)):
            self._faces.addButton(one, place)
        self.facts_chip.setChecked(True)
        self._faces.idClicked.connect(lambda _: self._turn())
        self.sheets = PdfView(tasks, look)
        self._area = scrolled(QWidget())
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._area)
        self.stack.addWidget(self.sheets)
        self.told: tuple[str, ...] = ()
        """What it says below its head, line by line."""
        self._key: int | None = None
        self._lay_out()
        self.show_letter(None)

    @property
    def shows_sheets(self) -> bool:
        """Tell whether the sheets are in front."""
        return self.sheets_chip.isChecked()

    def turn_to(self, *, sheets: bool) -> None:
        """Bring one of the faces to the front."""
        (self.sheets_chip if sheets else self.facts_chip).setChecked(True)
        self._turn()

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.sheets.set_look(look)
        self.pill.set_look(look)

    def show_letter(self, whole: WholeLetter | None) -> None:
        """Show a letter, or nothing; its sheets are asked for where they are in front and not there yet."""
        self._whole.setVisible(whole is not None)
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
            self.sheets.clear()
            if self.shows_sheets:
                self.sheets_wanted.emit()

    def show_paper(self, paper: KeptPaper | DuedeskError) -> None:
        """Show the sheets of the letter in hand, or why there are none."""
        if isinstance(paper, DuedeskError):
            self.sheets.show_reason(paper.message, paper.hint, ())
        elif paper.letter_key == self._key:
            self.sheets.show_pdf(paper.pdf, paper.sizes)

    def _lay_out(self) -> None:
        self._whole = QWidget()
        column = QVBoxLayout(self._whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        first = QHBoxLayout()
        first.addWidget(self.number)
        first.addWidget(self.pill)
        first.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        head.setSpacing(2)
        head.addLayout(first)
        head.addWidget(self.account)
        head.addWidget(self.total)
        chips = QHBoxLayout()
        chips.setContentsMargins(_MARGIN, 6, _MARGIN, 6)
        chips.setSpacing(6)
        chips.addWidget(self.facts_chip)
        chips.addWidget(self.sheets_chip)
        chips.addStretch(1)
        column.addLayout(head)
        column.addLayout(chips)
        column.addWidget(rule())
        column.addWidget(self.stack, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 14, 1, 8)  # clear of the line and its round corners
        outer.addWidget(self._whole)

    def _turn(self) -> None:
        self.stack.setCurrentIndex(int(self.shows_sheets))
        if self.shows_sheets:
            self.sheets_wanted.emit()

    def _show_facts(self, whole: WholeLetter) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(_MARGIN, 10, _MARGIN, 10)
        column.setSpacing(4)
        for name, text in facts(whole.letter):
            column.addLayout(_fact(name, text))
        _add_items(column, whole)
        _add_ways(column, whole)
        column.addStretch(1)
        self._area.setWidget(inside)
        inside.setAutoFillBackground(False)
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
