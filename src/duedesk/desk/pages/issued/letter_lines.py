"""The lines of issued letters: columns, how each is written, which fit what is asked for; it reads nothing."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.issued.line_table import Lines
from duedesk.desk.pages.issued.words import level, totals
from duedesk.desk.tables.columns import Column, Shown
from duedesk.domain.catalog import Kind
from duedesk.domain.delivery_state import ASKS_A_PERSON, NOT_QUEUED
from duedesk.domain.names import fold
from duedesk.store.queries.letters.lists import LetterRow

ALL, STANDING, CANCELLED, TO_PRINT, TO_MAIL, ASKS, NOT_YET = "", "standing", "cancelled", "print", "mail", "asks", "not"
STATES = (
    ("All letters", ALL),
    ("Standing", STANDING),
    ("Cancelled", CANCELLED),
    ("To print", TO_PRINT),
    ("To mail", TO_MAIL),
    ("Need a person", ASKS),
    (NOT_QUEUED, NOT_YET),
)

_COLUMNS = (
    Column("number", "Letter", Kind.STRING, Shown.NUMBER, 116),
    Column("day", "Day", Kind.DATE, Shown.TEXT, 98),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 150, stretches=True),
    Column("level", "Level", Kind.STRING, Shown.STATUS, 64),
    Column("total", "To pay", Kind.CURRENCY, Shown.BALANCE, 120),
    Column("state", "On its way", Kind.STRING, Shown.STATUS, 104),
    Column("run", "Run", Kind.STRING, Shown.NUMBER, 116),
)


def fitting(rows: Iterable[LetterRow], text: str, state: str) -> tuple[LetterRow, ...]:
    """Give the letters that fit a text and are in a state."""
    wanted = fold(text)
    return tuple(one for one in rows if _is(one, state) and (not wanted or wanted in _searched(one)))


def foot_of(shown: Sequence[LetterRow], *, way_is_todays: bool = False) -> FootLine:
    """Say how many letters are shown, and what those that stand ask for by currency."""
    standing = [one for one in shown if not one.is_cancelled]
    cancelled = len(shown) - len(standing)
    count = f"{len(shown):,} letter{'s'[: len(shown) != 1]}"
    said = f"{count}, {cancelled:,} cancelled" if cancelled else count
    said = f"{said}; on their way as today" if way_is_todays else said
    return FootLine(said, totals((one.currency, one.total) for one in standing))


def _is(one: LetterRow, state: str) -> bool:
    match state:
        case "":
            return True
        case "cancelled":
            return one.is_cancelled
        case "print":
            return not one.is_cancelled and one.state == "To print"
        case "mail":
            return not one.is_cancelled and one.state in {"To mail", "Being mailed"}
        case "asks":
            return not one.is_cancelled and (one.state in ASKS_A_PERSON or one.state == "Came back")
        case "not":
            return not one.is_cancelled and one.state == NOT_QUEUED
        case _:
            return not one.is_cancelled


def _searched(one: LetterRow) -> str:
    return fold(f"{one.number} {one.account} {one.run} {one.state} {one.status} {one.currency}")


def _write(one: LetterRow) -> dict[str, tuple[str, Any]]:
    told = level(one.level, is_courtesy=one.is_courtesy)
    return {
        "number": (one.number, one.number),
        "day": (written.day(one.day), one.day),
        "account": (one.account, one.account),
        "level": (told, told),
        "total": (written.amount(one.total, one.currency), one.total),
        "state": (_state(one), _state(one)),
        "run": (one.run, one.run),
    }


def _state(one: LetterRow) -> str:
    return "Cancelled" if one.is_cancelled else one.state


LETTER_LINES: Lines[LetterRow] = Lines(
    name="Issued letters",
    columns=_COLUMNS,
    write=_write,
    key=attrgetter("key"),
    rooms={"day": 660, "run": 900},
    currency=attrgetter("currency"),
    orders={
        "number": attrgetter("number"),
        "day": attrgetter("day", "key"),
        "account": lambda one: (fold(one.account), one.key),
        "level": attrgetter("is_courtesy", "level", "key"),
        "total": attrgetter("currency", "total"),
        "state": lambda one: (_state(one), one.key),
        "run": attrgetter("run", "number"),
    },
)
