"""The sheet Detail: one row an open invoice, payment or credit memo that is not applied; it sums nothing itself.

Days overdue and bucket are formulas of the as-of date and the last days on the sheet Aging.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from duedesk.domain.aging import Basis, OpenItem
from duedesk.domain.money import ZERO, is_payable
from duedesk.domain.taking_back import MARKED, PROMISED_AMOUNT, PROMISED_FOR
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, is_exact
from duedesk.exchange.workbooks.aging_marked import WIDTHS, mark_columns
from duedesk.exchange.workbooks.aging_plan import BALANCE, DETAIL, DISPUTED, UNAPPLIED, Plan, Tally
from duedesk.exchange.workbooks.marked_columns import MARKED_COLUMNS
from duedesk.exchange.workbooks.specs import Column, Kind
from duedesk.exchange.workbooks.styles import (
    DATE,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    amount_format,
    figure_width,
    set_up_print,
    text_width,
    tint,
    tint_where,
)
from duedesk.exchange.workbooks.table_layout import excel_table

_RIGHT = {"Date", "Due date", "Days overdue", "Total", BALANCE, DISPUTED, "Line", PROMISED_FOR, PROMISED_AMOUNT}
_AFTER_FIGURES = {"Bucket", "Currency"}
"""Words that stand to the right of figures keep away from them."""
DETAIL_COLUMNS = (
    Column("Account number", Kind.ID, "The customer's number."),
    Column("Account", Kind.TEXT, "The customer who owes it."),
    Column("Owner", Kind.TEXT, "Who collects it."),
    Column("Kind", Kind.TEXT, "Invoice, Payment or Credit memo."),
    Column("Number", Kind.ID, "The number of the document; what is filled in is matched by it."),
    Column("Date", Kind.DAY, "The date of the document."),
    Column("Due date", Kind.DAY, "When it is to be paid; nothing for what is not applied."),
    Column("Days overdue", Kind.COUNT, "Days from the due date to the as-of date.", "AsOf-[@Due date]"),
    Column("Bucket", Kind.TEXT, "The range they lie in.", "LOOKUP(MAX(0,[@Days overdue]),FirstDays,BucketNames)"),
    Column("Currency", Kind.TEXT, "The currency of the amounts of this row."),
    Column("Total", Kind.MONEY, "What the document came to."),
    Column(BALANCE, Kind.MONEY, "What of it is open; below nothing for what is not applied."),
    Column(DISPUTED, Kind.MONEY, "What of the balance the customer contests."),
    Column("Line", Kind.COUNT, "The number of its line on the sheet Aging."),
    *MARKED_COLUMNS,
)
"""What each column is; that of what is contested is there only where it stands apart."""

_LEAST_WIDTH = 10
_WIDTHS = {"Date": 13, "Due date": 13, "Days overdue": 14, "Bucket": 12, "Currency": 12, "Line": 9}


def write_detail(rows: SheetRows, styles: Styles, plan: Plan, items: Iterable[OpenItem]) -> Tally:
    """Write the head and one row an item as they come; give what the workbook's formulas make of them."""
    rows.append([(heading, _head(styles, heading)) for heading in plan.detail], height=30)
    writer = _Writer(styles, plan)
    for item in items:
        rows.append(writer.cells(item, rows.count + 1))
    return writer.tally


