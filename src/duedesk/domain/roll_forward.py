"""How a balance became another: what was invoiced, received, credited, written off, voided between; it adds it up."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from duedesk.domain.days import day_before
from duedesk.domain.money import ZERO

MOVEMENTS = (
    ("invoiced", "Invoiced"),
    ("paid", "Paid"),
    ("credited", "Credited"),
    ("written_off", "Written off"),
    ("refunded", "Refunded"),
    ("voided", "Invoices voided"),
    ("reversed", "Payments and credits reversed"),
    ("elsewhere", "Applied to invoices not shown"),
)
"""What moves a balance, in the order it is shown, and what people call it."""


@dataclass(frozen=True, slots=True)
class RollForward:
    """One currency, or one account in one, in a period with both its days: opening + what moved it = closing.

    Each movement is what it does to the balance: what was paid is below nothing. `opening` is the balance at the end
    of the day before the first, `closing` that at the end of the last; the movements come from the documents, so that
    `difference` proves them.
    """

    currency: str
    first_day: date
    end: date
    opening: Decimal = ZERO
    invoiced: Decimal = ZERO
    paid: Decimal = ZERO
    credited: Decimal = ZERO
    written_off: Decimal = ZERO
    refunded: Decimal = ZERO
    """Money given back, less what of that was canceled."""
    voided: Decimal = ZERO
    reversed: Decimal = ZERO
    """Payments canceled and credit memos voided."""
    elsewhere: Decimal = ZERO
    """What was put on invoices that the reader does not see."""
    closing: Decimal = ZERO
    key: int | None = None
    name: str = ""
    number: str = ""

    @property
    def opens_on(self) -> date:
        """Give the day at whose end the period opens: the one before the first."""
        return day_before(self.first_day)

    @property
    def moved(self) -> tuple[Decimal, ...]:
        """Give the movements in the order of `MOVEMENTS`."""
        return tuple(getattr(self, name) for name, _ in MOVEMENTS)

    @property
    def difference(self) -> Decimal:
        """Give by how much it does not add up; nothing where it does."""
        return sum(self.moved, self.opening) - self.closing


@dataclass(frozen=True, slots=True)
class MovedDocument:
    """A document that came or went: the movement it is in (`paid`), what it is, and what it did to the balance."""

    movement: str
    what: str
    number: str
    account: str
    account_number: str
    currency: str
    on: date
    amount: Decimal
