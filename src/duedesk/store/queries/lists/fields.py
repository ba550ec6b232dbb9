"""What a catalogue field is in SQL: a column, a join away, or worked out from the as-of date; it asks nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    String,
    Table,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import OPEN, All, AnyOf, Compare, Condition, Not, Operator
from duedesk.domain.literals import names_days, on_the_calendar
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.by_instalment import due_between, is_open_between, oldest_due, overdue_amount
from duedesk.store.queries.lists.comparing import (
    OF_PARENTS,
    by_words,
    check_length,
    compared,
    gathered,
    limits,
    side_by_side,
)
from duedesk.store.settlement import NOTHING
from duedesk.store.tables import METADATA
from duedesk.store.tables.columns import Amount, Day, Moment
from duedesk.store.tables.following import record_view
from duedesk.store.tables.ledger import application

Expression = ColumnElement[Any]

_LONGEST_KEY = 19
"""Digits that surely fit 64 bits, and one."""


class days_between(GenericFunction[int]):  # noqa: N801 - it is used as a function and named as one
    """Whole days from the first date to the second."""

    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _days_on_file(element: days_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    first, second = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_on_server(element: days_between, compiler: SQLCompiler, **kwargs: Any) -> str:
    first, second = (compiler.process(part, **kwargs) for part in element.clauses)
    return f"({second} - {first})"


class Scope:
    """The rows of one object as a source, and the joins that the paths asked for so far have needed."""

    def __init__(
        self,
        object_name: str,
        source: FromClause,
        as_of: date,
        user: str = "",
        reached: Callable[[str], FromClause] | None = None,
        *,
        by_instalment: bool = False,
        dunned: Callable[[Expression, Compare], ColumnElement[bool]] | None = None,
    ) -> None:
        """Begin with the rows of an object; `reached` gives those of the objects that references lead to.

        `by_instalment` says that the book has invoices that are paid in instalments; `dunned` makes the condition that
        a run of a day duns an invoice, from its key and what is asked of the day.
        """
        self.object = CATALOG.object(object_name)
        self.rows = source
        self.as_of = as_of
        self.user = user
        self._by_instalment = by_instalment
        self._dunned = dunned
        self._reached = reached or as_stored
        self._joined: FromClause = source
        self._aliases: dict[str, FromClause] = {}

    @property
    def source(self) -> FromClause:
        """Give the source with all joins made so far; take it last."""
        return self._joined

    def column(self, path: str) -> Expression:
        """Give the value of a path such as `Balance` or `BillingAccount.Name`."""
        way, field = CATALOG.follow(self.object.name, path)
        if field.name == "RecordKey" and way:
            held = self._held(self._walk(way[:-1])[0], way[-1])
            if len(way) == 1 or not isinstance(held.type, String):
                return held  # no join is needed to know whose it is
        if not field.is_read:
            raise RequestError(f"{field.name} has no value to show.", "Ask by it, in a condition.")
        here, walked = self._walk(way)
        if field.is_stored:
            if field.kind is Kind.ID:
                return func.coalesce(here.c.external_id, cast(here.c.id, String))
            if field.kind is not Kind.REFERENCE or isinstance(here.c[field.column].type, String):
                return here.c[field.column]
        if field.kind is Kind.REFERENCE:
            return self._identity(here, field, f"{walked}.{field.relationship}")
        return _CALCULATED[field.name](here, self)

    def key(self, path: str) -> Expression:
        """Give the key of the record that a reference leads to; of any other field its value."""
        way, field = CATALOG.follow(self.object.name, path)
        return self._held(self._walk(way)[0], field) if field.kind is Kind.REFERENCE else self.column(path)

    def _held(self, here: FromClause, field: Field) -> Expression:
        """Give what a field holds: of a reference the key of the record that it leads to, or its Id elsewhere."""
        return here.c[field.column] if field.is_stored else _CALCULATED[field.name](here, self)

    def _walk(self, way: Iterable[Field]) -> tuple[FromClause, str]:
        """Give the rows at the end of a way, and the way in words."""
        here, walked = self.rows, ""
        for step in way:
            walked = f"{walked}.{step.relationship}"
            here = self._reach(here, step, walked)
        return here, walked

    def due(self, row: FromClause) -> ColumnElement[date]:
        """Give the day from which days overdue are counted: an invoice's due date, or its oldest open instalment's."""
        due: ColumnElement[date] = oldest_due(row) if self._by_instalment else row.c.due_date
        return due

    @property
    def overdue_amount(self) -> ColumnElement[Decimal]:
        """Give what of an invoice's balance is past due."""
        if self._by_instalment:
            return overdue_amount(self.rows, self.as_of)
        return type_coerce(case((self.rows.c.due_date < self.as_of, self.rows.c.balance), else_=NOTHING), Amount)

    def field(self, path: str) -> Field:
        """Give the field at the end of a path."""
        return CATALOG.follow(self.object.name, path)[1]

    def condition(self, condition: Condition) -> ColumnElement[bool]:
        """Give a condition as SQL."""
        match gathered(condition):
            case All(parts) | AnyOf(parts):
                check_length(parts)
                return side_by_side(and_ if isinstance(condition, All) else or_, [self.condition(one) for one in parts])
            case Not(part):
                # What has no value is not within the part, so it is without it.
                return ~func.coalesce(self.condition(part), literal(value=False))
            case Compare() as compare:
                return self._compare(compare)

    def _compare(self, compare: Compare) -> ColumnElement[bool]:
        field = self.field(compare.path)
        if not field.is_read and self._dunned is not None:
            steps = compare.path.rpartition(".")[0]
            return self._dunned(self.column(f"{steps}.RecordKey" if steps else "RecordKey"), compare)
        if names_days(compare):
            return self.condition(on_the_calendar(compare, field.kind, self.as_of))
        quick = self._by_index(compare, field)
        if quick is not None:
            return quick
        if compare == OPEN and self.object.name == "Invoice" and isinstance(self.rows, Table):
            return and_(self.rows.c.balance != NOTHING)  # a stored balance is never below nothing
        said, also = self._plainly(compare), self._also(compare)
        return said if also is None else and_(also, said)

    def _plainly(self, compare: Compare) -> ColumnElement[bool]:
        return compared(self.column(compare.path), compare, self.field(compare.path))

    def _also(self, compare: Compare) -> Expression | None:
        """Give what a comparison says beside itself, spelt as the index that holds only such rows spells it."""
        if self.object.name != "Invoice" or not isinstance(self.rows, Table):
            return None
        values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
        match compare.path.casefold(), compare.operator:
            case "balance", Operator.GT | Operator.GE | Operator.EQ | Operator.WITHIN:
                least = values[0]
                return self.rows.c.balance != NOTHING if isinstance(least, Decimal) and least > 0 else None
            case "status", Operator.EQ | Operator.IN:
                return None if {"Posted", None} & set(values) else self.rows.c.status != literal_column("'Posted'")
            case "settlementstatus", Operator.EQ if values == ("Partially Settled",):
                partly: Expression = self.rows.c.settlement_status == literal_column("'Partially Settled'")
                return partly
        return None

    @property
    def is_by_instalment(self) -> bool:
        """Tell whether the book has invoices that are paid in instalments."""
        return self._by_instalment

    def _by_index(self, compare: Compare, field: Field) -> ColumnElement[bool] | None:
        """Say a comparison in a way that an index can answer; None where there is none."""
        for quick in (self._overdue_by_date(compare), self._by_key(compare, field), self._by_parent(compare, field)):
            if quick is not None:
                return quick
        return by_words(self.rows, self.object, compare, field)

    def _by_parent(self, compare: Compare, field: Field) -> ColumnElement[bool] | None:
        """Find the records that are referred to first: there are few accounts, and an index leads to their invoices."""
        way, _ = CATALOG.follow(self.object.name, compare.path)
        if len(way) != 1 or compare.operator not in OF_PARENTS or compare.value is None or not field.is_stored:
            return self._by_family(compare, way)
        step, held = way[0], self._held(self.rows, way[0])
        if field.kind in {Kind.ID, Kind.REFERENCE} or field.name == "RecordKey" or isinstance(held.type, String):
            return None
        there = self._reached(step.refers_to[0]).alias()
        return held.in_(select(there.c.id).where(compared(there.c[field.column], compare, field)))

    def _by_family(self, compare: Compare, way: Sequence[Field]) -> ColumnElement[bool] | None:
        """Find the accounts of a family first, as those of a parent are found."""
        if len(way) != 2 or way[1].name != "FamilyId" or compare.operator not in OF_PARENTS or compare.value is None:
            return None
        there = self._reached(way[0].refers_to[0]).alias()
        accounts = Scope("Account", there, self.as_of, self.user, self._reached)
        within = accounts.condition(replace(compare, path=compare.path.partition(".")[2]))
        found = select(there.c.id).select_from(accounts.source).where(within)
        return self._held(self.rows, way[0]).in_(found)

    def _overdue_by_date(self, compare: Compare) -> ColumnElement[bool] | None:
        """Turn `DaysInvoiceOverdue > 30` into a condition on the due date, which an index can answer."""
        if compare.path.casefold() != "daysinvoiceoverdue":
            return None
        is_open = self.rows.c.balance != NOTHING
        if compare.operator is Operator.WITHIN:
            least, most = (None if days is None else self._days_ago(days) for days in limits(compare))
            if self._by_instalment:
                return and_(is_open, is_open_between(self.rows, most, least))
            return and_(is_open, due_between(self.rows.c.due_date, most, least))
        turned = _TURNED.get(compare.operator)
        if turned is None or not isinstance(compare.value, int):
            return None
        return and_(is_open, turned(self.due(self.rows), self._days_ago(compare.value)))

    def _days_ago(self, days: object) -> date:
        try:
            return self.as_of - timedelta(days=int(str(days)))
        except (OverflowError, ValueError):
            raise RequestError(f"{days} days is out of range.") from None

    def _by_key(self, compare: Compare, field: Field) -> ColumnElement[bool] | None:
        """Turn `BillingAccountId = '001...'` into a condition on the key, which an index can answer."""
        ids = compare.value if isinstance(compare.value, tuple) else (compare.value,)
        if compare.operator not in {Operator.EQ, Operator.IN} or field.kind not in {Kind.ID, Kind.REFERENCE}:
            return None
        if None in ids or "." in compare.path:
            return None
        if field.kind is Kind.ID:
            return is_identified(self.rows, ids)
        held = self._held(self.rows, field)
        if isinstance(held.type, String):
            return None
        there = METADATA.tables[CATALOG.object(field.refers_to[0]).table]
        return held.in_(select(there.c.id).where(is_identified(there, ids)))

    def _reach(self, here: FromClause, step: Field, walked: str) -> FromClause:
        if walked not in self._aliases:
            there = self._reached(step.refers_to[0]).alias()
            # What may be of several objects is kept as the Id it has in the system it came from.
            held = self._held(here, step)
            its_id = there.c.external_id if isinstance(held.type, String) else there.c.id
            self._joined = self._joined.outerjoin(there, its_id == held)
            self._aliases[walked] = there
        return self._aliases[walked]

    def _identity(self, here: FromClause, field: Field, walked: str) -> Expression:
        """Give a reference as the Id of the record in the system it came from, else as its key in this book."""
        if "external_id" not in METADATA.tables[CATALOG.object(field.refers_to[0]).table].c:
            return cast(self._held(here, field), String)
        there = self._reach(here, field, walked)
        return func.coalesce(there.c.external_id, cast(there.c.id, String))


