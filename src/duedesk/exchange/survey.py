"""What a file as a whole says of how it is written: its decimal mark, the order in its dates, rows that are hidden.

One pass over all rows comes before any is taken, because a single row cannot tell 1/2 from 2/1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from sys import getsizeof

from duedesk.domain.catalog import Kind
from duedesk.domain.errors import Problem
from duedesk.exchange.amounts import DecimalMark, proven_mark
from duedesk.exchange.binding import DAYS, FIGURES, BoundSection, positions
from duedesk.exchange.cells import Columns, Row, Run, quoted
from duedesk.exchange.dates import DateStyle, DayOrder, OrderEvidence
from duedesk.exchange.faults import FileQuestion
from duedesk.exchange.table import Control, Table

_MOST_SEEN = 50_000
"""Different dates of one column kept in mind; a ledger of ten years has 3,653."""

_MOST_KEPT = 128 << 20
"""Bytes of the rows of a CSV file that are kept: those of a million invoices, each with a payment, take 90 MB."""

_OF_A_CELL = 100
"""About what the cell of a row that stands by itself takes."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found; the questions are for a person."""

    row_count: int
    mark: DecimalMark | None
    orders: dict[int, DayOrder]
    questions: tuple[Problem, ...]
    notes: tuple[str, ...]
    kept: tuple[Run | Row | Control, ...] | None
    """The rows themselves, where they take little room: they need not be cut once more."""


def survey(table: Table, sections: Sequence[BoundSection], hidden_rows: str | None) -> Survey:
    """Go over all rows once."""
    tally, kept = _Tally(sections), _Kept()
    for row in replace(table, skips_hidden=False).runs():
        if table.is_csv:
            kept.add(row)
        if isinstance(row, Run):
            tally.see_run(row)
            continue
        if isinstance(row, Control):
            if row.is_header:
                tally.headers.append(row.row)
            continue
        if row.is_hidden:
            tally.hidden.append(row.number)
        if not (row.is_hidden and table.skips_hidden):
            tally.see(row)
    orders, questions = _orders(table, tally.evidence)
    if tally.hidden and hidden_rows is None:
        questions.append(_ask_hidden(table.header.file, tally.hidden))
    notes = _notes(table, sections, tally, hidden_rows)
    return Survey(tally.rows, tally.mark, orders, tuple(questions), notes, kept.rows if table.is_csv else None)


class _Kept:
    """The rows of a file in little room, as long as they fit."""

    def __init__(self) -> None:
        self._rows: list[Run | Row | Control] | None = []
        self._size = 0

    @property
    def rows(self) -> tuple[Run | Row | Control, ...] | None:
        return None if self._rows is None else tuple(self._rows)

    def add(self, row: Run | Row | Control) -> None:
        if self._rows is None:
            return
        packed = row.packed() if isinstance(row, Run) else row
        if isinstance(packed, Run) and isinstance(packed.columns, Columns):
            self._size += sum(map(getsizeof, packed.columns.texts))
        elif not isinstance(packed, Run):
            self._size += _OF_A_CELL * (len(packed.cells) + 1)
        self._rows.append(packed)
        if self._size > _MOST_KEPT:
            self._rows = None


