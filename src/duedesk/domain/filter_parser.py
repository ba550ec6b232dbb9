"""Read a condition as a person types it: `DaysInvoiceOverdue > 30 AND Status = 'Posted'`; it knows no SQL.

condition  = term { OR term }            term   = factor { AND factor }
factor     = NOT factor | ( condition ) | path operator value | path [NOT] IN ( value, ... ) | path [NOT] LIKE 'text%'

A date compared with a moment means that whole day, UTC.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time
from decimal import Decimal, InvalidOperation

from duedesk.domain.catalog import Catalog, Field, Kind
from duedesk.domain.days import parse_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator, Order, Value
from duedesk.domain.money import to_units

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.|'')*')|(?P<sign><=|>=|!=|<>|=|<|>|\(|\)|,)"
    r"|(?P<word>[A-Za-z_][\w.]*)|(?P<number>[-+]?\d[\d.:TZ+-]*))",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_KEPT_IN_PATTERN = (r"\%", r"\_", r"\\")
"""After LIKE these mean the sign itself, and go on to the database as they are."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""No database keeps these in a text, so nothing can be equal to them."""

_DEEPEST = 50
_LARGEST_WHOLE = 2**63 - 1
_OF_WORDS = {Kind.ID, Kind.STRING, Kind.TEXTAREA, Kind.PICKLIST, Kind.REFERENCE, Kind.EMAIL, Kind.PHONE, Kind.URL}


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int

    @property
    def keyword(self) -> str:
        return self.text.upper() if self.kind == "word" else ""


def parse_condition(text: str, catalog: Catalog, object_name: str) -> Condition:
    """Read a condition over an object's fields; RequestError names the place and the field."""
    return _Parser(text, catalog, object_name).whole()


def parse_order(text: str, catalog: Catalog, object_name: str) -> tuple[Order, ...]:
    """Read `DueDate, Balance DESC`; RequestError where a field cannot be sorted by."""
    orders = []
    for part in text.split(","):
        path, *direction = part.split() or [""]
        if [word.upper() for word in direction] not in ([], ["ASC"], ["DESC"]):
            raise RequestError(f"“{part.strip()}” is no order.", "Write a field and ASC or DESC: Balance DESC.")
        way, field = catalog.follow(object_name, path)
        if not field.sort:
            raise RequestError(f"{object_name} cannot be sorted by {field.name}.")
        orders.append(Order(_spelled(way, field), descending=[word.upper() for word in direction] == ["DESC"]))
    return tuple(orders)


def read_value(field: Field, text: str) -> Value:
    """Read a value as the field's kind, one of a list whatever its case; RequestError where it is none."""
    if field.values:
        for value in field.values:
            if value.casefold() == text.casefold():
                return value
        raise RequestError(f"“{text}” is no value for {field.name}.", f"There are {', '.join(field.values)}.")
    try:
        return _READERS.get(field.kind, str)(text)
    except (InvalidOperation, ValueError):
        raise RequestError(f"“{text}” is no value for {field.name}, which is of type {field.kind}.") from None


def _read_flag(text: str) -> bool:
    flags = {"true": True, "false": False}
    if text.casefold() not in flags:
        raise ValueError(text)
    return flags[text.casefold()]


def _read_amount(text: str) -> Decimal:
    amount = Decimal(text)
    to_units(amount)  # no stored amount could be compared with one that does not fit
    return amount


def _read_whole(text: str) -> int:
    whole = int(text)
    if abs(whole) > _LARGEST_WHOLE:
        raise ValueError(text)
    return whole


def _compared(path: str, field: Field, sign: Operator, text: str) -> Condition:
    if field.kind is not Kind.DATETIME or len(text) != len("2026-11-23"):
        return Compare(path, sign, read_value(field, text))
    first, last = (datetime.combine(parse_day(text), edge, UTC) for edge in (time.min, time.max))
    if sign in {Operator.EQ, Operator.NE}:
        within = All((Compare(path, Operator.GE, first), Compare(path, Operator.LE, last)))
        return within if sign is Operator.EQ else Not(within)
    return Compare(path, sign, first if sign in {Operator.LT, Operator.GE} else last)


