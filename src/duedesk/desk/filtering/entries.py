"""The fields behind a word of the filter builder, one a kind of value: typed, chosen or ticked; they ask nothing."""

import csv
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QMenu, QVBoxLayout, QWidget, QWidgetAction

from duedesk.desk import amount_entry
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.desk.widgets.tick_list import TickList
from duedesk.domain.building import Values
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Operand

_TICKS_SHOWN = 8

Read = Callable[[str], Operand]
"""Reads what is typed; RequestError or ValueError where it is none."""


class Entry(QWidget):
    """A field for what stands behind a word. `values` is None where what stands there cannot be read."""

    changed = Signal()

    def values(self) -> Values | None:
        """Give what is filled in."""
        return ()

    def say(self, name: str) -> None:
        """Name the field for whoever does not see it."""
        self.setAccessibleName(name)


class TypedEntry(Entry):
    """Values that are typed: one, or several with commas between them."""

    def __init__(self, values: Values, read: Read, write: Callable[[Operand], str], *, several: bool = False) -> None:
        super().__init__()
        self._read, self._several = read, several
        self.field = QLineEdit(", ".join(map(_quoted if several else str, map(write, values))))
        self.field.setPlaceholderText("one, another" if several else "")
        self.field.textEdited.connect(self._tell)
        across(self, self.field)

    def values(self) -> Values | None:
        """Read what is typed."""
        text = self.field.text().strip()
        parts = next(csv.reader([text], skipinitialspace=True), []) if self._several else [text]
        try:
            return tuple(self._read(part.strip()) for part in parts if part.strip())
        except (RequestError, ValueError):
            return None

    def say(self, name: str) -> None:
        """Name the field."""
        self.field.setAccessibleName(name)

    def _tell(self) -> None:
        mark(self.field, wrong=self.values() is None)
        self.changed.emit()


class CountEntry(TypedEntry):
    """A number of days."""

    def __init__(self, values: Values) -> None:
        super().__init__(values or (30,), read_whole, str)
        self.field.setFixedWidth(64)
        self.field.setMaxLength(5)
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.addWidget(plain_label("days", Role.QUIET))
            layout.addStretch(1)


class ChosenEntry(Entry):
    """One of several answers; what stood there before stays an answer."""

    def __init__(self, answers: Sequence[tuple[str, Operand]], values: Values, write: Callable[[Operand], str]) -> None:
        super().__init__()
        held = values[0] if values else None
        offered = list(answers)
        if held is not None and all(value != held for _, value in offered):
            offered.insert(0, (write(held), held))
        if held is None:
            offered.insert(0, ("choose", None))
        self.field = Choice(offered, held)
        self.field.currentIndexChanged.connect(lambda *_: self.changed.emit())
        across(self, self.field)

    def values(self) -> Values | None:
        """Give the answer that is chosen."""
        value: Operand = self.field.currentData()
        return () if value is None else (value,)

    def say(self, name: str) -> None:
        """Name the field."""
        self.field.setAccessibleName(name)


class TickedEntry(Entry):
    """Some of several words: a button that says them, and below it a list to tick them in."""

    def __init__(self, offered: Iterable[str], values: Values) -> None:
        super().__init__()
        self._ticked = [str(value) for value in values]
        self._offered = (*offered, *(one for one in self._ticked if one not in set(offered)))
        self.field = button("", self.open)
        self.field.setProperty("field", True)  # noqa: FBT003 - Qt's own signature
        across(self, self.field)
        self._show()

    def values(self) -> Values | None:
        """Give the words that are ticked, in the order of the list."""
        return tuple(self._ticked)

    def say(self, name: str) -> None:
        """Name the field."""
        self._name = name
        self._show()

    def open(self) -> None:
        """Offer the words."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ticks = TickList(
            [(word, place) for place, word in enumerate(self._offered)],
            [place for place, word in enumerate(self._offered) if word in self._ticked],
        )
        ticks.setAccessibleName(self.field.accessibleName())
        ticks.setFixedSize(max(self.width(), 200), 28 * min(len(self._offered), _TICKS_SHOWN) + 4)
        ticks.itemChanged.connect(lambda _: self._take(ticks.ticked()))
        holder = QWidgetAction(menu)
        holder.setDefaultWidget(ticks)
        menu.addAction(holder)
        menu.popup(self.field.mapToGlobal(QPoint(0, self.field.height() + 2)))
        ticks.setFocus()

    def _take(self, places: Sequence[int]) -> None:
        self._ticked = [self._offered[place] for place in places]
        self._show()
        self.changed.emit()

    _name = ""

    def _show(self) -> None:
        words = ", ".join(self._ticked)
        self.field.setText(f"{self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, 150) or 'choose'}  ▾")
        self.field.setAccessibleName(f"{self._name}: {words}" if words else self._name)


class PairEntry(Entry):
    """The least and the most; either may stay empty. `stacked` puts one below the other."""

    def __init__(self, least: Entry, most: Entry, *, stacked: bool = False) -> None:
        super().__init__()
        self.ends = (least, most)
        if stacked:
            column = QVBoxLayout(self)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(4)
            for end in self.ends:
                column.addWidget(end)
            self.setFocusProxy(least)
        else:
            across(self, least, plain_label("and", Role.QUIET), most)
        for end in self.ends:
            end.changed.connect(self.changed)

    def values(self) -> Values | None:
        """Give both ends."""
        read = [end.values() for end in self.ends]
        if read[0] is None or read[1] is None:
            return None
        return tuple(end[0] if end else None for end in (read[0], read[1]))

    def say(self, name: str) -> None:
        """Name both ends."""
        self.ends[0].say(f"{name}, from")
        self.ends[1].say(f"{name}, to")


def read_text(text: str) -> Operand:
    """Take a text as it is."""
    return text


def read_amount(text: str) -> Operand:
    """Read an amount or a rate as people write it."""
    figure = amount_entry.read(text)
    if figure is None:
        raise ValueError(text)
    return figure


def read_whole(text: str) -> Operand:
    """Read a whole number as people write it."""
    figure = amount_entry.read(text)
    if figure is None or figure != figure.to_integral_value():
        raise ValueError(text)
    return int(figure)


def write_plain(value: Operand) -> str:
    """Write a value as it can be typed again."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    return str(value)


def mark(field: QLineEdit, *, wrong: bool) -> None:
    """Mark a field whose text cannot be read."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if "," in text or '"' in text else text


def across(holder: QWidget, *widgets: QWidget) -> None:
    """Lay the parts of a field out from left to right; the first of them has the cursor."""
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    for widget in widgets:
        line.addWidget(widget)
    holder.setFocusProxy(widgets[0])
