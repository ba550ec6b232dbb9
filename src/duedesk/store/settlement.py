"""The one place that writes what events make of a document: balance, net applied, given back, settlement and its date.

`domain.ledger.settle` says the same in Python; `store.proof.book` holds the two against each other.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    FromClause,
    Select,
    String,
    and_,
    case,
    cast,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    true,
    type_coerce,
    update,
)

from duedesk.domain.invoice import OWED_STATUSES, SettlementStatus
from duedesk.store.tables.columns import Amount, Day
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment

NOTHING = literal_column("0", Amount())
"""The amount nothing, written out: a partial index serves only a query that says `<> 0` as it does."""


Chosen = Collection[int] | Select[tuple[int]] | None
"""Keys, the query that finds them, or None for all."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Keys of the documents an action wrote or applied; what pays the invoices is found by itself."""

    invoices: Collection[int] = ()
    payments: Collection[int] = ()
    credit_memos: Collection[int] = ()


def restate(connection: Connection, touched: Touched | None = None) -> None:
    """Write the stored figures of the touched documents (None: of all) from the applications."""
    _restate_invoices(connection, touched)
    _restate_payments(connection, touched)
    _restate_credit_memos(connection, touched)


def settlement_status(
    is_owed: ColumnElement[bool], total: ColumnElement[Decimal], balance: ColumnElement[Decimal]
) -> ColumnElement[str]:
    """Give the settlement status as SQL, as `domain.invoice.settlement_status` gives it."""
    return case(
        (~is_owed, SettlementStatus.NOT_APPLICABLE.value),
        (balance == NOTHING, SettlementStatus.SETTLED.value),
        (balance == total, SettlementStatus.NOT_SETTLED.value),
        else_=SettlementStatus.PARTIALLY_SETTLED.value,
    )


def settled_on(document: FromClause, counted: ColumnElement[bool]) -> ColumnElement[date]:
    """Give as SQL the first day after which the counted applications left nothing open, for a settled `document`.

    `counted` is a condition on the application table. What was prepaid counts from the invoice date.
    """
    total, start = document.c.total_amount_with_tax, document.c.invoice_date
    day = type_coerce(case((application.c.effective_date < start, start), else_=application.c.effective_date), Day)
    running = (
        select(
            day.label("day"),
            (total + func.sum(func.sum(application.c.impact_amount)).over(order_by=day)).label("open"),
        )
        .where(application.c.invoice_id == document.c.id, counted)
        .group_by(day)
        .correlate(document)
        .subquery("running")
    )
    days = select(
        running.c.day,
        func.max(case((running.c.open != NOTHING, running.c.day))).over().label("last_open"),
    ).subquery("days")
    first = select(func.min(days.c.day)).where(or_(days.c.last_open.is_(None), days.c.day > days.c.last_open))
    return type_coerce(case((total == NOTHING, start), else_=first.scalar_subquery()), Day)


def _restate_invoices(connection: Connection, touched: Touched | None) -> None:
    ids = None if touched is None else touched.invoices
    applied = _applied_to(connection, ids)
    total = invoice.c.total_amount_with_tax
    owed = invoice.c.status.in_(OWED_STATUSES)
    payments, credits_ = (func.coalesce(figure, NOTHING) for figure in (applied.c.payments, applied.c.credits))
    figures = (
        select(
            invoice.c.id,
            payments.label("payments"),
            credits_.label("credits"),
            (total - payments - credits_).label("rest"),
            applied.c.events,
            applied.c.first_day,
            applied.c.last_day,
        )
        .select_from(invoice.outerjoin(applied, applied.c.invoice_id == invoice.c.id))
        .where(chosen(connection, invoice.c.id, ids))
        .subquery("figures")
    )
    rest = type_coerce(figures.c.rest, Amount)
    connection.execute(
        update(invoice)
        .where(invoice.c.id == figures.c.id)
        .values(
            net_payments_applied=figures.c.payments,
            net_credits_applied=figures.c.credits,
            balance=case((owed, rest), else_=NOTHING),
            settlement_status=settlement_status(owed, total, rest),
            full_settlement_date=case(
                (or_(~owed, rest != NOTHING), null()),
                # Nearly all are paid at one go, and after they were invoiced.
                (and_(figures.c.events == 1, figures.c.last_day >= invoice.c.invoice_date), figures.c.last_day),
                else_=settled_on(invoice, true()),
            ),
            first_applied_date=figures.c.first_day,
            last_applied_date=figures.c.last_day,
        )
    )


