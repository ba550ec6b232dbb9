"""Letters as documents: what was proposed, numbered and charged, in the customer's language; it keeps none.

The same goes to the preview before a letter is issued and to what is kept when it is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace

from sqlalchemy import Connection

from duedesk.actions.dunning.charging import NumberedLetter
from duedesk.actions.dunning.paying import payment_for
from duedesk.actions.letter_style import LetterStyle, letter_style
from duedesk.actions.letter_texts import Texts, current_texts
from duedesk.documents.address import Address, address_lines, script_of
from duedesk.documents.dunning_letter import Branch, DunningItem, DunningLetter, DunningSection, InterestOf
from duedesk.documents.dunning_wording import kind_of, language_for, worded
from duedesk.documents.letter import Letterhead
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.names import tidy
from duedesk.store.queries.letters.facts import InvoiceFacts, Recipient, invoice_facts, recipient


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes, and how their letters look; `addresses` are those chosen by hand, as lines, by letter."""

    letterhead: Letterhead
    style: LetterStyle = field(default_factory=LetterStyle)
    signed_by: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)


def sender_of(
    connection: Connection, head: Letterhead, user: str, addresses: Mapping[str, str] | None = None
) -> Sender:
    """Give the sender in the style of the book, with the person at the desk as who signs."""
    return Sender(head, letter_style(connection), user, addresses or {})


def compose(
    connection: Connection,
    sender: Sender,
    proposal: Proposal,
    letters: Sequence[NumberedLetter],
    texts: Texts | None = None,
) -> Iterator[DunningLetter]:
    """Give the letters one by one, worded; RequestError names the letter whose text lacks something.

    `texts` stand in place of those that hold now.
    """
    texts = texts or current_texts(connection)
    of_items = [item.invoice_key for one in letters for item in one.letter.items]
    listed = [item.invoice_key for one in letters for item in one.letter.not_due_items]
    facts = invoice_facts(connection, [*of_items, *listed])
    for one in letters:
        who = recipient(connection, one.letter.account_key, one.letter.to.contact_key)
        yield _worded(texts, _letter(sender, proposal, one, who, facts), one)


def _worded(texts: Texts, letter: DunningLetter, one: NumberedLetter) -> DunningLetter:
    kind = kind_of(one.level.tone, one.letter.level, is_courtesy=one.letter.is_courtesy)
    text = texts.text(kind, letter.language)
    return worded(letter, text.wording, text.name)


def _letter(
    sender: Sender, proposal: Proposal, one: NumberedLetter, who: Recipient, facts: Mapping[int, InvoiceFacts]
) -> DunningLetter:
    letter, head = one.letter, sender.letterhead
    address = Address(*astuple(who.address))
    chosen = sender.addresses.get(letter.key, "") if letter.channel == "print" else ""
    lines = (
        tuple(filter(None, map(tidy, chosen.splitlines())))
        if chosen
        else (*_names(who), *address_lines(address, head.country))
    )
    before = [day for item in letter.items if (day := facts[item.invoice_key].last_dunned) is not None]
    return DunningLetter(
        number=one.number,
        letterhead=head,
        recipient_lines=lines,
        account_name=who.account,
        account_number=who.account_number,
        letter_date=proposal.as_of,
        as_of=proposal.as_of,
        deadline=letter.deadline,
        sections=(_section(sender, proposal, one, who, facts),),
        dress=sender.style.dress,
        language=language_for(letter.to.language_code, sender.style.dress.language),
        level=letter.level,
        salutation=who.salutation,
        last_name=who.last_name if who.salutation else "",
        contact=who.contact,
        previous_date=max(before, default=None),
        signed_by=sender.signed_by,
        script=script_of(address.country),
    )


def _section(
    sender: Sender, proposal: Proposal, one: NumberedLetter, who: Recipient, facts: Mapping[int, InvoiceFacts]
) -> DunningSection:
    letter = one.letter
    section = DunningSection(
        currency=letter.currency,
        items=tuple(_items(letter, facts)),
        not_due=tuple(_not_due(proposal, letter, facts)),
        unapplied=letter.unapplied,
        fee=letter.fee,
        interest=letter.interest,
        interest_until=proposal.as_of if letter.interest else None,
        appendix=tuple(_appendix(one)) if letter.interest else (),
    )
    return replace(section, payment=payment_for(sender.letterhead, sender.style, one.number, section, who))


def _items(letter: ProposedLetter, facts: Mapping[int, InvoiceFacts]) -> Iterator[DunningItem]:
    for item in letter.items:
        known = facts[item.invoice_key]
        yield DunningItem(
            number=item.number,
            invoice_date=known.invoice_date,
            due_date=item.due_date,
            days_overdue=item.days_overdue,
            total=known.total,
            asked=item.asked,
            set_aside=item.contested + item.promised,
            level=item.level_after,
            branch=_branch(letter, known),
            key=item.invoice_key,
        )


def _not_due(proposal: Proposal, letter: ProposedLetter, facts: Mapping[int, InvoiceFacts]) -> Iterator[DunningItem]:
    for item in letter.not_due_items:
        known = facts[item.invoice_key]
        days = (proposal.as_of - item.due_date).days
        figures = (known.invoice_date, item.due_date, days, known.total, item.balance)
        yield DunningItem(item.number, *figures, branch=_branch(letter, known), key=item.invoice_key)


def _branch(letter: ProposedLetter, known: InvoiceFacts) -> Branch | None:
    """Give whose invoice it is where the letter goes to a head office."""
    if known.account_key == letter.account_key:
        return None
    return Branch(known.account, known.account_number, known.city)


def _appendix(one: NumberedLetter) -> Iterator[InterestOf]:
    numbers = {item.invoice_key: item.number for item in one.letter.items}
    for key, stated in {} if one.interest is None else one.interest.stated.items():
        if stated.periods:
            yield InterestOf(numbers[key], stated)


def _names(who: Recipient) -> Iterator[str]:
    yield tidy(who.account)
    person = tidy(who.contact if who.contact.startswith(who.salutation) else f"{who.salutation} {who.contact}")
    if person and person != tidy(who.account):
        yield person
