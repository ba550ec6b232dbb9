"""What a row gives beside its invoice: the payments and credit memos that settle it, applied as far as it is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from duedesk.actions.importing.applications import ApplicationDraft, stage_application
from duedesk.actions.importing.cash import CashBook, CashDraft
from duedesk.actions.importing.drafts import InvoiceDraft
from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared, money
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import ZERO
from duedesk.store.known import KnownInvoice


@dataclass(slots=True)
class Target:
    """The invoice that what a row gives beside it is applied to; `left` is what is open of it."""

    key: int
    account_key: int
    currency: str
    invoice_date: date | None
    posted_at: datetime | None
    is_owed: bool
    left: Decimal


class Beside:
    """Payments and credit memos in the rows of a file of invoices."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self.book = CashBook(shared, file)
        self._kinds = [name for name in ("CreditMemo", "Payment") if file.has(name)]

    def drafts(self, invoice: InvoiceDraft) -> list[CashDraft]:
        """Work out what the rows of an invoice give beside it; RowFault where it cannot be."""
        beside: list[CashDraft] = []
        if not self._kinds:
            return beside
        about = invoice.number or invoice.external_id or ""
        for read in invoice.reads:
            for object_name in self._kinds:
                one = self.book.draft(read, object_name, about)
                if one is not None:
                    beside.append(one)
        return beside

    def look_up(self, drafts: Iterable[CashDraft]) -> None:
        """Ask the book which of these it knows."""
        if self._kinds:
            self.book.look_up(drafts)

    def new(self, drafts: Iterable[CashDraft], currency: str, known: KnownInvoice | None) -> list[CashDraft]:
        """Give those that the book does not know; RowFault where it says otherwise of one, or in another currency.

        A payment without a number of its own is known by its day and amount. Where the invoice stood in the book
        before and has less open than such a payment brings, it is an earlier one told differently, not more money.
        """
        fresh = [one for one in drafts if self.book.known(one) is None]
        unnumbered = [one for one in fresh if one.source_key is not None and one.is_live]
        if known is not None and known.status in OWED_STATUSES:
            brought = sum((one.amount for one in unnumbered), ZERO)
            if brought > known.open:
                raise RowFault(
                    f"{unnumbered[0].name} is more than the {money(known.open, currency)} open on the invoice.",
                    "If it came in before with another day or amount, correct the row; else give it a number.",
                )
        for one in fresh:
            if one.currency != currency:
                raise RowFault(f"{one.name} is in {one.currency}, its invoice in {currency}.", "Correct one of them.")
        return fresh

    def apply(self, draft: CashDraft, target: Target, warn: Warn) -> None:
        """Take a payment or credit memo of the row and put it on the invoice, as far as that is open."""
        staged = self.book.stage(draft, target.account_key, warn)
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


def target_of(found: KnownInvoice) -> Target:
    """Give an invoice of the book as one that something can be applied to."""
    return Target(
        found.id,
        found.account_id,
        found.currency,
        found.invoice_date,
        found.posted_at,
        found.status in OWED_STATUSES,
        found.open,
    )


def total_of(drafts: Iterable[CashDraft]) -> Decimal:
    """Add up what settles an invoice."""
    return sum((one.amount for one in drafts if one.is_live), ZERO)
