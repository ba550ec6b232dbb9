"""The end of an import: what its applications make of every document, held against what the files said is open."""

from sqlalchemy import select, update

from duedesk.actions.importing.rows import Shared, money
from duedesk.domain.errors import Problem, Severity
from duedesk.store import settlement
from duedesk.store.tables import ledger


def settle(shared: Shared, file: str, *, was_empty: bool) -> None:
    """State what is open of all that was touched; `file` is the one that gave the invoices.

    A book that was empty is stated as a whole.
    """
    touched = shared.touched
    settlement.restate(
        shared.connection,
        None if was_empty else settlement.Touched(touched.invoices, touched.payments, touched.credit_memos),
    )
    if shared.has_applications:
        _compare_balances(shared, file)


def _compare_balances(shared: Shared, file: str) -> None:
    """Keep what the source says is open only where it differs, and tell of it."""
    invoice = ledger.invoice
    mine = invoice.c.journal_id == shared.journal_id
    agreeing = update(invoice).where(mine, invoice.c.imported_balance == invoice.c.balance)
    shared.connection.execute(agreeing.values(imported_balance=None))
    columns = (invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.imported_balance)
    differing = invoice.c.imported_balance.is_not(None)
    query = select(*columns, invoice.c.balance).where(mine, differing).order_by(invoice.c.id)
    for number, currency, theirs, ours in shared.connection.execute(query):
        text = (
            f"Invoice {number}: the file says {money(theirs, currency)} is open, here it is {money(ours, currency)}; "
        )
        shared.tally.report(Problem(file, f"{text}both are kept.", column="Balance", severity=Severity.WARNING))
