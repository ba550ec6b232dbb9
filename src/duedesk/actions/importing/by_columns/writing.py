"""Invoices of columns, and payments beside them, put on their way with the figures that follow; it checks nothing."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import neg, sub

from sqlalchemy import Table

from duedesk.actions.importing.by_columns.cash import PaymentColumns
from duedesk.actions.importing.by_columns.drafting import InvoiceColumns
from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.rows import Shared
from duedesk.domain.invoice import SettlementStatus
from duedesk.domain.money import from_units
from duedesk.domain.objects import CATALOG
from duedesk.exchange.columns import Written
from duedesk.store.bulk import StoredValue
from duedesk.store.tables import ledger


def write_invoices(
    shared: Shared,
    drafts: InvoiceColumns,
    accounts: Sequence[Account],
    contacts: Sequence[int | None] | None,
    payments: PaymentColumns | None,
) -> None:
    """Put new invoices and what settles them on their way."""
    count = len(drafts.numbers)
    keys = shared.stage.keys(ledger.invoice, count)
    account_keys = [account.key for account in accounts]
    _stage(
        shared,
        ledger.invoice,
        {
            "id": keys,
            "document_number": drafts.numbers,
            "billing_account_id": account_keys,
            **({} if contacts is None else {"bill_to_contact_id": contacts}),
            "currency_iso_code": drafts.currencies,
            "invoice_date": drafts.invoice_dates,
            "due_date": drafts.due_dates,
            "total_amount": drafts.nets,
            "total_tax_amount": drafts.taxes,
            "total_amount_with_tax": drafts.totals,
            **_figures(drafts, payments),
            **({} if not shared.has_applications or drafts.balances is None else {"imported_balance": drafts.balances}),
            **_direct("Invoice", drafts.direct),
        },
        {"status": "Posted", "posted_at": shared.now, "created_date": shared.now},
    )
    shared.touched.has_others = True
    shared.tally.make("Invoice", count)
    for code in dict.fromkeys(drafts.currencies):
        totals = [total for total, one in zip(drafts.totals, drafts.currencies, strict=True) if one == code]
        shared.tally.add_total(code, from_units(sum(totals)), len(totals))
    if payments is not None:
        _write_payments(shared, payments, payments.of(drafts), _those(payments, keys), _those(payments, account_keys))


def _figures(drafts: InvoiceColumns, payments: PaymentColumns | None) -> dict[str, Sequence[Written]]:
    """Give what is open of invoices, and how far they are settled."""
    if payments is None:
        return {
            "balance": drafts.totals,
            "settlement_status": [SettlementStatus.NOT_SETTLED.value] * len(drafts.totals),
        }
    applied, paid_on = payments.on_rows(), _paid_on(payments)
    balances = list(map(sub, drafts.totals, applied))
    return {
        "balance": balances,
        "settlement_status": list(map(_settlement, balances, applied)),
        "net_payments_applied": applied,
        "full_settlement_date": _settled_on(paid_on, balances),
        "first_applied_date": paid_on,
        "last_applied_date": paid_on,
    }


def _write_payments(
    shared: Shared, payments: PaymentColumns, on: InvoiceColumns, invoices: Sequence[int], accounts: Sequence[int]
) -> None:
    count = len(payments.amounts)
    keys = shared.stage.keys(ledger.payment, count)
    _stage(
        shared,
        ledger.payment,
        {
            "id": keys,
            **({} if payments.numbers is None else {"payment_number": payments.numbers}),
            **({} if payments.source_keys is None else {"source_key": payments.source_keys}),
            "account_id": accounts,
            "currency_iso_code": on.currencies,
            "effective_date": payments.days,
            "amount": payments.amounts,
            "net_applied": payments.amounts,
            "last_applied_date": payments.days,
            **_direct("Payment", payments.direct),
        },
        {"status": "Processed", "type": "Sale", "processing_mode": "External", "created_date": shared.now},
    )
    _stage(
        shared,
        ledger.application,
        {
            "id": shared.stage.keys(ledger.application, count),
            "invoice_id": invoices,
            "payment_id": keys,
            "account_id": accounts,
            "currency_iso_code": on.currencies,
            "amount": payments.amounts,
            "impact_amount": map(neg, payments.amounts),
            "effective_date": payments.days,
        },
        {"kind": "payment", "type": "Applied", "recorded_at": shared.now},
    )
    shared.tally.make("Payment", count)
    shared.tally.make("PaymentLineInvoice", count)


def _stage(
    shared: Shared, table: Table, columns: Mapping[str, Iterable[Written]], fixed: Mapping[str, StoredValue]
) -> None:
    """Put rows of a table on their way."""
    rows = shared.stage.rows(table, tuple(columns), {**fixed, "journal_id": shared.journal_id})
    rows += zip(*columns.values(), strict=True)


def _direct(object_name: str, fields: Mapping[str, list[Written]]) -> dict[str, list[Written]]:
    described = CATALOG.object(object_name)
    return {described.field(name).column: values for name, values in fields.items()}


def _those(payments: PaymentColumns, keys: Sequence[int]) -> Sequence[int]:
    return keys if payments.there is None else list(compress(keys, payments.there))


def _settlement(balance: int, applied: int) -> str:
    if not applied:
        return SettlementStatus.NOT_SETTLED.value
    return (SettlementStatus.PARTIALLY_SETTLED if balance else SettlementStatus.SETTLED).value


def _paid_on(payments: PaymentColumns) -> Sequence[Written]:
    """Give the day of the payment beside each row, None where there is none."""
    if payments.there is None:
        return payments.days
    days = iter(payments.days)
    return [next(days) if is_there else None for is_there in payments.there]


def _settled_on(paid_on: Sequence[Written], balances: Sequence[int]) -> list[Written]:
    """Give the day on which nothing was left open, None where something is: no payment here is before its invoice."""
    return [None if balance else day for balance, day in zip(balances, paid_on, strict=True)]
