"""Any condition that is written down reads back as it was, and any text at all is read or refused in words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator, Value
from duedesk.domain.objects import CATALOG
from duedesk.domain.relative_days import RelativeDays
from duedesk.language.conditions import parse_condition


def written_text(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"


def written_value(value: Value) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).lower()
        case str():
            return written_text(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return f"{value:f}" if isinstance(value, Decimal) else str(value)


def written(condition: Condition) -> str:
    """Write a condition as a person could have typed it."""
    match condition:
        case All(parts):
            return " AND ".join(f"({written(part)})" for part in parts)
        case AnyOf(parts):
            return " OR ".join(f"({written(part)})" for part in parts)
        case Not(part):
            return f"NOT ({written(part)})"
        case Compare(path, Operator.LIKE, str() as pattern):
            return f"{path} LIKE '{pattern.replace(chr(39), chr(39) * 2)}'"
        case Compare(path, Operator.IN, tuple() as values):
            return f"{path} IN ({', '.join(map(written_value, values))})"
        case Compare(path, operator, value):
            assert not isinstance(value, tuple | RelativeDays)
            return f"{path} {operator} {written_value(value)}"


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
PATTERNS = st.lists(st.sampled_from(["%", "_", r"\%", r"\_", r"\\", "'", "ä", "INV-", " "])).map("".join)
VALUES: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.CURRENCY: st.decimals(-(10**12), 10**12, places=4),
    Kind.INT: st.integers(-(2**63) + 1, 2**63 - 1),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates(),
    Kind.DATETIME: st.datetimes(timezones=st.just(UTC)),
}
COMPARISONS = st.sampled_from([operator for operator in Operator if operator not in {Operator.LIKE, Operator.IN}])


@st.composite
def comparisons(draw: st.DrawFn) -> Condition:
    paths = [field.name for field in CATALOG.object("Invoice").fields] + ["BillingAccount.Name", "Owner.Name"]
    path = draw(st.sampled_from(paths))
    _, field = CATALOG.follow("Invoice", path)
    values = st.sampled_from(field.values) if field.values else VALUES.get(field.kind, TEXTS)
    ways: list[Callable[[], Condition]] = [
        lambda: Compare(path, draw(COMPARISONS), draw(values)),
        lambda: Compare(path, draw(st.sampled_from([Operator.EQ, Operator.NE])), None),
    ]
    if field.kind is not Kind.DATETIME:
        ways.append(lambda: Compare(path, Operator.IN, tuple(draw(st.lists(values, min_size=1, max_size=3)))))
    if field.kind not in VALUES:
        ways.append(lambda: Compare(path, Operator.LIKE, draw(PATTERNS)))
    return draw(st.sampled_from(ways))()


CONDITIONS = st.recursive(
    comparisons(),
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(tuple).map(All),
        st.lists(parts, min_size=2, max_size=3).map(tuple).map(AnyOf),
        parts.map(Not),
    ),
    max_leaves=8,
)


@given(CONDITIONS)
def test_a_condition_reads_back_as_it_was_written(condition: Condition) -> None:
    assert parse_condition(written(condition), CATALOG, "Invoice") == condition


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    with suppress(RequestError):
        parse_condition(text, CATALOG, "Invoice")


WORDS = ["Balance", "Status", "DueDate", "AND", "OR", "NOT", "IN", "LIKE", "NULL", "(", ")", ",", "=", ">", "'x'", "5"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_words_in_any_order_are_read_or_refused_in_words(words: list[str]) -> None:
    with suppress(RequestError):
        parse_condition(" ".join(words), CATALOG, "Invoice")
