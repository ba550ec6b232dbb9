"""The card in which a text is typed: its parts, the list of fields to put in, and saving; it stores nothing."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout

from duedesk.desk.pages.letter_texts.wording_edit import WordingEdit
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import rule
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tab_order import put_in_order
from duedesk.documents.wording_gaps import FIELD_WORDS
from duedesk.domain.errors import DuedeskError

_MARGIN = 16
_LONGEST_HINT = 120
"""Letters of a hint; one that lists all fields is longer."""


class TextCard(QFrame):
    """What is wrong stands above the commands, in a sentence."""

    save_asked = Signal()
    drop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.edit = WordingEdit()
        self._fault = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self.field_button = button("Put in a field…  Ctrl+M", self.choose_field)
        self.field_button.setAccessibleName("Put in a field")
        self.drop_button = button("Drop changes", self.drop_asked.emit)
        self.save_button = button("Save  Ctrl+S", self.save_asked.emit, primary=True)
        self.save_button.setAccessibleName("Save")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 12, 1, 12)  # clear of the line and its round corners
        column.setSpacing(8)
        column.addWidget(self.edit, 1)
        column.addWidget(rule())
        self._fault.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.addWidget(self._fault)
        line = QHBoxLayout()
        line.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        line.setSpacing(8)
        line.addWidget(self.field_button)
        line.addStretch(1)
        line.addWidget(self.drop_button)
        line.addWidget(self.save_button)
        column.addLayout(line)
        commands = (self.field_button, self.drop_button, self.save_button)
        self.edit.built.connect(lambda: put_in_order(self.edit.last, *commands))
        self.show_state(is_changed=False, fault=None)

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def show_state(self, *, is_changed: bool, fault: DuedeskError | None, saves: str = "Save") -> None:
        """Say whether something is not saved, what saving does, and why it could not be."""
        self._fault.setText("" if fault is None else _in_short(fault))
        self._fault.setVisible(fault is not None)
        self.save_button.setText(f"{saves}  Ctrl+S")
        self.save_button.setEnabled(is_changed and fault is None)
        self.drop_button.setEnabled(is_changed)

    def choose_field(self) -> None:
        """Offer the merge fields, each with what it means, and put the chosen one where the cursor is."""
        self.field_menu().popup(self.field_button.mapToGlobal(self.field_button.rect().topLeft()))

    def field_menu(self) -> QMenu:
        """Give the list of merge fields."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for name, words in FIELD_WORDS.items():
            menu.addAction(f"{words}\t${name}").triggered.connect(partial(self._put, name))
        return menu

    def _put(self, name: str, *_: object) -> None:
        self.edit.insert(name)


def _in_short(fault: DuedeskError) -> str:
    """Say what is wrong; of all the fields that there are, where their list is."""
    hint = fault.hint if len(fault.hint) <= _LONGEST_HINT else "Ctrl+M lists the fields there are."
    return f"{fault.message} {hint}".strip()
