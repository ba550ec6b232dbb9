"""Payments and credit memos of a file: beside an invoice in its row, or in files of their own.

A payment is known by its Id, its number, else by invoice, day, amount and how often these came before in the file.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared, money
from duedesk.actions.importing.stage import direct_values, stored, units
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import ZERO, plain
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record
from duedesk.store import known
from duedesk.store.known import KnownSource
from duedesk.store.tables import ledger

_PAYMENT = (
    "id",
    "external_id",
    "payment_number",
    "account_id",
    "status",
    "type",
    "processing_mode",
    "currency_iso_code",
    "effective_date",
    "amount",
    "created_date",
    "source_key",
    "cancellation_effective_date",
    "cancellation_date",
    "journal_id",
)
_NOT_DIRECT_OF_PAYMENT = {
    "Id",
    "PaymentNumber",
    "AccountId",
    "Status",
    "Type",
    "ProcessingMode",
    "CurrencyIsoCode",
    "EffectiveDate",
    "Amount",
    "CreatedDate",
    "CancellationEffectiveDate",
    "CancellationDate",
}
_MEMO = (
    "id",
    "external_id",
    "document_number",
    "billing_account_id",
    "bill_to_contact_id",
    "owner_id",
    "source_invoice_id",
    "status",
    "currency_iso_code",
    "credit_date",
    "effective_date",
    "posted_at",
    "voided_date",
    "voided_at",
    "total_amount",
    "total_tax_amount",
    "total_amount_with_tax",
    "created_date",
    "journal_id",
)
_NOT_DIRECT_OF_MEMO = {
    "Id",
    "DocumentNumber",
    "BillingAccountId",
    "BillToContactId",
    "OwnerId",
    "SourceInvoiceId",
    "Status",
    "CurrencyIsoCode",
    "CreditDate",
    "EffectiveDate",
    "PostedAt",
    "VoidedDate",
    "VoidedAt",
    "TotalAmount",
    "TotalTaxAmount",
    "TotalAmountWithTax",
    "CreatedDate",
}


@dataclass(frozen=True, slots=True)
class CashDraft:
    """A payment or credit memo that can be taken."""

    object: str
    record: Record
    external_id: str | None
    number: str | None
    source_key: str | None
    status: str
    currency: str
    effective_date: date
    amount: Decimal

    @property
    def is_live(self) -> bool:
        """Tell whether it stands in the ledger and can be applied."""
        return self.status == "Processed" if self.object == "Payment" else self.status in OWED_STATUSES

    @property
    def name(self) -> str:
        """Name it in a sentence."""
        said = self.number or self.external_id or ""
        what = "the payment" if self.object == "Payment" else "the credit memo"
        return f"{what} {quoted(said)}" if said else f"{what} of {self.effective_date}"


@dataclass(frozen=True, slots=True)
class Staged:
    """A payment or credit memo on its way."""

    key: int
    recorded_at: datetime


class CashBook:
    """Payments and credit memos of one file, held against those of the book."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self._finds_payments = not known.is_empty(shared.connection, ledger.payment)
        self._finds_memos = not known.is_empty(shared.connection, ledger.credit_memo)
        self._seen: Counter[str] = Counter()
        self._known: dict[tuple[str, str], KnownSource] = {}
        self._here: dict[str, dict[str, int]] = {"Payment": {}, "CreditMemo": {}}

    def draft(self, read: ReadRow, object_name: str, about: str) -> CashDraft | None:
        """Work out what a row gives; `about` tells whom or which invoice it is for. RowFault where it cannot be."""
        record = self._file.record(read, object_name)
        if record is None:
            return None

        def column(name: str) -> str:
            return self._file.column(object_name, name)

        currency = record.text("CurrencyIsoCode") or read.currency
        if currency is None:
            raise RowFault("the row says no currency.", "Give its code.", column=column("CurrencyIsoCode"))
        is_payment = object_name == "Payment"
        amount = record.amount("Amount") if is_payment else _memo_total(record, column("TotalAmountWithTax"))
        what = "payment" if is_payment else "credit memo"
        if amount is None:
            raise RowFault(f"the {what} has no amount.", "Give it.", column=column("Amount"))
        if amount <= ZERO:
            said = money(amount, currency)
            raise RowFault(f"the {what} is of {said}; it must be more than nothing.", "Correct it.")
        received = record.moment("Date" if is_payment else "PostedAt")
        day = record.day("EffectiveDate") or record.day("CreditDate") or (received.date() if received else None)
        if day is None:
            raise RowFault(f"the {what} has no date.", "Give it.", column=column("EffectiveDate"))
        external_id = record.text("Id")
        number = record.text("PaymentNumber" if is_payment else "DocumentNumber")
        key = None
        if external_id is None and number is None:
            if not is_payment:
                raise RowFault("the credit memo has no number.", "Give it.", column=column("DocumentNumber"))
            key = self._source_key(about, day, amount, currency)
        else:
            self._check_first(object_name, external_id, number, read.row.number)
        status = record.text("Status") or ("Processed" if is_payment else "Posted")
        return CashDraft(object_name, record, external_id, number, key, status, currency, day, amount)

    @property
    def connection(self) -> Connection:
        """Give the connection to the book."""
        return self._shared.connection

    @property
    def finds_payments(self) -> bool:
        """Tell whether the book held payments before the file."""
        return self._finds_payments

    def has_any(self, object_name: str, numbers: Sequence[str]) -> bool:
        """Tell whether one of these numbers stands twice, or in an earlier row."""
        return len(set(numbers)) < len(numbers) or not self._here[object_name].keys().isdisjoint(numbers)

    def keep(self, object_name: str, numbers: Sequence[str], rows: Sequence[int]) -> None:
        """Take note of numbers, none of which `has_any` knew, and of the rows they stand in."""
        self._here[object_name].update(zip(numbers, rows, strict=True))

    def look_up(self, drafts: Iterable[CashDraft]) -> None:
        """Ask the book which of these it knows."""
        every = list(drafts)
        payments = [one for one in every if one.object == "Payment" and self._finds_payments]
        memos = [one for one in every if one.object == "CreditMemo" and self._finds_memos]
        connection = self._shared.connection
        self._known.clear()
        self._shared.links.came_from.look_up(one.record for one in every if one.object == "CreditMemo")
        for object_name, found in (
            ("Payment", known.payments(connection, _ids(payments), _numbers(payments), _keys(payments))),
            ("CreditMemo", known.credit_memos(connection, _ids(memos), _numbers(memos))),
        ):
            for one in found:
                for name in (one.external_id, one.number, one.source_key):
                    if name is not None:
                        self._known[object_name, name] = one

    def known(self, draft: CashDraft) -> KnownSource | None:
        """Give what the book has of it; RowFault where that says otherwise."""
        names = (draft.external_id, draft.number, draft.source_key)
        found = next(
            (one for name in names if name is not None and (one := self._known.get((draft.object, name)))), None
        )
        if found is None:
            return None
        differences = [
            f"{what} {here}, not {there}"
            for what, there, here in (
                ("amount", plain(draft.amount, draft.currency), plain(found.amount, found.currency)),
                ("currency", draft.currency, found.currency),
                ("date", str(draft.effective_date), str(found.effective_date)),
            )
            if there != here
        ]
        if differences:
            raise RowFault(
                f"{draft.name} is in the book with {'; '.join(differences)}.",
                "What has been recorded is not changed; correct the file.",
            )
        return found

    def stage(self, draft: CashDraft, account: Account | int, warn: Warn) -> Staged:
        """Put it on its way."""
        account_key = account if isinstance(account, int) else account.key
        stage = self._stage_payment if draft.object == "Payment" else self._stage_memo
        self._shared.tally.make(draft.object)
        return stage(draft, account_key, warn)

    def _stage_payment(self, draft: CashDraft, account: int, warn: Warn) -> Staged:
        shared, record = self._shared, draft.record
        key = shared.stage.key(ledger.payment)
        shared.touched.payments.add(key)
        created = min(record.moment("CreatedDate") or shared.moment, shared.moment)
        canceled_on = canceled_at = None
        if draft.status == "Canceled":
            canceled_on = record.day("CancellationEffectiveDate")
            if canceled_on is None:
                canceled_on = draft.effective_date
                warn(f"{draft.name} is canceled and does not say when; the day it took effect is taken.", "")
            canceled_at = max(record.moment("CancellationDate") or created, created)
        columns, values = direct_values("Payment", record, _NOT_DIRECT_OF_PAYMENT)
        shared.stage.rows(ledger.payment, (*_PAYMENT, *columns)).append(
            (
                key,
                draft.external_id,
                draft.number,
                account,
                draft.status,
                record.text("Type") or "Sale",
                record.text("ProcessingMode") or "External",
                draft.currency,
                draft.effective_date.isoformat(),
                units(draft.amount),
                stored(created),
                draft.source_key,
                stored(canceled_on),
                stored(canceled_at),
                shared.journal_id,
                *values,
            )
        )
        return Staged(key, created)

    def _stage_memo(self, draft: CashDraft, account: int, warn: Warn) -> Staged:
        shared, record = self._shared, draft.record
        key = shared.stage.key(ledger.credit_memo)
        shared.touched.credit_memos.add(key)
        created = min(record.moment("CreatedDate") or shared.moment, shared.moment)
        is_posted = draft.status in {*OWED_STATUSES, "Voided"}
        posted_at = min(record.moment("PostedAt") or created, shared.moment) if is_posted else None
        voided_on = voided_at = None
        if draft.status == "Voided" and posted_at is not None:
            voided_on = record.day("VoidedDate")
            if voided_on is None:
                voided_on = draft.effective_date
                warn(f"{draft.name} is voided and does not say when; the day it took effect is taken.", "")
            voided_at = max(record.moment("VoidedAt") or posted_at, posted_at)
        tax = record.amount("TotalTaxAmount") or ZERO
        columns, values = direct_values("CreditMemo", record, _NOT_DIRECT_OF_MEMO)
        shared.stage.rows(ledger.credit_memo, (*_MEMO, *columns)).append(
            (
                key,
                draft.external_id,
                draft.number,
                account,
                shared.contacts.of_id(record.text("BillToContactId") or ""),
                shared.links.owner(record.text("OwnerId")),
                shared.links.came_from.key(record, warn),
                draft.status,
                draft.currency,
                (record.day("CreditDate") or draft.effective_date).isoformat(),
                draft.effective_date.isoformat(),
                stored(posted_at),
                stored(voided_on),
                stored(voided_at),
                units(draft.amount - tax),
                units(tax),
                units(draft.amount),
                stored(created),
                shared.journal_id,
                *values,
            )
        )
        return Staged(key, posted_at or created)

    def _source_key(self, about: str, day: date, amount: Decimal, currency: str) -> str:
        key = f"{about}|{day}|{plain(amount, currency)}|{currency}"
        self._seen[key] += 1
        return f"{key}|{self._seen[key]}"

    def _check_first(self, object_name: str, external_id: str | None, number: str | None, row: int) -> None:
        for name in (external_id, number):
            if name is None:
                continue
            first = self._here[object_name].setdefault(name, row)
            if first != row:
                raise RowFault(f"{quoted(name)} stands in row {first} already.", "Leave one of them out.")


def _memo_total(record: Record, column: str) -> Decimal | None:
    net, tax, total = (record.amount(f"Total{part}") for part in ("Amount", "TaxAmount", "AmountWithTax"))
    if total is None:
        return None if net is None else net + (tax or ZERO)
    if net is not None and tax is not None and net + tax != total:
        raise RowFault(f"{net} and {tax} make {net + tax}, not {total}.", "Correct them.", column=column)
    return total


def _ids(drafts: Iterable[CashDraft]) -> set[str]:
    return {draft.external_id for draft in drafts if draft.external_id is not None}


def _numbers(drafts: Iterable[CashDraft]) -> set[str]:
    return {draft.number for draft in drafts if draft.number is not None}


def _keys(drafts: Iterable[CashDraft]) -> set[str]:
    return {draft.source_key for draft in drafts if draft.source_key is not None}
