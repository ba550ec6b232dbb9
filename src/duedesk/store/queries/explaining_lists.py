"""How the sum of a list is made up: its items one by one; however many there are, few are read."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from duedesk.domain.explaining import MOST_STEPS, Explanation, ListFigure, Step, stood_in_words, summed
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.money import ZERO
from duedesk.domain.objects import CATALOG
from duedesk.store.queries import listing


def explain_list(connection: Connection, figure: ListFigure) -> Explanation:
    """Tell the first items of a list and the others as one line."""
    described = CATALOG.object(figure.asked.object)
    in_currency = Compare("CurrencyIsoCode", Operator.EQ, figure.currency)
    asked = figure.asked.narrowed(in_currency)
    keys = listing.keys(connection, asked)
    first = [*keys[:MOST_STEPS]]
    dated = next(name for name in ("DueDate", "EffectiveDate", "CreatedDate") if described.has_field(name))
    owner = next(name for name in ("BillingAccountId", "AccountId") if described.has_field(name))
    whose = f"{described.field(owner).relationship}.Name"
    paths = (described.name_field, dated, figure.path, whose)
    steps = summed(
        Step(
            _text(row.values[3]) or described.label,
            _text(row.values[0]),
            _day(row.values[1]),
            amount=_amount(row.values[2]),
            object=described.name,
            key=row.key,
        )
        for row in listing.rows(connection, asked, paths, first)
    )
    total = _total(connection, asked, figure.path, keys)
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    label = described.field(figure.path).label.lower()
    noun = described.label if len(keys) == 1 else described.plural
    return Explanation(
        title=f"Sum of {label}, {len(keys):,} {noun.lower()}",
        unit=figure.currency,
        figure=total,
        said=(stood_in_words(asked.as_of, asked.known_on),),
        steps=steps,
        left_out=len(keys) - len(first),
        left_amount=total - so_far if len(keys) > len(first) else ZERO,
        listed=asked,
    )


def _total(connection: Connection, asked: Filter, path: str, keys: Sequence[int]) -> Decimal:
    if asked.object == "Invoice" and path in {"Balance", "TotalAmountWithTax"}:
        totals = listing.totals(connection, asked)
        return sum((one.balance if path == "Balance" else one.total for one in totals), ZERO)
    return sum((_amount(row.values[0]) for row in listing.rows(connection, asked, [path], keys)), ZERO)


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value