class _Tally:
    """What the rows tell as they go by."""

    def __init__(self, sections: Sequence[BoundSection]) -> None:
        self.rows = 0
        self.hidden: list[int] = []
        self.headers: list[int] = []
        self.calculated: dict[int, int] = {}
        self.mark: DecimalMark | None = None
        self._figures = sorted(positions(sections, FIGURES))
        undated = [
            position
            for position in positions(sections, DAYS)
            if all(_is_open(entry.dates) for one in sections for entry in one.entries if entry.position == position)
        ]
        self.evidence = {position: OrderEvidence() for position in undated}
        self._seen: dict[int, set[str]] = {position: set() for position in undated}

    def see_run(self, run: Run) -> None:
        """Take rows into account that stand line after line: each date is looked at once."""
        self.rows += len(run)
        if self.mark is None:
            rows = run.each()
            while self.mark is None and (row := next(rows, None)) is not None:
                self.mark = _mark(row, self._figures)
        for position, seen in self._seen.items():
            texts = run.columns[position]
            if seen.issuperset(texts):
                continue
            for number, text in enumerate(texts, run.number):
                self._see_date(number, position, text)

    def see(self, row: Row) -> None:
        """Take a row into account."""
        self.rows += 1
        for position in row.calculated:
            self.calculated[position] = self.calculated.get(position, 0) + 1
        if row.fault:
            return
        if self.mark is None:
            self.mark = _mark(row, self._figures)
        for position in self._seen:
            text = row.cells[position]
            if isinstance(text, str):
                self._see_date(row.number, position, text)

    def _see_date(self, number: int, position: int, text: str) -> None:
        seen = self._seen[position]
        if text not in seen:
            self.evidence[position].see(number, text.strip())
            if len(seen) < _MOST_SEEN:
                seen.add(text)


def _is_open(style: DateStyle | None) -> bool:
    return style is None or (not style.formats and style.order is None)


def _mark(row: Row, figures: Sequence[int]) -> DecimalMark | None:
    for position in figures:
        text = row.cells[position]
        if isinstance(text, str) and ("." in text or "," in text):
            mark = proven_mark(text)
            if mark is not None:
                return mark
    return None


def _orders(table: Table, evidence: dict[int, OrderEvidence]) -> tuple[dict[int, DayOrder], list[Problem]]:
    """Decide the order of each column by its own values, else by what the other columns of the file prove."""
    orders = {position: one.order for position, one in evidence.items() if one.order is not None}
    proven = set(orders.values())
    pooled = proven.pop() if len(proven) == 1 else None
    questions: list[Problem] = []
    for position, one in sorted(evidence.items()):
        if position in orders:
            continue
        if one.day_first and one.month_first:
            questions.append(_ask_mixed(table, position, one))
        elif one.open and pooled is not None:
            orders[position] = pooled
    return orders, questions


def _ask_mixed(table: Table, position: int, evidence: OrderEvidence) -> Problem:
    (row, first), (other_row, other) = evidence.day_first or (0, ""), evidence.month_first or (0, "")
    return FileQuestion(
        table.header.file,
        f"{quoted(first)} in row {row} has the day first, {quoted(other)} in row {other_row} the month.",
        "Say which is meant: --dates day-first or --dates month-first; the other rows are then refused.",
        row=min(row, other_row),
        column=table.header.name(position),
    ).problem


def _ask_hidden(file: str, hidden: list[int]) -> Problem:
    count = "1 row is" if len(hidden) == 1 else f"{len(hidden):,} rows are"
    named = ", ".join(str(row) for row in hidden[:5]) + (", ..." if len(hidden) > 5 else "")
    return FileQuestion(
        file,
        f"{count} hidden in the sheet ({named}).",
        "Say --hidden-rows include or --hidden-rows skip (hidden_rows in [source] of the mapping).",
        row=hidden[0],
    ).problem


def _notes(table: Table, sections: Sequence[BoundSection], tally: _Tally, hidden_rows: str | None) -> tuple[str, ...]:
    notes = []
    used = positions(sections, set(Kind))
    for position, count in sorted(tally.calculated.items()):
        if position in used:
            rows = "1 row" if count == 1 else f"{count:,} rows"
            notes.append(
                f"{quoted(table.header.name(position))} holds formulas in {rows}; their stored results are used."
            )
    if tally.headers:
        again = ", ".join(str(row) for row in tally.headers[:5]) + (", ..." if len(tally.headers) > 5 else "")
        notes.append(f"The headers stand again in row {again}; they are no data.")
    if hidden_rows is not None and tally.hidden:
        said = "1 hidden row is" if len(tally.hidden) == 1 else f"{len(tally.hidden):,} hidden rows are"
        notes.append(f"{said} {'left out' if table.skips_hidden else 'included'}.")
    return tuple(notes)
