"""Where the tour goes in a book, and what it shows of it; it draws nothing."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import (
    Destination,
    ShowAccount,
    ShowAging,
    ShowChanges,
    ShowCreditMemo,
    ShowDunning,
    ShowForecast,
    ShowImport,
    ShowInvoice,
    ShowInvoices,
    ShowIssued,
    ShowLetter,
    ShowLetterTexts,
    ShowPayment,
    ShowPolicies,
    ShowReports,
    ShowTakeBack,
)
from duedesk.desk.router import reachable
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.days import end_of_day
from duedesk.domain.filters import OPEN, Compare, Filter, Operator, Order, in_bucket
from duedesk.store.queries.lists import listing
from duedesk.store.queries.overview import overview

EXPLAIN_KEY = "Ctrl+I"


@dataclass(frozen=True, slots=True)
class Stop:
    """One page to be drawn under a name; None as destination draws what is there before a book is open.

    `key` is that of a command to be given first: a panel is opened by it, and left again. `find` is looked for in the
    panel that finds anything.
    """

    name: str
    destination: Destination | None
    key: str = ""
    find: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tour shows of a book: its last day, a late invoice with a payment, its account, a late bucket.

    And a draft, a payment and a credit memo of which something is left, where there are such.
    """

    as_of: date
    invoice: int | None = None
    account: int | None = None
    narrowed: Filter | None = None
    draft: int | None = None
    payment: int | None = None
    memo: int | None = None


MONTHS_BACK = 36
"""How far back the tour looks for a day on which something was late, in a book where all is paid by now."""

_CHARTS = {
    "concentration": "Alt+3",
    "roll-forward": "Alt+6",
}
"""What the aging page shows beside its first chart and its key figures, each with its key."""

_ISSUED = {"issued": "Letters", "issued-runs": "Runs", "issued-deliveries": "Deliveries"}
"""What is shown of letters issued; what is compared with the last run changes with each day."""

_LATE = Compare("DaysInvoiceOverdue", Operator.GE, 1)


def facts_of(workspace: Workspace, as_of: date | None = None) -> Facts:
    """Choose what is shown of a book, as of a day; None takes its last day, or a month end with something late."""
    as_of = as_of or _day_worth_seeing(workspace)
    with workspace.book.reading() as connection:
        oldest_first = (Order("DaysInvoiceOverdue", descending=True),)
        partly = Compare("SettlementStatus", Operator.EQ, "Partially Settled")
        found = listing.keys(connection, Filter(as_of, where=_LATE, order_by=oldest_first).narrowed(partly))
        found = found or listing.keys(connection, Filter(as_of, where=_LATE, order_by=oldest_first))
        if not found:
            return Facts(as_of)
        ((account,),) = (
            row.values for row in listing.rows(connection, Filter(as_of), ["BillingAccount.RecordKey"], found[:1])
        )
        draft = listing.keys(connection, Filter(as_of, where=Compare("Status", Operator.EQ, "Draft")))
    payment, memo = (_unapplied(workspace, name, as_of) for name in ("Payment", "CreditMemo"))
    return Facts(
        as_of,
        found[0],
        account if isinstance(account, int) else None,
        Filter(as_of).narrowed(*in_bucket(DEFAULT_BUCKETS, 2)),
        draft[0] if draft else None,
        payment,
        memo,
    )


def _unapplied(workspace: Workspace, name: str, as_of: date) -> int | None:
    """Give a record of which something is left for an account that owes, else one applied in part, else any."""
    recent = Filter(as_of, object=name, order_by=(Order("EffectiveDate", descending=True),))
    left = Compare("Balance", Operator.GT, Decimal(0))
    applied = Compare("NetApplied" if name == "Payment" else "NetCreditsApplied", Operator.GT, Decimal(0))
    owes = recent.narrowed(left)
    candidates = workspace.ask(listing.keys, owes)[:_MOST_LOOKED_AT]
    for row in workspace.ask(listing.rows, owes, [*_OF[name], "CurrencyIsoCode"], candidates):
        open_ = Filter(as_of, where=OPEN).narrowed(
            Compare("BillingAccount.RecordKey", Operator.EQ, row.values[0]),
            Compare("CurrencyIsoCode", Operator.EQ, row.values[1]),
        )
        if workspace.ask(listing.count, open_):
            return row.key
    for conditions in ((left, applied), (applied,), ()):
        found = workspace.ask(listing.keys, recent.narrowed(*conditions))
        if found:
            return found[0]
    return None


