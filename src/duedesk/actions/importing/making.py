"""An invoice made of what its rows say: its dates and states completed, its lines and contact with it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from duedesk.actions.importing.beside import Target
from duedesk.actions.importing.drafts import InvoiceDraft
from duedesk.actions.importing.lines import stage_line
from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.rows import FileRows, Shared, money
from duedesk.actions.importing.stage import direct_values, stored, units
from duedesk.actions.importing.viewed import stage_views
from duedesk.domain.invoice import OWED_STATUSES, SettlementStatus, derive_due_date
from duedesk.domain.money import ZERO
from duedesk.store.tables import ledger

_COLUMNS = (
    "id",
    "external_id",
    "document_number",
    "billing_account_id",
    "bill_to_contact_id",
    "owner_id",
    "payment_term_id",
    "dunning_policy_id",
    "invoice_batch_run_id",
    "status",
    "settlement_status",
    "currency_iso_code",
    "invoice_date",
    "due_date",
    "is_due_date_derived",
    "posted_date",
    "posted_at",
    "voided_date",
    "voided_at",
    "total_amount",
    "total_tax_amount",
    "total_amount_with_tax",
    "imported_balance",
    "created_date",
    "journal_id",
)
_NOT_DIRECT = {
    "Id",
    "DocumentNumber",
    "BillingAccountId",
    "BillToContactId",
    "OwnerId",
    "PaymentTermId",
    "DunningPolicyId",
    "InvoiceBatchRunId",
    "Status",
    "CurrencyIsoCode",
    "InvoiceDate",
    "DueDate",
    "PostedDate",
    "PostedAt",
    "VoidedDate",
    "VoidedAt",
    "TotalAmount",
    "TotalTaxAmount",
    "TotalAmountWithTax",
    "Balance",
    "CreatedDate",
}


class InvoiceMaker:
    """Makes the invoices of one file."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self._date_column = file.column("Invoice", "InvoiceDate")
        self._due_column = file.column("Invoice", "DueDate")
        self._balance_column = file.column("Invoice", "Balance")

    def make(self, draft: InvoiceDraft, account: Account, beside: Decimal, warn: Warn) -> Target:
        """Put an invoice on its way; `beside` is what its own row settles of it."""
        shared, record = self._shared, draft.record
        total, net, tax = draft.total or ZERO, draft.net or ZERO, draft.tax or ZERO
        term = shared.links.term(record.text("PaymentTermId"), warn)
        due = draft.due_date or self._derived_due_date(draft, term.days if term else account.term_days, warn)
        self._warn_of_day_to_come(draft, warn)
        created = min(record.moment("CreatedDate") or shared.moment, shared.moment)
        posted_at = self._posted_at(draft) if draft.is_posted else None
        voided_on, voided_at = self._voided(draft, posted_at, warn)
        is_owed = draft.status in OWED_STATUSES
        key = shared.stage.key(ledger.invoice)
        columns, values = direct_values("Invoice", record, _NOT_DIRECT)
        shared.stage.rows(ledger.invoice, (*_COLUMNS, *columns)).append(
            (
                key,
                draft.external_id,
                draft.number,
                account.key,
                self._contact(draft, account),
                shared.links.owner(record.text("OwnerId")),
                term.key if term else None,
                shared.links.policies.key(record.text("DunningPolicyId"), warn),
                shared.links.batch_run(record.text("InvoiceBatchRunId")),
                draft.status,
                SettlementStatus.NOT_SETTLED.value if is_owed else SettlementStatus.NOT_APPLICABLE.value,
                draft.currency,
                stored(draft.invoice_date),
                stored(due),
                draft.due_date is None and due is not None,
                stored(record.day("PostedDate")),
                shared.now if posted_at is shared.moment else stored(posted_at),
                stored(voided_on),
                stored(voided_at),
                units(net),
                units(tax),
                units(total),
                stored(self._other_balance(draft, total - min(beside, total), warn) if is_owed else None),
                shared.now if created is shared.moment else stored(created),
                shared.journal_id,
                *values,
            )
        )
        for place, line in enumerate(draft.lines, 1):
            stage_line(shared, line, key, place)
        stage_views(shared, record, key)
        shared.touched.invoices.add(key)
        shared.tally.make("Invoice")
        shared.tally.add_total(draft.currency, total)
        return Target(key, account.key, draft.currency, draft.invoice_date, posted_at, is_owed, total)

    def _warn_of_day_to_come(self, draft: InvoiceDraft, warn: Warn) -> None:
        if draft.invoice_date is not None and draft.invoice_date > self._shared.today:
            warn(f"it is dated {draft.invoice_date}, a day that is to come.", self._date_column)

    def _derived_due_date(self, draft: InvoiceDraft, term_days: int | None, warn: Warn) -> date | None:
        if draft.invoice_date is None:
            return None
        due = derive_due_date(draft.invoice_date, term_days)
        warn(f"there is no due date; {due} is taken, by the terms or the invoice date.", self._due_column)
        return due

    def _posted_at(self, draft: InvoiceDraft) -> datetime:
        """Give when the posting became known: as the file says, else when the record was made there, else now."""
        said, created = draft.record.moment("PostedAt"), draft.record.moment("CreatedDate")
        if said is None and created is not None:
            posted_on = draft.record.day("PostedDate")
            said = max(created, datetime.combine(posted_on, time(), UTC)) if posted_on else created
        return min(said, self._shared.moment) if said is not None else self._shared.moment

    def _voided(
        self, draft: InvoiceDraft, posted_at: datetime | None, warn: Warn
    ) -> tuple[date | None, datetime | None]:
        if draft.status != "Voided" or posted_at is None:
            return None, None
        voided_on = draft.record.day("VoidedDate")
        if voided_on is None:
            voided_on = draft.invoice_date
            warn(f"it is voided and does not say when; {voided_on}, its own date, is taken.", "")
        return voided_on, max(draft.record.moment("VoidedAt") or posted_at, posted_at)

    def _other_balance(self, draft: InvoiceDraft, ours: Decimal, warn: Warn) -> Decimal | None:
        """Give what the file says is open, where that is not what is open here."""
        if draft.balance is None or self._shared.has_applications:
            return draft.balance  # what is open here is known only once all files are in
        if draft.balance == ours:
            return None
        if self._file.source.claims is not None:
            return draft.balance  # it is told with the other figures
        there, here = money(draft.balance, draft.currency), money(ours, draft.currency)
        warn(f"the file says {there} is open, here it is {here}; both are kept.", self._balance_column)
        return draft.balance

    def _contact(self, draft: InvoiceDraft, account: Account) -> int | None:
        reference = draft.record.text("BillToContactId")
        if reference is not None:
            key = self._shared.contacts.of_id(reference)
            if key is None:
                self._shared.tally.note("Some contacts that invoices refer to are not in the files; they are left out.")
            return key
        record = self._file.record(draft.reads[0], "Contact")
        return None if record is None else self._shared.contacts.find_or_make(record, account)
