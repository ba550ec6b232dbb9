"""Conditions as people type them: what they mean, and what is said where they mean nothing."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from duedesk.domain.catalog import Catalog, Field, Kind, ObjectType
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator, Order, Value
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition, parse_order


def read(text: str, of: str = "Invoice") -> Condition:
    return parse_condition(text, CATALOG, of)


def refusal(text: str, of: str = "Invoice") -> RequestError:
    with pytest.raises(RequestError) as refused:
        read(text, of)
    return refused.value


POSTED = Compare("Status", Operator.EQ, "Posted")
LATE = Compare("DaysInvoiceOverdue", Operator.GT, 30)
LARGE = Compare("Balance", Operator.GE, Decimal(1000))


def test_what_the_clerk_types_most() -> None:
    assert read("DaysInvoiceOverdue > 30 AND Status = 'Posted'") == All((LATE, POSTED))


def test_and_binds_closer_than_or() -> None:
    assert read("Status='Posted' OR DaysInvoiceOverdue>30 AND Balance>=1000") == AnyOf((POSTED, All((LATE, LARGE))))
    assert read("DaysInvoiceOverdue>30 AND Balance>=1000 OR Status='Posted'") == AnyOf((All((LATE, LARGE)), POSTED))


def test_brackets_bind_closest_and_not_binds_closer_than_and() -> None:
    assert read("(Status='Posted' OR DaysInvoiceOverdue>30) AND Balance>=1000") == All((AnyOf((POSTED, LATE)), LARGE))
    assert read("NOT Status='Posted' AND Balance>=1000") == All((Not(POSTED), LARGE))
    assert read("NOT (Status='Posted' AND Balance>=1000)") == Not(All((POSTED, LARGE)))
    assert read("NOT NOT Status='Posted'") == Not(Not(POSTED))
    assert read("((Status = 'Posted'))") == POSTED


def test_three_ands_are_one_condition_of_three_parts() -> None:
    assert read("Status='Posted' and DaysInvoiceOverdue>30 And Balance>=1000") == All((POSTED, LATE, LARGE))


@pytest.mark.parametrize(
    ("text", "operator"),
    [("=", "="), ("!=", "!="), ("<>", "!="), ("<", "<"), ("<=", "<="), (">", ">"), (">=", ">=")],
)
def test_every_comparison_with_and_without_spaces(text: str, operator: str) -> None:
    expected = Compare("Balance", Operator(operator), Decimal("-12.50"))
    assert read(f"Balance {text} -12.50") == read(f"Balance{text}-12.50") == expected


def test_fields_and_values_of_a_list_are_spelled_as_the_catalogue_spells_them() -> None:
    assert read("status = 'posted'") == POSTED
    assert read("billingaccount.NAME = 'acme'") == Compare("BillingAccount.Name", Operator.EQ, "acme")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("'Acme'", "Acme"),
        ("''", ""),
        ("'O''Brien'", "O'Brien"),
        (r"'O\'Brien'", "O'Brien"),
        (r"'back\\slash'", "back\\slash"),
        ("'two\nlines'", "two\nlines"),
        ("'  kept  '", "  kept  "),
        ("'AND (x = 1) OR'", "AND (x = 1) OR"),
        ("'北京公司'", "北京公司"),
        ("'50% off'", "50% off"),
        ("4711", "4711"),
        ("TRUE", "TRUE"),
    ],
)
def test_text_stands_in_quotes_and_may_hold_them(text: str, value: str) -> None:
    assert read(f"Description = {text}") == Compare("Description", Operator.EQ, value)


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("DueDate = 2026-11-23", "DueDate", date(2026, 11, 23)),
        ("DueDate = '2026-11-23'", "DueDate", date(2026, 11, 23)),
        ("Balance = 1000.5", "Balance", Decimal("1000.5")),
        ("Balance = +0.0001", "Balance", Decimal("0.0001")),
        ("Balance = '1000'", "Balance", Decimal(1000)),
        ("DaysInvoiceOverdue = -7", "DaysInvoiceOverdue", -7),
        ("DaysInvoiceOverdue = 9223372036854775807", "DaysInvoiceOverdue", 2**63 - 1),
        ("ShouldExcludePayment = true", "ShouldExcludePayment", True),
        ("ShouldExcludePayment = FALSE", "ShouldExcludePayment", False),
        ("CreatedDate = 2026-11-23T17:30:00+01:00", "CreatedDate", datetime(2026, 11, 23, 16, 30, tzinfo=UTC)),
        ("CreatedDate = 2026-11-23T17:30Z", "CreatedDate", datetime(2026, 11, 23, 17, 30, tzinfo=UTC)),
        ("CurrencyIsoCode = 'EUR'", "CurrencyIsoCode", "EUR"),
    ],
)
def test_a_value_is_read_as_its_fields_kind(text: str, path: str, value: Value) -> None:
    assert read(text) == Compare(path, Operator.EQ, value)


def test_in_takes_a_list_and_not_in_turns_it_round() -> None:
    among = Compare("Status", Operator.IN, ("Posted", "Void In Progress"))
    assert read("Status IN ('Posted', 'Void In Progress')") == among
    assert read("Status not in ('Posted','Void In Progress')") == Not(among)
    assert read("DaysInvoiceOverdue IN (30)") == Compare("DaysInvoiceOverdue", Operator.IN, (30,))


def test_like_takes_a_pattern_and_leaves_what_is_escaped_in_it() -> None:
    assert read("DocumentNumber LIKE 'INV-2026%'") == Compare("DocumentNumber", Operator.LIKE, "INV-2026%")
    assert read("DocumentNumber NOT LIKE '%-X'") == Not(Compare("DocumentNumber", Operator.LIKE, "%-X"))
    assert read(r"Description LIKE '100\% \_ \\ O\'B''s'") == Compare(
        "Description", Operator.LIKE, r"100\% \_ \\ O'B's"
    )
    assert read("BillingAccount.Name LIKE 'A%'") == Compare("BillingAccount.Name", Operator.LIKE, "A%")


def test_null_is_what_has_no_value() -> None:
    assert read("FullSettlementDate = NULL") == Compare("FullSettlementDate", Operator.EQ, None)
    assert read("PaymentTermId != null") == Compare("PaymentTermId", Operator.NE, None)


FIRST, LAST = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 23, 23, 59, 59, 999999, UTC)
THAT_DAY = All((Compare("CreatedDate", Operator.GE, FIRST), Compare("CreatedDate", Operator.LE, LAST)))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("= 2026-11-23", THAT_DAY),
        ("!= 2026-11-23", Not(THAT_DAY)),
        (">= 2026-11-23", Compare("CreatedDate", Operator.GE, FIRST)),
        ("< 2026-11-23", Compare("CreatedDate", Operator.LT, FIRST)),
        ("> 2026-11-23", Compare("CreatedDate", Operator.GT, LAST)),
        ("<= 2026-11-23", Compare("CreatedDate", Operator.LE, LAST)),
        ("IN (2026-11-23)", AnyOf((THAT_DAY,))),
    ],
)
def test_a_date_compared_with_a_moment_means_the_whole_day(text: str, condition: Condition) -> None:
    assert read(f"CreatedDate {text}") == condition


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "At character 1 there is the end where a field should stand."),
        ("   ", "At character 1 there is the end where a field should stand."),
        ("Balance", "At character 8 there is the end where =, !=, <, <=, >, >=, LIKE or IN should stand."),
        ("Balance 5", "At character 9 there is “5” where =, !=, <, <=, >, >=, LIKE or IN should stand."),
        ("Balance ( 5", "At character 9 there is “(” where =, !=, <, <=, >, >=, LIKE or IN should stand."),
        ("Balance NOT 5", "At character 9 there is “NOT” where =, !=, <, <=, >, >=, LIKE or IN should stand."),
        ("Balance >", "At character 10 there is the end where a value; text stands in 'quotes' should stand."),
        ("Status = Posted", "At character 10 there is “Posted” where a value; text stands in 'quotes' should stand."),
        ("Balance == 5", "At character 10 there is “=” where a value; text stands in 'quotes' should stand."),
        ("Balance > 5 Status = 'Posted'", "At character 13 there is “Status” where AND, OR or the end should stand."),
        ("Balance > 5)", "At character 12 there is “)” where AND, OR or the end should stand."),
        ("(Balance > 5", "At character 13 there is the end where “)” should stand."),
        ("Balance > 5 AND", "At character 16 there is the end where a field should stand."),
        ("> 5", "At character 1 there is “>” where a field should stand."),
        ("Status IN 'Posted'", "At character 11 there is “'Posted'” where “(” should stand."),
        ("Status IN ('Posted'", "At character 20 there is the end where “)” should stand."),
        ("Status IN ()", "At character 12 there is “)” where a value; text stands in 'quotes' should stand."),
        ("Balance > NULL", "At character 11 there is “NULL” where a value (NULL can only be = or !=) should stand."),
        ("Balance IN (NULL)", "At character 13 there is “NULL” where a value (NULL can only be = or !=) should stand."),
        (
            "DocumentNumber LIKE NULL",
            "At character 21 there is “NULL” where a value (NULL can only be = or !=) should stand.",
        ),
        ("Status = 'Posted", "Character 10, “'Posted”, cannot be read."),
        ("Balance > 5 &&  Status", "Character 13, “&&  Status”, cannot be read."),
        ("Balance   ; DROP", "Character 11, “; DROP”, cannot be read."),
        ("DueDate > 31/02", "Character 13, “/02”, cannot be read."),
        ("Balance > .5", "Character 11, “.5”, cannot be read."),
        ('Status = "Posted"', 'Character 10, “"Posted"”, cannot be read.'),
        ("Description = 'a\0b'", "Character 17 is none that a text can hold."),
        ("Description = '\udc80'", "Character 16 is none that a text can hold."),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, message: str) -> None:
    assert refusal(text).message == message


def test_a_fault_shows_the_whole_condition_again() -> None:
    assert refusal("Balance > 5 Status = 'Posted'").hint == "In: Balance > 5 Status = 'Posted'"


def test_an_unknown_field_is_named_with_its_place_and_the_nearest() -> None:
    refused = refusal("Status = 'Posted' AND Balanc > 0")
    assert refused.message == "Invoice has no field “Balanc”, at character 23."
    assert refused.hint.startswith("Did you mean Balance")
    assert refusal("Supplier.Name = 'x'").message == "Invoice refers to nothing called “Supplier”, at character 1."
    assert refusal("AND = 5").message == "Invoice has no field “AND”, at character 1."


def test_a_field_that_cannot_be_filtered_by_is_refused() -> None:
    fields = (Field("Name", "Name", Kind.STRING), Field("Notes", "Notes", Kind.TEXTAREA, filter=False, sort=False))
    catalog = Catalog([ObjectType("Thing", "Thing", "Things", "thing", fields, "Name")])
    with pytest.raises(RequestError, match="Thing cannot be filtered by Notes, at character 16"):
        parse_condition("Name = 'x' AND Notes = 'y'", catalog, "Thing")
    with pytest.raises(RequestError, match="Thing cannot be sorted by Notes"):
        parse_order("Name, Notes", catalog, "Thing")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Balance > 'much'", "“much” is no value for Balance, which is of type currency, at character 11."),
        ("Balance > 1-2", "“1-2” is no value for Balance, which is of type currency, at character 11."),
        ("Balance = 'NaN'", "NaN is not an amount between -1,000,000,000,000 and 1,000,000,000,000, at character 11."),
        (
            "Balance = '1e400'",
            "1E+400 is not an amount between -1,000,000,000,000 and 1,000,000,000,000, at character 11.",
        ),
        ("Balance = 0.00001", "0.00001 has more than four decimals, at character 11."),
        (
            "DaysInvoiceOverdue > 30.5",
            "“30.5” is no value for DaysInvoiceOverdue, which is of type int, at character 22.",
        ),
        (
            "DaysInvoiceOverdue > 9223372036854775808",
            "“9223372036854775808” is no value for DaysInvoiceOverdue, which is of type int, at",
        ),
        (
            "ShouldExcludePayment = 1",
            "“1” is no value for ShouldExcludePayment, which is of type boolean, at character 24.",
        ),
        ("DueDate > 2026-02-30", "“2026-02-30” is not a date, at character 11."),
        ("DueDate > 30", "“30” is not a date, at character 11."),
        ("CreatedDate > 2026-02-30", "“2026-02-30” is not a date, at character 15."),
        (
            "CreatedDate > '0001-01-01T00:00+14:00'",
            "“0001-01-01T00:00+14:00” is not a date or a moment, at character 15.",
        ),
        ("Status = 'Payed'", "“Payed” is no value for Status, at character 10."),
        ("Balance LIKE '1%'", "LIKE is for text; Balance, at character 1, is of type currency."),
        ("DueDate NOT LIKE '2026%'", "LIKE is for text; DueDate, at character 1, is of type date."),
    ],
)
def test_a_value_that_is_none_is_refused(text: str, message: str) -> None:
    assert refusal(text).message.startswith(message)


def test_a_value_outside_a_list_is_answered_with_the_list() -> None:
    assert refusal("SettlementStatus = 'Paid'").hint == (
        "There are Not Applicable, Not Settled, Partially Settled, Settled."
    )


def test_brackets_without_end_are_refused_and_not_followed() -> None:
    assert read("(" * 50 + "Balance > 0" + ")" * 50) == Compare("Balance", Operator.GT, Decimal(0))
    for bottomless in ("(" * 51 + "Balance > 0" + ")" * 51, "(" * 100_000, "NOT " * 100_000 + "Balance > 0"):
        assert refusal(bottomless).message == "The condition is nested more than 50 deep."


def test_brackets_beside_each_other_are_not_nested() -> None:
    text = " AND ".join(["(Balance > 0)"] * 200)
    assert read(text) == All((Compare("Balance", Operator.GT, Decimal(0)),) * 200)


def test_other_objects_are_filtered_by_their_own_fields() -> None:
    assert read("Amount > 5 AND Account.Name = 'x'", "Payment") == All(
        (Compare("Amount", Operator.GT, Decimal(5)), Compare("Account.Name", Operator.EQ, "x"))
    )
    assert refusal("DueDate > 2026-01-01", "Payment").message.startswith("Payment has no field “DueDate”")
    assert refusal("Balance > 0", "Bill").message == "There is no object “Bill”, at character 1."


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("DueDate", (Order("DueDate"),)),
        ("duedate asc", (Order("DueDate"),)),
        ("Balance DESC", (Order("Balance", descending=True),)),
        ("Balance NULLS FIRST", (Order("Balance", nulls_first=True),)),
        ("Balance desc nulls last", (Order("Balance", descending=True),)),
        (" DueDate , Balance\tdesc ", (Order("DueDate"), Order("Balance", descending=True))),
        ("BillingAccount.Name", (Order("BillingAccount.Name"),)),
    ],
)
def test_an_order_is_read(text: str, order: tuple[Order, ...]) -> None:
    assert parse_order(text, CATALOG, "Invoice") == order


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Balance down", "At character 9 there is “down” where a comma, ASC, DESC, NULLS FIRST, NULLS LAST or the end"),
        (
            "Balance DESC DueDate",
            "At character 14 there is “DueDate” where a comma, NULLS FIRST, NULLS LAST or the end",
        ),
        ("Balanc", "Invoice has no field “Balanc”, at character 1."),
        ("", "At character 1 there is the end where a field should stand."),
        ("Balance,,DueDate", "At character 9 there is “,” where a field should stand."),
        ("Balance NULLS", "At character 14 there is the end where FIRST or LAST should stand."),
        ("DueDate, Owner.Nam", "User has no field “Nam”, at character 10."),
        ("SUM(Balance)", "SUM() cannot stand in an order, at character 1."),
    ],
)
def test_what_is_no_order_is_refused(text: str, message: str) -> None:
    with pytest.raises(RequestError) as refused:
        parse_order(text, CATALOG, "Invoice")
    assert refused.value.message.startswith(message)
