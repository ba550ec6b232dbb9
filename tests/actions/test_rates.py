"""Rates of exchange come in from files as companies and banks write them; the same file twice changes nothing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from duedesk.actions.rates import RatesImport, import_rates
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.rates import base_currency, listed_rates, newest_rates, rates_on

SALESFORCE = """IsoCode,StartDate,ConversionRate
EUR,2026-01-01,1
USD,2026-01-01,1.10
USD,2026-04-01,1.08
JPY,2026-01-01,160.5
"""
BANK = "Date,USD,JPY,RON,\n2026-04-10,1.0842,161.27,N/A,\n2026-04-09,1.0801,160.9,4.9770,\n"


@pytest.fixture
def desk(book: Book, world: World) -> Workspace:
    """A desk over an empty book."""
    return Workspace(book, world)


def taken(desk: Workspace, folder: Path, text: str, *, base: str | None = None) -> RatesImport:
    path = folder / "rates.csv"
    path.write_text(text, encoding="utf-8")
    return import_rates(desk, path, base=base)


def test_rates_come_in_once_are_corrected_and_hold_from_their_day(desk: Workspace, tmp_path: Path) -> None:
    first = taken(desk, tmp_path, SALESFORCE)
    assert (first.base, first.made, first.corrected, first.problems) == ("EUR", 3, 0, ())
    assert first.changes.objects == {"DatedConversionRate"}
    again = taken(desk, tmp_path, SALESFORCE)
    assert (again.made, again.corrected, again.unchanged, again.changes.journal_id) == (0, 0, 3, None)
    corrected = taken(desk, tmp_path, SALESFORCE.replace("1.08", "1.09"))
    assert (corrected.corrected, corrected.unchanged) == (1, 2)
    assert corrected.changes.summary.endswith("1 of them corrected")
    assert desk.ask(base_currency) == "EUR"
    with desk.book.reading() as connection:
        assert [(one.currency, one.on.isoformat()) for one in listed_rates(connection)] == [
            ("USD", "2026-04-01"),
            ("JPY", "2026-01-01"),
            ("USD", "2026-01-01"),
        ]
    assert {one.currency: one.rate for one in desk.ask(newest_rates, date(2026, 3, 31))} == {
        "JPY": Decimal("160.5"),
        "USD": Decimal("1.1"),
    }
    (usd,) = (one for one in desk.ask(rates_on, date(2026, 4, 1), "JPY") if one.from_currency == "USD")
    assert (usd.on, usd.times, usd.by) == (date(2026, 1, 1), Decimal("160.5"), Decimal("1.09"))
    assert [one.from_currency for one in desk.ask(rates_on, date(2025, 12, 31), "JPY")] == ["JPY"]


def test_the_table_of_a_central_bank_needs_its_base_said_once(desk: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Question, match="does not say over which currency"):
        taken(desk, tmp_path, BANK)
    assert taken(desk, tmp_path, BANK, base="EUR").made == 5
    more = BANK.replace("2026-04-09", "08/04/2026").replace("2026-04-10", "13/04/2026").replace("N/A", "4.98")
    assert taken(desk, tmp_path, more).made == 6
    with pytest.raises(RequestError, match=r"stand over EUR, those of rates\.csv over USD"):
        taken(desk, tmp_path, "currency;day;rate;base\nGBP;10.04.2026;0,84;USD\n")


def test_rows_at_fault_are_named_and_nothing_is_taken(desk: Workspace, tmp_path: Path) -> None:
    text = (
        "IsoCode,StartDate,ConversionRate\nEUR,2026-01-01,1\nUSD,2026-13-01,1.1\nXXX,2026-01-01,1.1\n"
        "USD,2026-01-01,0\nUSD,2026-01-01,1.1\nUSD,2026-01-01,1.2\nJPY,,5\nJPY,2026-01-02,\n"
    )
    done = taken(desk, tmp_path, text)
    assert [(one.row, one.column, one.text) for one in done.problems] == [
        (3, "StartDate", "“2026-13-01” is no date."),
        (4, "IsoCode", "“XXX” is no currency."),
        (5, "ConversionRate", "0 is no rate of exchange."),
        (7, "ConversionRate", "USD has another rate of 2026-01-01 in row 6."),
        (8, "StartDate", "The day is missing."),
        (9, "ConversionRate", "The rate is missing."),
    ]
    assert all(one.file == "rates.csv" and one.remedy for one in done.problems)
    assert desk.ask(base_currency) is None
    assert taken(desk, tmp_path, "IsoCode,StartDate,ConversionRate\nEUR,2026-01-01,2\n", base="EUR").problems
    with pytest.raises(RequestError, match="does not hold rates of exchange"):
        taken(desk, tmp_path, "Name,Amount\nAcme,5\n")
