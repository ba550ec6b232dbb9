"""Which figure of a page is in hand, by the cell that is chosen in its tables; it knows no page and asks nothing."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from duedesk.desk.navigation import Destination, ShowCreditMemo, ShowInvoice, ShowPayment, Stand
from duedesk.desk.page import Page
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.records.tabs import Tab
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.aging import AgingRequest
from duedesk.domain.explaining.figures import EXPLAINED, AgingFigure, Figure, ListFigure, RecordFigure, Unexplained
from duedesk.domain.filters import in_group
from duedesk.domain.grouping import ACCOUNT

_BY_COLUMN: Mapping[str, Mapping[str, str]] = {
    "Invoice": {"total": "TotalAmountWithTax", "overdue": "DaysInvoiceOverdue"},
    "Payment": {"amount": "Amount"},
    "CreditMemo": {"amount": "TotalAmountWithTax"},
}
"""Columns of tabs that are not the balance, and the fields they show."""

_SEVERAL_SUMS = Unexplained(
    "Explain this number: the group has a sum in each of its currencies.",
    "Unfold it and choose a figure, or group by currency.",
)


@runtime_checkable
class TellsFigure(Protocol):
    """A widget that knows which figure is in hand."""

    def figure_in_hand(self) -> Figure | Unexplained | None:
        """Give the figure, or why it is not told; None where none is chosen."""


def figure_in_hand(page: Page) -> Figure | Unexplained | None:
    """Give the figure that a page has in hand, or why it is not told; None where there is none."""
    if isinstance(page, OneRecordPage):
        return _of_record(page)
    tellers = [one for one in page.findChildren(QObject) if isinstance(one, TellsFigure)]
    cursor = QApplication.focusWidget()

    def place(teller: QObject) -> int:
        """Ask a chart first, which says so where it has the cursor, then where the cursor is."""
        if not isinstance(teller, QWidget):
            return 0
        return 1 if cursor is not None and teller.isAncestorOf(cursor) else 2

    for teller in sorted(tellers, key=place):
        if (told := teller.figure_in_hand()) is not None:
            return told
    tables = [table for table in page.findChildren(RecordTable) if table.isVisibleTo(page)]
    table = next((one for one in tables if one.hasFocus()), next(iter(tables), None))
    if table is not None:
        return _in_list(table, page.stand)
    tab = next((one for one in page.findChildren(Tab) if one.isVisibleTo(page)), None)
    return None if tab is None else _of_row(tab, page.stand)


def _of_record(page: OneRecordPage[object]) -> Figure | None:
    """Give the figure of the row or field in hand, else the record's balance; of an account its largest debt."""
    if page.key is None:
        return None
    tab = page.tabs.tab(page.tabs.place)
    if page.object_name != "Account":
        return _of_key(page.object_name, page.key, _field_of(tab), page.stand)
    if tab.table.hasFocus() and (of_row := _of_row(tab, page.stand)) is not None:
        return of_row
    debts = getattr(page.record, "debts", ())
    if not debts:
        return None
    request = AgingRequest(page.as_of, page.known_on, (ACCOUNT,))
    return AgingFigure(request, (page.key,), debts[0].currency)


def _of_group(table: RecordTable) -> ListFigure | Unexplained | None:
    """Give the sum of the group whose head is in hand; where it has one in each of its currencies, say that."""
    records, row = table.records, table.currentIndex().row()
    head, groups, asked = records.head(row), records.groups, records.asked
    if head is None or groups is None or asked is None or asked.object != "Invoice" or not head.sums:
        return None
    if len(head.sums) > 1:
        return _SEVERAL_SUMS
    value = groups.value(groups.at(row)[0])
    if not isinstance(value, int | str | None):
        return None
    within = asked.narrowed(in_group(records.group_by, value))
    return ListFigure(within, "Balance" if head.are_open else "TotalAmountWithTax", head.sums[0][1])


def _in_list(table: RecordTable, stand: Stand) -> Figure | Unexplained | None:
    key, at, columns, asked = (
        table.current_key,
        table.currentIndex().column(),
        table.records.columns,
        table.records.asked,
    )
    if key is None or asked is None:
        return _of_group(table)
    return _of_key(asked.object, key, columns[at].path if 0 <= at < len(columns) else "", stand)


def _of_key(object_name: str, key: int, path: str, stand: Stand) -> RecordFigure | None:
    """Give a figure of a record: the field where it is made of events, else its balance; None of other objects."""
    known = EXPLAINED.get(object_name)
    if known is None:
        return None
    return RecordFigure(object_name, key, path if path in known else "Balance", stand.as_of, stand.known_on)


def _of_row(tab: Tab, stand: Stand) -> RecordFigure | None:
    index = tab.table.currentIndex()
    there = _record(tab.sheet.destination(index.row())) if index.isValid() else None
    if there is None:
        return None
    object_name, key = there
    path = tab.table.records.columns[index.column()].path
    return _of_key(object_name, key, _BY_COLUMN[object_name].get(path, "Balance"), stand)


def _field_of(tab: Tab) -> str:
    """Give the API name of the field in hand of a tab that shows fields; empty where it does not."""
    row = tab.table.records.row(tab.table.currentIndex().row())
    paths = [one.path for one in tab.table.records.columns]
    return str(row.values[paths.index("api_name")]) if row is not None and "api_name" in paths else ""


def _record(there: Destination | None) -> tuple[str, int] | None:
    match there:
        case ShowInvoice(key):
            return "Invoice", key
        case ShowPayment(key):
            return "Payment", key
        case ShowCreditMemo(key):
            return "CreditMemo", key
        case _:
            return None
