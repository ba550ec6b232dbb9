"""One chunk of a batch run: so many invoices in one transaction, each posted or set to error by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select, update
from sqlalchemy.exc import InterfaceError, OperationalError, StatementError

from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.posting import take_numbers, write_posting
from duedesk.actions.invoices.posting_plan import Plan, plan
from duedesk.actions.invoices.series import lock_series
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, allows
from duedesk.store.bulk import Keys
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.posting import invoice_batch_run, invoice_batch_run_item

CHUNK = 200
"""Invoices in one transaction: others wait so long for a number, and so many are done again after a kill."""

_LONGEST_REASON = 1000


@dataclass(slots=True)
class _Turn:
    """An invoice whose turn has come: what is planned, and what became of it."""

    key: int
    plan: Plan | None = None
    status: str = "Posted"
    reason: str | None = None

    def fail(self, error: Exception) -> None:
        """Keep why it cannot be posted."""
        self.status, self.reason, self.plan = "Error", _in_words(error)[:_LONGEST_REASON], None

    def skip(self, reason: str) -> None:
        """Keep why it was left alone."""
        self.status, self.reason = "Skipped", reason[:_LONGEST_REASON]


def post_chunk(
    workspace: Workspace, run_key: int, *, on: date | None, convert_negative_lines: bool, size: int = CHUNK
) -> Changes:
    """Post the next invoices of a run and say what became of each; at the last of them the run is completed."""
    with deed(workspace, "batch_run") as act:
        (run,) = act.hold("InvoiceBatchRun", [run_key])
        if run.status not in {"Pending", "Started"}:
            return Changes()
        turns = [_Turn(key) for key in _next(act, run_key, size)]
        for turn in sorted(turns, key=lambda one: one.key):
            _plan(act, turn, on or act.today, convert_negative_lines=convert_negative_lines)
        planned = [turn for turn in turns if turn.plan is not None]
        lock_series(act, (want for turn in planned if turn.plan is not None for want in turn.plan.wants()))
        failed = [turn.key for turn in turns if turn.status == "Error"]
        said = f"Batch run {run.invoice_batch_run_number}: {len(planned):,} posted"
        said += f", {len(failed):,} failed" if failed else ""
        details = {"InvoiceBatchRun": [run_key], "Invoice": [turn.key for turn in planned], "failed": failed}
        act.record(said, details)
        free = Keys(act.connection)
        for turn in planned:
            _post(act, turn, free)
        _keep(act, run_key, turns)
        _count(act, run)
    return act.changes


def _next(act: Deed, run_key: int, size: int) -> list[int]:
    item = invoice_batch_run_item.c
    pending = (item.invoice_batch_run_id == run_key, item.status == "Pending")
    return list(act.connection.scalars(select(item.invoice_id).where(*pending).order_by(item.id).limit(size)))


def _plan(act: Deed, turn: _Turn, on: date, *, convert_negative_lines: bool) -> None:
    """Lock an invoice and plan its posting; what cannot be is kept with it."""
    try:
        (row,) = act.hold("Invoice", [turn.key])
    except RequestError as error:
        turn.skip(str(error))
        return
    if not allows(Verb.POST, row.status):
        turn.skip(f"It is no draft any more: {row.status}.")
        return
    try:
        turn.plan = plan(act, row, on=on, convert_negative_lines=convert_negative_lines)
    except RequestError as error:
        turn.fail(error)


def _post(act: Deed, turn: _Turn, free: Keys) -> None:
    """Number and write one invoice; what the database refuses leaves nothing of it, and its number free."""
    if turn.plan is None:
        return
    try:
        with act.connection.begin_nested():
            write_posting(act, turn.plan, take_numbers(act, turn.plan, free))
    except (OperationalError, InterfaceError):
        raise
    except (RequestError, StatementError) as error:
        turn.fail(error)


def _keep(act: Deed, run_key: int, turns: Sequence[_Turn]) -> None:
    item = invoice_batch_run_item.c
    for turn in turns:
        own = update(invoice_batch_run_item).where(item.invoice_batch_run_id == run_key, item.invoice_id == turn.key)
        kept = {"status": turn.status, "reason": turn.reason, "completion_time": act.now, "journal_id": act.journal_id}
        act.connection.execute(own.values(**kept))
        if turn.status == "Error":
            failed = update(invoice).where(invoice.c.id == turn.key)
            act.connection.execute(failed.values(status="Error", error_reason=turn.reason))
    mine = [turn.key for turn in turns if turn.status != "Skipped"]
    joined = update(invoice).where(chosen(act.connection, invoice.c.id, mine))
    act.connection.execute(joined.values(invoice_batch_run_id=run_key))


def _count(act: Deed, run: Row[Any]) -> None:
    """State on the run how far it is, from its items."""
    item = invoice_batch_run_item.c
    found = act.connection.execute(
        select(item.status, func.count()).where(item.invoice_batch_run_id == run.id).group_by(item.status)
    )
    counts: dict[str, int] = {row[0]: row[1] for row in found}
    values: dict[str, Any] = {
        "status": "Started",
        "total_posted_invoices": counts.get("Posted", 0),
        "total_invoices_failed": counts.get("Error", 0),
    }
    if not counts.get("Pending"):
        values["status"] = "Completed With Errors" if counts.get("Error") else "Completed"
        values["completion_time"] = act.now
    act.connection.execute(update(invoice_batch_run).where(invoice_batch_run.c.id == run.id).values(**values))


def _in_words(error: Exception) -> str:
    if isinstance(error, StatementError):
        inner = error.orig
        if isinstance(inner, RequestError):
            return str(inner)
        return f"The book refuses it: {str(inner).splitlines()[0]}."
    return str(error)
