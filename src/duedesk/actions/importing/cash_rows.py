"""Files of payments or of credit memos, a row each; what becomes of one is said beside invoices too."""

from collections.abc import Sequence

from duedesk.actions.importing.cash import CashBook, CashDraft
from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow


class CashRows:
    """The rows of a file of payments or of credit memos."""

    def __init__(self, shared: Shared, file: FileRows, object_name: str) -> None:
        self._shared, self._file, self._object = shared, file, object_name
        self._book = CashBook(shared, file)

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows; each names its account."""
        drafts: list[tuple[ReadRow, CashDraft]] = []
        for read in self._file.readable(rows):
            try:
                draft = self._book.draft(read, self._object, self._account_name(read))
            except RowFault as fault:
                self._file.reject(read, [self._file.fault(read, fault)])
                continue
            if draft is not None:
                drafts.append((read, draft))
        self._book.look_up(draft for _, draft in drafts)
        for read, draft in drafts:
            warnings: list[Problem] = []
            try:
                self._take(read, draft, self._file.warner(read, warnings))
            except RowFault as fault:
                self._file.reject(read, [self._file.fault(read, fault)])
            else:
                self._file.accept(warnings)

    def end(self) -> list[Problem]:
        """Give what stands in the way: nothing but what the rows said."""
        return []

    def _take(self, read: ReadRow, draft: CashDraft, warn: Warn) -> None:
        if self._book.known(draft) is not None:
            self._shared.tally.leave(self._object)
            return
        reference = draft.record.text("AccountId" if self._object == "Payment" else "BillingAccountId")
        account = self._shared.accounts.find_or_make(
            self._file.record(read, "Account"), reference, self._shared.links, warn
        )
        self._book.stage(draft, account, warn)

    def _account_name(self, read: ReadRow) -> str:
        record = self._file.record(read, self._object)
        account = self._file.record(read, "Account")
        said = record.text("AccountId") if record is not None else None
        if said is None and account is not None:
            said = account.text("Id") or account.text("AccountNumber") or account.text("Name")
        return said or ""
