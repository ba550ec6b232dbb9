"""One field for each parameter of a report, made from its kind; what it holds is a text as the terminal takes it."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.reports import YES, Parameter, ParameterKind

_DAYS = (
    ("Today", "TODAY"),
    ("Yesterday", "YESTERDAY"),
    ("End of last month", "LAST_MONTH"),
    ("End of last quarter", "LAST_QUARTER"),
    ("End of last year", "LAST_YEAR"),
)
_PERIODS = (
    ("Last whole month", ""),
    ("This month", "THIS_MONTH"),
    ("Last quarter", "LAST_QUARTER"),
    ("This quarter", "THIS_QUARTER"),
    ("Last year", "LAST_YEAR"),
    ("This year", "THIS_YEAR"),
)
_PLACEHOLDERS = {
    ParameterKind.ACCOUNTS: "All; a number or name, several with ;",
    ParameterKind.CONDITION: "All",
    ParameterKind.ORDER: "As it comes",
    ParameterKind.FIELDS: "Those of the list",
    ParameterKind.MOMENT: "All that is recorded",
}
_BETWEEN = ";"
WIDE = frozenset({ParameterKind.CONDITION, ParameterKind.FIELDS})
"""Kinds whose field takes a whole line."""


class ReportField:
    """A parameter, its widget, and its text."""

    def __init__(self, parameter: Parameter, day_words: str, currencies: Sequence[str]) -> None:
        """Make it; `day_words` says on which day the desk stands, which is what an empty day means."""
        self.parameter = parameter
        self.widget = _widget(parameter, day_words, currencies)
        self.widget.setAccessibleName(parameter.label)
        set_tooltip(self.widget, f"{parameter.help[:1].upper()}{parameter.help[1:]}")

    @property
    def text(self) -> str:
        """Give what it holds; nothing where it holds the default."""
        widget = self.widget
        if isinstance(widget, Tick):
            said = YES if widget.isChecked() else ""
        elif isinstance(widget, Choice):
            said = str(widget.chosen or "")
        else:
            said = widget.text().strip() if isinstance(widget, QLineEdit) else ""
        if self.parameter.kind is ParameterKind.ACCOUNTS:
            return "\n".join(filter(None, (one.strip() for one in said.split(_BETWEEN))))
        return said

    def set_text(self, text: str) -> None:
        """Show what was said before."""
        widget = self.widget
        if isinstance(widget, Tick):
            widget.setChecked(text == YES)
        elif isinstance(widget, Choice):
            held = [widget.itemData(place) for place in range(widget.count())]
            if text in held:
                widget.setCurrentIndex(held.index(text))
            elif widget.isEditable():
                widget.setCurrentIndex(-1)
                widget.setEditText(text)
            else:
                widget.setCurrentIndex(0)
            _show_beginning(widget)
        elif isinstance(widget, QLineEdit):
            widget.setText(f"{_BETWEEN} ".join(text.split("\n")))
            widget.setCursorPosition(0)


def _widget(parameter: Parameter, day_words: str, currencies: Sequence[str]) -> QWidget:
    kind, default = parameter.kind, parameter.default
    if kind is ParameterKind.FLAG:
        return Tick(parameter.label)
    if kind is ParameterKind.DAY:
        return _typed(Choice([(f"{day_words}, as shown", ""), *_DAYS]))
    if kind is ParameterKind.PERIOD:
        return _typed(Choice(_PERIODS))
    if kind is ParameterKind.CURRENCY:
        none = "As they are" if parameter.name == "in" else "All"
        return _typed(Choice([(none, ""), *((code, code) for code in currencies)]))
    if kind is ParameterKind.CHOICE:
        unsaid = () if default else (("One for all", ""),)
        return Choice([*unsaid, *((_in_words(one), "" if one == default else one) for one in _first(parameter))])
    field = QLineEdit()
    field.setPlaceholderText(_PLACEHOLDERS.get(kind, default or "None"))
    return field


def _first(parameter: Parameter) -> tuple[str, ...]:
    """Give the choices, the default first: it is what the field begins with."""
    return tuple(sorted(parameter.choices, key=lambda one: one != parameter.default))


def _typed(choice: Choice) -> Choice:
    choice.setEditable(True)
    choice.setInsertPolicy(Choice.InsertPolicy.NoInsert)
    _show_beginning(choice)
    return choice


def _show_beginning(choice: Choice) -> None:
    """Where the room is small, the end is out of sight."""
    edit = choice.lineEdit()
    if edit is not None:
        edit.setCursorPosition(0)


def _in_words(one: str) -> str:
    said = one.replace("-", " ")
    return said[:1].upper() + said[1:]
