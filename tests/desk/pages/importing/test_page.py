"""The clerk sees what files would bring, answers what is in doubt, takes them in, and goes on to the invoices."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desk.pages.importing.bills import GOOD, IN_DOUBT, WITH_A_BAD_ROW
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks, Ticket
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.pages.importing.page import ImportPage
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists import listing

Write = Callable[..., str]
Settle = Callable[[], None]


def test_an_import_begins_with_an_invitation(page: ImportPage) -> None:
    page.take(())

    assert page.findings.says.startswith("Drop files here, or choose them.")
    assert page.outlook.isHidden()
    assert page.bar.import_button.isHidden()


def test_what_would_come_in_is_shown_and_nothing_is_written(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace
) -> None:
    page.take((file(GOOD),))
    settled()

    assert page.outcome is not None
    assert {(count.what, count.new) for count in page.outcome.counts} >= {("Accounts", 2), ("Invoices", 3)}
    assert page.outcome.sums == (("EUR", Decimal("2030.50")), ("USD", Decimal("640.20")))
    assert page.findings.says.startswith("Nothing stands in the way.")
    assert page.bar.import_button.isEnabled()
    assert _invoices(workspace) == 0


def test_an_import_leads_on_to_the_invoices(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace, qtbot: QtBot
) -> None:
    page.take((file(GOOD),))
    settled()
    page.bar.import_button.click()
    settled()

    assert _invoices(workspace) == 3
    assert "3 invoices" in page.findings.says
    with qtbot.waitSignal(page.navigated) as went:
        _button(page, "Show the invoices").click()
    assert went.args == [ShowInvoices()]


def test_the_same_file_twice_is_said_and_changes_nothing(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace
) -> None:
    path = file(GOOD)
    page.take((path,))
    settled()
    page.import_all()
    settled()

    page.take((path,))
    settled()

    assert page.findings.says.startswith("Nothing new: the book holds all of this already.")
    assert not page.bar.import_button.isEnabled()
    assert _invoices(workspace) == 3


def test_a_file_that_is_no_table_is_refused_in_words(page: ImportPage, file: Write, settled: Settle) -> None:
    page.take((file("", "empty.csv"),))
    settled()

    assert not page.bar.import_button.isEnabled()
    assert not page.bar.skip_button.isVisible()
    assert "empty" in _said(page)


def test_a_file_that_is_gone_is_said(page: ImportPage, settled: Settle, tmp_path: Path) -> None:
    page.take((str(tmp_path / "gone.csv"),))
    settled()

    assert "gone.csv" in _said(page)


def test_a_bad_row_keeps_all_out_until_it_is_left_out(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace, tmp_path: Path
) -> None:
    page.take((file(WITH_A_BAD_ROW),))
    settled()

    assert page.findings.list.title == "1 error"
    assert not page.bar.import_button.isEnabled()
    assert page.bar.skip_button.text() == "Import without the 1 bad row"

    page.bar.skip_button.click()
    settled()

    assert _invoices(workspace) == 3
    assert "1 row left out" in page.findings.says
    assert "a lot" in (tmp_path / "bills-rejected.csv").read_text(encoding="utf-8-sig")


def test_a_question_is_answered_by_a_choice(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace
) -> None:
    page.take((file(IN_DOUBT),))
    settled()
    assert page.outcome is not None
    assert not page.bar.import_button.isEnabled()
    block = next(one for one in page.findings.blocks if one.asked.option is not None)

    next(one for one in block.buttons if one.text().startswith("Day first")).click()
    settled()

    assert page.request.answers == (("dates", "day-first"),)
    page.import_all()
    settled()
    rows = workspace.ask(listing.totals, Filter(page.as_of))
    assert [(one.currency, one.balance) for one in rows] == [("EUR", Decimal("1250.40"))]


def test_an_error_that_an_answer_mends_offers_it(page: ImportPage, file: Write, settled: Settle) -> None:
    page.take((file(f"{GOOD}INV-5,C-2,Delmar Foods,2026-10-06,2026-11-05,USD,0.00\n"),))
    settled()
    shown = page.findings.list
    assert "--" not in shown.remedy

    shown.buttons[0].click()
    settled()

    assert page.request.answers == (("zero_totals", "accept"),)
    assert page.bar.import_button.isEnabled()


def test_an_encoding_is_asked_with_a_preview(page: ImportPage, file: Write, settled: Settle) -> None:
    page.take((file(GOOD, encoding="cp1252"),))
    settled()

    block = page.findings.blocks[0]
    assert "Société" in block.asked.problem.text
    block.buttons[0].click()
    settled()

    assert page.outcome is not None
    assert page.outcome.can_import


def test_an_answer_can_be_taken_back(page: ImportPage, file: Write, settled: Settle) -> None:
    page.take((file(IN_DOUBT),))
    settled()
    page.answer("dates", "day-first")
    settled()

    page.bar.answer_removed.emit("dates")
    settled()

    assert page.request.answers == ()
    assert page.findings.blocks


def test_a_stopped_import_leaves_the_book_as_it_was(
    page: ImportPage, file: Write, settled: Settle, workspace: Workspace, tasks: Tasks
) -> None:
    page.take((file(GOOD),))
    settled()

    def stop_at_once(ticket: Ticket) -> None:
        if ticket.title == "Importing":
            ticket.cancel()

    tasks.started.connect(stop_at_once)
    page.import_all()
    settled()

    assert _invoices(workspace) == 0
    assert page.findings.says == "Stopped; nothing was changed."
    _button(page, "Read again").click()
    settled()
    assert page.bar.import_button.isEnabled()


def test_a_mapping_says_which_column_is_which(page: ImportPage, file: Write, settled: Settle) -> None:
    data = file("who,no,when,how much\nDelmar Foods,17,2026-10-05,640.20\n", "odd.csv")
    mapping = file(
        """[source]
