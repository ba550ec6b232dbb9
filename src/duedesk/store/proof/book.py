"""Prove a book: every stored figure again from its events, by another road than wrote it; it mends nothing.

`store.settlement` states the figures in SQL; here `domain.ledger` works them out in Python, document by document.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from duedesk.domain.aging import AgingRequest
from duedesk.domain.applying import overdrawn
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.money import plain
from duedesk.store.proof.cash import CASH_PROOFS
from duedesk.store.proof.chain import CHAIN_PROOFS
from duedesk.store.proof.dunning import DUNNING_PROOFS
from duedesk.store.proof.findings import Finding, beside, day_text, stream
from duedesk.store.proof.lines import prove_lines
from duedesk.store.proof.search import prove_words
from duedesk.store.queries.aging.figures import aging
from duedesk.store.tables.ledger import application, invoice, invoice_line

Step = Callable[[str, int], None]
"""Told the name of each proof as it is begun, and how many records it goes over."""


def prove(connection: Connection, *, as_of: date, step: Step = lambda _name, _count: None) -> Iterator[Finding]:
    """Give everything that does not hold, in one state of the book."""
    for name, table, proof in (
        ("invoices against their applications", invoice, _invoices),
        ("invoices against their lines", invoice_line, prove_lines),
        ("applications against what they take back", application, _reversals),
        *CHAIN_PROOFS,
    ):
        step(name, connection.scalar(select(func.count()).select_from(table)) or 0)
        yield from proof(connection)
    for name, table, of_cash in (*CASH_PROOFS, *DUNNING_PROOFS):
        step(name, connection.scalar(select(func.count()).select_from(table)) or 0)
        yield from of_cash(connection)
    step("not due + buckets + unapplied = balance", 1)
    yield from _balances(connection, as_of)
    step("the index of free text", 1)
    yield from prove_words(connection)
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
        invoice.c.first_applied_date,
        invoice.c.last_applied_date,
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
    documents = stream(connection, select(*columns, invoice.c.billing_account_id).order_by(invoice.c.id))
    applied = stream(connection, select(*events).order_by(application.c.invoice_id, application.c.id))
    for row, its_events in beside(documents, applied):
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
        yield Finding(
            name, "FullSettlementDate", day_text(row.full_settlement_date), day_text(proved.full_settlement_date)
        )
    yield from _applied_days(name, row, events)
    short = overdrawn(row.total_amount_with_tax, ((event.effective_date, event.impact_amount) for event in events))
    if short is not None:
        left = plain(short.amount, currency)
        yield Finding(name, "what is open", f"{left} at the end of {day_text(short.day)}", "nothing or more")
    for event in events:
        if event.account_id != row.billing_account_id or event.currency_iso_code != currency:
            yield Finding(name, "an application", f"of another account or in {event.currency_iso_code}", currency)
        if row.posted_at is not None and event.recorded_at < row.posted_at:
            yield Finding(name, "an application", f"recorded {event.recorded_at}", f"{row.posted_at} or later")
        if row.invoice_date is not None and event.effective_date < row.invoice_date:
            yield Finding(
                name, "an application", f"of {day_text(event.effective_date)}", f"{day_text(row.invoice_date)} or later"
            )


def _applied_days(name: str, row: Row[Any], events: list[Row[Any]]) -> Iterator[Finding]:
    days = [event.effective_date for event in events]
    for label, stored, right in (
        ("FirstAppliedDate", row.first_applied_date, min(days, default=None)),
        ("LastAppliedDate", row.last_applied_date, max(days, default=None)),
    ):
        if stored != right:
            yield Finding(name, label, day_text(stored), day_text(right))


def _event(row: Row[Any]) -> Application:
    return Application(row.kind, row.impact_amount, row.effective_date, row.recorded_at)


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


def _balances(connection: Connection, as_of: date) -> Iterator[Finding]:
    for row in aging(connection, AgingRequest(as_of)).mismatches:
        made = plain(row.open + row.unapplied, row.currency)
        yield Finding(f"{row.name}, {row.currency}", "the balance of documents", plain(row.balance, row.currency), made)


def _file(connection: Connection) -> Iterator[Finding]:
    for (verdict,) in connection.exec_driver_sql("PRAGMA quick_check(10)"):
        if verdict != "ok":
            yield Finding("The file", "its structure", str(verdict), "whole")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Finding(f"{row[0]} {row[1]}", "a reference", f"to no {row[2]}", "to a record")
