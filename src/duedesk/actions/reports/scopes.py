"""What a report of the ledger is narrowed to, as its queries take it, and what its sheets say of that."""

from datetime import UTC, date, datetime

from sqlalchemy import Connection

from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import REPORTS, Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import Making
from duedesk.exchange.workbooks.specs import Heading
from duedesk.store.queries.accounts import AccountRow, find_account
from duedesk.store.queries.reports.scope import ReportScope

_MOST_NAMED = 3
"""Accounts that a subtitle names."""


def scope_of(connection: Connection, request: ReportRequest) -> ReportScope:
    """Give the days, the currency and the accounts of a report; RequestError where an account is not found.

    What happens after the as-of date is not told of a period that goes on; one that begins after it is refused.
    """
    accounts = tuple(one.key for one in accounts_of(connection, request)) if request.accounts else None
    narrowed = (request.known_on, request.currency, accounts)
    if request.first_day is None or request.last_day is None:
        return ReportScope(request.as_of, None, *narrowed)
    if request.first_day > request.as_of:
        raise RequestError(
            f"The period begins on {in_words(request.first_day)}, after {in_words(request.as_of)}.",
            "Stand on a later day, or ask for an earlier period.",
        )
    return ReportScope(min(request.last_day, request.as_of), request.first_day, *narrowed)


def accounts_of(connection: Connection, request: ReportRequest) -> tuple[AccountRow, ...]:
    """Find the accounts that a report names; RequestError where there is none, or more than one of a name."""
    return tuple({one.key: one for one in (find_account(connection, name) for name in request.accounts)}.values())


def heading_of(
    workspace: Workspace, request: ReportRequest, scope: ReportScope, *, as_of: date | None = None
) -> Heading:
    """Give what stands at the top of the sheets and at the foot of the prints; `as_of` where it is not the last day."""
    report = REPORTS[request.name]
    if scope.first_day is None:
        days = f"as of {in_words(scope.as_of)}"
    else:
        until = "until" if request.is_running else "to"
        days = f"{in_words(scope.first_day)} {until} {in_words(scope.as_of)}"
        if request.is_running and request.last_day is not None:
            days += f" (the period ends on {in_words(request.last_day)})"
    stood = f"as of {in_words(as_of)}" if as_of is not None and scope.first_day is not None else ""
    known = "" if scope.known_on is None else f"known on {_moment(scope.known_on)}"
    accounts = ", ".join(request.accounts[:_MOST_NAMED])
    if len(request.accounts) > _MOST_NAMED:
        accounts += f" and {len(request.accounts) - _MOST_NAMED} more"
    currency = f"{scope.currency} only" if scope.currency else ""
    parts = (days, stood, workspace.book.name, accounts, currency, known)
    return Heading(report.title, ", ".join(filter(None, parts)), report.sentence, as_of or scope.as_of)


def making_of(workspace: Workspace, progress: Progress, stop: Stop) -> Making:
    """Give in what book a workbook is made, when, and who hears of it."""
    return Making(workspace.book.name, workspace.world.now(), progress, stop)


def split_by(request: ReportRequest) -> str:
    """Give the heading whose values get a sheet each; empty where one holds all."""
    return request.one_sheet_per.capitalize()


def _moment(moment: datetime) -> str:
    at = moment.astimezone(UTC)
    return f"{in_words(at.date())} {at:%H:%M} UTC"
