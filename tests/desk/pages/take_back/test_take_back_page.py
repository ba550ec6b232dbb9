"""The page that takes a workbook back: the real workbook of open items, filled in, shown, taken over, undone."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.take_back.page import TakeBackPage
from duedesk.domain.reports.taking_back import COMMENT, DISPUTE_REASON, PROMISED_FOR
from duedesk.store.queries.records.feed import feed


def _filled_in(workspace: Workspace, path: Path, typed: dict[tuple[str, str], str | date]) -> str:
    """The workbook of open items as finance gives it back."""
    produce(workspace, request_of(report_named("open-items"), {}, AS_OF), path)
    book = load_workbook(path)
    sheet = book["Items"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=40)]
    head = next(row for row in rows if COMMENT in row)
    numbers = {row[head.index("Number")]: place for place, row in enumerate(rows, 1)}
    for (number, heading), value in typed.items():
        sheet.cell(numbers[number], head.index(heading) + 1, value)
    book.save(path)
    return str(path)


def test_a_workbook_is_shown_taken_over_and_given_back(
    qtbot: QtBot, desk: Desk, small: Small, settled: Settled, tmp_path: Path
) -> None:
    typed: dict[tuple[str, str], str | date] = {
        ("INV-001", COMMENT): "Boss is back on Monday",
        ("INV-001", PROMISED_FOR): date(2026, 12, 4),
        ("INV-003", DISPUTE_REASON): "Quality",
        ("INV-004", PROMISED_FOR): "soon",
    }
    file = _filled_in(desk.workspace, tmp_path / "open.xlsx", typed)
    page = TakeBackPage(desk, AS_OF)
    qtbot.addWidget(page)
    page.resize(1200, 700)
    page.show()
    assert page.body.says.startswith("Take back a workbook")
    page.take(file)
    settled()
    shown = [line.texts for line in page.body.lines]
    assert [texts[6] for texts in shown] == ["Cannot be read", *["Take over"] * 3]
    assert shown[0][7].startswith("“soon” is no date.")
    assert page.bar.take_button.text() == "Take over 1 comment, 1 promise, 1 dispute"
    assert page.body.whole.text().startswith("Promised for\nCannot be read: “soon” is no date.")
    page.body.table.selectRow(1)
    assert page.body.whole.text() == "INV-001 · Tromsø Fisk AS · Comment\nIn the workbook: Boss is back on Monday"
    page.body.table.selectRow(3)
    page.toggle()
    assert page.body.lines[3].texts[6] == "Left out"
    page.take_over()
    settled()
    assert [line.texts[6] for line in page.body.lines[1:]] == ["Taken over", "Taken over", "Left out"]
    assert not page.bar.take_button.isEnabled()
    assert [post.text for post in desk.workspace.ask(feed, small.late)] == ["Boss is back on Monday"]

    plan = undo_plan(desk.workspace)
    assert plan is not None
    assert plan.sentence == "Give back what was taken over: 1 note taken away, 1 promise withdrawn."
    page.refresh(undo(desk.workspace, plan))
    settled()
    page.bar.meanwhile.setChecked(True)
    assert page.bar.take_button.text() == "Take over 1 comment, 1 promise", "one row is still left out"
    page.bar.meanwhile.setChecked(False)
    assert page.commands()[1].barred() == "nothing of it is to be taken over"
    page.take_over()
    assert not page.bar.take_button.isEnabled()
    none = tmp_path / "none.xlsx"
    none.write_bytes(b"PK\x03\x04nothing")
    page.take(str(none))
    settled()
    assert page.body.says.startswith("none.xlsx is an Excel file or another zip, and damaged.")
