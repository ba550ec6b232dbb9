"""What waits for a later file of the same import: schedules for their items; it asks and writes nothing."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from duedesk.domain.money import from_units
from duedesk.store.bulk import StoredValue

Values = dict[str, StoredValue]
"""A record on its way, by column."""


@dataclass(slots=True)
class WaitingSchedule:
    """A payment schedule and the instalments that have come for it."""

    key: int
    invoice_key: int
    invoice: str
    currency: str
    total: Decimal
    due: date | None
    values: Values
    parts: list[Values] = field(default_factory=list)

    @property
    def sum(self) -> Decimal:
        """Give what the instalments come to."""
        return from_units(sum(map(_units, self.parts)))

    @property
    def last_day(self) -> str:
        """Give the day on which the last of them is due."""
        return max(str(values["target_payment_processing_date"]) for values in self.parts)

    @property
    def makes_up_invoice(self) -> bool:
        """Tell whether they come to what is billed and asked for, and end when it is due."""
        asked = self.values["total_requested_amount"]
        is_asked = isinstance(asked, int) and from_units(asked) == self.sum
        return self.sum == self.total and is_asked and (self.due is None or self.last_day == self.due.isoformat())

    def in_order(self) -> list[Values]:
        """Give the instalments by the day they are due, each with its place and what comes after it."""
        ordered = sorted(self.parts, key=lambda values: str(values["target_payment_processing_date"]))
        later = 0
        for values in reversed(ordered):
            values["later_amount"] = later
            later += _units(values)
        for place, values in enumerate(ordered, 1):
            values["position"] = place
        return ordered


def _units(values: Values) -> int:
    amount = values["requested_amount"]
    return amount if isinstance(amount, int) else 0