def as_stored(object_name: str) -> FromClause:
    """Give the rows of an object as its table holds them."""
    return METADATA.tables[CATALOG.object(object_name).table]


def is_identified(rows: FromClause, ids: Iterable[object]) -> ColumnElement[bool]:
    """Give the condition that a record is one of these: by its Id elsewhere, or by its key where it has none."""
    said = [str(one) for one in ids]
    keys = [int(one) for one in said if one.isdecimal() and one.isascii() and len(one) < _LONGEST_KEY]
    if "external_id" not in rows.c:
        return rows.c.id.in_(keys)
    own = and_(rows.c.external_id.is_(None), rows.c.id.in_(keys)) if keys else false()
    return or_(rows.c.external_id.in_(said), own)


def _family(row: FromClause, scope: Scope) -> Expression:  # noqa: ARG001 - one signature for all
    """Who is a parent is found once for a whole question."""
    child = METADATA.tables["account"].alias()
    parents = select(child.c.parent_id).where(child.c.parent_id.is_not(None))
    return func.coalesce(row.c.parent_id, case((row.c.id.in_(parents), row.c.id), else_=null()))


def _overdue(row: FromClause, scope: Scope) -> Expression:
    return case((row.c.balance != NOTHING, days_between(scope.due(row), literal(scope.as_of, Day))), else_=null())


