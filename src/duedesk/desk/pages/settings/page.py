"""The settings of the book: its sections at the left, the one in front at the right; each knows its own action."""

from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout

from duedesk.desk import format as written
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.settings.section_view import SectionView
from duedesk.desk.pages.settings.sections import SECTIONS
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.keys import panel_commands
from duedesk.desk.widgets.frames import card
from duedesk.domain.changes import Changes

_SECTIONS_WIDTH, _SECTION_HEIGHT = 160, 32


class SettingsPage(Page):
    """One section at a time; a section reads when it comes to the front."""

    title = "Settings"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.views = [SectionView(self, section) for section in SECTIONS]
        self.sections = QListWidget()
        for section in SECTIONS:
            item = QListWidgetItem(section.name)
            item.setSizeHint(QSize(0, _SECTION_HEIGHT))
            self.sections.addItem(item)
        self.sections.setAccessibleName("Sections")
        self.sections.setProperty("sections", True)  # noqa: FBT003 - Qt's own signature
        self.sections.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        for view in self.views:
            self.stack.addWidget(view)
            view.told.connect(lambda count, view=view: self._say_foot(view, count))
        frame = card()
        frame.setFixedWidth(_SECTIONS_WIDTH)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(6, 8, 6, 8)
        inside.addWidget(self.sections)
        across = QHBoxLayout(self)
        across.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        across.setSpacing(GAP)
        across.addWidget(frame)
        across.addWidget(self.stack, 1)
        self.sections.currentRowChanged.connect(self._show)
        self.sections.itemActivated.connect(lambda _: self.view.begin())
        self.sections.setCurrentRow(0)

    @property
    def view(self) -> SectionView:
        """Give the section in front."""
        return self.views[max(self.stack.currentIndex(), 0)]

    def show_section(self, name: str) -> None:
        """Bring a section to the front by its name; empty keeps the one that is."""
        place = next((at for at, view in enumerate(self.views) if view.section.name == name), None)
        if place is not None:
            self.sections.setCurrentRow(place)
        self.view.read()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the section in front again."""
        if changes is None or changes.concern(*self.view.section.concerns):
            self.view.read()

    def begin(self) -> None:
        """Begin at the sections."""
        self.sections.setFocus()

    def focus_filter(self) -> None:
        """Put the cursor into the list: a section is short, and nothing is searched in it."""
        self.view.begin()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        for view in self.views:
            view.take_look()

    def can_leave(self) -> bool:
        """Tell whether nothing would be lost."""
        return self.view.can_leave()

    def bookmark(self) -> object:
        """Remember the section in front."""
        return self.view.section.name

    def return_to(self, bookmark: object) -> None:
        """Bring the section to the front again."""
        self.show_section(str(bookmark))

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with a section and its entry in hand, or in the form that is open."""
        return panel_commands(self.view.form) or (
            PageCommand("&New entry", self.make, ("Ctrl+N",), barred=self._no_new),
            PageCommand("&Change", self.edit, heard="Enter", barred=self._no_entry),
            PageCommand("&Remove", self.remove, ("Del",), barred=self._no_removing),
            PageCommand("&Copy", self.copy, heard="Ctrl+C"),
        )

    def make(self) -> None:
        """Open the form of a new entry."""
        self.view.make()

    def edit(self) -> None:
        """Open the form of the entry in hand."""
        self.view.edit_current()

    def remove(self) -> None:
        """Remove the entry in hand."""
        self.view.remove()

    def copy(self) -> None:
        """Copy the selected rows."""
        self.view.table.copy()

    def _show(self, place: int) -> None:
        self.view.side.close_panel()
        self.stack.setCurrentIndex(place)
        self.view.read()

    def _say_foot(self, view: SectionView, count: int) -> None:
        if view is self.view:
            one, many = view.section.nouns
            self.footed.emit(FootLine(f"{written.count(count)} {one if count == 1 else many}"))

    def _no_new(self) -> str:
        return "" if self.view.section.new else "nothing is added here"

    def _no_entry(self) -> str:
        return "" if self.view.entry is not None else "nothing is selected"

    def _no_removing(self) -> str:
        entry = self.view.entry
        can = entry is not None and self.view.section.removing(entry) is not None
        return "" if can else "it stays in the book"
