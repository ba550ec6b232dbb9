"""How the sum of a list is made up: its items one by one; however many there are, few are read."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from duedesk.domain.explaining.figures import MOST_STEPS, Explanation, ListFigure, Step, stood_in_words, summed
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.money import ZERO, grouped, round_amount
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.figures import added_up, figures


def explain_list(connection: Connection, figure: ListFigure) -> Explanation:
    """Tell the first items of a list and the others as one line; of an average the sum and the number it is made of."""
    asked = figure.asked.narrowed(Compare("CurrencyIsoCode", Operator.EQ, figure.currency))
    keys = listing.keys(connection, asked)
    if figure.among is not None:
        among = set(figure.among)
        keys = array("q", (key for key in keys if key in among))
    total = _total(connection, figure, asked, keys)
    if figure.is_average:
        return _average(connection, figure, asked, total, keys)
    first = [*keys[:MOST_STEPS]]
    steps = summed(_steps(connection, figure, asked, first))
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    return Explanation(
        title=f"Sum of {_named(figure)}, {_counted(figure, len(keys))}",
        unit=figure.currency,
        figure=total,
        said=(stood_in_words(asked.as_of, asked.known_on),),
        steps=steps,
        left_out=len(keys) - len(first),
        left_amount=total - so_far if len(keys) > len(first) else ZERO,
        listed=asked if figure.among is None else None,
    )


def _steps(connection: Connection, figure: ListFigure, asked: Filter, keys: Sequence[int]) -> Iterator[Step]:
    described = CATALOG.object(asked.object)
    dated = next(name for name in ("PostedDate", "EffectiveDate", "CreatedDate") if described.has_field(name))
    owners = [name for name in ("BillingAccountId", "AccountId") if described.has_field(name)]
    whose = [f"{described.field(name).relationship}.Name" for name in owners[:1]]
    for row in listing.rows(connection, asked, (described.name_field, dated, figure.path, *whose), keys):
        name, on, amount, *account = row.values
        yield Step(
            _text(account[0] if account else None) or described.label,
            _text(name),
            _day(on),
            amount=_amount(amount),
            object=described.name,
            key=row.key,
        )


def _average(
    connection: Connection, figure: ListFigure, asked: Filter, total: Decimal, keys: Sequence[int]
) -> Explanation:
    """Tell an average as the foot of a list says it: the sum over the number of items, rounded once."""
    found = next(iter(figures(connection, asked, keys)), None)
    shown = None if found is None else found.average_total if _is_total(figure) else found.average_balance
    worked_out = round_amount(total / len(keys), figure.currency) if keys else ZERO
    label = _named(figure)
    return Explanation(
        title=f"Average of {label}, {_counted(figure, len(keys))}",
        unit=figure.currency,
        figure=shown,
        said=(
            stood_in_words(asked.as_of, asked.known_on),
            "Average = sum / number, rounded to the smallest coin.",
            f"= {grouped(total, figure.currency)} / {len(keys):,}",
        ),
        steps=(Step(f"Sum of {label}", amount=total, figure=replace(figure, is_average=False)),),
        listed=asked if figure.among is None else None,
        unit_of_steps=figure.currency,
        worked_out=worked_out,
    )


def _total(connection: Connection, figure: ListFigure, asked: Filter, keys: Sequence[int]) -> Decimal:
    path = figure.path
    if figure.among is not None and path in added_up(asked.object):
        found = figures(connection, asked, keys)
        return sum((one.total if _is_total(figure) else one.balance for one in found), ZERO)
    if asked.object == "Invoice" and path in {"Balance", "TotalAmountWithTax"}:
        totals = listing.totals(connection, asked)
        return sum((one.balance if path == "Balance" else one.total for one in totals), ZERO)
    return sum((_amount(row.values[0]) for row in listing.rows(connection, asked, [path], keys)), ZERO)


def _is_total(figure: ListFigure) -> bool:
    return figure.path == added_up(figure.asked.object)[0]


def _named(figure: ListFigure) -> str:
    return CATALOG.object(figure.asked.object).field(figure.path).label.lower()


def _counted(figure: ListFigure, count: int) -> str:
    described = CATALOG.object(figure.asked.object)
    noun = described.label if count == 1 else described.plural
    return f"{count:,} {'' if figure.among is None else 'selected '}{noun.lower()}"


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value
