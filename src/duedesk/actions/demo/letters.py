"""The letters that the sample's clerks have issued: two runs before its last day, by the verbs that issue any letter.

The first run was printed and left, the second waits to be mailed; so the run of the book's last day has letters of
each level to propose, and something to be compared with.
"""

from dataclasses import replace
from datetime import date, timedelta

from duedesk.actions.delivering.queueing import mark_printed
from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.dunning.issuing import issue
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.policy import PRINT
from duedesk.domain.dunning.triage import Triage
from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.queries.lists import listing

_RUNS_DAYS_AGO = (27, 13)
"""Further apart than the interval of any policy of the sample."""
_LONGEST_OVERDUE = 300
"""So many open invoices are looked at, however large the book is."""
_MOST_LETTERS = 30


def issue_letters(workspace: Workspace, as_of: date, clerk: str) -> None:
    """Issue the letters of both runs, each on its day, signed by a clerk of the sample.

    Letters that charge are left to the reader: a fee is an invoice, and the book has as many as were asked for.
    """
    invoices, accounts = _late(workspace, as_of)
    for run, days_ago in enumerate(_RUNS_DAYS_AGO):
        day = as_of - timedelta(days=days_ago)
        then = replace(workspace, world=replace(workspace.world.standing_on(day), user=clerk))
        found = then.ask(propose, day, accounts=accounts, is_free=is_free, only=invoices)
        letters = tuple(one for one in found.letters if not one.fee)[:_MOST_LETTERS]
        if not letters:
            continue
        proposal = replace(found, letters=letters, left_out=())
        if run == 0:
            by_post = Triage(channels={one.key: PRINT for one in letters}, by=clerk)
            mark_printed(then, [one.key for one in issue(then, proposal, by_post).letters])
        else:
            issue(then, proposal)


def _late(workspace: Workspace, as_of: date) -> tuple[frozenset[int], frozenset[int]]:
    """Give the invoices that letters are about, and whose they are.

    They are open to this day: what was paid since has no place in a run that is told afterwards.
    """
    oldest_first = (Order("DaysInvoiceOverdue", descending=True),)
    overdue = Compare("DaysInvoiceOverdue", Operator.GE, 1)
    asked = Filter(as_of, where=OPEN, order_by=oldest_first).narrowed(overdue)
    keys = workspace.ask(listing.keys, asked)[:_LONGEST_OVERDUE]
    rows = workspace.ask(listing.rows, asked, ("BillingAccount.RecordKey",), keys)
    return frozenset(keys), frozenset(int(str(row.values[0])) for row in rows if row.values[0] is not None)
