"""What a clerk decides on a proposal before it is issued: taken out, postponed, another level or address, a note.

Decisions are data: they are made on one proposal, kept, and fit the next one by the keys of letters and invoices.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from duedesk.domain.business_days import IsFree, deadline, is_weekend
from duedesk.domain.dunning.policy import CHANNELS, MAIL
from duedesk.domain.dunning.proposal import LeftOut, Proposal, ProposedItem, ProposedLetter
from duedesk.domain.dunning.reasons import Reason, Why
from duedesk.domain.dunning.rules import Sums, sums_of
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Decision:
    """Why something was taken out or postponed, by whom; `until` where it was postponed."""

    words: str = ""
    by: str = ""
    until: date | None = None

    @property
    def reason(self) -> Reason:
        """Give the reason it is left out for."""
        if self.until is not None:
            return Reason(Why.POSTPONED, day=self.until, words=self.words, by=self.by)
        return Reason(Why.TAKEN_OUT, words=self.words, by=self.by)


@dataclass(frozen=True, slots=True)
class Triage:
    """All that was decided: on invoices by key, on letters by the key they have in the proposal."""

    invoices: Mapping[int, Decision] = field(default_factory=dict)
    letters: Mapping[str, Decision] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    """Where a letter goes instead: an address for mail, or lines of a postal address."""
    notes: Mapping[str, str] = field(default_factory=dict)
    waivers: Mapping[str, str] = field(default_factory=dict)
    """Why a letter charges neither fee nor interest; the interest is waived when the letter is issued."""
    by: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give it as JSON holds it; what is empty is left out."""
        said = asdict(self)
        for part in ("invoices", "letters"):
            said[part] = {
                str(key): {name: str(value) for name, value in one.items() if value} for key, one in said[part].items()
            }
        return {name: value for name, value in said.items() if value}


def read_triage(said: Mapping[str, Any]) -> Triage:
    """Read what `as_json` wrote; RequestError where it is something else."""
    try:
        return Triage(
            invoices={int(key): _decision(one) for key, one in said.get("invoices", {}).items()},
            letters={str(key): _decision(one) for key, one in said.get("letters", {}).items()},
            levels={str(key): int(level) for key, level in said.get("levels", {}).items()},
            **{
                part: {str(key): str(one) for key, one in said.get(part, {}).items()}
                for part in ("channels", "addresses", "notes", "waivers")
            },
            by=str(said.get("by", "")),
        )
    except (AttributeError, TypeError, ValueError):
        raise RequestError("These are no decisions on a proposal.", "Make them anew.") from None


def triaged(proposal: Proposal, triage: Triage, is_free: IsFree = is_weekend) -> Proposal:
    """Give a proposal after all decisions: each letter with its sums anew, what was taken out among what is left out.

    RequestError where a letter is given a level that its policy has not, or that its items have not come to yet.
    """
    if triage == Triage(by=triage.by):
        return proposal
    letters: list[ProposedLetter] = []
    left_out: list[LeftOut] = []
    for letter in proposal.letters:
        found = _decided(proposal, letter, triage, is_free)
        left_out += found[1]
        letters += [found[0]] if found[0] is not None else []
    return replace(proposal, letters=tuple(letters), left_out=(*proposal.left_out, *left_out))


def _decided(
    proposal: Proposal, letter: ProposedLetter, triage: Triage, is_free: IsFree
) -> tuple[ProposedLetter | None, list[LeftOut]]:
    whole = triage.letters.get(letter.key)
    if whole is not None:
        return None, list(_out(letter, {item.invoice_key: whole.reason for item in letter.items}))
    out = {
        item.invoice_key: triage.invoices[item.invoice_key].reason
        for item in letter.items
        if item.invoice_key in triage.invoices
    }
    level = triage.levels.get(letter.key, letter.level)
    if level != letter.level:
        out |= _above(proposal, letter, level, triage.by)
    items = [_at(item, level, triage.by) for item in letter.items if item.invoice_key not in out]
    if not items:
        return None, list(_out(letter, out))
    if out or level != letter.level:
        sums = _sums(proposal, letter, level, [item.asked for item in items])
        if isinstance(sums, Reason):
            out |= {item.invoice_key: sums for item in items}
            return None, list(_out(letter, out))
        rule = proposal.policies[letter.policy_key].level(level)
        day = deadline(proposal.as_of, rule.deadline_days, letter.to.country, is_free)
        letter = replace(
            letter, level=level, items=tuple(items), unapplied=sums.unapplied, fee=sums.fee,
            deadline=letter.deadline if letter.is_courtesy else day,
        )  # fmt: skip
    if letter.key in triage.waivers:
        letter = replace(letter, fee=ZERO)
    return _addressed(letter, triage), list(_out(letter, out))


def _above(proposal: Proposal, letter: ProposedLetter, level: int, by: str) -> dict[int, Reason]:
    """Give the items that a lower level than the proposed one has nothing to say to: they have it already."""
    steps = {one.number for one in proposal.policies[letter.policy_key].steps}
    if letter.is_courtesy or level not in steps or level > letter.level:
        raise RequestError(
            f"The letter to {letter.to.name} cannot be of level {level}.",
            f"Its items have come to level {letter.level}; a lower one of its policy may be chosen.",
        )
    words = f"level {level} was chosen for its letter, and it has level {{}} already"
    return {
        item.invoice_key: Reason(Why.TAKEN_OUT, words=words.format(item.level_before), by=by)
        for item in letter.items
        if item.level_before >= level
    }


def _at(item: ProposedItem, level: int, by: str) -> ProposedItem:
    if item.level_after <= level:
        return item
    return item._replace(level_after=level, reason=Reason(Why.CHANGED, level=level, by=by))


def _sums(proposal: Proposal, letter: ProposedLetter, level: int, asked: list[Decimal]) -> Sums | Reason:
    policy = proposal.policies[letter.policy_key]
    is_charged = policy.charges_consumers or not letter.to.is_consumer
    return sums_of(policy.level(level), asked, letter.currency, unapplied=-letter.unapplied, is_charged=is_charged)


def _addressed(letter: ProposedLetter, triage: Triage) -> ProposedLetter:
    channel = triage.channels.get(letter.key, letter.channel)
    if channel not in CHANNELS:
        raise RequestError(f"A letter does not go by “{channel}”.", f"There are {', '.join(CHANNELS)}.")
    to, other = letter.to, triage.addresses.get(letter.key)
    if other is not None:
        to = replace(to, email=other) if channel == MAIL else replace(to, postal=other)
    if channel == MAIL and not to.email:
        raise RequestError(f"No address for mail is known of {to.name}.", "Give one, or print the letter.")
    return replace(letter, to=to, channel=channel, note=triage.notes.get(letter.key, letter.note))


def _out(letter: ProposedLetter, reasons: Mapping[int, Reason]) -> Iterator[LeftOut]:
    """Give what is left out of a letter now; what is not due yet is not missed."""
    for item in letter.items:
        if item.invoice_key in reasons and item.days_overdue > 0:
            reason = reasons[item.invoice_key]
            yield LeftOut(
                item.invoice_key, reason, item.number, letter.account_key, letter.currency, item.due_date, item.balance
            )


def _decision(said: Mapping[str, Any]) -> Decision:
    until = said.get("until")
    return Decision(str(said.get("words", "")), str(said.get("by", "")), date.fromisoformat(until) if until else None)
