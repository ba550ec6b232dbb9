"""Where everything stands on a summary and what its formulas give, worked out before any is written; it writes none."""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from openpyxl.utils import get_column_letter

from duedesk.domain.money import ZERO
from duedesk.exchange.sheet_stream import Value
from duedesk.exchange.workbooks.specs import BucketHead, Figure, Summary
from duedesk.exchange.workbooks.styles import Styles
from duedesk.exchange.workbooks.written_table import LINE, Line, WrittenTable

FIRST_INPUT_ROW = 3
_LONGEST_COLUMN, _TRUTHS = len("XFD"), {"TRUE", "FALSE"}
FIRST_DAYS, BUCKET_NAMES = "FirstDays", "BucketNames"


@dataclass(slots=True)
class SummaryLine:
    """One line: the number it is shown by, its texts, what it is known by, and its figures by heading.

    `came_as` is the number of the table's line, which that one got as its first row came.
    """

    number: int
    came_as: int
    key: Hashable
    texts: tuple[Value, ...]
    currency: str
    sheet_row: int = 0
    values: dict[str, Decimal | None] = field(default_factory=dict)


@dataclass(slots=True)
class SummaryBlock:
    """The lines of one currency, the row of their total (none where a line is a currency already), and its figures."""

    currency: str
    lines: list[SummaryLine]
    total_row: int | None
    totals: dict[str, Decimal | None]

    @property
    def figures_row(self) -> int:
        """Give the row that holds the figures of the whole currency."""
        return self.total_row or self.lines[0].sheet_row

    @property
    def span(self) -> tuple[int, int]:
        """Give the first and the last row of its lines."""
        return self.lines[0].sheet_row, self.lines[-1].sheet_row


@dataclass(slots=True)
class WrittenSummary:
    """A summary: what formulas and charts call its cells by."""

    spec: Summary
    table: WrittenTable
    identity: tuple[str, ...]
    figures: tuple[Figure, ...]
    sheet: str = ""
    blocks: list[SummaryBlock] = field(default_factory=list)

    @property
    def is_numbered(self) -> bool:
        """Tell whether lines are found by the number of their line, not by their texts."""
        return self.identity[0] == LINE

    @property
    def first_days_row(self) -> int:
        """Give the row of the first day of each bucket; that of the last is below it."""
        return FIRST_INPUT_ROW + len(self.spec.inputs)

    def head_row_of(self, place: int) -> int:
        """Give the row of one of `head_rows`."""
        return self.first_days_row + (2 if self.spec.buckets else 0) + place

    @property
    def head_row(self) -> int:
        """Give the row of the headings."""
        return self.head_row_of(len(self.spec.head_rows))

    @property
    def input_column(self) -> str:
        """Give the column that inputs stand in."""
        return get_column_letter(max(len(self.identity) - 1, 2))

    def letter(self, heading: str) -> str:
        """Give the column of a figure."""
        place = next(place for place, figure in enumerate(self.figures) if figure.heading == heading)
        return self.column(place)

    def column(self, place: int) -> str:
        """Give the column of a figure by its place."""
        return get_column_letter(len(self.identity) + 1 + place)

    def total_cell(self, heading: str, currency: str) -> str:
        """Give the cell of a currency's total: `Summary!F20`."""
        block = next(block for block in self.blocks if block.currency == currency)
        return f"{quoted_sheet(self.sheet)}!{self.letter(heading)}{block.figures_row}"

    def cells(self, heading: str, currency: str) -> str:
        """Give the cells of a figure on all lines of a currency, fixed, as charts take them."""
        block = next(block for block in self.blocks if block.currency == currency)
        first, last = block.span
        return f"{quoted_sheet(self.sheet)}!${self.letter(heading)}${first}:${self.letter(heading)}${last}"

    def texts(self, heading: str, currency: str) -> str:
        """Give the cells of what lines are called, as charts take them."""
        block = next(block for block in self.blocks if block.currency == currency)
        first, last = block.span
        letter = get_column_letter(self.identity.index(heading) + 1)
        return f"{quoted_sheet(self.sheet)}!${letter}${first}:${letter}${last}"

    def across(self, first: str, last: str, row: int) -> str:
        """Give the cells from one figure to another in a row, fixed: bucket names, a currency's totals."""
        return f"{quoted_sheet(self.sheet)}!${self.letter(first)}${row}:${self.letter(last)}${row}"

    @property
    def names(self) -> dict[str, str]:
        """Give the names that formulas use, and what they stand for."""
        names = {
            one.name: f"{quoted_sheet(self.sheet)}!${self.input_column}${FIRST_INPUT_ROW + place}"
            for place, one in enumerate(self.spec.inputs)
        }
        if self.spec.buckets is not None:
            labels = bucket_labels(self.spec.buckets)
            names[FIRST_DAYS] = self.across(labels[0], labels[-1], self.first_days_row)
            names[BUCKET_NAMES] = self.across(labels[0], labels[-1], self.head_row)
        return names


def bucket_labels(head: BucketHead) -> tuple[str, ...]:
    """Give the headings of the buckets."""
    return head.buckets.labels_from(head.basis)


