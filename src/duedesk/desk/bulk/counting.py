"""What a verb will do to many invoices: counted and added up, never read one by one; it does nothing."""

from array import array
from decimal import Decimal

from duedesk.actions.invoices.bulk_verbs import BULK_VERBS
from duedesk.actions.workspace import Workspace
from duedesk.desk.bulk.outlook import AllOutlook
from duedesk.desk.bulk.verbs import BulkVerb, refusal
from duedesk.domain.filters import Compare, Filter, Not, Operator
from duedesk.domain.life_cycle import Status
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.figures import figures


def look_at_all(workspace: Workspace, verb: BulkVerb, asked: Filter, among: "array[int] | None" = None) -> AllOutlook:
    """Count those of a list that a verb fits, add them up by currency, and count the others by what bars them.

    `among` holds the keys of those that are selected; None stands for all.
    """
    fits = BULK_VERBS[verb.value].fits
    narrowed = asked if fits is None else asked.narrowed(fits)
    totals = workspace.ask(figures, narrowed, among)
    count = sum(one.count for one in totals)
    found = workspace.ask(listing.count, asked) if among is None else len(among)
    left_out: list[tuple[str, int]] = []
    if fits is not None and found > count:
        others = asked.narrowed(Not(fits))
        for status in Status:
            of_status = others.narrowed(Compare("Status", Operator.EQ, status.value))
            number = sum(one.count for one in workspace.ask(figures, of_status, among))
            if number:
                left_out.append((refusal(verb, status.value, is_open=False), number))
    amounts = tuple((one.currency, _figure(verb, one.total, one.balance)) for one in totals)
    return AllOutlook(verb, asked, count, amounts, tuple(left_out), among=among)


def _figure(verb: BulkVerb, total: Decimal, balance: Decimal) -> Decimal:
    return balance if verb is BulkVerb.WRITE_OFF else total
