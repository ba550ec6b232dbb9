"""The parts that an aging is added up from: what is open by bucket, and what is not applied; it adds none of them up.

Each part carries the columns asked for, the currency among them, and sums its figures by these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    cast,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from duedesk.domain.aging import AgingRequest, Basis
from duedesk.store.queries.aging.groups import COLUMNS
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.by_database import by_database
from duedesk.store.queries.by_instalment import DUE, SCHEDULED, has_instalments, held, with_items
from duedesk.store.queries.unapplied import SOURCES, Source, is_given_back
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice, payment
from duedesk.store.tables.party import account

Part = Select[Any]


@dataclass(frozen=True, slots=True)
class Cut:
    """How an aging is cut for its parts: what is asked, where the reader stands and the columns that parts carry."""

    request: AgingRequest
    standpoint: Standpoint
    present: bool
    carried: frozenset[str]
    currencies: Sequence[str]
    """The currencies of the book, or the one that is asked for; none where the day is nearer to the book's first."""
    days: Sequence[date] = ()
    """The days after the one that is asked for on which something was applied last, where they are named one by one."""
    by_line: bool = False
    """Whether parts are not summed: each line has its place, its currency and an amount. Only by account."""

    @property
    def is_by_spans(self) -> bool:
        """Tell whether the first and last days of applications say what was open: on a past day, as known now."""
        return not self.present and self.request.known_on is None

    @property
    def by_owner(self) -> bool:
        """Tell whether parts carry an owner."""
        return "owner_id" in self.carried

    def grouped(
        self,
        account_id: ColumnElement[int],
        owner_id: ColumnElement[int],
        currency: ColumnElement[str],
        figures: Sequence[ColumnElement[Decimal]],
    ) -> Part:
        """Begin a part: its keys, then its figures."""
        given: dict[str, ColumnElement[Any]] = {
            "billing_account_id": account_id,
            "owner_id": owner_id,
            "currency_iso_code": currency,
        }
        keys = [column.label(name) for name, column in given.items() if name in self.carried]
        found: Part = select(*keys, *figures).group_by(*(given[key.name] for key in keys))
        wanted = self.request.currency
        return found if wanted is None else found.where(currency == wanted)

    @property
    def width(self) -> int:
        """Give how many places each account has among lines: its buckets, and what is unapplied."""
        return len(self.request.buckets) + 1

    def line(
        self,
        account_id: ColumnElement[int],
        currency: ColumnElement[str],
        place: ColumnElement[int],
        amount: ColumnElement[Decimal],
    ) -> Part:
        """Give lines of a place, a currency and an amount; a currency that is known is told by its number."""
        known: dict[str, ColumnElement[int]] = {
            code: literal_column(str(number)) for number, code in enumerate(self.currencies)
        }
        code = case(known, value=currency, else_=currency) if known else currency
        found: Part = select(account_id * literal_column(str(self.width)) + place, code, amount)
        wanted = self.request.currency
        return found if wanted is None else found.where(currency == wanted)

    def of_account(
        self,
        rows: FromClause,
        account_id: ColumnElement[int],
        currency: ColumnElement[str],
        amount: ColumnElement[Decimal],
    ) -> Part:
        """Sum an amount of something that belongs to its account, and so to the account's owner."""
        if self.by_line:
            last: ColumnElement[int] = literal_column(str(self.width - 1))
            return self.line(account_id, currency, last, func.sum(amount)).group_by(account_id, currency)
        source = rows.join(account, account.c.id == account_id) if self.by_owner else rows
        figures = [func.sum(amount).label("amount")]
        return self.grouped(account_id, account.c.owner_id, currency, figures).select_from(source)

    def of_source(self, source: Source, amount: ColumnElement[Decimal]) -> Part:
        """Sum an amount of payments or credit memos."""
        return self.of_account(source.table, source.account_id, source.table.c.currency_iso_code, amount)

    def refunded(self, amount: ColumnElement[Decimal]) -> Part:
        """Sum an amount of refunds."""
        return self.of_account(refund, refund.c.account_id, refund.c.currency_iso_code, amount)


def open_parts(connection: Connection, cut: Cut) -> list[Part]:
    """Give what is open by bucket: what is open now, less what was done later, plus what was voided later.

    So far an invoice lies whole in the bucket of its due date; what its instalments hold is moved to theirs.
    """
    if cut.is_by_spans:
        return [since_part(cut), *same_parts(connection, cut)]
    return [*_whole_parts(cut), *_moved(connection, cut)]


def same_parts(connection: Connection, cut: Cut) -> list[Part]:
    """Give what is open by bucket but for `since_part`."""
    return [*_same_parts(cut), *_moved(connection, cut)]


def _moved(connection: Connection, cut: Cut) -> list[Part]:
    if cut.request.basis is Basis.DUE and has_instalments(connection):
        return _instalment_parts(connection, cut)
    return []


