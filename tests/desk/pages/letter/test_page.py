"""The clerk looks at a reminder before it goes out, prints it, saves it, and writes down who sends it."""

from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.navigation import GoBack
from duedesk.desk.pages.letter.page import LetterPage
from duedesk.desk.printing import print_letter, printer_for
from duedesk.documents.letter import Letterhead, Paper
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Cancelled

A4, US_LETTER = (595, 842), (612, 792)


class Book:
    """The keys of the accounts in the small book of this folder."""

    key: int
    punctual: int
    many: int


def test_the_letter_is_previewed_with_what_it_asks_for(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()

    assert page.facts.totals() == ("2,030.50 EUR",)
    assert page.preview.sheets.sheet_count == 1
    assert page.preview.sheets.is_complete
    assert page.bar.has_letter


def test_what_should_be_known_before_it_goes_out_is_said(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()

    assert page.facts.remarks() == (
        "The book has no letterhead: the letter names no sender and no bank account.",
        "Société Lenoir has no postal address.",
    )


def test_nothing_overdue_is_said_and_leads_back(page: LetterPage, lenoir: Book, settled: Any, qtbot: QtBot) -> None:
    page.show_account(lenoir.punctual)
    settled()

    assert page.preview.is_reason
    assert not page.bar.has_letter
    assert page.side.isHidden()
    back = next(one for one in page.preview.reason.findChildren(QPushButton) if one.text() == "Back")
    with qtbot.waitSignal(page.navigated) as went:
        back.click()
    assert went.args == [GoBack()]


def test_another_day_is_another_letter(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()

    page.stand_on(date(2026, 10, 20), None)
    settled()

    assert page.facts.totals() == ("1,250.40 EUR",)


def test_the_letter_of_one_account_is_not_printed_for_another(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()

    page.show_account(lenoir.many)

    assert not page.bar.has_letter
    settled()
    assert page.prepared is not None
    assert page.prepared.letter.account == "Ben & Sons Haulage"


def test_the_sheet_is_chosen_and_remembered(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.bar.choose(Paper.US_LETTER)
    page.show_account(lenoir.key)
    settled()

    assert page.prepared is not None
    assert [(round(w), round(h)) for w, h in page.prepared.sizes] == [US_LETTER]
    assert page.desk.settings is not None
    assert page.desk.settings.words("letter/paper") == ("us-letter",)


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, A4), (Paper.US_LETTER, US_LETTER)])
def test_the_printer_gets_every_page_on_its_sheet(
    page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path, paper: Paper, size: tuple[int, int]
) -> None:
    page.bar.choose(paper)
    page.show_account(lenoir.many)
    settled()
    assert page.prepared is not None
    printer = _printer_into(tmp_path / "printed.pdf", paper)

    page.output.print(page.prepared, printer)
    settled()

    sizes = _page_sizes(tmp_path / "printed.pdf")
    assert len(sizes) == len(page.prepared.sizes) > 1
    assert set(sizes) == {size}
    assert page.facts.said == f"Printed, {len(sizes)} pages."


def test_a_page_is_printed_where_it_is_on_screen(page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path) -> None:
    page.show_account(lenoir.key)
    settled()
    assert page.prepared is not None
    page.output.print(page.prepared, _printer_into(tmp_path / "printed.pdf", Paper.A4))
    settled()

    shown = _ink(page.prepared.letter.pdf)
    printed = _ink((tmp_path / "printed.pdf").read_bytes())

    assert printed == pytest.approx(shown, abs=1.5)


def test_a_range_of_pages_is_printed(page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path) -> None:
    page.show_account(lenoir.many)
    settled()
    assert page.prepared is not None
    printer = _printer_into(tmp_path / "printed.pdf", Paper.A4)
    printer.setFromTo(2, 2)

    page.output.print(page.prepared, printer)
    settled()

    assert len(_page_sizes(tmp_path / "printed.pdf")) == 1


def test_printing_can_be_stopped(page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path) -> None:
    page.show_account(lenoir.many)
    settled()
    assert page.prepared is not None
    stopped = Progress(report=lambda *_: None, is_cancelled=lambda: True)

    with pytest.raises(Cancelled):
        print_letter(_printer_into(tmp_path / "printed.pdf", Paper.A4), page.prepared.letter.pdf, stopped)


@pytest.mark.qt_log_ignore("This plugin does not support", "QPainter::begin")
def test_a_printer_that_refuses_is_said(page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path) -> None:
    page.show_account(lenoir.key)
    settled()
    assert page.prepared is not None

    page.output.print(page.prepared, _printer_into(tmp_path / "no such folder" / "printed.pdf", Paper.A4))
    settled()

    assert page.facts.said == "The printer does not take the letter. Choose another printer, or save the PDF."


def test_ctrl_p_opens_the_print_dialog(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()
    commands = {command.keys: command for command in page.commands()}

    commands[("Ctrl+P",)].run()

    dialog = next(iter(page.findChildren(QPrintDialog)))
    assert dialog.isVisible()
    dialog.reject()


def test_what_is_saved_is_what_is_shown(
    page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[str] = []

    def choose(parent: object, title: str, name: str, kinds: str) -> tuple[str, str]:
        offered.append(name)
        return str(tmp_path / "reminder"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    page.show_account(lenoir.key)
    settled()
    page.save_letter()
    settled()

    assert page.prepared is not None
    assert offered == ["C-10482-Société-Lenoir-reminder-2026-11-23.pdf"]
    assert (tmp_path / "reminder.pdf").read_bytes() == page.prepared.letter.pdf
    assert page.facts.said == "Saved as reminder.pdf."


def test_a_folder_that_is_gone_is_said(page: LetterPage, lenoir: Book, settled: Any, tmp_path: Path) -> None:
    page.show_account(lenoir.key)
    settled()
    assert page.prepared is not None

    page.output.save(page.prepared, tmp_path / "gone" / "reminder.pdf")
    settled()

    assert page.facts.said.startswith("There is no folder")


def test_the_letterhead_is_written_down_and_shown_at_once(
    page: LetterPage, lenoir: Book, settled: Any, workspace: Workspace
) -> None:
    page.show_account(lenoir.key)
    settled()
    assert page.prepared is not None
    before = page.prepared.letter.pdf

    page.edit_letterhead()
    settled()
    page.form.name.setText("Brookwell Capital")
    page.form.address.setPlainText("14 Quay Street\n\nBristol BS1 4DJ")
    page.form.bank.setPlainText("IBAN DE89 3704 0044 0532 0130 00")
    page.form.save_button.click()
    settled()

    assert letterhead(workspace.book) == Letterhead(
        name="Brookwell Capital",
        address_lines=("14 Quay Street", "Bristol BS1 4DJ"),
        bank_lines=("IBAN DE89 3704 0044 0532 0130 00",),
    )
    assert page.side.currentWidget() is page.facts
    assert page.prepared is not None
    assert page.prepared.letter.pdf != before
    assert page.facts.remarks() == ("Société Lenoir has no postal address.",)


def test_too_much_for_a_letterhead_is_said_and_stays_typed(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    page.edit_letterhead()
    settled()
    page.form.address.setPlainText("\n".join(f"line {number}" for number in range(9)))
    page.form.save_button.click()
    settled()

    assert page.side.currentWidget() is page.form
    assert len(page.form.letterhead().address_lines) == 9
    assert page.form.save_button.isEnabled()
    assert page.form.fault == "The letterhead has room for 6 lines of address, not for 9."


def test_esc_leaves_the_letterhead_as_it_was(
    page: LetterPage, lenoir: Book, settled: Any, workspace: Workspace
) -> None:
    page.show_account(lenoir.key)
    page.edit_letterhead()
    settled()
    QTest.keyClicks(page.form.name, "Nobody")
    QTest.keyClick(page.form.name, Qt.Key.Key_Escape)

    assert page.side.currentWidget() is page.facts
    assert letterhead(workspace.book) == Letterhead()


def test_a_payment_elsewhere_changes_the_letter(page: LetterPage, lenoir: Book, settled: Any) -> None:
    page.show_account(lenoir.key)
    settled()
    first = page.prepared

    page.refresh(Changes(frozenset({"Promise"})))
    assert page.prepared is first
    page.refresh(Changes(frozenset({"Payment"})))
    settled()

    assert page.prepared is not None
    assert page.prepared is not first


def _printer_into(path: Path, paper: Paper) -> QPrinter:
    printer = printer_for(paper, "reminder")
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def _page_sizes(path: Path) -> list[tuple[int, int]]:
    document: Any = pypdfium2.PdfDocument(path)
    sizes = [document.get_page_size(place) for place in range(len(document))]
    document.close()
    return [(round(width), round(height)) for width, height in sizes]


def _ink(pdf: bytes) -> tuple[int, int, int, int]:
    """Give left, top, right and bottom of what is printed on the first page, in points."""
    document: Any = pypdfium2.PdfDocument(pdf)
    bitmap = document[0].render(scale=1, grayscale=True)
    image = QImage(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_Grayscale8)
    dark = [
        (across, down)
        for down in range(image.height())
        for across in range(image.width())
        if image.pixelColor(across, down).lightness() < 235
    ]
    document.close()
    return (
        min(across for across, _ in dark),
        min(down for _, down in dark),
        max(across for across, _ in dark),
        max(down for _, down in dark),
    )
