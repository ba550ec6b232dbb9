"""A dunning policy in plain words: what each field of it and of a level means, what it holds, how two differ."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from duedesk.domain.dunning.policy import (
    DESERVED_LEVEL,
    HEAD_OFFICE,
    INVOICE,
    ITEM,
    MAIL,
    ONE_LEVEL,
    PRINT,
    Fee,
    Policy,
    PolicyLevel,
)
from duedesk.domain.money import grouped


@dataclass(frozen=True, slots=True)
class Explained:
    """What a field is called, and what it does in a sentence or two."""

    label: str
    words: str


OF_POLICY: Mapping[str, Explained] = {
    "name": Explained("Name", "What the policy is called in lists. Customers never see it."),
    "description": Explained("What it is for", "A note for whoever edits it next. It is printed nowhere."),
    "letter_per": Explained(
        "One letter per",
        "Account: one letter lists all that is due. Invoice: a letter for each. Head office: the parent account gets "
        "one letter with a page for each branch. A currency always has a letter of its own.",
    ),
    "catches_up": Explained(
        "After a missed run",
        "One level: an old invoice climbs step by step, a letter each, however late it is. The level it deserves: it "
        "gets at once the letter that its age calls for.",
    ),
    "whole_account_at_highest": Explained(
        "All items at the highest level",
        "Every item of a letter rises to the highest level among them. Otherwise each item keeps its own.",
    ),
    "duns_charges": Explained(
        "Dun fees and interest too", "Unpaid fees and interest of earlier letters are asked for as well."
    ),
    "charges_consumers": Explained(
        "Charge consumers",
        "Private persons pay fees and interest too. Off, only businesses do: many countries allow no more.",
    ),
    "promise_grace_days": Explained(
        "Grace for promises", "Days after a promised day before the promise counts as broken and dunning goes on."
    ),
    "account_type": Explained(
        "For accounts of type",
        "Accounts of this type have the policy, unless they or their invoice name another. Empty: it is chosen by "
        "hand, or because it is the default.",
    ),
    "is_default": Explained(
        "The default", "Whatever has no policy by invoice, account or type has this one. There is one default."
    ),
    "is_active": Explained("In use", "Off, it duns nothing, and what has it falls back to the type's or the default."),
}

OF_LEVEL: Mapping[str, Explained] = {
    "name": Explained("Name", "What the level is called in lists, and on the invoice over its fee."),
    "days_overdue": Explained(
        "Days overdue", "An invoice comes to this level when it is so many days late, and the grace is over."
    ),
    "grace_days": Explained(
        "Grace days",
        "Further days for a transfer that is on its way. They delay the letter, and change nothing that it says.",
    ),
    "interval_days": Explained(
        "Days between letters", "The level waits until so many days have passed since the letter before."
    ),
    "deadline_days": Explained(
        "Days to pay",
        "The letter asks for payment so many days after its date. A weekend or a holiday of the customer's country "
        "moves it to the next business day.",
    ),
    "minimums": Explained(
        "Minimum, by currency",
        "A letter that asks for less is not written: the invoices wait. Write 50 EUR; 60 USD. A currency without an "
        "amount has no minimum.",
    ),
    "fee": Explained(
        "Fee",
        "What the letter costs the customer: the same amount a letter, an amount for each invoice in it, or a "
        "percentage of what it asks for. It is posted as an invoice of its own.",
    ),
    "fee_amount": Explained(
        "Fee, by currency or in percent",
        "Write 5.00 EUR; 8.00 USD, or a percentage such as 2.5. In a currency without an amount nothing is charged: "
        "amounts are never converted.",
    ),
    "charges_interest": Explained(
        "Charge interest",
        "Interest since the due date, or since the last charge, by the profile of the customer's country. The rates "
        "are in the settings under Late interest.",
    ),
    "channel": Explained(
        "Sent by", "Print, or mail. Where no address for mail is known, or mail has come back, the letter is printed."
    ),
    "tone": Explained(
        "Tone", "Chooses the text: friendly is a reminder, firm a second reminder, final the last demand."
    ),
    "lists_not_due": Explained(
        "List what is not due yet", "The letter lists invoices that are not due below the others, and does not ask."
    ),
    "may_be_jumped_to": Explained(
        "May be jumped to",
        "Where the policy goes to the level deserved, an old invoice may skip the levels before this one. Off, the "
        "level before has to have been sent.",
    ),
    "is_active": Explained("In use", "Off, the level is passed over."),
    "at_the_end": Explained(
        "After this level",
        "What follows the last letter: nothing, a final demand, a credit hold, or handing over to an agency or court.",
    ),
}

BEFORE_DUE = Explained(
    "Days before it is due",
    "The notice goes out so many days before the due date. It is no reminder: it charges nothing, and no level counts.",
)

LETTER_PERS = {"account": "Account", INVOICE: "Invoice", HEAD_OFFICE: "Head office"}
CATCHING_UP = {ONE_LEVEL: "One level at a time", DESERVED_LEVEL: "To the level it deserves"}
CHANNEL_NAMES = {PRINT: "Print", MAIL: "Mail"}


def amounts_in_words(amounts: Mapping[str, Decimal]) -> str:
    """Write amounts by currency as they are typed: `50.00 EUR; 60.00 USD`."""
    return "; ".join(f"{grouped(amount, code)} {code}" for code, amount in amounts.items())


def fee_in_words(fee: Fee | None) -> str:
    """Write a fee: `5.00 EUR`, `5.00 EUR an item`, `2.5 %`."""
    if fee is None:
        return ""
    if fee.percent is not None:
        return f"{fee.percent.normalize():f} %"
    return f"{amounts_in_words(fee.amounts)} an item" if fee.per == ITEM else amounts_in_words(fee.amounts)


def level_name(level: PolicyLevel) -> str:
    """Name a level by its place: `Level 2`, or what it is before the due date."""
    return "Notice" if level.is_courtesy else f"Level {level.number}"


def differing(there: Policy, here: Policy) -> tuple[tuple[str, str, str], ...]:
    """Give what differs between two states of a policy: the field, what one holds and what the other, in words."""
    found = [
        (one.label, _said(getattr(there, name)), _said(getattr(here, name)))
        for name, one in OF_POLICY.items()
        if getattr(there, name) != getattr(here, name)
    ]
    return (*found, *_of_levels(there.levels, here.levels))


def _of_levels(there: tuple[PolicyLevel, ...], here: tuple[PolicyLevel, ...]) -> Iterator[tuple[str, str, str]]:
    numbers = sorted({one.number for one in (*there, *here)})
    held = [{one.number: one for one in levels} for levels in (there, here)]
    for number in numbers:
        theirs, own = (one.get(number) for one in held)
        if theirs is None or own is None:
            named = level_name(theirs or own or here[0])
            yield named, "" if theirs is None else theirs.name, "" if own is None else own.name
            continue
        for name, one in OF_LEVEL.items():
            if name != "fee_amount" and getattr(theirs, name) != getattr(own, name):
                label = f"{level_name(own)}, {one.label.lower()}"
                yield label, _said(getattr(theirs, name)), _said(getattr(own, name))


def _said(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Fee():
            return fee_in_words(value)
        case Mapping():
            return amounts_in_words(value)
        case None | "":
            return "nothing"
        case _:
            return str(value)
