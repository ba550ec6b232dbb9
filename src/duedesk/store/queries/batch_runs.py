"""Batch runs and what became of each invoice in them; they are made and gone on with in `actions`."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from duedesk.domain.errors import RequestError
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account
from duedesk.store.tables.posting import invoice_batch_run, invoice_batch_run_item

OVER = ("Completed", "Completed With Errors", "Canceled")
"""States of a run that goes on no more."""


@dataclass(frozen=True, slots=True)
class BatchRun:
    """A run: what it was to post, and how far it is."""

    key: int
    number: str
    status: str
    criteria: str
    comments: str
    found: int
    posted: int
    failed: int
    pending: int
    started: datetime | None
    completed: datetime | None

    @property
    def skipped(self) -> int:
        """Give how many invoices were no longer drafts when their turn came, or were left when it was stopped."""
        return self.found - self.posted - self.failed - self.pending

    @property
    def is_over(self) -> bool:
        """Tell whether it goes on no more."""
        return self.status in OVER


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One invoice of a run and what became of it."""

    invoice_key: int
    number: str
    account: str
    status: str
    reason: str


def batch_run(connection: Connection, key: int) -> BatchRun:
    """Give a run; RequestError where it is not there."""
    for run in _runs(connection, key):
        return run
    raise RequestError("That batch run is not in the book.", "`duedesk batch-run list` shows them.")


def batch_runs(connection: Connection) -> tuple[BatchRun, ...]:
    """Give all runs, the newest first."""
    return tuple(_runs(connection, None))


def find_batch_run(connection: Connection, called: str) -> int:
    """Find a run by its number; RequestError where there is none."""
    own = invoice_batch_run.c.invoice_batch_run_number == called.strip()
    key: int | None = connection.scalar(select(invoice_batch_run.c.id).where(own))
    if key is None:
        raise RequestError(f"There is no batch run “{called}”.", "`duedesk batch-run list` shows them.")
    return key


def batch_items(connection: Connection, run_key: int) -> tuple[BatchItem, ...]:
    """Give what became of each invoice of a run, in the order they were to be posted."""
    item = invoice_batch_run_item.c
    found = (
        select(item.invoice_id, invoice.c.document_number, account.c.name, item.status, item.reason)
        .select_from(
            invoice_batch_run_item.join(invoice, invoice.c.id == item.invoice_id).join(
                account, account.c.id == invoice.c.billing_account_id
            )
        )
        .where(item.invoice_batch_run_id == run_key)
        .order_by(item.id)
    )
    return tuple(
        BatchItem(row.invoice_id, row.document_number or "", row.name, row.status, row.reason or "")
        for row in connection.execute(found)
    )


def _runs(connection: Connection, key: int | None) -> Iterator[BatchRun]:
    run, item = invoice_batch_run.c, invoice_batch_run_item.c
    pending = (
        select(func.count())
        .where(item.invoice_batch_run_id == run.id, item.status == "Pending")
        .correlate(invoice_batch_run)
        .scalar_subquery()
    )
    asked = select(invoice_batch_run, pending.label("pending")).order_by(run.id.desc())
    for row in connection.execute(asked if key is None else asked.where(run.id == key)):
        yield BatchRun(
            row.id,
            row.invoice_batch_run_number or "",
            row.status,
            row.criteria or "",
            row.comments or "",
            row.total_draft_invoices,
            row.total_posted_invoices,
            row.total_invoices_failed,
            row.pending,
            row.start_time,
            row.completion_time,
        )
