"""`duedesk invoices`: the invoices a condition finds, their count and totals; it knows no SQL."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, json_value, write_json_rows
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.list_asked import add_dunnable, list_asked
from duedesk.cli.lists.record_text import counted, shown_value
from duedesk.cli.options import add_as_of, add_json, add_known_on, limit, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.catalog import Field
from duedesk.domain.listed import SHOWN
from duedesk.domain.money import grouped, plain
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.listing import CurrencyTotal, ListRow

_ALL = tuple(field.name for field in CATALOG.object("Invoice").read_fields)

_CURRENCY = "CurrencyIsoCode"
"""Read along in front: an amount cannot be written without its currency's digits."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """A column: its path, spelt as the catalogue spells it, and the field at its end."""

    path: str
    field: Field


def add_parser(verbs: Verbs) -> None:
    """Add `invoices`."""
    parser = verbs.add_parser(
        "invoices",
        description="List invoices. Fields are those of `duedesk describe Invoice`, and of what it refers to: "
        "BillingAccount.Name.",
    )
    add_book(parser)
    parser.add_argument("--view", metavar="NAME", type=words, help="a saved list: its filter, order and columns")
    parser.add_argument("--where", metavar="C", help="a condition: \"DaysInvoiceOverdue > 30 AND Status = 'Posted'\"")
    parser.add_argument(
        "--search",
        metavar="TEXT",
        type=words,
        default="",
        help="text in numbers, references, descriptions or the account",
    )
    add_dunnable(parser)
    parser.add_argument("--order-by", metavar="F", help='fields to sort by: "Balance DESC, DueDate"')
    parser.add_argument("--limit", metavar="N", type=_limit, help="at most so many rows; count and totals are of all")
    add_as_of(parser)
    add_known_on(parser)
    parser.add_argument("--fields", metavar="A,B", help="the fields to give, in this order")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    write = _write_json if options.json else _write_text
    with opened_book(options, terminal) as workspace:
        asked, fields = list_asked(options, options.as_of or terminal.world.today(), workspace)
        named = options.fields.split(",") if options.fields else fields or (_ALL if options.json else SHOWN)
        shown = [_column(path.strip()) for path in named]
        paths = (_CURRENCY, *(column.path for column in shown))
        with workspace.book.reading() as connection:
            totals = listing.totals(connection, asked)
            write(terminal, shown, totals, listing.stream(connection, asked, paths, options.limit))
    return DONE


def _write_json(
    terminal: Terminal, shown: Sequence[_Shown], totals: Sequence[CurrencyTotal], found: Iterable[ListRow]
) -> None:
    head: dict[str, Json] = {
        "count": sum(total.count for total in totals),
        "totals": [{"currency": total.currency, "balance": plain(total.balance, total.currency)} for total in totals],
    }
    rows = (
        {
            column.path: json_value(column.field, value, str(row.values[0]))
            for column, value in zip(shown, row.values[1:], strict=True)
        }
        for row in found
    )
    write_json_rows(terminal, head, rows)


def _write_text(
    terminal: Terminal, shown: Sequence[_Shown], totals: Sequence[CurrencyTotal], found: Iterable[ListRow]
) -> None:
    columns = [Column(column.field.label, is_figure=column.field.is_figure) for column in shown]
    rows = (
        [
            shown_value(column.field, value, str(row.values[0]))
            for column, value in zip(shown, row.values[1:], strict=True)
        ]
        for row in found
    )
    listed = -1  # the heading
    for line in table(columns, rows):
        terminal.say(line)
        listed += 1
    count = sum(total.count for total in totals)
    terminal.say()
    terminal.say(f"{listed:,} of {count:,} invoices" if listed < count else counted(count, "invoice"))
    for total in totals:
        late = f", of it {grouped(total.overdue, total.currency)} overdue" if total.overdue else ""
        terminal.say(f"{total.currency} {grouped(total.balance, total.currency)} open{late}")


def _column(path: str) -> _Shown:
    way, field = CATALOG.follow("Invoice", path)
    return _Shown(".".join((*(step.relationship for step in way), field.name)), field)


def _limit(text: str) -> int:
    """Read a limit that may be nothing: count and totals alone."""
    return limit(text, least=0)
