"""Rows of the sample on their way to the database, table by table in the order their references need; no meaning."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table

from duedesk.store.bulk import CHUNK, Keys, StoredValue, insert_rows
from duedesk.store.tables import disputes, ledger, party

Row = tuple[StoredValue, ...]

_DOCUMENT = "created_date journal_id"
_INVOICE = (
    "id document_number billing_account_id bill_to_contact_id owner_id payment_term_id reference_entity_id status "
    "settlement_status currency_iso_code tax_locale_type invoice_date due_date posted_date posted_at voided_date "
    "voided_at total_amount total_tax_amount total_amount_with_tax total_charge_amount total_charge_tax_amount "
    "total_charge_amount_with_tax total_adjustment_amount total_adjustment_tax_amount "
    f"total_adjustment_amount_with_tax description {_DOCUMENT}"
)
_CHARGE = (
    "id invoice_id name type description quantity unit_price line_amount charge_amount charge_tax_amount "
    f"charge_amount_with_tax invoice_line_start_date invoice_line_end_date {_DOCUMENT}"
)
_ADJUSTMENT = (
    "id invoice_id name type line_amount adjustment_amount adjustment_tax_amount adjustment_amount_with_tax "
    f"related_line_id {_DOCUMENT}"
)
_TAX = f"id invoice_id name type line_amount tax_rate tax_name tax_code tax_amount related_line_id {_DOCUMENT}"
_PAYMENT = (
    "id payment_number account_id status type processing_mode currency_iso_code effective_date date amount "
    f"gateway_ref_number comments cancellation_effective_date cancellation_date {_DOCUMENT}"
)
_CREDIT_MEMO = (
    "id document_number billing_account_id bill_to_contact_id owner_id status category reason_code source_action "
    "currency_iso_code credit_date effective_date posted_at voided_date voided_at total_amount total_tax_amount "
    f"total_amount_with_tax reference_entity_id description {_DOCUMENT}"
)
_APPLICATION = (
    "id application_number kind type invoice_id payment_id credit_memo_id account_id currency_iso_code amount "
    "impact_amount effective_date recorded_at reverses_id comments journal_id"
)
_DISPUTE = (
    "name invoice_id currency_iso_code disputed_amount reason_code description received_date recorded_at recorded_by "
    "resolved_on resolved_at resolved_by resolution journal_id"
)
_ACCOUNT = (
    "id account_number name folded_name owner_id parent_id payment_term_id currency_iso_code type "
    "billing_street billing_city billing_state billing_postal_code billing_country phone website "
    f"{_DOCUMENT}"
)
_CONTACT = (
    "id account_id salutation first_name last_name name title email phone mailing_street mailing_city mailing_state "
    f"mailing_postal_code mailing_country {_DOCUMENT}"
)


@dataclass(slots=True)
class _Batch:
    table: Table
    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)


class Rows:
    """What has been made and not yet been written. Each list takes rows with the columns named above, in order."""

    def __init__(self, connection: Connection, journal_id: int) -> None:
        self._connection = connection
        self._keys = Keys(connection)
        self._batches: list[_Batch] = []
        self.journal_id = journal_id
        self.owners = self._batch(party.owner, f"id name type {_DOCUMENT}")
        self.terms = self._batch(party.payment_term, f"id name description is_default status period {_DOCUMENT}")
        self.accounts = self._batch(party.account, _ACCOUNT)
        self.contacts = self._batch(party.contact, _CONTACT)
        self.invoices = self._batch(ledger.invoice, _INVOICE)
        self.charges = self._batch(ledger.invoice_line, _CHARGE)
        self.adjustments = self._batch(ledger.invoice_line, _ADJUSTMENT)
        self.taxes = self._batch(ledger.invoice_line, _TAX)
        self.payments = self._batch(ledger.payment, _PAYMENT)
        self.credit_memos = self._batch(ledger.credit_memo, _CREDIT_MEMO)
        self.applications = self._batch(ledger.application, _APPLICATION)
        self.disputes = self._batch(disputes.dispute, _DISPUTE)
        self.owner_key = self._numbers(party.owner)
        self.term_key = self._numbers(party.payment_term)
        self.account_key = self._numbers(party.account)
        self.contact_key = self._numbers(party.contact)
        self.invoice_key = self._numbers(ledger.invoice)
        self.line_key = self._numbers(ledger.invoice_line)
        self.payment_key = self._numbers(ledger.payment)
        self.credit_memo_key = self._numbers(ledger.credit_memo)
        self.application_key = self._numbers(ledger.application)

    def write(self, *, at_least: int = 0) -> None:
        """Write what has gathered, once one of the lists holds `at_least` rows."""
        if max(len(batch.rows) for batch in self._batches) < at_least:
            return
        for batch in self._batches:
            insert_rows(self._connection, batch.table, batch.columns, batch.rows)
            batch.rows.clear()

    def _batch(self, table: Table, columns: str) -> list[Row]:
        batch = _Batch(table, tuple(columns.split()))
        self._batches.append(batch)
        return batch.rows

    def _numbers(self, table: Table) -> Callable[[], int]:
        def taken() -> Iterator[int]:
            while True:
                yield from self._keys.take(table, CHUNK)

        return taken().__next__
