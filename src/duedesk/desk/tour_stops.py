"""Where the tour goes in a book, and which papers it makes of it; it draws nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from duedesk.actions.exporting import export_aging
from duedesk.actions.letters import first_reminder, save_pdf
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import Destination, ShowAging, ShowImport, ShowInvoice, ShowInvoices, ShowLetter
from duedesk.desk.router import reachable
from duedesk.documents.letter import Paper
from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest
from duedesk.domain.filters import Compare, Filter, Operator, Order, in_bucket
from duedesk.store.queries import listing
from duedesk.store.queries.overview import overview

Paperwork = Callable[[], Path]


@dataclass(frozen=True, slots=True)
class Stop:
    """One page to be drawn under a name; None as destination draws what is there before a book is open."""

    name: str
    destination: Destination | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tour shows of a book: its last day, a late invoice with a payment, its account, a late bucket."""

    as_of: date
    invoice: int | None
    account: int | None
    narrowed: Filter | None


MONTHS_BACK = 36
"""How far back the tour looks for a day on which something was late, in a book where all is paid by now."""

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
            return Facts(as_of, None, None, None)
        ((account,),) = (
            row.values for row in listing.rows(connection, Filter(as_of), ["BillingAccount.RecordKey"], found[:1])
        )
    narrowed = Filter(as_of).narrowed(*in_bucket(DEFAULT_BUCKETS, 2))
    return Facts(as_of, found[0], account if isinstance(account, int) else None, narrowed)


def _day_worth_seeing(workspace: Workspace) -> date:
    last_day = day = workspace.ask(overview).last_day or workspace.world.today()
    for _ in range(MONTHS_BACK):
        if workspace.ask(listing.count, Filter(day, where=_LATE)):
            return day
        day = day.replace(day=1) - timedelta(days=1)
    return last_day


def stops_of(facts: Facts) -> tuple[Stop, ...]:
    """Give every page that there is, once; what the book has nothing to show for is left out."""
    stops = [Stop("invoices", ShowInvoices()), Stop("aging", ShowAging())]
    if facts.invoice is not None:
        stops.append(Stop("invoice", ShowInvoice(facts.invoice, facts.as_of)))
    if facts.account is not None:
        stops.append(Stop("letter", ShowLetter(facts.account, facts.as_of)))
    stops.append(Stop("import", ShowImport()))
    if facts.narrowed is not None:  # last: the list stays narrowed
        stops.append(Stop("invoices-narrowed", ShowInvoices(facts.narrowed, "31–60 days overdue")))
    return tuple(stop for stop in stops if type(stop.destination) in reachable())


def papers_of(workspace: Workspace, facts: Facts, folder: Path) -> tuple[Paperwork, ...]:
    """Give what makes the workbook and the letters, each of which gives its file."""
    papers: list[Paperwork] = [partial(_workbook, workspace, facts.as_of, folder)]
    if facts.account is not None:
        papers += [partial(_letter, workspace, facts.as_of, folder, facts.account, paper) for paper in Paper]
    return tuple(papers)


def _workbook(workspace: Workspace, as_of: date, folder: Path) -> Path:
    file = folder / f"aging-{as_of.isoformat()}.xlsx"
    export_aging(workspace, AgingRequest(as_of), file)
    return file


def _letter(workspace: Workspace, as_of: date, folder: Path, account: int, paper: Paper) -> Path:
    rendered = first_reminder(workspace, account, as_of=as_of, paper=paper)
    file = folder / f"{Path(rendered.file_name).stem}-{paper}.pdf"
    save_pdf(rendered.pdf, file)
    return file
