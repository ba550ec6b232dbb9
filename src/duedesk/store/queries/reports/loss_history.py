"""What of the open items of past days was written off since, by bucket and currency; it makes no loss rates of it."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Select, func, select, type_coerce

from duedesk.domain.aging import AgingRequest, Buckets
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO
from duedesk.domain.reports.allowance import LossHistory, history_days
from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.aging.figures import trend
from duedesk.store.queries.asof import Standpoint
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.ledger import application, credit_memo, invoice


def loss_history(
    connection: Connection,
    as_of: date,
    buckets: Buckets,
    known_on: datetime | None = None,
    currency: str | None = None,
) -> tuple[LossHistory, ...]:
    """Give one row a currency: what was open on each of `history_days`, and what of it was written off by `as_of`.

    What was written off and put back again is not lost. Currencies in which nothing was open are left out.
    """
    standpoint, days = Standpoint(as_of, known_on), history_days(as_of)
    exposure: dict[str, list[Decimal]] = {}
    request = AgingRequest(as_of, known_on, buckets=buckets, currency=currency)
    for _, rows in trend(connection, request, days):
        for row in rows:
            sums = exposure.setdefault(row.currency, [ZERO] * len(buckets))
            for place, amount in enumerate(row.buckets):
                sums[place] += amount
    lost = {code: [ZERO] * len(buckets) for code in exposure}
    for code, dated, due, on, amount in connection.execute(_written_off(standpoint, days[0], currency)):
        for day in days:
            if dated <= day < on and code in lost:
                lost[code][buckets.index(days_overdue(due, day))] += amount
    return tuple(LossHistory(code, tuple(exposure[code]), tuple(lost[code])) for code in sorted(exposure))


def _written_off(standpoint: Standpoint, after: date, currency: str | None) -> Select[Any]:
    """Give what was written off of invoices since a day: its currency, the invoice's days, the day and how much."""
    keys = (
        invoice.c.currency_iso_code,
        invoice.c.invoice_date,
        invoice.c.due_date,
        application.c.effective_date,
    )
    amount = type_coerce(-func.sum(application.c.impact_amount), Amount)
    found = (
        select(*keys, amount)
        .select_from(application)
        .join(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
        .join(invoice, invoice.c.id == application.c.invoice_id)
        .where(credit_memo.c.category == CATEGORY, standpoint.counted, application.c.effective_date > after)
        .group_by(*keys)
    )
    return found if currency is None else found.where(invoice.c.currency_iso_code == currency)
