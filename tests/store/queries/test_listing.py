"""Lists: keys in order, rows by key, totals and search, the same on both databases and on any day."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.aging import Buckets
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order, in_bucket
from duedesk.domain.instalments import oldest_due
from duedesk.domain.ledger import settle
from duedesk.domain.objects import CATALOG
from duedesk.language.conditions import parse_condition, parse_order
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing
from store.ledgers import RandomLedger, moment

TODAY = date(2026, 4, 1)


def numbers(
    book: Book, where: str = "", *, search: str = "", order: str = "DocumentNumber", as_of: date = TODAY
) -> list[str]:
    condition = parse_condition(where, CATALOG, "Invoice") if where else None
    asked = Filter(as_of, where=condition, search=search, order_by=parse_order(order, CATALOG, "Invoice"))
    with book.reading() as connection:
        found = listing.rows(connection, asked, ["DocumentNumber"], listing.keys(connection, asked))
    return [str(row.values[0]) for row in found]


@pytest.fixture
def few(book: Book) -> Book:
    with book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme, zoe = build.account("Acme Ltd", "0042", ana), build.account("Zoë & Söhne", "C-7")
        build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31", owner=ana)
        paid = build.invoice("I-2", acme, "50.00", on="2026-01-10", due="2026-02-09")
        build.invoice("I-3", zoe, "900", on="2026-03-01", due="2026-04-15", currency="JPY")
        build.invoice(None, zoe, "10.00", on="2026-03-02", status="Draft")
        build.pay(paid, "50.00", on="2026-02-20", account=acme)
        build.settle()
    return book


def test_conditions_as_people_type_them(few: Book) -> None:
    assert numbers(few, "DaysInvoiceOverdue > 30 AND Status = 'Posted'") == ["I-1"]
    assert numbers(few, "DaysInvoiceOverdue >= 60") == ["I-1"]
    assert numbers(few, "DaysInvoiceOverdue > 60") == []
    assert numbers(few, "DaysInvoiceOverdue < 0") == ["I-3"], "not due yet"
    assert numbers(few, "BillingAccount.Name LIKE 'zo%'") == ["I-3", "None"]
    assert numbers(few, "NOT (CurrencyIsoCode = 'EUR')") == ["I-3"]
    assert numbers(few, "SettlementStatus IN ('Settled', 'Not Applicable')") == ["I-2", "None"]
    assert numbers(few, "Balance >= 100 OR FullSettlementDate = '2026-02-20'") == ["I-1", "I-2", "I-3"]
    assert numbers(few, "Owner.Name = 'Ana Reyes'") == ["I-1"]
    assert numbers(few, "DaysInvoiceOpen = 41") == ["I-2"], "41 days from 10 January to 20 February"


def test_what_has_no_value_comes_last_either_way(few: Book) -> None:
    assert numbers(few, order="DocumentNumber") == ["I-1", "I-2", "I-3", "None"]
    assert numbers(few, order="DocumentNumber DESC") == ["I-3", "I-2", "I-1", "None"]
    assert numbers(few, order="BillingAccount.Name DESC, Balance") == ["None", "I-3", "I-2", "I-1"]


def test_search_finds_numbers_and_accounts_whatever_their_case(few: Book) -> None:
    assert numbers(few, search="i-2") == ["I-2"]
    assert numbers(few, search="ZOË") == ["I-3", "None"]
    assert numbers(few, search="0042") == ["I-1", "I-2"]
    assert numbers(few, search="%") == [], "a sign is only a sign"
    assert numbers(few, search="söhne") == ["I-3", "None"]


def test_the_list_as_of_a_past_day(few: Book) -> None:
    assert numbers(few, "Balance > 0", as_of=date(2026, 2, 19)) == ["I-1", "I-2"]
    assert numbers(few, "SettlementStatus = 'Settled'", as_of=date(2026, 2, 19)) == []
    assert numbers(few, "Balance > 0", as_of=date(2026, 1, 5)) == ["I-1"]


def test_totals_by_currency(few: Book) -> None:
    totals = few.ask(listing.totals, Filter(TODAY, where=OPEN))
    assert [(one.currency, one.count, one.total, one.balance, one.overdue) for one in totals] == [
        ("EUR", 1, 100, 100, 100),
        ("JPY", 1, 900, 900, 0),
    ]
    assert few.ask(listing.count, Filter(TODAY)) == 4


def test_every_field_of_every_object_can_be_listed_and_sorted_by(few: Book) -> None:
    for one in CATALOG:
        paths = [field.name for field in one.read_fields]
        asked = Filter(TODAY, object=one.name, order_by=tuple(Order(path) for path in paths))
        with few.reading() as connection:
            found = listing.rows(connection, asked, paths, listing.keys(connection, asked))
        assert all(len(row.values) == len(paths) for row in found)


def test_references_show_the_key_where_no_id_came_along(few: Book) -> None:
    with few.reading() as connection:
        asked = Filter(TODAY, where=parse_condition("DocumentNumber = 'I-1'", CATALOG, "Invoice"))
        (row,) = listing.stream(connection, asked, ["BillingAccountId", "BillingAccount.RecordKey", "OwnerId"])
    assert row.values[0] == str(row.values[1])
    assert row.values[2] == "1"


def test_a_field_that_is_not_there_is_named(few: Book) -> None:
    with pytest.raises(RequestError, match="Balanse"):
        numbers(few, "Balanse > 0")


@pytest.mark.parametrize("seed", range(4))
def test_figures_of_any_day_agree_with_the_rule_in_python(book: Book, seed: int) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(seed)).make(30)
    paths = ["Balance", "NetPaymentsApplied", "NetCreditsApplied", "SettlementStatus", "FullSettlementDate"]
    for as_of in (date(2026, 1, 20), date(2026, 3, 1), date(2026, 9, 1)):
        for known_on in (None, moment(date(2026, 2, 10))):
            asked = Filter(as_of, known_on=known_on)
            with book.reading() as connection:
                found = {row.key: row.values for row in listing.stream(connection, asked, paths)}
            for document in ledger.invoices:
                expected = settle(document.posting, document.applications, as_of=as_of, known_on=known_on)
                if document.key in found:
                    assert found[document.key] == (
                        expected.balance,
                        expected.net_payments_applied,
                        expected.net_credits_applied,
                        expected.settlement_status,
                        expected.full_settlement_date,
                    ), document
                else:
                    assert not document.posting.is_owed(as_of, known_on)


@pytest.mark.parametrize("seed", range(3))
def test_a_bucket_opens_on_exactly_its_invoices(book: Book, seed: int) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(seed)).make(30)
    buckets = Buckets((15, 45))
    for as_of in (date(2026, 2, 15), date(2026, 6, 1)):
        opened = []
        for bucket in range(len(buckets)):
            asked = Filter(as_of).narrowed(*in_bucket(buckets, bucket))
            keys = book.ask(listing.keys, asked)
            assert len(keys) == book.ask(listing.count, asked)
            opened += [(key, bucket) for key in keys]
        expected = {
            (one.key, buckets.index((as_of - due).days))
            for one in ledger.invoices
            for due, amount in one.parts(settle(one.posting, one.applications, as_of=as_of).balance)
            if amount > Decimal(0)
        }
        assert sorted(opened) == sorted(expected)


@pytest.mark.parametrize("seed", range(3))
def test_days_overdue_are_counted_from_the_oldest_that_is_open(book: Book, seed: int) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(seed)).make(30)
    for as_of in (date(2026, 2, 15), date(2026, 6, 1)):
        ages: dict[int, int | None] = {}
        overdue: dict[str, Decimal] = {}
        for one in ledger.invoices:
            if not one.posting.is_owed(as_of):
                continue
            balance = settle(one.posting, one.applications, as_of=as_of).balance
            ages[one.key] = (as_of - oldest_due(balance, one.instalments, one.due)).days if balance else None
            late = sum((amount for due, amount in one.parts(balance) if due < as_of), Decimal(0))
            overdue[one.currency] = overdue.get(one.currency, Decimal(0)) + late
        with book.reading() as connection:
            found = {
                row.key: row.values[0]
                for row in listing.stream(connection, Filter(as_of), ["DaysInvoiceOverdue"])
                if row.key in ages
            }
            older = set(listing.keys(connection, Filter(as_of, where=Compare("DaysInvoiceOverdue", Operator.GT, 30))))
            totals = {one.currency: one.overdue for one in listing.totals(connection, Filter(as_of))}
        assert found == ages
        assert older == {key for key, age in ages.items() if age is not None and age > 30}
        assert totals == {currency: overdue.get(currency, Decimal(0)) for currency in totals}


def test_within_takes_two_ends_and_null_is_no_limit(few: Book) -> None:
    assert numbers(few, "Balance WITHIN (100, 900)") == ["I-1", "I-3"]
    assert numbers(few, "Balance WITHIN (101, NULL)") == ["I-3"]
    assert numbers(few, "DaysInvoiceOverdue WITHIN (NULL, 0)") == ["I-3"]
    assert numbers(few, "DueDate WITHIN (2026-02-01, THIS_MONTH) AND Status != 'Draft'") == ["I-2", "I-3"]
    with pytest.raises(RequestError, match="WITHIN is for figures and dates; Status, at character 1"):
        numbers(few, "Status WITHIN ('A', 'B')")
