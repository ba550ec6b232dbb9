"""What the aging page says in words: at the foot, over the chart, where a figure is wrong; it adds nothing up."""

from collections.abc import Sequence

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.aging.slots import DaySlot
from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis
from duedesk.domain.grouping import label_of, lowered
from duedesk.domain.rates import known_now

RULE = "not due + buckets + unapplied = balance"
_RULE_IN_SHORT = "buckets + unapplied = balance"


def counted(number: int, by: Sequence[str]) -> str:
    """Write how many of the first level: `1 account`, `1,204 accounts`, `3 billing countries`."""
    one = lowered(label_of(by[0]))
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{written.count(number)} {one if number == 1 else many}"


def foot_line(aging: Aging, *, wide: bool) -> FootLine:
    """Say how many owe what, how much of it is overdue, and whether the figures hold."""
    keys = {row.key for row in aging.rows}
    basis = aging.request.basis
    totals, brief = (_totals(aging.totals, basis, wide=one) for one in (wide, False))
    if not aging.is_proved:
        return FootLine(counted(len(keys), aging.request.by), totals, "proving the balances…", brief)
    rule = _rule(aging, wide=wide)
    proof = mismatch(aging) or f"{rule} ✓"
    holds = not aging.mismatches
    return FootLine(counted(len(keys), aging.request.by), totals, proof, brief, holds=holds, proved=holds)


def passing_line(slot: DaySlot, request: AgingRequest, *, wide: bool) -> FootLine:
    """Say what was there on a day that the slider passes."""
    told = _totals(tuple(slot.totals.values()), request.basis, wide=wide)
    return FootLine(f"{written.day(slot.day)}: {counted(slot.groups, request.by)}", told, "let go to stand there")


def rates_in_words(aging: Aging) -> str:
    """Say at which rates an aging was converted, each with its day, and which of them are old."""
    rates = "; ".join(rate.words for rate in aging.rates)
    old = " ".join(filter(None, (rate.staleness(aging.request.as_of) for rate in aging.rates)))
    known = " ".join(known_now(aging.request.known_on))
    return " ".join(filter(None, (f"Converted at {rates}.", old, known))) if rates else ""


def _rule(aging: Aging, *, wide: bool) -> str:
    rule = RULE if wide and aging.request.basis is Basis.DUE else _RULE_IN_SHORT
    return rule.replace("buckets", "buckets + disputed") if aging.request.apart_disputed else rule


def mismatch(aging: Aging) -> str:
    """Say where the figures do not agree; nothing where they do."""
    if not aging.mismatches:
        return ""
    first = aging.mismatches[0]
    others = len(aging.mismatches) - 1
    more = f", and {written.count(others)} more" if others else ""
    return f"{first.name}, {first.currency}: {by_how_much(first)}{more}"


def by_how_much(row: AgingRow) -> str:
    """Say by how much a row breaks the rule."""
    made, stated = (written.amount(amount, row.currency) for amount in (row.open + row.unapplied, row.balance))
    return f"{made} by buckets, {stated} by documents"


def _totals(totals: Sequence[AgingRow], basis: Basis, *, wide: bool) -> tuple[str, ...]:
    """Say what the totals are; how much is overdue only where age is counted from the due date."""
    if basis is not Basis.DUE:
        return tuple(f"{row.currency} {written.amount(row.balance, row.currency)}" for row in totals) if wide else ()
    return tuple(map(_total, totals)) if wide else _overdue_only(totals)


def _overdue_only(totals: Sequence[AgingRow]) -> tuple[str, ...]:
    """Say what is overdue where there is no room for more: the balances stand in the totals above."""
    late = [f"{row.currency} {written.amount(row.overdue, row.currency)}" for row in totals if row.overdue]
    return (f"overdue {late[0]}", *late[1:]) if late else ()


def _total(row: AgingRow) -> str:
    overdue = f" · overdue {written.amount(row.overdue, row.currency)}" if row.overdue else ""
    return f"{row.currency} {written.amount(row.balance, row.currency)}{overdue}"