def _applied_to(connection: Connection, ids: Collection[int] | None) -> FromClause:
    """Give by invoice what was applied to it, by how many events, and on which days."""
    impact = application.c.impact_amount
    return (
        select(
            application.c.invoice_id,
            func.count().label("events"),
            func.min(application.c.effective_date).label("first_day"),
            func.max(application.c.effective_date).label("last_day"),
            func.sum(case((application.c.kind == "payment", -impact), else_=NOTHING)).label("payments"),
            func.sum(case((application.c.kind == "credit", -impact), else_=NOTHING)).label("credits"),
        )
        .where(chosen(connection, application.c.invoice_id, ids))
        .group_by(application.c.invoice_id)
        .subquery("applied")
    )


def _restate_payments(connection: Connection, touched: Touched | None) -> None:
    ids = None if touched is None else touched.payments
    figures = _sources(connection, payment, application.c.payment_id, touched, ids)
    given_back = (
        select(func.coalesce(func.sum(refund.c.amount), NOTHING))
        .where(refund.c.payment_id == payment.c.id, refund.c.status == "Processed")
        .correlate(payment)
        .scalar_subquery()
    )
    rest = type_coerce(payment.c.amount - figures.c.applied - given_back, Amount)
    connection.execute(
        update(payment)
        .where(payment.c.id == figures.c.id)
        .values(
            net_applied=figures.c.applied,
            net_refund_applied=type_coerce(given_back, Amount),
            balance=case((payment.c.status == "Processed", rest), else_=NOTHING),
            last_applied_date=figures.c.last_day,
        )
    )


def _restate_credit_memos(connection: Connection, touched: Touched | None) -> None:
    ids = None if touched is None else touched.credit_memos
    figures = _sources(connection, credit_memo, application.c.credit_memo_id, touched, ids)
    rest = type_coerce(credit_memo.c.total_amount_with_tax - figures.c.applied, Amount)
    owed = credit_memo.c.status.in_(OWED_STATUSES)
    connection.execute(
        update(credit_memo)
        .where(credit_memo.c.id == figures.c.id)
        .values(
            net_credits_applied=figures.c.applied,
            balance=case((owed, rest), else_=NOTHING),
            last_applied_date=figures.c.last_day,
        )
    )


def _sources(
    connection: Connection,
    source: FromClause,
    reference: ColumnElement[int],
    touched: Touched | None,
    ids: Collection[int] | None,
) -> FromClause:
    """Give what is applied of each payment or credit memo that was touched or pays a touched invoice, or of all.

    Beside it stands the last day on which anything of it was applied or unapplied.
    """
    scope: ColumnElement[bool] = true()
    if touched is not None:
        paying = select(reference).where(chosen(connection, application.c.invoice_id, touched.invoices))
        scope = or_(chosen(connection, source.c.id, ids), source.c.id.in_(paying.where(reference.is_not(None))))
    last = func.max(application.c.effective_date)
    sums = (
        select(reference.label("id"), func.sum(-application.c.impact_amount).label("applied"), last.label("last_day"))
        .where(reference.is_not(None))
        .group_by(reference)
        .subquery("sums")
    )
    if touched is None:
        applied = func.coalesce(sums.c.applied, NOTHING).label("applied")
        joined = source.outerjoin(sums, sums.c.id == source.c.id)
        return select(source.c.id, applied, sums.c.last_day).select_from(joined).subquery()
    own = select(func.coalesce(func.sum(-application.c.impact_amount), NOTHING)).where(reference == source.c.id)
    away = select(func.coalesce(func.sum(-hidden_application.c.impact_amount), NOTHING)).where(
        hidden_application.c[reference.name] == source.c.id  # on a server also whoever writes may not see all
    )
    whole = own.correlate(source).scalar_subquery() + away.correlate(source).scalar_subquery()
    seen, hidden = select(last).where(reference == source.c.id), select(func.max(hidden_application.c.effective_date))
    hidden = hidden.where(hidden_application.c[reference.name] == source.c.id)
    days = seen.correlate(source).scalar_subquery(), hidden.correlate(source).scalar_subquery()
    last_day = case((or_(days[0].is_(None), days[1] > days[0]), days[1]), else_=days[0])
    figures = type_coerce(whole, Amount).label("applied"), type_coerce(last_day, Day).label("last_day")
    return select(source.c.id, *figures).where(scope).subquery()


def chosen(connection: Connection, column: ColumnElement[int], ids: Chosen) -> ColumnElement[bool]:
    """Give the condition that a key is among the ids (None: any key), passed as one value however many they are.

    The query that finds them does as well.
    """
    if ids is None:
        return true()
    if isinstance(ids, Select):
        return column.in_(ids)
    listed = ",".join(map(str, ids))
    if connection.dialect.name == "postgresql":
        keys = func.unnest(cast(literal(f"{{{listed}}}", String), ARRAY(BigInteger)))
        return column.in_(select(keys))
    each = func.json_each(literal(f"[{listed}]", String)).table_valued("value")
    return column.in_(select(each.c.value))
