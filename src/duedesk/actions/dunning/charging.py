"""What a letter costs the customer: fee and interest, worked out, waived, and posted as invoices that refer to it.

Each is a receivable of its own, so that it neither changes what was posted before nor vanishes when that is paid.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection

from duedesk.actions.interest.charging import LetterInterest, letters_interest
from duedesk.actions.invoices.drafting import InvoiceDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import FIXED, ITEM, PolicyLevel
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.dunning.send_guard import check_waiver
from duedesk.domain.interest.accrual import NotCharged
from duedesk.domain.interest.reference_rates import percent_in_words
from duedesk.domain.line_pricing import LineDraft
from duedesk.domain.money import ZERO, grouped
from duedesk.store.queries.dunning.facts import charges


@dataclass(frozen=True, slots=True)
class Charged:
    """A proposal with what each letter charges: the sums of its letters, and how interest came about, by letter."""

    proposal: Proposal
    interest: Mapping[str, LetterInterest]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Give what is missing to work interest out, each once."""
        return tuple(dict.fromkeys(said for one in self.interest.values() for said in one.warnings))


def with_charges(connection: Connection, proposal: Proposal, waivers: Mapping[str, str] | None = None) -> Charged:
    """Give a proposal with the interest that has run since the last charge, of levels that charge it.

    `waivers` say by letter why it charges neither fee nor interest: the days count as charged and do not come back.
    Consumers are charged only where their policy says so and the rules of interest have a rate for them.
    """
    reasons = {key: check_waiver(reason) for key, reason in (waivers or {}).items()}
    of_charges = charges(connection)
    bearing = {
        letter.key: [item.invoice_key for item in letter.items if item.invoice_key not in of_charges]
        for letter in proposal.letters
        if _bears_interest(proposal, letter)
    }
    found = letters_interest(connection, bearing, proposal.as_of) if bearing else {}
    found = {key: one.waived(reasons[key]) if key in reasons and one.charged.run else one for key, one in found.items()}
    letters = []
    for letter in proposal.letters:
        interest = found[letter.key].charged.total if letter.key in found else ZERO
        letters.append(replace(letter, interest=interest, fee=ZERO if letter.key in reasons else letter.fee))
    return Charged(replace(proposal, letters=tuple(letters)), found)


def _bears_interest(proposal: Proposal, letter: ProposedLetter) -> bool:
    policy = proposal.policies[letter.policy_key]
    return proposal.level_of(letter).charges_interest and (policy.charges_consumers or not letter.to.is_consumer)


class NumberedLetter(NamedTuple):
    """A letter about to be issued: its key and number in the book."""

    key: int
    number: str
    letter: ProposedLetter
    level: PolicyLevel
    interest: LetterInterest | None

    @property
    def is_charging(self) -> bool:
        """Tell whether it has a fee or interest."""
        return bool(self.letter.fee or self.letter.interest)


def post_charges(
    workspace: Workspace, letters: Sequence[NumberedLetter], proposal: Proposal
) -> Mapping[int, tuple[int | None, int | None]]:
    """Post fees and interest on the day of the run; give by letter the invoice over the fee and that over interest."""
    made: dict[int, tuple[int | None, int | None]] = {}
    for one in letters:
        if one.is_charging:
            fee = _draft(workspace, one, proposal, "Dunning fee", _fee_lines(one)) if one.letter.fee else None
            lines = tuple(_interest_lines(one))
            interest = _draft(workspace, one, proposal, "Late interest", lines) if one.letter.interest else None
            made[one.key] = fee, interest
    keys = [key for both in made.values() for key in both if key is not None]
    if keys:
        post(workspace, keys, on=proposal.as_of)
    return made


def _draft(
    workspace: Workspace, one: NumberedLetter, proposal: Proposal, what: str, lines: tuple[LineDraft, ...]
) -> int:
    letter = one.letter
    draft = InvoiceDraft(
        account_key=letter.account_key,
        lines=lines,
        currency=letter.currency,
        invoice_date=proposal.as_of,
        due_date=max(letter.deadline, proposal.as_of),
        bill_to_contact_key=letter.to.contact_key,
        description=f"{what} of letter {one.number}",
        reference_entity_id=one.number,
    )
    return create_draft(workspace, draft).key


def _fee_lines(one: NumberedLetter) -> tuple[LineDraft, ...]:
    letter, fee, name = one.letter, one.level.fee, f"Dunning fee: {one.level.name}"
    if fee is not None and (fee.kind, fee.per) == (FIXED, ITEM):
        each = letter.fee / len(letter.items)
        return tuple(LineDraft(f"{name}, invoice {item.number}", amount=each) for item in letter.items)
    return (LineDraft(f"{name}, letter {one.number}", amount=letter.fee),)


def _interest_lines(one: NumberedLetter) -> Iterator[LineDraft]:
    """Give a line for each period, so that the posted invoice shows how its amount came about."""
    if one.interest is None or one.interest.charged.why_not is NotCharged.WAIVED:
        return
    numbers = {item.invoice_key: item.number for item in one.letter.items}
    for key, stated in one.interest.stated.items():
        for period in stated.periods:
            if period.amount:
                balance = f"{grouped(period.balance, stated.currency)} {stated.currency}"
                days = f"{period.days:,} day{'s'[: period.days != 1]}"
                yield LineDraft(
                    f"Late interest on invoice {numbers[key]}",
                    amount=period.amount,
                    service_from=period.first_day,
                    service_to=period.last_day,
                    description=f"{days} on {balance} at {percent_in_words(period.rate)}",
                )
