"""How DSO and what goes with it are made up: what is put into the formula, asked another way than the figure itself.

Receivables come from the aging of the day, what was invoiced from the list; the figure from `metrics`.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import (
    AgingFigure,
    Explanation,
    KeyFigure,
    ListFigure,
    Step,
    stood_in_words,
    summed,
)
from duedesk.domain.explaining.telling_metrics import (
    CLOSING,
    CURRENT,
    INPUTS,
    OPENING,
    SALES,
    formula_sentences,
    invoiced,
)
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.metrics import KEY_FIGURES, MonthFigures, used_up
from duedesk.domain.money import ZERO, grouped
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.lists import listing
from duedesk.store.queries.metrics import invoiced_months, metrics


def explain_key_figure(connection: Connection, figure: KeyFigure) -> Explanation:
    """Tell the amounts behind a key figure and the formula with the numbers put in."""
    if figure.name not in KEY_FIGURES:
        raise RequestError(f"“{figure.name}” is no key figure.", f"There are {', '.join(KEY_FIGURES)}.")
    label, unit = KEY_FIGURES[figure.name]
    found = metrics(connection, figure.as_of, figure.known_on, figure.currency, 1, over=figure.over)
    month = next((one for one in found if one.currency == figure.currency), None)
    told = Explanation(
        title=f"{label} in {figure.currency}",
        unit=unit,
        figure=None,
        said=(stood_in_words(figure.as_of, figure.known_on),),
    )
    if month is None:
        return replace(told, said=(*told.said, "Nothing was invoiced in this currency."))
    value = month.key_figure(figure.name)
    told = replace(told, figure=value, said=(*told.said, *formula_sentences(figure.name, month)))
    if figure.name == "countback":
        return replace(told, steps=summed(_months(connection, figure, month)))
    inputs = [_input(connection, figure, month, name) for name in INPUTS[figure.name]]
    amounts = {name: amount for name, amount, _ in inputs}
    again = replace(
        month,
        opening=amounts.get(OPENING, month.opening),
        sales=amounts.get(SALES, month.sales),
        closing=amounts.get(CLOSING, month.closing),
        current=amounts.get(CURRENT, month.current),
    ).key_figure(figure.name)
    steps = tuple(step for *_, step in inputs)
    return replace(told, steps=steps, unit_of_steps=figure.currency, worked_out=again)


def _input(connection: Connection, figure: KeyFigure, month: MonthFigures, name: str) -> tuple[str, Decimal, Step]:
    """Give an amount of a formula, asked of the aging or of the list, and the line that tells it and leads to it."""
    if name == SALES:
        return _invoiced(connection, figure, month)
    day = month.start if name == OPENING else month.end
    request = AgingRequest(day, figure.known_on, (CURRENCY,), currency=figure.currency)
    of_day = AgingFigure(request, (), figure.currency, 0 if name == CURRENT else None, is_open=name != CURRENT)
    total = next(iter(open_aging(connection, request).totals), None)
    amount = ZERO if total is None else total.buckets[0] if name == CURRENT else total.open
    words = {OPENING: "Opening: open", CLOSING: "Closing: open", CURRENT: "Of that not due yet: open"}[name]
    what = f"{words} at the end of {in_words(day)}"
    return name, amount, Step(what, on=day, amount=amount, figure=of_day)


def _invoiced(connection: Connection, figure: KeyFigure, month: MonthFigures) -> tuple[str, Decimal, Step]:
    first = month.start + timedelta(days=1)
    asked = invoiced(month, figure.known_on)
    amount = sum((one.total for one in listing.totals(connection, asked)), ZERO)
    what = f"Invoiced from {in_words(first)} to {in_words(month.end)}, {month.days} days"
    listed = ListFigure(asked, "TotalAmountWithTax", figure.currency)
    return SALES, amount, Step(what, on=month.end, amount=amount, figure=listed)


def _months(connection: Connection, figure: KeyFigure, month: MonthFigures) -> Iterator[Step]:
    """Tell month by month, newest first, how many days of it the receivables use up."""
    back = invoiced_months(connection, figure.as_of, figure.known_on, figure.currency)
    used = used_up(month.closing, [(sales, (last - start).days) for start, last, sales in back])
    for (start, last, sales), (amount, days) in zip(back, used, strict=False):
        of = f"{grouped(amount, figure.currency)} of {grouped(sales, figure.currency)} {figure.currency} invoiced"
        since = in_words(start + timedelta(days=1))
        yield Step(f"{since} to {in_words(last)}: {of}, of {(last - start).days} days", on=last, amount=days)
