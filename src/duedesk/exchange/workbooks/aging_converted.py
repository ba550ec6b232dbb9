"""The sheet Converted: the lines of Aging in one currency, amount times rate, rounded once; it finds no rates.

The rates stand in cells of their own, each with its day, and may be changed in the workbook: all figures follow.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal

from openpyxl.utils import column_index_from_string

from duedesk.domain.aging import Aging, AgingRequest, AgingRow
from duedesk.domain.converting import convert
from duedesk.domain.days import in_words
from duedesk.domain.money import ZERO, minor_digits
from duedesk.domain.rates import ONE, Rate, known_now
from duedesk.exchange.sheet_stream import MOST_DIGITS, Cell, Formula, Value, is_exact
from duedesk.exchange.workbooks.pages import Page
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.styles import (
    RATE,
    TEXT,
    Dress,
    Styles,
    amount_format,
    figure_width,
    line_height,
    text_lines,
    text_width,
)
from duedesk.exchange.workbooks.summary_plan import BUCKET_NAMES, SummaryLine, WrittenSummary, quoted_sheet

_FIRST_RATE_ROW = 3
_LEAST_FIGURE = 13
_LEAST = {"Line": 9, "Currency": 12}
_LEAST_TEXT = 14
_RENAMED = {"Line": "Lines", "Currency": "From"}
_LONGEST = Context(prec=MOST_DIGITS)
"""As many digits as a number of Excel has."""
_EACH = "Each figure is rounded for itself; their sum may be a little off the balance."

_Group = tuple[AgingRow, tuple[SummaryLine, ...], str]
"""A row of the converted aging, its lines, and its name."""


@dataclass(frozen=True, slots=True)
class _ConvertedRow:
    """One row: what Duedesk says of it, what its formulas come to, and the lines of Aging it is made of."""

    sheet_row: int
    control: AgingRow
    found: AgingRow
    lines: tuple[SummaryLine, ...]
    name: str


class _Conversion:
    """Where everything stands on the sheet, and what its formulas give."""

    def __init__(self, converted: Aging, asked: AgingRequest, summary: WrittenSummary) -> None:
        self.asked = asked
        self.currency = converted.totals[0].currency
        self.rates = converted.rates
        self.summary = summary
        self.headings = tuple(figure.heading for figure in summary.figures)
        self.head_row = _FIRST_RATE_ROW + len(self.rates) + 1
        groups = tuple(_groups(converted, summary))
        found = convert(replace(converted, rows=tuple(self._added_up(groups))), self.rates, self.currency)
        by_place = {row.key: row for row in found.rows}
        self.rows = tuple(
            _ConvertedRow(self.head_row + place, control, by_place[place], lines, name)
            for place, (control, lines, name) in enumerate(groups, 1)
        )
        last = self.head_row + len(self.rows) + 1
        self.total = _ConvertedRow(last, converted.totals[0], found.totals[0], (), "Total")

    def figures(self, row: AgingRow) -> tuple[Decimal, ...]:
        """Give the figures of a row under `headings`."""
        disputed = (row.disputed,) if self.asked.apart_disputed else ()
        return (*row.buckets, *disputed, row.unapplied, row.balance)

    def formula(self, row: _ConvertedRow, place: int) -> Formula:
        """Give a figure of a row: each amount times its rate, rounded once; the total is no sum of what is rounded."""
        cells = [(line.currency, line.sheet_row) for line in row.lines]
        if row is self.total:
            cells = [(block.currency, block.figures_row) for block in self.summary.blocks]
        at = f"{quoted_sheet(self.summary.sheet)}!{self.summary.column(place)}"
        terms = (f"{at}{number}" + ("" if code == self.currency else f"*{_rate_name(code)}") for code, number in cells)
        return Formula(f"ROUND({'+'.join(terms)},{minor_digits(self.currency)})", self.figures(row.found)[place])

    def _added_up(self, groups: tuple[_Group, ...]) -> Iterator[AgingRow]:
        """Give the lines as the workbook adds them up, those of one row with its place as their key."""
        count = len(self.asked.buckets)
        for place, (_, lines, _) in enumerate(groups, 1):
            for line in lines:
                *figures, unapplied, balance = (line.values[name] or ZERO for name in self.headings)
                disputed = sum(figures[count:], ZERO)
                buckets = tuple(figures[:count])
                yield AgingRow(place, "", line.currency, buckets, unapplied, balance, disputed=disputed)


def add_converted(book: ReportBook, converted: Aging, asked: AgingRequest, summary: WrittenSummary) -> None:
    """Write the sheet: the rates, the lines, their total; and check all of it."""
    conversion = _Conversion(converted, asked, summary)
    headline = f"Aging in {conversion.currency} as of {in_words(asked.as_of)}"
    page = book.page("Converted", f"The lines of Aging in {conversion.currency}. {_EACH}", headline=headline)
    styles = page.styles
    for rate in conversion.rates:
        cells = _rate(styles, conversion, rate)
        page.rows.append(cells, height=18)
        book.sheets.name(_rate_name(rate.from_currency), page.at(_rate_place(summary), page.rows.count))
    quiet = styles.number(Dress(colour=styles.look.quiet_text))
    page.rows.append([(" ".join((*known_now(asked.known_on), _EACH)), quiet)], height=18)
    page.rows.append(list(_head(styles, conversion)), height=21)
    for row in conversion.rows:
        lines = max(map(text_lines, map(str, row.lines[0].texts)))
        page.rows.append(_line(styles, conversion, row), height=line_height(lines))
    page.rows.append(_line(styles, conversion, conversion.total), height=19)
    _lay_out(page, conversion)
    _check(book, conversion, page)
    for remark in (*(rate.staleness(asked.as_of) for rate in conversion.rates), *known_now(asked.known_on)):
        if remark:
            book.remark(remark)


def _rate_name(currency: str) -> str:
    """Give the name of the cell that holds what one of a currency is worth."""
    return f"Rate_{currency}"


def _rate_place(summary: WrittenSummary) -> int:
    return column_index_from_string(summary.input_column)


def _lay_out(page: Page, conversion: _Conversion) -> None:
    summary = conversion.summary
    rows = (conversion.total, *conversion.rows)
    texts = [(_numbers(row), *map(str, row.lines[0].texts[:-1]), _codes(row)) for row in conversion.rows]
    for place, heading in enumerate(summary.identity):
        widest = max((text_width(said[place]) for said in texts), default=0)
        page.widen(place + 1, max(_LEAST.get(heading, _LEAST_TEXT), text_width(heading), widest))
    still = len(summary.identity)
    for place, column in enumerate(zip(*(conversion.figures(row.control) for row in rows), strict=True)):
        page.widen(still + 1 + place, max(_LEAST_FIGURE, figure_width(column, conversion.currency)))
    page.head_row, page.still_columns = conversion.head_row, still
    page.text_columns = f"A{page.head_row + 1}:{summary.input_column}{conversion.total.sheet_row}"


def _check(book: ReportBook, conversion: _Conversion, page: Page) -> None:
    """Check the rates, the totals of each column and the balance of each row that are in one currency."""
    currency = conversion.currency
    group = f"Converted, {currency} (each figure rounded for itself)"
    for rate in conversion.rates:
        name = f"1 {rate.from_currency} in {currency}, of {in_words(rate.on)}"
        worth = _LONGEST.plus(rate.rate)
        found = Formula(_rate_name(rate.from_currency), worth)
        book.check(name, worth, found, currency=currency, is_rate=True, group=group)
    last = len(conversion.headings) - 1
    for row in (conversion.total, *conversion.rows):
        is_total = row is conversion.total
        for place, heading in enumerate(conversion.headings):
            if not is_total and place < last:
                continue
            name = f"{row.name}, {heading}" if is_total else row.name
            at = f"{quoted_sheet(page.sheet)}!{conversion.summary.column(place)}{row.sheet_row}"
            found = Formula(at, conversion.formula(row, place).value)
            book.check(name, conversion.figures(row.control)[place], found, currency=currency, group=group)


def _groups(converted: Aging, summary: WrittenSummary) -> Iterator[_Group]:
    """Give the rows of the last level in the order of the aging, each with its lines of Aging and its name."""
    lines: dict[object, list[SummaryLine]] = {}
    for block in summary.blocks:
        for line in block.lines:
            lines.setdefault(line.key, []).append(line)
    for row in converted.rows:
        for part in row.parts or (row,):
            key = (row.key, part.key if row.parts else None)
            above = row.name if row.parts else ""
            yield part, tuple(lines[key]), " ".join(filter(None, (above, part.number, part.name)))


def _rate(styles: Styles, conversion: _Conversion, rate: Rate) -> list[Cell | None]:
    look = styles.look
    quiet = styles.number(Dress(colour=look.quiet_text))
    old = rate.staleness(conversion.asked.as_of)
    cells: list[Cell | None] = [None] * (len(conversion.summary.identity) + 1)
    cells[0] = (f"1 {rate.from_currency} in {rate.to_currency}", quiet)
    figure = styles.number(Dress(RATE, colour=look.accent, fill=look.accent_tint, align="left", is_open=True))
    cells[_rate_place(conversion.summary) - 1] = (_worth(rate), figure)
    cells[-1] = (". ".join(filter(None, (f"of {in_words(rate.on)}", old))), quiet)
    return cells


def _worth(rate: Rate) -> Value:
    """Give a rate as a cell holds it: one made of two is their quotient, so that nothing is lost."""
    if rate.by == ONE and is_exact(rate.times):
        return rate.times
    return Formula(f"{rate.times:f}/{rate.by:f}", rate.rate)


def _head(styles: Styles, conversion: _Conversion) -> Iterator[Cell]:
    look, labels = styles.look, conversion.asked.labels
    left = Dress(colour=look.quiet_text, foot=look.quiet_text, align="left")
    for heading in conversion.summary.identity:
        dress = replace(left, indent=1) if heading == "Currency" else left
        yield _RENAMED.get(heading, heading), styles.number(dress)
    for place, label in enumerate(labels):
        dress = Dress(colour=look.quiet_text, foot=look.bucket(place, len(labels)), thick=True, align="right")
        yield Formula(f"INDEX({BUCKET_NAMES},{place + 1})", label), styles.number(dress)
    plain = styles.number(replace(left, align="right"))
    yield from ((heading, plain) for heading in conversion.headings[len(labels) :])


def _line(styles: Styles, conversion: _Conversion, row: _ConvertedRow) -> list[Cell | None]:
    """Write a row; its first cell names the lines of Aging it is made of, its last word their currencies."""
    summary, is_total = conversion.summary, row is conversion.total
    foot = "" if is_total else styles.look.line
    text = Dress(TEXT, foot=foot, align="left", bold=is_total)
    aside = styles.number(replace(text, indent=1))
    figure = Dress(amount_format(conversion.currency), foot=foot, align="right", bold=is_total)
    said = ("",) * (len(summary.identity) - 2) if is_total else row.lines[0].texts[:-1]
    numbers = "Total" if is_total else _numbers(row)
    codes = ", ".join(block.currency for block in summary.blocks) if is_total else _codes(row)
    colour = text if is_total else replace(text, colour=styles.look.quiet_text)
    cells: list[Cell | None] = [(numbers, styles.number(colour))]
    cells += [(word, styles.number(replace(text, wrap=text_lines(str(word)) > 1))) for word in said]
    cells.append((codes, aside))
    last = len(conversion.headings) - 1
    for place in range(last + 1):
        style = styles.number(replace(figure, bold=is_total or place == last))
        cells.append((conversion.formula(row, place), style))
    return cells


def _numbers(row: _ConvertedRow) -> str:
    return ", ".join(str(line.number) for line in row.lines)


def _codes(row: _ConvertedRow) -> str:
    return ", ".join(line.currency for line in row.lines)
