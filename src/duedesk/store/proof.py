"""Prove a book: every stored figure again from its events, by another road than wrote it; it mends nothing.

`store.settlement` states the figures in SQL; here `domain.ledger` works them out in Python, document by document.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Row, Select, func, or_, select

from duedesk.domain.aging import AgingRequest, GroupBy
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.money import ZERO, plain
from duedesk.store.history_proof import broken_history
from duedesk.store.journal import broken_entries
from duedesk.store.queries.aging import aging
from duedesk.store.queries.unapplied import SOURCES, Source
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import application, invoice, invoice_line, payment

AT_A_TIME = 5_000
"""Rows in memory at once."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something stored that its events do not bear out."""

    record: str
    field: str
    stored: str
    proved: str

    def __str__(self) -> str:
        return f"{self.record}: {self.field} is {self.stored or 'empty'}, its events make it {self.proved or 'empty'}."


Step = Callable[[str, int], None]
"""Told the name of each proof as it is begun, and how many records it goes over."""


def prove(connection: Connection, *, as_of: date, step: Step = lambda _name, _count: None) -> Iterator[Finding]:
    """Give everything that does not hold, in one state of the book."""
    for name, table, proof in (
        ("invoices against their applications", invoice, _invoices),
        ("invoices against their lines", invoice_line, _lines),
        ("applications against what they take back", application, _reversals),
        ("the journal's chain", journal_entry, _journal),
        ("the history's chain and what it says", history_entry, _history),
    ):
        step(name, connection.scalar(select(func.count()).select_from(table)) or 0)
        yield from proof(connection)
    for source in SOURCES:
        step(f"{source.kind.lower()}s against their applications", _count(connection, source))
        yield from _source(connection, source)
    step("not due + buckets + unapplied = balance", 1)
    yield from _balances(connection, as_of)
    if connection.dialect.name == "sqlite":
        step("the file itself", 1)
        yield from _file(connection)


def _invoices(connection: Connection) -> Iterator[Finding]:
    columns = (
        invoice.c.id,
        invoice.c.document_number,
        invoice.c.status,
        invoice.c.settlement_status,
        invoice.c.currency_iso_code,
        invoice.c.invoice_date,
        invoice.c.posted_at,
        invoice.c.voided_date,
        invoice.c.voided_at,
        invoice.c.full_settlement_date,
        invoice.c.total_amount_with_tax,
        invoice.c.net_payments_applied,
        invoice.c.net_credits_applied,
        invoice.c.balance,
    )
    events = (
        application.c.invoice_id,
        application.c.kind,
        application.c.impact_amount,
        application.c.effective_date,
        application.c.recorded_at,
        application.c.account_id,
        application.c.currency_iso_code,
    )
    documents = _stream(connection, select(*columns, invoice.c.billing_account_id).order_by(invoice.c.id))
    applied = _stream(connection, select(*events).order_by(application.c.invoice_id, application.c.id))
    for row, its_events in _beside(documents, applied):
        yield from _invoice(row, its_events)


def _invoice(row: Row[Any], events: list[Row[Any]]) -> Iterator[Finding]:
    posting = Posting(row.total_amount_with_tax, row.invoice_date, row.posted_at, row.voided_date, row.voided_at)
    proved = settle(posting, [_event(one) for one in events])
    name = f"Invoice {row.document_number or f'with key {row.id}'}"
    currency = row.currency_iso_code
    for label, stored, right in (
        ("Balance", row.balance, proved.balance),
        ("NetPaymentsApplied", row.net_payments_applied, proved.net_payments_applied),
        ("NetCreditsApplied", row.net_credits_applied, proved.net_credits_applied),
    ):
        if stored != right:
            yield Finding(name, label, plain(stored, currency), plain(right, currency))
    if row.settlement_status != proved.settlement_status:
        yield Finding(name, "SettlementStatus", row.settlement_status, proved.settlement_status)
    if row.full_settlement_date != proved.full_settlement_date:
        yield Finding(name, "FullSettlementDate", _day(row.full_settlement_date), _day(proved.full_settlement_date))
    for event in events:
        if event.account_id != row.billing_account_id or event.currency_iso_code != currency:
            yield Finding(name, "an application", f"of another account or in {event.currency_iso_code}", currency)
        if row.posted_at is not None and event.recorded_at < row.posted_at:
            yield Finding(name, "an application", f"recorded {event.recorded_at}", f"{row.posted_at} or later")
        if row.invoice_date is not None and event.effective_date < row.invoice_date:
            yield Finding(
                name, "an application", f"of {_day(event.effective_date)}", f"{_day(row.invoice_date)} or later"
            )


def _event(row: Row[Any]) -> Application:
    return Application(row.kind, row.impact_amount, row.effective_date, row.recorded_at)


