"""The clerk looks through what a run proposes, decides letter by letter, and finds why an invoice is in none."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from actions.dunning.dunned import write
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import FootLine, Said
from duedesk.desk.pages.dunning.bar import HOLDS, LEFT_OUT
from duedesk.desk.pages.dunning.decision_panel import DecisionPanel
from duedesk.desk.pages.dunning.issue_panel import IssuedPanel, IssuePanel
from duedesk.desk.pages.dunning.item_lines import ItemLines
from duedesk.desk.pages.dunning.page import DunningPage
from duedesk.store.queries.letters.issued import issued_letters, letter_items


def texts(page: DunningPage) -> list[tuple[str, ...]]:
    rows = map(page.letters.records.row, range(page.letters.records.rowCount()))
    return [row.texts for row in rows if row is not None]


def give(page: DunningPage, key: str, settled: Settled) -> None:
    next(one for one in page.commands() if key in {*one.keys, one.heard}).run()
    settled()


def test_letters_are_decided_one_by_one_and_taken_back(page: DunningPage, settled: Settled) -> None:
    feet: list[FootLine] = []
    said: list[Said] = []
    page.footed.connect(feet.append)
    page.said.connect(said.append)
    settled()

    assert [row[:2] for row in texts(page)] == [("Acme Ltd", "0 → 1"), ("Bolt Ltd", "0 → 1")]
    assert feet[-1].totals == ("1,565.00 EUR",)

    page.letters.selectRow(1)
    give(page, "Del", settled)
    assert texts(page)[1][-1] == "Taken out"
    assert (feet[-1].shown, feet[-1].totals) == ("1 letter, 1 taken out", ("1,062.50 EUR",))

    give(page, "P", settled)
    panel = page.side.panel
    assert isinstance(panel, DecisionPanel)
    panel.words.setPlainText("Ms Bolt is on holiday")
    panel.do()
    settled()
    assert texts(page)[1][-1] == "Postponed to 27 Feb 2026: Ms Bolt is on holiday"

    page.letters.selectRow(0)
    give(page, "M", settled)
    assert said[-1].sentence == "No address for mail is known of Acme Ltd."

    give(page, "U", settled)
    give(page, "U", settled)
    assert [len(row) for row in texts(page)] == [len(page.letters.records.columns)] * 2
    assert feet[-1].totals == ("1,565.00 EUR",)


def test_what_is_issued_is_said_before_and_what_dropped_out_after(
    page: DunningPage, workspace: Workspace, settled: Settled
) -> None:
    settled()
    give(page, "Ctrl+Return", settled)
    panel = page.side.panel
    assert isinstance(panel, IssuePanel)
    assert panel.title.text() == "Issue 2 letters"
    assert "2 letters: 1,565.00 EUR" in [label.text() for label in panel.findChildren(QLabel)]

    write(workspace, lambda build: build.pay(4, "500", on="2026-02-19", account=2))  # meanwhile, by somebody else
    panel.do()
    settled()

    after = page.side.panel
    assert isinstance(after, IssuedPanel)
    told = [label.text() for label in after.findChildren(QLabel)]
    assert "DL-2026-00001" in told
    assert told[told.index("B-1") + 1] == "Nothing of it is owed any more."
    assert page.letters.lines == ()


def test_the_letter_in_hand_is_shown_on_its_sheets(page: DunningPage, settled: Settled) -> None:
    settled()
    give(page, "L", settled)

    assert page.card.head.account.text() == "Acme Ltd"
    assert page.card.sheets.sheets.sheet_count == 1
    assert page.card.sheets.sheets.is_complete
    assert "no letterhead" in page.card.head.remarks.text()


def test_why_an_invoice_is_in_no_letter_is_searched(page: DunningPage, settled: Settled) -> None:
    page.show_view(LEFT_OUT)
    page.bar.search.setText("nothing like it")
    page.stand_on(page.as_of.replace(month=3, day=5), None)
    settled()
    assert page.body.is_empty

    page.bar.search.setText("acme")
    page.show_view()
    settled()
    line = page.left_out.line
    assert line is not None
    assert (line.one.number, line.why) == ("I-3", "It is 2 days overdue; level 1 begins after 5.")


def test_holds_that_stand_are_listed_and_released(page: DunningPage, workspace: Workspace, settled: Settled) -> None:
    page.body.holds.resize(500, 300)  # before any hold was read
    write(workspace, lambda build: build.hold(on="2026-02-01", until="2026-12-31", invoice=4))
    page.stand_on(workspace.world.today(), None)
    page.show_view(HOLDS)
    settled()
    assert page.body.holds.hold is not None
    assert page.body.holds.hold.invoice == "B-1"
    for width, by_is_hidden in ((1300, False), (896, True)):  # the words need the room of a narrow page
        page.resize(width, 700)
        settled()
        assert page.body.holds.isColumnHidden(6) is by_is_hidden
        assert page.body.holds.columnWidth(4) >= 200

    give(page, "Del", settled)
    assert page.body.is_empty


def test_one_invoice_is_taken_out_and_a_fee_is_waived_for_a_reason(
    page: DunningPage, workspace: Workspace, qtbot: QtBot, settled: Settled
) -> None:
    with qtbot.waitActive(page):
        page.activateWindow()
    settled()
    assert page.bar.issue_button.isVisible()
    give(page, "V", settled)
    items = page.card.items
    assert isinstance(items, ItemLines)
    assert items.has_cursor
    QTest.keyClick(items.lines[0], Qt.Key.Key_Down)
    QTest.keyClick(items.lines[1], Qt.Key.Key_Space)
    settled()
    items = page.card.items
    assert isinstance(items, ItemLines)
    assert [one.pill.text for one in items.lines] == ["0 → 1", "Taken out"]
    assert items.lines[1].hasFocus()
    assert texts(page)[0][-1] == "1 of 2 invoices taken out"
    assert page.card.head.total.text() == "1,002.50 EUR"

    give(page, "W", settled)
    panel = page.side.panel
    assert isinstance(panel, DecisionPanel)
    assert not page.bar.issue_button.isVisible()
    panel.do()
    assert panel.fault == "A fee is waived for a reason. Say it in a few words."
    panel.words.setPlainText("Goodwill")
    panel.do()
    settled()
    assert texts(page)[0][-1] == "1 of 2 invoices taken out, charges nothing: Goodwill"
    assert page.card.head.total.text() == "1,000.00 EUR"

    give(page, "Ctrl+Return", settled)
    issuing = page.side.panel
    assert isinstance(issuing, IssuePanel)
    issuing.do()
    settled()
    acme, _ = workspace.ask(issued_letters)[::-1]
    assert (acme.fee, acme.total) == (Decimal(0), Decimal(1000))
    assert [one.number for one in workspace.ask(letter_items, [acme.key])[acme.key]] == ["I-1"]