class _Writer:
    def __init__(self, styles: Styles, plan: Plan) -> None:
        self.tally = Tally(plan)
        self._plan = plan
        self._styles = styles
        self._amounts: dict[tuple[str, bool], int] = {}
        self._text = styles.number(Dress(TEXT, align="left"))
        self._aside = styles.number(Dress(TEXT, align="left", indent=1))
        # Not of the format text: Excel would make a text of the formula as soon as somebody enters the cell.
        self._bucket = styles.number(Dress(align="left", indent=1))
        self._date = styles.number(Dress(DATE, align="right"))
        self._days = styles.number(Dress(WHOLE))
        self._line = styles.number(Dress(WHOLE, colour=styles.look.quiet_text))
        self._labels = plan.labels
        self._date_column = plan.detail_column("Date")
        self._due = plan.detail_column("Due date")
        self._overdue = plan.detail_column("Days overdue")

    def cells(self, item: OpenItem, row: int) -> list[Cell | None]:
        """Give the cells of an item that stands in `row`."""
        days, bucket, label = self._age(item, row)
        line = self.tally.numbers.get((item.key, item.part, item.currency))
        self._count(item, line, bucket)
        texts = (item.account_number, item.account, item.owner, item.kind, item.number)
        self.tally.widths = list(map(max, self.tally.widths, map(text_width, texts)))
        return [
            *((text, self._text) for text in texts),
            (item.item_date, self._date),
            (item.due_date, self._date),
            (days, self._days),
            (label, self._bucket),
            (item.currency, self._aside),
            (item.total, self._amount(item.total, item.currency)),
            (item.balance, self._amount(item.balance, item.currency)),
            *self._contested(item),
            (line, self._line),
        ]

    def _age(self, item: OpenItem, row: int) -> tuple[Formula | None, int, Formula | str]:
        """Give the days overdue, the bucket's place and its name; what is unapplied has neither days nor bucket."""
        request = self._plan.request
        if item.bucket is None:
            return None, len(self._plan.headings) - 1, UNAPPLIED
        due, column = (item.due_date, self._due) if item.due_date else (item.item_date, self._date_column)
        days = Formula(f"AsOf-{column}{row}", (request.as_of - due).days)
        age = f"{self._overdue}{row}"
        counted_from = due
        if request.basis is Basis.INVOICE:
            age, counted_from = f"AsOf-{self._plan.age_from}{row}", item.item_date
        bucket = request.buckets.index((request.as_of - counted_from).days)
        return days, bucket, Formula(f"LOOKUP(MAX(0,{age}),FirstDays,BucketNames)", self._labels[bucket])

    def _contested(self, item: OpenItem) -> list[Cell | None]:
        if not self._plan.is_apart:
            return []
        return [(item.disputed, self._amount(item.disputed, item.currency)) if item.disputed else None]

    def _count(self, item: OpenItem, line: int | None, bucket: int) -> None:
        tally = self.tally
        tally.items += 1
        tally.strays += line is None
        tally.largest[item.currency] = max(tally.largest.get(item.currency, ZERO), abs(item.total), abs(item.balance))
        tally.too_long += (not is_exact(item.balance)) + (not is_exact(item.total))
        if is_exact(item.balance):
            tally.by_currency[item.currency] = tally.by_currency.get(item.currency, ZERO) + item.balance
            if line is not None:
                tally.sums[line][bucket] += item.balance
        if item.disputed and self._plan.is_apart:
            tally.too_long += not is_exact(item.disputed)
            if line is not None and is_exact(item.disputed):
                tally.sums[line][bucket] -= item.disputed
                tally.sums[line][len(self._labels)] += item.disputed

    def _amount(self, amount: Decimal, currency: str) -> int:
        kind = (currency, is_payable(amount, currency))
        if kind not in self._amounts:
            self._amounts[kind] = self._styles.number(Dress(amount_format(currency, amount), align="right"))
        return self._amounts[kind]


def finish_detail(workbook: Workbook, styles: Styles, plan: Plan, tally: Tally, *, title: str, subtitle: str) -> str:
    """Lay the sheet out for the rows it got; give the range in which digits are meant as text."""
    sheet = workbook[DETAIL]
    widths = (
        _WIDTHS
        | WIDTHS
        | {
            heading: max(widest, text_width(heading) + 2)  # beside the button of the filter
            for heading, widest in zip(plan.detail, tally.widths, strict=False)
        }
    )
    figures = max((figure_width([-most], currency) for currency, most in tally.largest.items()), default=0)
    for place, heading in enumerate(plan.detail, 1):
        sheet.column_dimensions[get_column_letter(place)].width = widths.get(heading, max(figures, _LEAST_WIDTH))
    sheet.freeze_panes = "A2"
    last = max(tally.items, 1) + 1
    sheet.add_table(excel_table("Items", plan.detail, last))
    mark_columns(sheet, styles, plan.detail, last)
    bucket = plan.detail_column("Bucket")
    for index in range(len(plan.labels)):
        colour = tint(styles.look.bucket(index, len(plan.labels)), 0.4)
        rule = tint_where(f"${bucket}2=INDEX(BucketNames,{index + 1})", colour)
        sheet.conditional_formatting.add(f"{bucket}2:{bucket}{last}", rule)
    set_up_print(sheet, title=title, head_rows="1:1", subtitle=subtitle)
    return f"A2:E{last}"


def _head(styles: Styles, heading: str) -> int:
    look = styles.look
    align = "right" if heading in _RIGHT else "left"
    if heading in MARKED:
        marked = Dress(colour=look.accent, align=align, stand="top", foot=look.quiet_text, fill=look.accent_tint)
        return styles.number(marked)
    # At the top of a high row: Excel puts the buttons of the filter at the bottom right, over what stands there.
    dress = Dress(colour=look.quiet_text, align=align, stand="top", foot=look.quiet_text)
    return styles.number(replace(dress, indent=1) if heading in _AFTER_FIGURES else dress)
