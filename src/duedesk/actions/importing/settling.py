"""The end of an import: what its applications make of every document, held against what the files said is open."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select, update

from duedesk.actions.importing.claims import compare_claims
from duedesk.actions.importing.instalments import leave_out_bare
from duedesk.actions.importing.rows import FileRows, Shared, money
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store import history, settlement
from duedesk.store.changes import Change, note_changes
from duedesk.store.line_figures import state_line_figures
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA, ledger


def settle(shared: Shared, world: World, files: Sequence[FileRows], latest: date, *, was_empty: bool) -> None:
    """State what is open of all that was touched, and hold what the files say of it against that.

    A book that was empty is stated as a whole, unless some of it was stated as it came in. What stood in the book
    before and is changed by it has it in its history; the history of what came in begins afterwards.
    """
    leave_out_bare(shared)
    touched = settlement.Touched(shared.touched.invoices, shared.touched.payments, shared.touched.credit_memos)
    before = {name: _already_there(shared, name, keys) for name, keys in _by_object(touched).items()}
    state_line_figures(shared.connection, shared.journal_id)
    is_all = was_empty and not shared.touched.has_others
    settlement.restate(shared.connection, None if is_all else touched)
    _keep_history(shared, world, before)
    if shared.has_applications:
        named = [file.source.name for file in files if file.has("Invoice")] or [files[0].source.name]
        _compare_balances(shared, named[0])
    for file in files:
        compare_claims(shared, file, latest)


def _by_object(touched: settlement.Touched) -> Mapping[str, Collection[int]]:
    return {"Invoice": touched.invoices, "Payment": touched.payments, "CreditMemo": touched.credit_memos}


def _already_there(shared: Shared, object_name: str, keys: Collection[int]) -> history.Snapshot:
    """Give of the touched records those that this import did not bring."""
    table = METADATA.tables[CATALOG.object(object_name).table]
    found = select(table.c.id).where(
        chosen(shared.connection, table.c.id, keys), table.c.journal_id.is_distinct_from(shared.journal_id)
    )
    earlier = shared.connection.scalars(found).all()
    return history.snapshot(shared.connection, object_name, earlier) if earlier else {}


def _keep_history(shared: Shared, world: World, before: Mapping[str, history.Snapshot]) -> None:
    """Write what is different now of what stood in the book before."""
    differences: list[history.Difference] = []
    changes: list[Change] = []
    for name, rows in before.items():
        after = history.snapshot(shared.connection, name, rows.keys()) if rows else {}
        differences += history.differences(shared.connection, name, rows, after)
        changed = (row for key, row in after.items() if row != rows[key])
        changes += (Change(name, row["id"], row["external_id"], "updated") for row in changed)
    done = history.Deed(world.user, shared.moment, "import", shared.journal_id)
    history.keep(shared.connection, done, differences)
    note_changes(shared.connection, changes, at=shared.moment, journal_id=shared.journal_id)


def _compare_balances(shared: Shared, file: str) -> None:
    """Keep what the source says is open only where it differs, and tell of it."""
    invoice = ledger.invoice
    mine = invoice.c.journal_id == shared.journal_id
    agreeing = update(invoice).where(mine, invoice.c.imported_balance == invoice.c.balance)
    shared.connection.execute(agreeing.values(imported_balance=None))
    if shared.compares:
        return  # they are told with the other figures
    columns = (invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.imported_balance)
    differing = invoice.c.imported_balance.is_not(None)
    query = select(*columns, invoice.c.balance).where(mine, differing).order_by(invoice.c.id)
    for number, currency, theirs, ours in shared.connection.execute(query):
        text = (
            f"Invoice {number}: the file says {money(theirs, currency)} is open, here it is {money(ours, currency)}; "
        )
        shared.tally.report(Problem(file, f"{text}both are kept.", column="Balance", severity=Severity.WARNING))
