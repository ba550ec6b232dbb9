"""What changed, laid out as rows: by account, by record or as recorded, each group with its sum; it draws nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import Enum

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowAccount, ShowCreditMemo, ShowInvoice, ShowPayment
from duedesk.desk.page import FootLine
from duedesk.desk.records.sheet import DATE_WIDTH, MOMENT_WIDTH, Sheet, column
from duedesk.desk.tables.columns import Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.changed_since import Change, ChangesRequest, Moved, sums
from duedesk.domain.days import end_of_day
from duedesk.domain.filters import Value


class Layout(Enum):
    """How the events are laid out."""

    BY_ACCOUNT = "By account"
    BY_RECORD = "By record"
    AS_RECORDED = "As recorded"


BACK_DATED = "Back-dated"
COLUMNS = (
    column("what", "What happened", Kind.STRING, 220, stretches=True),
    column("number", "Record", Kind.STRING, 120, Shown.NUMBER),
    column("on", "Effective", Kind.DATE, DATE_WIDTH),
    column("late", "", Kind.STRING, 108, Shown.STATUS),
    column("recorded", "Recorded, UTC", Kind.DATETIME, MOMENT_WIDTH),
    column("who", "By", Kind.STRING, 88),
    column("open", "Open", Kind.CURRENCY, 104, Shown.FIGURE),
    column("unapplied", "Unapplied", Kind.CURRENCY, 104, Shown.FIGURE),
    column("balance", "Balance moved", Kind.CURRENCY, 150, Shown.BALANCE),
)
_LEFT_OUT = frozenset({"who", "open", "unapplied"})
"""Columns for which a narrow window has no room: they are on the record."""

MOST_LISTED = 5_000
"""Events that are listed: nobody reads on; the sums are of all."""

_A_DAY = timedelta(days=1)
_INDENT = "      "


@dataclass(frozen=True, slots=True)
class Answer:
    """What changed, and by currency whether the two agings differ by exactly that (None: not asked of one account)."""

    request: ChangesRequest
    changes: tuple[Change, ...]
    sums: tuple[Moved, ...]
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Laid:
    """An answer as it is shown: its rows, and the line at the foot."""

    sheet: Sheet
    foot: FootLine


@dataclass(slots=True)
class _Rows:
    shown: list[ShownRow] = field(default_factory=list)
    leads_to: list[Destination | None] = field(default_factory=list)

    def add(self, values: Sequence[Value], currency: str, leads_to: Destination | None, *, is_sum: bool) -> None:
        texts = tuple(written.value(value, one.kind, currency) for one, value in zip(COLUMNS, values, strict=True))
        self.shown.append(ShownRow(len(self.shown), texts, tuple(values), currency, bucket=0 if is_sum else None))
        self.leads_to.append(leads_to)


def earlier(since: datetime | None, until: datetime | None, today: date) -> datetime:
    """Give the moment that is asked since: yesterday's end where none is, the day before where it is not earlier."""
    asked = since or end_of_day(today - _A_DAY)
    return asked if until is None or asked < until else until - _A_DAY


STOPPED = Laid(Sheet(COLUMNS, (), "Stopped. F5 reads again."), FootLine("Stopped"))
"""What is shown where nobody waited for the answer."""


def reading(done: int = 0, total: int = 0) -> FootLine:
    """Say that the answer is on its way, and how far."""
    return FootLine(f"Reading… {written.count(done)} of {written.count(total)} records" if total else "Reading…")


def laid_out(answer: Answer, layout: Layout, *, only_late: bool, wide: bool) -> Laid:
    """Lay an answer out: what it takes grows with its events."""
    return Laid(sheet_of(answer, layout, only_late=only_late, wide=wide), foot_of(answer, only_late=only_late))


