"""Terminal, page and workbook say the same of an aging, cell by cell, on a sample book and on a real ledger."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from actions.importing.imports import bring_in
from actions.importing.test_real import MAPPING
from cli.sessions import say
from desk.pages.aging.conftest import AS_OF, desk_over
from duedesk.actions.demo import make_demo
from duedesk.desk.background import Tasks
from duedesk.desk.pages.aging.grid import AgingGrid
from duedesk.desk.pages.aging.page import AgingPage
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.grouping import CURRENCY, OWNER
from duedesk.domain.world import World
from duedesk.store.book import Book
from exchange.workbooks.office import Office

Asked = tuple[AgingRequest, tuple[str, ...]]
"""An aging, and the options that ask the terminal for it."""

Figures = tuple[str, str, tuple[Decimal, ...]]
"""A row or a total: its name, its currency, and its buckets, what is contested, unapplied, and the balance."""


def asked_on(days: tuple[date, ...]) -> list[Asked]:
    """Ask for five days, each in another way."""
    first, second, third, fourth, fifth = (AgingRequest(day) for day in days)
    return [
        (first, ()),
        (replace(second, basis=Basis.INVOICE), ("--basis", "invoice")),
        (replace(third, by=(OWNER,), buckets=Buckets((15, 45))), ("--by", "owner", "--buckets", "15,45")),
        (replace(fourth, by=(CURRENCY,)), ("--by", "currency")),
        (replace(fifth, apart_disputed=True), ("--apart-disputed",)),
    ]


def said_by_terminal(document: Any) -> Iterator[Figures]:
    for row in (*document["rows"], *document["totals"]):
        apart = [row["disputed"]] if "disputed" in row else []
        figures = (*row["buckets"], *apart, row["unapplied"], row["balance"])
        yield row.get("name", "Total"), row["currency"], tuple(map(Decimal, figures))


def shown_on_page(page: AgingPage) -> Iterator[Figures]:
    yield from _cells(page.table.grid)
    if page.table.totals.isVisible():
        yield from (("Total", currency, figures) for _, currency, figures in _cells(page.table.totals))
    else:  # where a row is a whole currency there is no other total
        yield from (("Total", currency, figures) for _, currency, figures in _cells(page.table.grid))


def _cells(grid: AgingGrid) -> Iterator[Figures]:
    """Give what stands in the cells of a table, read as a person reads it."""
    model = grid.aging
    for row in range(model.rowCount()):
        texts = [
            str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))
            for column in range(len(model.columns))
        ]
        name, *figures, currency = texts
        yield name, currency, tuple(Decimal(0) if one == "–" else _read(one) for one in figures)


def _read(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def written_in(book: Workbook) -> Iterator[Figures]:
    heads, *rows = book["Aging"].iter_rows(min_row=6, values_only=True)
    at = heads.index("Currency")
    for row in rows:
        if row[0] is not None:
            figures = tuple(Decimal(str(cell)).quantize(Decimal("0.0001")) for cell in row[at + 1 :])
            name = "Total" if row[0] == "Total" else row[at - 1] if at > 1 else row[at]
            yield str(name), str(row[at]), figures
            if at == 1:
                yield "Total", str(row[at]), figures


class Prover:
    """Proves that all three agree, page and terminal at once, the workbooks in one go."""

    def __init__(self, qtbot: QtBot, world: World, tasks: Tasks, folder: Path) -> None:
        self._qtbot, self._world, self._tasks, self._folder = qtbot, world, tasks, folder
        self._written: list[tuple[Path, list[Figures]]] = []

    def compare(self, book: Book, days: tuple[date, ...]) -> list[Figures]:
        """Compare page and terminal on five days, write the workbooks, and give all that was agreed on."""
        page = AgingPage(desk_over(book, self._world, self._tasks), AS_OF)
        self._qtbot.addWidget(page)
        page.show()
        agreed = []
        for request, options in asked_on(days):
            asked = ("--book", book.location, "--as-of", request.as_of.isoformat(), *options)
            said = sorted(said_by_terminal(say(self._world, "aging", *asked, "--json").document))
            page.show_request(request)
            self._qtbot.waitUntil(self._tasks.is_idle)
            assert sorted(shown_on_page(page)) == said, request
            path = self._folder / f"{len(self._written)}.xlsx"
            assert say(self._world, "report", "aging", *asked, "--out", str(path)).code == 0
            self._written.append((path, said))
            agreed += said
        page.close()
        return agreed

    def calculate(self) -> None:
        """Let LibreOffice calculate the workbooks anew where it is, and compare them with what was agreed on."""
        paths = [path for path, _ in self._written]
        if shutil.which("soffice") or shutil.which("libreoffice"):
            books = Office(self._folder).all_calculated(paths)
        else:
            books = [load_workbook(path, data_only=True) for path in paths]
        for book, (path, said) in zip(books, self._written, strict=True):
            assert sorted(written_in(book)) == said, path
            assert book["Checks"]["H3"].value is True


def test_they_agree_on_a_sample_book_and_on_a_real_ledger(
    qtbot: QtBot, world: World, tasks: Tasks, file_book: Book, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    prover = Prover(qtbot, world, tasks, tmp_path)
    sample = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=300, as_of=AS_OF).book
    days = (AS_OF, date(2026, 10, 31), date(2026, 8, 15), date(2025, 12, 31), AS_OF)
    agreed = prover.compare(sample, days)
    assert len({currency for _, currency, _ in agreed}) > 2
    assert any(figures[-2] for _, _, figures in agreed), "something is unapplied"
    try:
        real = request.getfixturevalue("shared") / "data" / "ibm-receivables" / "invoices.csv"
        bring_in(file_book, world, real, mapping=MAPPING)
        days = (date(2012, 12, 31), date(2012, 6, 30), date(2013, 3, 15), date(2012, 2, 29), date(2013, 10, 1))
        found = [(name, figures[-1]) for name, _, figures in prover.compare(file_book, days)]
        assert ("Total", Decimal("5725.06")) in found
    finally:  # where there is no real ledger, the sample book is compared all the same
        prover.calculate()
        sample.close()
