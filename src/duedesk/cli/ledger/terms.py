"""`duedesk term`: lists payment terms, and makes or changes one: net days, end of month, instalments, discount."""

import argparse

from duedesk.actions.invoices.terms import STATUSES, save_term
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, plain_number, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import Item, Term
from duedesk.domain.term_text import parse_discount, parse_item, write_item, write_term
from duedesk.store.queries.terms import NamedTerm, terms


def add_parser(verbs: Verbs) -> None:
    """Add `term`."""
    parser = verbs.add_parser(
        "term",
        description="List the payment terms; with a name and --net or --item, make one or give it other parts.",
        epilog='Parts: --item "25% 30 days" --item "rest 1 month, day 15 + 10 days"; '
        '--item "0 months, end of month"; --net 30 --discount 2/10.',
    )
    add_book(parser)
    parser.add_argument("name", metavar="NAME", nargs="?", type=words, help="the payment term")
    parser.add_argument("--net", metavar="DAYS", type=int, help="due so many days after the invoice date")
    parser.add_argument("--item", metavar="PART", action="append", default=[], type=parse_item, help="one part of it")
    parser.add_argument("--discount", metavar="P/D", type=parse_discount, help="for paying early: 2/10")
    parser.add_argument("--description", metavar="T", type=words, help="in words")
    parser.add_argument("--status", choices=STATUSES, help="whether it is in use (Active)")
    parser.add_argument("--default", action="store_true", help="where neither invoice nor account names one")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    has_days = options.net is not None or bool(options.item)
    beside = options.default or options.discount or options.description is not None or options.status is not None
    is_told = has_days or bool(beside)
    if options.net is not None and options.item:
        raise RequestError("A term has net days or parts, not both.", "Leave --net out.")
    if is_told and options.name is None:
        raise RequestError("A payment term needs a name.", '`duedesk term "Net 30" --net 30` makes one.')
    with opened_book(options, terminal) as workspace:
        done = None
        if is_told:
            there = next(iter(_called(options.name, workspace.ask(terms))), None)
            done = save_term(
                workspace,
                options.name if there is None else there.name,
                term=_term(options, there, has_days=has_days),
                description=options.description,
                is_default=options.default or None,
                status=options.status or (there.status if there else "Active"),
            )
        found = workspace.ask(terms)
    shown = found if options.name is None else _called(options.name, found)
    if options.name is not None and not shown:
        raise RequestError(f"There is no payment term “{options.name}”.", "With --net or --item the verb makes one.")
    if options.json:
        write_json(terminal, {"done": done.summary if done else None, "terms": [_json(one) for one in shown]})
        return DONE
    if done is not None:
        terminal.say(f"{done.summary}.")
    columns = (Column("Term"), Column("Status"), Column(""), Column("Due"))
    rows = ((one.name, one.status, "default" if one.is_default else "", write_term(one.term)) for one in shown)
    for line in table(columns, rows):
        terminal.say(line)
    return DONE


def _called(name: str, among: tuple[NamedTerm, ...]) -> tuple[NamedTerm, ...]:
    return tuple(one for one in among if one.name.casefold() == name.casefold())


def _term(options: argparse.Namespace, there: NamedTerm | None, *, has_days: bool) -> Term:
    """Give the term as it shall be: what is not told of one that is there stays."""
    if not has_days and there is None:
        raise RequestError(f"There is no payment term “{options.name}”.", "With --net or --item the verb makes one.")
    kept = there.term if there is not None and not has_days else Term(options.net or 0, tuple(options.item))
    if options.discount is None:
        return kept
    percent, days = options.discount
    return Term(kept.days, kept.items, percent, days)


def _json(one: NamedTerm) -> Json:
    term = one.term
    return {
        "name": one.name,
        "status": one.status,
        "default": one.is_default,
        "description": one.description or None,
        "days": term.days,
        "discount_percent": None if term.discount_percent is None else plain_number(term.discount_percent),
        "discount_days": term.discount_days,
        "items": [_item(item) for item in term.items],
    }


def _item(item: Item) -> Json:
    return {
        "text": write_item(item),
        "period": item.period,
        "unit": item.unit,
        "day_of_month": item.day_of_month,
        "added_days": item.added_days,
        "percentage": None if item.percentage is None else plain_number(item.percentage),
        "amount": None if item.amount is None else plain_number(item.amount),
    }
