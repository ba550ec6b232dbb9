"""The lines of a draft, written and replaced as a whole; what they come to is worked out in `domain.line_pricing`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, delete, insert, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.kept import Kept, keep, put_back
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import Verb, called, check
from duedesk.domain.line_pricing import LineDraft, PricedLine, price
from duedesk.domain.line_totals import ChargeType, total
from duedesk.store.bulk import Keys
from duedesk.store.queries.records.line_drafts import stored_lines
from duedesk.store.tables.ledger import invoice, invoice_line


def set_lines(
    workspace: Workspace,
    key: int,
    lines: Sequence[LineDraft],
    *,
    version: int | None = None,
) -> Changes:
    """Give a draft other lines than it has, and the totals they come to.

    RequestError where it is no draft, where a line says what cannot be, or where somebody changed the draft since
    `version` (None: whatever it is).
    """
    with deed(workspace, "set_lines") as act:
        before = _hold_draft(act, key)
        if version is not None and version != before.row.version:
            raise RequestError(
                f"{before.named} was changed by somebody else meanwhile: it has {len(before.rows)} lines in the book "
                f"and {len(lines)} in yours.",
                "Read it again, then change it.",
            )
        priced = price(lines, currency=before.row.currency_iso_code, locale=before.row.tax_locale_type)
        _record(act, before)
        insert_lines(act, key, priced)  # before the others go, so that no key is given twice
        _take_away(act, before.rows)
        totals = total(line.figures for line in priced).columns()
        act.connection.execute(update(invoice).where(invoice.c.id == key).values(**totals))
    return act.changes


def put_lines_back(workspace: Workspace, kept: Mapping[str, Any]) -> Changes:
    """Give a draft the lines it had before `set_lines`, from that action's `before`."""
    with deed(workspace, "set_lines") as act:
        for key, was in kept.items():
            before = _hold_draft(act, int(key))
            _record(act, before)
            _take_away(act, before.rows)
            restore_lines(act, was["lines"])
            totals = {name: Decimal(amount) for name, amount in was["totals"].items()}
            act.connection.execute(update(invoice).where(invoice.c.id == int(key)).values(**totals))
    return act.changes


def insert_lines(act: Deed, invoice_key: int, priced: Sequence[PricedLine]) -> None:
    """Write the lines of a draft inside an action that is recorded."""
    if not priced:
        return
    keys = list(Keys(act.connection).take(invoice_line, len(priced)))
    rows = [_row(act, invoice_key, line, keys, place) for place, line in enumerate(priced)]
    act.connection.execute(insert(invoice_line), sorted(rows, key=lambda row: row["related_line_id"] is not None))
    for key in keys:
        act.made("InvoiceLine", key)


def restore_lines(act: Deed, rows: Sequence[Kept]) -> None:
    """Put lines back as the journal kept them, charges before what is about them."""
    put_back(act.connection, invoice_line, sorted(rows, key=lambda row: "related_line_id" in row))
    for row in rows:
        act.made("InvoiceLine", row["id"])


@dataclass(frozen=True, slots=True)
class _Before:
    row: Row[Any]
    rows: Sequence[Row[Any]]
    named: str


def _hold_draft(act: Deed, key: int) -> _Before:
    (row,) = act.hold("Invoice", [key])
    named = called(row.document_number, row.id, row.status)
    check(Verb.EDIT, row.status, named)
    return _Before(row, stored_lines(act.connection, key), named)


def _record(act: Deed, before: _Before) -> None:
    totals = {name: amount for name, amount in keep(before.row).items() if name.startswith("total_")}
    was = {"lines": [keep(row) for row in before.rows], "totals": totals}
    act.record(f"Lines of {before.named} set", {"Invoice": [before.row.id], "before": {str(before.row.id): was}})


def _take_away(act: Deed, rows: Sequence[Row[Any]]) -> None:
    if not rows:
        return
    act.connection.execute(delete(invoice_line).where(invoice_line.c.id.in_([row.id for row in rows])))
    for row in rows:
        act.removed("InvoiceLine", row.id, row.external_id)


def _row(act: Deed, invoice_key: int, line: PricedLine, keys: Sequence[int], place: int) -> dict[str, Any]:
    draft, figures = line.draft, line.figures
    return {
        "id": keys[place],
        "invoice_id": invoice_key,
        "name": draft.name.strip(),
        "type": draft.type,
        "description": draft.description or None,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "gross_unit_price": draft.gross_unit_price,
        "line_amount": figures.line_amount,
        "tax_rate": draft.tax_rate,
        "tax_name": draft.tax_name or None,
        "tax_code": draft.tax_code or None,
        "tax_amount": figures.tax_amount,
        **figures.columns(),
        "invoice_line_start_date": draft.service_from,
        "invoice_line_end_date": draft.service_to,
        "related_line_id": None if draft.related is None else keys[draft.related],
        "charge_type": draft.charge_type,
        "is_usage_based_invoice_line": draft.charge_type == ChargeType.USAGE,
        "created_date": act.now,
        "journal_id": act.journal_id,
    }
