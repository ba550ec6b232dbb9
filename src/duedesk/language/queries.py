"""Queries as people type them, the useful part of SOQL; it reads them and answers none.

SELECT BillingAccount.Name, SUM(Balance) open FROM Invoice
WHERE Status = 'Posted' AND DueDate < LAST_N_DAYS:30 AND CurrencyIsoCode = 'EUR'
GROUP BY BillingAccount.Name HAVING SUM(Balance) > 1000 ORDER BY open DESC LIMIT 10
"""

from collections.abc import Iterator
from itertools import count

from lark import Token

from duedesk.domain.catalog import Catalog, Field, Kind, Origin
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Condition, Order
from duedesk.domain.query import Column, Function, Query, Term, mixed_currencies
from duedesk.language.conditions import ConditionReader, Fields, Subject, read_order
from duedesk.language.grammar import ALL_FIELDS, Node, Source, branch, parse, start

_LARGEST_NUMBER = 2**31 - 1


def parse_query(text: str, catalog: Catalog) -> Query:
    """Read a query over the catalogue's objects; RequestError names the place and the field."""
    source = Source(text)
    return _Reader(source, catalog, parse(source, "query")).query()


class _Reader:
    """Reads the tree of one query; what may stand where is asked of the catalogue."""

    def __init__(self, source: Source, catalog: Catalog, tree: Node) -> None:
        self._source, self._catalog = source, catalog
        selection, named, *clauses = tree.children
        try:
            self._object = catalog.object(str(named))
        except RequestError as error:
            raise source.wrong(error, start(named)) from None
        self._fields = Fields(source, catalog, self._object.name)
        self._items = [branch(item) for item in branch(selection).children]
        self._clauses = {str(clause.data): clause for clause in map(branch, clauses)}
        self._places: dict[str, int] = {}

    def query(self) -> Query:
        """Give the query."""
        grouping = self._clauses.get("group_by")
        group_by = tuple(self._group_term(branch(one)) for one in grouping.children) if grouping else ()
        columns = tuple(self._columns())
        if not group_by and len(columns) == 1 and columns[0].term == Term("", Function.COUNT):
            columns = ()
        query = Query(
            self._object.name,
            columns,
            where=self._condition("where", self._fields.to_filter_by),
            group_by=group_by,
            limit=self._number("limit"),
            offset=self._number("offset") or 0,
        )
        subject: Subject = self._fields.to_sort_by
        if query.is_grouped:
            self._check_selection(query)
            subject = self._of_groups(query)
        whole = Query(
            query.object,
            query.columns,
            query.where,
            query.group_by,
            self._having(query),
            self._order(subject),
            query.limit,
            query.offset,
        )
        self._check_currencies(whole)
        return whole

    def _columns(self) -> Iterator[Column]:
        """Give the columns selected; a function without a name of its own is called as Salesforce calls it."""
        numbers, taken = count(), set[str]()
        for item in self._items:
            node, *alias = item.children
            for term in self._selected(branch(node)):
                own = str(alias[0]) if alias else term.path if term.function is None else f"expr{next(numbers)}"
                if own.casefold() in taken:
                    raise self._wrong(f"“{own}” is selected twice.", "Give one of them another name.", node)
                if alias and "." in own:
                    raise self._wrong(f"“{own}” is no name.", "A name of your own has no points in it.", alias[0])
                taken.add(own.casefold())
                yield Column(own, term, is_unnamed=not alias and term.function is not None)

    def _selected(self, node: Node) -> tuple[Term, ...]:
        if str(node.children[0]).upper() != ALL_FIELDS or len(node.children) != 2:
            return (self._term(node),)
        kinds = {"ALL": set(Origin), "STANDARD": {Origin.SALESFORCE}, "CUSTOM": {Origin.DUEDESK}}
        asked = str(node.children[1]).upper()
        if asked not in kinds:
            raise self._wrong(f"FIELDS({asked}) is unknown.", "Write ALL, STANDARD or CUSTOM.", node.children[1])
        return tuple(Term(field.name) for field in self._object.read_fields if field.origin in kinds[asked])

    def _term(self, node: Node) -> Term:
        """Give a term, its function checked against its field's kind."""
        first, *rest = node.children
        if not _is_function(node):
            term = Term(self._fields.named(first)[0])
        elif str(first).upper() == ALL_FIELDS:
            raise self._wrong("FIELDS() can only be selected.", "Name the field.", first)
        else:
            function = Function(str(first).upper())
            if not rest and function is not Function.COUNT:
                raise self._wrong(f"{function}() needs a field.", f"Write {function}(Name of a field).", first)
            path, field = self._fields.named(rest[0]) if rest else ("", None)
            if field is not None:
                self._check_function(function, field, rest[0])
            term = Term(path, function)
        self._places.setdefault(term.text, start(node))
        return term

    def _check_function(self, function: Function, field: Field, at: Node | Token) -> None:
        days = {Kind.DATE, Kind.DATETIME}
        match function:
            case Function.SUM | Function.AVG:
                wanted, fits = "adds figures", field.is_figure
            case Function.MIN | Function.MAX:
                wanted, fits = "compares what can be sorted", field.sort and field.kind is not Kind.BOOLEAN
            case Function.COUNT | Function.COUNT_DISTINCT:
                return
            case _:
                wanted, fits = "takes a date", field.kind in days
        if not fits:
            place = self._source.place(start(at))
            raise RequestError(f"{function} {wanted}; {field.name}, at {place}, is of type {field.kind}.")

    def _group_term(self, node: Node) -> Term:
        if not _is_function(node):
            return Term(self._fields.to_group_by(node)[0])
        term = self._term(node)
        if term.is_of_many:
            raise self._wrong(f"{term.text} is made of groups and makes none.", "Group by a field.", node)
        return term

    def _check_selection(self, query: Query) -> None:
        for item, column in zip(self._items, query.columns, strict=False):
            if not column.term.is_of_many and column.term not in query.group_by:
                raise self._wrong(
                    f"{column.term.text} is neither grouped by nor made of a group.",
                    f"Write GROUP BY {column.term.text}, or a function of it: COUNT({column.term.path}).",
                    item,
                )

    def _of_groups(self, query: Query) -> Subject:
        """Give what tells of a term what it is in a grouped query: a name of a column, a function, or a group."""
        named = {column.name.casefold(): column.term for column in query.columns}

        def subject(node: Node) -> tuple[str, Field]:
            first = node.children[0]
            term = None if _is_function(node) else named.get(str(first).casefold())
            term = term or self._term(node)
            if not term.is_of_many and term not in query.group_by:
                raise self._wrong(
                    f"{term.text} is not grouped by.", "Take a field that is, or a function: SUM, COUNT.", node
                )
            return term.text, term.holds(self._catalog, query.object)

        return subject

    def _having(self, query: Query) -> Condition | None:
        clause = self._clauses.get("having")
        if clause is not None and not query.group_by:
            raise self._wrong("HAVING asks of groups, and there are none.", "Write GROUP BY, or WHERE instead.", clause)
        return self._condition("having", self._of_groups(query))

    def _condition(self, clause: str, subject: Subject) -> Condition | None:
        found = self._clauses.get(clause)
        return ConditionReader(self._source, subject).read(found.children[0]) if found else None

    def _order(self, subject: Subject) -> tuple[Order, ...]:
        clause = self._clauses.get("order_by")
        orders = branch(clause.children[0]).children if clause else ()
        return tuple(read_order(branch(one), subject) for one in orders)

    def _number(self, clause: str) -> int | None:
        found = self._clauses.get(clause)
        if found is None:
            return None
        text = str(found.children[0])
        if not text.isdecimal() or not text.isascii() or int(text) > _LARGEST_NUMBER:
            raise self._source.unexpected(start(found), text, "a whole number")
        return int(text)

    def _check_currencies(self, query: Query) -> None:
        for term, path in mixed_currencies(query, self._catalog):
            place = self._source.place(self._places.get(term.text, 0))
            raise RequestError(
                f"{term.text}, at {place}, would add amounts of several currencies.",
                f"Write GROUP BY {path}, or a condition that leaves one: {path} = 'EUR'.",
            )

    def _wrong(self, message: str, hint: str, at: Node | Token) -> RequestError:
        return self._source.wrong(RequestError(message, hint), start(at))


def _is_function(term: Node) -> bool:
    first = term.children[0]
    return isinstance(first, Token) and first.type == "FUNCTION"
