"""The pages of an account and of an invoice list the letters that were issued, and lead to each as it is kept."""

from typing import Any

from pytestqt.qtbot import QtBot

from desk.pages.issued.conftest import ISSUED
from desk.waiting import Settled
from duedesk.actions.dunning.cancelling import cancel_letter
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import Destination, ShowIssued
from duedesk.desk.page import Desk
from duedesk.desk.pages.account.page import AccountPage
from duedesk.desk.pages.issued.page import IssuedPage
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.records.letters_sheet import LETTERS
from duedesk.desk.records.page import OneRecordPage


def test_letters_stand_on_what_they_asked_for(
    page: IssuedPage, qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Settled
) -> None:
    settled()
    (line,) = (one for one in page.letters.rows if one.account == "Acme Ltd")
    cancel_letter(workspace, line.key, "Wrong")
    pages: tuple[OneRecordPage[Any], ...] = (AccountPage(desk, ISSUED), RecordPage(desk, ISSUED))
    for one in pages:
        qtbot.addWidget(one)
        one.show()
        one.show_record(1)
        settled()
        tab = one.tabs.called(LETTERS)
        (row,) = tab.sheet.rows
        assert row.texts == ("DL-2026-00001", "10 Mar 2026", "1", "1,102.50", "Print withdrawn", "Cancelled")
        went: list[Destination] = []
        one.navigated.connect(went.append)
        tab.table.row_opened.emit(0)
        assert went == [ShowIssued(letter=line.key)]
