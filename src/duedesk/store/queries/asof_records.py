"""The records of any object as they stood on a day: what was not there yet is left out, figures are rolled back.

Invoices are in `asof`; here are payments, credit memos, refunds, applications and disputes. Other objects have no days.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    and_,
    case,
    func,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.asof import Standpoint, applied_days, invoices_as_of, is_present, not_voided_yet
from duedesk.store.settlement import NOTHING, Chosen, chosen
from duedesk.store.tables import METADATA
from duedesk.store.tables.columns import Amount, Day, Moment
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, credit_memo, payment

_Chooses = Callable[[ColumnElement[int]], ColumnElement[bool]]


def records_as_of(
    connection: Connection,
    object_name: str,
    standpoint: Standpoint,
    *,
    only: Chosen = None,
    maybe_open: bool = False,
) -> FromClause:
    """Give the rows of an object with the columns of its table; `only` and `maybe_open` spare work, as they do there.

    They are what the keys are, and whether what was surely settled need not be there.
    """
    table = CATALOG.object(object_name).table
    if table == "invoice":
        return invoices_as_of(connection, standpoint, only=only, maybe_open=maybe_open)
    if table == "dispute":
        return _disputes(standpoint)
    if table not in {"payment", "credit_memo", "refund", "application"} or is_present(connection, standpoint):
        return METADATA.tables[table]
    match table:
        case "payment":
            return _payments(standpoint, partial(chosen, connection, ids=only))
        case "credit_memo":
            return _credit_memos(standpoint, partial(chosen, connection, ids=only))
        case "refund":
            return _refunds(standpoint)
        case _:
            return select(application).where(standpoint.counted).subquery("application_as_of")


def _payments(standpoint: Standpoint, is_chosen: _Chooses) -> Subquery:
    later = _applied_later(standpoint, application.c.payment_id, is_chosen)
    recorded = func.coalesce(payment.c.processed_at, payment.c.created_date)
    back = (
        select(refund.c.payment_id, func.sum(refund.c.amount).label("amount"))
        .where(
            is_chosen(refund.c.payment_id),
            standpoint.happened(refund.c.effective_date, refund.c.created_date),
            or_(refund.c.cancellation_effective_date.is_(None), _withdrawn_later(refund, standpoint)),
        )
        .group_by(refund.c.payment_id)
        .subquery("given_back")
    )
    applied = payment.c.net_applied + func.coalesce(later.c.impact, NOTHING)
    refunded = func.coalesce(back.c.amount, NOTHING)
    stands = or_(payment.c.status == "Processed", _withdrawn_later(payment, standpoint))
    figures: Mapping[str, ColumnElement[Any]] = {
        **_not_withdrawn_yet(payment, standpoint),
        "net_applied": type_coerce(applied, Amount),
        "net_refund_applied": type_coerce(refunded, Amount),
        **applied_days(payment, application.c.payment_id, standpoint),
        "balance": type_coerce(case((stands, payment.c.amount - applied - refunded), else_=NOTHING), Amount),
    }
    joined = payment.outerjoin(later, later.c.source_id == payment.c.id)
    return (
        select(*_columns(payment, figures))
        .select_from(joined.outerjoin(back, back.c.payment_id == payment.c.id))
        .where(
            is_chosen(payment.c.id),
            or_(
                and_(payment.c.status == "Draft", standpoint.is_known(payment.c.created_date)),
                standpoint.happened(payment.c.effective_date, recorded),
            ),
        )
        .subquery("payment_as_of")
    )


def _credit_memos(standpoint: Standpoint, is_chosen: _Chooses) -> Subquery:
    later = _applied_later(standpoint, application.c.credit_memo_id, is_chosen)
    memo = credit_memo.c
    applied = memo.net_credits_applied + func.coalesce(later.c.impact, NOTHING)
    voided_later = and_(memo.status == "Voided", standpoint.is_later(memo.voided_date, memo.voided_at))
    owed = or_(memo.status.in_(OWED_STATUSES), voided_later)
    figures: Mapping[str, ColumnElement[Any]] = {
        "status": case((voided_later, "Posted"), else_=memo.status),
        **not_voided_yet(credit_memo, standpoint),
        "net_credits_applied": type_coerce(applied, Amount),
        "balance": type_coerce(case((owed, memo.total_amount_with_tax - applied), else_=NOTHING), Amount),
        **applied_days(credit_memo, application.c.credit_memo_id, standpoint),
    }
    return (
        select(*_columns(credit_memo, figures))
        .select_from(credit_memo.outerjoin(later, later.c.source_id == memo.id))
        .where(
            is_chosen(memo.id),
            or_(
                and_(memo.posted_at.is_(None), standpoint.is_known(memo.created_date)),
                standpoint.happened(memo.effective_date, memo.posted_at),
            ),
        )
        .subquery("credit_memo_as_of")
    )


def _refunds(standpoint: Standpoint) -> Subquery:
    return (
        select(*_columns(refund, _not_withdrawn_yet(refund, standpoint)))
        .where(standpoint.happened(refund.c.effective_date, refund.c.created_date))
        .subquery("refund_as_of")
    )


def _disputes(standpoint: Standpoint) -> Subquery:
    later = standpoint.is_later(dispute.c.resolved_on, dispute.c.resolved_at)
    told = ("resolved_on", "resolved_at", "resolved_by", "resolution", "resolution_description")
    columns = (dispute.c[name] for name in told)
    figures = {column.name: type_coerce(case((later, null()), else_=column), column.type) for column in columns}
    return (
        select(*_columns(dispute, figures))
        .where(standpoint.happened(dispute.c.received_date, dispute.c.recorded_at))
        .subquery("dispute_as_of")
    )


def _applied_later(standpoint: Standpoint, source: ColumnElement[int], is_chosen: _Chooses) -> Subquery:
    """Give per source what its applications did later, also those on invoices that the reader does not see."""
    away = hidden_application.c
    shown = select(source.label("source_id"), application.c.impact_amount.label("impact"))
    hidden = select(away[source.name], away.impact_amount).where(away[source.name].is_not(None))
    events = union_all(
        shown.where(source.is_not(None), is_chosen(source), standpoint.later),
        hidden.where(is_chosen(away[source.name]), standpoint.is_later(away.effective_date, away.recorded_at)),
    ).subquery("event")
    return (
        select(events.c.source_id, func.sum(events.c.impact).label("impact"))
        .group_by(events.c.source_id)
        .subquery("applied_later")
    )


def _withdrawn_later(rows: FromClause, standpoint: Standpoint) -> ColumnElement[bool]:
    canceled = standpoint.is_later(rows.c.cancellation_effective_date, rows.c.cancellation_date)
    return and_(rows.c.status == "Canceled", canceled)


def _not_withdrawn_yet(rows: FromClause, standpoint: Standpoint) -> dict[str, ColumnElement[Any]]:
    """Give the status, and the dates of a cancellation, as they were before it."""
    later = _withdrawn_later(rows, standpoint)
    on, recorded = rows.c.cancellation_effective_date, rows.c.cancellation_date
    return {
        "status": case((later, "Processed"), else_=rows.c.status),
        "cancellation_effective_date": type_coerce(case((later, null()), else_=on), Day),
        "cancellation_date": type_coerce(case((later, null()), else_=recorded), Moment),
    }


def _columns(rows: FromClause, figures: Mapping[str, ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    return [figures[name].label(name) if name in figures else column for name, column in rows.c.items()]
