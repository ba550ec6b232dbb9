"""How it is known how late an account pays: invoice by invoice; what is expected of it is told elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import DAYS, MOST_STEPS, Explanation, PayingFigure, Step, stood_in_words
from duedesk.domain.explaining.telling_forecast import paid_in_words
from duedesk.domain.forecast.curves import SEGMENT_WEIGHT, Seen, kaplan_meier
from duedesk.domain.forecast.habits import Habit
from duedesk.domain.forecast.words import Outlook
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.forecast.habits import PaidInvoice, habits_of_few, paid_invoices
from duedesk.store.tables.party import account


def explain_paying(connection: Connection, figure: PayingFigure) -> Explanation:
    """Tell the invoices that fell due in the year before by how late they were paid, and are open yet."""
    standpoint = Standpoint(figure.as_of, figure.known_on)
    name = connection.scalar(select(account.c.name).where(account.c.id == figure.account_key))
    if name is None:
        raise RequestError("That account is not in the book.")
    habit = habits_of_few(connection, standpoint).of(figure.account_key)
    found = paid_invoices(connection, standpoint, figure.account_key)
    outlook = Outlook(habit)
    told = Explanation(
        title=f"How late {name} pays",
        unit=DAYS,
        figure=None if habit.usual is None else Decimal(habit.usual),
        said=(stood_in_words(figure.as_of, figure.known_on), _sentence(outlook), outlook.reason, *paid_in_words(habit)),
        steps=tuple(map(_step, found[:MOST_STEPS])),
        unit_of_steps=DAYS,
    )
    left = len(found) - MOST_STEPS
    if left > 0:
        told = replace(told, said=(*told.said, f"{left:,} more invoices count that are not told here."))
    return replace(told, worked_out=_worked_out(found, habit))


def _sentence(outlook: Outlook) -> str:
    said = outlook.sentence
    return f"{said[:1].upper()}{said[1:]}."


def _worked_out(found: Sequence[PaidInvoice], habit: Habit) -> Decimal | None:
    """Give the day again, of the invoices that are told."""
    if not habit.is_own:
        return None if habit.usual is None else Decimal(habit.usual)
    seen = Seen()
    for one in found:
        if one.days is None:
            seen.closed += 1
        else:
            into = seen.paid if one.is_paid else seen.unpaid
            into[one.days] = into.get(one.days, 0) + 1
    usual = kaplan_meier(seen, habit.segment.table, SEGMENT_WEIGHT).usual_day()
    return None if usual is None else Decimal(usual)


def _step(one: PaidInvoice) -> Step:
    amount = None if one.days is None else Decimal(one.days)
    return Step(one.in_words, one.number, one.settled or one.due, amount=amount, object="Invoice", key=one.key)
