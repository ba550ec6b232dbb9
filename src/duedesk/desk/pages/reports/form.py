"""The form of one report: its sentence, its parameters, and what can be done with it; it writes no file."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.pages.reports.fields import WIDE, ReportField
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.desk.widgets.tab_order import put_in_order
from duedesk.domain.reports import ParameterKind, Report

_COLUMNS = 3
_MARGIN = 16


class ReportForm(QWidget):
    """Shows a report and gathers what is said of it, by the names of its parameters."""

    write_asked = Signal(object)
    """The report is to be written: `xlsx` or `csv`."""
    save_asked = Signal()
    """The report is to be kept under a name."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.after: tuple[QWidget, ...] = ()  # where Tab goes on
        self.fields: dict[str, ReportField] = {}
        self.title = plain_label("", Role.TITLE)
        self.sentence = plain_label("", Role.QUIET, wraps=True)
        self.write_button = button("Write the workbook…", lambda: self.write_asked.emit("xlsx"), primary=True)
        set_tooltip(self.write_button, "Ctrl+Enter")
        self.csv_button = button("As CSV…", lambda: self.write_asked.emit("csv"))
        set_tooltip(self.csv_button, "Ctrl+Shift+Enter")
        self.save_button = button("Save…", self.save_asked.emit)
        set_tooltip(self.save_button, "Keep it under a name with what is said here, and have it written by itself.")
        self.defaults_button = button("Defaults", self.show_defaults, link=True)
        self._place = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 14, 1, 14)
        column.setSpacing(8)
        for label in (self.title, self.sentence):
            label.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
            column.addWidget(label)
        column.addLayout(self._place, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        foot.setSpacing(8)
        for made in (self.write_button, self.csv_button, self.save_button):
            foot.addWidget(made)
        foot.addStretch(1)
        foot.addWidget(self.defaults_button)
        column.addLayout(foot)

    @property
    def said(self) -> dict[str, str]:
        """Give what is said, without what is left as it comes."""
        return {name: text for name, field in self.fields.items() if (text := field.text)}

    def show_report(self, report: Report, said: Mapping[str, str], day_words: str, currencies: Sequence[str]) -> None:
        """Show a report with what was said of it."""
        self.report = report
        self.title.setText(report.title)
        self.sentence.setText(report.sentence)
        self.fields = {one.name: ReportField(one, day_words, currencies) for one in report.parameters}
        for name, text in said.items():
            if name in self.fields:
                self.fields[name].set_text(text)
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        self._place.addWidget(scrolled(self._grid()))
        fields = (field.widget for field in self.fields.values())
        commands = (self.write_button, self.csv_button, self.save_button, self.defaults_button)
        put_in_order(*fields, *commands, *self.after)

    def show_defaults(self) -> None:
        """Take back what was said."""
        for field in self.fields.values():
            field.set_text("")

    def begin(self) -> None:
        """Begin in the first field."""
        first = next(iter(self.fields.values()), None)
        (self.write_button if first is None else first.widget).setFocus()

    def _grid(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        row = place = 0
        for field in self.fields.values():
            span = _COLUMNS if field.parameter.kind in WIDE else 1
            if place + span > _COLUMNS:
                row, place = row + 1, 0
            top = row * 3
            if field.parameter.kind is not ParameterKind.FLAG:
                name = plain_label(field.parameter.label, Role.QUIET)
                name.setBuddy(field.widget)
                grid.addWidget(name, top, place, 1, span)
            grid.addWidget(field.widget, top + 1, place, 1, span)
            grid.setRowMinimumHeight(top + 2, 6)
            place += span
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        return inside
