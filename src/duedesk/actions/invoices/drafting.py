"""Draft invoices, made with their lines; how they are edited and deleted stands in `editing` and `deleting`."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from duedesk.actions.deed import deed
from duedesk.actions.invoices.deleting import delete_drafts, restore_drafts
from duedesk.actions.invoices.editing import edit_draft, submit
from duedesk.actions.invoices.lines import insert_lines
from duedesk.actions.invoices.values import free_key, read_values
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Made
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import LineDraft, price
from duedesk.domain.line_totals import total
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

__all__ = [
    "InvoiceDraft",
    "LineDraft",
    "Made",
    "create_draft",
    "delete_drafts",
    "edit_draft",
    "restore_drafts",
    "submit",
]

DEFAULT_CURRENCY = "USD"
"""Of an invoice whose account has no currency."""


@dataclass(frozen=True, slots=True)
class InvoiceDraft:
    """An invoice to be made; keys are those of records. Currency and owner are the account's unless told."""

    account_key: int
    lines: tuple[LineDraft, ...] = ()
    currency: str | None = None
    invoice_date: date | None = None
    due_date: date | None = None
    payment_term_key: int | None = None
    bill_to_contact_key: int | None = None
    owner_key: int | None = None
    number_series_key: int | None = None
    tax_locale: str | None = None
    description: str = ""
    invoice_number: str = ""
    reference_entity_id: str = ""
    should_exclude_payment: bool = False
    payment_exclusion_reason: str = ""

    def values(self) -> dict[str, Value]:
        """Give the fields by API name."""
        return {
            "BillingAccountId": self.account_key,
            "CurrencyIsoCode": self.currency,
            "InvoiceDate": self.invoice_date,
            "DueDate": self.due_date,
            "PaymentTermId": self.payment_term_key,
            "BillToContactId": self.bill_to_contact_key,
            "OwnerId": self.owner_key,
            "NumberSeriesId": self.number_series_key,
            "TaxLocaleType": self.tax_locale,
            "Description": self.description,
            "InvoiceNumber": self.invoice_number,
            "ReferenceEntityId": self.reference_entity_id,
            "ShouldExcludePayment": self.should_exclude_payment,
            "PaymentExclusionReason": self.payment_exclusion_reason,
        }


def create_draft(workspace: Workspace, draft: InvoiceDraft) -> Made:
    """Make a draft with its lines and totals; RequestError where a value or a line cannot be."""
    with deed(workspace, "create_draft") as act:
        given = draft.values()
        if draft.currency is None:
            given["CurrencyIsoCode"] = DEFAULT_CURRENCY
        values = read_values(act.connection, given)
        owing = _account(act.connection, draft.account_key)
        if draft.currency is None:
            values["currency_iso_code"] = owing.currency_iso_code or DEFAULT_CURRENCY
        if draft.owner_key is None:
            values["owner_id"] = owing.owner_id
        elif draft.owner_key != owing.owner_id:
            act.permit.require_owner(draft.owner_key)
        priced = price(draft.lines, currency=values["currency_iso_code"], locale=draft.tax_locale)
        key = free_key(act.connection)
        act.record(f"Draft #{key} of {owing.name} made", {"Invoice": [key]})
        values |= total(line.figures for line in priced).columns()
        act.connection.execute(
            insert(invoice).values(
                id=key,
                status="Draft",
                settlement_status="Not Applicable",
                created_date=act.now,
                journal_id=act.journal_id,
                **values,
            )
        )
        act.made("Invoice", key)
        insert_lines(act, key, priced)
    return Made(key, act.changes)


def _account(connection: Connection, key: int) -> Row[Any]:
    return connection.execute(select(account).where(account.c.id == key)).one()
