"""Key figures, days to pay, movements, shares and converted figures are explained; what is told makes the figure."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Connection, update

from build import Builder
from duedesk.actions.rates import import_rates
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import (
    AgingFigure,
    ForecastFigure,
    HabitFigure,
    KeyFigure,
    MovementFigure,
    PayingFigure,
    as_text,
)
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.metrics import KEY_FIGURES
from duedesk.domain.roll_forward import MOVEMENTS
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.explaining.figures import explain
from duedesk.store.queries.forecast.cash import forecast
from duedesk.store.queries.forecast.outlook import account_outlook
from duedesk.store.queries.habits import days_to_pay
from duedesk.store.queries.roll_forward import roll_forward
from duedesk.store.tables.ledger import invoice
from store.ledgers import FIRST_DAY, RandomLedger, moment

D = Decimal


def test_what_is_told_makes_each_figure_of_a_random_book(book: Book) -> None:
    with book.writing() as connection:
        RandomLedger(Builder(connection), Random(5)).make(16)
    day = FIRST_DAY + timedelta(days=100)
    for known_on, currency in ((moment(FIRST_DAY + timedelta(days=80)), "EUR"), (None, "JPY")):
        with book.reading() as connection:
            for name in KEY_FIGURES:
                told = explain(connection, KeyFigure(name, day, currency, known_on))
                assert told.holds, (told.title, told.figure, told.ends_in)
                for step in told.steps if name == "cei" else ():
                    assert step.figure is not None
                    next_told = explain(connection, step.figure)
                    assert (next_told.figure, next_told.holds) == (step.amount, True), (name, step.what)
            for habit in days_to_pay(connection, day, known_on, currency)[:2]:
                told = explain(connection, HabitFigure(habit.key, day, habit.currency, known_on))
                assert (told.figure, told.holds, len(told.steps)) == (habit.days_to_pay, True, habit.invoices)
            _check_forecast(connection, day, known_on, currency)
            start = day - timedelta(days=60)
            (row, *_) = roll_forward(connection, start, day, known_on, currency, by_account=known_on is None)
            for (name, _), amount in zip(MOVEMENTS, row.moved, strict=True):
                if amount or name == "reversed":
                    told = explain(connection, MovementFigure(name, start, day, currency, known_on, row.key))
                    assert (told.figure, told.holds, told.ends_in) == (amount, True, amount), (name, row)
            shown = open_aging(connection, request := AgingRequest(day, known_on))
            largest = next(row for row in shown.rows if row.currency == "EUR" and row.open > 0)
            told = explain(connection, AgingFigure(request, (largest.key,), "EUR", is_open=True))
            assert (told.figure, told.holds) == (largest.open, True)
            told = explain(connection, AgingFigure(request, (), "EUR", is_open=True, without=(largest.key,)))
            others = sum(row.open for row in shown.rows if row.currency == "EUR" and row.key != largest.key)
            assert (told.figure, told.holds) == (others, True)


def _check_forecast(connection: Connection, day: date, known_on: datetime | None, currency: str) -> None:
    (made,) = forecast(connection, day, known_on, currency, 3)
    weeks = [week.expected for week in made.weeks]
    pays: set[PayingFigure] = set()
    for place, amount in enumerate((*weeks, made.later, made.never, made.disputed, made.total.expected)):
        figure = ForecastFigure(place if place < 6 else None, day, currency, 3, known_on)
        told = explain(connection, figure)
        assert (told.figure, told.ends_in, told.holds) == (amount, amount, True)
        pays |= {one.figure for one in told.steps if isinstance(one.figure, PayingFigure)}
    assert pays
    for account in pays:
        told = explain(connection, account)
        assert told.holds
        assert told.figure == account_outlook(connection, account.account_key, day, known_on).habit.usual


def test_the_formula_has_the_numbers_put_in(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "A-1")
        first = build.invoice("I-1", acme, "150", on="2026-02-15", due="2026-02-28")
        going = build.invoice("I-2", acme, "60", on="2026-04-12", due="2026-05-12")
        paid = build.invoice("I-3", acme, "30", on="2026-04-12", due="2026-05-12")
        build.invoice("I-4", acme, "999", on="2026-04-12", status="Voided", voided="2026-04-20")
        build.pay(first, "100", on="2026-04-20", account=acme)
        build.pay(paid, "30", on="2026-04-22", account=acme)
        build.settle()
        connection.execute(update(invoice).where(invoice.c.id == going).values(status="Void In Progress"))
    day = date(2026, 4, 30)
    told = book.ask(explain, KeyFigure("cei", day, "EUR"))
    base = "0.00 + 240.00 ÷ 3"
    assert told.said[2] == f"= ({base} − 110.00) ÷ ({base} − 60.00) × 100"
    assert (told.said[3], told.holds) == ("= −150.0 %", True)
    lines = as_text(told).splitlines()
    assert lines[0] == "CEI in EUR: -150 %"
    assert [line.split("\t")[2:] for line in lines[-4:]] == [
        ["Opening: open at the end of 31 Jan 2026", "", "", "0.00"],
        ["Invoiced from 01 Feb 2026 to 30 Apr 2026, 89 days", "", "", "240.00"],
        ["Closing: open at the end of 30 Apr 2026", "", "", "110.00"],
        ["Of that not due yet: open at the end of 30 Apr 2026", "", "", "60.00"],
    ]
    told = book.ask(explain, KeyFigure("countback", day, "EUR"))
    assert [one.amount for one in told.steps] == [30, 31, D(20) / 150 * 28]
    assert told.steps[2].what == "01 Feb 2026 to 28 Feb 2026: 20.00 of 150.00 EUR invoiced, of 28 days"
    told = book.ask(explain, HabitFigure(acme, day, "EUR"))
    assert (told.figure, told.steps[0].number) == (10, "I-3")
    assert told.steps[0].what == "12 Apr 2026 to 22 Apr 2026, 10 days, terms 30 · 30.00 EUR, weight 100.0 %"
    told = book.ask(explain, MovementFigure("paid", date(2026, 3, 31), day, "EUR"))
    assert [(one.amount, one.running) for one in told.steps] == [(-100, -100), (-30, -130)]
    for figure in (KeyFigure("dsi", day, "EUR"), MovementFigure("eaten", day, day, "EUR")):
        with pytest.raises(RequestError, match="is no"):
            book.ask(explain, figure)


def test_a_converted_figure_names_each_amount_its_rate_and_the_rounding(
    book: Book, world: World, tmp_path: Path
) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", "A-1")
        build.invoice("I-1", acme, "100.00", on="2026-04-01", due="2026-04-20")
        build.invoice("I-2", acme, "10.01", on="2026-04-01", due="2026-04-20", currency="USD")
        build.invoice("I-3", build.account("Best Inc"), "7", on="2026-04-01", due="2026-05-20", currency="USD")
        build.settle()
    rates = tmp_path / "rates.csv"
    rates.write_text("Currency,Date,Rate\nUSD,2026-04-10,1.15\n", encoding="utf-8")
    import_rates(Workspace(book, world), rates, base="EUR")
    request = AgingRequest(date(2026, 4, 30), moment(date(2026, 4, 29)))
    told = book.ask(explain, AgingFigure(request, (acme,), "EUR", is_converted=True))
    assert (told.figure, told.holds) == (D("108.70"), True)
    assert [(one.what, one.on, one.amount) for one in told.steps] == [
        ("100.00 EUR, not converted", date(2026, 4, 30), 100),
        (
            "10.01 USD × 0.869565217391 (1 USD = 0.869565217391 EUR of 10 Apr 2026)",
            date(2026, 4, 10),
            D("8.7043"),
        ),
        ("Rounding, once at the end", None, D("-0.0043")),
    ]
    assert told.said[1] == "The rates of exchange are those known now, not those known then."
    own = told.steps[1].figure
    assert own is not None
    assert book.ask(explain, own).figure == D("10.01")
    by_currency = AgingRequest(date(2026, 4, 30), by=(CURRENCY,))
    told = book.ask(explain, AgingFigure(by_currency, ("USD",), "EUR", 0, is_converted=True))
    assert (told.figure, told.holds) == (D("6.09"), True)
    told = book.ask(explain, AgingFigure(request, (), "EUR", is_open=True, without=(acme,), is_converted=True))
    assert (told.figure, told.holds) == (D("6.09"), True)
