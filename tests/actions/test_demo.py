"""The sample book is made as asked: the same for the same seed, on a file and on a server, whole or not at all."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, update

from conftest import Databases
from duedesk.actions.demo import make_demo
from duedesk.actions.demo.story import accounts_for
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import BookError, Cancelled, RequestError
from duedesk.domain.world import World
from duedesk.store.proof.book import prove
from duedesk.store.queries.letters.issued import issued_letters
from duedesk.store.queries.overview import overview
from duedesk.store.tables import METADATA
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

AS_OF = date(2026, 11, 23)


def contents(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, and give the book back."""
    with workspace.book.reading() as connection:
        found = {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in METADATA.sorted_tables
        }
    workspace.close()
    return found


def indexes(workspace: Workspace) -> set[str]:
    with workspace.book.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return set(names.scalars())


def test_the_same_seed_day_and_number_make_the_same_book_whenever_it_is_made(world: World, tmp_path: Path) -> None:
    later = World(lambda: datetime(2027, 3, 1, tzinfo=UTC), lambda: date(2027, 3, 1), Random(99), world.user)
    first = contents(make_demo(str(tmp_path / "a.duedesk"), world, invoices=500, as_of=AS_OF))
    again = contents(make_demo(str(tmp_path / "b.duedesk"), later, invoices=500, as_of=AS_OF))
    other = contents(make_demo(str(tmp_path / "c.duedesk"), world, invoices=500, seed=2, as_of=AS_OF))
    assert first == again
    assert first["invoice"] != other["invoice"]
    assert first["account"] != other["account"]


def test_a_server_gets_the_same_book(world: World, tmp_path: Path, server_databases: Databases) -> None:
    name = server_databases.make(template="template0")
    on_file = contents(make_demo(str(tmp_path / "a.duedesk"), world, invoices=500))
    on_server = contents(make_demo(server_databases.url(name), world, invoices=500))
    server_databases.drop(name)
    for table, rows in on_file.items():
        assert on_server[table] == rows, table


def test_a_server_database_left_empty_by_a_stopped_attempt_is_used(world: World, server_databases: Databases) -> None:
    name = server_databases.make(template="template0")
    url = server_databases.url(name)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_demo(url, world, invoices=200, progress=stop)
    workspace = make_demo(url, world, invoices=200)
    assert workspace.ask(overview).invoices == 200
    workspace.close()
    with pytest.raises(BookError, match="holds a book already"):
        make_demo(url, world, invoices=200)
    server_databases.drop(name)


def test_two_thousand_invoices_are_what_one_gets(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world)
    there = workspace.ask(overview)
    assert (there.invoices, there.accounts, there.currencies) == (2000, 150, ("EUR", "JPY", "USD"))
    assert there.owners == ("Ana Reyes", "Jonas Weber", "Priya Nair", "Receivables team", "Tomás Ferreira")
    assert there.first_day == date(2024, 11, 25), "a Monday: the first working day of the two years"
    assert there.last_day == AS_OF
    workspace.close()


def test_it_is_proved_and_whole(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world)
    with workspace.book.reading() as connection:
        assert list(prove(connection, as_of=AS_OF)) == []
    assert indexes(workspace) == {str(one.name) for table in METADATA.tables.values() for one in table.indexes}
    workspace.close()


def test_what_is_posted_in_it_is_guarded_as_in_any_book(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=200)
    with pytest.raises(Exception, match="is posted and cannot be changed"), workspace.book.writing() as connection:
        connection.execute(update(invoice).values(due_date=AS_OF))
    workspace.close()


def test_one_journal_entry_says_how_it_was_made_and_all_records_point_to_it(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=300, seed=7)
    with workspace.book.reading() as connection:
        (entry,) = connection.execute(select(journal_entry)).all()
        assert entry.summary == "Sample book made: 300 invoices to 2026-11-23, seed 7"
        assert (entry.actor, entry.action) == ("Ana Reyes", "make_demo")
        for table in METADATA.tables.values():
            if "journal_id" in table.c:
                assert set(connection.scalars(select(table.c.journal_id).distinct())) <= {entry.id}, table.name
    workspace.close()


