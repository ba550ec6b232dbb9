"""Statements of account: what is open of an account in one currency, or what moved its balance; it reads none."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from duedesk.domain.aging import DEFAULT_BUCKETS, Buckets
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Addressee:
    """The account a statement goes to."""

    key: int
    name: str
    number: str
    parts: tuple[str, ...] = ("", "", "", "", "")
    """Street, city, state, postal code and country."""
    address: tuple[str, ...] = ()
    """The lines they make on an envelope."""
    language: str = "en"
    """The one that what goes to them is written in."""


@dataclass(frozen=True, slots=True)
class OpenLine:
    """What is open: an invoice or an instalment of one, or a payment or credit that is not applied: negative."""

    kind: str
    number: str
    on: date
    due_date: date | None
    days_overdue: int | None
    total: Decimal
    balance: Decimal
    reference: str
    instalment: int | None = None


@dataclass(frozen=True, slots=True)
class MovedLine:
    """What moved the balance, and what it came to then."""

    on: date
    movement: str
    """As a roll-forward calls it: `paid`."""
    what: str
    number: str
    due_date: date | None
    reference: str
    amount: Decimal
    balance: Decimal


@dataclass(slots=True)
class Statement:
    """One account in one currency at the end of a day: what is open, or opening, what moved it and closing."""

    to: Addressee
    currency: str
    opening: Decimal = ZERO
    closing: Decimal = ZERO
    open_lines: list[OpenLine] = field(default_factory=list)
    moved_lines: list[MovedLine] = field(default_factory=list)

    @property
    def lines(self) -> int:
        """Give how many lines it has."""
        return len(self.open_lines) + len(self.moved_lines)


@dataclass(frozen=True, slots=True)
class StatementFrame:
    """What all statements of one making share: who sends them, on which day and of which days, how age is parted."""

    as_of: date
    first_day: date | None = None
    """Where they tell what moved the balance: the first day of the period, which ends on the as-of date."""
    buckets: Buckets = DEFAULT_BUCKETS
    sender: tuple[str, ...] = ()
    pay_to: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """By currency where to pay to."""

    @property
    def is_activity(self) -> bool:
        """Tell whether they tell what moved the balance, not what is open."""
        return self.first_day is not None
