"""What of the aging workbook comes last: layout, names, a chart a currency, Read me; it adds no figure."""

from duedesk.domain.aging import Basis
from duedesk.exchange.workbooks.aging_detail import DETAIL_COLUMNS, finish_detail
from duedesk.exchange.workbooks.aging_plan import AGING, BALANCE, DETAIL, HEAD_ROW, Plan, Tally
from duedesk.exchange.workbooks.aging_summary import finish_summary
from duedesk.exchange.workbooks.charts import lay_out_charts
from duedesk.exchange.workbooks.marked_columns import MARKED_NOTE
from duedesk.exchange.workbooks.read_me import READ_ME, Told, finish_read_me, told_of, write_read_me
from duedesk.exchange.workbooks.sheet_set import ABOUT, CHARTS, SheetSet
from duedesk.exchange.workbooks.specs import ChartSpec, Heading, Series
from duedesk.exchange.workbooks.styles import Dress, set_up_properties

_MOST_CHARTS = 6
_SENTENCE = "Who owes what, and how late it is."
_NOTES = (
    "Blue cells may be changed: ages, buckets and sums follow. Currencies are never added together.",
    "What is not applied yet is below nothing: not due + buckets + unapplied = balance.",
    "The sheet Checks sets what Duedesk says beside what the formulas give, and is green where they agree.",
    MARKED_NOTE,
)


def finish_aging(sheets: SheetSet, layout: Plan, tally: Tally, *, title: str, subtitle: str) -> None:
    """Lay out Aging and Detail, give names to what formulas use, and add the charts and Read me."""
    workbook, styles = sheets.workbook, sheets.styles
    heading = Heading(title, subtitle, _SENTENCE, layout.request.as_of)
    sheets.text_columns |= {
        DETAIL: finish_detail(workbook, styles, layout, tally, title=title, subtitle=subtitle),
        AGING: finish_summary(workbook, styles, layout, tally, title=title, subtitle=subtitle),
    }
    for name, range_ in layout.names(tally.items).items():
        sheets.name(name, range_)
    if layout.blocks:
        _write_charts(sheets, layout, heading)
    _write_read_me(sheets, layout, heading)
    calculated = len(layout.lines) * len(layout.labels) * tally.items
    set_up_properties(workbook, title=title, subtitle=subtitle, cells_to_calculate=calculated)


def _write_charts(sheets: SheetSet, layout: Plan, heading: Heading) -> None:
    sheet, rows = sheets.open("Charts", CHARTS)
    look = sheets.styles.look
    rows.append([(heading.title, sheets.styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(heading.subtitle, sheets.styles.number(Dress(colour=look.quiet_text)))], height=18)
    count = len(layout.labels)
    colours = tuple(look.bucket(index, count) for index in range(count))
    across = f"{AGING}!${layout.first_bucket}${{row}}:${layout.last_bucket}${{row}}"
    charts = [
        ChartSpec(
            f"Open by age, {block.currency}",
            across.format(row=HEAD_ROW),
            (Series(block.currency, across.format(row=block.figures_row)),),
            points=colours,
        )
        for block in layout.blocks[:_MOST_CHARTS]
    ]
    lay_out_charts(sheets.workbook[sheet], look, charts, heading)


def _write_read_me(sheets: SheetSet, layout: Plan, heading: Heading) -> None:
    sheet, rows = sheets.open(READ_ME, ABOUT)
    counted = "the due date" if layout.request.basis is Basis.DUE else "the invoice date"
    figures = [(name, "Amount, formula", _figure(name)) for name in (*layout.headings, BALANCE)]
    by_heading = {one.heading: one for one in DETAIL_COLUMNS}
    columns = [by_heading[name] for name in layout.detail]
    told = (
        Told(AGING, f"One line a group and currency, by days from {counted}: sums of Detail.", tuple(figures)),
        told_of(DETAIL, "One row an open invoice or instalment, and one a payment or credit not applied.", columns),
    )
    write_read_me(rows, sheets.styles, heading, notes=_NOTES, sheets=told)
    finish_read_me(sheets.workbook[sheet], heading)


def _figure(name: str) -> str:
    return {
        BALANCE: "What is owed: the sum of all columns before.",
        "Unapplied": "Payments and credit memos on no invoice yet, below nothing.",
        "Disputed": "What is contested, out of its bucket.",
    }.get(name, "What is open in this range of days.")
