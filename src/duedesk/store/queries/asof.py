"""The ledger as it stood on a day, as far as was known on another: today's figures with later events rolled back.

Rolling back costs what happened since, not all that ever happened: 0.1 s against 2 s on a million invoices.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
    true,
    type_coerce,
)

from duedesk.store.queries.dunning.levels_then import LEVELS_DATED, levels_then
from duedesk.store.settlement import NOTHING, Chosen, chosen, settled_on, settlement_status
from duedesk.store.tables.columns import Amount, Day
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment


@dataclass(frozen=True, slots=True)
class Standpoint:
    """The day the reader stands on, and the moment up to which what was recorded counts (None: all of it)."""

    as_of: date
    known_on: datetime | None = None

    def happened(self, on: ColumnElement[date], recorded: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Give the condition that something dated `on` and recorded at `recorded` counts."""
        known = () if self.known_on is None else (recorded <= self.known_on,)
        return and_(on <= self.as_of, *known)

    def is_later(self, on: ColumnElement[date], recorded: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Give the condition that something is stored and does not count yet."""
        unknown = () if self.known_on is None else (recorded > self.known_on,)
        return or_(on > self.as_of, *unknown)

    def day_of(self, on: date | None, recorded: datetime | None) -> date | None:
        """Give the day of something that was read whole, such as a voiding; None where it does not count yet."""
        is_known = self.known_on is None or recorded is None or recorded <= self.known_on
        return on if on is not None and on <= self.as_of and is_known else None

    def is_known(self, recorded: ColumnElement[datetime]) -> ColumnElement[bool]:
        """Give the condition that something without a day, such as a draft, had been recorded."""
        return true() if self.known_on is None else recorded <= self.known_on

    @property
    def counted(self) -> ColumnElement[bool]:
        """Give the condition that an application counts."""
        return self.happened(application.c.effective_date, application.c.recorded_at)

    @property
    def later(self) -> ColumnElement[bool]:
        """Give the condition that an application does not count yet."""
        return self.is_later(application.c.effective_date, application.c.recorded_at)

    def is_there(self, document: FromClause) -> ColumnElement[bool]:
        """Give the condition that an invoice was in the book: as a draft, or posted by that day."""
        is_draft = and_(document.c.posted_at.is_(None), self.is_known(document.c.created_date))
        return or_(is_draft, self.happened(document.c.invoice_date, document.c.posted_at))

    def is_owed(self, document: FromClause) -> ColumnElement[bool]:
        """Give the condition that an invoice stood in the ledger, as `domain.ledger.Posting.is_owed` says it."""
        return and_(
            document.c.posted_at.is_not(None),
            self.happened(document.c.invoice_date, document.c.posted_at),
            or_(document.c.voided_date.is_(None), self.is_later(document.c.voided_date, document.c.voided_at)),
        )


_DATED = (
    application.c.effective_date,
    invoice.c.invoice_date,
    payment.c.effective_date,
    credit_memo.c.effective_date,
    invoice.c.voided_date,
    payment.c.cancellation_effective_date,
    credit_memo.c.voided_date,
    refund.c.effective_date,
    refund.c.cancellation_effective_date,
    hidden_application.c.effective_date,
    *LEVELS_DATED,
)
_NEXT = (select(day).where(day > bindparam("as_of", type_=Day)).order_by(day).limit(1) for day in _DATED)
_ANYTHING_LATER = select(or_(*(day.scalar_subquery().is_not(None) for day in _NEXT)))
"""One look beyond the day in an index each; the last day of all would be sought among what the reader may not see.

The order says so to a server, which would else read a table from its beginning until it comes to that day.
"""


def is_present(connection: Connection, standpoint: Standpoint) -> bool:
    """Tell whether nothing in the book lies after the standpoint, so that the stored figures are the answer."""
    return standpoint.known_on is None and not connection.scalar(_ANYTHING_LATER, {"as_of": standpoint.as_of})


def invoices_as_of(
    connection: Connection, standpoint: Standpoint, *, only: Chosen = None, maybe_open: bool = False
) -> FromClause:
    """Give the invoices with the columns of their table, the figures as they stood; later ones are left out.

    `only` names the keys that are asked for, or the query that finds them; `maybe_open` says that what was surely
    settled need not be there. Both spare work and change nothing else.
    """
    if is_present(connection, standpoint):
        return invoice
    undone = later_by_invoice(standpoint, chosen(connection, application.c.invoice_id, only))
    total = invoice.c.total_amount_with_tax
    payments = invoice.c.net_payments_applied + func.coalesce(undone.c.payments, NOTHING)
    credits_ = invoice.c.net_credits_applied + func.coalesce(undone.c.credits, NOTHING)
    owed = standpoint.is_owed(invoice)
    rest = type_coerce(total - payments - credits_, Amount)
    same_as_now = and_(undone.c.invoice_id.is_(None), invoice.c.full_settlement_date <= standpoint.as_of)
    figures: dict[str, ColumnElement[Any]] = {
        **not_voided_yet(invoice, standpoint),
        "status": case((and_(invoice.c.status == "Voided", owed), "Posted"), else_=invoice.c.status),
        "net_payments_applied": type_coerce(payments, Amount),
        "net_credits_applied": type_coerce(credits_, Amount),
        "balance": type_coerce(case((owed, rest), else_=NOTHING), Amount),
        "settlement_status": settlement_status(owed, total, rest),
        "full_settlement_date": case(
            (or_(~owed, rest != NOTHING), null()),
            (same_as_now, invoice.c.full_settlement_date),
            else_=settled_on(invoice, standpoint.counted),
        ),
        **applied_days(invoice, application.c.invoice_id, standpoint),
        **levels_then(standpoint),
    }
    columns = (figures[name].label(name) if name in figures else column for name, column in invoice.c.items())
    found: Select[tuple[object, ...]] = (
        select(*columns)
        .select_from(invoice.outerjoin(undone, undone.c.invoice_id == invoice.c.id))
        .where(chosen(connection, invoice.c.id, only), standpoint.is_there(invoice))
    )
    if maybe_open:
        candidates = (
            select(invoice.c.id)
            .where(invoice.c.balance != NOTHING)
            .union(
                select(undone.c.invoice_id),
                select(invoice.c.id).where(standpoint.is_later(invoice.c.voided_date, invoice.c.voided_at)),
            )
        )
        found = found.where(invoice.c.id.in_(candidates))
    return found.subquery("invoice_as_of")


def not_voided_yet(document: FromClause, standpoint: Standpoint) -> dict[str, ColumnElement[Any]]:
    """Give what a document says of its voiding: nothing before it was voided."""
    later = standpoint.is_later(document.c.voided_date, document.c.voided_at)
    columns = (document.c[name] for name in ("voided_date", "voided_at", "void_reason"))
    return {column.name: type_coerce(case((later, null()), else_=column), column.type) for column in columns}


def applied_days(
    document: FromClause, reference: ColumnElement[int], standpoint: Standpoint
) -> dict[str, ColumnElement[date]]:
    """Give the first and last day on which a document had been applied; `reference` is how applications name it."""
    days: dict[str, ColumnElement[date]] = {}
    for name, of_all in (("first_applied_date", func.min), ("last_applied_date", func.max)):
        if name in document.c:
            then = select(of_all(application.c.effective_date)).where(reference == document.c.id, standpoint.counted)
            then_day = type_coerce(then.correlate(document).scalar_subquery(), Day)
            is_same = document.c[name] <= standpoint.as_of
            days[name] = then_day if standpoint.known_on else case((is_same, document.c[name]), else_=then_day)
    return days


def later_by_invoice(standpoint: Standpoint, *conditions: ColumnElement[bool]) -> CTE:
    """Give per invoice what payments and credits did to it after the standpoint: negative where more was applied."""
    impact = application.c.impact_amount
    return (
        select(
            application.c.invoice_id,
            func.sum(case((application.c.kind == "payment", impact), else_=NOTHING)).label("payments"),
            func.sum(case((application.c.kind == "credit", impact), else_=NOTHING)).label("credits"),
        )
        .where(standpoint.later, *conditions)
        .group_by(application.c.invoice_id)
        .cte()
    )
