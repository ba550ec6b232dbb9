"""A condition as rows and groups that a person fills in, and back; what nobody touches stays exactly as it was.

Group(all of)                      All((
  Row  Balance   more than  100      Compare("Balance", ">", 100),
  Group(any of)                      AnyOf((
    Row  Status  is  Draft             Compare("Status", "=", "Draft"),
    Row  Owner   is empty              Compare("Owner.Name", "=", NULL))))
"""

from dataclasses import dataclass, replace
from enum import Enum, auto

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operand, Operator
from duedesk.domain.literals import compared
from duedesk.domain.relative_days import RelativeDays, Unit, parse_relative_days

Values = tuple[Operand, ...]


class Shape(Enum):
    """What is filled in behind a word."""

    NOTHING = auto()
    ONE = auto()
    TWO = auto()
    """The least and the most; one of them may stay empty."""
    SEVERAL = auto()
    FRAGMENT = auto()
    """A part of a text, as it stands there."""
    PATTERN = auto()
    """A pattern with % and _."""
    COUNT = auto()
    """So many days."""
    SPAN = auto()
    """This month, last year: days named from where the reader stands."""


@dataclass(frozen=True, slots=True)
class Word:
    """How a field is compared, in words."""

    text: str
    operator: Operator
    shape: Shape = Shape.ONE
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One comparison."""

    compare: Compare
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Rows and groups of which all hold, or any; `negated` where that is not so.

    `is_bare`: a single part stands in no brackets of its own.
    """

    parts: tuple["Row | Group", ...] = ()
    is_any: bool = False
    negated: bool = False
    is_bare: bool = True


Part = Row | Group


def as_group(condition: Condition | None) -> Group:
    """Give a condition as a group."""
    match condition:
        case None:
            return Group()
        case All(parts):
            return Group(tuple(map(_as_part, parts)), is_bare=False)
        case AnyOf(parts):
            return Group(tuple(map(_as_part, parts)), is_any=True, is_bare=False)
        case Compare() | Not(Compare()):
            return Group((_as_part(condition),))
        case Not(All() | AnyOf() as part):
            return replace(as_group(part), negated=True)
        case Not(part):
            return Group((_as_part(part),), negated=True)


def as_condition(group: Group) -> Condition | None:
    """Give a group as a condition; None where it holds nothing."""
    parts = tuple(made for part in group.parts if (made := _made(part)) is not None)
    if not parts:
        return None
    single = parts[0] if group.is_bare and len(parts) == 1 else None
    whole = single or (AnyOf(parts) if group.is_any else All(parts))
    return Not(whole) if group.negated else whole


def _as_part(condition: Condition) -> Part:
    match condition:
        case Compare():
            return Row(condition)
        case Not(Compare() as part):
            return Row(part, negated=True)
        case _:
            return as_group(condition)


def _made(part: Part) -> Condition | None:
    if isinstance(part, Group):
        return as_condition(part)
    return Not(part.compare) if part.negated else part.compare


IS = Word("is", Operator.EQ)
IS_NOT = Word("is not", Operator.NE)
ONE_OF = Word("is one of", Operator.IN, Shape.SEVERAL)
NONE_OF = Word("is none of", Operator.IN, Shape.SEVERAL, negated=True)
EMPTY = Word("is empty", Operator.EQ, Shape.NOTHING)
NOT_EMPTY = Word("is not empty", Operator.NE, Shape.NOTHING)
CONTAINS = Word("contains", Operator.LIKE, Shape.FRAGMENT)
CONTAINS_NOT = Word("does not contain", Operator.LIKE, Shape.FRAGMENT, negated=True)
BEGINS = Word("begins with", Operator.LIKE, Shape.FRAGMENT)
ENDS = Word("ends with", Operator.LIKE, Shape.FRAGMENT)
LOOKS_LIKE = Word("looks like", Operator.LIKE, Shape.PATTERN)
MORE = Word("more than", Operator.GT)
LEAST = Word("at least", Operator.GE)
LESS = Word("less than", Operator.LT)
MOST = Word("at most", Operator.LE)
BETWEEN = Word("between", Operator.WITHIN, Shape.TWO)
BEFORE = Word("before", Operator.LT)
UNTIL = Word("on or before", Operator.LE)
AFTER = Word("after", Operator.GT)
SINCE = Word("on or after", Operator.GE)
LAST_DAYS = Word("in the last", Operator.EQ, Shape.COUNT)
NEXT_DAYS = Word("in the next", Operator.EQ, Shape.COUNT)
IN_SPAN = Word("is in", Operator.EQ, Shape.SPAN)
NOT_IN_SPAN = Word("is not in", Operator.NE, Shape.SPAN)

_BLANK = (EMPTY, NOT_EMPTY)
_DAYS = (Kind.DATE, Kind.DATETIME)
_OF_DAYS = {Operator.LT: BEFORE, Operator.LE: UNTIL, Operator.GT: AFTER, Operator.GE: SINCE}
_OF_FIGURES = {Operator.LT: LESS, Operator.LE: MOST, Operator.GT: MORE, Operator.GE: LEAST}


