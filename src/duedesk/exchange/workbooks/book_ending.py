"""What of a workbook is known only in the end: layout of tables, names, charts, Checks, Read me; it adds no figure."""

from dataclasses import dataclass, field
from datetime import datetime

from duedesk.exchange.workbooks.book_checks import checked_book
from duedesk.exchange.workbooks.charts import lay_out_charts
from duedesk.exchange.workbooks.check_rows import Check, finish_checks, write_checks
from duedesk.exchange.workbooks.facts import Making
from duedesk.exchange.workbooks.pages import Page
from duedesk.exchange.workbooks.read_me import READ_ME, Told, finish_read_me, told_of, told_of_summary, write_read_me
from duedesk.exchange.workbooks.sheet_set import ABOUT, CHARTS, CHECKS, SheetSet
from duedesk.exchange.workbooks.specs import ChartSpec, Controls, Heading
from duedesk.exchange.workbooks.styles import Dress, set_up_properties
from duedesk.exchange.workbooks.summary_plan import WrittenSummary
from duedesk.exchange.workbooks.table_layout import lay_out_table
from duedesk.exchange.workbooks.table_rows import TableRows

_MAY_CHANGE = "Blue cells may be changed: what depends on them is calculated anew."
_NOTES = (
    "Currencies are never added together.",
    "The sheet Checks sets what Duedesk says beside what the formulas give, and is green where they agree.",
)


@dataclass(slots=True)
class Content:
    """What has been added to a workbook."""

    tables: list[TableRows] = field(default_factory=list)
    summaries: list[tuple[WrittenSummary, Controls]] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    charts: list[ChartSpec] = field(default_factory=list)
    checks: dict[str, list[Check]] = field(default_factory=dict)
    """By the group they stand in."""
    facts: list[tuple[str, str | datetime]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hides_ending: bool = False

    @property
    def lines(self) -> int:
        """Give how many lines the summaries have."""
        return sum(len(block.lines) for planned, _ in self.summaries for block in planned.blocks)

    @property
    def rows(self) -> int:
        """Give how many rows the tables have."""
        return sum(table.written.rows for table in self.tables)

    @property
    def buckets(self) -> int:
        """Give how many buckets the summaries have; 0 where none has any."""
        heads = (planned.spec.buckets for planned, _ in self.summaries)
        return max((len(head.buckets) for head in heads if head is not None), default=0)

    @property
    def too_long(self) -> int:
        """Give how many numbers have more digits than Excel holds."""
        return sum(table.written.too_long for table in self.tables)


def finish_book(sheets: SheetSet, content: Content, heading: Heading, making: Making) -> bool:
    """Lay out and write what is left, and tell whether all checks hold."""
    for table in content.tables:
        sheets.text_columns |= lay_out_table(
            sheets.workbook, sheets.styles, table.written, table.widest, heading, buckets=content.buckets
        )
    for page in content.pages:
        page.lay_out(sheets.workbook, heading)
        if page.text_columns:
            sheets.text_columns[page.sheet] = page.text_columns
    calculated = 0
    for planned, _ in content.summaries:
        for name, cells in planned.names.items():
            sheets.name(name, cells)
        lines = sum(len(block.lines) for block in planned.blocks)
        calculated += lines * len(planned.figures) * planned.table.rows
    if content.charts:
        _write_charts(sheets, content.charts, heading)
    holds = _write_checks(sheets, content, heading, making)
    _write_read_me(sheets, content, heading)
    for title in (CHECKS, READ_ME) if content.hides_ending else ():
        sheets.workbook[title].sheet_state = "hidden"
    set_up_properties(sheets.workbook, title=heading.title, subtitle=heading.subtitle, cells_to_calculate=calculated)
    return holds


def _write_charts(sheets: SheetSet, charts: list[ChartSpec], heading: Heading) -> None:
    title, rows = sheets.open("Charts", CHARTS)
    quiet = Dress(colour=sheets.styles.look.quiet_text)
    rows.append([(heading.title, sheets.styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(heading.subtitle, sheets.styles.number(quiet))], height=18)
    lay_out_charts(sheets.workbook[title], sheets.styles.look, charts, heading)


def _write_checks(sheets: SheetSet, content: Content, heading: Heading, making: Making) -> bool:
    tables = [table.written for table in content.tables]
    body = checked_book(
        sheets.styles,
        making,
        facts=content.facts,
        tables=tables,
        summaries=content.summaries,
        checks=content.checks,
    )
    rows = sheets.rows_of(CHECKS)
    write_checks(rows, sheets.styles, body, subtitle=heading.subtitle, rest="Parts less whole")
    sheets.text_columns[CHECKS] = finish_checks(
        sheets.workbook, sheets.styles, body, rows=rows.count, title=heading.title, subtitle=heading.subtitle
    )
    return body.holds


def _write_read_me(sheets: SheetSet, content: Content, heading: Heading) -> None:
    title, rows = sheets.open(READ_ME, ABOUT)
    told = [told_of_summary(planned) for planned, _ in content.summaries]
    told += [Told(page.sheet, page.explanation) for page in content.pages]
    for table in content.tables:
        names = ", ".join(part.sheet for part in table.written.parts)
        told.append(told_of(names, table.written.spec.explanation, table.columns))
    specs = [planned.spec for planned, _ in content.summaries]
    can_change = any(spec.inputs or spec.buckets or spec.head_rows for spec in specs)
    notes = (*((_MAY_CHANGE,) if can_change else ()), *_NOTES, *content.notes)
    write_read_me(rows, sheets.styles, heading, notes=notes, sheets=told)
    finish_read_me(sheets.workbook[title], heading, rows.count)
