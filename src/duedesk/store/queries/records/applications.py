"""What a payment or credit memo was put on and taken off again, as of a day; of invoices it says the number alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import ColumnElement, Connection, and_, func, select, type_coerce

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice


@dataclass(frozen=True, slots=True)
class AppliedPart:
    """An application seen from what pays: `impact` is its effect on the invoice, negative where it was put on.

    `left` is what of an Applied part still lies on the invoice; nothing for an Unapplied one.
    """

    key: int
    number: str
    type: str
    invoice_key: int
    invoice: str
    on: date
    amount: Decimal
    impact: Decimal
    left: Decimal
    takes_back: int | None
    comments: str
    recorded_at: datetime
    journal_id: int | None = None


def applied_parts(
    connection: Connection, source: ColumnElement[int], key: int, standpoint: Standpoint
) -> tuple[AppliedPart, ...]:
    """Give the applications of one source by effective date, then as they were recorded.

    `source` is the column of the application that points to it: `payment_id` or `credit_memo_id`.
    """
    taken = application.alias("taken")
    back = (
        select(func.coalesce(func.sum(taken.c.amount), NOTHING))
        .where(
            taken.c.reverses_id == application.c.id,
            standpoint.happened(taken.c.effective_date, taken.c.recorded_at),
        )
        .scalar_subquery()
    )
    found = connection.execute(
        select(
            application,
            invoice.c.document_number,
            type_coerce(application.c.amount - back, Amount).label("standing"),
        )
        .join(invoice, invoice.c.id == application.c.invoice_id)
        .where(source == key, standpoint.counted)
        .order_by(application.c.effective_date, application.c.recorded_at, application.c.id)
    )
    return tuple(
        AppliedPart(
            key=row.id,
            number=row.application_number or "",
            type=row.type,
            invoice_key=row.invoice_id,
            invoice=row.document_number or "",
            on=row.effective_date,
            amount=row.amount,
            impact=row.impact_amount,
            left=row.standing if row.type == "Applied" else ZERO,
            takes_back=row.reverses_id,
            comments=row.comments or "",
            recorded_at=row.recorded_at,
            journal_id=row.journal_id,
        )
        for row in found
    )


def net_applied(
    connection: Connection, source: ColumnElement[int], key: int, standpoint: Standpoint, parts: Iterable[AppliedPart]
) -> Decimal:
    """Give what of a source is applied: its parts, and the sum it left on invoices that the reader does not see."""
    away = hidden_application.c
    counted = standpoint.happened(away.effective_date, away.recorded_at)
    found = select(func.coalesce(func.sum(-away.impact_amount), NOTHING)).where(away[source.name] == key, counted)
    elsewhere: Decimal = connection.scalar(select(type_coerce(found.scalar_subquery(), Amount))) or ZERO
    return elsewhere - sum((part.impact for part in parts), ZERO)


@dataclass(frozen=True, slots=True)
class Lying:
    """An application as it is named to take it off again: `left` is what of it lies on its invoice now."""

    key: int
    number: str
    source: Literal["Payment", "CreditMemo"]
    source_key: int
    left: Decimal


def application_called(connection: Connection, called: str) -> Lying:
    """Find an application by its number or Id; RequestError where there is none, or where it took something back."""
    wanted = called.strip()
    for column in (application.c.application_number, application.c.external_id):
        found = _lying(connection, column == wanted)
        if len(found) == 1:
            return found[0]
    raise RequestError(f"There is no application “{called}” that can be unapplied.", "`duedesk show` lists them.")


def standing_of(connection: Connection, source: str, source_key: int, invoice_key: int) -> tuple[Lying, ...]:
    """Give what of a payment or credit memo lies on an invoice, in the order it was put there."""
    reference = application.c.payment_id if source == "Payment" else application.c.credit_memo_id
    found = _lying(connection, and_(reference == source_key, application.c.invoice_id == invoice_key))
    return tuple(one for one in found if one.left)


def _lying(connection: Connection, condition: ColumnElement[bool]) -> tuple[Lying, ...]:
    taken = application.alias("taken")
    back = select(func.coalesce(func.sum(taken.c.amount), NOTHING)).where(taken.c.reverses_id == application.c.id)
    left = type_coerce(application.c.amount - back.scalar_subquery(), Amount).label("left")
    found = connection.execute(
        select(application, left).where(application.c.type == "Applied", condition).order_by(application.c.id)
    )
    return tuple(
        Lying(
            row.id,
            row.application_number or f"with key {row.id}",
            "Payment" if row.payment_id is not None else "CreditMemo",
            row.payment_id if row.payment_id is not None else row.credit_memo_id,
            row.left,
        )
        for row in found
    )
