"""The editor of one field by its kind: a line, a text, a day, a list, a reference; it knows no record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.date_field import OptionalDateField
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.filters import Value

_SEVERAL_LINES = 500
"""A text that may be longer than this has several lines."""


@dataclass(frozen=True, slots=True)
class Option:
    """One of a list: what is stored, and what is read."""

    value: Value
    words: str


class FieldEditor(QObject):
    """A widget for one field. `value` is what it holds, `put` shows another, `changed` tells that it was typed in."""

    changed = Signal()

    def __init__(self, widget: QWidget, take: Callable[[], Value], put: Callable[[Value], None]) -> None:
        super().__init__(widget)
        self.widget = widget
        self._take = take
        self.put = put

    @property
    def value(self) -> Value:
        """Give what the editor holds; None where it is empty."""
        return self._take()


def editor_of(field: Field, today: Callable[[], date], choices: Sequence[Option] | None = None) -> FieldEditor:
    """Make the editor of a field; `choices` are the records a reference may name, None where it is free text."""
    if field.kind is Kind.DATE:
        editor = _day(today)
    elif field.kind is Kind.BOOLEAN:
        editor = _flag(field)
    elif choices is not None or field.values:
        editor = _list(
            choices if choices is not None else [Option(value, value) for value in field.values],
            is_nillable=field.nillable,
        )
    elif field.max_length > _SEVERAL_LINES:
        editor = _text()
    else:
        editor = _line(field)
    editor.widget.setAccessibleName(field.label)
    return editor


def _day(today: Callable[[], date]) -> FieldEditor:
    widget = OptionalDateField(None, today)
    editor = FieldEditor(widget, lambda: widget.value, lambda value: widget.set_value(_as_day(value)))
    widget.day_changed.connect(lambda _: editor.changed.emit())
    return editor


def _as_day(value: Value) -> date | None:
    return value if isinstance(value, date) else None


def _flag(field: Field) -> FieldEditor:
    widget = Tick(field.label)
    editor = FieldEditor(widget, widget.isChecked, lambda value: widget.setChecked(bool(value)))
    widget.toggled.connect(lambda _: editor.changed.emit())
    return editor


def _list(choices: Sequence[Option], *, is_nillable: bool) -> FieldEditor:
    widget = Choice()
    offered = [*([Option(None, "–")] if is_nillable else []), *choices]
    widget.addItems([one.words.replace("\n", " ") for one in offered])

    def put(value: Value) -> None:
        place = next((at for at, one in enumerate(offered) if one.value == value), -1)
        if place < 0 and value is not None:  # what is no longer offered stays what it is
            offered.append(Option(value, str(value)))
            widget.addItem(str(value))
            place = len(offered) - 1
        widget.setCurrentIndex(place)

    def take() -> Value:
        place = widget.currentIndex()
        return offered[place].value if place >= 0 else None

    editor = FieldEditor(widget, take, put)
    widget.activated.connect(lambda _: editor.changed.emit())
    return editor


def _text() -> FieldEditor:
    widget = QPlainTextEdit()
    widget.setTabChangesFocus(True)
    widget.document().setDocumentMargin(5)
    widget.setFixedHeight(widget.fontMetrics().lineSpacing() * 3 + 12)
    editor = FieldEditor(
        widget, lambda: widget.toPlainText().strip() or None, lambda value: widget.setPlainText(str(value or ""))
    )
    widget.textChanged.connect(editor.changed)
    return editor


def _line(field: Field) -> FieldEditor:
    widget = QLineEdit()
    widget.setMaxLength(field.max_length)

    def put(value: Value) -> None:
        widget.setText(str(value or ""))
        widget.setCursorPosition(0)

    editor = FieldEditor(widget, lambda: widget.text().strip() or None, put)
    widget.textEdited.connect(lambda _: editor.changed.emit())
    return editor
