"""Forecasts on both databases: of what was known on the day alone, adding up to what the aging says is open."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from build import Builder, _at, _units
from duedesk.actions.demo import make_demo
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import end_of_day
from duedesk.domain.errors import RequestError
from duedesk.domain.forecast.curves import ONE
from duedesk.domain.money import ZERO
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.cash import backtest, forecast
from duedesk.store.queries.forecast.facts import unheard
from duedesk.store.queries.forecast.outlook import account_outlook, invoice_outlook
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.ledger import invoice
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment

D = Decimal
TODAY = date(2026, 11, 23)


def keep_story(book: Book) -> int:
    """Put an account into a book that pays 12 days late, nine of eleven times; give its open invoice."""
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme")
        for number, late in enumerate((12,) * 9 + (40, 60)):
            due = date(2026, 1, 5) + timedelta(days=25 * number)
            paid = due + timedelta(days=late)
            one = build.invoice(f"I-{number}", acme, "100.00", on="2026-01-01", due=due.isoformat())
            if number > 6:  # each promised for a week after it is due: two are paid in the week after, two are not
                promise(build, one, "100", day=due + timedelta(days=7), received=due)
            build.pay(one, "100.00", on=paid.isoformat(), account=acme)
        open_ = build.invoice("I-20", acme, "1000.00", on="2026-10-20", due="2026-11-19")
        build.dispute(open_, "300.00", on="2026-11-20")
        promise(build, open_, "200", day=date(2026, 12, 10), received=date(2026, 11, 21))
        build.settle()
    return open_


def promise(build: Builder, key: int, amount: str, *, day: date, received: date) -> None:
    build._add(
        payment_promise,
        name=f"{key}/{day}",
        invoice_id=key,
        currency_iso_code="EUR",
        promised_amount=_units(amount),
        promise_date=day.isoformat(),
        received_date=received.isoformat(),
        recorded_at=_at(received.isoformat()),
        recorded_by="Ana Reyes",
    )


def test_an_invoice_is_expected_by_habit_promise_and_dispute_as_they_were_known(book: Book) -> None:
    key = keep_story(book)
    outlook = book.ask(invoice_outlook, key, TODAY)
    assert outlook is not None
    assert outlook.sentence == "pays about 12 days late, 9 of 11 times"
    assert outlook.expectation == (
        "200.00 EUR promised for 10 Dec 2026 (2 of 4 promises kept), 300.00 EUR disputed, expected by 01 Dec 2026"
    )
    (found,) = book.ask(forecast, TODAY, weeks=4)
    assert [week.promised for week in found.weeks] == [D(0), D(0), D(200), D(0)]
    believed = (2 + 5 * (2 + D(5)) / 9) / 9  # of four; everybody, here itself, counts as five more
    assert [week.kept for week in found.weeks] == [D(0), D(0), round(200 * believed, 2), D(0)]
    (then,) = book.ask(forecast, date(2026, 9, 20), end_of_day(date(2026, 9, 20)), weeks=2)
    assert then.weeks[0].promised == then.weeks[0].kept == D(0)
    assert (found.open, found.disputed, found.difference) == (D(1000), D(300), D(0))
    assert found.weeks[1].expected > D(250) > found.weeks[0].expected
    before = book.ask(invoice_outlook, key, TODAY, end_of_day(date(2026, 11, 19)))  # nothing of both was known
    assert before is not None
    assert (before.promised, before.disputed) == ((), D(0))
    whose = book.ask(lambda connection: connection.execute(select(invoice.c.billing_account_id).limit(1)).scalar_one())
    assert book.ask(account_outlook, whose, date(2026, 3, 1)).habit.own.times == 2
    assert book.ask(invoice_outlook, key, date(2026, 10, 1)) is None
    with pytest.raises(RequestError, match="no number of weeks"):
        book.ask(forecast, TODAY, weeks=0)


def test_what_is_recorded_late_is_reckoned_with(book: Book) -> None:
    keep_story(book)
    assert book.ask(unheard, Standpoint(TODAY)) == 0
    with book.writing() as connection:
        build = Builder(connection)
        best = build.account("Best Inc")
        for number, posted in (("I-30", "2026-08-01"), ("I-31", "2026-09-25")):  # the second came with its past
            one = build.invoice(number, best, "50.00", on="2026-08-01", due="2026-09-01", recorded=posted)
            paid = build.payment(best, "50.00", on="2026-09-20", recorded="2026-09-26")
            build.apply(one, "50.00", on="2026-09-20", account=best, payment=paid, recorded="2026-09-26")
        build.settle()
    assert book.ask(unheard, Standpoint(TODAY)) == 3 * ONE  # of two payments one took six days
    assert book.ask(unheard, Standpoint(TODAY, end_of_day(TODAY + timedelta(days=4)))) == ONE


def test_what_is_forecast_is_what_the_aging_says_is_open(book: Book) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(11)).make()
    random = Random(12)
    for known in (
        None,
        None,
        moment(FIRST_DAY + timedelta(days=DAYS), 12),
        moment(FIRST_DAY + timedelta(DAYS // 2), 9),
    ):
        day = FIRST_DAY + timedelta(days=random.randrange(20, 2 * DAYS))
        found = {one.currency: one for one in book.ask(forecast, day, known, weeks=3)}
        said = {row.currency: row.open for row in book.ask(aging, AgingRequest(day, known)).totals}
        assert {code: one.open for code, one in found.items()} == {code: open_ for code, open_ in said.items() if open_}
        assert all(one.difference == ZERO for one in found.values())


def test_past_days_and_the_workbook_are_the_same_on_both_databases(book: Book, world: World, tmp_path: Path) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(11)).make()
    day = FIRST_DAY + timedelta(days=DAYS + 20)
    tested = book.ask(backtest, day, weeks=2)
    assert len(tested) > 1
    for one in tested:
        last = [week for week in one.weeks if week.origin == one.origins[-1]]
        (then,) = book.ask(forecast, one.origins[-1], end_of_day(one.origins[-1]), one.currency, 2)
        assert [week.expected for week in last] == [week.expected for week in then.weeks][: len(last)]
    path = tmp_path / "forecast.xlsx"
    asked = request_of(report_named("forecast"), {"weeks": "2", "as-of": day.isoformat()}, day)
    assert produce(Workspace(book, world), asked, path).holds
    rows = load_workbook(path, read_only=True)["Back-test"].iter_rows(min_row=2, values_only=True)
    came = {(row[3], row[0].date(), row[1]): D(str(row[9])) for row in rows if isinstance(row[0], datetime)}
    assert came == {(week.currency, week.origin, week.number): week.came for one in tested for week in one.weeks}


def test_past_days_of_the_sample_book_are_forecast_without_looking_ahead(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=1_200, as_of=TODAY)
    book = workspace.book
    found = book.ask(backtest, TODAY, weeks=8)
    assert {one.currency for one in found} >= {"EUR", "USD"}
    weeks = [week for one in found for week in one.weeks]
    covered = sum(week.is_covered for week in weeks) / len(weeks)
    assert 0.6 <= covered <= 0.95
    for one in found:
        assert one.error is not None
        assert one.by_due_dates is not None
        assert one.error < one.by_due_dates
    (euros,) = (one for one in found if one.currency == "EUR")
    assert max(euros.error or D(999), 2 * (euros.error_of_total or D(999))) < 60
    origin = euros.origins[-1]
    then = book.ask(forecast, origin, end_of_day(origin), "EUR", 8)
    assert [week.expected for week in then[0].weeks] == [week.expected for week in euros.weeks[-8:]]
    with book.writing() as connection:  # what is recorded since changes nothing of what was expected then
        build = Builder(connection)
        key, whose, left = connection.execute(
            select(invoice.c.id, invoice.c.billing_account_id, invoice.c.balance)
            .where(invoice.c.balance != NOTHING, invoice.c.currency_iso_code == "EUR", invoice.c.invoice_date < origin)
            .order_by(invoice.c.balance.desc())
            .limit(1)
        ).one()
        dated, today = (origin - timedelta(days=3)).isoformat(), TODAY.isoformat()
        paid = build.payment(whose, str(left), on=dated, recorded=today)
        build.apply(key, str(left), on=dated, account=whose, payment=paid, recorded=today)
        build.settle()
    assert book.ask(forecast, origin, end_of_day(origin), "EUR", 8) == then
    assert book.ask(forecast, origin, None, "EUR", 8) != then
    workspace.close()
