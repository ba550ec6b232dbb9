"""The parts that an aging is added up from: what is open by bucket, and what is not applied; it adds none of them up.

Each part carries the columns asked for, the currency among them, and sums its figures by these.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, func, select

from duedesk.domain.aging import AgingRequest, Basis
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.by_instalment import DUE, SCHEDULED, has_instalments, held, with_items
from duedesk.store.queries.unapplied import SOURCES, Source, is_given_back
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice
from duedesk.store.tables.party import account

Part = Select[Any]


@dataclass(frozen=True, slots=True)
class Cut:
    """How an aging is cut for its parts: what is asked, where the reader stands and the columns that parts carry."""

    request: AgingRequest
    standpoint: Standpoint
    present: bool
    carried: frozenset[str]

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

    def of_account(
        self,
        rows: FromClause,
        account_id: ColumnElement[int],
        currency: ColumnElement[str],
        amount: ColumnElement[Decimal],
    ) -> Part:
        """Sum an amount of something that belongs to its account, and so to the account's owner."""
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
    parts = _whole_parts(cut)
    if cut.request.basis is Basis.DUE and has_instalments(connection):
        parts += _instalment_parts(connection, cut)
    return parts


def _whole_parts(cut: Cut) -> list[Part]:
    request, standpoint = cut.request, cut.standpoint
    now = _by_bucket(cut, invoice.c.balance, invoice).where(
        invoice.c.balance != NOTHING, invoice.c.invoice_date <= request.as_of
    )
    if cut.present:
        return [now]
    if request.known_on is not None:
        now = now.where(invoice.c.posted_at <= request.known_on)
    owed = standpoint.is_owed(invoice)
    undone = _by_bucket(cut, -application.c.impact_amount, application.join(invoice)).where(standpoint.later, owed)
    whole = invoice.c.total_amount_with_tax - invoice.c.net_payments_applied - invoice.c.net_credits_applied
    unvoided = _by_bucket(cut, whole, invoice).where(invoice.c.voided_date.is_not(None), owed)
    return [now, undone, unvoided]


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
    """Sum an amount into one column a bucket.

    `document` is where in the source the invoices are, `day` the day that counts unless it is the invoice's own.
    """
    if day is None:
        day = document.c.due_date if cut.request.basis is Basis.DUE else document.c.invoice_date
    figures = in_buckets(cut.request, day, amount)
    part = cut.grouped(document.c.billing_account_id, document.c.owner_id, document.c.currency_iso_code, figures)
    return part.select_from(source)


def in_buckets(
    request: AgingRequest, day: ColumnElement[date], amount: ColumnElement[Decimal]
) -> Sequence[ColumnElement[Decimal]]:
    """Give an amount summed into one column a bucket, by the one bucket rule of `domain.aging`."""
    oldest = request.buckets.oldest_dates(request.as_of)
    figures = []
    for index in range(len(request.buckets)):
        edges = [day < oldest[index - 1]] if index else []
        if index < len(oldest):
            edges.append(day >= oldest[index])
        figures.append(func.sum(case((and_(*edges), amount), else_=NOTHING)).label(f"bucket_{index}"))
    return figures


def unapplied_parts(cut: Cut) -> list[Part]:
    """Give what payments and credit memos leave unapplied, negative, the same way.

    An application carries its account and is never earlier than what it applies, so that what was applied later need
    not be looked up: what belongs to sources that came later altogether is taken off again by their net applied. The
    same holds for what is given back.
    """
    request, standpoint = cut.request, cut.standpoint
    parts = [] if cut.present else _given_back_otherwise(cut)
    for source in SOURCES:
        known = () if request.known_on is None else (source.recorded <= request.known_on,)
        rest_now = cut.of_source(source, -source.balance)
        parts.append(rest_now.where(source.balance != NOTHING, source.effective_date <= request.as_of, *known))
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


def _applied_later(cut: Cut, source: Source, events: FromClause) -> Part:
    later = cut.standpoint.is_later(events.c.effective_date, events.c.recorded_at)
    part = cut.of_account(events, events.c.account_id, events.c.currency_iso_code, events.c.impact_amount)
    return part.where(later, events.c.kind == source.application_kind)


def _given_back_otherwise(cut: Cut) -> list[Part]:
    """Give the refunds that count now and did not then, and those canceled since."""
    now, then = refund.c.status == "Processed", is_given_back(cut.standpoint)
    return [cut.refunded(-refund.c.amount).where(now, ~then), cut.refunded(refund.c.amount).where(~now, then)]
