"""What leaves the book for somebody leaves out what is not theirs: the workbook, a reminder, a file of a query."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from actions.access.people import at_the_desk, keep_person, keep_visibility
from build import Builder
from duedesk.actions.exporting import export_aging
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.aging import AgingRequest
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.reminder import reminder_items, unapplied_amounts

TODAY = AgingRequest(date(2026, 11, 23))


@pytest.fixture
def acme(book: Book, world: World) -> int:
    """One account with an invoice of Bo's and one of Cy's, on both of which one payment lies."""
    bo, cy = keep_person(book, "Bo", Role.CLERK), keep_person(book, "Cy", Role.CLERK)
    keep_person(book, world.user, Role.SUPERVISOR)
    keep_visibility(book, Visibility.PRIVATE)
    with book.writing() as connection:
        build = Builder(connection)
        key = build.account("Acme Ltd", owner=bo)
        money = build.payment(key, "100", on="2026-11-02", number="PAY-1")
        for number, total, part, owner in (("I-BO", "300", "30", bo), ("I-CY", "900", "60", cy)):
            invoice = build.invoice(number, key, total, on="2026-09-30", owner=owner)
            build.apply(invoice, part, on="2026-11-02", account=key, payment=money)
        build.settle()
    return key


def _cells(workspace: Workspace, request: AgingRequest, place: Path) -> set[str]:
    export_aging(workspace, request, place)
    book = load_workbook(place)
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_a_workbook_holds_what_its_writer_sees(book: Book, world: World, acme: int, tmp_path: Path) -> None:
    bo = at_the_desk(book, world, "Bo")
    for place, as_of in enumerate((TODAY, replace(TODAY, as_of=date(2026, 11, 1)))):
        cells = _cells(bo, as_of, tmp_path / f"bo-{place}.xlsx")
        assert "I-BO" in cells
        assert not any("I-CY" in cell or cell in {"840", "900", "1110", "1200"} for cell in cells)
    assert "-10" in _cells(bo, TODAY, tmp_path / "again.xlsx"), "of the payment nothing but 10 is left"
    assert {"I-BO", "I-CY"} <= _cells(Workspace(book, world), TODAY, tmp_path / "all.xlsx")


def test_a_reminder_asks_for_what_its_writer_sees(book: Book, world: World, acme: int) -> None:
    bo = at_the_desk(book, world, "Bo")
    assert [one.number for one in bo.ask(reminder_items, acme, TODAY.as_of)] == ["I-BO"]
    assert [str(amount) for _, amount in bo.ask(unapplied_amounts, acme, TODAY.as_of)] == ["10.0000"]
