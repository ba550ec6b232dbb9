"""Negative lines of an invoice become a credit memo as the invoice is posted; the memo says where it came from."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from duedesk.actions.deed import Deed
from duedesk.actions.invoices.posting_plan import Plan
from duedesk.domain.line_totals import LineFigures, LineType
from duedesk.domain.money import ZERO
from duedesk.store.bulk import Keys
from duedesk.store.queries.records.line_drafts import stored_lines
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.ledger import credit_memo

SOURCE_ACTION = "NegativeInvoiceLineConversion"


def write_credit_memo(act: Deed, plan: Plan, key: int, number: str, invoice_number: str) -> None:
    """Write the posted credit memo of an invoice's converted lines; each of its lines names the one it takes back."""
    net = -sum((line.line_amount for line in plan.converted if line.type is not LineType.TAX), ZERO)
    tax = -sum((line.tax_amount for line in plan.converted), ZERO)
    row = plan.row
    act.connection.execute(
        insert(credit_memo).values(
            id=key,
            document_number=number,
            billing_account_id=row.billing_account_id,
            bill_to_contact_id=row.bill_to_contact_id,
            owner_id=row.owner_id,
            status="Posted",
            category="Standalone",
            source_action=SOURCE_ACTION,
            source_invoice_id=row.id,
            currency_iso_code=row.currency_iso_code,
            credit_date=plan.invoice_date,
            effective_date=plan.invoice_date,
            posted_at=act.now,
            total_amount=net,
            total_tax_amount=tax,
            total_amount_with_tax=net + tax,
            description=f"Negative lines of invoice {invoice_number}",
            created_date=act.now,
            journal_id=act.journal_id,
        )
    )
    act.made("CreditMemo", key)
    _write_lines(act, plan, key)


def _write_lines(act: Deed, plan: Plan, key: int) -> None:
    rows = {row.id: row for row in stored_lines(act.connection, plan.row.id)}
    keys = dict(
        zip(
            (line.key for line in plan.converted),
            Keys(act.connection).take(credit_memo_line, len(plan.converted)),
            strict=True,
        )
    )
    values = [_line(act, line, rows[line.key], key, keys) for line in plan.converted]
    act.connection.execute(insert(credit_memo_line), sorted(values, key=lambda one: one["related_line_id"] is not None))
    for line_key in keys.values():
        act.made("CreditMemoLine", line_key)


def _line(act: Deed, line: LineFigures, row: Any, memo_key: int, keys: Mapping[int, int]) -> dict[str, Any]:
    return {
        "id": keys[line.key],
        "credit_memo_id": memo_key,
        "name": row.name,
        "type": row.type,
        "description": row.description,
        "line_amount": -line.line_amount,
        "tax_rate": row.tax_rate,
        "tax_name": row.tax_name,
        "tax_code": row.tax_code,
        "tax_amount": -line.tax_amount,
        "start_date": row.invoice_line_start_date,
        "end_date": row.invoice_line_end_date,
        "related_line_id": None if line.related is None else keys.get(line.related),
        "invoice_line_id": line.key,
        "created_date": act.now,
        "journal_id": act.journal_id,
    }