def test_its_letters_have_a_sender(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=10)
    sender = letterhead(workspace.book)
    assert sender.name == "Northlight Instruments"
    assert sender.address_lines[-1] == "Netherlands"
    assert any("IBAN" in line for line in sender.bank_lines)
    workspace.close()


@pytest.mark.parametrize("invoices", [1, 2, 19, 200])
def test_small_books_hold_together_too(world: World, tmp_path: Path, invoices: int) -> None:
    workspace = make_demo(str(tmp_path / "small.duedesk"), world, invoices=invoices)
    with workspace.book.reading() as connection:
        assert list(prove(connection, as_of=AS_OF)) == []
        assert connection.scalar(select(func.count()).select_from(invoice)) == invoices
        assert connection.scalar(select(func.count()).select_from(account)) == accounts_for(invoices)
    workspace.close()


def test_accounts_grow_with_the_invoices() -> None:
    asked = (1, 1_000, 2_000, 20_000, 1_000_000, 50_000_000)
    assert [accounts_for(invoices) for invoices in asked] == [1, 75, 150, 510, 20_000, 20_000]


def test_progress_goes_up_to_the_end(world: World, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    make_demo(
        str(tmp_path / "a.duedesk"), world, invoices=400, progress=lambda done, of: heard.append((done, of))
    ).close()
    assert heard == sorted(heard)
    assert heard[-1] == (400, 400)
    assert len(heard) > 700


@pytest.mark.parametrize("after", [0, 350, 734])
@pytest.mark.parametrize("stop", [Cancelled(), KeyboardInterrupt(), ZeroDivisionError()])
def test_what_is_stopped_leaves_nothing_behind(world: World, tmp_path: Path, after: int, stop: BaseException) -> None:
    calls = 0

    def progress(done: int, total: int) -> None:
        nonlocal calls
        calls += 1
        if calls > after:
            raise stop

    with pytest.raises(type(stop)):
        make_demo(str(tmp_path / "stopped.duedesk"), world, invoices=200, progress=progress)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_left_as_it_is(world: World, tmp_path: Path) -> None:
    place = tmp_path / "book.duedesk"
    place.write_text("mine")
    with pytest.raises(BookError, match=r"book\.duedesk exists already"):
        make_demo(str(place), world, invoices=10)
    assert place.read_text() == "mine"


@pytest.mark.parametrize("ask", [{"invoices": 0}, {"invoices": -5}, {"as_of": date.min}, {"as_of": date.max}])
def test_what_cannot_be_made_is_refused_before_anything_is_written(
    world: World, tmp_path: Path, ask: dict[str, Any]
) -> None:
    with pytest.raises(RequestError):
        make_demo(str(tmp_path / "none.duedesk"), world, **ask)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("as_of", [date(1975, 1, 1), date(2024, 2, 29), date(2026, 1, 1), date(2199, 12, 31)])
def test_any_day_will_do(world: World, tmp_path: Path, as_of: date) -> None:
    workspace = make_demo(str(tmp_path / "then.duedesk"), world, invoices=150, as_of=as_of)
    with workspace.book.reading() as connection:
        assert list(prove(connection, as_of=as_of)) == []
        assert connection.scalar(select(func.max(invoice.c.posted_date))) <= as_of
    workspace.close()


def test_letters_were_issued_in_its_last_weeks_the_same_ones_each_time(world: World, tmp_path: Path) -> None:
    later = replace(world, now=lambda: datetime(2027, 3, 1, tzinfo=UTC), random=Random(99), user="somebody else")
    made = [
        make_demo(str(tmp_path / name), one, invoices=300, as_of=AS_OF, with_letters=True)
        for name, one in (("a.duedesk", world), ("b.duedesk", later))
    ]
    assert len({tuple(one.ask(issued_letters)) for one in made}) == 1
    letters = made[0].ask(issued_letters)
    assert {(one.letter_date, one.level, one.channel) for one in letters} >= {
        (date(2026, 10, 27), 1, "print"),
        (date(2026, 11, 10), 2, "mail"),
    }
    assert {one.issued_by for one in letters} == {"Ana Reyes"}
    assert made[0].ask(overview).invoices == 300
    with made[0].book.reading() as connection:
        assert list(prove(connection, as_of=AS_OF)) == []
    proposed = proposal(made[0], AS_OF)
    assert {1, 2, 3} <= {one.level for one in proposed.letters}
