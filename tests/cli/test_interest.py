"""Late interest, its rules and its reference rates in the terminal."""

from pathlib import Path

import pytest

from build import Builder
from cli.sessions import Said, say
from duedesk.actions.interest import shipped
from duedesk.domain.world import World
from duedesk.store.book import Book

MISSING = "The reference rate “ECB main refinancing rate” for July to December 2026 is missing."


@pytest.fixture
def late(file_book: Book) -> str:
    """A book with one German invoice of 10,000, paid in part, and one that is not due; where it stands."""
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme", "0001")
        build.invoice("INV-1", acme, "10000", on="2024-05-01", due="2024-05-31")
        build.invoice("INV-2", acme, "500", on="2026-11-01", due="2026-12-01")
        paid = build.payment(acme, "4000", on="2024-07-20")
        build.apply(1, "4000", on="2024-07-20", account=acme, payment=paid)
        build.settle()
    return file_book.location


def test_interest_is_told_period_by_period(world: World, late: str) -> None:
    def asked(*more: str) -> Said:
        return say(world, "interest", "INV-1", "--book", late, *more)

    assert asked().out == (
        "INV-1: No profile of late interest applies to Every other country. Choose under Settings, Late interest.\n"
    )
    said = say(world, "late-interest", "other", "--profile", "eu", "--book", late)
    assert said.out.splitlines()[1].split("  ")[-1].strip() == "nothing"
    directive = shipped.profiles()["EU"].business
    assert directive is not None
    head, *rows = asked("--until", "2024-09-15").out.splitlines()
    assert head == f"INV-1: {directive.basis}; actual days over 365."
    assert rows == [
        "Invoice  Period                     Days    Balance    Rate  Interest",
        "INV-1    01 Jun 2024 – 30 Jun 2024    30  10,000.00  12.50%    102.74",
        "         01 Jul 2024 – 20 Jul 2024    20  10,000.00  12.25%     67.12",
        "         21 Jul 2024 – 15 Sep 2024    57   6,000.00  12.25%    114.78",
        "Total                                                          284.64",
        "284.64 EUR of interest up to 15 Sep 2024.",
    ]
    document = asked("--until", "2024-09-15", "--json").document
    (one,) = document["invoices"]
    assert (document["until"], document["not_late"], one["total"], one["lump_sum"]) == (
        *("2024-09-15", 0, "284.64"),
        "40.00",
    )
    assert one["periods"][1] == {
        "first_day": "2024-07-01",
        "last_day": "2024-07-20",
        "days": 20,
        "balance": "10000.00",
        "rate": "12.25",
        "amount": "67.12",
    }
    *_, reached, warning = asked().out.splitlines()
    assert reached == "1,440.86 EUR of interest up to 30 Jun 2026."
    assert warning == f"{MISSING} Its days are not charged yet: `duedesk reference-rates import FILE`."
    assert say(world, "interest", "INV-2", "--book", late).out == (
        "Nothing of the invoice was due before 23 Nov 2026.\n"
    )


def test_rates_are_listed_taken_in_and_those_that_are_missing_are_said(world: World, late: str, tmp_path: Path) -> None:
    said = say(world, "reference-rates", "--series", "ecb", "--book", late).out.splitlines()
    assert said[1].startswith("2026-01-01  ECB")
    assert said[1].endswith("2.15%  European Central Bank, key ECB interest rates")
    missing = "For July to December 2026 the reference rate is missing: ECB."
    assert said[-1] == f"{missing} `duedesk reference-rates import FILE` takes it in."
    file = tmp_path / "ecb.csv"
    file.write_text("StartDate,Percent\n2026-07-01,2.40\n2024-07-01,4.5\n")
    took = ("reference-rates", "import", str(file), "--series", "ECB", "--source", "ECB, 1 Jul 2026", "--book", late)
    assert say(world, *took).out.splitlines() == [
        "2 reference rates taken from ecb.csv.",
        "ECB of 2024-07-01: 4.5 in place of 4.25, which came with the program.",
    ]
    assert say(world, *took, "--json").document["unchanged"] == 2
    listed = say(world, "reference-rates", "--series", "ECB", "--book", late, "--json").document
    assert listed["warnings"] == []
    assert listed["series"][0]["rates"][-1] == {
        "StartDate": "2026-07-01",
        "Percent": "2.4",
        "Source": "ECB, 1 Jul 2026",
        "is_own": True,
    }
    file.write_text("StartDate,Percent\n2026-07-02,2.40\n")
    fault = "“ECB main refinancing rate” begins on 1 January or 1 July. Write that day."
    assert say(world, *took).err.splitlines() == [
        f"error: ecb.csv, row 2, column StartDate: {fault}",
        "Nothing was imported: 1 row at fault.",
    ]
    assert say(world, "reference-rates", "--series", "LIBOR", "--book", late).err == (
        "There is no series “LIBOR”. There are AT-BASE, BOE, DE-BASE, ECB, OWN.\n"
    )


def test_rules_are_listed_and_chosen(world: World, late: str) -> None:
    def asked(*more: str) -> Said:
        return say(world, "late-interest", *more, "--book", late)

    rows = [line.split("  ") for line in asked().out.splitlines()]
    assert (rows[0][0], rows[-1][0].strip()) == ("Code", "other")
    (us,) = asked("USA", "--percent", "18", "--basis", " Clause 7 ", "--json").document["countries"]
    assert (us["profile"], us["percent"], us["business"]["percent"], us["business"]["basis"]) == (
        *("US", "18", "18"),
        "Clause 7",
    )
    (german,) = asked("de", "--consumers", "--json").document["countries"]
    assert german["consumer"]["margin"] == "5"
    assert german["source"] == "BGB §§ 247, 286, 288"
    (german,) = asked("de", "--profile", "none", "--json").document["countries"]
    assert (german["profile"], german["business"]["why"]) == (
        None,
        "No profile of late interest applies to Germany.",
    )
    assert asked("de", "--reset", "--json").document["countries"][0]["is_chosen"] is False
    assert asked("--least", "5", "--currency", "EUR").out.endswith("A letter charges no interest below 5.00 EUR.\n")
    assert asked("--least", "0", "--currency", "EUR", "--json").document["least"] == {}
    assert asked("--least", "5").err == "The least interest is of a currency. Write --least 5 --currency EUR.\n"
    assert asked("Atlantis").err == "“Atlantis” is no country that is known here. Write its code of two letters: CH.\n"
    assert asked("FR", "--profile", "xx").err.startswith("There is no profile “XX”. There are AT, BE,")
