"""What the aging page says in words: at the foot, over the chart, where a figure is wrong; it adds nothing up."""

from collections.abc import Sequence

from duedesk.charts.picture import ChartRegion
from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.aging.behind import bucket_in_words
from duedesk.desk.pages.aging.questions import Answer, Bar
from duedesk.domain.aging import Aging, AgingRequest, AgingRow
from duedesk.domain.grouping import label_of, lowered
from duedesk.domain.money import ZERO

RULE = "not due + buckets + unapplied = balance"
_RULE_IN_SHORT = "buckets + unapplied = balance"


def counted(number: int, by: Sequence[str]) -> str:
    """Write how many of the first level: `1 account`, `1,204 accounts`, `3 billing countries`."""
    one = lowered(label_of(by[0]))
    many = f"{one[:-1]}ies" if one.endswith("y") else f"{one}s"
    return f"{written.count(number)} {one if number == 1 else many}"


def foot_line(found: Answer, *, wide: bool) -> FootLine:
    """Say how many owe what, how much of it is overdue, and whether the figures hold."""
    aging = found.aging
    keys = {row.key for row in aging.rows}
    totals = tuple(map(_total, aging.totals)) if wide else _overdue_only(aging.totals)
    proof = mismatch(aging) or f"{RULE if wide else _RULE_IN_SHORT} ✓"
    return FootLine(counted(len(keys), aging.request.by), totals, proof, holds=not aging.mismatches)


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


def piece_in_words(request: AgingRequest, bar: Bar, region: ChartRegion, currency: str) -> str:
    """Say what a piece of a bar is: `30 Sep 2026 · 31–60 days overdue · 12,456.00 EUR`."""
    bucket = bucket_in_words(request, region.bucket_index)
    return f"{written.day(bar.day)} · {bucket} · {written.money(region.amount, currency)}"


def chart_in_words(bars: Sequence[Bar], currency: str) -> str:
    """Say what is on the chart, for who does not see it."""
    said = (
        f"{written.day(bar.day)}: {written.money(sum(bar.amounts, ZERO), currency)}, "
        f"of which overdue {written.money(bar.overdue, currency)}"
        for bar in bars
    )
    return f"Open receivables in {currency} by month end. {'; '.join(said)}."


def _overdue_only(totals: Sequence[AgingRow]) -> tuple[str, ...]:
    """Say what is overdue where there is no room for more: the balances stand in the totals above."""
    late = [f"{row.currency} {written.amount(row.overdue, row.currency)}" for row in totals if row.overdue]
    return (f"overdue {late[0]}", *late[1:]) if late else ()


def _total(row: AgingRow) -> str:
    overdue = f" · overdue {written.amount(row.overdue, row.currency)}" if row.overdue else ""
    return f"{row.currency} {written.amount(row.balance, row.currency)}{overdue}"
