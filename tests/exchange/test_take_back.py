"""What was typed into a workbook is read whatever a spreadsheet program made of it: moved, sorted, saved otherwise."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from duedesk.domain.taking_back import COMMENT, DISPUTE_REASON, MARKED, PROMISED_AMOUNT, PROMISED_FOR, Typed
from duedesk.exchange.dates import DateStyle
from duedesk.exchange.take_back import read_typed
from duedesk.exchange.typed_cells import Reading
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import Making
from exchange.workbooks.ledgers import MADE, aging_of, request, small
from exchange.workbooks.office import Office


def _read(path: Path) -> Typed:
    return read_typed(path, Reading(date(2030, 1, 1), DateStyle()), lambda: None)


def test_an_aging_filled_in_and_saved_by_libreoffice_is_read(tmp_path: Path) -> None:
    asked = request()
    items = small(asked)
    path = tmp_path / "aging.xlsx"
    write_aging_workbook(path, aging_of(asked, items), iter(items), making=Making("main.duedesk", MADE))
    assert _read(path) == Typed("aging.xlsx", (), (), MADE, len(items)), "nothing was typed yet"

    book = load_workbook(path)
    sheet = book["Detail"]
    head = [cell.value for cell in sheet[1]]
    assert head[-5:] == [*MARKED, "Line"]
    first, second = (row for row in (2, 3))
    numbers = [str(sheet.cell(row, head.index("Number") + 1).value) for row in (first, second)]
    sheet.cell(first, head.index(COMMENT) + 1, "Ruft am Montag an\nzweite Zeile")
    sheet.cell(first, head.index(PROMISED_FOR) + 1, date(2026, 12, 4))
    sheet.cell(first, head.index(PROMISED_AMOUNT) + 1, Decimal("10.5"))
    sheet.cell(second, head.index(DISPUTE_REASON) + 1, "Quality")
    sheet.cell(second, head.index(PROMISED_FOR) + 1, "04/05/2026")
    sheet.delete_rows(4)
    sheet.insert_rows(1, 2)
    sheet.insert_cols(1)
    sheet.title = "For Ms Ferreira"
    del book["Aging"]
    book.save(tmp_path / "edited.xlsx")
    Office(tmp_path).convert(tmp_path / "edited.xlsx", "xlsx", tmp_path / "saved")

    typed = _read(tmp_path / "saved" / "edited.xlsx")
    assert typed.made_at == MADE
    assert [(one.number, one.comment, one.day, one.amount, one.reason) for one in typed.rows] == [
        (numbers[0], "Ruft am Montag an\nzweite Zeile", date(2026, 12, 4), Decimal("10.5"), ""),
        (numbers[1], "", None, None, "Quality"),
    ]
    (problem,) = typed.problems
    assert (problem.file, problem.row, problem.column) == ("edited.xlsx, sheet For Ms Ferreira", 5, PROMISED_FOR)
    assert "may be" in problem.text
