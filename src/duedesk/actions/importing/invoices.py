"""Invoices of a file, with what the same row gives beside them, held against the book and written.

An invoice is known by its Id, then its number. One that stands in the book already is left as it is, and a row that
says otherwise of it is at fault.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from duedesk.actions.importing.beside import Beside, Target, target_of, total_of
from duedesk.actions.importing.cash import CashBook, CashDraft
from duedesk.actions.importing.comparing import differences
from duedesk.actions.importing.drafts import InvoiceDraft, InvoiceDrafts
from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.making import InvoiceMaker
from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow
from duedesk.store import known
from duedesk.store.known import KnownInvoice


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

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self.was_empty = not shared.has_invoices()
        self.drafts = InvoiceDrafts(file)
        self._beside = Beside(shared, file)
        self._maker = InvoiceMaker(shared, file)
        self._held: list[ReadRow] = []
        self._left: dict[int, Target] = {}

    @property
    def cash(self) -> CashBook:
        """Give the payments and credit memos of the file, as far as they came by."""
        return self._beside.book

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows; where rows are lines, those of one invoice stand together."""
        if not self._file.has("InvoiceLine"):
            self._take_groups([read] for read in self._file.readable(rows))
            return
        groups = [list(group) for _, group in groupby([*self._held, *self._file.readable(rows)], self.drafts.name)]
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
                draft = self.drafts.draft(reads)
                drafts.append((draft, self._beside.drafts(draft)))
            except RowFault as fault:
                self._put_aside(reads, fault)
        there = self._look_up([draft for draft, _ in drafts])
        self._beside.look_up(one for _, beside in drafts for one in beside)
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

    def _look_up(self, drafts: Sequence[InvoiceDraft]) -> _There:
        if self.was_empty:
            return _There(())
        ids = {draft.external_id for draft in drafts if draft.external_id is not None}
        numbers = {draft.number for draft in drafts if draft.number is not None}
        return _There(known.invoices(self._shared.connection, ids, numbers))

    def _take(self, draft: InvoiceDraft, beside: Sequence[CashDraft], there: _There) -> None:
        warn = self._file.warner(draft.reads[0], draft.warnings)
        account_record = self._file.record(draft.reads[0], "Account")
        reference = draft.record.text("BillingAccountId")
        account = self._shared.accounts.find(account_record, reference)
        found = there.find(draft)
        fresh = self._beside.new(beside, found.currency if found is not None else draft.currency, found)
        if found is not None:
            self._check_same(draft, found, account, warn)
            self._shared.tally.leave("Invoice")
            target = self._left.setdefault(found.id, target_of(found))
        elif not self.drafts.defines:
            raise RowFault(f"there is no invoice {draft.name}.", "Import it first, or in the same go.")
        else:
            account = self._shared.accounts.find_or_make(account_record, reference, self._shared.links, warn)
            target = self._maker.make(draft, account, total_of(fresh), warn)
        for one in beside:
            if one in fresh:
                self._beside.apply(one, target, warn)
            else:
                self._shared.tally.leave(one.object)

    def _check_same(self, draft: InvoiceDraft, found: KnownInvoice, account: Account | None, warn: Warn) -> None:
        """Refuse a row that says otherwise of an invoice than the book does."""
        different = differences(draft, found)
        names_account = self._file.has("Account") or draft.record.has("BillingAccountId")
        if names_account and (account is None or account.key != found.account_id):
            different.append("another account")
        if different:
            raise RowFault(
                f"{draft.name} is in the book with {'; '.join(different)}.",
                "What is posted is not changed; correct the file, or credit the invoice.",
            )
        if draft.record.has("Status") and draft.status != found.status:
            warn(f"the file says {draft.status}, the book {found.status}; it was left so.", "")
