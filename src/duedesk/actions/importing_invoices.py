"""Invoices of a file, with what the same row gives beside them, held against the book and written.

An invoice is known by its Id, then its number. One that stands in the book already is left as it is, and a row that
says otherwise of it is at fault.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import groupby

from duedesk.actions.importing_applications import ApplicationDraft, stage_application
from duedesk.actions.importing_cash import CashBook, CashDraft
from duedesk.actions.importing_drafts import InvoiceDraft, InvoiceDrafts
from duedesk.actions.importing_lines import stage_line
from duedesk.actions.importing_links import Warn
from duedesk.actions.importing_parties import Account
from duedesk.actions.importing_report import RowFault
from duedesk.actions.importing_rows import FileRows, Shared, money
from duedesk.actions.importing_stage import direct_values, stored, units
from duedesk.domain.errors import Problem
from duedesk.domain.invoice import OWED_STATUSES, SettlementStatus, derive_due_date
from duedesk.domain.money import ZERO, plain
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow
from duedesk.store import known
from duedesk.store.known import KnownInvoice
from duedesk.store.tables import ledger

_COLUMNS = (
    "id",
    "external_id",
    "document_number",
    "billing_account_id",
    "bill_to_contact_id",
    "owner_id",
    "payment_term_id",
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


@dataclass(slots=True)
class _Target:
    """The invoice that what a row gives beside it is applied to."""

    key: int
    account_key: int
    currency: str
    invoice_date: date | None
    posted_at: datetime | None
    is_owed: bool
    left: Decimal


class _There:
    """The invoices of the book that rows at hand may mean: by Id, then by number."""

    def __init__(self, found: Iterable[KnownInvoice]) -> None:
        self._by_id: dict[str, KnownInvoice] = {}
        self._by_number: dict[str, KnownInvoice] = {}
        for one in found:
            if one.external_id is not None:
                self._by_id[one.external_id] = one
            if one.number is not None:
                self._by_number[one.number] = one

    def find(self, draft: InvoiceDraft) -> KnownInvoice | None:
        """Find the invoice of a draft."""
        by_id = self._by_id.get(draft.external_id) if draft.external_id is not None else None
        return by_id or (self._by_number.get(draft.number) if draft.number is not None else None)


class InvoiceRows:
    """The rows of a file of invoices."""

    def __init__(self, shared: Shared, file: FileRows, *, was_empty: bool) -> None:
        self._shared, self._file, self._was_empty = shared, file, was_empty
        self._drafts = InvoiceDrafts(file)
        self._cash = CashBook(shared, file)
        self._kinds_beside = [name for name in ("CreditMemo", "Payment") if file.has(name)]
        self._held: list[ReadRow] = []
        self._left: dict[int, _Target] = {}

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows; where rows are lines, those of one invoice stand together."""
        if not self._file.has("InvoiceLine"):
            self._take_groups([read] for read in self._file.readable(rows))
            return
        groups = [list(group) for _, group in groupby([*self._held, *self._file.readable(rows)], self._drafts.name)]
        self._held = groups.pop() if groups else []
        self._take_groups(groups)

    def end(self) -> list[Problem]:
        """Take what was held back for rows that might follow."""
        if self._held:
            self._take_groups([self._held])
            self._held = []
        return []

    def _take_groups(self, groups: Iterable[list[ReadRow]]) -> None:
        drafts: list[tuple[InvoiceDraft, list[CashDraft]]] = []
        for reads in groups:
            try:
                draft = self._drafts.draft(reads)
                drafts.append((draft, self._cash_beside(draft)))
            except RowFault as fault:
                self._put_aside(reads, fault)
        there = self._look_up([draft for draft, _ in drafts])
        if self._kinds_beside:
            self._cash.look_up(one for _, beside in drafts for one in beside)
        self._left.clear()
        for draft, beside in drafts:
            try:
                self._take(draft, beside, there)
            except RowFault as fault:
                self._put_aside(draft.reads, fault)
            else:
                self._file.accept(draft.warnings, len(draft.reads))

    def _put_aside(self, reads: Iterable[ReadRow], fault: RowFault) -> None:
        for read in reads:
            self._file.reject(read, [self._file.fault(read, fault)])

    def _cash_beside(self, draft: InvoiceDraft) -> list[CashDraft]:
        beside: list[CashDraft] = []
        if not self._kinds_beside:
            return beside
        about = draft.number or draft.external_id or ""
        for read in draft.reads:
            for object_name in self._kinds_beside:
                one = self._cash.draft(read, object_name, about)
                if one is not None:
                    beside.append(one)
        return beside

    def _look_up(self, drafts: Sequence[InvoiceDraft]) -> _There:
        if self._was_empty:
            return _There(())
        ids = {draft.external_id for draft in drafts if draft.external_id is not None}
        numbers = {draft.number for draft in drafts if draft.number is not None}
        return _There(known.invoices(self._shared.connection, ids, numbers))

    def _take(self, draft: InvoiceDraft, beside: Sequence[CashDraft], there: _There) -> None:
        warn = self._file.warner(draft.reads[0], draft.warnings)
        fresh = [one for one in beside if self._cash.known(one) is None]
        account_record = self._file.record(draft.reads[0], "Account")
        reference = draft.record.text("BillingAccountId")
        account = self._shared.accounts.find(account_record, reference)
        found = there.find(draft)
        for one in fresh:
            if one.currency != (found.currency if found is not None else draft.currency):
                raise RowFault(f"{one.name} is in {one.currency}, its invoice in another currency.", "Correct one.")
        if found is not None:
            self._check_same(draft, found, account, warn)
            self._shared.tally.leave("Invoice")
            target = self._left.setdefault(found.id, _target_of(found))
        elif not self._drafts.defines:
            raise RowFault(f"there is no invoice {quoted(draft.number or '')}.", "Import it first, or in the same go.")
        else:
            account = self._shared.accounts.find_or_make(account_record, reference, self._shared.links, warn)
            target = self._make(draft, account, sum((one.amount for one in fresh), ZERO), warn)
        for one in beside:
            if one in fresh:
                self._apply(one, target, warn)
            else:
                self._shared.tally.leave(one.object)

    def _check_same(self, draft: InvoiceDraft, found: KnownInvoice, account: Account | None, warn: Warn) -> None:
        """Refuse a row that says otherwise of an invoice than the book does."""
        differences = []
        if draft.total is not None and draft.total != found.total:
            there = plain(found.total, found.currency)
            differences.append(f"the total {there}, not {plain(draft.total, draft.currency)}")
        if draft.currency != found.currency:
            differences.append(f"the currency {found.currency}, not {draft.currency}")
        if draft.invoice_date is not None and draft.invoice_date != found.invoice_date:
            differences.append(f"the date {found.invoice_date}, not {draft.invoice_date}")
        if self._names_account(draft) and (account is None or account.key != found.account_id):
            differences.append("another account")
        if draft.number is not None and found.number is not None and draft.number != found.number:
            differences.append(f"the number {quoted(found.number)}, not {quoted(draft.number)}")
        if draft.external_id is not None and found.external_id not in {None, draft.external_id}:
            differences.append(f"the Id {found.external_id}, not {draft.external_id}")
        if differences:
            raise RowFault(
                f"{quoted(found.number or draft.external_id or '')} is in the book with {'; '.join(differences)}.",
                "What is posted is not changed; correct the file, or credit the invoice.",
            )
        if draft.record.has("Status") and draft.status != found.status:
            warn(f"the file says {draft.status}, the book {found.status}; it was left so.", "")

    def _names_account(self, draft: InvoiceDraft) -> bool:
        return self._file.has("Account") or draft.record.has("BillingAccountId")

    def _make(self, draft: InvoiceDraft, account: Account, beside: Decimal, warn: Warn) -> _Target:
        shared, record = self._shared, draft.record
        total, net, tax = draft.total or ZERO, draft.net or ZERO, draft.tax or ZERO
        term = shared.links.term(record.text("PaymentTermId"), warn)
        due, is_derived = draft.due_date, False
        if due is None and draft.invoice_date is not None:
            due = derive_due_date(draft.invoice_date, term.days if term else account.term_days)
            is_derived = True
            warn(f"there is no due date; {due} is taken, by the terms or the invoice date.", self._drafts.due_column)
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
                draft.status,
                SettlementStatus.NOT_SETTLED.value if is_owed else SettlementStatus.NOT_APPLICABLE.value,
                draft.currency,
                stored(draft.invoice_date),
                stored(due),
                is_derived,
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
        if not self._was_empty:
            shared.touched.invoices.add(key)
        shared.tally.make("Invoice")
        shared.tally.add_total(draft.currency, total)
        return _Target(key, account.key, draft.currency, draft.invoice_date, posted_at, is_owed, total)

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
        there, here = money(draft.balance, draft.currency), money(ours, draft.currency)
        warn(f"the file says {there} is open, here it is {here}; both are kept.", self._drafts.balance_column)
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

    def _apply(self, draft: CashDraft, target: _Target, warn: Warn) -> None:
        """Take a payment or credit memo of the row and put it on the invoice, as far as that is open."""
        staged = self._cash.stage(draft, target.account_key, warn)
        if not draft.is_live or not target.is_owed or target.posted_at is None:
            warn(f"{draft.name} is taken and not applied: one of the two does not stand in the ledger.", "")
            return
        amount = min(draft.amount, target.left)
        if amount < draft.amount:
            rest = money(draft.amount - amount, draft.currency)
            warn(f"{draft.name} is more than is open on the invoice; {rest} stays unapplied.", "")
        if amount == ZERO:
            return
        effective = draft.effective_date
        if target.invoice_date is not None and effective < target.invoice_date:
            warn(f"{draft.name} is of {effective}, before the invoice; it counts from {target.invoice_date}.", "")
            effective = target.invoice_date
        target.left -= amount
        stage_application(
            self._shared,
            ApplicationDraft(
                "PaymentLineInvoice" if draft.object == "Payment" else "CreditMemoInvApplication",
                target.key,
                staged.key,
                target.account_key,
                target.currency,
                "Applied",
                amount,
                effective,
                max(target.posted_at, staged.recorded_at),
            ),
        )


def _target_of(found: KnownInvoice) -> _Target:
    return _Target(
        found.id,
        found.account_id,
        found.currency,
        found.invoice_date,
        found.posted_at,
        found.status in OWED_STATUSES,
        found.open,
    )
