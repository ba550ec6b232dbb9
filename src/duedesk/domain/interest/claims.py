"""The claim of an invoice made from what the ledger holds: its instalments, what was applied, what is contested.

Money counts from the day it came in, also where it was put on the invoice later; what is contested bears no interest
from the day that was said, as long as the dispute stands; an invoice that was voided was never owed.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from duedesk.domain.instalments import Instalment, held
from duedesk.domain.interest.accrual import Claim, Debt
from duedesk.domain.money import ZERO


@dataclass(frozen=True, slots=True)
class Applied:
    """An event of the ledger: its day, the day the money or credit behind it is of, and what it did to the balance."""

    on: date
    source_day: date | None
    impact: Decimal

    @property
    def counts_from(self) -> date:
        """Give the day it counts from for interest; what is taken off again counts from when it was."""
        return self.on if self.source_day is None or self.impact > 0 else min(self.on, self.source_day)


@dataclass(slots=True)
class Owed:
    """What is known of an invoice; `contested` are days and amounts of disputes that stand."""

    currency: str
    due_date: date
    total: Decimal
    is_voided: bool = False
    instalments: Sequence[Instalment] = ()
    applied: list[Applied] = field(default_factory=list)
    contested: list[tuple[date, Decimal]] = field(default_factory=list)

    def claim(self) -> Claim:
        """Make the claim; of an invoice that was voided there is none."""
        if self.is_voided:
            return Claim(self.currency, ())
        steps = _running(self.total, self._changes())
        if not self.instalments:
            return Claim(self.currency, (Debt(self.due_date, steps),))
        parts = [(day, held(balance, self.instalments)) for day, balance in steps]
        return Claim(
            self.currency,
            tuple(
                Debt(one.due, tuple((day, amounts[place]) for day, amounts in parts))
                for place, one in enumerate(self.instalments)
            ),
        )

    def _changes(self) -> list[tuple[date, Decimal]]:
        changes = [(one.counts_from, one.impact) for one in self.applied]
        if self.contested:
            changes += [(day, -amount) for day, amount in self.contested]
        return changes


def _running(total: Decimal, changes: list[tuple[date, Decimal]]) -> tuple[tuple[date, Decimal], ...]:
    """Give what was open at the end of each day that changed it, never below nothing; before the first, all of it."""
    begun = (date.min, total)
    if not changes:
        return (begun,)
    if len(changes) == 1:  # nearly every invoice has one or none, and there are many
        ((day, change),) = changes
        return (begun, (day, max(ZERO, total + change)))
    running, steps = total, [begun]
    for day, together in groupby(sorted(changes, key=itemgetter(0)), key=itemgetter(0)):
        running += sum((change for _, change in together), ZERO)
        steps.append((day, max(ZERO, running)))
    return tuple(steps)
