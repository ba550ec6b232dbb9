"""The sheet Checks: what Duedesk says as plain numbers beside what the formulas give, and whether they agree.

It corrects nothing. A check that fails where the as-of date or a last day was changed by hand says so in its own row.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal

from openpyxl import Workbook

from duedesk.domain.aging import AgingRow, Basis
from duedesk.domain.days import in_words
from duedesk.domain.grouping import label_of
from duedesk.domain.money import ZERO, is_payable, minor_digits
from duedesk.exchange.sheet_stream import MOST_DIGITS, Cell, Formula, SheetRows, is_exact, serial_day
from duedesk.exchange.workbooks.aging_converted import Conversion, rate_name
from duedesk.exchange.workbooks.aging_plan import (
    AGING,
    BALANCE,
    CHECKS,
    CONVERTED,
    LAST_DAY_ROW,
    Block,
    Line,
    Plan,
    Tally,
)
from duedesk.exchange.workbooks.styles import (
    DATE,
    MOMENT,
    RATE,
    TEXT,
    WHOLE,
    Dress,
    Styles,
    amount_format,
    figure_width,
    set_up_print,
    tint,
    tint_where,
)

_HEAD_ROW = 4
_HEADINGS = ("Line", "Check", "Currency", "Duedesk", "Workbook", "Difference", "Buckets less balance", "Holds")
_WIDTHS = (9, 60, 12, 20, 20, 17, 21, 11)
_RATE_DIGITS = 8
_LONGEST = Context(prec=MOST_DIGITS)
"""As many digits as a number of Excel has."""
_FROM = {Basis.DUE: "Due date", Basis.INVOICE: "Invoice date"}


@dataclass(frozen=True, slots=True)
class _Check:
    """One row that is checked: what Duedesk has, the formula that should give it, and by how much buckets miss it."""

    name: str
    control: Decimal
    formula: Formula
    number_format: str
    digits: int
    currency: str = ""
    line: int | None = None
    rest: Formula | None = None


class CheckRows:
    """The rows below the head, and whether all of them hold."""

    def __init__(self, styles: Styles) -> None:
        self.rows: list[list[Cell | None]] = []
        self.holds = True
        self._styles = styles

    @property
    def next_row(self) -> int:
        """Give the sheet's row that is written next."""
        return _HEAD_ROW + len(self.rows) + 1

    def heading(self, text: str) -> None:
        """Begin a group, an empty row above it."""
        if self.rows:
            self.rows.append([])
        self.rows.append([None, (text, self._styles.number(Dress(TEXT, bold=True)))])

    def fact(self, name: str, value: str | datetime) -> None:
        """State something that no formula checks."""
        number_format = MOMENT if isinstance(value, datetime) else TEXT
        style = self._styles.number(Dress(number_format, align="left"))
        self.rows.append([None, (name, self._styles.number(Dress(TEXT))), None, (value, style)])

    def day(self, name: str, written: date, formula: str) -> None:
        """Check a day that may be changed in the workbook."""
        row = self.next_row
        style = self._styles.number(Dress(DATE, align="right"))
        cells: list[Cell | None] = [None, (name, self._styles.number(Dress(TEXT))), None]
        cells += [(written, style), (Formula(formula, serial_day(written)), style)]
        self.rows.append([*cells, *self._verdict(row, ZERO, 0, None)])

    def check(self, check: _Check) -> None:
        """Check a figure."""
        row = self.next_row
        style = self._styles.number(Dress(check.number_format, align="right"))
        text, aside = (self._styles.number(Dress(TEXT, align="left", indent=indent)) for indent in (0, 1))
        number = (check.line, self._styles.number(Dress(WHOLE, colour=self._styles.look.quiet_text, align="left")))
        cells: list[Cell | None] = [number if check.line else None, (check.name, text), (check.currency, aside)]
        cells += [(check.control, style), (check.formula, style)]
        difference = None
        if is_exact(check.control):
            found = check.formula.value
            difference = _rounded(Decimal(found) - check.control, check.digits)
        self.rows.append([*cells, *self._verdict(row, difference, check.digits, check.rest)])

    def _verdict(self, row: int, difference: Decimal | None, digits: int, rest: Formula | None) -> list[Cell | None]:
        """Give difference, rest and verdict; without a difference (no number to compare with) nothing holds."""
        style = self._styles.number(Dress(_plain_format(digits), align="right"))
        verdict = self._styles.number(Dress(align="right"))
        if difference is None:
            self.holds = False
            return [None, None, (False, verdict)]
        agrees = difference == 0 and (rest is None or rest.value == 0)
        self.holds = self.holds and agrees
        formula = f"F{row}=0" if rest is None else f"AND(F{row}=0,G{row}=0)"
        return [
            (Formula(f"ROUND(E{row}-D{row},{digits})", difference), style),
            None if rest is None else (rest, style),
            (Formula(formula, agrees), verdict),
        ]