def _whole_parts(cut: Cut) -> list[Part]:
    request, standpoint = cut.request, cut.standpoint
    by_then = _by_day(invoice.c.invoice_date, request.as_of)
    now = _by_bucket(cut, invoice.c.balance, invoice).where(invoice.c.balance != NOTHING, by_then)
    if cut.present:
        return [now]
    if request.known_on is not None:
        now = now.where(invoice.c.posted_at <= request.known_on)
    owed = standpoint.is_owed(invoice)
    undone = _by_bucket(cut, -application.c.impact_amount, application.join(invoice)).where(standpoint.later, owed)
    whole = invoice.c.total_amount_with_tax - invoice.c.net_payments_applied - invoice.c.net_credits_applied
    unvoided = _by_bucket(cut, whole, invoice).where(invoice.c.voided_date.is_not(None), owed)
    return [now, undone, unvoided]


def _same_parts(cut: Cut) -> list[Part]:
    """Give what was open on a day of what was not applied since: its balance of today, or what was voided since."""
    as_of, last = cut.request.as_of, invoice.c.last_applied_date
    same = _by_day(invoice.c.invoice_date, as_of), or_(last.is_(None), last <= as_of)
    kept = invoice.c.total_amount_with_tax - invoice.c.net_payments_applied - invoice.c.net_credits_applied
    return [
        _by_bucket(cut, invoice.c.balance, invoice).where(invoice.c.balance != NOTHING, *same),
        _by_bucket(cut, kept, invoice).where(invoice.c.voided_date > as_of, *same),
    ]


def _by_day(day: ColumnElement[date], as_of: date) -> ColumnElement[bool]:
    """Give the condition that something open is of a day or earlier, said so that no index of all days is taken.

    A server takes none, and would think that hardly anything is left.
    """
    yes: ColumnElement[int] = literal_column("1")
    no: ColumnElement[int] = literal_column("0")
    return by_database(case((day <= as_of, yes), else_=no) == yes, day <= as_of)


def since_part(cut: Cut) -> Part:
    """Give what was open on a day of what was applied since.

    What was applied since then alone was open as a whole; only of what was applied before and since the events are
    read. So a day long ago costs no more than one of last month.
    """
    as_of, total = cut.request.as_of, invoice.c.total_amount_with_tax
    before = (
        select(func.coalesce(func.sum(application.c.impact_amount), NOTHING))
        .where(application.c.invoice_id == invoice.c.id, application.c.effective_date <= as_of)
        .correlate(invoice)
        .scalar_subquery()
    )
    whole = invoice.c.first_applied_date > as_of
    rest = type_coerce(total + case((whole, NOTHING), else_=cast(before, Amount)), Amount).label("balance")
    day = invoice.c.due_date if cut.request.basis is Basis.DUE else invoice.c.invoice_date
    bucket, code = bucket_of(cut.request, day), invoice.c.currency_iso_code
    # From the last application on where that is nearer, else from the first invoice on: each has an index.
    near = [code.in_(cut.currencies)] if cut.currencies else []
    last = invoice.c.last_applied_date
    later = last.in_(cut.days) if cut.days else last > as_of
    stood = or_(invoice.c.voided_date.is_(None), invoice.c.voided_date > as_of)
    wanted = (*near, later, invoice.c.invoice_date <= as_of, stood)
    if cut.by_line:
        return cut.line(invoice.c.billing_account_id, code, bucket, rest).where(*wanted)
    keys = [invoice.c[name] for name in COLUMNS.values() if name in cut.carried]
    since = (
        select(*keys, bucket.label("bucket"), rest)
        .where(*wanted)
        .offset(0)  # a fence: else the events would be read again for each bucket
        .subquery("since")
    )
    places = range(1, len(cut.request.buckets))
    older = [func.sum(case((since.c.bucket >= place, since.c.balance), else_=NOTHING)) for place in places]
    figures = [figure.label(f"from_{place}") for place, figure in enumerate([func.sum(since.c.balance), *older])]
    columns = [since.c[key.name] for key in keys]
    return select(*columns, *figures).group_by(*columns)


def _instalment_parts(connection: Connection, cut: Cut) -> list[Part]:
    document = invoices_as_of(connection, cut.standpoint, only=SCHEDULED, maybe_open=True)
    source, amount = with_items(document), held(document.c.balance)
    is_open = and_(document.c.balance != NOTHING, document.c.invoice_date <= cut.request.as_of)
    taken_off = _by_bucket(cut, -amount, source, document=document)
    put_on = _by_bucket(cut, amount, source, document=document, day=DUE)
    return [taken_off.where(is_open), put_on.where(is_open)]


