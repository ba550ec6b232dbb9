"""Two lists of amounts, what pays and what is paid, and how they are put together; it asks not whether they may.

A person says what is used of each payment and what goes on each invoice; the ledger wants parts, each of one payment
on one invoice.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from duedesk.domain.money import ZERO

Source = TypeVar("Source", bound=Hashable)
Target = TypeVar("Target", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Pair(Generic[Source, Target]):
    """An amount of a source that goes on a target."""

    source: Source
    target: Target
    amount: Decimal


def pair(
    sources: Sequence[tuple[Source, Decimal]], targets: Sequence[tuple[Target, Decimal]]
) -> tuple[Pair[Source, Target], ...]:
    """Put the sources on the targets, each list in its order, until either is used up."""
    pairs: list[Pair[Source, Target]] = []
    waiting = [(target, amount) for target, amount in targets if amount > 0]
    for source, amount in sources:
        left = amount
        while left > 0 and waiting:
            target, open_ = waiting[0]
            part = min(left, open_)
            pairs.append(Pair(source, target, part))
            left -= part
            if part == open_:
                waiting.pop(0)
            else:
                waiting[0] = (target, open_ - part)
    return tuple(pairs)


def fill(limit: Decimal, held: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Share a limit out in order: each gets all it holds while there is enough, the last one what is left."""
    left, shares = limit, []
    for amount in held:
        share = max(min(amount, left), ZERO)
        shares.append(share)
        left -= share
    return tuple(shares)