def _days_open(row: FromClause, scope: Scope) -> Expression:
    until = func.coalesce(row.c.full_settlement_date, literal(scope.as_of, Day))
    return case((row.c.posted_at.is_not(None), days_between(row.c.invoice_date, until)), else_=null())


def _has_been_unapplied(row: FromClause, scope: Scope) -> Expression:  # noqa: ARG001 - one signature for all
    taken_back = application.alias()
    exists = select(taken_back.c.id).where(taken_back.c.reverses_id == row.c.id).exists()
    return case((row.c.type == "Unapplied", "NA"), (exists, "Yes"), else_="No")


def _applied_date(row: FromClause, scope: Scope) -> Expression:  # noqa: ARG001 - one signature for all
    """An Unapplied row repeats the date of the row it takes back, as Salesforce has it."""
    original = application.alias()
    repeated = select(original.c.effective_date).where(original.c.id == row.c.reverses_id).scalar_subquery()
    return type_coerce(case((row.c.type == "Applied", row.c.effective_date), else_=repeated), Day)


def _unapplied_date(row: FromClause, scope: Scope) -> Expression:  # noqa: ARG001 - one signature for all
    return type_coerce(case((row.c.type == "Unapplied", row.c.effective_date), else_=null()), Day)


def _last_viewed(row: FromClause, scope: Scope) -> Expression:
    return _of_this_user(row, scope, record_view.c.last_viewed_date)


