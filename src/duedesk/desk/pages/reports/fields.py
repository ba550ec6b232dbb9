"""One field for each parameter of a report, made from its kind; what it holds is a text as the terminal takes it."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.desk.pages.reports.accounts_entry import AccountsEntry
from duedesk.desk.pages.reports.choosing import Choosing, SaidEntry
from duedesk.desk.pages.reports.columns_entry import ColumnsEntry
from duedesk.desk.pages.reports.condition_entry import ConditionEntry
from duedesk.desk.pages.reports.grouping_entry import GroupingEntry
from duedesk.desk.pages.reports.order_entry import OrderEntry
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import set_tooltip
from duedesk.desk.widgets.searched_choice import SearchedChoice
from duedesk.desk.widgets.tick import Tick
from duedesk.domain.objects import CATALOG
from duedesk.domain.reports.offered import YES, Parameter, ParameterKind

_ENTRIES: dict[ParameterKind, Callable[[Parameter, Choosing], SaidEntry]] = {
    ParameterKind.ACCOUNTS: AccountsEntry,
    ParameterKind.CONDITION: ConditionEntry,
    ParameterKind.ORDER: OrderEntry,
    ParameterKind.FIELDS: ColumnsEntry,
    ParameterKind.GROUPING: GroupingEntry,
}
"""Kinds whose field has several parts."""

SPANS = {ParameterKind.CONDITION: 3, ParameterKind.FIELDS: 3, ParameterKind.GROUPING: 2, ParameterKind.ORDER: 2}
"""How many places of a line a field takes, where that is more than one."""

OF_AN_OBJECT = frozenset({ParameterKind.CONDITION, ParameterKind.FIELDS, ParameterKind.ORDER})
"""Kinds that say something of one object's fields: of another object they mean nothing."""


class ReportField:
    """A parameter, its widget, and its text."""

    def __init__(self, parameter: Parameter, choosing: Choosing) -> None:
        self.parameter, self._choosing = parameter, choosing
        self.widget = _widget(parameter, choosing)
        self.widget.setAccessibleName(parameter.label)
        set_tooltip(self.widget, f"{parameter.help[:1].upper()}{parameter.help[1:]}")

    @property
    def text(self) -> str:
        """Give what it holds; nothing where it holds the default."""
        widget = self.widget
        if isinstance(widget, SaidEntry):
            return widget.text
        if isinstance(widget, Tick):
            return YES if widget.isChecked() else ""
        if isinstance(widget, Choice):
            if isinstance(widget, SearchedChoice):
                return str(widget.currentData() or "")
            return self._as_typed(str(widget.chosen or ""))
        return self._as_typed(widget.text().strip()) if isinstance(widget, QLineEdit) else ""

    @property
    def parts(self) -> tuple[QWidget, ...]:
        """Give what takes the cursor, in the order of the eye."""
        return self.widget.parts() if isinstance(self.widget, SaidEntry) else (self.widget,)

    def set_text(self, text: str) -> None:
        """Show what was said before."""
        widget = self.widget
        if isinstance(widget, SaidEntry):
            widget.set_text(text)
        elif isinstance(widget, Tick):
            widget.setChecked(text == YES)
        elif isinstance(widget, Choice):
            held = [widget.itemData(place) for place in range(widget.count())]
            if text in held:
                widget.setCurrentIndex(held.index(text))
            elif widget.isEditable() and not isinstance(widget, SearchedChoice):
                widget.setCurrentIndex(-1)
                widget.setEditText(text)
            else:
                widget.setCurrentIndex(0)
            _show_beginning(widget)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)
            widget.setCursorPosition(0)

    def _as_typed(self, text: str) -> str:
        return self._choosing.as_typed(self.parameter.kind, text)

    def show_periods(self, as_of: date | None) -> None:
        """Say of the periods to choose from which days they are; the one that is chosen stays."""
        if isinstance(self.widget, Choice) and self.parameter.kind is ParameterKind.PERIOD:
            for place, (words, _) in enumerate(self._choosing.periods(as_of)):
                self.widget.setItemText(place, words)
            _show_beginning(self.widget)


def _widget(parameter: Parameter, choosing: Choosing) -> QWidget:
    kind, default = parameter.kind, parameter.default
    if kind in _ENTRIES:
        return _ENTRIES[kind](parameter, choosing)
    if kind is ParameterKind.FLAG:
        return Tick(parameter.label)
    if kind is ParameterKind.DAY:
        return _typed(Choice(choosing.days()))
    if kind is ParameterKind.PERIOD:
        return _typed(Choice(choosing.periods(choosing.day)))
    if kind is ParameterKind.CURRENCY:
        none = "As they are" if parameter.name == "in" else "All"
        return _typed(Choice([(none, ""), *((code, code) for code in choosing.currencies)]))
    if kind is ParameterKind.OBJECT:
        others = sorted(((one.plural, one.name) for one in CATALOG if one.name != default), key=lambda one: one[0])
        return SearchedChoice([(CATALOG.object(default).plural, ""), *others])
    if kind is ParameterKind.CHOICE:
        unsaid = () if default else ((_in_words(parameter.unsaid or "any"), ""),)
        return Choice([*unsaid, *((_in_words(one), "" if one == default else one) for one in _first(parameter))])
    field = QLineEdit()
    field.setPlaceholderText(choosing.known() if kind is ParameterKind.MOMENT else default or "None")
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
