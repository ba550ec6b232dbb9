"""What statements say to customers: what is open of an account, or what moved its balance in a period, line by line.

A statement is of one account in one currency; its opening and closing are those of the roll-forward, so that the lines
can be held against them. Accounts are read some at a time, and what they come to together is asked of others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, select

from duedesk.domain.invoice import days_overdue
from duedesk.domain.reports.statements import Addressee, MovedLine, OpenLine, Statement
from duedesk.domain.roll_forward import RollForward
from duedesk.store.queries.asof import invoices_as_of
from duedesk.store.queries.by_instalment import has_instalments, parts_of
from duedesk.store.queries.records.payment import currencies_of
from duedesk.store.queries.reports.scope import ReportScope, accounts_with_activity, accounts_with_balance, in_blocks
from duedesk.store.queries.reports.unapplied import unapplied_items
from duedesk.store.settlement import NOTHING, chosen
from duedesk.store.tables.ledger import credit_memo, invoice, payment
from duedesk.store.tables.party import account

ACCOUNTS_AT_A_TIME = 200


def statements_of(connection: Connection, scope: ReportScope) -> Iterator[Statement]:
    """Give the statements of a scope by account: what moved the balance where it has a period, else what is open.

    Accounts that owe nothing and moved nothing have one only where the scope names them.
    """
    is_activity = scope.first_day is not None
    rows = accounts_with_activity(connection, scope) if is_activity else accounts_with_balance(connection, scope)
    told = {row.key for row in rows}
    rows += tuple(
        RollForward(currency, scope.opens, scope.as_of, key=key)
        for key in scope.accounts or ()
        if key not in told
        for currency in currencies_of(connection, key)
        if scope.currency in {None, currency}
    )
    return (activity_statements if is_activity else open_statements)(connection, scope, rows)


def open_statements(connection: Connection, scope: ReportScope, of: Sequence[RollForward]) -> Iterator[Statement]:
    """Give for accounts and currencies what is open, the one due first before the others."""
    for block in _blocks(of):
        found = _empty(connection, block)
        narrowed = replace(scope, accounts=tuple({one.to.key for one in found.values()}))
        for key, currency, line in _open_lines(connection, narrowed):
            if (key, currency) in found:
                found[key, currency].open_lines.append(line)
        yield from found.values()


def activity_statements(connection: Connection, scope: ReportScope, of: Sequence[RollForward]) -> Iterator[Statement]:
    """Give for accounts and currencies what moved their balance in the period, by day."""
    for block in _blocks(of):
        found = _empty(connection, block)
        running = {place: one.opening for place, one in found.items()}
        narrowed = replace(scope, accounts=tuple({one.to.key for one in found.values()}))
        for row in _moved(connection, narrowed):
            place = (row.account_id, row.currency)
            if place not in found:
                continue
            running[place] += row.amount
            reference = row.gateway_ref_number or row.reason_code or ""
            found[place].moved_lines.append(
                MovedLine(
                    row.on_day,
                    row.movement,
                    row.what,
                    row.number or "",
                    row.due_date,
                    reference,
                    row.amount,
                    running[place],
                )
            )
        yield from found.values()


def _blocks(of: Sequence[RollForward]) -> Iterator[list[RollForward]]:
    """Part accounts into blocks; the currencies of one account stay together."""
    by_account: defaultdict[int, list[RollForward]] = defaultdict(list)
    for row in of:
        if row.key is not None:
            by_account[row.key].append(row)
    keys = list(by_account)
    for start in range(0, len(keys), ACCOUNTS_AT_A_TIME):
        yield [row for key in keys[start : start + ACCOUNTS_AT_A_TIME] for row in by_account[key]]


def _empty(connection: Connection, block: Sequence[RollForward]) -> dict[tuple[int, str], Statement]:
    keys = tuple({row.key for row in block if row.key is not None})
    found = connection.execute(select(account).where(chosen(connection, account.c.id, keys)))
    to = {row.id: _addressee(row) for row in found}
    return {
        (row.key, row.currency): Statement(to[row.key], row.currency, row.opening, row.closing)
        for row in block
        if row.key is not None and row.key in to
    }


def _addressee(row: Any) -> Addressee:
    named = (f"billing_{part}" for part in ("street", "city", "state", "postal_code", "country"))
    parts = tuple(getattr(row, name) or "" for name in named)
    return Addressee(row.id, row.name, row.account_number or "", parts)


def _open_lines(connection: Connection, scope: ReportScope) -> Iterator[tuple[int, str, OpenLine]]:
    whose = scope.narrows(connection, invoice.c.billing_account_id, invoice.c.currency_iso_code)
    document = invoices_as_of(connection, scope.standpoint, only=select(invoice.c.id).where(*whose))
    part = parts_of(document, by_instalment=has_instalments(connection))
    asked = (
        select(
            document.c.billing_account_id,
            document.c.currency_iso_code,
            document.c.document_number,
            document.c.invoice_date,
            part.due.label("due_date"),
            part.total.label("total"),
            part.balance.label("balance"),
            part.position.label("position"),
        )
        .select_from(part.source)
        .where(
            document.c.balance != NOTHING,
            part.balance != NOTHING,
            document.c.invoice_date <= scope.as_of,
            *scope.narrows(connection, document.c.billing_account_id, document.c.currency_iso_code),
        )
        .order_by(part.due, document.c.document_number, document.c.id)
    )
    for row in in_blocks(connection, asked):
        yield (
            row.billing_account_id,
            row.currency_iso_code,
            OpenLine(
                kind="Invoice",
                number=row.document_number or "",
                on=row.invoice_date,
                due_date=row.due_date,
                days_overdue=days_overdue(row.due_date, scope.as_of),
                total=row.total,
                balance=row.balance,
                reference="",
                instalment=row.position,
            ),
        )
    for one in unapplied_items(connection, scope):
        line = OpenLine(
            one.kind, one.number, one.on, None, None, -one.amount, -one.unapplied, one.reference or one.reason
        )
        yield one.account_key, one.currency, line


def _moved(connection: Connection, scope: ReportScope) -> Iterator[Any]:
    event = scope.span.events(connection, scope.accounts).subquery("event")
    asked = (
        select(
            event,
            invoice.c.due_date,
            payment.c.gateway_ref_number,
            credit_memo.c.reason_code,
        )
        .select_from(
            event.outerjoin(invoice, and_(event.c.object == "Invoice", invoice.c.id == event.c.key))
            .outerjoin(payment, and_(event.c.object == "Payment", payment.c.id == event.c.key))
            .outerjoin(credit_memo, and_(event.c.object == "CreditMemo", credit_memo.c.id == event.c.key))
        )
        .order_by(event.c.account_id, event.c.on_day, event.c.recorded, event.c.what, event.c.key)
    )
    return in_blocks(connection, asked)
