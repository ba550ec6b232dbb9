"""Conditions and orders as people type them: `DaysInvoiceOverdue > 30 AND Status = 'Posted'`, `Balance DESC`.

AND binds closer than OR, NOT closer than both. Text stands in 'quotes'; a day may be named: DueDate < LAST_MONTH.
"""

import re
from collections.abc import Callable, Sequence

from lark import Token

from duedesk.domain.catalog import Catalog, Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operand, Operator, Order
from duedesk.domain.literals import OF_WORDS, compared, read_value
from duedesk.domain.relative_days import RelativeDays, nearest_names, parse_relative_days
from duedesk.language.grammar import A_VALUE, Node, Source, branch, leaf, parse, start

Subject = Callable[[Node], tuple[str, Field]]
"""Tells what a comparison is about: the path, and the field at its end."""

_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_KEPT_IN_PATTERN = (r"\%", r"\_", r"\\")
"""After LIKE these mean the sign itself, and go on to the database as they are."""

_DAYS = {Kind.DATE, Kind.DATETIME}


def parse_condition(text: str, catalog: Catalog, object_name: str) -> Condition:
    """Read a condition over an object's fields; RequestError names the place and the field."""
    source = Source(text)
    fields = Fields(source, catalog, object_name)
    return ConditionReader(source, fields.to_filter_by).read(parse(source, "any_of"))


def parse_order(text: str, catalog: Catalog, object_name: str) -> tuple[Order, ...]:
    """Read `DueDate, Balance DESC NULLS FIRST`; RequestError where a field cannot be sorted by."""
    source = Source(text)
    fields = Fields(source, catalog, object_name)
    return tuple(read_order(one, fields.to_sort_by) for one in parse(source, "orders").children)


def read_order(node: Node | Token, subject: Subject) -> Order:
    """Read one part of an order."""
    term, *words = branch(node).children
    said = [str(word).upper() for word in words]
    path, _ = subject(branch(term))
    return Order(path, descending="DESC" in said, nulls_first="FIRST" in said)


def spelled(way: Sequence[Field], field: Field) -> str:
    """Give a path as the catalogue spells it."""
    return ".".join((*(step.relationship for step in way), field.name))


class Fields:
    """The fields of an object as terms name them, and what may be done with each."""

    def __init__(self, source: Source, catalog: Catalog, object_name: str) -> None:
        self._source, self._catalog, self._object = source, catalog, object_name

    def to_filter_by(self, term: Node) -> tuple[str, Field]:
        """Give the field of a comparison; RequestError where it cannot be filtered by."""
        path, field = self.plain(term, "a condition")
        return path, self._allowed(field, field.filter, "filtered", term)

    def to_sort_by(self, term: Node) -> tuple[str, Field]:
        """Give the field of an order; RequestError where it cannot be sorted by."""
        path, field = self.plain(term, "an order")
        return path, self._allowed(field, field.sort, "sorted", term)

    def to_group_by(self, term: Node) -> tuple[str, Field]:
        """Give a field that rows are grouped by; RequestError where it cannot be."""
        path, field = self.named(term.children[-1])
        return path, self._allowed(field, field.group, "grouped", term)

    def plain(self, term: Node, place: str) -> tuple[str, Field]:
        """Give the field of a term that is no function of one."""
        first = term.children[0]
        if isinstance(first, Token) and first.type == "FUNCTION":
            raise self._source.wrong(
                RequestError(f"{first.upper()}() cannot stand in {place}.", "HAVING takes what is asked of groups."),
                start(first),
            )
        return self.named(first)

    def named(self, path: Node | Token) -> tuple[str, Field]:
        """Give the field at a path, spelt as the catalogue spells it; RequestError with the place of it."""
        try:
            way, field = self._catalog.follow(self._object, str(path))
        except RequestError as error:
            raise self._source.wrong(error, start(path)) from None
        return spelled(way, field), field

    def _allowed(self, field: Field, allowed: bool, done: str, term: Node) -> Field:  # noqa: FBT001
        if not allowed:
            raise self._source.wrong(
                RequestError(
                    f"{self._object} cannot be {done} by {field.name}.",
                    f"`duedesk describe {self._object}` says which fields can.",
                ),
                start(term),
            )
        return field


