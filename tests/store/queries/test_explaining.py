"""Every figure is explained by events whose sum ends in it: random ledgers, days and known-on days, both databases."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.aging import AgingRequest, AgingRow, RowKey
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import EXPLAINED, AgingFigure, ListFigure, RecordFigure, as_text
from duedesk.domain.filters import OPEN, Filter
from duedesk.domain.grouping import ACCOUNT, CURRENCY, OWNER, TERM
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.explaining.figures import explain
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.figures import figures
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment


def test_the_sum_of_the_events_ends_in_the_figure(book: Book) -> None:
    random = Random(21)
    with book.writing() as connection:
        RandomLedger(Builder(connection), random).make(24)
    for known_on in (moment(FIRST_DAY + timedelta(days=90)), None):
        day = FIRST_DAY + timedelta(days=50 + random.randrange(DAYS))
        with book.reading() as connection:
            for name, paths in EXPLAINED.items():
                found = list(listing.keys(connection, Filter(day, object=name, known_on=known_on)))
                for key in random.sample(found, min(2, len(found))):
                    for path in paths:
                        told = explain(connection, RecordFigure(name, key, path, day, known_on))
                        assert told.holds, (told.title, told.figure, told.steps)
            for by in random.sample(((ACCOUNT,), (OWNER, CURRENCY), (CURRENCY,), (TERM, ACCOUNT)), 2):
                request = AgingRequest(day, known_on, by)
                shown = aging(connection, request)
                rows: list[tuple[tuple[RowKey, ...], AgingRow]] = [((row.key,), row) for row in shown.rows]
                rows += [((), row) for row in shown.totals]
                rows += [((row.key, part.key), part) for row in shown.rows for part in row.parts]
                for keys, row in random.sample(rows, min(2, len(rows))):
                    for bucket in (None, random.randrange(5)):
                        told = explain(connection, AgingFigure(request, keys, row.currency, bucket))
                        assert told.holds, (told.title, told.figure, told.ends_in)
                        assert told.figure == (row.balance if bucket is None else row.buckets[bucket])
                    told = explain(connection, AgingFigure(request, keys, row.currency, is_unapplied=True))
                    assert told.holds
                    assert told.figure == row.unapplied
            for total in listing.totals(connection, asked := Filter(day, where=OPEN, known_on=known_on)):
                told = explain(connection, ListFigure(asked, "Balance", total.currency))
                assert (told.figure, told.holds, told.ends_in) == (total.balance, True, total.balance)
                some = tuple(listing.keys(connection, asked))[::3]
                chosen = ListFigure(asked, "Balance", total.currency, among=some)
                of_some = {one.currency: one for one in figures(connection, asked, some)}
                part = of_some.get(total.currency)
                told = explain(connection, chosen)
                assert (told.figure, told.holds) == (part.balance if part else 0, True)
                told = explain(connection, replace(chosen, is_average=True))
                assert (told.figure, told.holds) == (part.average_balance if part else None, True)


def test_an_invoice_tells_its_life_and_its_days(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "A-1")
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31")
        build.instalments(key, [("2026-01-15", "40"), ("2026-01-31", "60")])
        money = build.payment(acme, "60.00", on="2026-01-31", recorded="2026-02-04", number="P-1")
        build.apply(key, "60.00", on="2026-01-31", account=acme, payment=money, recorded="2026-02-04")
        build.settle()
    day = date(2026, 2, 10)
    told = book.ask(explain, RecordFigure("Invoice", key, "Balance", day))
    assert told.title == "Balance of invoice I-1"
    assert [(one.what, one.number, one.amount, one.running) for one in told.steps] == [
        ("Invoice posted", "I-1", 100, 100),
        ("Payment applied", "P-1", -60, 40),
    ]
    assert as_text(told).splitlines() == [
        "Balance of invoice I-1: 40.00 EUR",
        "As of 10 Feb 2026.",
        "",
        "Effective\tRecorded\tWhat\tRecord\tBy\tAmount\tSum",
        "2026-01-01\t2026-01-01 09:00\tInvoice posted\tI-1\t\t100.00\t100.00",
        "2026-01-31\t2026-02-04 09:00\tPayment applied\tP-1\t\t-60.00\t40.00",
    ]
    days = book.ask(explain, RecordFigure("Invoice", key, "DaysInvoiceOverdue", day))
    assert (days.figure, days.ends_in, days.unit) == (10, 10, "days")
    assert days.said[1:] == (
        "Due 31 Jan 2026.",
        "Instalment 1, due 15 Jan 2026: 40.00, paid.",
        "Instalment 2, due 31 Jan 2026: 60.00, 40.00 open.",
        "Counted from the oldest instalment that is open, due 31 Jan 2026.",
    )
    cell = book.ask(explain, AgingFigure(AgingRequest(day), (acme,), "EUR", 1))
    assert [(one.what, one.level, one.amount) for one in cell.steps] == [
        ("Due 31 Jan 2026 in 2 instalments, 10 days overdue, Acme Ltd", 0, 40),
        ("Invoice posted", 1, 100),
        ("Payment applied", 1, -60),
    ]
    with pytest.raises(RequestError, match="is no figure that is made of events"):
        book.ask(explain, RecordFigure("Invoice", key, "Description", day))
    with pytest.raises(RequestError, match="not in the book on that day"):
        book.ask(explain, RecordFigure("Invoice", key, "Balance", date(2025, 1, 1)))


def test_of_many_items_the_first_are_told_and_the_rest_is_one_line(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        for place in range(210):
            build.invoice(f"I-{place:03}", acme, "10.00", on="2026-01-01")
        build.settle()
    for figure in (
        ListFigure(Filter(date(2026, 2, 1), where=OPEN), "Balance", "EUR"),
        AgingFigure(AgingRequest(date(2026, 2, 1)), (), "EUR", 2),
    ):
        told = book.ask(explain, figure)
        assert len([one for one in told.steps if one.level == 0]) == 200
        assert (told.left_out, told.left_amount, told.ends_in, told.figure) == (10, 100, 2100, Decimal(2100))
        assert told.listed is not None
        assert book.ask(listing.count, told.listed) == 210
        assert as_text(told).endswith("and 10 more\t\t\t100.00\t2100.00\n")
