"""How what is contested in an aging is made up: dispute by dispute; which invoices are looked at is given."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.domain.explaining.figures import MOST_STEPS, AgingFigure, Explanation, Step, stood_in_words, summed
from duedesk.domain.filters import Filter
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import DisputeRow, standing_disputes
from duedesk.store.queries.lists import listing


def explain_disputed(
    connection: Connection, figure: AgingFigure, title: str, amount: Decimal, invoices: Filter
) -> Explanation:
    """Tell what is contested of the invoices; of each no more than is open of it."""
    request, keys = figure.request, set(listing.keys(connection, invoices))
    stood = standing_disputes(connection, Standpoint(request.as_of, request.known_on))
    steps = summed(_contested(one for one in stood if one.invoice_key in keys))
    left = steps[MOST_STEPS:]
    return Explanation(
        title=title,
        unit=figure.currency,
        figure=amount,
        said=(stood_in_words(request.as_of, request.known_on),),
        steps=steps[:MOST_STEPS],
        left_out=len(left),
        left_amount=sum((one.amount for one in left if one.amount is not None), ZERO),
    )


def _contested(disputes: Iterable[DisputeRow]) -> Iterator[Step]:
    for one in disputes:
        capped = "" if one.contested == one.amount else ", as far as it is open"
        yield Step(
            f"Disputed, {one.reason}{capped}",
            one.invoice,
            one.received_date,
            one.recorded_at,
            one.recorded_by,
            one.contested,
            object="Invoice",
            key=one.invoice_key,
        )
