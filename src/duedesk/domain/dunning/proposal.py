"""What a dunning run would do: letters with their items, and everything it leaves out with why; nothing is written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from duedesk.domain.dunning.policy import Policy, PolicyLevel
from duedesk.domain.dunning.reasons import Reason
from duedesk.domain.money import ZERO


class ProposedItem(NamedTuple):
    """An invoice in a letter. `balance` is what is open of it, `asked` what the letter asks for."""

    invoice_key: int
    number: str
    due_date: date
    days_overdue: int
    balance: Decimal
    asked: Decimal
    level_before: int
    level_after: int
    reason: Reason
    contested: Decimal = ZERO
    promised: Decimal = ZERO


class ListedItem(NamedTuple):
    """An invoice that a letter lists without asking for it: it is not due yet."""

    invoice_key: int
    number: str
    due_date: date
    balance: Decimal


class LeftOut(NamedTuple):
    """An overdue invoice that is in no letter."""

    invoice_key: int
    reason: Reason
    number: str
    account_key: int
    currency: str
    due_date: date
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to: the account, and the person there; what is not known is empty."""

    account_key: int
    name: str
    number: str = ""
    country: str = ""
    is_consumer: bool = False
    contact_key: int | None = None
    contact: str = ""
    email: str = ""
    """Empty too where nothing may be mailed, or messages came back."""
    language_code: str = ""
    postal: str = ""
    """The address as lines."""


@dataclass(frozen=True, slots=True)
class ProposedLetter:
    """A letter as it would be issued. The key stays the same from one proposal to the next.

    `interest` is worked out when the letter is issued or looked at; here it is nothing.
    """

    key: str
    to: Addressee
    currency: str
    policy_key: int
    level: int
    items: tuple[ProposedItem, ...]
    unapplied: Decimal
    fee: Decimal
    deadline: date
    channel: str
    is_courtesy: bool = False
    interest: Decimal = ZERO
    not_due_items: tuple[ListedItem, ...] = ()
    note: str = ""

    @property
    def account_key(self) -> int:
        """Give the account it goes to."""
        return self.to.account_key

    @property
    def address(self) -> str:
        """Give where it goes by its channel."""
        return self.to.email if self.channel == "mail" else self.to.postal

    @property
    def principal(self) -> Decimal:
        """Give what its items ask for."""
        return sum((one.asked for one in self.items), ZERO)

    @property
    def total(self) -> Decimal:
        """Give what is to be paid."""
        return self.principal + self.unapplied + self.fee + self.interest


@dataclass(frozen=True)
class Proposal:
    """What a run of a day would do, in one state of the book."""

    as_of: date
    letters: tuple[ProposedLetter, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    policies: Mapping[int, Policy] = field(default_factory=dict)

    def level_of(self, letter: ProposedLetter) -> PolicyLevel:
        """Give the level of a letter as its policy has it."""
        return self.policies[letter.policy_key].level(letter.level)

    @cached_property
    def by_key(self) -> Mapping[str, ProposedLetter]:
        """Give the letters by their keys."""
        return {letter.key: letter for letter in self.letters}

    @property
    def items(self) -> Iterator[tuple[ProposedLetter, ProposedItem]]:
        """Give every item with its letter."""
        return ((letter, item) for letter in self.letters for item in letter.items)


def letter_key(
    account: int, currency: str, policy: int, invoice: int | None = None, *, is_courtesy: bool = False
) -> str:
    """Give the key of a letter: `12/EUR/1`, of an invoice alone `12/EUR/1/345`, of a notice `12/EUR/1/courtesy`."""
    parts = [str(account), currency, str(policy), *([] if invoice is None else [str(invoice)])]
    return "/".join([*parts, "courtesy"] if is_courtesy else parts)