def _source(connection: Connection, source: Source) -> Iterator[Finding]:
    documents = _stream(
        connection,
        select(
            source.table.c.id,
            source.number.label("number"),
            source.table.c.status,
            source.table.c.currency_iso_code,
            source.total.label("total"),
            source.applied.label("applied"),
            source.balance.label("rest"),
            source.effective_date.label("effective_date"),
        ).order_by(source.table.c.id),
    )
    applied = _stream(
        connection,
        select(source.reference, application.c.impact_amount.label("impact"), application.c.effective_date)
        .where(source.reference.is_not(None))
        .order_by(source.reference),
    )
    counted = ("Processed",) if source.table is payment else ("Posted", "Void In Progress")
    for row, events in _beside(documents, applied):
        name = f"{source.kind} {row.number or f'with key {row.id}'}"
        net = -sum((event.impact for event in events), ZERO)
        rest = row.total - net if row.status in counted else ZERO
        for label, stored, right in (("net applied", row.applied, net), ("Balance", row.rest, rest)):
            if stored != right:
                yield Finding(name, label, plain(stored, row.currency_iso_code), plain(right, row.currency_iso_code))
        for event in events:
            if event.effective_date < row.effective_date:
                least = f"{_day(row.effective_date)} or later"
                yield Finding(name, "an application", f"of {_day(event.effective_date)}", least)


def _lines(connection: Connection) -> Iterator[Finding]:
    """Invoices with lines: charges and adjustments add up to the total before tax, tax lines to the tax."""
    sums = (
        select(
            invoice_line.c.invoice_id,
            func.sum(invoice_line.c.line_amount).filter(invoice_line.c.type != "Tax").label("net"),
            func.sum(invoice_line.c.tax_amount).label("tax"),
        )
        .group_by(invoice_line.c.invoice_id)
        .subquery("sums")
    )
    found = (
        select(
            invoice.c.document_number,
            invoice.c.currency_iso_code,
            invoice.c.total_amount,
            invoice.c.total_tax_amount,
            sums.c.net,
            sums.c.tax,
        )
        .select_from(invoice.join(sums, sums.c.invoice_id == invoice.c.id))
        .where(or_(sums.c.net != invoice.c.total_amount, sums.c.tax != invoice.c.total_tax_amount))
    )
    for row in connection.execute(found):
        pairs = (("TotalAmount", row.total_amount, row.net), ("TotalTaxAmount", row.total_tax_amount, row.tax))
        yield from _differences(f"Invoice {row.document_number}", row.currency_iso_code, pairs)


def _differences(name: str, currency: str, pairs: tuple[tuple[str, Decimal, Decimal], ...]) -> Iterator[Finding]:
    for label, stored, right in pairs:
        if stored != right:
            yield Finding(name, label, plain(stored, currency), plain(right, currency))


def _reversals(connection: Connection) -> Iterator[Finding]:
    """What is taken back belongs to the same document and source, and is never more than was put on."""
    taken, put = application.alias("taken"), application.alias("put")
    mixed = select(taken.c.id, put.c.id).where(
        taken.c.reverses_id == put.c.id,
        or_(
            taken.c.invoice_id != put.c.invoice_id,
            taken.c.kind != put.c.kind,
            put.c.type != "Applied",
            func.coalesce(taken.c.payment_id, taken.c.credit_memo_id)
            != func.coalesce(put.c.payment_id, put.c.credit_memo_id),
        ),
    )
    for key, original in connection.execute(mixed):
        yield Finding(
            f"Application {key}", "what it takes back", f"application {original}", "one of the same documents"
        )
    too_much = (
        select(put.c.id, put.c.amount, put.c.currency_iso_code, func.sum(taken.c.amount).label("back"))
        .join(taken, taken.c.reverses_id == put.c.id)
        .group_by(put.c.id, put.c.amount, put.c.currency_iso_code)
        .having(func.sum(taken.c.amount) > put.c.amount)
    )
    for row in connection.execute(too_much):
        limit = f"at most {plain(row.amount, row.currency_iso_code)}"
        yield Finding(f"Application {row.id}", "taken back", plain(row.back, row.currency_iso_code), limit)


def _journal(connection: Connection) -> Iterator[Finding]:
    for key in broken_entries(connection):
        yield Finding(f"Journal entry {key}", "its seal", "broken", "whole")


def _history(connection: Connection) -> Iterator[Finding]:
    for one in broken_history(connection):
        yield Finding(one.place, one.what, one.stored, one.proved)


def _balances(connection: Connection, as_of: date) -> Iterator[Finding]:
    for row in aging(connection, AgingRequest(as_of, by=GroupBy.ACCOUNT)).mismatches:
        made = plain(row.open + row.unapplied, row.currency)
        yield Finding(f"{row.name}, {row.currency}", "the balance of documents", plain(row.balance, row.currency), made)


def _file(connection: Connection) -> Iterator[Finding]:
    for (verdict,) in connection.exec_driver_sql("PRAGMA quick_check(10)"):
        if verdict != "ok":
            yield Finding("The file", "its structure", str(verdict), "whole")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(f"{row[0]} {row[1]}", "a reference", f"to no {row[2]}", "to a record")


def _beside(documents: Iterator[Row[Any]], events: Iterator[Row[Any]]) -> Iterator[tuple[Row[Any], list[Row[Any]]]]:
    """Put each document beside its events; both come in the order of the document's key."""
    groups = groupby(events, key=itemgetter(0))
    key, group = next(groups, (None, None))
    for row in documents:
        its_own: list[Row[Any]] = []
        if key is not None and group is not None and key == row[0]:
            its_own = list(group)
            key, group = next(groups, (None, None))
        yield row, its_own


def _stream(connection: Connection, query: Select[*tuple[Any, ...]]) -> Iterator[Row[Any]]:
    yield from connection.execution_options(yield_per=AT_A_TIME).execute(query)


def _count(connection: Connection, source: Source) -> int:
    return connection.scalar(select(func.count()).select_from(source.table)) or 0


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
