"""The lists of policies and of the levels of one, as they are edited; they change nothing."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent

from duedesk.desk.background import Tasks
from duedesk.desk.pages.policies.drafts import Drafts
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.desk.widgets.row_table import RowModel, RowTable
from duedesk.domain.catalog import Kind
from duedesk.domain.dunning.policy import Policy, PolicyLevel
from duedesk.domain.dunning.policy_words import (
    CATCHING_UP,
    CHANNEL_NAMES,
    LETTER_PERS,
    amounts_in_words,
    fee_in_words,
)
from duedesk.resources import Look

_ROW = ROW_HEIGHT
_MOST_ROWS = 6
_WIDE = 640
"""Pixels from which on all columns have room."""


def _words(path: str, label: str, width: int, *, stretches: bool = False) -> Column:
    return Column(path, label, Kind.STRING, Shown.TEXT, width, stretches=stretches)


def _figure(path: str, label: str, width: int) -> Column:
    return Column(path, label, Kind.INT, Shown.FIGURE, width)


_OF_POLICIES = (
    _words("name", "Policy", 150, stretches=True),
    _words("letter_per", "One letter per", 112),
    _words("catches_up", "After a missed run", 166),
    _words("type", "Account type", 110),
    _words("state", "", 150),
)
_FEW_OF_POLICIES = {"name", "letter_per", "state"}
_OF_LEVELS = (
    _words("level", "", 34),
    _words("name", "Level", 150, stretches=True),
    _figure("days", "Days", 56),
    _figure("interval", "Between", 76),
    _figure("deadline", "To pay", 66),
    _words("minimum", "Minimum", 112),
    _words("fee", "Fee", 112),
    _words("channel", "By", 56),
    _words("tone", "Tone", 74),
    _words("beside", "", 100),
)
_FEW_OF_LEVELS = {"level", "name", "days", "deadline", "fee", "tone"}


class _List(RowTable):
    """Rows are selected whole, one at a time; it is as high as its rows, to a limit."""

    chosen = Signal(object)
    """Another row is in hand: its place."""
    entered = Signal()
    """The cursor came here."""
    opened = Signal()
    """Enter was pressed on a row."""
    cuts_words = True

    every: tuple[Column, ...] = ()
    few: frozenset[str] = frozenset()

    def __init__(self, look: Look, tasks: Tasks, name: str) -> None:
        super().__init__(look, tasks, RowModel())
        self.setAccessibleName(name)
        self.setSelectionBehavior(RowTable.SelectionBehavior.SelectRows)
        self.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self._texts: tuple[dict[str, str], ...] = ()
        self._is_filling = False
        self.selectionModel().currentRowChanged.connect(lambda now, _: self._tell(now.row()))

    @property
    def place(self) -> int:
        """Give the place of the row in hand, -1 where there is none."""
        return self.currentIndex().row()

    def fill(self, texts: Sequence[dict[str, str]], place: int) -> None:
        """Show other rows, one of them in hand (-1: none), and tell nobody."""
        self._is_filling = True
        self._texts = tuple(texts)
        columns = self._columns()
        rows = [tuple(one[column.path] for column in columns) for one in self._texts]
        self.show_rows(columns, [ShownRow(at, row, row) for at, row in enumerate(rows)])
        height = self.head.sizeHint().height() + _ROW * max(min(len(rows), _MOST_ROWS), 1)
        self.setFixedHeight(height + 2 * self.frameWidth() + 2)
        if rows and place >= 0:
            self.selectRow(min(place, len(rows) - 1))
        self._is_filling = False

    def enter(self, index: QModelIndex) -> None:  # noqa: ARG002 - the signature of all tables
        """Tell that the row in hand is to be changed; a click only takes it in hand."""
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that the cursor came here."""
        super().focusInEvent(event)
        self.entered.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the columns there is room for."""
        super().resizeEvent(event)
        if self._texts and self._columns() != self.records.columns:
            self.fill(self._texts, self.place)

    def _columns(self) -> tuple[Column, ...]:
        is_wide = self.viewport().width() >= _WIDE
        return tuple(one for one in self.every if is_wide or one.path in self.few)

    def _tell(self, place: int) -> None:
        if not self._is_filling and place >= 0:
            self.chosen.emit(place)


class PolicyList(_List):
    """All policies."""

    every = _OF_POLICIES
    few = frozenset(_FEW_OF_POLICIES)

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__(look, tasks, "Policies")
        self.policies: tuple[Policy, ...] = ()

    def show_policies(self, drafts: Drafts, key: int | None) -> None:
        """Show the policies as they are edited, one of them in hand."""
        self.policies = drafts.policies
        keys = [one.key for one in self.policies]
        texts = [_policy_texts(one, is_changed=drafts.is_changed(one.key)) for one in self.policies]
        self.fill(texts, keys.index(key) if key in keys else 0)


class LevelList(_List):
    """The levels of one policy."""

    every = _OF_LEVELS
    few = frozenset(_FEW_OF_LEVELS)

    def __init__(self, look: Look, tasks: Tasks) -> None:
        super().__init__(look, tasks, "Levels")
        self.levels: tuple[PolicyLevel, ...] = ()

    def show_levels(self, levels: tuple[PolicyLevel, ...], number: int | None) -> None:
        """Show levels, one of them in hand."""
        self.levels = tuple(sorted(levels, key=lambda one: one.number))
        numbers = [one.number for one in self.levels]
        self.fill(list(map(_level_texts, self.levels)), numbers.index(number) if number in numbers else -1)


def _policy_texts(one: Policy, *, is_changed: bool) -> dict[str, str]:
    state = ["Default"] if one.is_default else []
    state += [] if one.is_active else ["Not in use"]
    state += ["Not saved"] if is_changed else []
    return {
        "name": one.name,
        "letter_per": LETTER_PERS.get(one.letter_per, one.letter_per),
        "catches_up": CATCHING_UP.get(one.catches_up, one.catches_up),
        "type": one.account_type or "",
        "state": " · ".join(state),
    }


def _in_short(amounts: Mapping[str, Decimal]) -> str:
    """Write the first of several amounts, and how many more there are."""
    first, *others = amounts_in_words(amounts).split("; ")
    return f"{first} +{len(others)}" if others else first


def _level_texts(one: PolicyLevel) -> dict[str, str]:
    beside = ["interest"] if one.charges_interest else []
    beside += [one.at_the_end] if one.at_the_end else []
    beside += [] if one.is_active else ["not in use"]
    return {
        "level": "–" if one.is_courtesy else str(one.number),
        "name": one.name,
        "days": f"{one.days_overdue}".replace("-", "−") + (f" + {one.grace_days}" if one.grace_days else ""),
        "interval": str(one.interval_days),
        "deadline": str(one.deadline_days),
        "minimum": _in_short(one.minimums),
        "fee": _in_short(one.fee.amounts) if one.fee and one.fee.amounts else fee_in_words(one.fee),
        "channel": CHANNEL_NAMES.get(one.channel, one.channel),
        "tone": one.tone.capitalize(),
        "beside": ", ".join(beside).capitalize(),
    }
