"""What a proposal has that the last run had not, and the other way round: new, raised, asked again, gone and why.

Pure rules: what was issued then and what would be now are told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.reasons import Reason, Why, sentence


class Change(StrEnum):
    """What became of an invoice between the run and the proposal."""

    NEW = "new"
    RAISED = "raised"
    AGAIN = "again"
    GONE = "gone"


class IssuedItem(NamedTuple):
    """An invoice in a letter of a run: what was asked for it, and the level it reached."""

    invoice_key: int
    number: str
    account_key: int
    account: str
    currency: str
    asked: Decimal
    level: int
    letter: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class ComparedItem:
    """An invoice with what was and would be asked for it; None where it was, or would be, in no letter."""

    change: Change
    invoice_key: int
    number: str
    account_key: int
    account: str
    currency: str
    then: Decimal | None
    now: Decimal | None
    level_then: int | None
    level_now: int | None
    letter: str
    """The letter of the run; empty where it was in none."""
    why: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A proposal of a day held against a run; without a run everything is new."""

    as_of: date
    run: str
    run_date: date | None
    items: tuple[ComparedItem, ...]

    def of(self, change: Change) -> tuple[ComparedItem, ...]:
        """Give the invoices of one kind."""
        return tuple(one for one in self.items if one.change is change)


def compared(then: Iterable[IssuedItem], now: Proposal) -> tuple[ComparedItem, ...]:
    """Hold what a run asked for against what is proposed: by kind of change, account and number."""
    issued = _latest(then)
    out = {one.invoice_key: one.reason for one in now.left_out}
    there = {item.invoice_key for _, item in now.items}
    found = [
        ComparedItem(
            _change(issued.get(item.invoice_key), item.level_after),
            item.invoice_key,
            item.number,
            letter.account_key,
            letter.to.name,
            letter.currency,
            None if (was := issued.get(item.invoice_key)) is None else was.asked,
            item.asked,
            None if was is None else was.level,
            item.level_after,
            "" if was is None else was.letter,
            sentence(item.reason, letter.currency),
        )
        for letter, item in now.items
    ]
    found += [_gone(was, out.get(key)) for key, was in issued.items() if key not in there]
    order = tuple(Change)
    return tuple(sorted(found, key=lambda one: (order.index(one.change), one.account, one.number)))


def _latest(then: Iterable[IssuedItem]) -> dict[int, IssuedItem]:
    """Give the items by invoice; one that stands before one whose letter was cancelled."""
    items: Sequence[IssuedItem] = sorted(then, key=lambda one: not one.is_cancelled)
    return {one.invoice_key: one for one in items}


def _change(was: IssuedItem | None, level: int) -> Change:
    if was is None:
        return Change.NEW
    return Change.RAISED if level > was.level else Change.AGAIN


def _gone(was: IssuedItem, reason: Reason | None) -> ComparedItem:
    """Say of an invoice of the run why it is in no letter: left out for a reason, else nothing is owed any more."""
    why = sentence(reason or Reason(Why.SETTLED_SINCE), was.currency)
    return ComparedItem(
        Change.GONE,
        was.invoice_key,
        was.number,
        was.account_key,
        was.account,
        was.currency,
        was.asked,
        None,
        was.level,
        None,
        was.letter,
        why,
    )