currency = "USD"
[account]
Name = "who"
[invoice]
DocumentNumber = "no"
InvoiceDate = "when"
TotalAmountWithTax = "how much"
""",
        "odd.toml",
    )
    page.take((data,))
    settled()
    assert not page.bar.import_button.isEnabled()

    page.set_mapping(mapping)
    settled()

    assert page.outcome is not None
    assert page.outcome.sums == (("USD", Decimal("640.20")),)
    assert _button(page, "Mapping: odd.toml  ×") is not None


def test_dropped_files_are_one_import(page: ImportPage, file: Write, settled: Settle) -> None:
    first = file(GOOD)
    second = file(GOOD.replace("INV-", "B-"), "<b>more & more.csv")
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(first), QUrl.fromLocalFile(second), QUrl("https://duedesk.example/x.csv")])

    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            held,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    settled()

    assert page.request.files == (first, second)
    assert page.outcome is not None
    assert page.outcome.sums[0] == ("EUR", Decimal("4061.00"))


def test_a_file_is_taken_out_again(page: ImportPage, file: Write, settled: Settle) -> None:
    first, second = file(GOOD), file(GOOD.replace("INV-", "B-"), "more.csv")
    page.take((first, second))
    settled()

    page.outlook.file_removed.emit(second)
    settled()

    assert page.request.files == (first,)
    assert page.outcome is not None
    assert page.outcome.sums[0] == ("EUR", Decimal("2030.50"))


def _invoices(workspace: Workspace) -> int:
    return sum(one.count for one in workspace.ask(listing.totals, Filter(date(2026, 11, 23))))


def _button(page: ImportPage, text: str) -> QPushButton:
    return [one for one in page.findChildren(QPushButton) if one.text() == text][-1]


def _said(page: ImportPage) -> str:
    problems = () if page.outcome is None else page.outcome.problems
    return " ".join([page.findings.says, *(problem.text for problem in problems)])
