"""A dunning run that is proposed, as the terminal tells it: tables, sums and JSON; it asks nothing."""

from collections import Counter
from collections.abc import Iterator

from duedesk.actions.dunning.unprintable import unprintable
from duedesk.cli.json_text import Json
from duedesk.cli.layout import Column, table
from duedesk.domain.dunning.proposal import LeftOut, Proposal, ProposedItem, ProposedLetter
from duedesk.domain.dunning.reasons import sentence
from duedesk.domain.money import ZERO, grouped, plain


def proposal_json(found: Proposal) -> Json:
    """Give a proposal as a document: every overdue invoice stands in it once."""
    return {
        "as_of": found.as_of.isoformat(),
        "warnings": list(unprintable(found.letters)),
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


def proposal_lines(found: Proposal, *, left_out: bool) -> Iterator[str]:
    """Give a proposal as tables and sums, what is left out where it is asked for."""
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
    yield from unprintable(found.letters)
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
