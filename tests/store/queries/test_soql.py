"""Queries answered: stories on a small ledger, and any query on random ledgers as plain Python works it out."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import event

from build import Builder
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import All, AnyOf, Compare, Condition, Not, Operator
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import Column, Function, Query, Term
from duedesk.domain.relative_days import RelativeDays, parse_relative_days
from duedesk.language.queries import parse_query
from duedesk.store.book import Book
from duedesk.store.queries import soql
from duedesk.store.queries.aging.figures import aging
from store.ledgers import CURRENCIES, FIRST_DAY, RandomLedger, moment
from store.queries.oracle import Record, grouped, holds, worked_out

TODAY = date(2026, 4, 10)


def ask(book: Book, text: str, as_of: date = TODAY, **said: Any) -> list[tuple[Any, ...]]:
    query = parse_query(text, CATALOG)
    with book.reading() as connection:
        return [row.values for row in soql.answer(connection, query, as_of, **said)]


@pytest.fixture
def few(book: Book) -> Book:
    with book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme, zoe = build.account("Acme Ltd", "0042", ana), build.account("Zoë & Söhne", "C-7")
        first = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31", owner=ana)
        build.invoice("I-2", acme, "50.01", on="2026-03-10", due="2026-04-09")
        build.invoice("I-3", zoe, "900", on="2026-03-01", due="2026-04-15", currency="JPY")
        build.invoice("I-4", zoe, "20.00", on="2026-04-01", due="2026-05-01")
        build.invoice(None, zoe, "10.00", on="2026-04-02", status="Draft")
        build.pay(first, "30.00", on="2026-02-20", account=acme)
        build.settle()
    return book


def test_what_is_selected_comes_in_the_order_asked(few: Book) -> None:
    assert ask(
        few,
        "SELECT DocumentNumber, BillingAccount.Name, Balance, DaysInvoiceOverdue FROM Invoice "
        "WHERE Status = 'Posted' AND CurrencyIsoCode = 'EUR' ORDER BY Balance DESC",
    ) == [("I-1", "Acme Ltd", 70, 69), ("I-2", "Acme Ltd", Decimal("50.01"), 1), ("I-4", "Zoë & Söhne", 20, -21)]


def test_what_every_customer_owes_by_currency(few: Book) -> None:
    assert ask(
        few,
        "SELECT BillingAccount.Name, CurrencyIsoCode, SUM(Balance), COUNT(Id), AVG(Balance) FROM Invoice "
        "WHERE Balance > 0 GROUP BY BillingAccount.Name, CurrencyIsoCode ORDER BY BillingAccount.Name, CurrencyIsoCode",
    ) == [
        ("Acme Ltd", "EUR", Decimal("120.01"), 2, Decimal("60.005")),
        ("Zoë & Söhne", "EUR", 20, 1, 20),
        ("Zoë & Söhne", "JPY", 900, 1, 900),
    ]


def test_having_leaves_groups_out_and_an_order_may_name_a_column(few: Book) -> None:
    assert ask(
        few,
        "SELECT BillingAccountId account, SUM(Balance) open FROM Invoice WHERE CurrencyIsoCode = 'EUR' "
        "GROUP BY BillingAccountId HAVING SUM(Balance) > 30 AND BillingAccountId != NULL ORDER BY open",
    ) == [("1", Decimal("120.01"))]


def test_one_row_where_nothing_is_grouped_by(few: Book) -> None:
    assert ask(few, "SELECT COUNT(Id), MIN(DueDate), MAX(DocumentNumber) FROM Invoice") == [
        (5, date(2026, 1, 31), "I-4")
    ]
    assert ask(few, "SELECT SUM(Balance), COUNT(Id) FROM Invoice WHERE CurrencyIsoCode = 'USD'") == [(None, 0)]


def test_how_much_was_billed_each_month(few: Book) -> None:
    assert ask(
        few,
        "SELECT CALENDAR_YEAR(InvoiceDate), CALENDAR_QUARTER(InvoiceDate), CALENDAR_MONTH(InvoiceDate) month, "
        "SUM(TotalAmountWithTax) FROM Invoice WHERE CurrencyIsoCode = 'EUR' AND Status = 'Posted' "
        "GROUP BY CALENDAR_YEAR(InvoiceDate), CALENDAR_QUARTER(InvoiceDate), CALENDAR_MONTH(InvoiceDate) "
        "ORDER BY month DESC",
    ) == [(2026, 2, 4, 20), (2026, 1, 3, Decimal("50.01")), (2026, 1, 1, 100)]
    assert ask(few, "SELECT CALENDAR_YEAR(CreatedDate) y, COUNT() FROM Account GROUP BY CALENDAR_YEAR(CreatedDate)")


def test_days_are_named_from_the_as_of_day(few: Book) -> None:
    query = "SELECT DocumentNumber FROM Invoice WHERE DueDate = YESTERDAY"
    assert ask(few, query) == [("I-2",)]
    assert ask(few, query, date(2026, 4, 16)) == [("I-3",)]
    assert ask(few, "SELECT DocumentNumber FROM Invoice WHERE DueDate > THIS_MONTH") == [("I-4",)]
    assert ask(few, "SELECT DocumentNumber FROM Invoice WHERE DueDate <= LAST_MONTH") == [("I-1",)]
    assert ask(few, "SELECT DocumentNumber FROM Invoice WHERE PostedDate IN (LAST_MONTH, N_MONTHS_AGO:3)") == [
        ("I-1",),
        ("I-2",),
        ("I-3",),
    ]
    assert ask(few, "SELECT COUNT(Id) FROM Invoice WHERE CreatedDate = LAST_N_DAYS:10") == [(2,)]


def test_nothing_comes_last_or_first_as_asked(few: Book) -> None:
    query = "SELECT DocumentNumber FROM Invoice WHERE BillingAccount.Name LIKE 'Z%' ORDER BY DocumentNumber"
    assert ask(few, query) == [("I-3",), ("I-4",), (None,)]
    assert ask(few, query + " NULLS FIRST") == [(None,), ("I-3",), ("I-4",)]
    assert ask(few, query + " DESC NULLS LAST") == [("I-4",), ("I-3",), (None,)]


def test_a_part_of_what_is_found(few: Book) -> None:
    query = "SELECT DocumentNumber FROM Invoice ORDER BY DocumentNumber"
    assert ask(few, query + " LIMIT 2") == [("I-1",), ("I-2",)]
    assert ask(few, query + " LIMIT 2 OFFSET 3") == [("I-4",), (None,)]
    assert ask(few, query + " OFFSET 4") == [(None,)]
    assert ask(few, query + " LIMIT 0") == []


def test_as_of_another_day_and_as_it_was_known(few: Book) -> None:
    query = "SELECT Balance FROM Invoice WHERE DocumentNumber = 'I-1'"
    assert ask(few, query, date(2026, 2, 19)) == [(100,)]
    assert ask(few, query, known_on=moment(date(2026, 2, 1))) == [(100,)]
    assert ask(few, "SELECT COUNT(Id) FROM Invoice WHERE Status = 'Posted'", date(2026, 3, 5)) == [(2,)]


def test_an_application_sees_its_invoice_as_of_that_day_too(few: Book) -> None:
    query = "SELECT Invoice.DocumentNumber, Invoice.Balance, Invoice.Status, Amount FROM PaymentLineInvoice"
    assert ask(few, query) == [("I-1", 70, "Posted", 30)]
    assert ask(few, query, date(2026, 2, 19)) == []


def test_cash_as_of_another_day(few: Book) -> None:
    query = "SELECT Amount, NetApplied, Balance FROM Payment"
    assert ask(few, query) == [(30, 30, 0)]
    assert ask(few, query, date(2026, 2, 19)) == []


def test_counting_gives_a_number(few: Book) -> None:
    with few.reading() as connection:
        assert soql.count(connection, parse_query("SELECT COUNT() FROM Invoice WHERE Balance > 0", CATALOG), TODAY) == 4
        assert soql.count(connection, parse_query("SELECT Status FROM Invoice GROUP BY Status", CATALOG), TODAY) == 2


def test_an_amount_comes_with_its_currency(few: Book) -> None:
    def currencies(text: str) -> set[tuple[str, ...]]:
        with few.reading() as connection:
            return {row.currencies for row in soql.answer(connection, parse_query(text, CATALOG), TODAY)}

    assert currencies("SELECT DocumentNumber, Balance FROM Invoice") == {("", "EUR"), ("", "JPY")}
    assert currencies("SELECT Invoice.Balance, Amount FROM PaymentLineInvoice") == {("EUR", "EUR")}
    assert currencies("SELECT SUM(Balance) FROM Invoice WHERE CurrencyIsoCode = 'JPY'") == {("JPY",)}
    assert currencies("SELECT SUM(Balance) FROM Invoice GROUP BY CurrencyIsoCode") == {("EUR",), ("JPY",)}
    assert currencies("SELECT MAX(Balance), COUNT(Id) FROM Invoice") == {("", "")}


def test_columns_say_what_stands_in_them() -> None:
    columns = soql.answer_columns(
        parse_query(
            "SELECT BillingAccount.Name, SUM(Balance), COUNT(Id) n FROM Invoice "
            "WHERE CurrencyIsoCode = 'EUR' GROUP BY BillingAccount.Name",
            CATALOG,
        )
    )
    assert [(one.name, one.heading, one.field.kind) for one in columns] == [
        ("BillingAccount.Name", "BillingAccount.Name", "string"),
        ("expr0", "SUM(Balance)", "currency"),
        ("n", "n", "int"),
    ]


def test_a_query_that_adds_currencies_is_refused_wherever_it_comes_from(few: Book) -> None:
    added = Query("Invoice", (Column("n", Term("Balance", Function.SUM)),))
    with few.reading() as connection, pytest.raises(RequestError, match="several currencies"):
        list(soql.answer(connection, added, TODAY))


def test_however_many_rows_it_is_one_question(few: Book) -> None:
    asked: list[str] = []
    query = parse_query("SELECT DocumentNumber, BillingAccount.Owner.Name, BillToContact.Email FROM Invoice", CATALOG)
    with few.reading() as connection:
        event.listen(connection, "before_cursor_execute", lambda *said: asked.append(said[2]))
        assert len(list(soql.answer(connection, query, TODAY))) == 5
    assert len([one for one in asked if "account" in one]) == 1


def test_every_field_of_every_object_is_selected_filtered_grouped_and_sorted(few: Book) -> None:
    for one in CATALOG:
        names = [field.name for field in one.read_fields]
        assert isinstance(ask(few, f"SELECT {', '.join(names)} FROM {one.name}"), list)
        for field in one.read_fields:
            if field.filter:
                ask(few, f"SELECT RecordKey FROM {one.name} WHERE {field.name} = NULL OR {field.name} != NULL")
            if field.group:
                ask(few, f"SELECT {field.name}, COUNT() FROM {one.name} GROUP BY {field.name} ORDER BY {field.name}")
        sortable = ", ".join(field.name for field in one.fields if field.sort)
        ask(few, f"SELECT RecordKey FROM {one.name} ORDER BY {sortable}")


PATHS = (
    "DocumentNumber",
    "Status",
    "SettlementStatus",
    "CurrencyIsoCode",
    "Balance",
    "TotalAmountWithTax",
    "NetPaymentsApplied",
    "InvoiceDate",
    "DueDate",
    "FullSettlementDate",
    "CreatedDate",
    "DaysInvoiceOverdue",
    "DaysInvoiceOpen",
    "IsDueDateDerived",
    "BillingAccountId",
    "BillingAccount.Name",
    "Owner.Name",
    "RecordKey",
)
OF_TEXT = {"DocumentNumber", "Status", "BillingAccount.Name", "Owner.Name"}
OF_DAYS = {"InvoiceDate", "DueDate", "FullSettlementDate", "CreatedDate"}
DAYS = ("TODAY", "LAST_MONTH", "THIS_MONTH", "LAST_N_DAYS:30", "NEXT_N_DAYS:14", "THIS_QUARTER", "N_WEEKS_AGO:3")
SIGNS = (Operator.EQ, Operator.NE, Operator.LT, Operator.LE, Operator.GT, Operator.GE)


def named_days(random: Random) -> RelativeDays:
    days = parse_relative_days(random.choice(DAYS))
    assert days is not None
    return days


def random_condition(random: Random, records: list[Record], depth: int = 3) -> Condition:
    """Make a condition whose values are out of the ledger, so that it finds some and not all."""
    if depth and random.random() < 0.6:
        parts = tuple(random_condition(random, records, depth - 1) for _ in range(random.choice((2, 2, 3))))
        return random.choice((All(parts), AnyOf(parts), Not(parts[0])))
    path = random.choice(PATHS)
    value = random.choice(records)[path]
    if path in OF_DAYS and random.random() < 0.4:
        return Compare(path, random.choice(SIGNS), named_days(random))
    if value is None or random.random() < 0.1:
        return Compare(path, random.choice((Operator.EQ, Operator.NE)), None)
    if path in OF_TEXT and random.random() < 0.3:
        return Compare(path, Operator.LIKE, random.choice((f"{value[:2].upper()}%", f"%{value[-1]}", f"_{value[1:]}")))
    if random.random() < 0.2:
        others = [random.choice(records)[path] for _ in range(2)]
        return Compare(path, Operator.IN, (value, *(one for one in others if one is not None)))
    is_flag_or_text = isinstance(value, bool | str)
    return Compare(path, random.choice(SIGNS[:2] if is_flag_or_text else SIGNS), value)


def everything(book: Book, as_of: date) -> list[Record]:
    query = Query("Invoice", tuple(Column(path, Term(path)) for path in PATHS))
    with book.reading() as connection:
        return [dict(zip(PATHS, row.values, strict=True)) for row in soql.answer(connection, query, as_of)]


@pytest.mark.parametrize("seed", range(3))
def test_any_condition_finds_what_plain_python_finds(book: Book, seed: int) -> None:
    random = Random(seed)
    with book.writing() as connection:
        RandomLedger(Builder(connection), random).make(40)
    for day in (30, 75, 130):
        as_of = date.fromordinal(FIRST_DAY.toordinal() + day)
        records = everything(book, as_of)
        with book.reading() as connection:
            for _ in range(60):
                where = random_condition(random, records)
                query = Query("Invoice", (Column("RecordKey", Term("RecordKey")),), where=where)
                found = [row.values[0] for row in soql.answer(connection, query, as_of)]
                assert found == [one["RecordKey"] for one in records if holds(where, one, as_of)], where


GROUPS = (
    Term("Status"),
    Term("BillingAccount.Name"),
    Term("BillingAccountId"),
    Term("DaysInvoiceOverdue"),
    Term("FullSettlementDate"),
    Term("InvoiceDate", Function.CALENDAR_MONTH),
    Term("CreatedDate", Function.CALENDAR_QUARTER),
)
ASKED = (
    Term("", Function.COUNT),
    Term("Owner.Name", Function.COUNT),
    Term("BillingAccountId", Function.COUNT_DISTINCT),
    Term("Balance", Function.SUM),
    Term("Balance", Function.AVG),
    Term("DaysInvoiceOverdue", Function.SUM),
    Term("DaysInvoiceOverdue", Function.AVG),
    Term("Balance", Function.MIN),
    Term("DueDate", Function.MAX),
    Term("CreatedDate", Function.MIN),
)


@pytest.mark.parametrize("seed", range(3))
def test_any_grouping_adds_up_as_plain_python_does(book: Book, seed: int) -> None:
    random = Random(seed)
    with book.writing() as connection:
        RandomLedger(Builder(connection), random).make(40)
    as_of = date.fromordinal(FIRST_DAY.toordinal() + 75)
    records = everything(book, as_of)
    for _ in range(40):
        by = [Term("CurrencyIsoCode"), *random.sample(GROUPS, random.choice((0, 1, 2)))]
        terms = [*by, *ASKED]
        where = random_condition(random, records, 1)
        least = random.randrange(4)
        query = Query(
            "Invoice",
            tuple(Column(f"c{place}", term) for place, term in enumerate(terms)),
            where=where,
            group_by=tuple(by),
            having=Compare("COUNT()", Operator.GE, least),
        )
        with book.reading() as connection:
            found = [row.values for row in soql.answer(connection, query, as_of)]
        groups = grouped((one for one in records if holds(where, one, as_of)), by)
        expected = [tuple(worked_out(term, group) for term in terms) for group in groups if len(group) >= least]
        assert sorted(map(repr, map(plain, found))) == sorted(map(repr, map(plain, expected)))


@pytest.mark.parametrize("seed", range(3))
def test_what_is_left_of_cash_on_any_day_is_what_the_aging_calls_unapplied(book: Book, seed: int) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(seed)).make(40)
    for day in (20, 60, 100):
        as_of = date.fromordinal(FIRST_DAY.toordinal() + day)
        for known_on in (None, moment(as_of, 23)):
            left = dict.fromkeys(CURRENCIES, Decimal(0))
            for name in ("Payment", "CreditMemo"):
                query = f"SELECT CurrencyIsoCode, SUM(Balance) FROM {name} GROUP BY CurrencyIsoCode"
                for code, balance in ask(book, query, as_of, known_on=known_on):
                    left[code] += balance
            found = book.ask(aging, AgingRequest(as_of, known_on=known_on, by=(CURRENCY,)))
            assert {row.currency: -row.unapplied for row in found.totals} == {
                code: amount
                for code, amount in left.items()
                if amount or code in {row.currency for row in found.totals}
            }


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Write every figure alike, so that rows can be compared whatever kind of number each side made."""
    return tuple(f"{Decimal(one):.4f}" if isinstance(one, int | Decimal) else one for one in row)
