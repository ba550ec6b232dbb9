"""Options that the verbs of cash share: amounts, parts of invoices, days; each verb says what it does with them."""

import argparse
from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation

from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.options import words
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import parse_day
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.invoice import invoice_key


def add_on(parser: argparse.ArgumentParser, what: str = "the day it is dated") -> None:
    """Add `--on`."""
    parser.add_argument("--on", metavar="D", type=parse_day, help=f"{what}: 2026-11-23 (today)")


def add_comments(parser: argparse.ArgumentParser) -> None:
    """Add `--comments`."""
    parser.add_argument("--comments", metavar="T", type=words, default="", help="what is to be remembered of it")


def amount(text: str) -> Decimal:
    """Read an amount with a point and no grouping, as every verb writes it; RequestError where it is none."""
    try:
        read = Decimal(text)
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite():
        raise RequestError(f"“{words(text)}” is no amount.", "Write it as 1234.50.")
    return read


def currency(text: str) -> str:
    """Read the code of a currency; RequestError where it is none."""
    code = text.strip().upper()
    if not is_currency(code):
        raise RequestError(f"“{words(text)}” is no currency.", "Write its code of three letters: USD.")
    return code


def named_amount(text: str) -> tuple[str, Decimal | None]:
    """Read `INV-1` or `INV-1=60.00`."""
    name, sign, figure = words(text).rpartition("=")
    return (name, amount(figure)) if sign else (figure, None)


def for_invoices(workspace: Workspace, named: Iterable[tuple[str, Decimal | None]]) -> tuple[ForInvoice, ...]:
    """Find the invoices that parts are for."""
    return tuple(ForInvoice(workspace.ask(invoice_key, number), part) for number, part in named)


def standing_day(options: argparse.Namespace, terminal: Terminal) -> date:
    """Give the day as of which a record is told: today, or the day of what was done where that is later."""
    today = terminal.world.today()
    return max(today, options.on or today)


def tell(options: argparse.Namespace, terminal: Terminal, changes: Changes, **record: Json) -> int:
    """Say what was done; as JSON with the record that it was done to."""
    if options.json:
        write_json(terminal, {"done": changes.summary, **record})
    else:
        terminal.say(changes.summary if changes.summary.endswith(".") else f"{changes.summary}.")
    return DONE
