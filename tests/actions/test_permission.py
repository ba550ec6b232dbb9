"""Every action asks first whether the person at the desk may take it, and says whom to ask where they may not."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from actions.access.people import at_the_desk, keep_members, keep_person, keep_visibility
from architecture.source import Module, package
from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.importing.taking import import_files
from duedesk.actions.maintenance import check
from duedesk.actions.settings import save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.letter import Letterhead
from duedesk.domain.access import DUTIES, Role, Visibility
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables.ledger import invoice


def _describe(workspace: Workspace, object_name: str, *keys: int) -> None:
    with deed(workspace, "edit_draft") as act:
        act.hold(object_name, keys)
        act.record("Described")
        act.connection.execute(update(invoice).where(invoice.c.id.in_(keys)).values(description="Rent"))


@pytest.fixture
def team(book: Book) -> dict[str, int]:
    """Sue supervises, Cem and Dee are clerks; Cem is in the queue North, which owns I-2; Dee owns I-3."""
    people = {"Sue": keep_person(book, "Sue", Role.SUPERVISOR), "Cem": keep_person(book, "Cem", Role.CLERK)}
    people["Dee"] = keep_person(book, "Dee", Role.CLERK, login="dee")
    people["North"] = keep_person(book, "North", kind="Group")
    keep_members(book, people["North"], people["Cem"])
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme Ltd", owner=people["Cem"])
        zeta = build.account("Zeta Ltd", owner=people["Dee"])
        people["I-1"] = build.invoice("I-1", acme, "100", on="2026-01-01", owner=people["Cem"])
        people["I-2"] = build.invoice("I-2", acme, "100", on="2026-01-01", owner=people["North"])
        people["I-3"] = build.invoice("I-3", zeta, "100", on="2026-01-01", owner=people["Dee"])
        people["P-1"] = build.payment(acme, "10", on="2026-01-01", number="P-1")
        people["P-3"] = build.payment(zeta, "10", on="2026-01-01", number="P-3")
        build.settle()
    return people


def test_while_nobody_has_a_role_everybody_may_do_everything(book: Book, world: World) -> None:
    keep_person(book, "Sue")
    save_letterhead(Workspace(book, world), Letterhead(name="Nordwind"))


def test_somebody_unknown_is_told_whom_to_ask(book: Book, world: World, team: dict[str, int]) -> None:
    with pytest.raises(RequestError) as refused:
        _describe(at_the_desk(book, world, "mallory"), "Invoice", team["I-1"])
    assert str(refused.value) == "This book does not know “mallory”, or no longer. Ask Sue (Supervisor)."


def test_a_role_that_does_not_suffice_is_named(book: Book, world: World, team: dict[str, int]) -> None:
    with pytest.raises(RequestError) as refused:
        save_letterhead(at_the_desk(book, world, "dee"), Letterhead(name="Mine"))
    assert str(refused.value) == (
        "Dee (Clerk) may not change settings, terms and series: that takes Finance. Ask Sue (Supervisor)."
    )


def test_a_clerk_changes_what_they_or_their_queue_own(book: Book, world: World, team: dict[str, int]) -> None:
    keep_visibility(book, Visibility.READ)
    cem = at_the_desk(book, world, "Cem")
    _describe(cem, "Invoice", team["I-1"], team["I-2"])
    with pytest.raises(RequestError) as refused:
        _describe(cem, "Invoice", team["I-1"], team["I-3"])
    assert str(refused.value) == (
        "Cem (Clerk) may read Invoice I-3 and not change it. It belongs to Dee. Ask Sue (Supervisor)."
    )
    _describe(cem, "Payment", team["P-1"])
    with pytest.raises(RequestError, match="may read Payment P-3 and not change it"):
        _describe(cem, "Payment", team["P-3"])


def test_what_is_hidden_is_not_in_the_book(book: Book, world: World, team: dict[str, int]) -> None:
    keep_visibility(book, Visibility.PRIVATE)
    cem = at_the_desk(book, world, "Cem")
    for object_name, key in (("Invoice", "I-3"), ("Payment", "P-3")):
        with pytest.raises(RequestError, match="no longer in the book"):
            _describe(cem, object_name, team[key])


def test_under_the_public_default_a_clerk_changes_everything(book: Book, world: World, team: dict[str, int]) -> None:
    _describe(at_the_desk(book, world, "Cem"), "Invoice", team["I-1"], team["I-2"], team["I-3"])


def test_a_supervisor_changes_everything_whatever_the_default(book: Book, world: World, team: dict[str, int]) -> None:
    keep_visibility(book, Visibility.PRIVATE)
    _describe(at_the_desk(book, world, "Sue"), "Invoice", team["I-1"], team["I-3"])


def test_who_does_not_reach_all_neither_imports_nor_proves(
    book: Book, world: World, team: dict[str, int], tmp_path: Path
) -> None:
    keep_visibility(book, Visibility.PRIVATE)
    file = tmp_path / "invoice.csv"
    file.write_text(
        "DocumentNumber,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,Account Name\n"
        "I-9,2026-01-01,2026-01-31,10.00,EUR,Acme Ltd\n"
    )
    cem = at_the_desk(book, world, "Cem")
    with pytest.raises(RequestError, match=r"Cem \(Clerk\) may not import: that takes somebody who sees every"):
        import_files(cem, [file])
    with pytest.raises(RequestError, match=r"Cem \(Clerk\) may not prove the book"):
        check(cem)
    assert check(at_the_desk(book, world, "Sue")).findings == ()


def _names_of_actions(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        given = node.args[1:2] if called == "deed" else []
        given += [keyword.value for keyword in node.keywords if keyword.arg == "action" and "record" in called]
        for part in given:
            yield from (str(one.value) for one in ast.walk(part) if isinstance(one, ast.Constant))


def test_every_action_is_part_of_a_duty() -> None:
    """A new action is put into `DUTIES` of `domain.access`: what is not there is for Finance alone."""
    known = {action for duty in DUTIES for action in duty.actions}
    named = {name: module.place for module in package() for name in _names_of_actions(module)}
    assert {name: place for name, place in named.items() if name not in known and not name.startswith("undo_")} == {}
    assert known - set(named) == {"check", "backup", "undo"}, (
        "what only reads is journaled nowhere, an undo by the name of what it undoes"
    )
