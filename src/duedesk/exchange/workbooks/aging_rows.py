"""The items of an aging as CSV: the rows of the sheet Detail alone, without lines and without columns to fill in."""

from collections.abc import Iterable
from pathlib import Path

from duedesk.domain.aging import AgingRequest, OpenItem
from duedesk.exchange.workbooks.aging_detail import DETAIL_COLUMNS
from duedesk.exchange.workbooks.aging_plan import DETAIL, DISPUTED, UNAPPLIED
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.plain_rows import write_plain_rows
from duedesk.exchange.workbooks.specs import Row, TableSheet


def write_aging_rows(path: Path, request: AgingRequest, items: Iterable[OpenItem]) -> WorkbookFacts:
    """Write the items as they come, whole or not at all."""
    left_out = {"Line"} if request.apart_disputed else {"Line", DISPUTED}
    columns = tuple(one for one in DETAIL_COLUMNS if not one.marked and one.heading not in left_out)
    rows = (_row(request, item) for item in items)
    return WorkbookFacts(path, 0, write_plain_rows(path, TableSheet(DETAIL, DETAIL, columns), rows), holds=True)


def _row(request: AgingRequest, item: OpenItem) -> Row:
    return (
        *(item.account_number, item.account, item.owner, item.kind, item.number),
        *(item.item_date, item.due_date, item.days_overdue),
        UNAPPLIED if item.bucket is None else request.labels[item.bucket],
        *(item.currency, item.total, item.balance),
        *((item.disputed,) if request.apart_disputed else ()),
    )
