"""The rows of a table, streamed: many times as fast as cell by cell, on as many sheets as it takes."""

from collections.abc import Callable, Hashable, Iterable
from decimal import Decimal

from openpyxl.utils import get_column_letter

from duedesk.domain.money import ZERO, minor_digits
from duedesk.exchange.sheet_stream import MOST_ROWS, SheetRows, Value, cell_text, is_exact
from duedesk.exchange.workbooks.cell_writers import LINE_MORE, ROW, Widest, Write, is_aside, line_writer, writer_of
from duedesk.exchange.workbooks.specs import Column, Kind, Row, TableSheet
from duedesk.exchange.workbooks.styles import Dress, Styles, line_height, text_width
from duedesk.exchange.workbooks.written_table import Line, Part, WrittenTable, all_columns, cell_refs, place_of

OpenSheet = Callable[[str], tuple[str, SheetRows]]
"""Makes a sheet of about that title; gives the title it got, and its rows."""

_AT_A_TIME = 250
MOST_SHEETS = 40
"""Sheets that one table is split over by a value; what has another value stands on one more."""
_OTHERS = "Others"
_SURE_OF_DIGITS = 11


class TableRows:
    """Writes rows as they come, and adds up what summaries and checks need."""

    def __init__(self, spec: TableSheet, styles: Styles, open_sheet: OpenSheet) -> None:
        self.columns = all_columns(spec)
        self.written = WrittenTable(spec, self.columns)
        self.widest = [Widest() for _ in self.columns]
        self._spec = spec
        self._styles = styles
        self._open = open_sheet
        self._writers: dict[str, list[Write]] = {}
        row = "".join(f'<c r="{get_column_letter(place)}{ROW}"%s' for place in range(1, len(self.columns) + 1))
        self._template = f'<row r="{ROW}">{row}</row>'
        self._sheets: dict[str, _Sheet] = {}
        self._titles: dict[str, list[str]] = {}
        self._currency = place_of(spec.columns, spec.currency) if spec.currency and not spec.fixed_currency else None
        self._split = place_of(spec.columns, spec.one_sheet_per) if spec.one_sheet_per else None
        headings = {column.heading for column in spec.columns}
        self._lines_by = [place_of(spec.columns, name) if name in headings else None for name in spec.lines_by]
        for number, known in enumerate(spec.lines, 1):
            self.written.lines[known.key, known.currency] = Line(number, known.key, known.texts, known.currency)
        self._tally_by = [place_of(spec.columns, name) for name in spec.tally_by]
        self._totals = [place for place, column in enumerate(spec.columns) if column.total]

    def write(self, rows: Iterable[Row]) -> WrittenTable:
        """Write all rows; there is at least one sheet, with an empty row where there is nothing."""
        width, template, only = len(self._spec.columns), self._template, None
        if self._split is None:
            only = self._sheet_for(())
        for row in rows:
            currency = self._spec.fixed_currency if self._currency is None else str(row[self._currency] or "")
            line = self._line(row, currency) if self._lines_by else None
            self._count(row, currency, line)
            values: Row = row if len(row) == width else row[:width]
            if line is not None:
                values = (*values, line.number)
            writers = self._writers.get(currency) or self._writers_for(currency)
            cells = [write(value) for write, value in zip(writers, values, strict=True)]
            (only or self._sheet_for(row)).append(template % tuple(cells))
        if not self._sheets:
            self._sheet_for(())
        for sheet in self._sheets.values():
            sheet.close()
        self.written.too_long = sum(one.too_long for one in self.widest)
        return self.written

    def _writers_for(self, currency: str) -> list[Write]:
        """Make the writers of a currency; whatever the rows' order, each is made once."""
        formulas = [cell_refs(column.formula, self.columns, ROW) for column in self.columns]
        behind = (None, *self.columns[:-1])
        made = [
            writer_of(column, formula, self._styles, currency, widest, aside=is_aside(column, before))
            for column, before, formula, widest in zip(self.columns, behind, formulas, self.widest, strict=True)
        ]
        if self._spec.lines_by:
            made[-1] = line_writer(self.columns[-1], self._styles)
        self._writers[currency] = made
        return made

    def _line(self, row: Row, currency: str) -> Line:
        key: Hashable = row[-1] if self._spec.is_keyed else self._texts(row)
        named = (key, currency)
        line = self.written.lines.get(named)
        if line is None:
            texts = self._texts(row)
            line = self.written.lines[named] = Line(len(self.written.lines) + 1, key, texts, currency)
        return line

    def _texts(self, row: Row) -> tuple[Value, ...]:
        return tuple(["" if place is None else row[place] for place in self._lines_by])

    def _count(self, row: Row, currency: str, line: Line | None) -> None:
        tallied = tuple([row[place] for place in self._tally_by]) if self._tally_by else ()
        key = (line.number if line else 0, currency, *tallied)
        sums = self.written.sums.get(key)
        if sums is None:
            sums = self.written.sums[key] = [ZERO] * (len(self._totals) + 1)
        sums[0] += 1
        for at, place in enumerate(self._totals, 1):
            value = row[place]
            if isinstance(value, Decimal):
                if value.adjusted() < _SURE_OF_DIGITS or is_exact(value):
                    sums[at] += value
            elif isinstance(value, int):
                sums[at] += value

    def _sheet_for(self, row: Row) -> "_Sheet":
        """Give the sheet a row goes to: the one of its value where the table is split by one."""
        name = (
            ""
            if self._split is None or not row
            else cell_text(str(row[self._split] or f"No {self._spec.one_sheet_per.lower()}"))
        )
        sheet = self._sheets.get(name)
        if sheet is None:
            if len(self._sheets) >= MOST_SHEETS:
                name = _OTHERS
            sheet = self._sheets.get(name) or _Sheet(self, name)
            self._sheets[name] = sheet
        return sheet

    def in_order(self) -> list[str]:
        """Give the titles of the sheets by what they are split by, each before those it goes on on."""
        named = sorted(self._titles, key=lambda name: (name == _OTHERS, name.casefold()))
        return [title for name in named for title in self._titles[name]]

    def begin(self, name: str) -> tuple[Part, SheetRows]:
        """Begin a part of the table on a new sheet, with its head."""
        title, rows = self._open(name or self._spec.title)
        rows.later = self.written.numbers
        number = len(self.written.parts) + 1
        part = Part(title, self._spec.table if number == 1 else f"{self._spec.table}_{number}")
        self.written.parts.append(part)
        self._titles.setdefault(name, []).append(title)
        behind = (None, *self.columns[:-1])
        heads = zip(self.columns, behind, strict=True)
        styles = (
            (column.heading, _head(self._styles, column, aside=is_aside(column, before))) for column, before in heads
        )
        rows.append(styles, height=30)
        return part, rows


