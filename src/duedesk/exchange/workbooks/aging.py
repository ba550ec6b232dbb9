"""The aging workbook: lines that calculate, the items behind them, and the proof; it asks the book nothing itself."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from duedesk.domain.aging import Aging, OpenItem
from duedesk.domain.days import in_words
from duedesk.exchange.files import write_safely
from duedesk.exchange.workbooks.aging_checks import checked
from duedesk.exchange.workbooks.aging_converted import Conversion, finish_converted, write_converted
from duedesk.exchange.workbooks.aging_detail import write_detail
from duedesk.exchange.workbooks.aging_ending import finish_aging
from duedesk.exchange.workbooks.aging_plan import AGING, CONVERTED, DETAIL, Plan, Tally, plan, subtitle_of
from duedesk.exchange.workbooks.aging_summary import write_summary
from duedesk.exchange.workbooks.check_rows import finish_checks, write_checks
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.sheet_set import CHECKS, SUMMARIES, TABLES, SheetSet


def write_aging_workbook(
    path: Path,
    aging: Aging,
    items: Iterable[OpenItem],
    *,
    book_name: str,
    made_at: datetime,
    converted: Aging | None = None,
) -> WorkbookFacts:
    """Write the workbook of an aging and the items behind it to `path`; RequestError where the disk refuses.

    `items` are taken one by one and never held. `converted` is the aging in one currency, which stands on a sheet of
    its own. The same input gives the same bytes.
    """
    with write_safely(path) as draft, ExitStack() as spools:
        sheets = SheetSet(draft.absolute().parent, spools)
        workbook, styles = sheets.workbook, sheets.styles
        layout = plan(aging)
        title = f"Aging as of {in_words(aging.request.as_of)}"
        subtitle = subtitle_of(aging.request, book_name)
        _, summary = sheets.open(AGING, SUMMARIES)
        in_one = converted is not None and bool(converted.totals)
        _, one_currency = sheets.open(CONVERTED, SUMMARIES) if in_one else ("", summary)
        _, detail = sheets.open(DETAIL, TABLES)
        tally = write_detail(detail, styles, layout, items)
        write_summary(summary, styles, layout, tally, subtitle=subtitle)
        conversion = Conversion(converted, layout, tally) if converted is not None and in_one else None
        if conversion is not None:
            write_converted(one_currency, styles, conversion, subtitle=subtitle)
            sheets.text_columns[CONVERTED] = finish_converted(workbook, conversion, title=title, subtitle=subtitle)
        body = checked(styles, layout, tally, conversion, book_name=book_name, made_at=made_at)
        checks = sheets.rows_of(CHECKS)
        write_checks(checks, styles, body, subtitle=subtitle)
        sheets.text_columns[CHECKS] = finish_checks(
            workbook, styles, body, rows=checks.count, title=title, subtitle=subtitle
        )
        for name, range_ in (conversion.names if conversion else {}).items():
            sheets.name(name, range_)
        finish_aging(sheets, layout, tally, title=title, subtitle=subtitle)
        sheets.write(draft, made_at)
    remarks = (*_remarks(layout, tally, holds=body.holds), *(conversion.remarks if conversion else ()))
    return WorkbookFacts(path, len(layout.lines), tally.items, body.holds, remarks)


def _remarks(layout: Plan, tally: Tally, *, holds: bool) -> tuple[str, ...]:
    remarks = []
    if tally.too_long:
        remarks.append(f"{tally.too_long} amounts have more digits than Excel holds; they are text and in no sum.")
    if tally.strays:
        remarks.append(f"{tally.strays} items stand in none of the {len(layout.lines)} lines.")
    if not holds:
        remarks.append("The figures do not agree; the sheet Checks shows where.")
    return tuple(remarks)
