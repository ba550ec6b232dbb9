"""Which items stand behind a figure of an aging: open invoices, payments and credit memos that are not applied."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from duedesk.domain.explaining.figures import AgingFigure
from duedesk.domain.filters import Compare, Condition, Filter, Operator, Order, in_group
from duedesk.domain.grouping import OWNER
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.groups import column_behind
from duedesk.store.queries.explaining.rows import invoices_of
from duedesk.store.queries.lists import listing

_LEFT = Compare("Balance", Operator.NE, ZERO)


def items_behind(connection: Connection, figure: AgingFigure) -> Iterator[tuple[str, int]]:
    """Give the items: the object and the key."""
    asked = [] if figure.is_unapplied else [invoices_of(figure)]
    if figure.bucket is None and not figure.is_open:
        asked += filter(None, (_of_source(figure, name) for name in ("Payment", "CreditMemo")))
    for one in asked:
        yield from ((one.object, key) for key in listing.keys(connection, one))


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
