"""Whatever names, words and references hold, every report has them as plain text: in cells, feet, names and CSV."""

import csv
import re
import zipfile
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from build import Builder
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import made_reports, produce
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.offered import ReportName
from duedesk.domain.world import World
from duedesk.exchange.files import file_stem
from duedesk.store.book import Book
from duedesk.store.tables.ledger import credit_memo, payment

TODAY = date(2026, 3, 31)
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "\t=1+1",
    "a\tb\nc\rd",
    "＝1+1",
    "'=1+1",
    "x" * 40_000,
    "👍 &P &D &[Tab] &\"Arial\" &&",
    "شركة الواحة للتجارة",
    "\u202egnirts\u202c",
    "[]:*?/\\ _x0041_ <b>&amp;</b>",
    "\x01\x0b]]>",
    "History",
)  # fmt: skip
_COMMAND = re.compile(r"^(?:[^&]|&&|&[LR]|&\"[^\"]*\"|&\d+ ?|&K[0-9A-F]{6})*(?:&P[^&]*&N)?\Z", re.DOTALL)
"""A foot in which nothing is a command but where it stands, its type, and the number of the page."""

_CALLED_SHEET = re.compile(r"'(?:[^']|'')*'!")


def _fill(build: Builder) -> None:
    """An account of each name with an invoice, a payment, a credit, a dispute, and the name in all that is said."""
    connection = build.connection
    for at, name in enumerate(HOSTILE):
        number = f"{name[:40]}{at}"
        key = build.account(name, number, build.owner(f"{name} {at}"))
        one = build.invoice(number, key, "100", on="2026-03-01", due="2026-03-05")
        build.line(one, "100", name=name)
        paid = build.payment(key, "40", on="2026-03-09", number=number)
        build.apply(one, "10", on="2026-03-10", account=key, payment=paid)
        memo = build.credit_memo(key, "5", on="2026-03-11", number=number)
        build.dispute(one, "20", on="2026-03-12", reason=name[:255])
        for table, row, values in (
            (payment, paid, {"gateway_ref_number": name, "comments": name}),
            (credit_memo, memo, {"reason_code": name, "description": name}),
        ):
            connection.execute(table.update().where(table.c.id == row).values(**values))
    build.settle()


def test_every_report_has_hostile_names_as_plain_text(tmp_path: Path, file_book: Book, world: World) -> None:
    with file_book.writing() as connection:
        _fill(Builder(connection))
    workspace = Workspace(file_book, world)
    for report in made_reports():
        said = {"as-of": TODAY.isoformat()}
        if report.parameter("period") is not None:
            said |= {"period": "2026-03"} | ({"kind": "activity"} if report.name is ReportName.STATEMENT else {})
        if report.name is ReportName.OPEN_ITEMS:
            said["one-sheet-per"] = "owner"
        request = request_of(report, said, TODAY)
        place = tmp_path / f"{report.name}.xlsx"
        assert produce(workspace, request, place).holds, report.name
        _check_workbook(place)
        produce(workspace, request, place.with_suffix(".csv"))
        with place.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        risky = {cell[:40] for cell in cells if re.match(r"[\s\0]*[=+\-@\t\r＝]", cell)}
        assert {one for one in risky if not re.fullmatch(r"-?\d+(\.\d+)?", one)} == set(), report.name
        assert any("شركة الواحة" in cell for cell in cells) or report.name in _WITHOUT_NAMES, report.name


_WITHOUT_NAMES = {ReportName.METRICS, ReportName.FORECAST, ReportName.DUNNING_LOG}


def _check_workbook(place: Path) -> None:
    book: Workbook = load_workbook(place)
    with zipfile.ZipFile(place) as package:
        names = [*package.namelist(), *book.defined_names]
    assert not any("cmd" in name or "&" in name for name in names)
    for sheet in book.worksheets:
        assert len(sheet.title.encode("utf-16-le")) <= 62
        assert not re.search(r"[\[\]:*?/\\\x00-\x1f]", sheet.title)
        foot = str(sheet.HeaderFooter.oddFooter)
        assert len(foot) <= 255
        assert _COMMAND.match(foot), foot
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert len(cell.value) <= 32_767
                    called = _CALLED_SHEET.sub("", cell.value)  # a formula may call a sheet by its name, in quotes
                    assert cell.data_type == "s" or not any(one in called for one in ("cmd", "2+3")), cell.value
    assert "cmd" not in f"{book.properties.title}{book.properties.subject}"


def test_names_of_files_say_who_it_is_and_nothing_else() -> None:
    stems = [file_stem("N1", name) for name in HOSTILE]
    assert not any(re.search(r"[^\w\-.()+ ]", stem) for stem in stems), stems
    assert max(len(stem.encode()) for stem in stems) < 200
