"""`duedesk rates` in the terminal."""

from pathlib import Path

from cli.sessions import say
from duedesk.domain.world import World


def test_rates_are_taken_in_listed_and_crossed(world: World, ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text(
        "IsoCode,StartDate,ConversionRate\nUSD,2026-01-01,1.10\nUSD,2026-04-01,1.08\nJPY,2026-04-01,160.5\n"
    )
    assert say(world, "rates", "--book", ledger).out == (
        "There are no rates of exchange. `duedesk rates import FILE` takes them in.\n"
    )
    said = say(world, "rates", "import", str(file), "--book", ledger)
    assert (said.code, said.err) == (
        1,
        "rates.csv does not say over which currency its rates stand. Say it: --base EUR.\n",
    )
    said = say(world, "rates", "import", str(file), "--base", "eur", "--book", ledger)
    assert (said.code, said.out) == (0, "3 rates of exchange over EUR taken from rates.csv.\n")
    said = say(world, "rates", "import", str(file), "--book", ledger, "--json")
    assert {name: said.document[name] for name in ("done", "made", "unchanged")} == {
        "done": None,
        "made": 0,
        "unchanged": 3,
    }
    assert say(world, "rates", "--on", "2026-03-31", "--book", ledger).out == (
        "1 EUR buys, on 31 Mar 2026\nCurrency  Rate  From\nUSD        1.1  2026-01-01\n"
    )
    listed = say(world, "rates", "--currency", "USD", "--book", ledger, "--json").document
    assert [(one["StartDate"], one["ConversionRate"]) for one in listed["rates"]] == [
        ("2026-04-01", "1.08"),
        ("2026-01-01", "1.1"),
    ]
    said = say(world, "rates", "--on", "2026-06-01", "--in", "USD", "--currency", "JPY", "--book", ledger)
    assert said.out == (
        "1 JPY = 0.006728971963 USD of 01 Apr 2026\n"
        "The newest rate from JPY to USD is of 01 Apr 2026, 61 days before 01 Jun 2026.\n"
    )
    assert say(world, "rates", "--in", "GBP", "--book", ledger).err == (
        "There is no rate of exchange from any currency to GBP on or before 23 Nov 2026. "
        "Import one: `duedesk rates import FILE`.\n"
    )
    file.write_text("IsoCode,StartDate,ConversionRate\nUSD,2026-04-01,one\n")
    said = say(world, "rates", "import", str(file), "--book", ledger)
    assert said.code == 1
    assert said.err.splitlines() == [
        "error: rates.csv, row 2, column ConversionRate: “one” is no rate. Write 1.0842.",
        "Nothing was imported: 1 row at fault.",
    ]


def test_what_is_not_there_is_said(world: World, ledger: str, tmp_path: Path) -> None:
    file = tmp_path / "rates.csv"
    file.write_text("Date,USD,JPY\n2026-04-02,1.09,N/A\n")
    assert say(world, "rates", "import", str(file), "--base", "EUR", "--book", ledger).out == (
        "1 rate of exchange over EUR taken from rates.csv.\n1 cell held no rate and was left out.\n"
    )
    assert say(world, "rates", "--currency", "CHF", "--on", "2026-03-31", "--book", ledger).out == (
        "There is no rate of CHF on or before 31 Mar 2026.\n"
    )
