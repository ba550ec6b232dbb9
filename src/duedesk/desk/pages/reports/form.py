"""The form of one report: its sentence, its parameters, and what can be done with it; it writes no file."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.pages.reports.columns_entry import ColumnsEntry
from duedesk.desk.pages.reports.condition_entry import ConditionEntry
from duedesk.desk.pages.reports.fields import OF_AN_OBJECT, SPANS, ReportField
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.frames import scrolled
from duedesk.desk.widgets.labels import Role, plain_label, set_tooltip
from duedesk.desk.widgets.tab_order import put_in_order
from duedesk.domain.objects import CATALOG
from duedesk.domain.reports.offered import OF_A_DAY, ParameterKind, Report, ReportName

_Entry = TypeVar("_Entry", bound=SaidEntry)

_COLUMNS = 3
_MARGIN = 16


class ReportForm(QWidget):
    """Shows a report and gathers what is said of it, by the names of its parameters."""

    write_asked = Signal(object)
    """The report is to be written: `xlsx` or `csv`."""
    save_asked = Signal()
    """The report is to be kept under a name."""
    builder_asked = Signal(object)
    """A condition is to be built: its ConditionEntry."""
    views_asked = Signal(object)
    """The saved views are to be offered below a widget."""
    chooser_asked = Signal(object)
    """Columns are to be chosen: their ColumnsEntry."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.after: tuple[QWidget, ...] = ()  # where Tab goes on
        self.fields: dict[str, ReportField] = {}
        self._choosing: Choosing | None = None
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

    @property
    def as_of(self) -> date | None:
        """Give the day that is said, `LAST_MONTH` as its end; where none is said that of the desk, None for no day."""
        return None if self._choosing is None else self._choosing.as_of(self.said.get("as-of", ""))

    @property
    def object_name(self) -> str:
        """Give the object that the report lists, where it says one."""
        objects = [one for one in self.fields.values() if one.parameter.kind is ParameterKind.OBJECT]
        return next((one.text or one.parameter.default for one in objects), "Invoice")

    def entry(self, kind: type[_Entry]) -> _Entry | None:
        """Give the field of that kind; None where the report has none."""
        return next((one.widget for one in self.fields.values() if isinstance(one.widget, kind)), None)

    def show_report(self, report: Report, said: Mapping[str, str], choosing: Choosing) -> None:
        """Show a report with what was said of it."""
        self.report, self._choosing = report, choosing
        self.title.setText(report.title)
        self.sentence.setText(report.sentence)
        objects = [one for one in report.parameters if one.kind is ParameterKind.OBJECT]
        of = next((said.get(one.name) or one.default for one in objects), choosing.object_name)
        choosing = replace(choosing, object_name=of if CATALOG.has(of) else choosing.object_name)
        self.fields = {one.name: ReportField(one, choosing) for one in report.parameters}
        for name, text in said.items():
            if name in self.fields:
                self.fields[name].set_text(text)
        while (item := self._place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._place.addWidget(scrolled(self._grid()))
        self._show_periods()
        self._show_what_counts()
        self._listen()
        self._put_in_order()

    def show_defaults(self) -> None:
        """Take back what was said."""
        if self.report is not None and self._choosing is not None:
            self.show_report(self.report, {}, self._choosing)

    def begin(self) -> None:
        """Begin in the first field."""
        first = next(iter(self.fields.values()), None)
        (self.write_button if first is None else first.widget).setFocus()

    def _listen(self) -> None:
        for field in self.fields.values():
            widget = field.widget
            if field.parameter.kind is ParameterKind.OBJECT and isinstance(widget, Choice):
                widget.currentIndexChanged.connect(lambda *_: self._show_object())
            if field.parameter.kind is ParameterKind.DAY and isinstance(widget, Choice):
                widget.currentTextChanged.connect(lambda *_: self._show_periods())
            if field.parameter.name == "kind" and isinstance(widget, Choice):
                widget.currentIndexChanged.connect(lambda *_: self._show_what_counts())
            if isinstance(widget, SaidEntry):
                widget.parts_changed.connect(self._put_in_order)
            if isinstance(widget, ConditionEntry):
                widget.builder_asked.connect(partial(self.builder_asked.emit, widget))
                widget.views_asked.connect(self.views_asked)
            if isinstance(widget, ColumnsEntry):
                widget.chooser_asked.connect(partial(self.chooser_asked.emit, widget))

    def _show_periods(self) -> None:
        """Say which days each period is on the day that is said."""
        for field in self.fields.values():
            field.show_periods(self.as_of)

    def _show_what_counts(self) -> None:
        """Take no period where open items of a day are asked for."""
        if self.report is not None and self.report.name is ReportName.STATEMENT:
            of_a_day = (self.said.get("kind") or OF_A_DAY) == OF_A_DAY
            self.fields["period"].widget.setDisabled(of_a_day)

    def _show_object(self) -> None:
        """Ask anew of another object what is said of the fields of one."""
        if self.report is not None and self._choosing is not None:
            kept = {name: field.text for name, field in self.fields.items() if field.parameter.kind not in OF_AN_OBJECT}
            self.show_report(self.report, kept, self._choosing)
            objects = (one.widget for one in self.fields.values() if one.parameter.kind is ParameterKind.OBJECT)
            next(objects).setFocus()

    def _put_in_order(self) -> None:
        parts = (part for field in self.fields.values() for part in field.parts)
        commands = (self.write_button, self.csv_button, self.save_button, self.defaults_button)
        put_in_order(*parts, *commands, *self.after)

    def _grid(self) -> QWidget:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(_MARGIN, 4, _MARGIN, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        row = place = 0
        for field in self.fields.values():
            span = SPANS.get(field.parameter.kind, 1)
            if place + span > _COLUMNS:
                row, place = row + 1, 0
            top = row * 3
            if field.parameter.kind is not ParameterKind.FLAG:
                name = plain_label(field.parameter.label, Role.QUIET)
                name.setBuddy(field.widget)
                grid.addWidget(name, top, place, 1, span)
            grid.addWidget(field.widget, top + 1, place, 1, span, Qt.AlignmentFlag.AlignTop)
            grid.setRowMinimumHeight(top + 2, 6)
            place += span
        for at in range(_COLUMNS):
            grid.setColumnStretch(at, 1)
        grid.setRowStretch(grid.rowCount(), 1)
        grid.setAlignment(Qt.AlignmentFlag.AlignTop)
        return inside
