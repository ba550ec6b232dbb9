"""`duedesk query`: any question to the book in the useful part of SOQL; it knows no SQL."""

import argparse
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from duedesk.actions.calls.exporting import export_query
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, json_value, write_json, write_json_rows
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted, shown_value
from duedesk.cli.options import add_as_of, add_json, add_known_on
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.objects import CATALOG
from duedesk.language.queries import parse_query
from duedesk.store.queries import soql

_EXAMPLES = """\
SELECT fields FROM object [WHERE condition] [GROUP BY fields] [HAVING condition] [ORDER BY fields] [LIMIT n] [OFFSET n]

  duedesk query "SELECT DocumentNumber, BillingAccount.Name, Balance FROM Invoice WHERE DueDate < LAST_N_DAYS:30
                 AND Balance > 0 ORDER BY Balance DESC LIMIT 10"
  duedesk query "SELECT BillingAccount.Name, CurrencyIsoCode, SUM(Balance) open, COUNT(Id) invoices FROM Invoice
                 WHERE Balance > 0 GROUP BY BillingAccount.Name, CurrencyIsoCode HAVING COUNT(Id) > 2
                 ORDER BY open DESC"
  duedesk query "SELECT CALENDAR_YEAR(InvoiceDate) year, CALENDAR_MONTH(InvoiceDate) month, SUM(TotalAmountWithTax)
                 FROM Invoice WHERE CurrencyIsoCode = 'EUR' AND Status = 'Posted'
                 GROUP BY CALENDAR_YEAR(InvoiceDate), CALENDAR_MONTH(InvoiceDate) ORDER BY year, month"
  duedesk query "SELECT Invoice.DocumentNumber, Payment.PaymentNumber, Amount, EffectiveDate FROM PaymentLineInvoice
                 WHERE Type = 'Applied' AND EffectiveDate = LAST_MONTH"
  duedesk query "SELECT COUNT() FROM Account WHERE Name LIKE 'A%' AND Owner.Name != NULL"
  duedesk query "SELECT FIELDS(ALL) FROM Payment" --csv Payment.csv

Conditions: = != < <= > >= LIKE IN (...) NOT IN (...) AND OR NOT and brackets; NULL; text in 'quotes'.
Days: 2026-11-23, TODAY, YESTERDAY, LAST_WEEK, THIS_MONTH, NEXT_QUARTER, LAST_YEAR, LAST_N_DAYS:30, N_MONTHS_AGO:2, ...
are counted from --as-of. Functions: COUNT() COUNT(f) COUNT_DISTINCT SUM AVG MIN MAX, CALENDAR_YEAR, CALENDAR_QUARTER,
CALENDAR_MONTH, FIELDS(ALL). What has no value is sorted last; NULLS FIRST puts it first. Amounts of several currencies
are never added. `duedesk describe` lists the objects and their fields."""


def add_parser(verbs: Verbs) -> None:
    """Add `query`."""
    parser = verbs.add_parser(
        "query",
        description="Ask the book anything, in the useful part of SOQL.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_book(parser)
    parser.add_argument("query", metavar='"SELECT ..."', help="the query, in quotes")
    add_query_options(parser)
    parser.set_defaults(run=_run)


def add_query_options(parser: argparse.ArgumentParser) -> None:
    """Add what a query is answered by."""
    add_as_of(parser)
    add_known_on(parser)
    parser.add_argument("--csv", metavar="FILE", type=Path, help="write the rows to a CSV, as Data Loader does")
    parser.add_argument(
        "--raw", action="store_true", help="leave text in the CSV as it is, though a spreadsheet may calculate it"
    )
    add_json(parser)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        answer_query(workspace, terminal, options.query, options)
    return DONE


def answer_query(workspace: Workspace, terminal: Terminal, text: str, options: argparse.Namespace) -> None:
    """Answer a query as the options say: as a table, as JSON, or into a file."""
    as_of, known_on = options.as_of or terminal.world.today(), options.known_on
    if options.csv is not None:
        count = export_query(workspace, text, options.csv, as_of=as_of, known_on=known_on, raw=options.raw)
        if options.json:
            write_json(terminal, {"file": str(options.csv), "count": count})
        else:
            terminal.say(f"{counted(count, 'row')} written to {options.csv}")
        return
    _Answering(workspace, terminal, as_of, known_on, as_json=options.json).answer(text)


class _Answering:
    """Writes one answer."""

    def __init__(
        self, workspace: Workspace, terminal: Terminal, as_of: date, known_on: datetime | None, *, as_json: bool
    ) -> None:
        self._workspace, self._terminal, self._as_json = workspace, terminal, as_json
        self._as_of, self._known_on = as_of, known_on
        self._count = 0

    def answer(self, text: str) -> None:
        """Write the answer to a query."""
        asked = parse_query(text, CATALOG)
        with self._workspace.book.reading() as connection:
            if asked.only_counts:
                self._write_count(soql.count(connection, asked, self._as_of, known_on=self._known_on))
                return
            columns = soql.answer_columns(asked)
            found = self._counted(soql.answer(connection, asked, self._as_of, known_on=self._known_on))
            if self._as_json:
                write_json_rows(self._terminal, {}, _as_json(columns, found), behind=lambda: {"count": self._count})
                return
            headings = [Column(column.heading, is_figure=column.field.is_figure) for column in columns]
            for line in table(headings, _as_text(columns, found)):
                self._terminal.say(line)
            self._terminal.say()
            self._terminal.say(counted(self._count, "row"))

    def _write_count(self, count: int) -> None:
        if self._as_json:
            write_json(self._terminal, {"rows": [], "count": count})
        else:
            self._terminal.say(str(count))

    def _counted(self, found: Iterator[soql.AnswerRow]) -> Iterator[soql.AnswerRow]:
        for row in found:
            self._count += 1
            yield row


def _as_json(columns: tuple[soql.AnswerColumn, ...], found: Iterator[soql.AnswerRow]) -> Iterator[Json]:
    for row in found:
        cells = zip(columns, row.values, row.currencies, strict=True)
        yield {column.name: json_value(column.field, value, currency) for column, value, currency in cells}


def _as_text(columns: tuple[soql.AnswerColumn, ...], found: Iterator[soql.AnswerRow]) -> Iterator[list[str]]:
    for row in found:
        cells = zip(columns, row.values, row.currencies, strict=True)
        yield [shown_value(column.field, value, currency) for column, value, currency in cells]
