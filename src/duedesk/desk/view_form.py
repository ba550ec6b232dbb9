"""The form in which a query or a list is kept under a name, or a view is given another; it stores nothing itself."""

from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.tick import Tick


@dataclass(frozen=True, slots=True)
class ViewWanted:
    """A view as it is to be kept; `was` is its name so far, where it is to have another."""

    name: str
    query: str
    is_shared: bool
    was: str = ""
    begins: bool = False
    """The person's list shall begin with it."""


class ViewForm(VerbPanel):
    """A name, and who sees it; of a list also whether one begins with it."""

    def __init__(self, query: str, name: str = "", *, renames: bool = False, is_list: bool = False) -> None:
        super().__init__("Rename the view" if renames else "Save as view", "Rename" if renames else "Save")
        self._query = query
        self._was = name if renames else ""
        self.name = QLineEdit(name)
        self.name.selectAll()
        self.shared = Tick("Everybody sees it")
        self.begins = Tick("My list begins with it")
        remark = "" if is_list else "A view of yours that has this name already is replaced."
        self.add_field("Name", self.name, remark)
        if not (renames and is_list):
            self.fields.addWidget(self.shared)
        if is_list and not renames:
            self.fields.addWidget(self.begins)

    def first_field(self) -> QWidget:
        """Begin at the name."""
        return self.name

    def gather(self) -> ViewWanted:
        """Give the view as it is to be kept."""
        name, begins = self.name.text().strip(), self.begins.isChecked()
        return ViewWanted(name, self._query, self.shared.isChecked(), self._was, begins)
