"""One sheet a customer reads: what is open of an account or what moved its balance, with formulas for what it adds up.

It knows one statement; which there are, and what proves them, is `statement`'s.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from duedesk.domain.money import ZERO
from duedesk.domain.reports.statements import MovedLine, OpenLine, Statement, StatementFrame
from duedesk.exchange.sheet_stream import Cell, Formula, Value
from duedesk.exchange.workbooks.sheet_set import SUMMARIES, SheetSet
from duedesk.exchange.workbooks.statement_words import StatementWords, filled, spelt_by_cells
from duedesk.exchange.workbooks.styles import (
    DATE,
    TEXT,
    Dress,
    amount_format,
    figure_width,
    set_up_print,
    text_width,
    tint,
)
from duedesk.exchange.workbooks.summary_plan import quoted_sheet

_LEAST = (13, 17, 15, 15, 13, 16, 14, 14)
_MOST = 30
_FIRST_FIGURE = 5
OPENING = "Opening balance"


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """A statement that has been written: the cells that say what it comes to."""

    statement: Statement
    total: Formula
    """The cell of its balance, and what it gives."""
    aged: Formula | None = None
    """The cell of what its buckets add up to."""


class StatementSheet:
    """Writes one statement to a sheet of its own."""

    def __init__(
        self, sheets: SheetSet, frame: StatementFrame, statement: Statement, words: StatementWords, title: str
    ) -> None:
        self._title, self._rows = sheets.open(title, SUMMARIES)
        self._sheets, self._frame, self._statement, self._words = sheets, frame, statement, words
        self._look = sheets.styles.look
        self._money = amount_format(statement.currency)
        self._as_of = ""

    def write(self) -> WrittenStatement:
        """Write it from its title to where to pay."""
        self._top()
        head = self._rows.count + 1
        names = self._words.moved_head if self._frame.is_activity else self._words.open_head
        self._rows.append([(name, self._head_style(at)) for at, name in enumerate(names)], height=21)
        written = self._moved() if self._frame.is_activity else self._open()
        pay_to = self._frame.pay_to.get(self._statement.currency)
        if pay_to:
            self._rows.append([])
            self._rows.append([(f"{self._words.pay_to} {pay_to}", self._style(Dress(TEXT)))])
        self._lay_out(head)
        return written

    def _top(self) -> None:
        """Write who sends it, whom it goes to, and beside that the days and the currency."""
        sender, to, quiet = self._frame.sender, self._statement.to, Dress(TEXT, colour=self._look.quiet_text)
        self._rows.append([(self._words.title, self._style(Dress(bold=True, size=16)))], height=26)
        self._rows.append([(", ".join(sender), self._style(quiet))], height=18)
        self._rows.append([])
        left = [(to.name, Dress(TEXT, bold=True)), *((line, Dress(TEXT)) for line in to.address)]
        facts = list(self._facts())
        for place in range(max(len(left), len(facts))):
            cells: list[Cell | None] = [None] * 8
            if place < len(left):
                cells[0] = (left[place][0], self._style(left[place][1]))
            if place < len(facts):
                name, value, dress = facts[place]
                cells[5], cells[7] = (name, self._style(quiet)), (value, self._style(dress))
                if name == self._words.as_of:
                    self._as_of = f"$H${self._rows.count + 1}"
            self._rows.append(cells)
        self._rows.append([])

    def _facts(self) -> Iterator[tuple[str, Value, Dress]]:
        plain, day = Dress(TEXT, align="right"), Dress(DATE, align="right")
        yield self._words.account, self._statement.to.number, plain
        yield self._words.currency, self._statement.currency, plain
        if self._frame.first_day is not None:
            yield self._words.from_day, self._frame.first_day, day
            yield self._words.to, self._frame.as_of, day
        else:
            entered = replace(day, colour=self._look.accent, fill=self._look.accent_tint, is_open=True)
            yield self._words.as_of, self._frame.as_of, entered

    def _open(self) -> WrittenStatement:
        """Write what is open, its sum, and how old it is."""
        first = self._rows.count + 1
        lines = self._statement.open_lines
        for line in lines:
            self._rows.append(self._open_cells(line, self._rows.count + 1))
        if not lines:
            self._rows.append([(self._words.nothing_open, self._style(Dress(TEXT)))])
        last = self._rows.count
        balance = sum((line.balance for line in lines), ZERO)
        total = self._total(self._words.balance, [None, (Formula(f"SUM(H{first}:H{last})", balance), self._bold())])
        return WrittenStatement(self._statement, self._cell(total, balance), self._aged(first, last))

    def _open_cells(self, line: OpenLine, row: int) -> list[Cell | None]:
        text, day = (self._style(Dress(kind, foot=self._look.line, align=align)) for kind, align in _TEXT_AND_DAY)
        money = self._style(Dress(self._money, foot=self._look.line, align="right"))
        count = self._style(Dress("0;−0;0", foot=self._look.line, align="right"))
        number = line.number if line.instalment is None else f"{line.number} ({line.instalment})"
        days = None
        if line.due_date is not None:
            days = Formula(f"{self._as_of}-E{row}", (self._frame.as_of - line.due_date).days)
        return [
            (line.on, day),
            (number, text),
            (self._words.kinds.get(line.kind, line.kind), text),
            (line.reference, text),
            (line.due_date, day),
            (days, count),
            (line.total, money),
            (line.balance, money),
        ]

    def _aged(self, first: int, last: int) -> Formula:
        """Write how old it is: the last day of each bucket is a cell that may be changed."""
        buckets = self._frame.buckets
        self._rows.append([])
        head = Dress(TEXT, colour=self._look.quiet_text, foot=self._look.quiet_text)
        right = self._style(replace(head, align="right"))
        self._rows.append(
            [
                *[None] * 5,
                (self._words.days_overdue, self._style(head)),
                (self._words.up_to, right),
                (self._words.open, right),
            ],
            height=19,
        )
        start = self._rows.count + 1
        sums = [ZERO] * (len(buckets) + 1)
        for line in self._statement.open_lines:
            sums[-1 if line.days_overdue is None else buckets.index(line.days_overdue)] += line.balance
        open_, days, kinds = (f"${letter}${first}:${letter}${last}" for letter in "HFC")
        for index in range(len(buckets)):
            row = self._rows.count + 1
            above, here = f'{days},">"&$G{row - 1}', f'{days},"<="&$G{row}'
            is_first, is_last = index == 0, index == len(buckets) - 1
            said = self._bucket_name(index, row)
            picked = ",".join(([] if is_first else [above]) + ([] if is_last else [here]))
            self._bucket_row(index, said, Formula(f"SUMIFS({open_},{picked})", sums[index]))
        invoice = self._words.kinds.get("Invoice", "Invoice")
        loose = Formula(f'SUMIFS({open_},{kinds},"<>{invoice}")', sums[-1])
        self._rows.append(self._below(self._words.unapplied, (loose, self._plain_money())))
        end, whole = self._rows.count, sum(sums, ZERO)
        total = self._total(self._words.balance, [None, (Formula(f"SUM(H{start}:H{end})", whole), self._bold())], at=5)
        return self._cell(total, whole)

    def _bucket_name(self, index: int, row: int) -> Value:
        """Name a bucket by the limits beside it, which may be changed."""
        first, last = self._frame.buckets.days(index)
        if index == 0 or first is None:
            return self._words.not_due
        if last is None:
            said = filled(self._words.over, {"days": first - 1})
            return Formula(spelt_by_cells(self._words.over, {"days": f"G{row - 1}"}), said)
        said = filled(self._words.between, {"first": first, "last": last})
        cells = {"first": f"(G{row - 1}+1)", "last": f"G{row}"}
        return Formula(spelt_by_cells(self._words.between, cells), said)

    def _bucket_row(self, index: int, said: Value, formula: Formula) -> None:
        buckets = self._frame.buckets
        _, last = buckets.days(index)
        colour = tint(self._look.bucket(index, len(buckets)), 0.4)
        fixed = Dress("0", colour=self._look.quiet_text, foot=self._look.line, align="right")
        entered = replace(fixed, colour=self._look.accent, fill=self._look.accent_tint, is_open=True)
        limit: Cell = ("–" if last is None else last, self._style(entered if index and last is not None else fixed))
        label = (said, self._style(Dress(foot=self._look.line, fill=colour, align="left")))
        self._rows.append([*[None] * 5, label, limit, (formula, self._plain_money())])

    def _moved(self) -> WrittenStatement:
        """Write the opening balance, what moved it, and what it came to."""
        opening, closing = self._statement.opening, self._statement.opening
        text, day = (self._style(Dress(kind, foot=self._look.line, align=align)) for kind, align in _TEXT_AND_DAY)
        start = self._rows.count + 1
        first: list[Cell | None] = [(self._frame.first_day, day), (None, text), (self._words.opening, text)]
        self._rows.append([*first, *[(None, text)] * 4, (opening, self._plain_money())])
        sums = [ZERO, ZERO]
        for line in self._statement.moved_lines:
            closing += line.amount
            sums[line.amount < 0] += abs(line.amount)
            self._rows.append(self._moved_cells(line, self._rows.count + 1, closing))
        last = self._rows.count
        cells: list[Cell | None] = [
            (Formula(f"SUM({letter}{start + 1}:{letter}{last})" if last > start else "0", amount), self._bold())
            for letter, amount in zip("FG", sums, strict=True)
        ]
        row = last + 1
        total = self._total(
            self._words.closing, [*cells, (Formula(f"H{start}+F{row}-G{row}", closing), self._bold())], at=2
        )
        return WrittenStatement(self._statement, self._cell(total, closing))

    def _moved_cells(self, line: MovedLine, row: int, balance: Decimal) -> list[Cell | None]:
        text, day = (self._style(Dress(kind, foot=self._look.line, align=align)) for kind, align in _TEXT_AND_DAY)
        money = self._plain_money()
        return [
            (line.on, day),
            (line.number, text),
            (self._words.events.get(line.what, line.what), text),
            (line.reference, text),
            (line.due_date, day),
            (line.amount if line.amount >= 0 else None, money),
            (-line.amount if line.amount < 0 else None, money),
            (Formula(f"H{row - 1}+F{row}-G{row}", balance), money),
        ]

    def _total(self, name: str, last: Sequence[Cell | None], *, at: int = 5) -> int:
        """Write a line of totals; give its row."""
        cells: list[Cell | None] = [None] * (8 - len(last))
        cells[min(at, len(cells) - 1)] = (name, self._style(Dress(TEXT, bold=True)))
        self._rows.append([*cells, *last], height=19)
        return self._rows.count

    def _below(self, name: str, amount: Cell) -> list[Cell | None]:
        text = self._style(Dress(TEXT, foot=self._look.line))
        return [*[None] * 5, (name, text), (None, text), amount]

    def _cell(self, row: int, value: Decimal) -> Formula:
        return Formula(f"{quoted_sheet(self._title)}!$H${row}", value)

    def _style(self, dress: Dress) -> int:
        return self._sheets.styles.number(dress)

    def _bold(self) -> int:
        return self._style(Dress(self._money, bold=True, align="right"))

    def _plain_money(self) -> int:
        return self._style(Dress(self._money, foot=self._look.line, align="right"))

    def _head_style(self, place: int) -> int:
        align = "right" if place >= _FIRST_FIGURE else "left"
        return self._style(Dress(colour=self._look.quiet_text, foot=self._look.quiet_text, align=align))

    def _lay_out(self, head: int) -> None:
        sheet = self._sheets.workbook[self._title]
        lines = self._statement
        for letter, width in zip("ABCDEFGH", self._widths(), strict=True):
            sheet.column_dimensions[letter].width = width
        sheet.freeze_panes = f"A{head + 1}"
        sheet.sheet_view.showGridLines = False
        words = self._words
        title, rows = f"{words.title}, {lines.to.name}", f"{head}:{head}"
        set_up_print(sheet, title=title, head_rows=rows, subtitle=words.days)
        sheet.HeaderFooter.oddFooter.right.text = words.page_of
        if isinstance(sheet, Worksheet):
            sheet.page_setup.orientation = "portrait"
        self._sheets.text_columns[self._title] = f"A1:H{self._rows.count}"

    def _widths(self) -> list[int]:
        """Give widths that show what stands in the columns, and no more: the letters are larger in print."""
        lines, words = self._statement, self._words
        amounts = [*(line.total for line in lines.open_lines), *(line.balance for line in lines.moved_lines)]
        wide = figure_width([*amounts, lines.closing, lines.opening], lines.currency)
        said = [(line.number, words.kinds.get(line.kind, line.kind), line.reference) for line in lines.open_lines]
        said += [(line.number, words.events.get(line.what, line.what), line.reference) for line in lines.moved_lines]
        if self._frame.is_activity:
            said.append(("", words.opening, ""))
        texts = [max((text_width(one or "") for one in column), default=0) for column in zip(*said, strict=True)]
        found = [0, *(min(width, _MOST) for width in texts or (0, 0, 0)), 0, 0, wide, wide]
        return [max(pair) for pair in zip(_LEAST, found, strict=True)]


_TEXT_AND_DAY = ((TEXT, "left"), (DATE, "left"))