def checked(
    styles: Styles, plan: Plan, tally: Tally, conversion: Conversion | None, *, book_name: str, made_at: datetime
) -> CheckRows:
    """Check everything; give the rows that say so, and whether all of it holds."""
    body = CheckRows(styles)
    _as_written(body, plan, book_name=book_name, made_at=made_at)
    _detail(body, plan, tally)
    for block in plan.blocks:
        _currency(body, plan, block, tally)
    for block in plan.blocks:
        body.heading(f"Lines, {block.currency}")
        for line in block.lines:
            body.check(_line(plan, line, tally))
    if conversion is not None:
        _conversion(body, conversion)
    return body


def write_checks(rows: SheetRows, styles: Styles, body: CheckRows, *, subtitle: str) -> None:
    """Write the sheet."""
    look = styles.look
    quiet = styles.number(Dress(colour=look.quiet_text))
    rows.append([("Checks", styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(subtitle, quiet)], height=18)
    verdict = Formula(f"AND(H{_HEAD_ROW + 1}:H{_HEAD_ROW + len(body.rows)})", body.holds)
    bold = styles.number(Dress(bold=True))
    whole: list[Cell | None] = [None, ("Everything holds", bold), *[None] * 5]
    rows.append([*whole, (verdict, styles.number(Dress(bold=True, align="right")))], height=19)
    rows.append([(heading, _head(styles, place)) for place, heading in enumerate(_HEADINGS)], height=21)
    for cells in body.rows:
        rows.append(cells)


def finish_checks(workbook: Workbook, styles: Styles, plan: Plan, *, rows: int, title: str) -> str:
    """Lay the sheet out; give the range in which digits are meant as text."""
    sheet = workbook[CHECKS]
    controls = (
        figure_width([*plan.figures(block.control), block.control.balance], block.currency) for block in plan.blocks
    )
    figures = max(20, *controls, 0)
    for letter, width in zip("ABCDEFGH", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = figures if letter in "DE" else width
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    look = styles.look
    # An empty cell equals FALSE: only a verdict is coloured.
    for verdict, colour, share in (("$H3", look.buckets[0], 0.35), ("NOT($H3)", look.overdue, 0.25)):
        rule = tint_where(f"AND(ISLOGICAL($H3),{verdict})", tint(colour, share), bold=True)
        sheet.conditional_formatting.add(f"H3:H{rows}", rule)
    set_up_print(sheet, title=title, head_rows=f"{_HEAD_ROW}:{_HEAD_ROW}")
    return f"B3:D{rows}"


def _as_written(body: CheckRows, plan: Plan, *, book_name: str, made_at: datetime) -> None:
    request = plan.request
    body.heading("As written (where this does not hold, it was changed by hand)")
    body.fact("Book", book_name)
    body.fact("Written at (UTC)", made_at)
    body.fact("One line for each", " / ".join(map(label_of, request.by)))
    body.fact("Age counted from", _FROM[request.basis])
    body.fact("Known on (UTC)", request.known_on or "all that was recorded when this was written")
    body.fact("Currency", request.currency or "all, never added together")
    body.day("As of", request.as_of, "AsOf")
    for index in range(1, len(plan.labels) - 1):
        _, last = request.buckets.days(index)
        if last is not None:
            found = Formula(f"{AGING}!{plan.column(index)}{LAST_DAY_ROW}", last)
            body.check(_Check(f"Last day of {plan.labels[index]}", Decimal(last), found, WHOLE, 0))


def _detail(body: CheckRows, plan: Plan, tally: Tally) -> None:
    body.heading("Detail")
    items, lines = "COUNTA(ItemBalance)", "COUNT(ItemLine)"
    texts = f"{items}-COUNT(ItemBalance)+COUNTA(ItemTotal)-COUNT(ItemTotal)"
    if plan.is_apart:
        texts += "+COUNTA(ItemDisputed)-COUNT(ItemDisputed)"
    for name, control, formula, value in (
        ("Open items", tally.items, items, tally.items),
        ("Items that stand in no line of Aging", 0, f"{items}-{lines}", tally.strays),
        ("Amounts of more than 15 digits: text, and in no sum", 0, texts, tally.too_long),
    ):
        body.check(_Check(name, Decimal(control), Formula(formula, value), WHOLE, 0))


def _currency(body: CheckRows, plan: Plan, block: Block, tally: Tally) -> None:
    """Check each column of a currency, its balance in two ways, and that buckets and unapplied give the balance."""
    currency, row, sums = block.currency, block.figures_row, tally.total(block)
    whole = sum(sums, ZERO)
    controls = [*plan.figures(block.control), block.control.balance]
    digits, number_format = _digits(block.control, sums), amount_format(currency, _awkward(controls + sums, currency))
    body.heading(f"Totals, {currency}")
    for place, name in enumerate([*plan.headings, BALANCE]):
        found = Formula(f"{AGING}!{plan.column(place)}{row}", [*sums, whole][place])
        rest = _rest(plan, row, digits) if name == BALANCE else None
        body.check(_Check(name, controls[place], found, number_format, digits, currency, rest=rest))
    every = Formula(f"SUMIFS(ItemBalance,ItemCurrency,C{body.next_row})", tally.by_currency.get(currency, ZERO))
    body.check(_Check("Balance of all items", block.control.balance, every, number_format, digits, currency))


def _line(plan: Plan, line: Line, tally: Tally) -> _Check:
    row, sums = line.row, tally.sums[line.number]
    digits = _digits(row, sums)
    return _Check(
        name=" ".join(part for part in (line.above.name if line.above else "", row.number, row.name) if part),
        control=row.balance,
        formula=Formula(f"{AGING}!{plan.balance}{line.sheet_row}", tally.balance(line)),
        number_format=amount_format(row.currency, _awkward([*sums, row.balance], row.currency)),
        digits=digits,
        currency=row.currency,
        line=line.number,
        rest=_rest(plan, line.sheet_row, digits),
    )


def _conversion(body: CheckRows, conversion: Conversion) -> None:
    """Check the rates, the totals of each column and the balance of each row that are in one currency."""
    plan, currency = conversion.plan, conversion.currency
    number_format, digits = amount_format(currency), minor_digits(currency)
    body.heading(f"Converted, {currency} (each figure rounded for itself)")
    for rate in conversion.rates:
        name = f"1 {rate.from_currency} in {currency}, of {in_words(rate.on)}"
        worth = _LONGEST.plus(rate.rate)
        body.check(_Check(name, worth, Formula(rate_name(rate.from_currency), worth), RATE, _RATE_DIGITS, currency))
    for row in (conversion.total, *conversion.rows):
        names = [*plan.headings, BALANCE] if row is conversion.total else [BALANCE]
        controls = (*plan.figures(row.control), row.control.balance)
        for place in range(len(controls) - len(names), len(controls)):
            name = f"{row.name}, {names[place]}" if row is conversion.total else row.name
            found = Formula(f"{CONVERTED}!{plan.column(place)}{row.sheet_row}", conversion.formula(row, place).value)
            body.check(_Check(name, controls[place], found, number_format, digits, currency))


def _rest(plan: Plan, row: int, digits: int) -> Formula:
    """Give by how much buckets and unapplied of a row of Aging miss its balance."""
    parts = f"{AGING}!{plan.first_bucket}{row}:{plan.unapplied}{row}"
    return Formula(f"ROUND(SUM({parts})-{AGING}!{plan.balance}{row},{digits})", ZERO)


def _digits(row: AgingRow, sums: list[Decimal]) -> int:
    """Give the digits to compare at: all four only where amounts have more than their currency.

    Sums of binary numbers are off by a trace that must not count.
    """
    amounts = [*sums, *row.buckets, row.disputed, row.unapplied, row.balance]
    return 4 if _awkward(amounts, row.currency) else minor_digits(row.currency)


def _awkward(amounts: list[Decimal], currency: str) -> Decimal:
    return next((amount for amount in amounts if not is_payable(amount, currency)), ZERO)


def _rounded(difference: Decimal, digits: int) -> Decimal:
    return difference.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def _plain_format(digits: int) -> str:
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{figure};"−"{figure};0'


def _head(styles: Styles, place: int) -> int:
    look = styles.look
    dress = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left" if place < 3 else "right")
    return styles.number(replace(dress, indent=1) if place == 2 else dress)
