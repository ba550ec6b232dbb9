"""A condition as rows and back: nothing is lost, whatever it is; and rows say what people mean by their words."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings

from duedesk.domain import building
from duedesk.domain.building import Row, as_condition, as_group, made_row, values_of, word_of, words_for
from duedesk.domain.filter_fields import filter_field, filter_fields
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator
from duedesk.domain.objects import CATALOG
from duedesk.domain.relative_days import parse_relative_days
from duedesk.language.conditions import parse_condition
from duedesk.language.queries import parse_query
from language.test_round_trip import CONDITIONS


@settings(max_examples=60)
@given(CONDITIONS)
def test_any_condition_opens_as_rows_and_comes_back_unchanged(condition: Condition) -> None:
    assert as_condition(as_group(condition)) == condition


@settings(max_examples=60)
@given(CONDITIONS)
def test_rows_filled_in_by_their_own_words_mean_the_same(condition: Condition) -> None:
    """What is read out of a row and filled in again is the comparison it was, but for the twins of “not”."""
    for compare in _comparisons(condition):
        field = filter_field("Invoice", compare.path).field
        row = Row(compare)
        made = made_row(compare.path, field, word_of(row, field), values_of(row, field))
        is_blank = compare.value in ("", None, (None, None), ("",))
        assert made == row or is_blank or "" in (compare.value if isinstance(compare.value, tuple) else ())


def _comparisons(condition: Condition) -> list[Compare]:
    match condition:
        case Compare():
            return [condition]
        case Not(part):
            return _comparisons(part)
        case All(parts) | AnyOf(parts):
            return [one for part in parts for one in _comparisons(part)]


@pytest.mark.parametrize(
    ("text", "word", "values"),
    [
        ("Description LIKE '%50\\% off%'", "contains", ("50% off",)),
        ("NOT Description LIKE '%x%'", "does not contain", ("x",)),
        ("Description LIKE 'x%'", "begins with", ("x",)),
        ("Description LIKE '%x_y'", "looks like", ("%x_y",)),
        ("NOT Description LIKE 'x%'", "not begins with", ("x",)),
        ("Status NOT IN ('Draft', 'Error')", "is none of", ("Draft", "Error")),
        ("NOT Status = 'Draft'", "is not", ("Draft",)),
        ("Owner.Name = NULL", "is empty", ()),
        ("Balance WITHIN (100, NULL)", "between", (Decimal(100), None)),
        ("DueDate = LAST_N_DAYS:30", "in the last", (30,)),
        ("DueDate = THIS_MONTH", "is in", (parse_relative_days("THIS_MONTH"),)),
        ("DueDate < TODAY", "before", (parse_relative_days("TODAY"),)),
        ("NOT Balance > 5", "not more than", (Decimal(5),)),
    ],
)
def test_comparisons_are_said_in_words(text: str, word: str, values: tuple[object, ...]) -> None:
    condition = parse_condition(text, CATALOG, "Invoice")
    (row,) = as_group(condition).parts
    assert isinstance(row, Row)
    field = filter_field("Invoice", row.compare.path).field
    assert (word_of(row, field).text, values_of(row, field)) == (word, values)
    again = made_row(row.compare.path, field, word_of(row, field), values_of(row, field))
    assert again == row


def test_a_day_behind_a_moment_means_that_whole_day() -> None:
    field = filter_field("Invoice", "CreatedDate").field
    row = made_row("CreatedDate", field, building.AFTER, (date(2026, 11, 23),))
    end = datetime(2026, 11, 23, 23, 59, 59, 999999, UTC)
    assert row == Row(Compare("CreatedDate", Operator.GT, end))


def test_every_field_that_can_be_filtered_by_is_offered_once() -> None:
    offered = {one.path: one for one in filter_fields("Invoice")}
    wanted = {field.name for field in CATALOG.object("Invoice").fields if field.filter}
    assert wanted <= offered.keys()
    names = list(offered)
    assert [offered[path].label for path in names[:5]] == ["Days overdue", "Balance", "Status", "Settlement", "Account"]
    assert names.index("NumberSeries.IsDefault") < min(map(names.index, ("Id", "JournalKey")))
    assert "BillingAccount.FoldedName" not in offered, "it says the name again, as search compares it"
    assert {
        "BillingAccount.BillingCountry",
        "Owner.Name",
        "BillToContact.Email",
        "PaymentTerm.Period",
    } <= offered.keys()
    assert (offered["BillingAccount.RecordKey"].label, offered["BillingAccount.RecordKey"].picks) == (
        "Account",
        "Account",
    )
    assert offered["BillingAccount.Name"].label == "Account name"
    assert offered["BillingAccountId"].label == "Account Id"
    assert offered["BillingAccount.BillingCountry"].label == "Account, billing country"
    assert filter_field("Invoice", "BillingAccount.Owner.Name").label == "Account, owner name"
    labels = [one.label for one in offered.values()]
    assert len(labels) == len(set(labels))
    for one in offered.values():
        parse_query(f"SELECT Id FROM Invoice WHERE {one.path} = NULL", CATALOG)
        assert words_for(one.field)
