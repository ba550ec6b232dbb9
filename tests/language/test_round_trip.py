"""Any condition that is written down reads back as it was, and any text at all is read or refused in words."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date

from hypothesis import given
from hypothesis import strategies as st

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Filter, Not, Operand, Operator, Order
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import as_list
from duedesk.domain.query_text import write_condition, write_list
from duedesk.domain.relative_days import NAMES, parse_relative_days
from duedesk.language.conditions import parse_condition
from duedesk.language.queries import parse_query

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"))
PATTERNS = st.lists(st.sampled_from(["%", "_", r"\%", r"\_", r"\\", "'", "ä", "INV-", " "])).map("".join)
NAMED_DAYS = st.builds(
    lambda name, number: parse_relative_days(name.replace(":n", f":{number}")),
    st.sampled_from(NAMES.split(" | ")),
    st.integers(0, 99_999),
)
VALUES: dict[Kind, st.SearchStrategy[Operand]] = {
    Kind.CURRENCY: st.decimals(-(10**12), 10**12, places=4),
    Kind.INT: st.integers(-(2**63) + 1, 2**63 - 1),
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE: st.dates() | NAMED_DAYS,
    Kind.DATETIME: st.datetimes(timezones=st.just(UTC)) | NAMED_DAYS,
}
OF_ITS_OWN = {Operator.LIKE, Operator.IN, Operator.WITHIN}
COMPARISONS = st.sampled_from([operator for operator in Operator if operator not in OF_ITS_OWN])


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
    if field.kind in {Kind.CURRENCY, Kind.INT, Kind.DATE}:
        ends = st.tuples(st.none() | values, st.none() | values)
        ways.append(lambda: Compare(path, Operator.WITHIN, draw(ends)))
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
    assert parse_condition(write_condition(condition), CATALOG, "Invoice") == condition


ORDERS = st.lists(
    st.builds(Order, st.sampled_from(["DueDate", "Balance", "BillingAccount.Name"]), st.booleans(), st.booleans()),
    max_size=3,
).map(tuple)


@given(st.none() | CONDITIONS, ORDERS)
def test_a_list_is_written_as_the_query_that_gives_it(where: Condition | None, order: tuple[Order, ...]) -> None:
    asked = Filter(date(2026, 11, 23), where=where, order_by=order)
    listed = as_list(parse_query(write_list(asked, ("DocumentNumber", "Balance")), CATALOG), asked.as_of)
    assert (listed.filter, listed.columns) == (asked, ("DocumentNumber", "Balance"))


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_or_refused_in_words(text: str) -> None:
    with suppress(RequestError):
        parse_condition(text, CATALOG, "Invoice")


WORDS = ["Balance", "Status", "DueDate", "AND", "OR", "NOT", "IN", "LIKE", "NULL", "(", ")", ",", "=", ">", "'x'", "5"]


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_words_in_any_order_are_read_or_refused_in_words(words: list[str]) -> None:
    with suppress(RequestError):
        parse_condition(" ".join(words), CATALOG, "Invoice")