def sheet_of(answer: Answer, layout: Layout, *, only_late: bool, wide: bool = True) -> Sheet:
    """Give the events as rows, with every column where there is room for all."""
    wanted = [one for one in answer.changes if one.is_back_dated or not only_late]
    rows = _Rows()
    for total in sums(wanted) if wanted else ():
        rows.add(
            _sum_row("All accounts" if layout is Layout.BY_ACCOUNT else "All", total), total.currency, None, is_sum=True
        )
    left = MOST_LISTED
    for title, leads_to, group in _groups(wanted, layout, answer.request):
        if left <= 0:
            break
        for place, total in enumerate(sums(group) if title else ()):
            rows.add(_sum_row(title, total), total.currency, leads_to if place == 0 else None, is_sum=True)
        for one in group[:left]:
            rows.add(_row(one, layout), one.currency, _record(one, answer.request), is_sum=False)
        left -= len(group)
    nothing = "Nothing that was recorded in between moved a figure of this day."
    late = (
        f"Nothing was dated back: all of it counts from after {written.moment(answer.request.since)}, or nothing moved."
    )
    shown = [place for place, one in enumerate(COLUMNS) if wide or one.path not in _LEFT_OUT]
    columns = tuple(COLUMNS[place] for place in shown)
    return Sheet(
        columns,
        tuple(_cut(row, shown) for row in rows.shown),
        late if only_late and answer.changes else nothing,
        tuple(rows.leads_to),
    )


def _cut(row: ShownRow, shown: Sequence[int]) -> ShownRow:
    texts = tuple(row.texts[place] for place in shown)
    return replace(row, texts=texts, values=tuple(row.values[place] for place in shown))


def foot_of(answer: Answer, *, only_late: bool = False) -> FootLine:
    """Say how many events there are, by how much the balance moved, and that the two agings differ by that.

    Where not all are listed, that is said as well.
    """
    found = answer.sums
    late = sum(one.back_dated for one in found)
    shown = written.plural(len(answer.changes), "event") + (f", {written.count(late)} back-dated" if late else "")
    if (late if only_late else len(answer.changes)) > MOST_LISTED:
        shown += f"; the first {written.count(MOST_LISTED)} are listed, and the sums are of all"
    totals = tuple(written.money(one.balance, one.currency) for one in found)
    if answer.holds is None:
        return FootLine(shown, totals)
    proof = "aging now − aging then = these events ✓" if answer.holds else "the two agings differ by something else"
    return FootLine(shown, totals, proof, holds=answer.holds)


_Group = tuple[str, Destination | None, Sequence[Change]]


def _groups(changes: Iterable[Change], layout: Layout, request: ChangesRequest) -> Iterator[_Group]:
    if layout is Layout.AS_RECORDED:
        yield "", None, list(changes)
        return
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        key = (one.account_key,) if layout is Layout.BY_ACCOUNT else (one.object, one.key)
        groups.setdefault(key, []).append(one)
    for group in sorted(groups.values(), key=lambda group: _place(group[0], layout)):
        first = group[0]
        if layout is Layout.BY_ACCOUNT:
            title = "  ·  ".join(part for part in (first.account, first.account_number) if part)
            yield title, ShowAccount(first.account_key, request.as_of), group
        else:
            yield f"{first.number or first.kind.value}  ·  {first.account}", _record(first, request), group


def _place(one: Change, layout: Layout) -> tuple[str, str, int]:
    account = one.account.casefold()
    return (account, "", one.account_key) if layout is Layout.BY_ACCOUNT else (account, one.number, one.key)


def _sum_row(title: str, total: Moved) -> tuple[Value, ...]:
    late = f"{total.back_dated:,} back-dated" if total.back_dated else ""
    open_ = total.balance - total.unapplied
    return (title, written.plural(total.count, "event"), None, late, None, "", open_, total.unapplied, total.balance)


def _row(one: Change, layout: Layout) -> tuple[Value, ...]:
    what = f"{_INDENT}{one.what}" if layout is not Layout.AS_RECORDED else f"{one.what}  ·  {one.account}"
    late = BACK_DATED if one.is_back_dated else ""
    return (what, one.number, one.on, late, one.recorded_at, one.who, one.open, one.unapplied, one.balance)


def _record(one: Change, request: ChangesRequest) -> Destination | None:
    if one.object == "Invoice":
        return ShowInvoice(one.key, request.as_of)
    return ShowPayment(one.key, request.as_of) if one.object == "Payment" else ShowCreditMemo(one.key, request.as_of)
