"""What a book keeps of late interest: reference rates, until when invoices were charged, which are over charges."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from duedesk.domain.interest.reference_rates import ReferenceRate
from duedesk.store.settlement import chosen
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.interest import interest_charge, reference_rate


def book_rates(connection: Connection) -> tuple[ReferenceRate, ...]:
    """Give the reference rates of the book by series and day."""
    row = reference_rate.c
    asked = select(row.series, row.start_date, row.percent, row.source).order_by(row.series, row.start_date)
    return tuple(ReferenceRate(*found, is_own=True) for found in connection.execute(asked))


def charged_until(connection: Connection, keys: Sequence[int] | None) -> dict[int, date]:
    """Give the last day that interest was charged or waived for, by invoice; what was cancelled does not count."""
    row = interest_charge.c
    asked = (
        select(row.invoice_id, func.max(row.charged_until))
        .where(chosen(connection, row.invoice_id, keys), ~row.is_cancelled)
        .group_by(row.invoice_id)
    )
    return dict(connection.execute(asked).all())


def charges(connection: Connection) -> frozenset[int]:
    """Give the invoices that are over fees or interest."""
    columns = (dunning_letter.c.fee_invoice_id, dunning_letter.c.interest_invoice_id)
    return frozenset().union(*(connection.scalars(select(one).where(one.is_not(None))) for one in columns))
