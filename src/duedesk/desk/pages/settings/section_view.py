"""A section of the settings on the screen: its sentence, its list, and beside it the form of the entry in hand."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.page import Page
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store
from duedesk.desk.theme import GAP
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.empty_list import EmptyList
from duedesk.desk.widgets.frames import card
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.changes import Changes


class SectionView(QWidget):
    """Reads by itself when it is shown; `told` says at the foot how many entries there are."""

    told = Signal(object)
    """How many entries are shown."""

    def __init__(self, page: Page, section: Section) -> None:
        super().__init__()
        self._page = page
        self.section = section
        self.content = Content(())
        self._keep: str = ""
        self.remark = plain_label(section.remark, Role.QUIET, wraps=True)
        self.new = button(section.new.rstrip("…"), self.make)
        if not section.new:
            self.new.hide()
        self.remove_button = button("", self.remove)
        self.remove_button.setVisible(False)
        self.table = RowTable(page.desk.look, page.desk.tasks, RowModel())
        self.table.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self.table.setAccessibleName(section.name)
        self.table.cuts_words = True
        self.table.cell_opened.connect(lambda index: self.edit(index.row()))
        self.table.doubleClicked.connect(lambda index: self.edit(index.row()))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_removing())
        self.empty = EmptyList()
        self.stack = QStackedWidget()
        self.side = SidePlace()
        self.side.changed.connect(page.commands_changed)
        self._lay_out()

    @property
    def entry(self) -> Entry | None:
        """Give the entry in hand."""
        place = self.table.currentIndex().row()
        return self.content.entries[place] if 0 <= place < len(self.content.entries) else None

    @property
    def form(self) -> VerbPanel | None:
        """Give the form that is open."""
        return self.side.panel if isinstance(self.side.panel, VerbPanel) else None

    def read(self) -> None:
        """Read the entries again."""
        workspace, section = self._page.desk.workspace, self.section
        self._page.desk.tasks.read(
            self, lambda: section.read(workspace), self._take, failed=self._page.say_failed, slot="section"
        )

    def begin(self) -> None:
        """Begin in the list, or at what makes the first entry."""
        (self.table if self.content.entries else self.new).setFocus()

    def make(self) -> None:
        """Open the form of a new entry."""
        if self.section.new:
            self._open(None)

    def edit(self, place: int) -> None:
        """Open the form of an entry."""
        if 0 <= place < len(self.content.entries):
            self._open(self.content.entries[place])

    def edit_current(self) -> None:
        """Open the form of the entry in hand."""
        self.edit(self.table.currentIndex().row())

    def remove(self) -> None:
        """Remove the entry in hand."""
        entry = self.entry
        removing = None if entry is None else self.section.removing(entry)
        if removing is not None:
            words, store = removing
            self._write(store, None, words)

    def close_form(self) -> None:
        """Take the form away."""
        if self.form is not None:
            self.side.close_panel()
            self.begin()

    def can_leave(self) -> bool:
        """Tell whether the form holds nothing that would have to be typed again; it says so itself."""
        return self.side.can_leave()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.table.set_look(self._page.desk.look)

    def _lay_out(self) -> None:
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(1, 5, 1, 5)  # clear of the line and its round corners
        inside.addWidget(self.stack)
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.remark, 1)
        for command in (self.remove_button, self.new):
            head.addWidget(command, 0, Qt.AlignmentFlag.AlignTop)
        across = QHBoxLayout()
        across.setSpacing(GAP)
        across.addWidget(frame, 1)
        across.addWidget(self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addLayout(across, 1)

    def _take(self, content: Content) -> None:
        entry = self.entry
        kept = self._keep or ("" if entry is None else entry.texts[0])
        self._keep = ""
        self.content = content
        self.remark.setText(content.remark or self.section.remark)
        self.table.show_rows(self.section.columns, [one.row(at) for at, one in enumerate(content.entries)])
        if content.entries:
            place = next((at for at, one in enumerate(content.entries) if one.texts[0] == kept), 0)
            self.table.selectRow(place)
            self.stack.setCurrentWidget(self.table)
        else:
            ways = ((self.section.new.rstrip("…"), self.make),) if self.section.new else ()
            self.empty.say("Nothing here yet", self.section.nothing, ways)
            self.stack.setCurrentWidget(self.empty)
        self._show_removing()
        self.told.emit(len(content.entries))

    def _show_removing(self) -> None:
        entry = self.entry
        removing = None if entry is None else self.section.removing(entry)
        self.remove_button.setText("" if removing is None else removing[0])
        self.remove_button.setVisible(removing is not None)

    def _open(self, entry: Entry | None) -> None:
        form = self.section.form(entry, self.content)
        form.asked.connect(lambda store: self._write(store, form, form.title.text()))
        form.left.connect(self.close_form)
        self.side.open_panel(form)
        form.begin()

    def _write(self, store: Store, form: VerbPanel | None, title: str) -> None:
        def done(changes: Changes) -> None:
            if form is not None and form is self.form:
                self.close_form()
            self.read()
            said = changes.summary or "Nothing was changed"
            self._page.say_done(f"{said}.")

        workspace = self._page.desk.workspace
        self._page.desk.tasks.write(
            self,
            lambda _: store(workspace),
            done,
            title=title,
            failed=self._page.say_failed if form is None else form.show_fault,
        )
