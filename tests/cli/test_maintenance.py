"""`duedesk check` proves a book, `duedesk backup` copies it."""

from pathlib import Path

import pytest

from cli.sessions import AS_OF, say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_a_sound_book_holds(world: World, any_ledger: str) -> None:
    said = say(world, "check", "--book", any_ledger)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("proved invoices against their applications (5)\n")
    assert said.out.endswith("\nEverything holds.\n")
    assert say(world, "check", "--json").document["findings"] == []


def test_a_changed_figure_is_found(world: World, any_ledger: str, book: Book) -> None:
    with book.writing() as connection:
        connection.exec_driver_sql("UPDATE invoice SET net_payments_applied = 10000 WHERE document_number = 'INV-2'")
    said = say(world, "check", "--book", any_ledger)
    assert said.code == 1
    assert "Invoice INV-2: NetPaymentsApplied is 1.00, its events make it 0.00." in said.out.splitlines()
    assert said.err.endswith(": 1 thing stored that the events do not bear out.\n")
    assert say(world, "check", "--json").document["findings"] == [
        {"record": "Invoice INV-2", "field": "NetPaymentsApplied", "stored": "1.00", "proved": "0.00"}
    ]


def test_a_backup_reads_as_the_book_does(world: World, ledger: str, tmp_path: Path) -> None:
    copy = tmp_path / "copy.duedesk"
    said = say(world, "backup", "--book", ledger, str(copy))
    assert (said.code, said.out) == (0, f"{copy}\n")
    figures = [
        say(world, "aging", "--book", place, "--as-of", AS_OF, "--json").document for place in (ledger, str(copy))
    ]
    assert figures[0] == figures[1]


def test_a_backup_without_a_name_stands_beside_the_book(world: World, ledger: str) -> None:
    said = say(world, "backup", "--book", ledger)
    assert said.out == f"{Path(ledger).with_name('book-20261123-100000.duedesk')}\n"
    again = say(world, "backup", "--book", ledger)
    assert (again.code, again.out) == (1, "")
    assert "exists already" in again.err


def test_a_book_on_a_server_is_copied_by_who_runs_it(world: World, server_book: Book) -> None:
    said = say(world, "backup", "--book", server_book.location)
    assert said.code == 1
    assert said.err == "A book on a server is not copied from here. Use pg_dump, or ask who runs the server.\n"


@pytest.mark.parametrize("place", ["no/such/folder/copy.duedesk", "."])
def test_a_backup_that_has_no_place_is_refused_in_words(
    world: World, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = say(world, "backup", "--book", ledger, place)
    assert (said.code, said.out) == (1, "")
    assert "copy.duedesk cannot be written" in said.err or said.err.startswith(". exists already.")


def test_a_seal_that_was_noted_is_found_again(world: World, any_ledger: str) -> None:
    assert say(world, "check", "--book", any_ledger, "--json").document["journal"] is None
    say(world, "note", "INV-1", "First")
    noted = say(world, "check", "--json").document["journal"]
    assert noted["entry"] == 1
    say(world, "note", "INV-1", "Second")
    later = say(world, "check", "--seal", noted["seal"])
    assert later.code == 0
    assert "The journal ends with entry 2, sealed " in later.out
    typo = say(world, "check", "--seal", noted["seal"][:-1])
    assert (typo.code, typo.out) == (1, "")
    assert " is no seal. A seal has 64 letters and digits" in typo.err
    other = say(world, "check", "--seal", "0" * 64)
    assert other.code == 1
    assert f"The journal: the entry sealed {'0' * 64} is gone or written anew" in other.out
