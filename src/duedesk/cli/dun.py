"""`duedesk dun`: what a dunning run of a day would do, and why an invoice is not dunned; it issues nothing."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import date

from duedesk.actions.dunning.proposing import proposal, why
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_as_of, add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.days import in_words
from duedesk.domain.dunning_proposal import LeftOut, Proposal, ProposedItem, ProposedLetter
from duedesk.domain.dunning_reasons import sentence
from duedesk.domain.money import ZERO, grouped, plain
from duedesk.store.queries.dunning_policies import policy_called
from duedesk.store.queries.records import invoice_key


def add_parser(verbs: Verbs) -> None:
    """Add `dun`."""
    parser = verbs.add_parser(
        "dun",
        description="Propose a dunning run: the letters with their items, and every overdue invoice that is left out "
        "with why. Nothing is written.",
    )
    add_book(parser)
    add_as_of(parser)
    parser.add_argument("--policy", metavar="P", type=words, nargs="+", help="only what these policies dun (all)")
    parser.add_argument("--left-out", action="store_true", help="list what is left out, each with its reason")
    parser.add_argument("--why", metavar="INVOICE", type=words, help="why this invoice is dunned, or is not")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    as_of = options.as_of or terminal.world.today()
    if options.why is not None:
        return _why(options, terminal, as_of)
    with opened_book(options, terminal) as workspace:
        keys = None if options.policy is None else [workspace.ask(policy_called, one).key for one in options.policy]
        found = proposal(workspace, as_of, keys)
        name = workspace.book.name
    if options.json:
        write_json(terminal, proposal_json(found))
        return DONE
    terminal.say(f"{name}: dunning of {in_words(as_of)}, proposed; nothing is written")
    for line in _lines(found, left_out=options.left_out):
        terminal.say(line)
    return DONE


def _why(options: argparse.Namespace, terminal: Terminal, as_of: date) -> int:
    with opened_book(options, terminal) as workspace:
        answer = why(workspace, workspace.ask(invoice_key, options.why), as_of)
    if options.json:
        said: dict[str, Json] = {"invoice": answer.number, "dunned": answer.is_dunned, "reason": answer.sentence}
        write_json(terminal, {**said, "letter": answer.letter or None})
    else:
        terminal.say(f"{answer.number} is {'' if answer.is_dunned else 'not '}dunned. {answer.sentence}")
    return DONE


def proposal_json(found: Proposal) -> Json:
    """Give a proposal as a document: every overdue invoice stands in it once."""
    return {
        "as_of": found.as_of.isoformat(),
        "letters": [_letter_json(found, letter) for letter in found.letters],
        "left_out": [
            {"invoice": one.number, "why": one.reason.why.value, "reason": sentence(one.reason, one.currency)}
            for one in found.left_out
        ],
    }


def _letter_json(found: Proposal, letter: ProposedLetter) -> Json:
    code = letter.currency
    return {
        "key": letter.key,
        "account": letter.to.name,
        "account_number": letter.to.number,
        "policy": found.policies[letter.policy_key].name,
        "level": letter.level,
        "courtesy": letter.is_courtesy,
        "currency": code,
        "principal": plain(letter.principal, code),
        "unapplied": plain(letter.unapplied, code),
        "fee": plain(letter.fee, code),
        "interest": plain(letter.interest, code),
        "total": plain(letter.total, code),
        "deadline": letter.deadline.isoformat(),
        "channel": letter.channel,
        "address": letter.address,
        "items": [_item_json(item, code) for item in letter.items],
        "not_due": [
            {"invoice": one.number, "due": one.due_date.isoformat(), "balance": plain(one.balance, code)}
            for one in letter.not_due_items
        ],
    }


def _item_json(item: ProposedItem, code: str) -> Json:
    return {
        "invoice": item.number,
        "due": item.due_date.isoformat(),
        "days_overdue": item.days_overdue,
        "balance": plain(item.balance, code),
        "asked": plain(item.asked, code),
        "level_before": item.level_before,
        "level_after": item.level_after,
        "reason": sentence(item.reason, code),
    }


def _lines(found: Proposal, *, left_out: bool) -> Iterator[str]:
    columns = (
        *map(Column, ("Account", "Currency")),
        Column("Level", is_figure=True),
        Column("Items", is_figure=True),
        *(Column(name, is_figure=True) for name in ("Asked", "Unapplied", "Fee", "Total")),
        *map(Column, ("Pay by", "By")),
    )
    if found.letters:
        yield ""
        yield from table(columns, map(_row, found.letters))
    yield ""
    yield from _sums(found)
    if left_out and found.left_out:
        yield ""
        listed = (*map(Column, ("Invoice", "Due", "Currency")), Column("Balance", is_figure=True), Column("Why not"))
        yield from table(listed, map(_left_out_row, found.left_out))


def _row(letter: ProposedLetter) -> tuple[str, ...]:
    amounts = (letter.principal, letter.unapplied, letter.fee, letter.total)
    figures = (grouped(amount, letter.currency) for amount in amounts)
    level = "notice" if letter.is_courtesy else str(letter.level)
    named = (letter.to.name, letter.currency, level, str(len(letter.items)))
    return (*named, *figures, letter.deadline.isoformat(), letter.channel)


def _left_out_row(one: LeftOut) -> tuple[str, ...]:
    balance = grouped(one.balance, one.currency)
    return one.number, one.due_date.isoformat(), one.currency, balance, sentence(one.reason, one.currency)


def _sums(found: Proposal) -> Iterator[str]:
    totals = dict.fromkeys((letter.currency for letter in found.letters), ZERO)
    for letter in found.letters:
        totals[letter.currency] += letter.total
    asked = " and ".join(f"{grouped(total, code)} {code}" for code, total in sorted(totals.items()))
    count = len(found.letters)
    yield f"{count:,} letter{'s'[: count != 1]}{f' over {asked}' if asked else ''}."
    reasons = Counter(one.reason.why.value for one in found.left_out)
    said = ", ".join(f"{number:,} {why}" for why, number in reasons.most_common())
    left = len(found.left_out)
    yield f"{left:,} overdue invoice{'s'[: left != 1]} left out{f': {said}' if said else ''}."
