"""`duedesk statement`: what an account owes or what moved its balance, shown or written as a file for the customer.

What a statement says is `domain.reports.statements`'; many at once, by conditions, are `duedesk report statement`.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.reports.stating import stated
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import account_name, add_json, add_language, words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped, plain
from duedesk.domain.reports.statements import Statement, StatementFrame

_OPEN = (
    Column("Date"),
    Column("Number"),
    Column("Kind"),
    Column("Due"),
    Column("Days", is_figure=True),
    Column("Amount", is_figure=True),
    Column("Open", is_figure=True),
)
_MOVED = (
    Column("Date"),
    Column("Number"),
    Column("What"),
    Column("Amount", is_figure=True),
    Column("Balance", is_figure=True),
)


def add_parser(verbs: Verbs) -> None:
    """Add `statement`."""
    parser = verbs.add_parser(
        "statement",
        description="What an account owes: its open items, or with --activity all that moved its balance in a period. "
        "It is shown; with --out it is written as a file for the customer.",
    )
    parser.add_argument("account", metavar="ACCOUNT", nargs="+", type=account_name, help="accounts by number or name")
    add_book(parser)
    parser.add_argument(
        "--out",
        metavar="F.xlsx",
        help="write it: a sheet each, or .pdf as it is mailed",
    )
    parser.add_argument("--activity", action="store_true", help="opening balance, what moved it, closing balance")
    parser.add_argument("--period", metavar="P", type=words, help="of an activity: 2026-10, 2026-Q3 (the last month)")
    parser.add_argument("--as-of", metavar="D", type=words, help="the day to stand on: 2026-11-23 (today)")
    parser.add_argument("--known-on", metavar="D", type=words, help="count only what had been recorded by then")
    add_language(parser)
    parser.add_argument("--currency", metavar="C", type=words, help="only this currency")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    said = {"account": "\n".join(options.account), "kind": "activity" if options.activity else "open-items"}
    for name in ("period", "as_of", "known_on", "currency", "language"):
        if getattr(options, name):
            said[name.replace("_", "-")] = getattr(options, name)
    if options.period and not options.activity:
        raise RequestError("Open items are those of a day, of no period.", "Say --activity as well, or --as-of.")
    request = request_of(report_named("statement"), said, terminal.world.today())
    with opened_book(options, terminal) as workspace:
        if options.out is not None:
            written = produce(workspace, request, _place(options.out))
            if options.json:
                write_json(terminal, {"files": [str(one) for one in written.paths], "holds": written.holds})
            else:
                terminal.say(str(written.path))
            return DONE if written.holds else AT_FAULT
        statements, frame, _ = stated(workspace, request)
    if options.json:
        write_json(terminal, {"statements": [_json(one, frame) for one in statements]})
        return DONE
    if not statements:
        terminal.say("Nothing is to be stated.")
    for line in _lines(statements, frame):
        terminal.say(line)
    return DONE


def _place(text: str) -> Path:
    place = Path(words(text))
    if place.suffix.lower() not in {".xlsx", ".pdf", ".csv"}:
        raise RequestError(f"“{text}” is no name for a statement.", "Let it end in .xlsx or .pdf.")
    return place


def _lines(statements: list[Statement], frame: StatementFrame) -> Iterator[str]:
    for place, one in enumerate(statements):
        if place:
            yield ""
        number = f" ({one.to.number})" if one.to.number else ""
        days = f"as of {in_words(frame.as_of)}"
        if frame.first_day is not None:
            days = f"{in_words(frame.first_day)} to {in_words(frame.as_of)}"
        yield f"{one.to.name}{number}, {one.currency}, {days}"
        yield ""
        if frame.is_activity:
            yield f"Opening balance: {grouped(one.opening, one.currency)}"
            yield from table(_MOVED, _moved(one)) if one.moved_lines else ("Nothing moved it.",)
            yield f"Closing balance: {grouped(one.closing, one.currency)}"
        else:
            yield from table(_OPEN, _open(one)) if one.open_lines else ("Nothing is open.",)
            yield f"Balance: {grouped(one.closing, one.currency)}"


def _open(one: Statement) -> Iterator[tuple[str, ...]]:
    for line in one.open_lines:
        due = "" if line.due_date is None else in_words(line.due_date)
        days = "" if line.days_overdue is None else str(line.days_overdue)
        amounts = (grouped(line.total, one.currency), grouped(line.balance, one.currency))
        yield (in_words(line.on), line.number, line.kind, due, days, *amounts)


def _moved(one: Statement) -> Iterator[tuple[str, ...]]:
    for line in one.moved_lines:
        amounts = (grouped(line.amount, one.currency), grouped(line.balance, one.currency))
        yield (in_words(line.on), line.number, line.what, *amounts)


def _json(one: Statement, frame: StatementFrame) -> Json:
    open_: list[Json] = [
        {
            "date": line.on.isoformat(),
            "number": line.number,
            "kind": line.kind,
            "instalment": line.instalment,
            "due_date": line.due_date.isoformat() if line.due_date else None,
            "days_overdue": line.days_overdue,
            "total": plain(line.total, one.currency),
            "balance": plain(line.balance, one.currency),
        }
        for line in one.open_lines
    ]
    moved: list[Json] = [
        {
            "date": line.on.isoformat(),
            "what": line.what,
            "number": line.number,
            "reference": line.reference or None,
            "amount": plain(line.amount, one.currency),
            "balance": plain(line.balance, one.currency),
        }
        for line in one.moved_lines
    ]
    return {
        "account": one.to.name,
        "account_number": one.to.number or None,
        "currency": one.currency,
        "as_of": frame.as_of.isoformat(),
        "first_day": frame.first_day.isoformat() if frame.first_day else None,
        "opening": plain(one.opening, one.currency) if frame.is_activity else None,
        "lines": moved if frame.is_activity else open_,
        "balance": plain(one.closing, one.currency),
    }
