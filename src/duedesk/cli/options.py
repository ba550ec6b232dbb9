"""Options that several verbs share, read as values; the book is named in `book_option`."""

import argparse
from pathlib import Path

from duedesk.cli.terminal import Terminal
from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest, Basis, Buckets
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import parse_day, parse_moment
from duedesk.domain.errors import RequestError
from duedesk.domain.grouping import ACCOUNT, grouping
from duedesk.domain.languages import LANGUAGES

_DIGITS = 9
"""A limit has no more digits: no book has as many rows."""


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add `--json`."""
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def add_log(parser: argparse.ArgumentParser) -> None:
    """Add `--log`."""
    parser.add_argument("--log", metavar="F", type=Path, help="add what is said to this file as well, with the time")


def add_language(parser: argparse.ArgumentParser) -> None:
    """Add `--language`, of what goes to customers."""
    said = "of a file: its language (that of the contact, else of the house)"
    parser.add_argument("--language", choices=LANGUAGES, help=said)


def add_as_of(parser: argparse.ArgumentParser) -> None:
    """Add `--as-of`."""
    parser.add_argument("--as-of", metavar="D", type=parse_day, help="the day to stand on: 2026-11-23 (today)")


def add_known_on(parser: argparse.ArgumentParser) -> None:
    """Add `--known-on`."""
    parser.add_argument(
        "--known-on", metavar="D", type=parse_moment, help="count only what had been recorded by then (all of it)"
    )


def add_aging_request(parser: argparse.ArgumentParser) -> None:
    """Add what an aging is asked by; `aging_request` reads it."""
    add_as_of(parser)
    add_known_on(parser)
    parser.add_argument(
        "--by",
        metavar="F[,F]",
        type=grouping,
        default=(ACCOUNT,),
        help="what a row is: account, parent, owner, currency, country, term or any field that groups; two levels deep",
    )
    parser.add_argument(
        "--basis", choices=tuple(Basis), type=Basis, default=Basis.DUE, help="the date that age is counted from"
    )
    parser.add_argument(
        "--buckets",
        metavar="30,60,90",
        type=Buckets.parse,
        default=DEFAULT_BUCKETS,
        help="the last day of each bucket but the oldest",
    )
    parser.add_argument("--currency", metavar="C", type=_currency, help="only this currency")


def aging_request(options: argparse.Namespace, terminal: Terminal) -> AgingRequest:
    """Read what `add_aging_request` added."""
    return AgingRequest(
        as_of=options.as_of or terminal.world.today(),
        known_on=options.known_on,
        by=options.by,
        basis=options.basis,
        buckets=options.buckets,
        currency=options.currency,
        apart_disputed=getattr(options, "apart_disputed", False),
    )


def add_aging_shape(parser: argparse.ArgumentParser) -> None:
    """Add how the figures of an aging are shown: what is contested apart, and all of it in one currency."""
    parser.add_argument(
        "--apart-disputed", action="store_true", help="what is contested in a column of its own, out of its bucket"
    )
    parser.add_argument(
        "--in", dest="to", metavar="C", type=_currency, help="converted to this currency at the rates of the day"
    )


def limit(text: str, least: int = 1) -> int:
    """Read how many are wanted at most; ArgumentTypeError where it is no number of `least` or more."""
    if not (text.isascii() and text.isdigit() and least <= int(text[:_DIGITS]) and len(text) <= _DIGITS):
        raise argparse.ArgumentTypeError(f"“{text}” is no number here; give a whole one, {least} or more")
    return int(text)


def words(text: str) -> str:
    """Read a text that is looked for or kept in the book; RequestError where no book could hold it."""
    if any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text):
        raise RequestError(f"“{text}” holds a character that no text can hold.")
    return text


def account_name(text: str) -> str:
    """Read how one record is called; RequestError where it is blank, as what a script left empty is."""
    if not text.strip():
        raise RequestError("An account has to be named: “” is none.")
    return words(text)


def _currency(text: str) -> str:
    code = text.strip().upper()
    if not is_currency(code):
        raise RequestError(f"“{text}” is no currency.", "Write its code of three letters: USD.")
    return code