def words_for(field: Field) -> tuple[Word, ...]:
    """Give the words that can stand behind a field, the likeliest first."""
    if not field.is_read:
        return (IN_SPAN, IS)
    blank = _BLANK if field.nillable else ()
    if field.kind is Kind.DATE:
        spans = (IN_SPAN, NOT_IN_SPAN, LAST_DAYS, NEXT_DAYS)
        return (BEFORE, UNTIL, AFTER, SINCE, BETWEEN, *spans, IS, IS_NOT, *blank)
    if field.kind is Kind.DATETIME:
        return (BEFORE, UNTIL, AFTER, SINCE, IN_SPAN, NOT_IN_SPAN, LAST_DAYS, NEXT_DAYS, *blank)
    if field.kind is Kind.BOOLEAN:
        return (IS,)
    if field.is_figure:
        return (MORE, LEAST, LESS, MOST, BETWEEN, IS, IS_NOT, *blank)
    if field.values or field.kind is Kind.ID or field.name == "CurrencyIsoCode":
        return (ONE_OF, NONE_OF, IS, IS_NOT, *blank)
    return (CONTAINS, CONTAINS_NOT, BEGINS, ENDS, IS, IS_NOT, ONE_OF, NONE_OF, LOOKS_LIKE, *blank)


PICKED_WORDS = (IS, IS_NOT, EMPTY, NOT_EMPTY)
"""The words behind a record that is picked."""


def word_of(row: Row, field: Field) -> Word:
    """Give the word that says a comparison; one that no list offers is said with “not” before it."""
    word = _plain_word(row.compare, field)
    if not row.negated:
        return word
    twins = {IS: IS_NOT, ONE_OF: NONE_OF, CONTAINS: CONTAINS_NOT, IN_SPAN: NOT_IN_SPAN, EMPTY: NOT_EMPTY}
    twin = twins.get(word)
    text = twin.text if twin is not None else f"not {word.text}"
    return replace(word, text=text, negated=True)


def _plain_word(compare: Compare, field: Field) -> Word:
    value, operator = compare.value, compare.operator
    match operator:
        case Operator.IN:
            return ONE_OF
        case Operator.WITHIN:
            return BETWEEN
        case Operator.LIKE:
            return next(
                (word for word in (CONTAINS, BEGINS, ENDS) if _fragment(word, str(value)) is not None), LOOKS_LIKE
            )
        case Operator.EQ | Operator.NE:
            equal = operator is Operator.EQ
            if value is None:
                return EMPTY if equal else NOT_EMPTY
            if not isinstance(value, RelativeDays):
                return IS if equal else IS_NOT
            counted = _counted(value)
            return (counted[0] if counted is not None else IN_SPAN) if equal else NOT_IN_SPAN
        case _:
            return (_OF_DAYS if field.kind in _DAYS else _OF_FIGURES)[operator]


def values_of(row: Row, field: Field) -> Values:
    """Give what is filled in behind the word of a comparison."""
    word, value = word_of(row, field), row.compare.value
    if isinstance(value, tuple):
        return value
    match word.shape:
        case Shape.NOTHING:
            return ()
        case Shape.FRAGMENT:
            return (_fragment(_plain_word(row.compare, field), str(value)) or "",)
        case Shape.COUNT if isinstance(value, RelativeDays):
            counted = _counted(value)
            return (counted[1] if counted is not None else None,)
        case _:
            return (value,)


def made_row(path: str, field: Field, word: Word, values: Values) -> Row | None:
    """Give the comparison that a word and what stands behind it say; None while something is missing."""
    held = [value for value in values if value is not None and value != ""]
    if word.shape is Shape.NOTHING:
        return Row(Compare(path, word.operator, None), word.negated)
    if not held:
        return None
    first = held[0]
    match word.shape:
        case Shape.TWO:
            least, most = (None if value == "" else value for value in (*values, None, None)[:2])
            return Row(Compare(path, word.operator, (least, most)), word.negated)
        case Shape.SEVERAL:
            return Row(Compare(path, word.operator, tuple(held)), word.negated)
        case Shape.FRAGMENT:
            return Row(Compare(path, word.operator, _pattern(word, str(first))), word.negated)
        case Shape.COUNT:
            name = "LAST_N_DAYS" if word.text.endswith(LAST_DAYS.text) else "NEXT_N_DAYS"
            days = parse_relative_days(f"{name}:{first}")
            return None if days is None else Row(Compare(path, word.operator, days), word.negated)
        case _ if field.kind is Kind.DATETIME and type(first).__name__ == "date":
            said = compared(path, field, word.operator, str(first))
            return Row(said, word.negated) if isinstance(said, Compare) else None
        case _:
            return Row(Compare(path, word.operator, first), word.negated)


def _counted(days: RelativeDays) -> tuple[Word, int] | None:
    """Give a span of the last or next so many days by its word and number; None where it is another one."""
    if days.unit is not Unit.DAY or not days.text.startswith(("LAST_N_DAYS:", "NEXT_N_DAYS:")):
        return None
    word = LAST_DAYS if days.text.startswith("LAST") else NEXT_DAYS
    return word, int(days.text.partition(":")[2])


def _pattern(word: Word, text: str) -> str:
    plain = "".join(f"\\{one}" if one in "%_\\" else one for one in text)
    before = "" if word.text.endswith(BEGINS.text) else "%"
    after = "" if word.text.endswith(ENDS.text) else "%"
    return f"{before}{plain}{after}"


def _fragment(word: Word, pattern: str) -> str | None:
    """Give the text that a pattern looks for where it is one that a word makes; None where it is another."""
    before, after = _pattern(word, "x").split("x")
    if len(pattern) <= len(before + after) or not (pattern.startswith(before) and pattern.endswith(after)):
        return None
    inner = pattern[len(before) : len(pattern) - len(after)]
    text: list[str] = []
    letters = iter(inner)
    for letter in letters:
        if letter == "\\":
            letter = next(letters, "")  # noqa: PLW2901 - the letter that the backslash stands before
            if letter not in {"%", "_", "\\"}:
                return None
        elif letter in "%_":
            return None
        text.append(letter)
    found = "".join(text)
    return found if _pattern(word, found) == pattern else None
