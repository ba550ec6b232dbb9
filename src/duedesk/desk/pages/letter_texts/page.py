"""What dunning letters say: a text by kind and language, its versions, and the very page it stands on."""

from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from duedesk.desk.navigation import ShowPolicies
from duedesk.desk.page import Desk, Page, PageCommand
from duedesk.desk.pages.letter_texts.bar import TextsBar
from duedesk.desk.pages.letter_texts.edit_card import TextCard
from duedesk.desk.pages.letter_texts.storing import Sheets, Storing
from duedesk.desk.pages.letter_texts.styling import Styling
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.pdf_view import PdfView
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError, RequestError

_PAUSE_MS = 400
"""A pause in typing after which the page is set again."""


class LetterTextsPage(Page):
    """Nothing that is typed is in the book until it is saved, as another version: the earlier ones are kept."""

    title = "Letter texts"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.bar, self.card = TextsBar(), TextCard()
        self.preview = PdfView(desk.tasks, desk.look)
        self.side = SidePlace(self.card)
        self.storing = Storing(self, self.bar, self.card.edit)
        self.styling = Styling(self, self.side, self.draw)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.draw)
        self._across = across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(self.side, 1)
        across.addWidget(self.preview, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.bar)
        column.addLayout(across, 1)
        self._connect()

    def show_text(self, kind: str = "", language: str = "") -> None:
        """Show the text that holds of a kind in a language; what is empty stays."""
        self.bar.choose(kind, language)
        self.storing.read()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the text again, unless something is typed; set the page again."""
        if changes is None or changes.objects:
            self.storing.read(keep_typed=True)

    def begin(self) -> None:
        """Begin in the first paragraph."""
        self.card.edit.begin()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.preview.set_look(self.desk.look)

    def can_leave(self) -> bool:
        """Tell whether nothing is typed that is not saved."""
        if self.storing.is_typed:
            self.say_failed(RequestError("The text is not saved.", "Ctrl+S saves it, Ctrl+R drops the changes."))
            return False
        return self.side.can_leave()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with a text, or in the panel that is open."""
        panel = panel_commands(self.side.panel)
        if panel:
            return panel
        policies = PageCommand("Dunning pol&icies…", self.show_policies, ("Ctrl+L",), follows_rule=True)
        return (
            PageCommand("&Save as another version", self.storing.save, ("Ctrl+S",), barred=self._nothing_to_save),
            PageCommand("&Drop the changes", self.storing.drop, ("Ctrl+R",), barred=self._nothing_changed),
            PageCommand("Put in a &field…", self.card.choose_field, ("Ctrl+M",), barred=self.barred),
            PageCommand("Add a &paragraph", self.card.edit.add_paragraph, ("Ctrl+N",), barred=self.barred),
            PageCommand(
                "S&tyle of letters…", self.styling.ask_style, ("Ctrl+B",), barred=self.barred, follows_rule=True
            ),
            PageCommand("&Letterhead…", self.styling.ask_letterhead, ("Ctrl+H",), barred=self.barred),
            *((policies,) if self.can_go(ShowPolicies) else ()),
        )

    def show_policies(self) -> None:
        """Go to the policies whose letters say this."""
        self.go(ShowPolicies())

    def draw(self) -> None:
        """Set the page with what is typed."""
        self._pause.stop()
        self._show_state()
        if self.storing.fault() is None:
            self.storing.draw()

    def _connect(self) -> None:
        self.bar.chosen.connect(self._turn)
        self.bar.version_chosen.connect(self._turn_version)
        self.bar.letter_chosen.connect(self.draw)
        self.bar.style_asked.connect(self.styling.ask_style)
        self.bar.letterhead_asked.connect(self.styling.ask_letterhead)
        self.card.save_asked.connect(self.storing.save)
        self.card.drop_asked.connect(self.storing.drop)
        self.card.edit.changed.connect(self._on_typed)
        self.side.changed.connect(self.commands_changed)
        self.side.changed.connect(lambda: self.begin() if self.side.panel is None else None)
        self.side.changed.connect(lambda: self._across.setStretch(0, int(self.side.panel is None)))
        self.storing.found.connect(self._on_found)
        self.storing.drawn.connect(self._show_sheets)

    def _turn(self) -> None:
        if self.storing.is_typed:
            self.can_leave()
            self.bar.choose(*self.storing.asked)
            return
        self.storing.read()

    def _turn_version(self) -> None:
        if self.storing.is_typed:
            self.can_leave()
            self.storing.show_versions()
            return
        self.storing.show_version()

    def _on_found(self) -> None:
        self.footed.emit(self.storing.foot())
        self.draw()
        self.commands_changed.emit()

    def _on_typed(self) -> None:
        self._show_state()
        self.commands_changed.emit()
        self._pause.start()

    def _show_state(self, fault: DuedeskError | None = None) -> None:
        fault = fault or self.storing.fault()
        saves = "Take it back" if self.storing.is_old and not self.storing.is_typed else "Save"
        self.card.show_state(is_changed=self.storing.is_changed, fault=fault, saves=saves)

    def _show_sheets(self, found: Sheets | DuedeskError) -> None:
        if isinstance(found, DuedeskError):
            if self.storing.has_letters:
                self._show_state(found)
            else:
                self.preview.show_reason(found.message, found.hint, ())
            return
        self.preview.show_pdf(found.pdf, found.sizes)

    def _nothing_changed(self) -> str:
        return "" if self.storing.is_changed else "nothing was changed"

    def _nothing_to_save(self) -> str:
        fault = self.storing.fault()
        return self.barred() or self._nothing_changed() or ("" if fault is None else "something is wrong with it")
