"""Groups, figures and jumps of a list, on both databases and on a past day: never another answer than the rows give."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from desk.small_book import AS_OF, put_small_book
from duedesk.domain.errors import Cancelled, RequestError
from duedesk.domain.filters import OPEN, Filter, Order
from duedesk.store.book import Book
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.figures import figures, without
from duedesk.store.queries.lists.groups import grouped_keys, groups
from duedesk.store.queries.lists.jump import place_of

DAYS = [AS_OF, AS_OF - timedelta(days=60)]
PATHS = [
    *("BillingAccountId", "CurrencyIsoCode", "SettlementStatus", "DueDate", "BillingAccount.BillingCountry"),
    *("OwnerId", "Owner.Name", "Status"),
]


@pytest.mark.parametrize("day", DAYS)
def test_groups_are_what_the_rows_say(book: Book, day: date) -> None:
    put_small_book(book)
    asked = Filter(day, order_by=(Order("TotalAmountWithTax", descending=True),))
    keys = book.ask(listing.keys, asked)
    shown = ("CurrencyIsoCode", "TotalAmountWithTax", "Balance")
    for path in PATHS:
        found, placed = book.ask(grouped_keys, asked, path)
        assert sorted(placed) == sorted(keys)
        rows: dict[int, Any] = {row.key: row.values for row in book.ask(listing.rows, asked, (path, *shown), keys)}
        at = 0
        for group in found:
            own = [rows[key] for key in placed[at : at + group.count]]
            at += group.count
            assert len({values[0] for values in own}) == 1
            assert Counter(values[1] for values in own) == {one.currency: one.count for one in group.figures}
            for one in group.figures:
                assert one.total == sum(values[2] for values in own if values[1] == one.currency)
                assert one.balance == sum(values[3] for values in own if values[1] == one.currency)
            totals = [values[2] for values in own]
            assert totals == sorted(totals, reverse=True)
    labels = [group.label.casefold() for group in book.ask(groups, asked, "BillingAccountId")]
    assert labels == sorted(labels)
    with pytest.raises(RequestError, match="cannot be grouped by balance"):
        book.ask(groups, asked, "Balance")


@pytest.mark.parametrize("day", DAYS)
def test_figures_of_keys_and_of_all_agree(book: Book, day: date) -> None:
    put_small_book(book)
    asked = Filter(day, where=OPEN)
    keys = book.ask(listing.keys, asked)
    whole = book.ask(figures, asked)
    assert whole == book.ask(figures, asked, keys)
    assert without(whole, book.ask(figures, asked, keys[:2])) == book.ask(figures, asked, keys[2:])
    assert without(whole, whole) == ()
    with pytest.raises(Cancelled):
        book.ask(figures, asked, keys, lambda: True)
    assert book.ask(figures, Filter(AS_OF, object="Contact")) == ()


def test_the_average_is_rounded_to_the_smallest_coin(book: Book) -> None:
    put_small_book(book)
    euro, yen = (one for one in book.ask(figures, Filter(AS_OF, where=OPEN)) if one.currency in {"EUR", "JPY"})
    assert euro.average_balance == Decimal("5710.13")
    assert yen.average_total == Decimal(35500)


@pytest.mark.parametrize("day", DAYS)
def test_a_jump_finds_the_first_that_begins_so(book: Book, day: date) -> None:
    put_small_book(book)

    def place(path: str, typed: str, *, descending: bool = False) -> Any:
        asked = Filter(day, order_by=(Order(path, descending),))
        keys = book.ask(listing.keys, asked)
        found = book.ask(place_of, asked, keys, typed)
        if found is None:
            return None
        (row,) = book.ask(listing.rows, asked, (path, "DocumentNumber"), keys[found : found + 1])
        before = book.ask(listing.rows, asked, (path,), keys[:found])
        assert all(one.values[0] != row.values[0] for one in before)
        return row.values

    names = place("BillingAccount.Name", "trom")
    assert names is None or str(names[0]) == "Tromsø Fisk AS"
    assert place("BillingAccount.Name", "Zzz") is None
    number = place("DocumentNumber", "inv-001", descending=True)
    assert number is None or number[0] == "INV-001"
    assert place("DueDate", "20x") is None
    assert place("DueDate", "2026-13") is None
    due = place("DueDate", "2026-08")
    assert due is None or due[0] >= AS_OF.replace(month=8, day=1)
    amount = place("TotalAmountWithTax", "15000", descending=True)
    assert amount is None or amount[0] <= 15000
