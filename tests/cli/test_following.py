"""Notes, files, history, recent records and undoing, as a person types them."""

from pathlib import Path

import pytest

from cli.sessions import say
from duedesk.domain.world import World


def test_a_note_is_written_and_listed_and_taken_away(world: World, any_ledger: str) -> None:
    said = say(world, "note", "INV-1", "They pay on Friday.\nSaid Mr Sato.", "--book", any_ledger)
    assert (said.code, said.out) == (0, "Note on invoice INV-1: They pay on Friday. Said Mr Sato.\n")
    listed = say(world, "note", "INV-1", "--book", any_ledger)
    assert listed.out == (
        "1  2026-11-23 10:00 UTC  They pay on Friday. (Ana Reyes)\n                         Said Mr Sato.\n"
    )
    assert say(world, "note", "INV-1", "--json").document["feed"] == [
        {
            "key": 1,
            "at": "2026-11-23T10:00:00.000000Z",
            "who": "Ana Reyes",
            "text": "They pay on Friday.\nSaid Mr Sato.",
            "file": None,
        }
    ]
    assert say(world, "note", "INV-2", "--take-away", "1").err == "There is no note or file 1 on INV-2.\n"
    assert say(world, "note", "INV-1", "--take-away", "1").out == "A note taken away from invoice INV-1\n"
    assert say(world, "note", "INV-1").out == "There are no notes and files.\n"


def test_files_go_in_and_come_out(world: World, any_ledger: str, tmp_path: Path) -> None:
    first, second = tmp_path / "Proof of delivery.pdf", tmp_path / "b" / "Proof of delivery.pdf"
    second.parent.mkdir()
    first.write_bytes(b"%PDF one")
    second.write_bytes(b"%PDF two" * 200)
    said = say(world, "attach", "INV-1", str(first), str(second), "--book", any_ledger, "--text", "Signed")
    assert said.out == "Proof of delivery.pdf attached to invoice INV-1\n" * 2
    listed = say(world, "files", "INV-1")
    assert "[Proof of delivery.pdf, 1.6 kB] (Ana Reyes)" in listed.out
    assert "Signed" in listed.out
    folder = tmp_path / "out"
    folder.mkdir()
    said = say(world, "files", "INV-1", "--save", str(folder))
    assert said.out.splitlines() == [str(folder / f"Proof-of-delivery{end}.pdf") for end in ("", "-2")]
    assert {path.read_bytes() for path in folder.iterdir()} == {b"%PDF one", b"%PDF two" * 200}
    again = say(world, "files", "INV-1", "--save", str(folder))
    assert again.code == 1
    assert "Proof-of-delivery.pdf exists already. Choose another name; nothing is written over." in again.err
    assert say(world, "files", "INV-1", "--save", str(folder), "--replace").code == 0
    assert say(world, "files", "INV-1", "--key", "1", "--json").document["files"][0]["file"] == {
        "name": "Proof of delivery.pdf",
        "media_type": "application/pdf",
        "size": 8,
    }
    assert say(world, "files", "INV-1", "--key", "9").err == "There is no file 9 on INV-1.\n"
    assert say(world, "files", "INV-2").out == "There are no files.\n"
    assert say(world, "files", "INV-1", "--save", str(tmp_path / "none")).code == 1


def test_the_time_line(world: World, any_ledger: str) -> None:
    said = say(world, "history", "INV-1", "--book", any_ledger)
    assert said.out.splitlines()[0] == "2026-01-05 09:00 UTC  Brought in"
    assert len(said.out.splitlines()) == 5
    assert say(world, "history", "P-1", "--payment").out == (
        "2026-02-10 09:00 UTC  Brought in\n2026-02-10 09:00 UTC  Applied to INV-1: 400.00 EUR\n"
    )
    memo = say(world, "history", "C-1", "--credit-memo", "--json").document
    assert (memo["number"], len(memo["history"])) == ("C-1", 4)


def test_what_was_shown_is_recent(world: World, any_ledger: str) -> None:
    assert say(world, "recent", "--book", any_ledger).out == "You have looked at nothing yet.\n"
    say(world, "show", "INV-1")
    assert say(world, "recent").out == (
        "Viewed                What     Name   Account\n2026-11-23 10:00 UTC  Invoice  INV-1  Acme Ltd\n"
    )
    assert say(world, "recent", "--json").document["records"][0]["name"] == "INV-1"
    assert "Last viewed           2026-11-23 10:00 UTC\n" in say(world, "show", "INV-1").out


def test_undo_asks_before_it_does(world: World, any_ledger: str) -> None:
    assert say(world, "undo", "--book", any_ledger).err == "There is nothing to undo.\n"
    say(world, "note", "INV-1", "Hello")
    asked = say(world, "undo")
    assert (asked.code, asked.out) == (1, "")
    assert asked.err == ("Note on invoice INV-1: Hello: Take the note away from invoice INV-1. Say --yes to do that.\n")
    told = say(world, "undo", "--json")
    assert (told.code, told.document["will"]) == (1, "Take the note away from invoice INV-1.")
    assert say(world, "undo", "--yes").out == "A note taken away from invoice INV-1\n"
    assert say(world, "undo").err == "There is nothing to undo.\n"
    done = say(world, "undo", "--redo", "--yes", "--json")
    assert done.document["done"] == "A note put back on invoice INV-1"


@pytest.mark.parametrize("verb", ["history", "note", "attach", "files", "recent", "undo"])
def test_every_verb_says_what_it_is_for(world: World, verb: str) -> None:
    assert say(world, verb, "--help").code == 0
