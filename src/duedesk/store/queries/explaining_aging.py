"""How a figure of an aging is made up: the open items behind it, the first of them with their events."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.domain.aging import Aging, AgingRow
from duedesk.domain.dossier import Dossier
from duedesk.domain.explaining import MOST_STEPS, AgingFigure, Explanation, Step, stood_in_words, summed
from duedesk.domain.filters import Compare, Condition, Filter, Operator, Order, in_bucket, in_group
from duedesk.domain.grouping import OWNER
from duedesk.domain.money import ZERO
from duedesk.domain.telling import item_steps
from duedesk.store.queries import listing
from duedesk.store.queries.aging import open_aging
from duedesk.store.queries.aging_groups import column_behind
from duedesk.store.queries.dossiers import dossiers_of
from duedesk.store.queries.explaining_disputed import explain_disputed

_OLDEST_FIRST = (Order("DueDate"), Order("DocumentNumber"))
_LEFT = Compare("Balance", Operator.NE, ZERO)
_CONTESTED = "Contested, in its own column"


def explain_aging(connection: Connection, figure: AgingFigure) -> Explanation:
    """Tell the items of a cell, a row or the total."""
    request = figure.request
    found = open_aging(connection, replace(request, currency=figure.currency))
    row = _row(found, figure)
    if figure.is_disputed:
        amount = ZERO if row is None else row.disputed
        return explain_disputed(connection, figure, _title(figure, row), amount, _invoices(figure))
    shown = ZERO if row is None else _shown(row, figure)
    wanted = list(_wanted(connection, figure))
    told = wanted[:MOST_STEPS]
    documents = dossiers_of(connection, told, request.as_of, request.known_on)
    steps = summed(step for one in documents for step in _steps(one, figure))
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    if request.apart_disputed and row is not None and len(wanted) <= MOST_STEPS and so_far != shown:
        steps = summed([*steps, Step(_CONTESTED, amount=shown - so_far)])
        so_far = shown
    left_out = len(wanted) - len(told)
    return Explanation(
        title=_title(figure, row),
        unit=figure.currency,
        figure=shown,
        said=(stood_in_words(request.as_of, request.known_on), counted(len(wanted))),
        steps=steps,
        left_out=left_out,
        left_amount=shown - so_far if left_out else ZERO,
        listed=None if figure.is_unapplied else _invoices(figure),
    )


def _row(found: Aging, figure: AgingFigure) -> AgingRow | None:
    if not figure.keys:
        return next(iter(found.totals), None)
    row = next((one for one in found.rows if one.key == figure.keys[0]), None)
    if row is None or len(figure.keys) == 1:
        return row
    return next((one for one in row.parts if one.key == figure.keys[1]), None)


def _shown(row: AgingRow, figure: AgingFigure) -> Decimal:
    if figure.is_unapplied:
        return row.unapplied
    return row.balance if figure.bucket is None else row.buckets[figure.bucket]


def _title(figure: AgingFigure, row: AgingRow | None) -> str:
    labels = figure.request.labels
    which = (
        "Disputed"
        if figure.is_disputed
        else "Unapplied"
        if figure.is_unapplied
        else "Balance"
        if figure.bucket is None
        else labels[figure.bucket]
    )
    whose = "all" if row is None or not figure.keys else row.name
    return f"{which} of {whose}"


def _wanted(connection: Connection, figure: AgingFigure) -> Iterator[tuple[str, int]]:
    """Give the items: the object and the key."""
    asked = [] if figure.is_unapplied else [_invoices(figure)]
    if figure.bucket is None:
        asked += filter(None, (_of_source(figure, name) for name in ("Payment", "CreditMemo")))
    for one in asked:
        yield from ((one.object, key) for key in listing.keys(connection, one))


def _invoices(figure: AgingFigure) -> Filter:
    request = figure.request
    groups = [in_group(path, key) for path, key in zip(request.by, figure.keys, strict=False)]
    conditions = in_bucket(request.buckets, figure.bucket, request.basis)
    in_currency = Compare("CurrencyIsoCode", Operator.EQ, figure.currency)
    asked = Filter(request.as_of, known_on=request.known_on, order_by=_OLDEST_FIRST)
    return asked.narrowed(*conditions, *groups, in_currency)


def _of_source(figure: AgingFigure, name: str) -> Filter | None:
    """Give what finds the payments or credit memos of a row; None where it can hold none."""
    account = "Account" if name == "Payment" else "BillingAccount"
    conditions: list[Condition] = [_LEFT, Compare("CurrencyIsoCode", Operator.EQ, figure.currency)]
    for path, key in zip(figure.request.by, figure.keys, strict=False):
        if column_behind(path) is None:
            if key is not None:  # what is not applied stands where invoices have nothing there
                return None
            continue
        group = in_group(path, key)
        there = f"{account}.{group.path}" if path.split(".")[0] in {OWNER, "Owner"} else group.path
        moved = there.replace("BillingAccount.", f"{account}.", 1) if there.startswith("BillingAccount.") else there
        conditions.append(replace(group, path=moved))
    request = figure.request
    asked = Filter(request.as_of, object=name, known_on=request.known_on, order_by=(Order("EffectiveDate"),))
    return asked.narrowed(*conditions)


def _steps(dossier: Dossier, figure: AgingFigure) -> Iterator[Step]:
    yield from item_steps(dossier, figure.request, None if figure.is_unapplied else figure.bucket)


def counted(number: int) -> str:
    """Say how many items there are."""
    return "1 open item." if number == 1 else f"{number:,} open items."
