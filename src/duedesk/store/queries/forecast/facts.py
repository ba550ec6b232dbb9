"""What a forecast is made of, as it stood and was known: what is open, promised and disputed, what came in since."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Connection, func, select, type_coerce

from duedesk.domain.forecast.curves import ONE
from duedesk.domain.forecast.promises import set_apart
from duedesk.domain.forecast.weeks import Chances, Expected
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.forecast.habits import habits
from duedesk.store.queries.forecast.kept_apart import contested, promises, words
from duedesk.store.queries.lists.fields import days_between
from duedesk.store.settlement import NOTHING, Chosen, chosen
from duedesk.store.tables.columns import Day
from duedesk.store.tables.ledger import application, invoice

_TELLING, _LONGEST = 75, 30
"""Days before the one that is stood on whose payments tell how long recording takes, and the longest that counts."""


def open_items(connection: Connection, standpoint: Standpoint, *, only: Chosen = None) -> tuple[Expected, ...]:
    """Give what is open, each instalment for itself; what is disputed and promised is taken from the oldest part."""
    document = invoices_as_of(connection, standpoint, only=only, maybe_open=only is None)
    part = parts_of(document, by_instalment=has_instalments(connection))
    found = connection.execution_options(yield_per=2_000).execute(
        select(
            document.c.id,
            document.c.billing_account_id,
            document.c.currency_iso_code,
            part.due.label("due"),
            type_coerce(part.balance, BigInteger).label("open"),
        )
        .select_from(part.source)
        .where(
            *(document.c.balance != NOTHING, part.balance != NOTHING, document.c.invoice_date <= standpoint.as_of),
            chosen(connection, document.c.id, only),
        )
        .order_by(document.c.id, part.due)
    )
    disputed, promised = contested(connection, standpoint), promises(connection, standpoint)
    return tuple(_told(found, disputed, promised, standpoint.as_of))


def _told(
    rows: Iterable[Any], disputed: dict[int, int], promised: dict[int, list[tuple[date, int]]], as_of: date
) -> Iterator[Expected]:
    apart: list[Expected] = []
    for key, whose, currency, due, units in rows:
        one = Expected(key, whose, currency, due, int(units))  # a server multiplies into decimals
        if apart and apart[0].key != key:
            yield from _parted(apart, disputed, promised, as_of)
            apart = []
        if key in disputed or key in promised:
            apart.append(one)
        else:
            yield one
    if apart:
        yield from _parted(apart, disputed, promised, as_of)


def _parted(
    parts: list[Expected], disputed: dict[int, int], promised: dict[int, list[tuple[date, int]]], as_of: date
) -> Iterator[Expected]:
    """Take what is disputed and promised of an invoice from its parts."""
    key = parts[0].key
    apart = set_apart([part.open for part in parts], disputed.get(key, 0), promised.get(key, ()), as_of)
    for part, (contested_of_it, promised_of_it) in zip(parts, apart, strict=True):
        part.disputed, part.promised = contested_of_it, promised_of_it
        yield part


def chances_of(connection: Connection, standpoint: Standpoint, items: Iterable[Expected], weeks: int) -> Chances:
    """Give the chances of all accounts that owe `items`, which is all that is open."""
    every = habits(connection, standpoint, items)
    believed = words(connection, standpoint, every.members)
    return Chances(every, standpoint.as_of, weeks, believed, unheard(connection, standpoint))


def unheard(connection: Connection, standpoint: Standpoint) -> int:
    """Give how many days payments take until they are recorded, on the average, out of `ONE`; less what is known since.

    It is told by the months before; what was imported with its past tells nothing of that.
    """
    event = application.c
    recorded, posted = (func.date(at, type_=Day) for at in (event.recorded_at, invoice.c.posted_at))
    first, last = (standpoint.as_of - timedelta(days=days) for days in (_TELLING, _LONGEST))
    took = days_between(event.effective_date, recorded)
    found = connection.execute(
        select(took.label("took"), func.count())
        .select_from(application.join(invoice, invoice.c.id == event.invoice_id))
        .where(
            *(event.kind == "payment", event.effective_date > first, event.effective_date <= last),
            *(standpoint.counted, posted <= event.effective_date),
        )
        .group_by("took")
    ).all()
    known = standpoint.known_on or connection.scalar(select(func.max(event.recorded_at, type_=event.recorded_at.type)))
    since = 0 if known is None else max((known.date() - standpoint.as_of).days, 0)
    times = sum(count for took, count in found if 0 <= took <= _LONGEST)
    days = sum(max(took - since, 0) * count for took, count in found if took <= _LONGEST)
    return days * ONE // times if times else 0


def came_in(connection: Connection, then: Standpoint, now: Standpoint) -> dict[tuple[str, date], Decimal]:
    """Give by currency and day what payments brought in between two standpoints on what was owed at the first.

    What was recorded late, for a day before the first, came in on the day after it.
    """
    day, code, total = application.c.effective_date, invoice.c.currency_iso_code, func.sum(-application.c.impact_amount)
    found = connection.execute(
        select(code, day, type_coerce(total, application.c.amount.type))
        .select_from(application.join(invoice, invoice.c.id == application.c.invoice_id))
        .where(application.c.kind == "payment", then.later, now.counted, then.is_owed(invoice))
        .group_by(code, day)
    )
    came: dict[tuple[str, date], Decimal] = {}
    for currency, on, amount in found:
        place = (currency, max(on, then.as_of + timedelta(days=1)))
        came[place] = came.get(place, Decimal(0)) + amount
    return came
