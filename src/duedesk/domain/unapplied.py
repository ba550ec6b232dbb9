"""What is left of a payment or credit memo as of a day: brought in less applied, less given back; it stores nothing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duedesk.domain.ledger import Application
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A refund: what was given back and when; where it was canceled, since when it counts no more."""

    amount: Decimal
    effective_date: date
    recorded_at: datetime
    canceled_date: date | None = None
    canceled_at: datetime | None = None

    def counts(self, as_of: date, known_on: datetime | None = None) -> bool:
        """Tell whether it stood at the end of `as_of`, as far as was known by `known_on`."""
        return _stands((self.effective_date, self.recorded_at), (self.canceled_date, self.canceled_at), as_of, known_on)


@dataclass(frozen=True, slots=True)
class Receipt:
    """A payment or a posted credit memo as the ledger sees it; where it was canceled or voided, since when."""

    total: Decimal
    effective_date: date
    recorded_at: datetime
    withdrawn_date: date | None = None
    withdrawn_at: datetime | None = None

    def counts(self, as_of: date, known_on: datetime | None = None) -> bool:
        """Tell whether it stood in the ledger at the end of `as_of`, as far as was known by `known_on`."""
        return _stands(
            (self.effective_date, self.recorded_at), (self.withdrawn_date, self.withdrawn_at), as_of, known_on
        )


def unapplied(
    receipt: Receipt,
    applications: Iterable[Application],
    refunds: Iterable[GivenBack] = (),
    *,
    as_of: date = date.max,
    known_on: datetime | None = None,
) -> Decimal:
    """Give what was left of it at the end of `as_of`; nothing of what did not stand in the ledger."""
    if not receipt.counts(as_of, known_on):
        return ZERO
    applied = (
        one.impact
        for one in applications
        if one.effective_date <= as_of and (known_on is None or one.recorded_at <= known_on)
    )
    given_back = (one.amount for one in refunds if one.counts(as_of, known_on))
    return receipt.total + sum(applied, ZERO) - sum(given_back, ZERO)


def _stands(
    came: tuple[date, datetime], went: tuple[date | None, datetime | None], as_of: date, known_on: datetime | None
) -> bool:
    """Tell whether what came on one day and went on another stood at the end of a day, as far as was known."""
    (came_on, came_at), (went_on, went_at) = came, went
    if came_on > as_of or (known_on is not None and came_at > known_on):
        return False
    if went_on is None or went_on > as_of:
        return True
    return known_on is not None and went_at is not None and went_at > known_on
