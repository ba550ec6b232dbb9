"""How a line of a roll-forward is made up: every document that came or went in the period, oldest first."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, func, select

from duedesk.domain.days import day_before, in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import MOST_STEPS, Explanation, MovementFigure, Step, summed
from duedesk.domain.money import ZERO
from duedesk.domain.roll_forward import MOVEMENTS
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.moved import Span
from duedesk.store.queries.roll_forward import roll_forward
from duedesk.store.tables.party import account


def explain_movement(connection: Connection, figure: MovementFigure) -> Explanation:
    """Tell the documents behind a movement; the figure is that of the roll-forward itself."""
    label = dict(MOVEMENTS).get(figure.name)
    if label is None:
        raise RequestError(f"“{figure.name}” is no line of a roll-forward.", f"There are {', '.join(dict(MOVEMENTS))}.")
    by_account = figure.account_key is not None
    days = (figure.first_day, figure.end, figure.known_on, figure.currency)
    rows = roll_forward(connection, *days, by_account=by_account)
    row = next((one for one in rows if one.key == figure.account_key and one.currency == figure.currency), None)
    shown: Decimal = ZERO if row is None else getattr(row, figure.name)
    count, found = _items(connection, figure)
    steps = summed(map(_step, found))
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    whose = f" of {row.name}" if row is not None and row.name else ""
    known = "" if figure.known_on is None else f", as known on {in_words(figure.known_on.date())}"
    records = "1 event" if count == 1 else f"{count:,} events"
    return Explanation(
        title=f"{label}{whose}",
        unit=figure.currency,
        figure=shown,
        said=(f"{in_words(figure.first_day)} to {in_words(figure.end)}, both days within{known}: {records}.",),
        steps=steps,
        left_out=count - len(steps),
        left_amount=shown - so_far if count > len(steps) else ZERO,
    )


def _items(connection: Connection, figure: MovementFigure) -> tuple[int, Sequence[Row[Any]]]:
    """Count what a movement is made of, and give the first of it."""
    start, end = (Standpoint(day, figure.known_on) for day in (day_before(figure.first_day), figure.end))
    span = Span(start, end, figure.currency, by_account=False)
    every = span.items(figure.name, figure.account_key).subquery("item")
    count = connection.scalar(select(func.count()).select_from(every)) or 0
    asked = (
        select(every, account.c.name.label("account"))
        .join(account, account.c.id == every.c.account_id)
        .order_by(every.c.on_day, every.c.recorded, every.c.number)
        .limit(MOST_STEPS)
    )
    return count, connection.execute(asked).all()


def _step(row: Row[Any]) -> Step:
    what = f"{row.what}, {row.account}"
    return Step(what, row.number or "", row.on_day, row.recorded, amount=row.amount, object=row.object, key=row.key)
