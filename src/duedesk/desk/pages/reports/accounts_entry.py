"""The accounts a report is of: looked up by name or number, kept by number; none means all of them."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from duedesk.desk.filtering.asking import suggested
from duedesk.desk.pages.reports.asking import names_of_accounts
from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.widgets.account_search import AccountSearch
from duedesk.desk.widgets.buttons import removable_chip
from duedesk.domain.reports.offered import Parameter
from duedesk.store.queries.accounts import AccountRow

_LONGEST = 34
"""Characters of a name on a chip; all of it is what a screen reader says."""


class AccountsEntry(SaidEntry):
    """A search, and a chip for each account that was chosen; a click takes it away."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__(parameter, choosing)
        workspace = choosing.desk.workspace
        self.search = AccountSearch(choosing.desk.tasks, partial(suggested, workspace))
        self.search.has_list = False
        self.search.setPlaceholderText("All; look one up")
        self.search.account_chosen.connect(self._take)
        self.search.left.connect(self._take_typed)
        self.search.textEdited.connect(lambda _: self.changed.emit())
        self.chips: dict[str, QPushButton] = {}
        self._names: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self.search)
        self.setFocusProxy(self.search)

    @property
    def text(self) -> str:
        """Give what each account is named by, one a line; what is typed and not chosen is one, too."""
        return "\n".join(dict.fromkeys(filter(None, (*self.chips, self.search.text().strip()))))

    def set_text(self, text: str) -> None:
        """Show accounts; what they are called is read of the book."""
        self.search.set_search("")
        for chip in self.chips.values():
            chip.hide()
            chip.deleteLater()
        self.chips = {}
        called = list(filter(None, text.split("\n")))
        for one in called:
            self._put(one)
        workspace, unnamed = self.choosing.desk.workspace, [one for one in called if one not in self._names]
        if unnamed:
            read = partial(names_of_accounts, workspace, unnamed)
            self.choosing.desk.tasks.read(self, read, self._name, slot="names")

    def parts(self) -> tuple[QWidget, ...]:
        """Give the search and the chips."""
        return (self.search, *self.chips.values())

    def setAccessibleName(self, name: str) -> None:
        """Name the search."""
        QWidget.setAccessibleName(self, name)
        self.search.setAccessibleName(name)

    def _take(self, account: AccountRow) -> None:
        called = account.number or account.name
        self._names[called] = account.name
        self._put(called)
        self._tell()

    def _take_typed(self) -> None:
        if typed := self.search.text().strip():
            self.search.set_search("")
            self.set_text("\n".join((*self.chips, typed)))
            self._tell()

    def _put(self, called: str) -> None:
        if called not in self.chips:
            name = self._names.get(called, called)
            chip = removable_chip(_cut(name), partial(self._drop, called))
            chip.setAccessibleName(f"Remove: {name}")
            self.chips[called] = chip
            self._column.addWidget(chip)

    def _drop(self, called: str) -> None:
        chip = self.chips.pop(called)
        chip.hide()
        chip.deleteLater()
        self.search.setFocus()
        self._tell()

    def _name(self, names: dict[str, str]) -> None:
        self._names |= names
        for called, chip in self.chips.items():
            if called in names:
                chip.setText(f"{_cut(names[called])}  ×".replace("&", "&&"))
                chip.setAccessibleName(f"Remove: {names[called]}")

    def _tell(self) -> None:
        self.parts_changed.emit()
        self.changed.emit()


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
