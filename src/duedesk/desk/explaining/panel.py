"""The panel beside a page that tells how a figure is made up; it is asked behind the window and copied as text."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.explaining.content import NO_STEPS, figure_in_words, in_words, proof_in_words, sheet_of
from duedesk.desk.navigation import Destination, ShowExplanation, ShowInvoices, Stand
from duedesk.desk.page import Desk
from duedesk.desk.records.tabs import Tab
from duedesk.desk.theme import GAP
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.labels import Role, plain_label, set_role, set_tooltip
from duedesk.domain.errors import DuedeskError
from duedesk.domain.explaining.figures import Explanation, Figure, as_text, moved, stand_of
from duedesk.resources import Look
from duedesk.store.queries.explaining.figures import explain


class ExplanationPanel(QWidget):
    """Title and figure, what is said of it, the steps; a sum that would not end in the figure is told in red."""

    went = Signal(object)
    """A step leads on: a Destination."""
    left = Signal()
    """The panel is not needed any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.figure: Figure | None = None
        self.told: Explanation | None = None
        self.setAccessibleName("Explanation")
        self.title = plain_label("", Role.QUIET, wraps=True)
        self.amount = plain_label("", Role.FIGURE, selectable=True)
        self.said = plain_label("", Role.QUIET, wraps=True, selectable=True)
        self.proof = plain_label("", Role.QUIET, wraps=True)
        self.tab = Tab(desk.look, desk.tasks, "What makes the figure")
        self.table = self.tab.table
        self.table.installEventFilter(self)
        self.tab.opened.connect(self._follow)
        self._trail: list[tuple[Figure, int]] = []
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell_row())
        self.copy_button = button("Copy as text", self.copy)
        self.list_button = button("Open as list", self.open_list)
        self.close_button = button("Close", self.left.emit)
        self.back_button = button("Back", self.go_back)
        set_tooltip(self.back_button, "To the figure before (Alt+Left)")
        set_tooltip(self.copy_button, "Words and columns, for a mail or a sheet (Ctrl+C)")
        set_tooltip(self.close_button, "Esc")
        self.row_words = plain_label("", Role.SMALL, wraps=True)
        self._lay_out()
        self.hide()

    def explain(self, figure: Figure) -> None:
        """Tell how a figure is made up, and take the cursor."""
        self._trail.clear()
        self._ask(figure)
        self.show()
        self.table.setFocus()

    def go_back(self) -> None:
        """Tell again of the figure that this one was reached through, at the row that led on."""
        if self._trail:
            figure, row = self._trail.pop()
            self._ask(figure, row)
            self.table.setFocus()

    def stand_on(self, stand: Stand) -> None:
        """Tell of the same figure from elsewhere in time."""
        there = (stand.as_of, stand.known_on)
        if self.figure is not None and not self.isHidden() and stand_of(self.figure) != there:
            self._ask(moved(self.figure, *there))
            self._trail = [(moved(figure, *there), row) for figure, row in self._trail]

    def ask_again(self) -> None:
        """Tell of the book as it is now."""
        if self.figure is not None and not self.isHidden():
            self._ask(self.figure)

    def copy(self) -> None:
        """Copy all of it as text: words, and the steps as columns."""
        if self.told is not None:
            QGuiApplication.clipboard().setText(as_text(self.told))

    def open_list(self) -> None:
        """Open the items that the figure is made of as a list."""
        if self.told is not None and self.told.listed is not None:
            self.went.emit(ShowInvoices(self.told.listed, self.told.title))

    def set_look(self, look: Look) -> None:
        """Draw in another look."""
        self.table.set_look(look)

    def event(self, event: QEvent) -> bool:
        """Keep Esc, Ctrl+C and, where there is a figure before this one, Alt+Left from being commands of the page."""
        is_ours = isinstance(event, QKeyEvent) and (
            event.key() == Qt.Key.Key_Escape or event.matches(QKeySequence.StandardKey.Copy) or self._is_back(event)
        )
        if is_ours and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copy all that is told, whichever row is in hand, and go back: the table would move its cursor."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.matches(QKeySequence.StandardKey.Copy):
                self.copy()
                return True
            if self._is_back(event):
                self.go_back()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, go back with Alt+Left."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif self._is_back(event):
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _is_back(self, event: QKeyEvent) -> bool:
        is_alone = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.AltModifier
        return bool(self._trail) and event.key() == Qt.Key.Key_Left and is_alone

    def _follow(self, there: Destination) -> None:
        """Tell of the figure that a row leads to and remember the way back; anything else is a page's."""
        if isinstance(there, ShowExplanation):
            if self.figure is not None:
                self._trail.append((self.figure, self.table.currentIndex().row()))
            self._ask(there.figure)
        else:
            self.went.emit(there)

    def _ask(self, figure: Figure, row: int = 0) -> None:
        self.figure = figure
        self.back_button.setVisible(bool(self._trail))
        workspace = self._desk.workspace
        self._desk.tasks.read(
            self,
            lambda: workspace.ask(explain, figure),
            lambda told: self._take(told, row),
            failed=self._refuse,
            slot="explanation",
        )

    def _take(self, told: Explanation, row: int) -> None:
        self.told = told
        self.title.setText(told.title)
        self.amount.setText(figure_in_words(told))
        self.said.setText("\n".join(told.said))
        if self.figure is not None:
            self.tab.show_sheet(sheet_of(told, stand_of(self.figure)[0]))
        set_role(self.proof, Role.QUIET if told.holds else Role.OVERDUE)
        self.proof.setText(proof_in_words(told))
        self.proof.setVisible(told.figure is not None)
        self.copy_button.setEnabled(True)
        can_list = told.listed is not None and told.listed.object == "Invoice" and ShowInvoices in self._desk.reachable
        self.list_button.setVisible(can_list)
        if self.tab.sheet.rows:
            at = min(max(row, 0), len(self.tab.sheet.rows) - 1)
            self.table.setCurrentIndex(self.table.records.index(at, 1 if told.is_sum else 0))
        self._tell_row()

    def _refuse(self, error: DuedeskError) -> None:
        self.told = None
        self.title.setText(error.message)
        self.amount.setText("")
        self.said.setText(error.hint)
        self.proof.setVisible(False)
        self.tab.show_sheet(NO_STEPS)
        self.copy_button.setEnabled(False)
        self.list_button.setVisible(False)

    def _tell_row(self) -> None:
        place = self.table.currentIndex().row()
        steps = () if self.told is None else self.told.steps
        self.row_words.setText(in_words(steps[place]) if 0 <= place < len(steps) else "")

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.back_button)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.list_button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        held = card()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(held)
        column = QVBoxLayout(held)
        column.setContentsMargins(1, 12, 1, 12)
        column.setSpacing(6)
        for widget in (self.title, self.amount, self.said):
            widget.setContentsMargins(15, 0, 15, 0)
            column.addWidget(widget)
        column.addSpacing(GAP // 2)
        column.addWidget(self.tab, 1)
        for widget in (self.row_words, self.proof):
            widget.setContentsMargins(15, 0, 15, 0)
            column.addWidget(widget)
        buttons.setContentsMargins(15, 6, 15, 0)
        column.addLayout(buttons)