def _last_referenced(row: FromClause, scope: Scope) -> Expression:
    return _of_this_user(row, scope, record_view.c.last_referenced_date)


def _of_this_user(row: FromClause, scope: Scope, moment: Expression) -> Expression:
    own = select(moment).where(
        record_view.c.user_name == scope.user,
        record_view.c.object_name == "Invoice",
        record_view.c.record_key == row.c.id,
    )
    return type_coerce(own.scalar_subquery(), Moment)


_CALCULATED: dict[str, Callable[[FromClause, Scope], Expression]] = {
    "FamilyId": _family,
    "DaysInvoiceOverdue": _overdue,
    "DaysInvoiceOpen": _days_open,
    "HasBeenUnapplied": _has_been_unapplied,
    "AppliedDate": _applied_date,
    "UnappliedDate": _unapplied_date,
    "LastViewedDate": _last_viewed,
    "LastReferencedDate": _last_referenced,
}

_TURNED: dict[Operator, Callable[[Expression, date], ColumnElement[bool]]] = {
    Operator.EQ: lambda due, day: due == day,
    Operator.LT: lambda due, day: due > day,
    Operator.LE: lambda due, day: due >= day,
    Operator.GT: lambda due, day: due < day,
    Operator.GE: lambda due, day: due <= day,
}
"""The more days overdue, the earlier the due date."""