class ConditionReader:
    """Reads the tree of a condition; what its comparisons may be about is for its subject to tell."""

    def __init__(self, source: Source, subject: Subject) -> None:
        self._source, self._subject = source, subject

    def read(self, node: Node | Token) -> Condition:
        """Give the condition of a tree."""
        tree = branch(node)
        match tree.data:
            case "any_of":
                return AnyOf(tuple(map(self.read, tree.children)))
            case "all_of":
                return All(tuple(map(self.read, tree.children)))
            case "negation":
                return Not(self.read(tree.children[0]))
            case "not_among" | "not_like":
                return Not(self._comparison(tree))
            case _:
                return self._comparison(tree)

    def _comparison(self, tree: Node) -> Condition:
        match tree.data:
            case "compare":
                return self._compare(tree)
            case "within":
                return self._within(tree)
            case "among" | "not_among":
                return self._among(tree)
            case _:
                return self._like(tree)

    def _compare(self, tree: Node) -> Condition:
        path, field = self._subject(branch(tree.children[0]))
        sign, literal = leaf(tree.children[1]), leaf(tree.children[2])
        operator = Operator("!=" if sign == "<>" else str(sign))
        if operator in {Operator.EQ, Operator.NE} and _is_word(literal, "NULL"):
            return Compare(path, operator, None)
        return self._compared(path, field, operator, literal)

    def _among(self, tree: Node) -> Condition:
        path, field = self._subject(branch(tree.children[0]))
        literals = list(map(leaf, branch(tree.children[1]).children))
        if field.kind is Kind.DATETIME:
            return AnyOf(tuple(self._compared(path, field, Operator.EQ, literal) for literal in literals))
        return Compare(path, Operator.IN, tuple(self._operand(field, literal) for literal in literals))

    def _within(self, tree: Node) -> Condition:
        term, *limits = tree.children
        path, field = self._subject(branch(term))
        if not (field.is_figure or field.kind is Kind.DATE):
            place = self._source.place(start(term))
            raise RequestError(f"WITHIN is for figures and dates; {field.name}, at {place}, is of type {field.kind}.")
        ends = (None if _is_word(leaf(one), "NULL") else self._operand(field, leaf(one)) for one in limits)
        return Compare(path, Operator.WITHIN, tuple(ends))

    def _like(self, tree: Node) -> Condition:
        term, value = tree.children
        path, field = self._subject(branch(term))
        if field.kind not in OF_WORDS:
            place = self._source.place(start(term))
            raise RequestError(f"LIKE is for text; {field.name}, at {place}, is of type {field.kind}.")
        return Compare(path, Operator.LIKE, self._text(leaf(value), kept=_KEPT_IN_PATTERN))

    def _compared(self, path: str, field: Field, operator: Operator, literal: Token) -> Condition:
        days = self._days(field, literal)
        if days is not None:
            return Compare(path, operator, days)
        text = self._text(literal)
        try:
            return compared(path, field, operator, text)
        except RequestError as error:
            raise self._source.wrong(error, start(literal)) from None

    def _operand(self, field: Field, literal: Token) -> Operand:
        days = self._days(field, literal)
        if days is not None:
            return days
        text = self._text(literal)
        try:
            return read_value(field, text)
        except RequestError as error:
            raise self._source.wrong(error, start(literal)) from None

    def _days(self, field: Field, literal: Token) -> RelativeDays | None:
        """Give the days that a word names, where the field holds days at all."""
        if field.kind not in _DAYS or literal.type != "WORD":
            return None
        try:
            return parse_relative_days(str(literal))
        except RequestError as error:
            raise self._source.wrong(error, start(literal)) from None

    def _text(self, literal: Token, kept: Sequence[str] = ()) -> str:
        """Give what a literal says; text without its quotes."""
        if literal.type == "STRING":
            return _ESCAPE.sub(lambda found: found[0] if found[0] in kept else found[1] or "'", literal[1:-1])
        if literal.type == "NUMBER" or literal.upper() in {"TRUE", "FALSE"}:
            return str(literal)
        wanted = "a value (NULL can only be = or !=)" if _is_word(literal, "NULL") else A_VALUE
        error = self._source.unexpected(start(literal), str(literal), wanted)
        near = nearest_names(str(literal))
        raise RequestError(error.message, f"Did you mean {near}? {error.hint}" if near else error.hint)


def _is_word(literal: Token, word: str) -> bool:
    return literal.type == "WORD" and literal.upper() == word
