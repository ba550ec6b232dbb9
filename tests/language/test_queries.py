"""Queries as people type them: what they mean, and what is said, with its place, where they mean nothing."""

from datetime import date
from decimal import Decimal

import pytest

from duedesk.domain.catalog import Catalog, Field, Kind, ObjectType, Origin
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, Compare, Filter, Operator, Order
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import Column, Function, Query, Term, as_list, currency_path
from duedesk.domain.relative_days import Unit
from duedesk.language.queries import parse_query

TODAY = date(2026, 11, 23)


def read(text: str) -> Query:
    return parse_query(text, CATALOG)


def refusal(text: str, catalog: Catalog = CATALOG) -> RequestError:
    with pytest.raises(RequestError) as refused:
        parse_query(text, catalog)
    return refused.value


IN_EUR = Compare("CurrencyIsoCode", Operator.EQ, "EUR")


def test_the_query_a_clerk_types_most() -> None:
    assert read(
        "SELECT DocumentNumber, BillingAccount.Name FROM Invoice WHERE CurrencyIsoCode = 'EUR' "
        "ORDER BY DueDate DESC NULLS FIRST, Balance LIMIT 10 OFFSET 20"
    ) == Query(
        "Invoice",
        (
            Column("DocumentNumber", Term("DocumentNumber")),
            Column("BillingAccount.Name", Term("BillingAccount.Name")),
        ),
        where=IN_EUR,
        order_by=(Order("DueDate", descending=True, nulls_first=True), Order("Balance")),
        limit=10,
        offset=20,
    )


def test_names_are_spelled_as_the_catalogue_spells_them_whatever_was_typed() -> None:
    query = read("select documentnumber, BILLINGACCOUNT.name\nfrom invoice\nwhere currencyisocode = 'EUR'")
    assert (query.object, [column.name for column in query.columns]) == (
        "Invoice",
        ["DocumentNumber", "BillingAccount.Name"],
    )


def test_groups_are_asked_by_having_and_sorted_by_a_name_of_ones_own() -> None:
    query = read(
        "SELECT BillingAccount.Name, SUM(Balance) open, COUNT(Id) FROM Invoice WHERE CurrencyIsoCode = 'EUR' "
        "GROUP BY BillingAccount.Name HAVING SUM(Balance) > 1000 AND COUNT(Id) >= 2 ORDER BY open DESC NULLS LAST"
    )
    assert [column.name for column in query.columns] == ["BillingAccount.Name", "open", "expr0"]
    assert [column.term.text for column in query.columns] == ["BillingAccount.Name", "SUM(Balance)", "COUNT(Id)"]
    assert query.having == All(
        (Compare("SUM(Balance)", Operator.GT, Decimal(1000)), Compare("COUNT(Id)", Operator.GE, 2))
    )
    assert query.order_by == (Order("SUM(Balance)", descending=True),)
    assert query.is_grouped
    assert not query.only_counts


def test_counting_is_all_that_is_asked() -> None:
    assert read("SELECT COUNT() FROM Payment") == Query("Payment", ())
    assert read("SELECT Count( ) FROM Payment WHERE Amount > 5").only_counts
    assert not read("SELECT Status, COUNT() FROM Payment GROUP BY Status").only_counts


def test_functions_without_groups_make_one_row() -> None:
    query = read("SELECT MIN(DueDate), MAX(DueDate) latest, COUNT_DISTINCT(BillingAccountId) FROM Invoice")
    assert [column.name for column in query.columns] == ["expr0", "latest", "expr1"]
    assert query.is_grouped


def test_days_may_be_named_and_stay_so() -> None:
    where = read("SELECT Id FROM Invoice WHERE DueDate < LAST_N_MONTHS:2").where
    assert isinstance(where, Compare)
    assert (str(where.value), getattr(where.value, "unit", None)) == ("LAST_N_MONTHS:2", Unit.MONTH)
    among = read("SELECT Id FROM Invoice WHERE CreatedDate IN (TODAY, 2026-11-01)").where
    assert among is not None