class _Sheet:
    """The rows on one sheet, handed on in blocks; where it is full, the next one is begun."""

    def __init__(self, table: TableRows, name: str) -> None:
        self._table = table
        self._name = name
        self._waiting: list[str] = []
        self._part, self._rows = table.begin(name)

    def append(self, row: str) -> None:
        if self._rows.count + len(self._waiting) >= MOST_ROWS:
            self.close()
            self._part, self._rows = self._table.begin(self._name)
        if LINE_MORE in row:
            row = _grown(row)
        number = str(self._rows.count + len(self._waiting) + 1)
        self._waiting.append(row.replace(ROW, number))
        self._part.rows += 1
        if len(self._waiting) >= _AT_A_TIME:
            self.close()

    def close(self) -> None:
        """Hand on what waits."""
        self._rows.append_written(self._waiting, len(self._table.columns))
        self._waiting = []


def _grown(row: str) -> str:
    """Make a row as high as the lines of its longest text."""
    more = 1
    while LINE_MORE * (more + 1) in row:
        more += 1
    return row.replace(LINE_MORE, "").replace(">", f' ht="{line_height(more + 1)}" customHeight="1">', 1)


def _head(styles: Styles, column: Column, *, aside: bool) -> int:
    look = styles.look
    align = "right" if column.kind.is_figure else "left"
    # At the top of a high row: Excel puts the buttons of the filter at the bottom right, over what stands there.
    is_open = column.marked or column.is_input
    fill = look.accent_tint if is_open else ""
    colour = look.accent if is_open else look.quiet_text
    return styles.number(
        Dress(colour=colour, align=align, stand="top", foot=look.quiet_text, fill=fill, indent=int(aside))
    )


def width_of(column: Column, widest: Widest, currencies: Iterable[str]) -> float:
    """Give the width that shows a column's values and its heading."""
    if column.width is not None:
        return column.width
    heading = text_width(column.heading)
    match column.kind:
        case Kind.MONEY:
            digits = max((minor_digits(currency) for currency in currencies), default=2)
            figure = widest.characters - 5 + (digits and digits + 1)
            return max(figure + max(figure - 4, 0) // 3 + 4, heading, 12)
        case Kind.DAY:
            return max(13, heading)
        case Kind.MOMENT:
            return max(18, heading)
        case Kind.COUNT | Kind.DECIMAL | Kind.PERCENT:
            return max(widest.characters + 5, heading)
        case _:
            return max(widest.characters, heading)