def quoted_sheet(title: str) -> str:
    """Give a sheet's title as formulas write it: bare where it is one word that is no number, cell, column or truth."""
    is_word = title.isascii() and title.isalpha() and len(title) > _LONGEST_COLUMN and title.upper() not in _TRUTHS
    return title if is_word else "'" + title.replace("'", "''") + "'"


def plan_summary(spec: Summary, table: WrittenTable, styles: Styles) -> WrittenSummary:
    """Lay a summary out over a table that has been written."""
    by = spec.by or table.spec.lines_by
    currency = table.spec.currency if not table.spec.fixed_currency else ""
    by = by if not currency or currency in by else (*by, currency)
    is_numbered = bool(table.spec.lines_by) and set(by) - {currency} == set(table.spec.lines_by) - {currency}
    by = by if currency not in by else (*(name for name in by if name != currency), currency)
    figures = (*_bucket_figures(spec.buckets, styles), *spec.figures)
    planned = WrittenSummary(spec, table, (LINE, *by) if is_numbered else by, figures)
    by_currency: dict[str, list[SummaryLine]] = {}
    for line in _numbered(table, by) if is_numbered else _by_texts(table, by):
        by_currency.setdefault(line.currency, []).append(line)
    row = planned.head_row
    for currency_code in sorted(by_currency):
        lines = by_currency[currency_code]
        if spec.sort is not None:
            sort = spec.sort
            lines.sort(key=lambda line: sort(line.texts))
        for line in lines:
            row += 1
            line.sheet_row = row
        total_row = None
        if by != (currency,):
            total_row = row + 1
            row += 2
        planned.blocks.append(SummaryBlock(currency_code, lines, total_row, {}))
    if is_numbered:
        _number(planned)
    _work_out(planned)
    return planned


def _number(planned: WrittenSummary) -> None:
    """Count the lines from the top down; rows are told, unless another summary has told them."""
    numbers = planned.table.numbers
    lines = [line for block in planned.blocks for line in block.lines]
    if not numbers:
        numbers.update((line.came_as, place) for place, line in enumerate(lines, 1))
    for line in lines:
        line.number = numbers[line.came_as]


def _bucket_figures(head: BucketHead | None, styles: Styles) -> Iterator[Figure]:
    if head is None:
        return
    labels = bucket_labels(head)
    for index, label in enumerate(labels):
        colour = styles.look.bucket(index, len(labels))
        heat = colour if index else ""
        yield Figure(label, of=head.of, less=head.less, where=((head.column, label),), foot=colour, heat=heat)


def _numbered(table: WrittenTable, by: tuple[str, ...]) -> Iterator[SummaryLine]:
    places = [table.spec.lines_by.index(name) if name in table.spec.lines_by else None for name in by]
    for line in table.lines.values():
        yield SummaryLine(line.number, line.number, line.key, _texts(line, places), line.currency)


def _texts(line: Line, places: list[int | None]) -> tuple[Value, ...]:
    return tuple([line.currency if place is None else line.texts[place] for place in places])


def _by_texts(table: WrittenTable, by: tuple[str, ...]) -> Iterator[SummaryLine]:
    """Give a line for each combination of the texts there is, numbered as they came."""
    found: dict[tuple[Value, ...], SummaryLine] = {}
    for key in table.sums:
        texts = tuple(_said(table, key, name) for name in by)
        if texts not in found:
            found[texts] = SummaryLine(len(found) + 1, len(found) + 1, texts, texts, str(key[1]))
    yield from found.values()


def _said(table: WrittenTable, key: tuple[Value, ...], name: str) -> Value:
    """Give what stands in a column for all rows that were added up under a key."""
    if name == table.spec.currency:
        return key[1]
    return key[2 + table.spec.tally_by.index(name)]


def _work_out(planned: WrittenSummary) -> None:
    """Give every line and total its figures, in one pass over the table's sums."""
    table = planned.table
    summed = [figure for figure in planned.figures if not figure.formula]
    places = [(figure, table.sum_place(figure.of), figure.less and table.sum_place(figure.less)) for figure in summed]
    by_number = {line.came_as: line for block in planned.blocks for line in block.lines}
    by_texts = {line.texts: line for block in planned.blocks for line in block.lines}
    for line in by_number.values():
        line.values = {figure.heading: ZERO for figure in summed}
    names = planned.identity[1:] if planned.is_numbered else planned.identity
    for key, sums in table.sums.items():
        if planned.is_numbered:
            line = by_number[int(str(key[0]))]
        else:
            line = by_texts[tuple(_said(table, key, name) for name in names)]
        for figure, place, less in places:
            if all(_said(table, key, name) == value for name, value in figure.where):
                found = sums[place] - sums[less] if less else sums[place]
                line.values[figure.heading] = (line.values[figure.heading] or ZERO) + found
    for block in planned.blocks:
        for figure in summed:
            block.totals[figure.heading] = sum((line.values[figure.heading] or ZERO for line in block.lines), ZERO)
        for values in (*(line.values for line in block.lines), block.totals):
            _calculate(planned.figures, values)


def _calculate(figures: tuple[Figure, ...], values: dict[str, Decimal | None]) -> None:
    """Work out the figures that are made of others, one after the other."""
    for figure in figures:
        if figure.formula and figure.gives is not None:
            values[figure.heading] = figure.gives({name: value or ZERO for name, value in values.items()})
