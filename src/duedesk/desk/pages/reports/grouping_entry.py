"""By what an aging is grouped, one or two deep: chosen by label, kept as the terminal takes it; it groups nothing."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.searched_choice import SearchedChoice
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import SHORT, groupable, grouping, in_parts, label_of
from duedesk.domain.reports.offered import Parameter

_WORDS = {path: word for word, path in SHORT.items()}


class GroupingEntry(SaidEntry):
    """A first field, and a second one within it or none."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        super().__init__(parameter, choosing)
        common, others = in_parts(groupable())
        rest = tuple(path for _, some in others for path, _ in some)
        offered = [(label_of(path), path) for path in (*(path for path, _ in common), *rest)]
        self.first = SearchedChoice(offered)
        self.second = SearchedChoice([("nothing more", ""), *offered])
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self.first, 1)
        line.addWidget(plain_label("then", Role.QUIET))
        line.addWidget(self.second, 1)
        self.setFocusProxy(self.first)
        self.set_text("")
        for choice in self.parts():
            choice.currentIndexChanged.connect(lambda *_: self.changed.emit())

    @property
    def text(self) -> str:
        """Give the fields as the terminal takes them, the same one once."""
        paths = [str(choice.currentData() or "") for choice in (self.first, self.second)]
        said = ",".join(_WORDS.get(path, path) for path in dict.fromkeys(paths) if path)
        return "" if said == self.parameter.default else said

    def set_text(self, text: str) -> None:
        """Show a grouping."""
        try:
            paths = grouping(text or self.parameter.default)
        except RequestError:  # what cannot be read is as if it had not been said
            paths = grouping(self.parameter.default)
        for choice, path in zip((self.first, self.second), (*paths, ""), strict=False):
            if choice.findData(path) < 0:
                choice.addItem(label_of(path), path)
            choice.choose(path)

    def parts(self) -> tuple[SearchedChoice, ...]:
        """Give the two fields."""
        return (self.first, self.second)

    def setAccessibleName(self, name: str) -> None:
        """Name the two fields."""
        QWidget.setAccessibleName(self, name)
        self.first.setAccessibleName(name)
        self.second.setAccessibleName(f"{name}, second level")
