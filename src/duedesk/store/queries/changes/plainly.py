"""What changed of documents that nothing odd happened to: told at once, without replaying a document.

Such a document came before anything was put on it and never went, so that every event moves it by its own amount.
What it does not tell is named, and is for `since` to replay.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, null, select

from duedesk.domain.changed_since import Change, ChangesRequest
from duedesk.domain.explaining.dossier import NOBODY_ELSE, Event, EventKind, Other
from duedesk.domain.money import ZERO
from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.records.recorders import recorders_of
from duedesk.store.queries.unapplied import PAYMENTS, Source
from duedesk.store.settlement import chosen
from duedesk.store.tables import METADATA
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, credit_memo, invoice

Hear = Callable[[int, int], None]
"""Told how many documents of how many were read; it may raise Cancelled."""

Touched = Mapping[str, tuple[Source | None, Sequence[int]]]
"""The keys of the documents that something was recorded of, by their object."""

AT_A_TIME = 10_000
"""Documents that are read at once."""


class _Head(NamedTuple):
    """What is told of a document whatever happened to it: `bucket` is where an invoice lies, `kind` what it is."""

    key: int
    number: str
    account_key: int
    account: str
    account_number: str
    currency: str
    bucket: int
    kind: str


@dataclass(frozen=True, slots=True)
class Told:
    """The changes of the plain documents, which documents these are, and the applications that are left to others."""

    changes: list[Change]
    plain: Mapping[str, Mapping[int, object]]
    others: Mapping[str, set[int]]
    """What is to be replayed: the other documents, and those that an application left to others is of."""
    applications: set[int]

    def leaves(self, name: str, key: int, event: Event) -> bool:
        """Tell whether an event of a document is not told here."""
        if key not in self.plain[name]:
            return True
        return event.kind in {EventKind.APPLIED, EventKind.UNAPPLIED} and event.key in self.applications


def told_plainly(connection: Connection, request: ChangesRequest, touched: Touched, applied: Any, hear: Hear) -> Told:
    """Tell what changed of the plain among the documents; `applied` is the condition of applications in between."""
    teller = _Teller(connection, request)
    done, total = 0, sum(len(keys) for _, keys in touched.values())
    plain: dict[str, dict[int, _Head]] = {}
    for name, (source, keys) in touched.items():
        plain[name] = {}
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            plain[name].update((head.key, head) for head in teller.came(name, source, some))
            done += len(some)
            hear(done, total)
    others = {name: set(keys).difference(plain[name]) for name, (_, keys) in touched.items()}
    left = teller.applied(applied, plain, others)
    return Told(teller.changes, plain, others, left)


class _Teller:
    """Makes the changes, one of each event."""

    def __init__(self, connection: Connection, request: ChangesRequest) -> None:
        self.changes: list[Change] = []
        self._connection, self._request = connection, request
        self._nothing, self._over = (ZERO,) * len(request.buckets), request.over

    def came(self, name: str, source: Source | None, keys: Sequence[int]) -> Iterator[_Head]:
        """Tell of the plain documents among the keys that they came, where that is asked; give what they are called."""
        asked = _invoices(self._request) if source is None else _sources(self._request, source)
        key = invoice.c.id if source is None else source.table.c.id
        rows = self._connection.execute(asked.where(chosen(self._connection, key, keys))).all()
        fresh = [row for row in rows if row.recorded > self._request.since]
        journal = {row.journal_id for row in fresh}
        by = recorders_of(self._connection, name, [row.id for row in fresh], journal)
        status = "Processed" if source is PAYMENTS else "Posted"
        for key, journal_id, recorded, dated, total, due, category, *named in rows:
            bucket, kind = 0, "Invoice"
            if source is None:
                bucket = self._request.bucket(due, dated)
            else:
                kind = "Write-off" if category == CATEGORY else source.kind
            number, account_key, account, account_number, currency = named
            head = _Head(key, number or "", account_key, account, account_number or "", currency, bucket, kind)
            if recorded > self._request.since:
                about = (recorded, dated, _came_as(source, category), by.of(key, status, journal_id))
                self._tell(head, name, about, (total, ZERO) if source is None else (ZERO, -total), NOBODY_ELSE, "")
            yield head

    def applied(
        self, condition: Any, plain: Mapping[str, dict[int, _Head]], others: Mapping[str, set[int]]
    ) -> set[int]:
        """Tell of applications between plain documents; name those that are not, and add their documents to others."""
        event = application.c
        names = ("id", "type", "invoice_id", "payment_id", "credit_memo_id", "effective_date", "recorded_at")
        found = select(*(event[name] for name in (*names, "impact_amount", "comments", "journal_id")))
        rows = self._connection.execute(found.where(condition).order_by(event.id)).all()
        by = recorders_of(self._connection, "", (), {row.journal_id for row in rows})
        left = set()
        for row in rows:
            name = "Payment" if row.credit_memo_id is None else "CreditMemo"
            key = row.payment_id if row.credit_memo_id is None else row.credit_memo_id
            head, other = plain["Invoice"].get(row.invoice_id), plain[name].get(key)
            if head is None or other is None:
                left.add(row.id)
                others["Invoice"].add(row.invoice_id)
                others[name].add(key)
                continue
            kind = EventKind.APPLIED if row.type == "Applied" else EventKind.UNAPPLIED
            who, amount = by.of(row.id, "", row.journal_id), row.impact_amount
            its = Other(name, key, other.number, other.kind)
            about = (row.recorded_at, row.effective_date, kind, who)
            self._tell(head, "Invoice", about, (amount, -amount), its, row.comments or "")
        return left

    def _tell(
        self,
        head: _Head,
        name: str,
        about: tuple[datetime, date, EventKind, str],
        moved: tuple[Decimal, Decimal],
        other: Other,
        note: str,
    ) -> None:
        buckets = self._nothing
        if moved[0]:
            buckets = (*buckets[: head.bucket], moved[0], *buckets[head.bucket + 1 :])
        recorded, on, kind, who = about
        key, number, account_key, account, account_number, currency, _, _ = head
        whose = account_key, account, account_number, currency
        is_late = on <= self._over
        self.changes.append(
            Change(recorded, on, kind, who, name, key, number, *whose, buckets, moved[1], is_late, other, note)
        )


def _came_as(source: Source | None, category: str | None) -> EventKind:
    if source is None:
        return EventKind.POSTED
    if source is PAYMENTS:
        return EventKind.RECEIVED
    return EventKind.WRITTEN_OFF if category == CATEGORY else EventKind.CREDITED


def _invoices(request: ChangesRequest) -> Select[Any]:
    """Give the plain invoices: posted by then, never voided, paid as a whole, nothing put on them before they came."""
    document, items = invoice.c, METADATA.tables["payment_schedule_item"].c
    early = select(application.c.id).where(
        application.c.invoice_id == document.id, application.c.recorded_at < document.posted_at
    )
    life = [document.posted_at.label("recorded"), document.invoice_date, document.total_amount_with_tax]
    whose = [document.document_number, document.billing_account_id]
    return _named(document, life, [document.due_date, null()], whose).where(
        document.posted_at.is_not(None),
        Standpoint(request.as_of, request.until).happened(document.invoice_date, document.posted_at),
        document.voided_at.is_(None),
        document.id.not_in(select(items.invoice_id)),
        ~early.exists(),
    )


def _sources(request: ChangesRequest, source: Source) -> Select[Any]:
    """Give the plain payments or memos: come by then, never withdrawn, nothing given back or gone unseen."""
    own, hidden = source.table.c, hidden_application.c[source.reference.name]
    early = select(application.c.id).where(source.reference == own.id, application.c.recorded_at < source.recorded)
    life = [source.recorded.label("recorded"), source.effective_date, source.total]
    category = null() if source is PAYMENTS else credit_memo.c.category
    found = _named(own, life, [null(), category], [source.number, source.account_id]).where(
        source.came_in,
        Standpoint(request.as_of, request.until).happened(source.effective_date, source.recorded),
        source.withdrawn_on.is_(None),
        own.id.not_in(select(hidden).where(hidden.is_not(None))),
        ~early.exists(),
    )
    if source is PAYMENTS:
        found = found.where(own.id.not_in(select(METADATA.tables["refund"].c.payment_id)))
    return found


def _named(own: Any, life: Sequence[Any], also: Sequence[Any], whose: Sequence[Any]) -> Select[Any]:
    """Give what is told of documents, in the order in which it is read."""
    number, account_id = whose
    account = METADATA.tables["account"].c
    named = number, account_id, account.name, account.account_number, own.currency_iso_code
    return select(own.id, own.journal_id, *life, *also, *named).where(account.id == account_id)