def test_the_year_and_month_of_a_date_make_groups() -> None:
    query = read("SELECT CALENDAR_YEAR(DueDate) y, COUNT(Id) FROM Invoice GROUP BY CALENDAR_YEAR(DueDate) ORDER BY y")
    assert query.group_by == (Term("DueDate", Function.CALENDAR_YEAR),)
    assert query.order_by == (Order("CALENDAR_YEAR(DueDate)"),)


def test_all_fields_at_once() -> None:
    fields = CATALOG.object("Payment").fields
    assert [column.name for column in read("SELECT FIELDS(ALL) FROM Payment").columns] == [one.name for one in fields]
    assert [column.name for column in read("SELECT fields(custom) FROM Payment").columns] == [
        one.name for one in fields if one.origin is Origin.DUEDESK
    ]
    asked_alone = {one.name for one in CATALOG.object("Invoice").fields if not one.is_read}
    assert "DunnableOn" in asked_alone
    assert not asked_alone & {column.name for column in read("SELECT FIELDS(ALL) FROM Invoice").columns}


def test_every_field_of_every_object_can_be_selected() -> None:
    for one in CATALOG:
        names = ", ".join(field.name for field in one.fields)
        assert len(read(f"SELECT {names} FROM {one.name}").columns) == len(one.fields)


@pytest.mark.parametrize(
    ("clause", "allowed"),
    [
        ("SELECT RecordKey FROM {object} WHERE {field} != NULL", "filter"),
        ("SELECT RecordKey FROM {object} ORDER BY {field}", "sort"),
        ("SELECT {field}, COUNT() FROM {object} GROUP BY {field}", "group"),
    ],
)
def test_every_field_of_every_object_is_used_as_its_properties_allow(clause: str, allowed: str) -> None:
    refused = 0
    for one in CATALOG:
        for field in one.fields:
            text = clause.format(object=one.name, field=field.name)
            if getattr(field, allowed):
                assert read(text).object == one.name
            else:
                refused += 1
                place = text.rindex(f" {field.name}") + 2
                done = {"filter": "filtered", "sort": "sorted", "group": "grouped"}[allowed]
                assert refusal(text).message == f"{one.name} cannot be {done} by {field.name}, at character {place}."
    assert refused or allowed == "filter"


THINGS = Catalog(
    [
        ObjectType(
            "Thing",
            "Thing",
            "Things",
            "thing",
            (Field("Name", "Name", Kind.STRING, group=True), Field("Notes", "Notes", Kind.TEXTAREA, filter=False)),
            "Name",
        )
    ]
)


