"""A day overdue falls into the same bucket wherever it is shown: aging, list, account, workbook, letter."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from build import Builder
from duedesk.actions.exporting import export_aging
from duedesk.actions.workspace import Workspace
from duedesk.desk.tables.columns import columns_for
from duedesk.desk.tables.rows import paths_of, shown_rows
from duedesk.domain.aging import AgingRequest, Buckets
from duedesk.domain.filters import Filter, in_bucket
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging, trend
from duedesk.store.queries.letters.reminder import reminder_items
from duedesk.store.queries.lists import listing
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.records.account import account_record

AS_OF = date(2026, 11, 23)
DAYS = (0, 1, 29, 30, 31, 60, 61, 90, 91, 120, 121)
EXPECTED = {
    Buckets(): (0, 1, 1, 1, 2, 2, 3, 3, 4, 4, 4),
    Buckets((1, 29, 120)): (0, 1, 2, 3, 3, 3, 3, 3, 3, 3, 4),
}
"""The bucket of each of the days."""


@pytest.fixture
def owing(book: Book, world: World) -> tuple[Workspace, int]:
    """An account that owes an invoice of each of the days; each amount is a bit, so that a sum tells its parts."""
    with book.writing() as connection:
        build = Builder(connection)
        account = build.account("Acme", "1")
        for place, days in enumerate(DAYS):
            due = AS_OF - timedelta(days=days)
            build.invoice(f"I-{days}", account, str(2**place), on="2026-07-01", due=due.isoformat())
        # What was paid since makes of that day a past one: the aging goes another road.
        paid = build.invoice("I-paid", account, "4096", on="2026-07-01", due="2026-12-01")
        build.pay(paid, "4096", on="2026-12-01", account=account)
        build.settle()
    return Workspace(book, world), account


def bits(amounts: Iterable[Decimal]) -> tuple[int, ...]:
    """The bucket of each of the days, from what stands in each bucket."""
    sums = [int(amount) for amount in amounts]
    return tuple(next(at for at, amount in enumerate(sums) if amount >> place & 1) for place in range(len(DAYS)))


@pytest.mark.parametrize("buckets", EXPECTED, ids=lambda one: ",".join(map(str, one.edges)))
def test_each_day_falls_into_its_bucket_wherever_it_is_asked(
    owing: tuple[Workspace, int], buckets: Buckets, tmp_path: Path
) -> None:
    workspace, expected = owing[0], EXPECTED[buckets]
    assert tuple(map(buckets.index, DAYS)) == expected
    request = AgingRequest(AS_OF, buckets=buckets)
    for by in ("BillingAccountId", "CurrencyIsoCode", "PaymentTermId", "BillingAccount.BillingCountry"):
        shown = workspace.ask(aging, AgingRequest(AS_OF, by=(by,), buckets=buckets))
        assert bits(shown.totals[0].buckets) == expected, by
        assert not shown.mismatches
    ((_, (row,)),) = workspace.ask(trend, request, [AS_OF])
    assert bits(row.buckets) == expected
    with workspace.book.reading() as connection:
        items = {item.number: item.bucket for item in open_items(connection, request)}
        found = []
        for place in range(len(buckets)):
            asked = Filter(AS_OF).narrowed(*in_bucket(buckets, place))
            listed = listing.rows(connection, asked, ["DocumentNumber"], listing.keys(connection, asked))
            found.append({one.values[0] for one in listed})
    numbers = [f"I-{days}" for days in DAYS]
    assert tuple(items[number] for number in numbers) == expected
    assert tuple(next(at for at, there in enumerate(found) if number in there) for number in numbers) == expected
    export_aging(workspace, request, tmp_path / "aging.xlsx")
    head, *lines = load_workbook(tmp_path / "aging.xlsx", data_only=True)["Detail"].iter_rows(values_only=True)
    written = {line[head.index("Number")]: line[head.index("Bucket")] for line in lines}
    assert [written[number] for number in numbers] == [buckets.labels[place] for place in expected]


def test_squares_strips_and_letters_follow_the_same_days(owing: tuple[Workspace, int]) -> None:
    (workspace, account), expected = owing, EXPECTED[Buckets()]
    columns = columns_for("Invoice", ["DocumentNumber", "DaysInvoiceOverdue", "Balance"])
    with workspace.book.reading() as connection:
        asked = Filter(AS_OF).narrowed(*in_bucket(Buckets(), None))
        keys = listing.keys(connection, asked)
        rows = shown_rows(listing.rows(connection, asked, paths_of(columns, "Invoice"), keys), columns, "Invoice")
        strip = account_record(connection, account, as_of=AS_OF).debts[0].buckets
        letter = {item.number: item.days_overdue for item in reminder_items(connection, account, AS_OF)}
    squares = {row.texts[0]: row.bucket for row in rows}
    assert tuple(squares[f"I-{days}"] for days in DAYS) == expected
    assert bits(strip) == expected
    assert letter == {f"I-{days}": days for days in DAYS if days}  # what is not due is in no letter
