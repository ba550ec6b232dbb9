"""The sheet Converted: the lines of Aging in one currency, amount times rate, rounded once; it finds no rates.

The rates stand in cells of their own, each with its day, and may be changed in the workbook: all figures follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string, get_column_letter

from duedesk.domain.aging import Aging, AgingRow, RowKey
from duedesk.domain.converting import convert
from duedesk.domain.days import in_words
from duedesk.domain.money import minor_digits
from duedesk.domain.rates import ONE, Rate, known_now
from duedesk.exchange.sheet_stream import Cell, Formula, SheetRows, Value, is_exact
from duedesk.exchange.workbooks.aging_plan import AGING, BALANCE, CONVERTED, Line, Plan, Tally
from duedesk.exchange.workbooks.styles import (
    RATE,
    TEXT,
    Dress,
    Styles,
    amount_format,
    figure_width,
    set_up_print,
    text_width,
)

_FIRST_RATE_ROW = 3
_LEAST_FIGURE = 13
_EACH = "Each figure is rounded for itself; their sum may be a little off the balance."


@dataclass(frozen=True, slots=True)
class ConvertedRow:
    """One row: what Duedesk says of it, what its formulas come to, and the lines of Aging it is made of."""

    sheet_row: int
    control: AgingRow
    found: AgingRow
    lines: tuple[Line, ...]
    name: str


class Conversion:
    """Where everything stands on the sheet, and what its formulas give."""

    def __init__(self, converted: Aging, plan: Plan, tally: Tally) -> None:
        self.currency = converted.totals[0].currency
        self.rates = converted.rates
        self.plan = plan
        self.head_row = _FIRST_RATE_ROW + len(self.rates) + 1
        groups = dict(_groups(converted, plan))
        found = convert(replace(converted, rows=tuple(_tallied(plan, tally, groups))), self.rates, self.currency)
        by_key = {row.key: row for row in found.rows}
        self.rows = tuple(
            ConvertedRow(self.head_row + place, control, by_key[place], lines, name)
            for place, (control, lines, name) in enumerate(groups.values(), 1)
        )
        last = self.head_row + len(self.rows) + 1
        self.total = ConvertedRow(last, converted.totals[0], found.totals[0], (), "Total")

    @property
    def rate_rows(self) -> Iterator[tuple[Rate, int]]:
        """Give each rate and the row it stands in."""
        return zip(self.rates, range(_FIRST_RATE_ROW, self.head_row), strict=False)

    @property
    def names(self) -> dict[str, str]:
        """Give the names of the cells of the rates."""
        column = self.plan.name_column
        return {rate_name(rate.from_currency): f"{CONVERTED}!${column}${row}" for rate, row in self.rate_rows}

    def formula(self, row: ConvertedRow, place: int) -> Formula:
        """Give a figure of a row: each amount times its rate, rounded once; the total is no sum of what is rounded."""
        cells = [(line.row.currency, line.sheet_row) for line in row.lines]
        if row is self.total:
            cells = [(block.currency, block.figures_row) for block in self.plan.blocks]
        column = self.plan.column(place)
        terms = (
            f"{AGING}!{column}{at}" + ("" if code == self.currency else f"*{rate_name(code)}") for code, at in cells
        )
        value = (*self.plan.figures(row.found), row.found.balance)[place]
        return Formula(f"ROUND({'+'.join(terms)},{minor_digits(self.currency)})", value)

    @property
    def remarks(self) -> tuple[str, ...]:
        """Say which rates are old, and that they are known now where the figures are not."""
        request = self.plan.request
        old = filter(None, (rate.staleness(request.as_of) for rate in self.rates))
        return (*old, *known_now(request.known_on))


def rate_name(currency: str) -> str:
    """Give the name of the cell that holds what one of a currency is worth."""
    return f"Rate_{currency}"


def write_converted(rows: SheetRows, styles: Styles, conversion: Conversion, *, subtitle: str) -> None:
    """Write the sheet: the rates, the lines, their total."""
    plan = conversion.plan
    quiet = styles.number(Dress(colour=styles.look.quiet_text))
    rows.append([(f"Aging in {conversion.currency}", styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(subtitle, quiet)], height=18)
    for rate, _ in conversion.rate_rows:
        rows.append(_rate(styles, plan, rate), height=18)
    known = (*known_now(plan.request.known_on), _EACH)
    rows.append([(" ".join(known), quiet)], height=18)
    rows.append(list(_head(styles, plan)), height=21)
    for row in conversion.rows:
        rows.append(_line(styles, conversion, row))
    rows.append(_line(styles, conversion, conversion.total), height=19)


def finish_converted(workbook: Workbook, conversion: Conversion, *, title: str, subtitle: str) -> str:
    """Lay the sheet out; give the range in which digits are meant as text."""
    sheet, plan = workbook[CONVERTED], conversion.plan
    figures = [*plan.figures(conversion.total.control), conversion.total.control.balance]
    width = max(_LEAST_FIGURE, figure_width([*figures, -max(map(abs, figures))], conversion.currency))
    least = {"Line": 14, "Currency": 14, "Account number": 16}
    texts = [("", *plan.texts(row.lines[0])[:-1], "") for row in conversion.rows]
    for place, heading in enumerate(plan.identity):
        widest = max((text_width(said[place]) for said in texts), default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = max(least.get(heading, 22), widest)
    for place in range(len(plan.headings) + 1):
        sheet.column_dimensions[plan.column(place)].width = width
    sheet.freeze_panes = f"{plan.first_bucket}{conversion.head_row + 1}"
    sheet.sheet_view.showGridLines = False
    set_up_print(sheet, title=title, head_rows=f"{conversion.head_row}:{conversion.head_row}", subtitle=subtitle)
    return f"A{conversion.head_row + 1}:{plan.name_column}{conversion.total.sheet_row}"


def _groups(
    converted: Aging, plan: Plan
) -> Iterator[tuple[tuple[RowKey, RowKey], tuple[AgingRow, tuple[Line, ...], str]]]:
    """Give the rows of the last level in the order of the aging, each with its lines of Aging and its name."""
    lines: dict[tuple[RowKey, RowKey], list[Line]] = {}
    for line in plan.lines:
        lines.setdefault(line.key[:2], []).append(line)
    for row in converted.rows:
        for part in row.parts or (row,):
            key = (row.key, part.key if row.parts else None)
            above = row.name if row.parts else ""
            yield key, (part, tuple(lines[key]), " ".join(filter(None, (above, part.number, part.name))))


def _tallied(
    plan: Plan, tally: Tally, groups: dict[tuple[RowKey, RowKey], tuple[AgingRow, tuple[Line, ...], str]]
) -> Iterator[AgingRow]:
    """Give the lines as the workbook adds them up, those of one row with its place as their key."""
    for place, (_, lines, _) in enumerate(groups.values(), 1):
        for line in lines:
            *figures, unapplied = tally.sums[line.number]
            buckets, beside = figures[: len(plan.labels)], figures[len(plan.labels) :]
            yield AgingRow(
                place,
                "",
                line.row.currency,
                tuple(buckets),
                unapplied,
                tally.balance(line),
                disputed=sum(beside, Decimal(0)),
            )


def _rate(styles: Styles, plan: Plan, rate: Rate) -> list[Cell | None]:
    look = styles.look
    quiet = styles.number(Dress(colour=look.quiet_text))
    old = rate.staleness(plan.request.as_of)
    cells: list[Cell | None] = [None] * (len(plan.identity) + 1)
    cells[0] = (f"1 {rate.from_currency} in {rate.to_currency}", quiet)
    figure = styles.number(Dress(RATE, colour=look.accent, fill=look.accent_tint, align="left"))
    cells[column_index_from_string(plan.name_column) - 1] = (_worth(rate), figure)
    cells[-1] = (". ".join(filter(None, (f"of {in_words(rate.on)}", old))), quiet)
    return cells


def _worth(rate: Rate) -> Value:
    """Give a rate as a cell holds it: one made of two is their quotient, so that nothing is lost."""
    if rate.by == ONE and is_exact(rate.times):
        return rate.times
    return Formula(f"{rate.times:f}/{rate.by:f}", rate.rate)


def _head(styles: Styles, plan: Plan) -> Iterator[Cell]:
    look = styles.look
    left = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left")
    renamed = {"Line": "Lines", "Currency": "From"}
    for heading in plan.identity:
        dress = replace(left, indent=1) if heading == "Currency" else left
        yield renamed.get(heading, heading), styles.number(dress)
    for place, label in enumerate(plan.labels):
        foot = look.bucket(place, len(plan.labels))
        dress = Dress(colour=look.quiet_text, foot=foot, thick=True, align="right")
        yield Formula(f"INDEX(BucketNames,{place + 1})", label), styles.number(dress)
    plain = styles.number(replace(left, align="right"))
    yield from ((heading, plain) for heading in (*plan.headings[len(plan.labels) :], BALANCE))


def _line(styles: Styles, conversion: Conversion, row: ConvertedRow) -> list[Cell | None]:
    """Write a row; its first cell names the lines of Aging it is made of, its last word their currencies."""
    plan, is_total = conversion.plan, row is conversion.total
    foot = "" if is_total else styles.look.line
    text = Dress(TEXT, foot=foot, align="left", bold=is_total)
    aside = styles.number(replace(text, indent=1))
    figure = Dress(amount_format(conversion.currency), foot=foot, align="right", bold=is_total)
    said = [""] * (len(plan.identity) - 2) if is_total else plan.texts(row.lines[0])[:-1]
    numbers = "Total" if is_total else ", ".join(str(line.number) for line in row.lines)
    codes = [block.currency for block in plan.blocks] if is_total else [line.row.currency for line in row.lines]
    colour = text if is_total else replace(text, colour=styles.look.quiet_text)
    cells: list[Cell | None] = [(numbers, styles.number(colour))]
    cells += [(word, styles.number(text)) for word in said]
    cells.append((", ".join(codes), aside))
    last = len(plan.headings)
    for place in range(last + 1):
        style = styles.number(replace(figure, bold=is_total or place == last))
        cells.append((conversion.formula(row, place), style))
    return cells
