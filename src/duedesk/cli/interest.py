"""`duedesk interest`: the late interest of invoices up to a day, period by period, as a letter's appendix shows it."""

import argparse
from decimal import Decimal

from duedesk.actions.interest.rules import late_rules
from duedesk.actions.interest.stating import InvoiceInterest, interest_of
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.invoice_names import add_invoices, invoice_keys
from duedesk.cli.json_text import Json, plain_number, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.interest_appendix import appendix_rows
from duedesk.domain.day_counts import IN_WORDS
from duedesk.domain.days import in_words, parse_day
from duedesk.domain.interest import InterestStatement
from duedesk.domain.late_profiles import LateRules, NoInterest
from duedesk.domain.money import grouped, plain


def add_parser(verbs: Verbs) -> None:
    """Add `interest`."""
    parser = verbs.add_parser(
        "interest",
        description="The late interest that has run on invoices after what was charged, by the profile of the "
        "customer's country: period, days, balance, rate, amount. Nothing is charged by asking.",
    )
    add_book(parser)
    add_invoices(parser, where=True)
    parser.add_argument("--until", metavar="D", type=parse_day, help="up to and including this day (today)")
    parser.add_argument("--whole", action="store_true", help="from the due date on, also what was charged already")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    until = options.until or terminal.world.today()
    with opened_book(options, terminal) as workspace:
        keys = invoice_keys(options, terminal, workspace)
        with workspace.book.reading() as connection:
            rules = late_rules(connection)
            found = {one.invoice.key: one for one in interest_of(connection, keys, until, rules, whole=options.whole)}
    told = [found[key] for key in keys if key in found]
    if options.json:
        shown: list[Json] = [_json(one, rules) for one in told]
        write_json(terminal, {"until": until.isoformat(), "not_late": len(keys) - len(told), "invoices": shown})
        return DONE
    for place, one in enumerate(told):
        if place:
            terminal.say("")
        _say(terminal, one)
    if len(told) < len(keys):
        terminal.say(f"Nothing of {_others(len(keys) - len(told), told)} was due before {in_words(until)}.")
    return DONE


def _others(count: int, told: list[InvoiceInterest]) -> str:
    if count == 1:
        return "the other invoice" if told else "the invoice"
    return f"{count:,} {'other ' if told else ''}invoices"


def _say(terminal: Terminal, one: InvoiceInterest) -> None:
    stated, number = one.stated, one.invoice.number or f"#{one.invoice.key}"
    if isinstance(stated, NoInterest):
        terminal.say(f"{number}: {stated.why} {stated.hint}".rstrip())
        return
    terms = stated.terms
    terminal.say(f"{number}: {terms.basis}; {IN_WORDS[terms.day_count]}.")
    if stated.periods:
        appendix = appendix_rows([(number, stated)])
        columns = [Column(name, is_figure=place > 1) for place, name in enumerate(appendix.header)]
        for line in table(columns, (*appendix.rows, appendix.sum)):
            terminal.say(line)
    before = one.invoice.charged_until
    charged = "" if before is None else f" after {in_words(before)}, until when it was charged"
    sums = f"{grouped(stated.total, stated.currency)} {stated.currency}"
    reached = "" if stated.charged_until is None else f" up to {in_words(stated.charged_until)}"
    terminal.say(f"{sums} of interest{charged}{reached}.")
    for warning in stated.warnings:
        terminal.say(f"{warning} Its days are not charged yet: `duedesk reference-rates import FILE`.")


def _json(one: InvoiceInterest, rules: LateRules) -> Json:
    before = one.invoice.charged_until
    document: dict[str, Json] = {
        "invoice": one.invoice.number,
        "key": one.invoice.key,
        "currency": one.invoice.claim.currency,
        "country": one.country,
        "is_consumer": one.invoice.is_consumer,
        "charged_before": None if before is None else before.isoformat(),
    }
    if isinstance(one.stated, NoInterest):
        return document | {"total": plain(Decimal(0), one.invoice.claim.currency), "periods": [], "why": one.stated.why}
    return document | _stated(one.stated, _lump_sum(one, rules))


def _lump_sum(one: InvoiceInterest, rules: LateRules) -> Decimal:
    profile = rules.profile(one.country)
    if profile is None:
        return Decimal(0)
    first = max((debt.open_after(debt.due_date) for debt in one.invoice.claim.debts), default=Decimal(0))
    return profile.lump_sum(first, one.invoice.claim.currency, is_consumer=one.invoice.is_consumer)


def _stated(stated: InterestStatement, lump_sum: Decimal) -> dict[str, Json]:
    currency, terms = stated.currency, stated.terms
    periods: list[Json] = [
        {
            "first_day": one.first_day.isoformat(),
            "last_day": one.last_day.isoformat(),
            "days": one.days,
            "balance": plain(one.balance, currency),
            "rate": plain_number(one.rate),
            "amount": plain(one.amount, currency),
        }
        for one in stated.periods
    ]
    return {
        "basis": terms.basis,
        "fixing": terms.fixing.value,
        "day_count": terms.day_count.value,
        "periods": periods,
        "total": plain(stated.total, currency),
        "charged_until": None if stated.charged_until is None else stated.charged_until.isoformat(),
        "lump_sum": plain(lump_sum, currency),
        "warnings": list(stated.warnings),
    }
