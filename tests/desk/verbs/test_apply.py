"""Two lists and one sum: it says by how much the sides differ, and Apply waits until they meet."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from duedesk.desk.page import Desk
from duedesk.desk.verbs.apply import ApplyPanel
from duedesk.desk.verbs.apply_lists import ApplyLists
from duedesk.desk.verbs.applying import ApplyAsked, ApplyOffer
from duedesk.desk.widgets.edit_table import EditTable
from duedesk.domain.pairing import Pair
from duedesk.store.queries.records.account_items import OpenInvoice, SourceItem

DAY = date(2026, 11, 23)


def money(key: int, rest: str, kind: str = "Payment") -> SourceItem:
    name = "CreditMemo" if kind != "Payment" else "Payment"
    return SourceItem(name, key, kind, f"P-{key}", DAY, "EUR", Decimal(rest), Decimal(rest))


def bill(key: int, balance: str) -> OpenInvoice:
    return OpenInvoice(key, f"I-{key}", DAY, DAY, 0, "EUR", Decimal(balance), Decimal(balance))


OFFER = ApplyOffer("Acme", "EUR", (money(1, "100"), money(2, "50", "Credit memo")), (bill(7, "60"), bill(8, "70")))


@pytest.fixture
def panel(qtbot: QtBot, desk: Desk) -> ApplyPanel:
    return made(qtbot, desk, OFFER)


def made(qtbot: QtBot, desk: Desk, offer: ApplyOffer) -> ApplyPanel:
    panel = ApplyPanel(offer, ApplyLists(desk.look, desk.tasks, offer), DAY, lambda: DAY)
    qtbot.addWidget(panel)
    panel.resize(900, 400)
    panel.show()
    return panel


def type_amount(table: EditTable, row: int, text: str) -> None:
    table.begin(row)
    QTest.keyClicks(table, text[0])
    editor = table.editor
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, text[1:])
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_apply_waits_until_the_sides_meet(panel: ApplyPanel) -> None:
    assert not panel.do_button.isEnabled()

    type_amount(panel.lists.sources, 0, "60")
    assert (panel.sum.text(), panel.sum_says.text()) == ("60.00 EUR", "still to be put on invoices")
    assert not panel.do_button.isEnabled()

    type_amount(panel.lists.invoices, 0, "70")
    assert (panel.sum.text(), panel.sum_says.text()) == ("10.00 EUR", "On I-7 only 60.00 EUR is open.")
    type_amount(panel.lists.invoices, 0, "60.00")
    assert panel.sum.text() == "0.00 EUR"
    assert panel.do_button.isEnabled()


def test_enter_goes_down_and_typing_goes_on(panel: ApplyPanel) -> None:
    type_amount(panel.lists.invoices, 0, "10")

    assert panel.lists.invoices.currentIndex().row() == 1


def test_parts_are_asked_for(qtbot: QtBot, panel: ApplyPanel) -> None:
    type_amount(panel.lists.sources, 0, "100")
    type_amount(panel.lists.invoices, 0, "60")
    type_amount(panel.lists.invoices, 1, "40")

    with qtbot.waitSignal(panel.asked) as asked:
        QTest.keyClick(panel.lists.invoices, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    assert asked.args == [ApplyAsked((Pair(("Payment", 1), 7, Decimal(60)), Pair(("Payment", 1), 8, Decimal(40))), DAY)]


def test_oldest_first_fills_both_sides(panel: ApplyPanel) -> None:
    next(command for command in panel.commands() if "F8" in command.keys).run()

    assert panel.lists.used == (Decimal(100), Decimal(30))
    assert panel.lists.paid == (Decimal(60), Decimal(70))
    assert panel.do_button.isEnabled()


def test_oldest_first_spends_what_stands_at_the_left(panel: ApplyPanel) -> None:
    type_amount(panel.lists.sources, 1, "50")
    panel.fill_oldest_first()

    assert panel.lists.used == (Decimal(0), Decimal(50))
    assert panel.lists.paid == (Decimal(50), Decimal(0))


def test_delete_empties_an_amount(panel: ApplyPanel) -> None:
    panel.fill_oldest_first()
    panel.lists.invoices.begin(1)
    QTest.keyClick(panel.lists.invoices, Qt.Key.Key_Delete)

    assert panel.lists.paid == (Decimal(60), Decimal(0))
    assert panel.sum_says.text() == "still to be put on invoices"
    panel.clear()
    assert panel.sum_says.text() == "nothing is applied yet"


def test_more_on_invoices_than_is_used(panel: ApplyPanel) -> None:
    type_amount(panel.lists.invoices, 0, "60")

    assert panel.sum_says.text() == "more on invoices than is used"
    assert panel.sum_says.property("role") == "overdue"


def test_what_the_reader_came_from_is_proposed(qtbot: QtBot, desk: Desk) -> None:
    from_memo = made(qtbot, desk, replace(OFFER, source=("CreditMemo", 2)))
    from_bill = made(qtbot, desk, replace(OFFER, invoice=8))

    assert (from_memo.lists.used, from_memo.lists.paid) == ((Decimal(0), Decimal(50)), (Decimal(50), Decimal(0)))
    assert (from_bill.lists.used, from_bill.lists.paid) == ((Decimal(70), Decimal(0)), (Decimal(0), Decimal(70)))
    assert not from_bill.has_input()


def test_the_lists_have_names_for_who_cannot_see_them(panel: ApplyPanel) -> None:
    assert panel.lists.sources.accessibleName() == "Payments and credits that are not applied"
    assert panel.lists.invoices.accessibleName() == "Open invoices"
    assert panel.day.accessibleName() == "Applied on"
