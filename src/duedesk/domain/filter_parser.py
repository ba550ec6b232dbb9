"""Read a condition as a person types it: `DaysInvoiceOverdue > 30 AND Status = 'Posted'`; it knows no SQL.

condition  = term { OR term }            term   = factor { AND factor }
factor     = NOT factor | ( condition ) | path operator value | path [NOT] IN ( value, ... ) | path LIKE 'text%'
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from duedesk.domain.catalog import Catalog, Field, Kind
from duedesk.domain.days import parse_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator, Order, Value

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.|'')*')|(?P<sign><=|>=|!=|<>|=|<|>|\(|\)|,)"
    r"|(?P<word>[A-Za-z_][\w.]*)|(?P<number>[-+]?\d[\d.:TZ+-]*))"
)


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
        path, _, direction = part.strip().partition(" ")
        if direction.strip().upper() not in {"", "ASC", "DESC"}:
            raise RequestError(f"“{part.strip()}” is no order.", "Write a field and ASC or DESC: Balance DESC.")
        _, field = catalog.follow(object_name, path)
        if not field.sort:
            raise RequestError(f"{object_name} cannot be sorted by {field.name}.")
        orders.append(Order(path, direction.strip().upper() == "DESC"))
    return tuple(orders)


def read_value(field: Field, text: str) -> Value:
    """Read a value as the field's kind; RequestError where it is none."""
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
    if not amount.is_finite():
        raise ValueError(text)
    return amount


def _read_moment(text: str) -> datetime:
    return parse_moment(text).astimezone(UTC)


_READERS: dict[Kind, Callable[[str], Value]] = {
    Kind.CURRENCY: _read_amount,
    Kind.DOUBLE: _read_amount,
    Kind.PERCENT: _read_amount,
    Kind.INT: int,
    Kind.BOOLEAN: _read_flag,
    Kind.DATE: parse_day,
    Kind.DATETIME: _read_moment,
}


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, text: str, catalog: Catalog, object_name: str) -> None:
        self._text, self._catalog, self._object = text, catalog, object_name
        self._tokens = list(self._split(text))
        self._next = 0

    def whole(self) -> Condition:
        condition = self._any_of()
        if self._peek().kind != "end":
            raise self._unexpected("AND, OR or the end")
        return condition

    def _split(self, text: str) -> list[_Token]:
        tokens, at, end = [], 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                raise RequestError(
                    f"Character {at + 1}, “{text[at : at + 10].strip()}”, cannot be read.", f"In: {text}"
                )
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
            return Not(self._factor())
        if token.text == "(" and token.kind == "sign":
            self._take()
            condition = self._any_of()
            self._expect(")")
            return condition
        return self._comparison()

    def _comparison(self) -> Condition:
        token = self._take()
        if token.kind != "word":
            raise self._unexpected("a field", token)
        _, field = self._catalog.follow(self._object, token.text)
        if not field.filter:
            raise RequestError(f"{self._object} cannot be filtered by {field.name}, at character {token.at + 1}.")
        operator = self._take()
        if operator.keyword == "NOT" and self._peek().keyword == "IN":
            self._take()
            return Not(Compare(token.text, Operator.IN, self._values(field)))
        if operator.keyword == "IN":
            return Compare(token.text, Operator.IN, self._values(field))
        if operator.keyword == "LIKE":
            return Compare(token.text, Operator.LIKE, str(self._literal(self._take())))
        if operator.kind != "sign" or operator.text in {"(", ")", ","}:
            raise self._unexpected("=, !=, <, <=, >, >=, LIKE or IN", operator)
        sign = Operator("!=" if operator.text == "<>" else operator.text)
        return Compare(token.text, sign, self._value(field))

    def _values(self, field: Field) -> tuple[Value, ...]:
        self._expect("(")
        values = [self._value(field)]
        while self._peek().text == ",":
            self._take()
            values.append(self._value(field))
        self._expect(")")
        return tuple(values)

    def _value(self, field: Field) -> Value:
        token = self._take()
        literal = self._literal(token)
        return None if literal is None else read_value(field, literal)

    def _literal(self, token: _Token) -> str | None:
        if token.kind == "text":
            return re.sub(r"\\(.)|''", lambda match: match.group(1) or "'", token.text[1:-1])
        if token.keyword == "NULL":
            return None
        if token.kind == "number" or token.keyword in {"TRUE", "FALSE"}:
            return token.text
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
