"""One invoice with all that stands beside it: notes and files, instalments, what waits for approval, who may what."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import Connection

from duedesk.domain.access import Standing
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import DisputeRow, disputes_of
from duedesk.store.queries.dunning.holds import HoldRow, PromiseRow, holds_of, promises_on
from duedesk.store.queries.letters.lists import LetterRow, letter_rows
from duedesk.store.queries.records.credit_memo import Approval, approvals_of
from duedesk.store.queries.records.feed import FeedPost, feed
from duedesk.store.queries.records.instalments import InstalmentRow, instalments_of
from duedesk.store.queries.records.invoice import InvoiceRecord, invoice_record
from duedesk.store.standing import standing_of


@dataclass(frozen=True, slots=True)
class WholeInvoice:
    """An invoice as of a day. Notes, files and requests are those of now: they have no day in the ledger."""

    invoice: InvoiceRecord
    instalments: tuple[InstalmentRow, ...]
    posts: tuple[FeedPost, ...]
    requests: tuple[Approval, ...]
    standing: Standing
    disputes: tuple[DisputeRow, ...] = ()
    standing_holds: tuple[HoldRow, ...] = ()
    """Holds of it and of its account that stand on the day."""
    open_promises: tuple[PromiseRow, ...] = ()
    """Promises on it that are open or broken on the day."""
    letters: tuple[LetterRow, ...] = ()
    """Letters that asked for it by the day, the newest first."""

    @property
    def waiting(self) -> Approval | None:
        """Give the request that waits for somebody's approval."""
        return next((one for one in self.requests if one.status == "Pending"), None)

    @property
    def standing_disputes(self) -> tuple[DisputeRow, ...]:
        """Give what is contested of it and not resolved."""
        return tuple(one for one in self.disputes if one.stands)

    @property
    def contested(self) -> Decimal:
        """Give how much of what is open is contested."""
        return min(sum((one.amount for one in self.standing_disputes), ZERO), self.invoice.balance)

    @property
    def promised(self) -> Decimal:
        """Give how much of what is open is promised, kept in time or not."""
        return sum((one.amount - one.paid for one in self.open_promises), ZERO)


def whole_invoice(connection: Connection, key: int, *, as_of: date, known_on: datetime | None = None) -> WholeInvoice:
    """Give an invoice whole, as the person at the desk sees it; RequestError where it is gone."""
    record = invoice_record(connection, key, as_of=as_of, known_on=known_on)
    user = connection.get_execution_options().get("user", "")
    return WholeInvoice(
        record,
        instalments_of(connection, key, record.balance),
        feed(connection, key),
        approvals_of(connection, key),
        standing_of(connection, user),
        disputes_of(connection, key, Standpoint(as_of, known_on)),
        tuple(one for one in holds_of(connection, invoice_key=key) if one.stands(as_of)),
        tuple(one for one in promises_on(connection, invoice_key=key) if one.state(as_of) in {"open", "broken"}),
        tuple(one for one in letter_rows(connection, invoice_key=key) if one.day <= as_of),
    )
