"""`duedesk forecast` and the outlook in `duedesk show`: for people and for machines, with the error of past days."""

from build import Builder
from cli.sessions import AS_OF, say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_the_forecast_adds_up_for_people_and_machines(world: World, ledger: str) -> None:
    told = say(world, "forecast", "--book", ledger, "--as-of", AS_OF, "--weeks", "4", "--backtest")
    assert told.code == 0
    assert "EUR, 2 open invoices" in told.out
    assert "weeks + later + not expected + disputed = open: holds" in told.out
    assert "Back-test EUR" in told.out
    there = ("--book", ledger, "--as-of", AS_OF, "--json")
    found = say(world, "forecast", *there, "--currency", "jpy").document
    (yen,) = found["currencies"]
    assert (found["weeks"], len(yen["weeks"]), yen["open"]) == (13, 13, "120000")
    told = say(world, "explain", "--figure", "expected", "--week", "3", "--currency", "JPY", *there).document
    assert (told["figure"], told["ends_in"]) == (yen["weeks"][2]["expected"], yen["weeks"][2]["expected"])
    assert yen["weeks"][0].keys() == {"from", "to", "p10", "p50", "p90", "expected", "promised", "expected_of_promised"}
    tested = say(world, "forecast", "--book", ledger, "--as-of", AS_OF, "--weeks", "2", "--backtest", "--json").document
    assert tested["backtest"][0]["weeks_tested"] == len(tested["backtest"][0]["weeks"])
    refused = say(world, "forecast", "--book", ledger, "--weeks", "99")
    assert (refused.code, refused.err.strip()) == (
        1,
        "99 is no number of weeks to forecast. Give one from 1 to 52.",
    )


def test_show_says_when_the_money_is_expected_and_why(world: World, ledger: str, file_book: Book) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        paid = build.invoice("INV-9", 1, "80.00", on="2026-01-05", due="2026-02-04")
        build.pay(paid, "80.00", on="2026-02-16", account=1)
        build.settle()
    told = say(world, "show", "--book", ledger, "INV-2", "--as-of", AS_OF)
    assert "Habit         pays about 12 days late, 1 of 1 times" in told.out
    told = say(world, "explain", "--figure", "days_late", "--account", "0001", "--book", ledger, "--as-of", AS_OF)
    assert told.out.startswith("How late Acme Ltd pays: 12 days")
    assert "paid 12 days late" in told.out
    outlook = say(world, "show", "--book", ledger, "INV-2", "--as-of", AS_OF, "--json").document["outlook"]
    assert outlook["times"] <= outlook["of"]
    assert outlook["reason"].endswith(".")
    assert say(world, "show", "--book", ledger, "INV-5", "--as-of", AS_OF, "--json").document["outlook"] is None
