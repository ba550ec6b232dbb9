"""`duedesk letter` writes a reminder as PDF under a name any system takes, and says what a clerk should know."""

from pathlib import Path

import pytest

from build import Builder
from cli.sessions import AS_OF, Said, say
from duedesk.domain.world import World
from duedesk.store.book import Book


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that letters without a name land in."""
    folder = tmp_path / "letters"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_a_letter_is_named_after_account_and_day(world: World, ledger: str, here: Path) -> None:
    said = say(world, "letter", "--book", ledger, "0001", "--as-of", AS_OF)
    assert (said.code, said.out) == (0, "0001-Acme-Ltd-reminder-2026-04-10.pdf\n")
    assert (here / "0001-Acme-Ltd-reminder-2026-04-10.pdf").read_bytes().startswith(b"%PDF")
    assert "Acme Ltd has no postal address.\n" in said.err


def test_a_name_that_plays_tricks_makes_a_plain_file_name(world: World, ledger: str, here: Path) -> None:
    said = say(world, "letter", "0003", "--book", ledger, "--paper", "us-letter")
    (made,) = here.iterdir()
    assert said.out == f"{made.name}\n"
    assert made.name == "0003-Evil-31mName-Two-reminder-2026-11-23.pdf"


def test_a_place_of_ones_own(world: World, ledger: str, here: Path) -> None:
    said = say(world, "letter", "Acme Ltd", "--book", ledger, "--out", "acme.pdf")
    assert said.out == "acme.pdf\n"
    assert [one.name for one in here.iterdir()] == ["acme.pdf"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("Nobody & Sons",), "There is no account “Nobody & Sons”."),
        (("0001", "--as-of", "2025-01-01"), "Acme Ltd has no invoice that was overdue on 01 Jan 2025."),
        (("0001", "--out", "no/such/folder/acme.pdf"), "There is no folder"),
    ],
)
def test_a_letter_that_cannot_be_written(
    world: World, ledger: str, here: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    said = say(world, "letter", "--book", ledger, *arguments)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(sentence)
    assert list(here.iterdir()) == []


def test_a_name_that_two_accounts_have_is_asked_back(world: World, file_book: Book, here: Path) -> None:
    with file_book.writing() as connection:
        build = Builder(connection)
        build.account("Twin Ltd", "0007")
        build.account("TWIN  ltd", "0008")
    said = say(world, "letter", "twin ltd", "--book", file_book.location)
    assert (said.code, said.out) == (1, "")
    assert said.err == "2 accounts are called “twin ltd”. Name one by its number: 0007, 0008.\n"


def test_a_text_of_letters_is_shown_changed_and_kept(world: World, ledger: str, tmp_path: Path) -> None:
    of = ("level-1", "--language", "fr", "--book", ledger)
    mine = tmp_path / "mine.toml"
    shown = say(world, "letter-text", "show", *of).out
    mine.write_text(shown.replace("Rappel de paiement du", "Petit rappel du"), encoding="utf-8")
    assert say(world, "letter-text", "save", *of, str(mine)).out == "Saved as fr/level-1/1.\n"
    assert say(world, "letter-text", "save", *of, str(mine)).out == "fr/level-1/1 says that already.\n"
    said = say(world, "letter-text", "versions", *of, "--json").document
    assert [one["version"] for one in said["texts"]] == [1, 0]
    mine.write_text("title = 1", encoding="utf-8")
    said_wrong = say(world, "letter-text", "save", *of, str(mine))
    assert (said_wrong.code, "has to have exactly" in said_wrong.err) == (1, True)


def test_the_style_of_letters_is_set_shown_and_refused_in_a_sentence(world: World, ledger: str, tmp_path: Path) -> None:
    def style(*options: str) -> Said:
        return say(world, "letter-style", "--book", ledger, *options)

    assert style().out.startswith("window")
    account = "CH93 0076 2011 6238 5295 7 | | Brookwell AG | Seestrasse | 14 | 8002 | Zürich | ch"
    said = style("--window", "din-a", "--language", "de", "--account", "chf", account, "--json").document
    assert (said["window"], said["accounts"]["CHF"]["iban"]) == ("din-a", "CH9300762011623852957")
    assert said["accounts"]["CHF"]["holder"]["country"] == "CH"
    assert [style("--archival", one, "--json").document["archival"] for one in ("yes", "no")] == [True, False]
    logo = tmp_path / "logo.gif"
    logo.write_bytes(b"GIF89a")
    for wrong, why in (
        (("--logo", str(logo)), "neither PNG nor SVG"),
        (("--colour", "red"), "not a colour"),
        (("--link", "http://x"), "no payment link"),
        (("--link", "https://x/$who"), "names something else"),
        (("--account", "EUR", "DE00 1 | | Me"), "not an IBAN"),
    ):
        said_wrong = style(*wrong)
        assert (said_wrong.code, why in said_wrong.err) == (1, True), wrong
    assert style("--account", "CHF", "", "--json").document["accounts"] == {}
