"""Questions of an import as choices on the screen: which option answers a problem, and what it may be; asks nothing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duedesk.domain.errors import Problem, Severity

MAPPING = "mapping"
"""The option that is answered by a file of its own."""

_IN_MAPPING = re.compile(r" \([a-z_]+(?: = \S+)? in \[source\] of the mapping\)")
_AT_HAND = 3
"""Choices that are shown at once where the question offers none."""

_OPTION = re.compile(r"--([a-z][a-z-]*)(?:[ =](?:\"([^\"]+)\"|([^\s,;()]+)))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its value, and how it is said."""

    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be said of how files are written; `is_open` takes other values than the choices too."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the option that answers it, what it offers itself, and what else may be answered.

    `count` is how many problems ask the same.
    """

    problem: Problem
    option: Option | None
    offered: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    count: int = 1


def _option(name: str, label: str, *choices: tuple[str, str], is_open: bool = False) -> Option:
    return Option(name, label, tuple(Choice(value, words) for value, words in choices), is_open)


OPTIONS = (
    _option(
        "encoding",
        "Letters",
        ("utf-8", "UTF-8"),
        ("cp1252", "Western European, Windows (cp1252)"),
        ("cp1250", "Central European, Windows (cp1250)"),
        ("cp1251", "Cyrillic, Windows (cp1251)"),
        ("mac_roman", "Western European, Mac (mac_roman)"),
        ("utf-16-le", "UTF-16, little-endian"),
        ("utf-16-be", "UTF-16, big-endian"),
        ("shift_jis", "Japanese (shift_jis)"),
        is_open=True,
    ),
    _option(
        "delimiter", "Columns are parted by", (",", "Comma"), (";", "Semicolon"), ("tab", "Tab"), ("|", "Vertical bar")
    ),
    _option("decimal", "Decimal mark", (".", "Point: 1,234.56"), (",", "Comma: 1.234,56")),
    _option(
        "dates",
        "Dates",
        ("day-first", "Day first: 31/12"),
        ("month-first", "Month first: 12/31"),
        ("excel", "Days as spreadsheets count them: 46387"),
        is_open=True,
    ),
    _option("currency", "Currency", *((code, code) for code in ("EUR", "USD", "GBP", "CHF", "JPY")), is_open=True),
    _option("sheet", "Sheet", is_open=True),
    _option("header_row", "Row of the headers", ("0", "There are none"), ("1", "1"), ("2", "2"), is_open=True),
    _option("hidden_rows", "Hidden rows", ("include", "Take them in"), ("skip", "Leave them out")),
    _option("zero_totals", "Invoices over nothing", ("accept", "Take them in"), ("refuse", "Leave them out")),
    _option("letter_case", "Numbers in capital and small letters", ("distinct", "Different"), ("same", "The same")),
)
_BY_NAME = {option.name: option for option in OPTIONS}


def asked_in(problems: Iterable[Problem]) -> tuple[Asked, ...]:
    """Give the questions among problems, one for each option and file."""
    found: dict[tuple[str, str], Asked] = {}
    for problem in problems:
        if problem.severity is not Severity.QUESTION:
            continue
        option, offered = _answered_by(problem)
        key = (problem.file, option.name if option is not None else problem.text)
        first = found.get(key)
        if first is None:
            found[key] = Asked(problem, option, offered, _others(option, offered))
        else:
            merged = tuple(dict.fromkeys((*first.offered, *offered)))
            found[key] = Asked(first.problem, option, merged, _others(option, merged), first.count + 1)
    return tuple(found.values())


def in_words(option: str, value: str) -> str:
    """Say an answer: `Dates: day first`."""
    known = _BY_NAME.get(option)
    if known is None:
        return f"{option}: {value}"
    words = next((choice.words for choice in known.choices if choice.value == value), value)
    return f"{known.label}: {words}"


def answer_to(problem: Problem) -> tuple[str, tuple[Choice, ...]]:
    """Give the option that mends a problem, and the values that its remedy offers; empty where there is none."""
    named = [(name, value) for name, value in _named(problem.remedy) if name in _BY_NAME and value]
    if not named:
        return "", ()
    return named[0][0], tuple(_choice(name, value) for name, value in named if name == named[0][0])


def spoken(remedy: str) -> str:
    """Say a remedy as the screen knows it: options by their labels, not as they are typed in the terminal."""

    def say(found: re.Match[str]) -> str:
        name, value = found[1].replace("-", "_"), found[2] or (found[3] or "").rstrip(".")
        if name == MAPPING:
            return "a mapping"
        known = _BY_NAME.get(name)
        rest = "." if (found[3] or "").endswith(".") else ""
        return found[0] if known is None else f"“{in_words(name, value) if value else known.label}”{rest}"

    return _OPTION.sub(say, _IN_MAPPING.sub("", remedy))


def wants_mapping(problem: Problem) -> bool:
    """Tell whether a problem is answered by a mapping."""
    return any(name == MAPPING for name, _ in _named(problem.remedy))


def _answered_by(problem: Problem) -> tuple[Option | None, tuple[Choice, ...]]:
    named = [(name, value) for name, value in _named(problem.remedy) if name in _BY_NAME]
    if not named:
        return None, ()
    option = _BY_NAME[named[0][0]]
    values = dict.fromkeys(value for name, value in named if name == option.name and value)
    offered = tuple(_choice(option.name, value) for value in values)
    return option, offered or option.choices[:_AT_HAND]


def _choice(option: str, value: str) -> Choice:
    return next((one for one in _BY_NAME[option].choices if one.value == value), Choice(value, value))


def _others(option: Option | None, offered: tuple[Choice, ...]) -> tuple[Choice, ...]:
    return () if option is None else tuple(choice for choice in option.choices if choice not in offered)


def _named(remedy: str) -> Iterator[tuple[str, str]]:
    """Give the options that a remedy names as the terminal knows them, with the values it offers."""
    for name, quoted, bare in _OPTION.findall(remedy):
        yield name.replace("-", "_"), quoted or bare.rstrip(".")
