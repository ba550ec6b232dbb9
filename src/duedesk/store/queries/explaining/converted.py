"""How a figure of a converted aging is made up: each currency's amount, its rate and day, the product, the rounding."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from sqlalchemy import Connection

from duedesk.domain.aging import Aging, AgingRow
from duedesk.domain.explaining.figures import AgingFigure, Explanation, Step, stood_in_words, summed
from duedesk.domain.money import ZERO, grouped
from duedesk.domain.rates import Rate, known_now
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.explaining.rows import amount_of, invoices_of, rows_of, sum_of, title_of
from duedesk.store.queries.rates import converted, rates_on

_UNIT = Decimal("0.0001")


def explain_converted(connection: Connection, figure: AgingFigure) -> Explanation:
    """Tell what is converted, currency by currency; each leads to how it is made up in its own."""
    request = figure.request
    plain = open_aging(connection, request)
    shown = converted(connection, plain, figure.currency)
    amount = _shown(shown, figure)
    held = [(row, amount_of(row, figure)) for row in rows_of(plain, figure)]
    rates = {one.from_currency: one for one in rates_on(connection, request.as_of, figure.currency)}
    steps = summed(_steps(figure, held, rates))
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    if so_far != amount:
        steps = summed([*steps, Step("Rounding, once at the end", amount=amount - so_far)])
    old = filter(None, (one.staleness(request.as_of) for one in shown.rates))
    said = (stood_in_words(request.as_of, request.known_on), *old, *known_now(request.known_on))
    return Explanation(
        title=title_of(figure, next(iter(rows_of(shown, figure)), None)),
        unit=figure.currency,
        figure=amount,
        said=said,
        steps=steps,
        listed=None if figure.is_unapplied or figure.is_disputed else invoices_of(figure),
    )


def _shown(shown: Aging, figure: AgingFigure) -> Decimal:
    """Give the figure as it is shown: that of all others is the total less the rows that are shown."""
    if not figure.without:
        return sum_of(rows_of(shown, figure), figure)
    rows = [row for row in shown.rows if row.key in figure.without]
    return sum_of(shown.totals, figure) - sum_of(rows, figure)


def _steps(figure: AgingFigure, held: list[tuple[AgingRow, Decimal]], rates: Mapping[str, Rate]) -> Iterator[Step]:
    for row, amount in held:
        if not amount:
            continue
        code = row.currency
        own = replace(figure, currency=code, is_converted=False)
        rate = rates.get(code)
        written = f"{grouped(amount, code)} {code}"
        if rate is None or code == figure.currency:
            yield Step(f"{written}, not converted", on=figure.request.as_of, amount=amount, figure=own)
        else:
            what = f"{written} × {rate.rate:f} ({rate.words})"
            yield Step(what, on=rate.on, amount=_rounded(rate.exact(amount)), figure=own)


def _rounded(exact: Fraction) -> Decimal:
    """Give a product with four decimals, which is more than is shown; what that leaves out is part of the rounding."""
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_UNIT, ROUND_HALF_UP)