def _spelled(way: tuple[Field, ...], field: Field) -> str:
    return ".".join((*(step.relationship for step in way), field.name))


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.CURRENCY: _read_amount,
    Kind.DOUBLE: _read_amount,
    Kind.PERCENT: _read_amount,
    Kind.INT: _read_whole,
    Kind.BOOLEAN: _read_flag,
    Kind.DATE: parse_day,
    Kind.DATETIME: parse_moment,
}


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str, catalog: Catalog, object_name: str) -> None:
        self._text, self._catalog, self._object = text, catalog, object_name
        self._tokens = list(self._split(text))
        self._next = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._any_of()
        if self._peek().kind != "end":
            raise self._unexpected("AND, OR or the end")
        return condition

    def _split(self, text: str) -> list[_Token]:
        unstorable = _UNSTORABLE.search(text)
        if unstorable:
            raise RequestError(f"Character {unstorable.start() + 1} is none that a text can hold.")
        tokens, at, end = [], 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                rest = text[at:].lstrip()
                place = len(text) - len(rest) + 1
                raise RequestError(f"Character {place}, “{rest[:10].rstrip()}”, cannot be read.", f"In: {text}")
            kind = match.lastgroup or ""
            tokens.append(_Token(kind, match.group(kind), match.start(kind)))
            at = match.end()
        return [*tokens, _Token("end", "", end)]

    def _any_of(self) -> Condition:
        return self._joined("OR", self._all, AnyOf)

    def _all(self) -> Condition:
        return self._joined("AND", self._factor, All)

    def _joined(
        self, word: str, part: Callable[[], Condition], join: Callable[[tuple[Condition, ...]], Condition]
    ) -> Condition:
        parts = [part()]
        while self._peek().keyword == word:
            self._take()
            parts.append(part())
        return parts[0] if len(parts) == 1 else join(tuple(parts))

    def _factor(self) -> Condition:
        token = self._peek()
        if token.keyword == "NOT":
            self._take()
            return Not(self._deeper(self._factor))
        if token.text == "(" and token.kind == "sign":
            self._take()
            condition = self._deeper(self._any_of)
            self._expect(")")
            return condition
        return self._comparison()

    def _deeper(self, part: Callable[[], Condition]) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RequestError(f"The condition is nested more than {_DEEPEST} deep.", "Take out brackets or NOTs.")
        condition = part()
        self._depth -= 1
        return condition

    def _comparison(self) -> Condition:
        path, field = self._field()
        operator = self._take()
        if operator.keyword == "NOT" and self._peek().keyword in {"IN", "LIKE"}:
            return Not(self._among_or_like(path, field, self._take()))
        if operator.keyword in {"IN", "LIKE"}:
            return self._among_or_like(path, field, operator)
        if operator.kind != "sign" or operator.text in {"(", ")", ","}:
            raise self._unexpected("=, !=, <, <=, >, >=, LIKE or IN", operator)
        sign = Operator("!=" if operator.text == "<>" else operator.text)
        if sign in {Operator.EQ, Operator.NE} and self._peek().keyword == "NULL":
            self._take()
            return Compare(path, sign, None)
        return _compared(path, field, sign, self._literal())

    def _field(self) -> tuple[str, Field]:
        token = self._take()
        if token.kind != "word":
            raise self._unexpected("a field", token)
        try:
            way, field = self._catalog.follow(self._object, token.text)
        except RequestError as error:
            raise RequestError(f"{error.message.removesuffix('.')}, at character {token.at + 1}.", error.hint) from None
        if not field.filter:
            raise RequestError(f"{self._object} cannot be filtered by {field.name}, at character {token.at + 1}.")
        return _spelled(way, field), field

    def _among_or_like(self, path: str, field: Field, operator: _Token) -> Condition:
        if operator.keyword == "LIKE":
            if field.kind not in _OF_WORDS:
                place = f"at character {operator.at + 1}"
                raise RequestError(f"LIKE is for text; {field.name}, {place}, is of type {field.kind}.")
            return Compare(path, Operator.LIKE, self._literal(is_pattern=True))
        literals = self._literals()
        if field.kind is Kind.DATETIME:
            return AnyOf(tuple(_compared(path, field, Operator.EQ, text) for text in literals))
        return Compare(path, Operator.IN, tuple(read_value(field, text) for text in literals))

    def _literals(self) -> tuple[str, ...]:
        self._expect("(")
        literals = [self._literal()]
        while self._peek().text == ",":
            self._take()
            literals.append(self._literal())
        self._expect(")")
        return tuple(literals)

    def _literal(self, *, is_pattern: bool = False) -> str:
        token = self._take()
        if token.kind == "text":
            kept = _KEPT_IN_PATTERN if is_pattern else ()
            return _ESCAPE.sub(lambda found: found[0] if found[0] in kept else found[1] or "'", token.text[1:-1])
        if token.kind == "number" or token.keyword in {"TRUE", "FALSE"}:
            return token.text
        if token.keyword == "NULL":
            raise self._unexpected("a value (NULL can only be = or !=)", token)
        raise self._unexpected("a value; text stands in 'quotes'", token)

    def _peek(self) -> _Token:
        return self._tokens[self._next]

    def _take(self) -> _Token:
        token = self._tokens[self._next]
        self._next = min(self._next + 1, len(self._tokens) - 1)
        return token

    def _expect(self, sign: str) -> None:
        token = self._take()
        if token.text != sign:
            raise self._unexpected(f"“{sign}”", token)

    def _unexpected(self, wanted: str, token: _Token | None = None) -> RequestError:
        found = token or self._peek()
        seen = f"“{found.text}”" if found.text else "the end"
        return RequestError(
            f"At character {found.at + 1} there is {seen} where {wanted} should stand.", f"In: {self._text}"
        )
