"""`duedesk late-interest`: which rule of late interest applies to which country; chooses another, or an own rate."""

import argparse
from dataclasses import replace
from decimal import Decimal

from duedesk.actions.interest.choosing import choose_late_interest, country_code, set_least_interest
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.workspace import Workspace
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import amount, currency
from duedesk.cli.dunning.late_interest_json import country_json, least_json
from duedesk.cli.json_text import write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.profiles import LateRules

_NONE = "none"


def add_parser(verbs: Verbs) -> None:
    """Add `late-interest`."""
    parser = verbs.add_parser(
        "late-interest",
        description="Which profile of late interest applies to customers of which country: all of them, one, or one "
        "chosen anew. A country of two letters or its name; `other` stands for every country that has no choice.",
    )
    parser.add_argument("country", metavar="COUNTRY", nargs="?", type=words, help="DE, Germany, other")
    add_book(parser)
    parser.add_argument("--profile", metavar="P", type=words, help="which profile applies, or `none`")
    parser.add_argument("--percent", metavar="X", type=_percent, help="a rate of one's own, percent a year; or `none`")
    parser.add_argument(
        "--consumers", action=argparse.BooleanOptionalAction, default=None, help="charge consumers where the law does"
    )
    parser.add_argument(
        "--basis", metavar="WORDS", type=words, help="what letters say it rests on; empty: the profile's"
    )
    parser.add_argument("--reset", action="store_true", help="go back to the profile the country has by itself")
    parser.add_argument("--least", metavar="X", type=words, help="the least interest of a letter; 0 takes it away")
    parser.add_argument("--currency", metavar="C", type=currency, help="of --least")
    add_json(parser)
    parser.set_defaults(run=_run)


def _percent(text: str) -> Decimal | str:
    return _NONE if text.strip().casefold() == _NONE else amount(text)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        if (options.least is None) is not (options.currency is None):
            raise RequestError("The least interest is of a currency.", "Write --least 5 --currency EUR.")
        if options.least is not None:
            least = amount(options.least)
            set_least_interest(workspace, options.currency, least or None)
        if options.country is not None:
            _choose(options, workspace)
        rules = workspace.ask(late_rules)
    countries = rules.countries() if options.country is None else (country_code(rules, options.country),)
    if options.json:
        write_json(
            terminal, {"countries": [country_json(rules, code) for code in countries], "least": least_json(rules)}
        )
        return DONE
    rows = [(code or "other", rules.name_of(code), *_told(rules, code)) for code in countries]
    columns = (
        Column("Code"),
        Column("Country"),
        Column("Profile"),
        Column("Businesses", widest=60),
        Column("Consumers"),
    )
    for line in table(columns, rows):
        terminal.say(line)
    for code, amount_said in least_json(rules).items():
        terminal.say(f"A letter charges no interest below {amount_said} {code}.")
    return DONE


def _choose(options: argparse.Namespace, workspace: Workspace) -> None:
    given = (options.profile, options.percent, options.consumers, options.basis)
    if options.reset:
        if any(one is not None for one in given):
            raise RequestError("--reset takes back what was chosen.", "Leave the other options out.")
        choose_late_interest(workspace, options.country, None)
        return
    if all(one is None for one in given):
        return
    rules = workspace.ask(late_rules)
    choice = rules.choice(country_code(rules, options.country))
    if options.profile is not None:
        profile = options.profile.strip()
        choice = replace(choice, profile="" if profile.casefold() == _NONE else profile.upper())
    if options.percent is not None:
        choice = replace(choice, percent=None if options.percent == _NONE else options.percent)
    if options.consumers is not None:
        choice = replace(choice, charges_consumers=options.consumers)
    if options.basis is not None:
        choice = replace(choice, basis=options.basis)
    choose_late_interest(workspace, options.country, choice)


def _told(rules: LateRules, country: str) -> tuple[str, str, str]:
    profile = rules.profile(country)
    rates = (rules.in_short(country, is_consumer=False), rules.in_short(country, is_consumer=True))
    return ("none" if profile is None else profile.name, *rates)
