"""The report roll-forward: opening + invoiced − paid − credited − written off = closing, by account and currency."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.reports.scopes import heading_of, making_of, scope_of
from duedesk.actions.workspace import Workspace
from duedesk.domain.money import ZERO
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.domain.roll_forward import RollForward
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.exchange.workbooks.roll_forward import write_roll_forward
from duedesk.store.queries.reports.roll_forward import moved_documents
from duedesk.store.queries.reports.scope import ReportScope, accounts_with_activity, moved, owed


def produce_roll_forward(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the roll-forward of a period with the documents behind it."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        return write_roll_forward(
            path,
            accounts_with_activity(connection, scope),
            _ledger(connection, scope),
            moved_documents(connection, scope),
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
        )


def _ledger(connection: Connection, scope: ReportScope) -> tuple[RollForward, ...]:
    """Give what the agings of both days say beside what came and went between, one row a currency."""
    opening, closing = (
        _balances(connection, one) for one in (replace(scope, as_of=scope.before.as_of, first_day=None), scope)
    )
    return tuple(
        replace(one, opening=opening.get(one.currency, ZERO), closing=closing.get(one.currency, ZERO))
        for one in moved(connection, scope)
    )


def _balances(connection: Connection, scope: ReportScope) -> dict[str, Decimal]:
    return {row.currency: row.balance for row in owed(connection, scope)}
