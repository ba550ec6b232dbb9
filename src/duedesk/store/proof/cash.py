"""Proofs of what pays: payments and credit memos against applications and refunds, memo lines, instalments."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, Table, func, or_, select

from duedesk.domain.applying import overdrawn
from duedesk.domain.money import ZERO, plain
from duedesk.store.proof.findings import Finding, beside, day_text, differences, stream
from duedesk.store.queries.unapplied import CREDIT_MEMOS, PAYMENTS, Source
from duedesk.store.tables.crediting import credit_memo_line, refund
from duedesk.store.tables.instalments import payment_schedule, payment_schedule_item
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment

_OWED = {"Payment": ("Processed",), "Credit memo": ("Posted", "Void In Progress")}


def _payments(connection: Connection) -> Iterator[Finding]:
    yield from _source(connection, PAYMENTS)


def _credit_memos(connection: Connection) -> Iterator[Finding]:
    yield from _source(connection, CREDIT_MEMOS)


def _source(connection: Connection, source: Source) -> Iterator[Finding]:
    documents = stream(
        connection,
        select(
            source.table.c.id,
            source.number.label("number"),
            source.table.c.status,
            source.table.c.currency_iso_code,
            source.account_id.label("account_id"),
            source.total.label("total"),
            source.applied.label("applied"),
            source.refunded.label("refunded"),
            source.balance.label("rest"),
            source.effective_date.label("effective_date"),
            source.table.c.last_applied_date,
        ).order_by(source.table.c.id),
    )
    applied = stream(
        connection,
        select(source.reference, application.c.impact_amount.label("impact"), application.c.effective_date)
        .where(source.reference.is_not(None))
        .order_by(source.reference),
    )
    # Refunds are few: held at once they spare a third stream.
    given_back: dict[int, list[Row[Any]]] = defaultdict(list)
    if source is PAYMENTS:
        for one in connection.execute(select(refund)):
            given_back[one.payment_id].append(one)
    for row, events in beside(documents, applied):
        name = f"{source.kind} {row.number or f'with key {row.id}'}"
        yield from _figures(name, row, events, given_back[row.id], _OWED[source.kind])
        yield from _days(name, row, events, given_back[row.id])
        last = max((event.effective_date for event in events), default=None)
        if row.last_applied_date != last:
            yield Finding(name, "LastAppliedDate", day_text(row.last_applied_date), day_text(last))


def _figures(
    name: str, row: Row[Any], events: list[Row[Any]], refunds: list[Row[Any]], owed: tuple[str, ...]
) -> Iterator[Finding]:
    net = -sum((event.impact for event in events), ZERO)
    refunded = sum((one.amount for one in refunds if one.status == "Processed"), ZERO)
    rest = row.total - net - refunded if row.status in owed else ZERO
    pairs = (("net applied", row.applied, net), ("given back", row.refunded, refunded), ("Balance", row.rest, rest))
    yield from differences(name, row.currency_iso_code, pairs)
    for one in refunds:
        if one.account_id != row.account_id or one.currency_iso_code != row.currency_iso_code:
            yield Finding(
                name,
                f"refund {one.refund_number or one.id}",
                f"of another account or in {one.currency_iso_code}",
                row.currency_iso_code,
            )


def _days(name: str, row: Row[Any], events: list[Row[Any]], refunds: list[Row[Any]]) -> Iterator[Finding]:
    """Nothing happens with it before it came in, and no day ends with more used than it brought."""
    days = [(event.effective_date, "an application") for event in events]
    days += [(one.effective_date, f"refund {one.refund_number or one.id}") for one in refunds]
    for day, what in days:
        if day < row.effective_date:
            yield Finding(name, what, f"of {day_text(day)}", f"{day_text(row.effective_date)} or later")
    steps = [(event.effective_date, event.impact) for event in events]
    for one in refunds:
        steps.append((one.effective_date, -one.amount))
        if one.cancellation_effective_date is not None:
            steps.append((one.cancellation_effective_date, one.amount))
    short = overdrawn(row.total, steps)
    if short is not None:
        left = plain(short.amount, row.currency_iso_code)
        yield Finding(name, "what is left of it", f"{left} at the end of {day_text(short.day)}", "nothing or more")


def _memo_lines(connection: Connection) -> Iterator[Finding]:
    """Memos with lines: charges and adjustments add up to the total before tax, the tax of all to the tax."""
    line = credit_memo_line.c
    net = func.coalesce(func.sum(line.line_amount).filter(line.type != "Tax"), 0)
    sums = (
        select(line.credit_memo_id, net.label("net"), func.sum(line.tax_amount).label("tax"))
        .group_by(line.credit_memo_id)
        .subquery("sums")
    )
    memo = credit_memo.c
    found = (
        select(memo.id, memo.document_number, memo.currency_iso_code, memo.total_amount, memo.total_tax_amount)
        .add_columns(sums.c.net, sums.c.tax)
        .join(sums, sums.c.credit_memo_id == memo.id)
        .where(or_(sums.c.net != memo.total_amount, sums.c.tax != memo.total_tax_amount))
    )
    for row in connection.execute(found):
        pairs = (("TotalAmount", row.total_amount, row.net), ("TotalTaxAmount", row.total_tax_amount, row.tax))
        name = f"Credit memo {row.document_number or f'with key {row.id}'}"
        yield from differences(name, row.currency_iso_code, pairs)


def _instalments(connection: Connection) -> Iterator[Finding]:
    """Instalments add up to their invoice, each knows what comes after it, and the last is due as the invoice is."""
    heads = stream(
        connection,
        select(
            payment_schedule.c.id,
            payment_schedule.c.total_requested_amount,
            invoice.c.document_number,
            invoice.c.posted_at,
            invoice.c.currency_iso_code,
            invoice.c.total_amount_with_tax,
            invoice.c.due_date,
            payment_schedule.c.invoice_id,
        )
        .join(invoice, invoice.c.id == payment_schedule.c.invoice_id)
        .order_by(payment_schedule.c.id),
    )
    item = payment_schedule_item.c
    items = stream(
        connection,
        select(
            item.payment_schedule_id,
            item.position,
            item.target_payment_processing_date.label("day"),
            item.requested_amount,
            item.later_amount,
            item.invoice_id,
        ).order_by(item.payment_schedule_id, item.position.desc()),
    )
    for head, own in beside(heads, items):
        if head.posted_at is None:
            continue
        name, currency = f"Invoice {head.document_number}", head.currency_iso_code
        later: Decimal = ZERO
        latest = None
        for one in own:
            label = f"what comes after instalment {one.position}"
            yield from differences(name, currency, ((label, one.later_amount, later),))
            if one.invoice_id != head.invoice_id or (latest is not None and one.day > latest):
                yield Finding(name, f"instalment {one.position}", f"due {day_text(one.day)}", "its own, and in order")
            later, latest = later + one.requested_amount, one.day
        whole = (("its instalments", later, head.total_amount_with_tax),)
        yield from differences(name, currency, (*whole, ("its schedule", head.total_requested_amount, later)))
        if own and own[0].day != head.due_date:
            yield Finding(name, "DueDate", day_text(head.due_date), day_text(own[0].day))


CASH_PROOFS: tuple[tuple[str, Table, Callable[[Connection], Iterator[Finding]]], ...] = (
    ("payments against their applications and refunds", payment, _payments),
    ("credit memos against their applications", credit_memo, _credit_memos),
    ("credit memos against their lines", credit_memo_line, _memo_lines),
    ("instalments against their invoices", payment_schedule, _instalments),
)
"""Each proof by name, and the table whose records it goes over."""
