"""The section of number series: what gives invoices, credit memos, payments and refunds their numbers."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.invoices.series import save_series
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, figure_column, records, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.numbering import MOST_DIGITS, Series, SeriesKind
from duedesk.domain.objects import CATALOG

_PATHS = ("Name", "ObjectName", "Prefix", "Digits", "Kind", "IsDefault")
_OBJECTS = CATALOG.object("NumberSeries").field("ObjectName").values


@dataclass(frozen=True, slots=True)
class Held:
    """A series as it stands in the book."""

    name: str
    object_name: str
    series: Series
    is_default: bool


class SeriesSection(Section):
    """Number series."""

    name = "Number series"
    nouns = ("number series", "number series")
    new = "New number series…"
    remark = (
        "Documents are numbered without gaps, or at random where a series says so. A series that has given numbers "
        "stays as it is: make a new one the default."
    )
    nothing = "The first document that is posted makes the series it needs."
    concerns = ("NumberSeries",)
    columns = (
        text_column("Name", "Number series", 150, stretches=True),
        text_column("ObjectName", "Numbers", 110),
        text_column("Prefix", "Prefix", 120),
        figure_column("Digits", "Digits", 70),
        text_column("Kind", "Kind", 100),
        text_column("IsDefault", "Default", 80),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the series by name."""
        return Content(tuple(_entry(values) for _, values in records(workspace, "NumberSeries", _PATHS, "Name")))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:  # noqa: ARG002 - one signature for all
        """Make the form of a series."""
        held = None if entry is None else entry.held
        return SeriesForm(held if isinstance(held, Held) else None)


class SeriesForm(VerbPanel):
    """Name, what is numbered, prefix, digits, kind, and whether it is the default."""

    def __init__(self, held: Held | None) -> None:
        super().__init__("New number series" if held is None else held.name, "Save")
        self._held = held
        self.name = QLineEdit("" if held is None else held.name)
        self.name.setReadOnly(held is not None)
        kept = held or Held("", _OBJECTS[0], Series(""), is_default=False)
        self.numbers = Choice([(_plural(name), name) for name in _OBJECTS], kept.object_name)
        self.numbers.setEnabled(held is None)
        self.prefix = QLineEdit(kept.series.prefix)
        self.digits = Choice([(str(count), count) for count in range(1, MOST_DIGITS + 1)], kept.series.digits)
        self.kind = Choice([(kind.value, kind) for kind in SeriesKind], kept.series.kind)
        self.default = Tick("The default for what it numbers")
        self.default.setChecked(kept.is_default)
        self.add_field("Name", self.name)
        self.add_field("Numbers", self.numbers)
        self.add_field("Prefix", self.prefix, "{year} is the year of the document, whose numbers then begin anew.")
        self.add_field("Digits", self.digits)
        self.add_field("Kind", self.kind)
        self.fields.addWidget(self.default)

    def first_field(self) -> QWidget:
        """Begin at the name of a new one."""
        return self.name if self._held is None else self.prefix

    def gather(self) -> Store:
        """Give what stores the series as it is wanted."""
        series = Series(self.prefix.text(), int(self.digits.currentText()), SeriesKind(self.kind.currentText()))
        was_default = self._held is not None and self._held.is_default
        is_default = self.default.isChecked()
        return partial(
            save_series,
            name=self.name.text(),
            object_name=str(self.numbers.currentData()),
            series=series,
            is_default=None if is_default == was_default else is_default,
        )


def _plural(object_name: str) -> str:
    return CATALOG.object(object_name).plural


def _entry(values: tuple[object, ...]) -> Entry:
    name, object_name, prefix, digits, kind, is_default = values
    series = Series(str(prefix), int(str(digits)), SeriesKind(str(kind)))
    held = Held(str(name), str(object_name), series, bool(is_default))
    texts = (
        held.name,
        _plural(held.object_name),
        series.prefix,
        str(series.digits),
        str(kind),
        "Yes" if is_default else "",
    )
    return Entry(texts, held)
