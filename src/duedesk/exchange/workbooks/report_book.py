"""A workbook under way: tables, summaries, checks and charts are added, then all of it is written whole or not at all.

It knows no report: what stands in it, `specs` says. A name that ends in .csv gets the rows of the first table alone.
"""

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from duedesk.exchange.files import write_safely
from duedesk.exchange.workbooks.book_checks import a_check
from duedesk.exchange.workbooks.book_ending import Content, finish_book
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.pages import Page
from duedesk.exchange.workbooks.plain_rows import write_plain_rows
from duedesk.exchange.workbooks.sheet_set import SUMMARIES, TABLES, SheetSet
from duedesk.exchange.workbooks.specs import ChartSpec, Controls, Formula, Heading, Row, Summary, TableSheet
from duedesk.exchange.workbooks.summary_plan import WrittenSummary, plan_summary
from duedesk.exchange.workbooks.summary_sheet import finish_summary_sheet, write_summary_sheet
from duedesk.exchange.workbooks.table_rows import TableRows
from duedesk.exchange.workbooks.written_table import WrittenTable


class _RowsAreWritten(Exception):  # noqa: N818 - no error: the rest of the workbook is not asked for
    pass


class ReportBook:
    """Collects the sheets of one workbook and writes it when the `with` ends; `facts` tells of it afterwards.

    Whatever is raised inside, cancelling among it, leaves no file, and what stood at `path` as it was. The same input
    gives the same bytes.
    """

    def __init__(self, path: Path, heading: Heading, making: Making) -> None:
        self.facts = WorkbookFacts(path, 0, 0, holds=True)
        self._path = path
        self._heading = heading
        self._making = making
        self._content = Content()
        self._remarks: list[str] = []
        self._stack = ExitStack()
        self._target: Path | None = None
        self._sheets: SheetSet | None = None

    def __enter__(self) -> Self:
        if self._path.suffix.lower() != ".csv":
            self._target = self._stack.enter_context(write_safely(self._path))
            self._sheets = SheetSet(self._target.absolute().parent, self._stack)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        if isinstance(error, _RowsAreWritten):
            return True
        if error is not None:
            self._stack.__exit__(kind, error, trace)
            return False
        with self._stack:
            self._finish()
        return False

    @property
    def sheets(self) -> SheetSet:
        """Give the sheets, for what a report lays out itself; there are none where the rows alone are written."""
        if self._sheets is None:
            raise _RowsAreWritten
        return self._sheets

    def table(self, spec: TableSheet, rows: Iterable[Row], *, total: int = 0) -> WrittenTable:
        """Write a table's rows as they come; give it for summaries and checks to refer to.

        `total` says how many there will be where that is known, for who hears how far it is.
        """
        watched = self._making.watched(rows, total)
        if self._sheets is None:
            count = write_plain_rows(self._path, spec, watched)
            self.facts = WorkbookFacts(self._path, 0, count, holds=True)
            raise _RowsAreWritten
        sheets = self._sheets
        table = TableRows(spec, sheets.styles, lambda title: sheets.open(title, TABLES))
        self._content.tables.append(table)
        written = table.write(watched)
        sheets.arrange(table.in_order())
        return written

    def summary(self, spec: Summary, table: WrittenTable, controls: Controls | None = None) -> WrittenSummary:
        """Write a summary over a table; `controls` are what the ledger says of it."""
        planned = plan_summary(spec, table, self.sheets.styles)
        planned.sheet, rows = self.sheets.open(spec.title, SUMMARIES)
        write_summary_sheet(rows, self.sheets.styles, planned, self._heading)
        text_columns = finish_summary_sheet(self.sheets.workbook, planned, self._heading)
        self.sheets.text_columns[planned.sheet] = text_columns
        self._content.summaries.append((planned, controls or Controls()))
        return planned

    def page(self, title: str, explanation: str = "", *, headline: str = "") -> Page:
        """Begin a sheet that is laid out by hand, in front of the tables; its title is written already.

        `headline` is its title where it is not the report's.
        """
        sheet, rows = self.sheets.open(title, SUMMARIES)
        page = Page(sheet, rows, self.sheets.styles, explanation)
        page.begin(replace(self._heading, title=headline or self._heading.title))
        self._content.pages.append(page)
        return page

    def chart(self, spec: ChartSpec) -> None:
        """Add a chart to the sheet Charts."""
        self._content.charts.append(spec)

    def check(
        self,
        name: str,
        expected: Decimal,
        found: Formula,
        *,
        currency: str = "",
        is_count: bool = False,
        is_rate: bool = False,
        group: str = "Further checks",
    ) -> None:
        """Add a check: what the ledger says, and the formula that gives it."""
        made = a_check(name, expected, found, currency=currency, is_count=is_count, is_rate=is_rate)
        self._content.checks.setdefault(group, []).append(made)

    def fact(self, name: str, value: str | datetime) -> None:
        """State on Checks how the workbook was asked for."""
        self._content.facts.append((name, value))

    def note(self, sentence: str) -> None:
        """Add a sentence to Read me."""
        self._content.notes.append(sentence)

    def hide_ending(self) -> None:
        """Show neither Checks nor Read me: what goes to somebody who has no use for them."""
        self._content.hides_ending = True

    def remark(self, sentence: str) -> None:
        """Tell something to the person who asked."""
        self._remarks.append(sentence)

    def _finish(self) -> None:
        sheets, target = self.sheets, self._target
        self._making.go_on(self._content.rows)
        holds = finish_book(sheets, self._content, self._heading, self._making)
        if target is not None:
            sheets.write(target, self._making.made_at)
        if self._content.too_long:
            self.remark(
                f"{self._content.too_long} numbers have more digits than Excel holds; they are text, in no sum."
            )
        if not holds:
            self.remark("The figures do not agree; the sheet Checks shows where.")
        remarks = tuple(self._remarks)
        self.facts = WorkbookFacts(self._path, self._content.lines, self._content.rows, holds, remarks)