def _by_bucket(
    cut: Cut,
    amount: ColumnElement[Decimal],
    source: FromClause,
    *,
    document: FromClause = invoice,
    day: ColumnElement[date] | None = None,
) -> Part:
    """Sum an amount into one column a bucket, or give its lines.

    `document` is where in the source the invoices are, `day` the day that counts unless it is the invoice's own.
    """
    if day is None:
        day = document.c.due_date if cut.request.basis is Basis.DUE else document.c.invoice_date
    if cut.by_line:
        account_id, code = document.c.billing_account_id, document.c.currency_iso_code
        return cut.line(account_id, code, bucket_of(cut.request, day), amount).select_from(source)
    figures = in_buckets(cut.request, day, amount)
    owner = func.coalesce(document.c.owner_id, null())  # no index of all invoices by owner is walked for what is open
    part = cut.grouped(document.c.billing_account_id, owner, document.c.currency_iso_code, figures)
    return part.select_from(source)


def in_buckets(
    request: AgingRequest, day: ColumnElement[date], amount: ColumnElement[Decimal]
) -> Sequence[ColumnElement[Decimal]]:
    """Give the sum of an amount, and of what of it is older than each bucket, by the one bucket rule of `domain.aging`.

    What a bucket holds is what there is less what is older: one comparison a bucket instead of two.
    """
    whole: ColumnElement[Decimal] = func.sum(amount)
    # A filter passes over what is not older; a case would add nothing to the sum each time.
    older = (func.coalesce(whole.filter(day < first), NOTHING) for first in request.buckets.oldest_dates(request.as_of))
    return [figure.label(f"from_{place}") for place, figure in enumerate((whole, *older))]


def bucket_of(request: AgingRequest, day: ColumnElement[date]) -> ColumnElement[int]:
    """Give the place of the bucket that a day falls into."""
    places: list[ColumnElement[int]] = [literal_column(str(place)) for place in range(len(request.buckets))]
    oldest = request.buckets.oldest_dates(request.as_of)
    return case(*((day >= first, place) for first, place in zip(oldest, places[:-1], strict=True)), else_=places[-1])


def unapplied_parts(cut: Cut) -> list[Part]:
    """Give what payments and credit memos leave unapplied, negative, the same way.

    An application carries its account and is never earlier than what it applies, so that what was applied later need
    not be looked up: what belongs to sources that came later altogether is taken off again by their net applied. The
    same holds for what is given back.
    """
    request, standpoint = cut.request, cut.standpoint
    if cut.is_by_spans:
        return [part for source in SOURCES for part in _left_parts(cut, source)]
    parts = [] if cut.present else _given_back_otherwise(cut)
    for source in SOURCES:
        known = () if request.known_on is None else (source.recorded <= request.known_on,)
        rest_now = cut.of_source(source, -source.balance)
        by_then = _by_day(source.effective_date, request.as_of)
        parts.append(rest_now.where(source.balance != NOTHING, by_then, *known))
        if cut.present:
            continue
        came_later = standpoint.is_later(source.effective_date, source.recorded)
        counted = source.is_counted(standpoint)
        parts += [
            _applied_later(cut, source, application),
            _applied_later(cut, source, hidden_application),
            cut.of_source(source, source.applied + source.refunded).where(came_later),
            cut.of_source(source, source.applied - source.total).where(source.withdrawn_on.is_not(None), counted),
        ]
    return parts


def _left_parts(cut: Cut, source: Source) -> list[Part]:
    """Give what was left on a day: today's rest, but of the few that something became of since, which are added up."""
    as_of, table = cut.request.as_of, source.table
    last = table.c.last_applied_date
    dated, by_then = source.effective_date <= as_of, _by_day(source.effective_date, as_of)
    since = [
        select(table.c.id).where(last > as_of, last > table.c.effective_date, dated),
        select(table.c.id).where(source.withdrawn_on > as_of),
    ]
    if table is payment:
        since.append(select(refund.c.payment_id).where(refund.c.effective_date > as_of))
        since.append(select(refund.c.payment_id).where(refund.c.cancellation_effective_date > as_of))
    changed = union_all(*since).cte(f"changed_{table.name}").prefix_with("MATERIALIZED")
    same = cut.of_source(source, -source.balance).where(
        source.balance != NOTHING, by_then, table.c.id.not_in(select(changed.c.id))
    )
    left = (
        select(
            source.account_id.label("account_id"),
            table.c.currency_iso_code,
            (-source.left(cut.standpoint)).label("left"),
        )
        .where(table.c.id.in_(select(changed.c.id)), source.is_counted(cut.standpoint))
        .subquery("left")
    )
    return [same, cut.of_account(left, left.c.account_id, left.c.currency_iso_code, left.c.left)]


def _applied_later(cut: Cut, source: Source, events: FromClause) -> Part:
    later = cut.standpoint.is_later(events.c.effective_date, events.c.recorded_at)
    part = cut.of_account(events, events.c.account_id, events.c.currency_iso_code, events.c.impact_amount)
    return part.where(later, events.c.kind == source.application_kind)


def _given_back_otherwise(cut: Cut) -> list[Part]:
    """Give the refunds that count now and did not then, and those canceled since."""
    now, then = refund.c.status == "Processed", is_given_back(cut.standpoint)
    return [cut.refunded(-refund.c.amount).where(now, ~then), cut.refunded(refund.c.amount).where(~now, then)]
