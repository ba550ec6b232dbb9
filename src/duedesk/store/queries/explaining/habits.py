"""How the days that an account takes to pay are made up: invoice by invoice, each by its weight."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.days import in_words
from duedesk.domain.explaining.figures import DAYS, MOST_STEPS, Explanation, HabitFigure, Step, stood_in_words, summed
from duedesk.domain.explaining.telling_metrics import tenths
from duedesk.domain.metrics import FORMULAS, HUNDRED
from duedesk.domain.money import grouped
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.habits import Settled, settled_by
from duedesk.store.tables.party import account


def explain_habit(connection: Connection, figure: HabitFigure) -> Explanation:
    """Tell the invoices that payments settled: the days of each times its share of all that was settled."""
    standpoint = Standpoint(figure.as_of, figure.known_on)
    settled = settled_by(connection, figure.account_key, standpoint, figure.currency, figure.months)
    name = connection.scalar(select(account.c.name).where(account.c.id == figure.account_key)) or ""
    told = Explanation(
        title=f"Days to pay of {name}, invoices in {figure.currency}",
        unit=DAYS,
        figure=None,
        said=(stood_in_words(figure.as_of, figure.known_on), f"Days to pay = {FORMULAS['days_to_pay']}."),
    )
    whole = sum(one.weight for one in settled)
    if not whole:
        return replace(told, said=(*told.said, f"No payment settled anything in the {figure.months} months before."))
    days, terms = (_weighted(settled, whole, name) for name in ("days", "terms"))
    steps = summed(_step(one, whole, figure.currency) for one in settled)
    shown = steps[:MOST_STEPS]
    left = steps[MOST_STEPS:]
    last = shown[-1].running or Decimal(0)
    late = f"{tenths(days)} − {tenths(terms)} = {tenths(days - terms)} days"
    count = f"{len(settled):,} invoice{'' if len(settled) == 1 else 's'}"
    return replace(
        told,
        figure=days,
        said=(
            *told.said,
            f"{count} settled in the {figure.months} months before; those that weigh most stand first.",
            f"Terms, weighted alike: {tenths(terms)} days. Days late = days to pay − terms = {late}.",
        ),
        steps=shown,
        left_out=len(left),
        left_amount=days - last if left else Decimal(0),
    )


def _weighted(settled: Sequence[Settled], whole: int, name: str) -> Decimal:
    return Decimal(sum(one.weight * getattr(one, name) for one in settled)) / whole


def _step(one: Settled, whole: int, currency: str) -> Step:
    share = tenths(one.weight * HUNDRED / whole)
    paid = f"{in_words(one.dated)} to {in_words(one.settled)}, {one.days} days, terms {one.terms}"
    what = f"{paid} · {grouped(one.total, currency)} {currency}, weight {share} %"
    amount = Decimal(one.weight * one.days) / whole
    return Step(what, one.number, one.settled, amount=amount, object="Invoice", key=one.key)
