"""`duedesk explain` tells how a figure is made up, and its sum ends in the figure that the other verbs show."""

from typing import Any

import pytest

from build import Builder
from cli.sessions import AS_OF, say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_a_balance_is_told_by_its_events(world: World, any_ledger: str) -> None:
    said = say(world, "explain", "INV-1", "--book", any_ledger, "--as-of", AS_OF, "--json").document
    assert (said["title"], said["figure"], said["ends_in"], said["unit"]) == (
        "Balance of invoice INV-1",
        "600.00",
        "600.00",
        "EUR",
    )
    assert [(one["what"], one["record"], one["amount"], one["sum"]) for one in said["steps"]] == [
        ("Invoice posted", "INV-1", "1000.00", "1000.00"),
        ("Payment applied", "P-1", "-400.00", "600.00"),
        ("Credit memo applied", "C-1", "-30.00", "570.00"),
        ("Credit memo unapplied", "C-1", "30.00", "600.00"),
    ]
    then = say(world, "explain", "INV-1", "--book", any_ledger, "--as-of", AS_OF, "--known-on", "2026-02-09", "--json")
    assert then.document["figure"] == "1000.00"
    cell = say(world, "explain", "--account", "0001", "--bucket", "61-90", "--book", any_ledger, "--as-of", AS_OF)
    assert cell.out.startswith("61–90 of Acme Ltd: 600.00 EUR\nAs of 10 Apr 2026.\n1 open item.\n")
    rest = say(
        world, "explain", "--currency", "eur", "--bucket", "unapplied", "--book", any_ledger, "--as-of", AS_OF, "--json"
    )
    assert (rest.document["figure"], rest.document["ends_in"]) == ("-130.00", "-130.00")


def test_any_row_of_an_aging_and_any_figure_is_told(world: World, any_ledger: str) -> None:
    def told(*asked: str) -> Any:
        found = say(world, "explain", *asked, "--book", any_ledger, "--as-of", AS_OF, "--json").document
        assert found["figure"] == found["ends_in"]
        return found

    whole = told("--by", "currency", "--key", "EUR")
    assert whole["figure"] == told("--currency", "EUR")["figure"]
    keys = ("--key", "acme ltd", "--key", "eur")
    assert told("--by", "account,currency", *keys, "--bucket", "61-90")["figure"] == "600.00"
    assert told("--account", "0001", "--bucket", "disputed")["title"] == "Disputed of Acme Ltd"
    dso = told("--figure", "dso", "--currency", "EUR")
    assert (dso["unit"], dso["said"][0]) == ("days", "As of 10 Apr 2026.")
    of_month = ("--figure", "dso", "--month", "2026-03", "--currency", "EUR", "--book", any_ledger, "--json")
    dso = say(world, "explain", *of_month).document
    assert (dso["unit"], dso["unit_of_steps"], dso["said"][0]) == ("days", "EUR", "As of 31 Mar 2026.")
    assert told("--figure", "paid", "--from", "2026-01-01", "--currency", "EUR")["title"] == "Paid"
    assert told("--figure", "bpdso", "--currency", "EUR")["title"] == "Best possible DSO in EUR"
    lines = say(world, "explain", "--figure", "cei", "--currency", "EUR", "--book", any_ledger, "--as-of", AS_OF).out
    assert "CEI = (opening + invoiced ÷ N − closing)" in lines


def test_what_is_converted_keeps_to_its_currency(world: World, any_ledger: str, book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.rate("USD", "1.08", on="2026-04-08")
        build.rate("GBP", "0.85", on="2026-04-08")
        build.rate("JPY", "160", on="2026-04-08")
    there = ("--book", any_ledger, "--as-of", AS_OF, "--in", "GBP", "--json")
    for currency in (("--currency", "USD"), ("--currency", "EUR"), ()):
        (total,) = say(world, "aging", *currency, *there).document["totals"]
        for which, key in (((), "balance"), (("--bucket", "unapplied"), "unapplied")):
            told = say(world, "explain", *currency, *which, *there).document
            assert (told["figure"], told["ends_in"]) == (total[key], total[key])
        row = say(world, "aging", "--by", "owner", *currency, *there).document["rows"][-1]
        told = say(world, "explain", "--by", "owner", "--key", row["name"], *currency, *there).document
        assert (told["figure"], told["ends_in"]) == (row["balance"], row["balance"])


def test_days_open_end_with_what_was_open(world: World, any_ledger: str) -> None:
    say(world, "pay", "Acme Ltd", "250.00", "--book", any_ledger, "--on", "2026-04-14", "--apply", "INV-2")
    for invoice, ended, days in (
        ("INV-2", "Settled on 14 Apr 2026.", "40"),
        ("INV-5", "Voided, never settled: its days are counted to the as-of date.", "628"),
    ):
        told = say(world, "explain", invoice, "--field", "DaysInvoiceOpen", "--book", any_ledger, "--json").document
        assert (told["figure"], told["ends_in"], told["said"][-1]) == (days, days, ended)
    before = ("--as-of", "2026-03-02", "--json")
    told = say(world, "explain", "INV-5", "--field", "DaysInvoiceOpen", "--book", any_ledger, *before).document
    assert (told["figure"], told["ends_in"], told["said"][-1]) == ("362", "362", "Dated 05 Mar 2025.")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (("INV-9",), "There is no invoice, payment or credit memo “INV-9”."),
        (("INV-1", "--field", "Name"), "“Name” is no figure that is made of events."),
        (("INV-1", "--bucket", "1-30"), "A record has no bucket, no account and no figure to choose."),
        (("--account", "0001", "--bucket", "5-7"), "“5-7” is no bucket."),
        ((), "What is to be explained?"),
        (("--by", "owner", "--key", "Nobody"), "No owner “Nobody” has anything open on that day."),
        (("--figure", "dsi", "--currency", "EUR"), "There is no figure “dsi”."),
        (("INV-1", "--in", "USD"), "A record is told in its own currency."),
        (("INV-1", "--currency", "USD"), "A record is told in its own currency."),
        (("INV-1", "--by", "owner"), "A record has no use for --by."),
        (("INV-1", "--from", "2026-01-01"), "A record has no use for --from."),
        (("--account", "0001", "--key", "Acme Ltd"), "An account is a row of its own."),
        (("--figure", "dso", "--month", "2026-03"), "--month and --as-of are two days."),
        (("--figure", "dso", "--in", "GBP"), "A figure by its name is told in its own currency."),
        (("--figure", "dso", "--account", "0001"), "dso is of a whole currency."),
        (("--figure", "dso", "--key", "0001"), "A figure by its name has no rows and no buckets."),
        (("--figure", "days_to_pay"), "Whose days to pay?"),
        (("--figure", "days_late"), "Whose days late?"),
        (("--figure", "expected", "--week", "99"), "99 is no number of weeks to forecast."),
        (("--figure", "expected", "--account", "0001"), "What is expected is of a whole currency."),
        (("--figure", "expected", "--currency", "CHF"), "Nothing is open in CHF on that day."),
        (("--figure", "paid", "--currency", "EUR"), "From which day on?"),
    ],
)
def test_what_cannot_be_explained_is_said(world: World, ledger: str, asked: tuple[str, ...], sentence: str) -> None:
    said = say(world, "explain", *asked, "--book", ledger, "--as-of", AS_OF)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(sentence)
