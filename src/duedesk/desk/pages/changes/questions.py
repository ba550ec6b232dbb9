"""What the page of what changed asks the book, in one go behind the window; it shows nothing."""

from dataclasses import replace
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.changes.content import Answer
from duedesk.domain.aging import Aging
from duedesk.domain.changed_since import ChangesRequest, sums
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.money import ZERO
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.changes.plainly import Hear
from duedesk.store.queries.changes.since import changed_since

_Figures = dict[str, tuple[Decimal, ...]]


def answer(workspace: Workspace, request: ChangesRequest, hear: Hear) -> Answer:
    """Give what changed, and hold it against the two agings; RequestError where it is too much.

    `hear` is told how many records of how many were read, and may raise Cancelled.
    """
    with workspace.book.reading() as connection:
        found = changed_since(connection, request, hear)
        summed = sums(found)
        if request.account_key is not None:
            return Answer(request, found, summed)
        after, before = (
            open_aging(connection, replace(asked, by=(CURRENCY,))) for asked in (request.aging, request.aging_before)
        )
    moved = {one.currency: (*one.buckets, one.unapplied) for one in summed}
    return Answer(request, found, summed, _told(moved) == _told(_difference(after, before)))


def _difference(after: Aging, before: Aging) -> _Figures:
    then, now = ({row.currency: (*row.buckets, row.unapplied) for row in one.totals} for one in (before, after))
    nothing = (ZERO,) * (len(after.request.buckets) + 1)
    return {
        currency: tuple(
            one - other for one, other in zip(now.get(currency, nothing), then.get(currency, nothing), strict=True)
        )
        for currency in now.keys() | then.keys()
    }


def _told(figures: _Figures) -> _Figures:
    return {currency: amounts for currency, amounts in figures.items() if any(amounts)}