def test_what_is_not_filter_cannot_be_filtered_on_any_line() -> None:
    refused = refusal("SELECT Name\nFROM Thing\nWHERE Name = 'x'\n  AND Notes = 'y'", THINGS)
    assert refused.message == "Thing cannot be filtered by Notes, at line 4, character 7."
    assert refused.hint == "`duedesk describe Thing` says which fields can."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "At character 1 there is the end where SELECT should stand."),
        ("DELETE FROM Invoice", "At character 1 there is “DELETE” where SELECT should stand."),
        ("SELECT", "At character 7 there is the end where a field should stand."),
        ("SELECT FROM Invoice", "At character 8 there is “FROM” where a field should stand."),
        ("SELECT * FROM Invoice", "Character 8, “* FROM Inv”, cannot be read."),
        ("SELECT Id, FROM Invoice", "At character 12 there is “FROM” where a field should stand."),
        ("SELECT Id", "At character 10 there is the end where a comma, a name or FROM should stand."),
        ("SELECT Id FROM", "At character 15 there is the end where a name should stand."),
        ("SELECT Id FROM Bill", "There is no object “Bill”, at character 16."),
        ("SELECT Idd FROM Invoice", "Invoice has no field “Idd”, at character 8."),
        ("SELECT Supplier.Name FROM Invoice", "Invoice refers to nothing called “Supplier”, at character 8."),
        ("SELECT Id FROM Invoice WHERE", "At character 29 there is the end where a field should stand."),
        (
            "SELECT Id FROM Invoice WHERE Balanc > 0",
            "Invoice has no field “Balanc”, at character 30.",
        ),
        ("SELECT Id FROM Invoice WHERE Balance > many", "At character 40 there is “many” where a value;"),
        ("SELECT Id FROM Invoice WHERE DueDate < YESTERDY", "At character 40 there is “YESTERDY” where a value;"),
        (
            "SELECT Id FROM Invoice WHERE DueDate < LAST_N_DAYS:9999999",
            "LAST_N_DAYS:9999999 is out of range, at character 40.",
        ),
        (
            "SELECT Id FROM Invoice WHERE Balance = TODAY",
            "At character 40 there is “TODAY” where a value;",
        ),
        (
            "SELECT Id FROM Invoice WHERE SUM(Balance) > 5",
            "SUM() cannot stand in a condition, at character 30.",
        ),
        ("SELECT Id FROM Invoice ORDER Balance", "At character 30 there is “Balance” where BY should stand."),
        ("SELECT Id FROM Invoice LIMIT many", "At character 30 there is “many” where a number should stand."),
        ("SELECT Id FROM Invoice LIMIT 5.5", "At character 30 there is “5.5” where a whole number should stand."),
        ("SELECT Id FROM Invoice LIMIT -1", "At character 30 there is “-1” where a whole number should stand."),
        ("SELECT Id FROM Invoice OFFSET 99999999999", "At character 31 there is “99999999999” where a whole"),
        ("SELECT Id FROM Invoice LIMIT 5 WHERE Id = '1'", "At character 32 there is “WHERE” where OFFSET or the end"),
        ("SELECT Id FROM Invoice, Account", "At character 23 there is “,” where WHERE, GROUP BY, HAVING, ORDER BY,"),
        ("SELECT TOTAL(Balance) FROM Invoice", "At character 13 there is “(” where a comma, a name or FROM"),
        ("SELECT SUM(Balance FROM Invoice", "At character 20 there is “FROM” where “)” should stand."),
        ("SELECT SUM() FROM Invoice", "SUM() needs a field, at character 8."),
        ("SELECT SUM(DueDate) FROM Invoice", "SUM adds figures; DueDate, at character 12, is of type date."),
        ("SELECT AVG(Status) FROM Invoice", "AVG adds figures; Status, at character 12, is of type picklist."),
        (
            "SELECT MAX(ShouldExcludePayment) FROM Invoice",
            "MAX compares what can be sorted; ShouldExcludePayment, at character 12, is of type boolean.",
        ),
        (
            "SELECT CALENDAR_YEAR(Status) FROM Invoice",
            "CALENDAR_YEAR takes a date; Status, at character 22, is of type picklist.",
        ),
        (
            "SELECT Status, COUNT(Id) FROM Invoice",
            "Status is neither grouped by nor made of a group, at character 8.",
        ),
        (
            "SELECT Status, DueDate FROM Invoice GROUP BY Status",
            "DueDate is neither grouped by nor made of a group, at character 16.",
        ),
        (
            "SELECT COUNT(Id) FROM Invoice GROUP BY COUNT(Id)",
            "COUNT(Id) is made of groups and makes none, at character 40.",
        ),
        (
            "SELECT COUNT(Id) FROM Invoice HAVING COUNT(Id) > 1",
            "HAVING asks of groups, and there are none, at character 38.",
        ),
        (
            "SELECT Status FROM Invoice GROUP BY Status HAVING Balance > 1",
            "Balance is not grouped by, at character 51.",
        ),
        (
            "SELECT Status FROM Invoice GROUP BY Status ORDER BY DueDate",
            "DueDate is not grouped by, at character 53.",
        ),
        ("SELECT Id, Id FROM Invoice", "“Id” is selected twice, at character 12."),
        ("SELECT DueDate a.b FROM Invoice", "“a.b” is no name, at character 16."),
        ("SELECT FIELDS(SOME) FROM Invoice", "FIELDS(SOME) is unknown, at character 15."),
        (
            "SELECT COUNT(Id) FROM Invoice ORDER BY FIELDS(ALL)",
            "FIELDS() can only be selected, at character 40.",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(text: str, message: str) -> None:
    assert refusal(text).message.startswith(message)


def test_a_fault_on_a_later_line_is_named_by_its_line() -> None:
    refused = refusal("SELECT Id\nFROM Invoice\nWHERE Balance >> 5")
    assert refused.message.startswith("At line 3, character 16 there is “>” where a value;")


def test_what_to_do_is_said_too() -> None:
    assert refusal("SELECT * FROM Invoice").hint == "FIELDS(ALL) gives every field."
    assert refusal("SELECT Id FROM Invoices").hint == "Did you mean Invoice?"
    assert refusal("SELECT Id FROM Invoice WHERE DueDate < YESTERDY").hint.startswith("Did you mean YESTERDAY?")


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        (
            "SELECT SUM(Balance) FROM Invoice",
            "SUM(Balance), at character 8, would add amounts of several currencies.",
            "Write GROUP BY CurrencyIsoCode, or a condition that leaves one: CurrencyIsoCode = 'EUR'.",
        ),
        (
            "SELECT Status FROM Invoice GROUP BY Status HAVING AVG(Balance) > 5",
            "AVG(Balance), at character 51, would add amounts of several currencies.",
            "Write GROUP BY CurrencyIsoCode, or a condition that leaves one: CurrencyIsoCode = 'EUR'.",
        ),
        (
            "SELECT Type FROM Payment WHERE CurrencyIsoCode = 'EUR' OR Balance=1 GROUP BY Type ORDER BY AVG(Balance)",
            "AVG(Balance), at character 92, would add amounts of several currencies.",
            "Write GROUP BY CurrencyIsoCode, or a condition that leaves one: CurrencyIsoCode = 'EUR'.",
        ),
        (
            "SELECT Type, SUM(LineAmount) FROM InvoiceLine GROUP BY Type",
            "SUM(LineAmount), at character 14, would add amounts of several currencies.",
            "Write GROUP BY Invoice.CurrencyIsoCode, or a condition that leaves one: Invoice.CurrencyIsoCode = 'EUR'.",
        ),
    ],
)
def test_amounts_of_several_currencies_are_never_added(text: str, message: str, hint: str) -> None:
    refused = refusal(text)
    assert (refused.message, refused.hint) == (message, hint)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT CurrencyIsoCode, SUM(Balance) FROM Invoice GROUP BY CurrencyIsoCode",
        "SELECT SUM(Balance) FROM Invoice WHERE CurrencyIsoCode = 'EUR'",
        "SELECT SUM(Balance) FROM Invoice WHERE Balance > 0 AND (CurrencyIsoCode IN ('EUR') AND Status = 'Posted')",
        "SELECT SUM(Invoice.Balance) FROM InvoiceLine WHERE Invoice.CurrencyIsoCode = 'EUR'",
        "SELECT SUM(LineAmount) FROM InvoiceLine GROUP BY Invoice.CurrencyIsoCode",
        "SELECT SUM(DaysInvoiceOverdue), AVG(Quantity) FROM InvoiceLine".replace("DaysInvoiceOverdue", "RecordKey"),
        "SELECT MAX(Balance) FROM Invoice",
    ],
)
def test_what_is_in_one_currency_or_in_none_is_added(text: str) -> None:
    assert read(text).is_grouped


def test_a_line_is_in_its_documents_currency() -> None:
    assert currency_path(CATALOG, "InvoiceLine", "LineAmount") == "Invoice.CurrencyIsoCode"
    assert currency_path(CATALOG, "CreditMemoLine", "LineAmount") == "CreditMemo.CurrencyIsoCode"
    assert currency_path(CATALOG, "PaymentLineInvoice", "Invoice.Balance") == "Invoice.CurrencyIsoCode"
    assert currency_path(CATALOG, "Payment", "Amount") == "CurrencyIsoCode"
    assert currency_path(CATALOG, "PaymentTermItem", "Amount") == ""


def test_a_plain_query_is_a_list_like_any_other() -> None:
    listed = as_list(read("SELECT DocumentNumber, Owner.Name FROM Invoice WHERE Balance > 0 LIMIT 5"), TODAY)
    assert listed.filter == Filter(TODAY, where=Compare("Balance", Operator.GT, Decimal(0)))
    assert (listed.columns, listed.limit) == (("DocumentNumber", "Owner.Name"), 5)
    for text in ("SELECT COUNT() FROM Invoice", "SELECT Status FROM Invoice GROUP BY Status"):
        with pytest.raises(RequestError, match="counts or groups"):
            as_list(read(text), TODAY)
