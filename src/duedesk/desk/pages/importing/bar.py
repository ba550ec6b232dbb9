"""The line above an import: its files, its mapping, what was answered, and the command that writes it; it does none."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk import format as written
from duedesk.desk.pages.importing.answers import in_words
from duedesk.desk.pages.importing.plan import Outcome, Request
from duedesk.desk.widgets.buttons import button, removable_chip
from duedesk.desk.widgets.labels import set_tooltip


class ImportBar(QWidget):
    """Shows a Request and what may be done with it."""

    files_asked = Signal()
    mapping_asked = Signal()
    mapping_removed = Signal()
    answer_removed = Signal(object)
    """An answer is taken back: the name of its option."""
    import_asked = Signal()
    skip_asked = Signal()
    """The good rows are to go in without the bad ones."""

    def __init__(self) -> None:
        super().__init__()
        self.files_button = button("Choose files…", self.files_asked.emit)
        set_tooltip(self.files_button, "Ctrl+Shift+I. Files can be dropped on the page, too.")
        self.mapping_button = button("Mapping…", self.mapping_asked.emit)
        set_tooltip(self.mapping_button, "A file that says which column is which field; many files need none.")
        self._said = QHBoxLayout()
        self._said.setSpacing(6)
        self.skip_button = button("", self.skip_asked.emit)
        set_tooltip(self.skip_button, "The rows that are left out go into a file beside theirs, with the reasons.")
        self.import_button = button("Import", self.import_asked.emit, primary=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.files_button)
        line.addWidget(self.mapping_button)
        line.addLayout(self._said, 1)
        line.addWidget(self.skip_button)
        line.addWidget(self.import_button)
        self.show_request(Request(), None)

    def show_request(self, request: Request, outcome: Outcome | None) -> None:
        """Show a request and offer what its outcome allows; None while there is none."""
        while (item := self._said.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        is_done = outcome is not None and outcome.is_written
        if request.mapping is not None and not is_done:
            name = request.mapping.replace("\\", "/").rpartition("/")[2]
            self._said.addWidget(removable_chip(f"Mapping: {name}", self.mapping_removed.emit))
        for option, value in () if is_done else request.answers:
            self._said.addWidget(removable_chip(in_words(option, value), partial(self.answer_removed.emit, option)))
        self._said.addStretch(1)
        can_skip = outcome is not None and outcome.can_skip and not outcome.can_import
        can_import = outcome is not None and outcome.can_import and not outcome.is_known_already
        bad = outcome.bad_rows if outcome is not None else 0
        self.skip_button.setText(f"Import without the {written.plural(bad, 'bad row')}")
        self.skip_button.setVisible(can_skip)
        self.import_button.setEnabled(can_import and not is_done)
        self.import_button.setVisible(bool(request.files) and not is_done)
        self.mapping_button.setVisible(bool(request.files) and not is_done and request.mapping is None)
