"""What the bar narrows to, as a value: chips that add up, days and accounts that narrow further, words from a click."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from build import Builder
from desk.small_book import AS_OF, Small
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.invoices.emptiness import Next, why_empty
from duedesk.desk.pages.invoices.foot_words import foot_line
from duedesk.desk.pages.invoices.narrowing import (
    EVERYTHING,
    OLDEST_FIRST,
    Narrowing,
    State,
    bucket_of_account,
    without_search,
)
from duedesk.desk.pages.invoices.questions import BookFacts, book_facts, previewed
from duedesk.domain.filters import OPEN, AnyOf, Compare, Filter, Operator, Order
from duedesk.domain.query_text import write_condition
from duedesk.store.book import Book
from duedesk.store.queries.accounts import AccountRow
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.listing import CurrencyTotal

BY_NUMBER = (Order("DocumentNumber"),)


def numbers(workspace: Workspace, narrowing: Narrowing, as_of: date = AS_OF) -> list[str]:
    asked = narrowing.filter(as_of, BY_NUMBER)
    found = workspace.ask(listing.keys, asked)
    return [str(row.values[0] or "draft") for row in workspace.ask(listing.rows, asked, ["DocumentNumber"], found)]


def states(*chosen: State) -> Narrowing:
    return Narrowing(frozenset(chosen))


def test_it_begins_with_what_is_open_oldest_first() -> None:
    assert Narrowing().filter(AS_OF) == Filter(AS_OF, where=OPEN, order_by=OLDEST_FIRST)


def test_what_a_click_and_the_chips_both_ask_for_is_asked_once() -> None:
    asked, title = bucket_of_account(AS_OF, 1, "Harbor", 2, None)
    narrowing = Narrowing(asked=asked, title=title, buckets=frozenset({2}), where=OPEN)
    where = narrowing.filter(AS_OF).where
    assert where == asked.where
    assert where is not None
    assert write_condition(where).count("Balance > 0") == 1


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({State.OPEN}, ["INV-001", "INV-002", "INV-003", "INV-004", "INV-005", "INV-006"]),
        ({State.OVERDUE}, ["INV-001", "INV-002", "INV-003", "INV-004"]),
        ({State.SETTLED}, ["INV-007"]),
        ({State.DRAFTS}, ["draft"]),
        ({State.VOIDED}, ["INV-008"]),
        ({State.SETTLED, State.VOIDED}, ["INV-007", "INV-008"]),
        (set(), ["INV-001", "INV-002", "INV-003", "INV-004", "INV-005", "INV-006", "INV-007", "INV-008", "draft"]),
    ],
)
def test_each_chip_finds_its_invoices_and_several_find_all_of_theirs(
    workspace: Workspace, small: Small, chosen: set[State], expected: list[str]
) -> None:
    assert numbers(workspace, Narrowing(frozenset(chosen))) == expected


def test_days_an_account_and_a_text_narrow_further(workspace: Workspace, small: Small) -> None:
    tromso = AccountRow(small.tromso, "Tromsø Fisk AS", "C-20", "")

    assert numbers(workspace, Narrowing(days_from=23, days_to=34)) == ["INV-002", "INV-003"]
    assert numbers(workspace, Narrowing(days_to=0)) == ["INV-005", "INV-006"]
    assert numbers(workspace, Narrowing(account=tromso)) == ["INV-001", "INV-003", "INV-005"]
    assert numbers(workspace, Narrowing(text=" harbor ")) == ["INV-002", "INV-006"]
    assert numbers(workspace, Narrowing(account=tromso, days_from=90, text="001")) == ["INV-001"]


def test_what_is_overdue_takes_the_place_of_what_is_open() -> None:
    overdue = Narrowing().toggled(State.OVERDUE)

    assert overdue.states == {State.OVERDUE}
    assert overdue.toggled(State.OPEN).states == {State.OPEN}
    assert overdue.toggled(State.OVERDUE).states == frozenset()
    assert overdue.toggled(State.SETTLED).states == {State.OVERDUE, State.SETTLED}
    assert isinstance(overdue.toggled(State.SETTLED).filter(AS_OF).where, AnyOf)


def test_a_click_elsewhere_is_narrowed_further_and_moves_with_the_day() -> None:
    known = datetime(2026, 10, 1, tzinfo=UTC)
    clicked = Filter(date(2026, 10, 31), where=Compare("CurrencyIsoCode", Operator.EQ, "EUR"), known_on=known)
    asked = replace(states(State.SETTLED), asked=clicked, title="EUR").filter(AS_OF, known_on=known)

    assert (asked.as_of, asked.known_on) == (AS_OF, known)
    assert asked == replace(clicked, as_of=AS_OF, order_by=OLDEST_FIRST).narrowed(
        Compare("SettlementStatus", Operator.EQ, "Settled")
    )


def test_two_texts_are_both_searched_for() -> None:
    assert replace(EVERYTHING, asked=Filter(AS_OF, search="harbor"), text="002").filter(AS_OF).search == "harbor 002"


def test_a_bucket_of_an_account_in_words() -> None:
    asked, title = bucket_of_account(AS_OF, 7, "Tromsø Fisk AS", 2, None)
    assert title == "Tromsø Fisk AS, 31–60 days"
    assert asked.as_of == AS_OF

    assert bucket_of_account(AS_OF, 7, "Tromsø Fisk AS", 0, None)[1] == "Tromsø Fisk AS, not due"
    assert bucket_of_account(AS_OF, 7, "Tromsø Fisk AS", 4, None)[1] == "Tromsø Fisk AS, over 90 days"


def test_an_empty_book_asks_for_a_file() -> None:
    book = BookFacts(0, None, holds=True)

    assert why_empty(Narrowing(), book, AS_OF, can_import=True).ways == (("Import a file", Next.IMPORT),)
    assert why_empty(Narrowing(), book, AS_OF, can_import=False).ways == ()


def test_on_a_day_after_all_was_paid_the_last_day_is_offered() -> None:
    book = BookFacts(2_466, date(2013, 11, 2), holds=True)
    reason = why_empty(Narrowing(), book, AS_OF, can_import=True)

    assert reason.sentence == "Nothing is open on 23 Nov 2026"
    assert reason.hint == "The last thing that happened in this book is dated 02 Nov 2013."
    assert reason.ways[0] == ("Stand on 02 Nov 2013", Next.GO_TO_LAST_DAY)
    assert why_empty(states(State.OVERDUE), book, date(2013, 11, 2), can_import=True).sentence == (
        "Nothing is overdue on 02 Nov 2013"
    )


def test_a_day_before_any_invoice_is_not_praised_for_what_was_paid() -> None:
    before = BookFacts(9, AS_OF, holds=True, there=0)
    reason = why_empty(Narrowing(), before, date(1999, 1, 1), can_import=True)
    assert reason.sentence == "The book held no invoice on 01 Jan 1999"
    assert reason.hint == "As far as was known, none of its 9 invoices was in it by then."
    assert reason.ways == (("Stand on 23 Nov 2026", Next.GO_TO_LAST_DAY),)
    settled = why_empty(Narrowing(), BookFacts(9, AS_OF, holds=True), AS_OF, can_import=True)
    assert settled.hint == "None of the 9 invoices that the book held then is open."


def test_a_bar_that_finds_nothing_offers_everything() -> None:
    reason = why_empty(Narrowing(text="zzz"), BookFacts(9, AS_OF, holds=True), AS_OF, can_import=True)

    assert reason.sentence == "No invoice found"
    assert reason.ways == (("Show all invoices", Next.SHOW_ALL),)


def total(currency: str, billed: str, balance: str) -> CurrencyTotal:
    return CurrencyTotal(currency, 1, Decimal(billed), Decimal(balance), Decimal(0))


def test_the_foot_adds_up_what_is_open() -> None:
    totals = (total("EUR", "17130.40", "17130.40"), total("GBP", "80", "0"), total("JPY", "35500", "35500"))
    line = foot_line(1_284, totals, BookFacts(98_310, AS_OF, holds=True))

    assert line.shown == "1,284 of 98,310 invoices"
    assert line.totals == ("EUR 17,130.40", "JPY 35,500")
    assert (line.proof, line.holds) == ("buckets + unapplied = balance ✓", True)


def test_the_foot_says_billed_where_nothing_is_open() -> None:
    line = foot_line(1, (total("EUR", "80", "0"),), None)

    assert (line.shown, line.totals, line.proof) == ("1 invoice", ("billed", "EUR 80.00"), "")
    assert foot_line(0, (), None).totals == ()


def test_the_foot_says_so_where_the_aging_does_not_hold() -> None:
    line = foot_line(1, (), BookFacts(1, AS_OF, holds=False))

    assert (line.shown, line.proof, line.holds) == ("1 of 1 invoice", "buckets + unapplied ≠ balance", False)


def test_the_preview_shows_what_the_account_owes_in_the_invoices_currency_first(
    workspace: Workspace, small: Small, file_book: Book
) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.invoice("INV-009", small.harbor, "70.00", on="2026-11-01", due="2026-12-01")
        build.settle()
    shown = previewed(workspace, small.part, AS_OF, None)

    assert shown.record.number == "INV-002"
    assert [(debt.currency, str(debt.total), debt.invoices) for debt in shown.debts] == [
        ("USD", "356.0700", 2),
        ("EUR", "70.0000", 1),
    ]
    assert [amount == 0 for amount in shown.debts[0].buckets] == [False, True, False, True, True]


def test_the_facts_of_the_book(workspace: Workspace, small: Small) -> None:
    assert book_facts(workspace, AS_OF, None) == BookFacts(9, date(2026, 11, 20), holds=True)


def test_the_search_becomes_conditions_where_a_query_is_written() -> None:
    asked = without_search(Narrowing(text="50%_a").filter(AS_OF))
    assert asked.search == ""
    assert write_condition(asked.where or OPEN) == (
        "Balance > 0 AND (DocumentNumber LIKE '%50\\%\\_a%' OR BillingAccount.Name LIKE '%50\\%\\_a%' OR "
        "BillingAccount.AccountNumber LIKE '%50\\%\\_a%')"
    )
    assert without_search(Filter(AS_OF)) == Filter(AS_OF)
