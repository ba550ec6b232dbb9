"""Invoices by number with their notes, promises and disputes, for a workbook that comes back; it compares nothing."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import islice

from sqlalchemy import Connection, select

from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.promises import Promise, still_promised
from duedesk.domain.reports.taking_back import DisputeNow, InvoiceNow, NoteNow, PromiseNow
from duedesk.store.queries.dunning.kept_back import paid_since
from duedesk.store.settlement import chosen
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.dunning import payment_promise
from duedesk.store.tables.following import invoice_feed
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

FROM_WORKBOOK = "take_back"
"""The action by which what was typed into a workbook is taken over."""

_AT_ONCE = 500


def invoices_now(connection: Connection, numbers: Iterable[str], today: date) -> Mapping[str, InvoiceNow]:
    """Give the invoices of these numbers that the reader may see, by number."""
    found: dict[str, InvoiceNow] = {}
    wanted = iter(dict.fromkeys(number for number in numbers if number))
    while some := list(islice(wanted, _AT_ONCE)):
        columns = (invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code, invoice.c.status)
        asked = select(*columns, invoice.c.balance, account.c.name).join(
            account, account.c.id == invoice.c.billing_account_id
        )
        rows = connection.execute(asked.where(invoice.c.document_number.in_(some))).all()
        keys = [row.id for row in rows]
        notes, promises, disputes = (
            _notes(connection, keys),
            _promises(connection, keys, today),
            _disputes(connection, keys),
        )
        for row in rows:
            found[row.document_number] = InvoiceNow(
                row.id,
                row.document_number,
                row.name,
                row.currency_iso_code,
                row.status in OWED_STATUSES,
                row.balance,
                tuple(notes.get(row.id, ())),
                tuple(promises.get(row.id, ())),
                tuple(disputes.get(row.id, ())),
            )
    return found


def _notes(connection: Connection, keys: Collection[int]) -> dict[int, list[NoteNow]]:
    one = invoice_feed.c
    asked = select(one.parent_id, one.body, one.is_deleted).where(
        one.type == "TextPost", chosen(connection, one.parent_id, keys)
    )
    found: dict[int, list[NoteNow]] = {}
    for key, body, is_taken_away in connection.execute(asked.order_by(one.id)):
        found.setdefault(key, []).append(NoteNow(body or "", is_taken_away))
    return found


def _promises(connection: Connection, keys: Collection[int], today: date) -> dict[int, list[PromiseNow]]:
    one, made_by = payment_promise.c, journal_entry.c.action
    columns = (one.id, one.invoice_id, one.promised_amount, one.promise_date, one.received_date, one.withdrawn_on)
    asked = (
        select(*columns, one.recorded_at, one.recorded_by, paid_since().label("paid"), made_by)
        .select_from(payment_promise.outerjoin(journal_entry, journal_entry.c.id == one.journal_id))
        .where(chosen(connection, one.invoice_id, keys))
        .order_by(one.promise_date, one.received_date, one.id)
    )
    found: dict[int, list[PromiseNow]] = {}
    for row in connection.execute(asked):
        promise = Promise(row.promised_amount, row.promise_date, row.received_date, row.withdrawn_on, row.paid)
        left, _ = still_promised([promise], today, 0)
        found.setdefault(row.invoice_id, []).append(
            PromiseNow(
                row.id,
                row.promised_amount,
                row.promise_date,
                row.recorded_at,
                row.recorded_by,
                holds=left > 0,
                is_withdrawn=row.withdrawn_on is not None,
                from_workbook=row.action == FROM_WORKBOOK,
            )
        )
    return found


def _disputes(connection: Connection, keys: Collection[int]) -> dict[int, list[DisputeNow]]:
    one = dispute.c
    asked = select(one.invoice_id, one.reason_code, one.disputed_amount, one.resolved_on).where(
        chosen(connection, one.invoice_id, keys)
    )
    found: dict[int, list[DisputeNow]] = {}
    for key, reason, amount, resolved in connection.execute(asked.order_by(one.id)):
        found.setdefault(key, []).append(DisputeNow(reason, amount, resolved is not None))
    return found