_OF = {"Payment": ("Account.RecordKey",), "CreditMemo": ("BillingAccount.RecordKey",)}
_MOST_LOOKED_AT = 60


def _day_worth_seeing(workspace: Workspace) -> date:
    last_day = day = workspace.ask(overview).last_day or workspace.world.today()
    for _ in range(MONTHS_BACK):
        if workspace.ask(listing.count, Filter(day, where=_LATE)):
            return day
        day = day.replace(day=1) - timedelta(days=1)
    return last_day


def stops_of(facts: Facts) -> tuple[Stop, ...]:
    """Give every page that there is, once; what the book has nothing to show for is left out."""
    stops = [Stop("invoices", ShowInvoices()), Stop("aging", ShowAging()), Stop("dunning", ShowDunning("Letters"))]
    stops += [Stop(name, ShowIssued(view)) for name, view in _ISSUED.items()]
    stops.append(Stop("forecast", ShowForecast()))
    if facts.invoice is not None:
        stops.append(Stop("dunning-letter", ShowDunning("Letters"), "L"))
        stops.append(Stop("dunning-left-out", ShowDunning("Left out")))
        stops.append(Stop("dunning-holds", ShowDunning("Holds")))
        stops.append(Stop("policies", ShowPolicies()))
        stops.append(Stop("letter-texts", ShowLetterTexts("level-2", "en")))
        stops += [Stop(f"aging-{name}", ShowAging(), key) for name, key in _CHARTS.items()]
        stops.append(Stop("invoice", ShowInvoice(facts.invoice, facts.as_of)))
        stops.append(Stop("invoice-write-off", ShowInvoice(facts.invoice, facts.as_of), "W"))
        stops.append(Stop("invoice-dispute", ShowInvoice(facts.invoice, facts.as_of), "D"))
    if facts.draft is not None:
        stops.append(Stop("draft", ShowInvoice(facts.draft, facts.as_of)))
        stops.append(Stop("draft-edited", ShowInvoice(facts.draft, facts.as_of), "E"))
        stops.append(Stop("draft-post", ShowInvoice(facts.draft, facts.as_of), "P"))
    if facts.payment is not None:
        stops.append(Stop("payment", ShowPayment(facts.payment, facts.as_of)))
        stops.append(Stop("payment-apply", ShowPayment(facts.payment, facts.as_of), "A"))
    if facts.memo is not None:
        stops.append(Stop("memo", ShowCreditMemo(facts.memo, facts.as_of)))
    if facts.account is not None:
        stops.append(Stop("account", ShowAccount(facts.account, facts.as_of)))
        stops.append(Stop("letter", ShowLetter(facts.account, facts.as_of)))
    if facts.narrowed is not None:
        stops.append(Stop("changes", ShowChanges(since=end_of_day(facts.as_of - timedelta(days=3)))))
        stops.append(Stop("invoices-explained", ShowInvoices(), EXPLAIN_KEY))
        stops.append(Stop("aging-explained", ShowAging(), EXPLAIN_KEY))
        stops.append(Stop("forecast-explained", ShowForecast(), EXPLAIN_KEY))
    stops.append(Stop("reports", ShowReports("aging")))
    stops.append(Stop("import", ShowImport()))
    stops.append(Stop("take-back", ShowTakeBack()))
    if facts.narrowed is not None:  # last: the list stays narrowed
        stops.append(Stop("invoices-narrowed", ShowInvoices(facts.narrowed, "31–60 days overdue")))
    return tuple(stop for stop in stops if type(stop.destination) in reachable())
