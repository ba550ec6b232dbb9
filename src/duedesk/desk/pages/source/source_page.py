"""What the pages of a payment and of a credit memo share: both are applied, unapplied, and belong to an account."""

from collections.abc import Callable
from datetime import date
from typing import Generic

from duedesk.desk.navigation import ShowAccount
from duedesk.desk.page import Desk, PageCommand
from duedesk.desk.pages.source.content import APPLIED, REFUNDS
from duedesk.desk.records.apply_verb import open_apply
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.records.shape import Shape
from duedesk.desk.records.unapply_verb import Applied, ask_unapply
from duedesk.desk.records.viewing import keep_view
from duedesk.domain.access import why_not
from duedesk.store.queries.records.applications import AppliedPart
from duedesk.store.queries.records.whole_source import Source, WholeSource

CONCERNS = ("Payment", "CreditMemo", "Refund", "Invoice", "Account", "ApprovalRequest")


class SourcePage(OneRecordPage[WholeSource[Source]], Generic[Source]):
    """A payment or a credit memo; `kind` is its object."""

    def __init__(self, desk: Desk, as_of: date, shape: Shape[WholeSource[Source]], kind: str) -> None:
        super().__init__(desk, as_of, shape)
        self._kind = self.object_name = kind
        self.head.title_pressed.connect(self.show_account)
        for name in (APPLIED, REFUNDS):
            rows = self.tabs.called(name).table.selectionModel()
            rows.currentRowChanged.connect(lambda *_: self.offer())

    def begin_record(self, key: int) -> None:
        """Keep that the record was looked at."""
        keep_view(self, self._kind, key)

    @property
    def part_in_hand(self) -> AppliedPart | None:
        """Give the application whose row is chosen; None where nothing of it is left."""
        place = self.place_in(APPLIED)
        parts = () if self.record is None else self.record.source.applications
        found = parts[place] if place is not None and place < len(parts) else None
        return found if found is not None and found.left else None

    def place_in(self, tab: str) -> int | None:
        """Give the place of the row that is chosen in a tab; None while another is in front."""
        place = self.tabs.called(tab).table.currentIndex().row()
        return place if place >= 0 and self.tabs.names[self.tabs.place] == tab else None

    def command(self, text: str, key: str, action: str, run: Callable[[], None], barred: str = "") -> PageCommand:
        """Make the command of an action: barred to whoever may not do it, and where a reason is given."""
        standing = None if self.record is None else self.record.standing
        reason = self.barred() or ("" if standing is None else why_not(standing, action)) or barred
        return PageCommand(text, run, (key,), barred=lambda: reason)

    def applying(self) -> list[PageCommand]:
        """Give what puts it on invoices and takes it off again."""
        if self.record is None:
            return []
        nothing_left = "" if self.record.source.balance else "nothing of it is left"
        found = [self.command("&Apply…", "A", "apply", self.apply, nothing_left)]
        if self.part_in_hand is not None:
            found.append(self.command("&Unapply…", "U", "unapply", self.unapply))
        return found

    def apply(self) -> None:
        """Put what is left on invoices of the account."""
        if self.record is not None:
            one = self.record.source
            open_apply(self, (one.account_key, one.account), one.currency, source=(self._kind, one.key))

    def unapply(self) -> None:
        """Take the application in hand off its invoice."""
        part = self.part_in_hand
        if part is not None and self.record is not None:
            currency = self.record.source.currency
            ask_unapply(self, Applied(part.key, f"from {part.invoice}", part.left, currency, part.on))

    def also(self) -> tuple[PageCommand, ...]:
        """Give the way to the account."""
        return (PageCommand("&Open the account", self.show_account, ("O",)),) if self.can_go(ShowAccount) else ()

    def account_in_hand(self) -> tuple[int, str] | None:
        """Give the account."""
        return None if self.record is None else (self.record.source.account_key, self.record.source.account)

    def show_account(self) -> None:
        """Go to the account."""
        if self.record is not None and self.can_go(ShowAccount):
            self.go(ShowAccount(self.record.source.account_key, self.as_of, self.known_on))
