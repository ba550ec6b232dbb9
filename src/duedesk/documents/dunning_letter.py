"""A dunning letter as frozen data: it asks no book, words nothing, sets nothing and posts nothing.

Amounts are those of the letter as issued; `to_pay` adds them up as the page does.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duedesk.documents.dress import Dress
from duedesk.documents.letter import Letterhead
from duedesk.documents.payment_codes import Payment
from duedesk.documents.wording import Merged
from duedesk.domain.interest.accrual import InterestStatement
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the customer's, whose invoices stand on a page of their own in a letter to the head office."""

    name: str
    number: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class DunningItem:
    """An invoice in a letter: what it came to, what is asked for, and what of it is not, being contested or promised.

    An item that is not due yet asks for nothing: `asked` is what is open of it.
    """

    number: str
    invoice_date: date
    due_date: date
    days_overdue: int
    total: Decimal
    asked: Decimal
    set_aside: Decimal = ZERO
    level: int = 0
    branch: Branch | None = None
    key: int = 0
    """The invoice in the book."""


@dataclass(frozen=True, slots=True)
class InterestOf:
    """The interest of one invoice, shown in the appendix."""

    number: str
    statement: InterestStatement


@dataclass(frozen=True, slots=True)
class DunningSection:
    """What a letter asks for in one currency. `unapplied` is negative, as everywhere."""

    currency: str
    items: tuple[DunningItem, ...]
    not_due: tuple[DunningItem, ...] = ()
    unapplied: Decimal = ZERO
    fee: Decimal = ZERO
    interest: Decimal = ZERO
    interest_until: date | None = None
    appendix: tuple[InterestOf, ...] = ()
    payment: Payment | None = None

    @property
    def principal(self) -> Decimal:
        """Give what the invoices ask for."""
        return sum((item.asked for item in self.items), ZERO)

    @property
    def to_pay(self) -> Decimal:
        """Give what is to be paid in this currency."""
        return self.principal + self.unapplied + self.fee + self.interest


@dataclass(frozen=True, slots=True)
class DunningLetter:
    """One letter, ready to be worded (`dunning_wording.worded`) and then to be set."""

    number: str
    letterhead: Letterhead
    recipient_lines: tuple[str, ...]
    account_name: str
    account_number: str
    letter_date: date
    as_of: date
    deadline: date | None
    sections: tuple[DunningSection, ...]
    dress: Dress = field(default_factory=Dress)
    language: str = "en"
    level: int = 1
    texts: Merged | None = None
    text_version: str = ""
    """Which text was merged, `de/level-2/3`; shown nowhere, kept with the letter."""
    salutation: str = ""
    """How the person is addressed, `Ms`, `Frau`, `Dr.`; empty where that is not known."""
    last_name: str = ""
    contact: str = ""
    previous_date: date | None = None
    """The date of the letter before, if there was one."""
    signed_by: str = ""
    script: str = ""
    """JP, KR, SC or TC: whose forms of shared East Asian characters the reader expects."""

    @property
    def items(self) -> Iterator[DunningItem]:
        """Give the invoices that are asked for, of all currencies."""
        return (item for section in self.sections for item in section.items)

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Give the branches whose invoices are in it, in the order they come; none where it is one account's."""
        found = (item.branch for section in self.sections for item in (*section.items, *section.not_due))
        return tuple(dict.fromkeys(branch for branch in found if branch is not None))
