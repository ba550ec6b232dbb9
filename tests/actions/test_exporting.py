"""From a book to its aging workbook: the same figures on both sides, whatever the day, and one state of the book."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import Connection

from build import Builder
from duedesk.actions import exporting
from duedesk.actions.exporting import export_aging
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest, Basis, OpenItem
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT, CURRENCY, OWNER
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.open_items import open_items

TODAY = AgingRequest(date(2026, 11, 23))


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    """Two accounts of one name and a third, three currencies, part payments, cash on account, a voided invoice."""
    with book.writing() as connection:
        build = Builder(connection)
        anna, tom = build.owner("Anna Berg"), build.owner("Tom Reyes")
        harbor = build.account("Harbor & Finch Ltd", "00017", owner=anna)
        first, second = build.account("Smith Ltd", owner=tom), build.account("Smith Ltd")
        part = build.invoice("INV-1", harbor, "6305.90", on="2026-09-30", due="2026-10-30", owner=anna)
        build.pay(part, "1000.00", on="2026-11-10", account=harbor)
        paid = build.invoice("INV-2", harbor, "500.00", on="2026-05-01", due="2026-06-01", owner=anna)
        build.pay(paid, "500.00", on="2026-11-23", account=harbor)
        build.invoice("INV-3", harbor, "250.00", on="2026-04-01", status="Voided", voided="2026-11-20", owner=anna)
        build.payment(harbor, "810.00", on="2026-11-02", number="PAY-7")
        build.invoice("INV-4", first, "119500", on="2026-08-01", due="2026-08-24", currency="JPY", owner=tom)
        build.invoice("INV-5", second, "1042.125", on="2026-09-01", due="2026-12-24", currency="BHD")
        build.credit_memo(second, "0.125", on="2026-10-01", number="CM-1", currency="BHD")
        build.settle()
    return Workspace(book, world)


@pytest.mark.parametrize("by", [(ACCOUNT,), (OWNER,), (CURRENCY,)])
@pytest.mark.parametrize(
    "request_",
    [
        TODAY,
        replace(TODAY, as_of=date(2026, 11, 15)),
        replace(TODAY, known_on=datetime(2026, 11, 5, tzinfo=UTC), basis=Basis.INVOICE),
    ],
    ids=["today", "a week ago", "as known in October"],
)
def test_the_workbook_says_what_the_aging_says(
    workspace: Workspace, tmp_path: Path, request_: AgingRequest, by: tuple[str, ...]
) -> None:
    asked = replace(request_, by=by)
    path = tmp_path / "aging.xlsx"

    facts = export_aging(workspace, asked, path)

    expected = workspace.ask(aging, asked)
    assert (facts.holds, facts.lines, facts.remarks) == (True, len(expected.rows), ())
    rows = load_workbook(path, data_only=True)["Aging"].iter_rows(min_row=7, values_only=True)
    before = {ACCOUNT: 4, OWNER: 3, CURRENCY: 2}[by[0]]
    found = [(str(row[before - 1]), [Decimal(str(cell)) for cell in row[before:]]) for row in rows if _is_line(row)]
    figures = [(row.currency, [*row.buckets, row.unapplied, row.balance]) for row in expected.rows]
    assert sorted(found) == sorted(figures)


def _is_line(row: tuple[object, ...]) -> bool:
    return isinstance(row[0], int)


def test_the_first_lines_of_the_story(workspace: Workspace, tmp_path: Path) -> None:
    export_aging(workspace, TODAY, tmp_path / "aging.xlsx")
    rows = list(load_workbook(tmp_path / "aging.xlsx", data_only=True)["Aging"].iter_rows(min_row=7, values_only=True))

    assert rows[0][1:] == (None, "Smith Ltd", "BHD", 1042.125, 0, 0, 0, 0, -0.125, 1042)
    assert rows[3][1:] == ("00017", "Harbor & Finch Ltd", "EUR", 0, 5305.9, 0, 0, 0, -810, 4495.9)
    assert rows[6][1:] == (None, "Smith Ltd", "JPY", 0, 0, 0, 0, 119500, 0, 119500)


def test_what_is_written_meanwhile_is_in_neither_sheet(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(connection: Connection, request: AgingRequest) -> Iterator[OpenItem]:
        with workspace.book.writing() as other:
            build = Builder(other)
            build.invoice("INV-99", 1, "99.00", on="2026-11-01")
            build.settle()
        yield from open_items(connection, request)

    monkeypatch.setattr(exporting, "open_items", interrupted)

    facts = export_aging(workspace, TODAY, tmp_path / "aging.xlsx")

    assert facts.holds
    numbers = [cell.value for cell in load_workbook(tmp_path / "aging.xlsx")["Detail"]["E"]]
    assert "INV-99" not in numbers
    assert len(list(workspace.ask(lambda connection: list(open_items(connection, TODAY))))) == facts.items + 1


def test_a_folder_that_is_not_there_is_said(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="There is no folder"):
        export_aging(workspace, TODAY, tmp_path / "nowhere" / "aging.xlsx")
