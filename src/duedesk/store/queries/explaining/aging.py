"""How a figure of an aging is made up: the open items behind it, the first of them with their events."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection

from duedesk.domain.explaining.dossier import Dossier
from duedesk.domain.explaining.figures import MOST_STEPS, AgingFigure, Explanation, Step, stood_in_words, summed
from duedesk.domain.explaining.telling import item_steps
from duedesk.domain.explaining.telling_shares import share_sentences
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.explaining.converted import explain_converted
from duedesk.store.queries.explaining.disputed import explain_disputed
from duedesk.store.queries.explaining.dossiers import dossiers_of
from duedesk.store.queries.explaining.items import items_behind
from duedesk.store.queries.explaining.rows import amount_of, invoices_of, rows_of, title_of

_CONTESTED = "Contested, in its own column"


def explain_aging(connection: Connection, figure: AgingFigure) -> Explanation:
    """Tell the items of a cell, a row or the total."""
    if figure.is_converted:
        return explain_converted(connection, figure)
    request = figure.request
    found = open_aging(connection, replace(request, currency=figure.currency))
    row = next(iter(rows_of(found, figure)), None)
    shown = ZERO if row is None else amount_of(row, figure)
    if figure.is_disputed:
        return explain_disputed(connection, figure, title_of(figure, row), shown, invoices_of(figure))
    wanted = list(items_behind(connection, figure))
    told = wanted[:MOST_STEPS]
    documents = dossiers_of(connection, told, request.as_of, request.known_on)
    steps = summed(step for one in documents for step in _steps(one, figure))
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    if request.apart_disputed and row is not None and len(wanted) <= MOST_STEPS and so_far != shown:
        steps = summed([*steps, Step(_CONTESTED, amount=shown - so_far)])
        so_far = shown
    left_out = len(wanted) - len(told)
    is_share = figure.is_open and (len(figure.keys) == 1 or figure.without)
    shares = share_sentences(found.rows, figure, shown) if is_share else ()
    return Explanation(
        title=title_of(figure, row),
        unit=figure.currency,
        figure=shown,
        said=(stood_in_words(request.as_of, request.known_on), counted(len(wanted)), *shares),
        steps=steps,
        left_out=left_out,
        left_amount=shown - so_far if left_out else ZERO,
        listed=None if figure.is_unapplied else invoices_of(figure),
    )


def _steps(dossier: Dossier, figure: AgingFigure) -> Iterator[Step]:
    yield from item_steps(dossier, figure.request, None if figure.is_unapplied else figure.bucket)


def counted(number: int) -> str:
    """Say how many items there are."""
    return "1 open item." if number == 1 else f"{number:,} open items."
