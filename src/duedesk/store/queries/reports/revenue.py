"""What a revenue schedule is made of: invoices and lines, and what credits take back of them; the domain spreads it.

What is written off is no credit: it was earned and is lost. Invoices are read as they are taken, whatever their number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    and_,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)

from duedesk.domain.reports.revenue_schedule import (
    BilledInvoice,
    BilledLine,
    RevenueLine,
    rows_of_credit,
    rows_of_invoice,
)
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.reports.revenue_credits import IS_CREDIT, Credits
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.ledger import application, credit_memo, invoice, invoice_line
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class Documented:
    """What documents of some days came to in one currency, by what they are: summed in another way than the schedule.

    `kind` is a movement of a roll-forward: invoiced, credited or voided; what credits take away is below nothing.
    """

    currency: str
    kind: str
    net: Decimal
    tax: Decimal


def revenue_lines(connection: Connection, scope: ReportScope) -> Iterator[RevenueLine]:
    """Give the rows of the schedule of what is billed by the scope's last day, by account and invoice.

    What was billed and earned wholly before its first day may be left out.
    """
    credits_ = Credits(connection, scope)
    for _, rows in groupby(in_blocks(connection, _invoices(connection, scope)), key=lambda row: row.id):
        one = _billed(list(rows), scope.standpoint)
        yield from rows_of_invoice(one, credits_.of(one.key))
    for loose in credits_.rest():
        yield from rows_of_credit(loose)


def documented(connection: Connection, scope: ReportScope) -> tuple[Documented, ...]:
    """Give what was invoiced, credited and voided in the scope, before tax and the tax, by currency."""
    came, gone = (invoice.c.invoice_date, invoice.c.posted_at), (invoice.c.voided_date, invoice.c.voided_at)
    memo = (credit_memo.c.effective_date, credit_memo.c.posted_at)
    posted = invoice.c.posted_at.is_not(None)
    is_credit = and_(IS_CREDIT, credit_memo.c.posted_at.is_not(None))
    parts = []
    for kind, table, dated, these in (
        ("invoiced", invoice, came, posted),
        ("voided", invoice, gone, and_(posted, scope.standpoint.happened(*came))),
        ("credited", credit_memo, memo, is_credit),
    ):
        tax = type_coerce(func.sum(table.c.total_tax_amount), Amount)
        net = type_coerce(func.sum(table.c.total_amount_with_tax - table.c.total_tax_amount), Amount)
        code = table.c.currency_iso_code
        narrow = scope.narrows(connection, table.c.billing_account_id, code)
        within = (these, scope.within(*dated), *narrow)
        parts.append(select(code, literal(kind), net, tax).where(*within).group_by(code))
    found = sorted(connection.execute(union_all(*parts)), key=lambda row: (row[0], row[1]))
    return tuple(
        Documented(code, kind, net, tax) if kind == "invoiced" else Documented(code, kind, -net, -tax)
        for code, kind, net, tax in found
    )


def _invoices(connection: Connection, scope: ReportScope) -> Select[Any]:
    """Give invoices with their charges and adjustments, of those of which anything is billed or earned since a day."""
    line = invoice_line.c
    counts = and_(line.invoice_id == invoice.c.id, line.type != "Tax", line.converted_neg_amount == NOTHING)
    first_day = scope.before.as_of + timedelta(days=1)
    return (
        select(
            invoice.c.id,
            invoice.c.document_number,
            invoice.c.currency_iso_code,
            invoice.c.invoice_date,
            invoice.c.total_amount_with_tax,
            invoice.c.total_tax_amount,
            invoice.c.voided_date,
            invoice.c.voided_at,
            account.c.name.label("account"),
            account.c.account_number,
            line.id.label("line_id"),
            line.name.label("line"),
            line.type,
            line.line_amount,
            line.invoice_line_start_date,
            line.invoice_line_end_date,
            line.related_line_id,
        )
        .select_from(
            invoice.join(account, account.c.id == invoice.c.billing_account_id).outerjoin(invoice_line, counts)
        )
        .where(
            invoice.c.posted_at.is_not(None),
            scope.standpoint.happened(invoice.c.invoice_date, invoice.c.posted_at),
            *scope.narrows(connection, invoice.c.billing_account_id, invoice.c.currency_iso_code),
            or_(
                invoice.c.invoice_date >= first_day,
                invoice.c.voided_date >= first_day,
                invoice.c.id.in_(_touched(first_day)),
            ),
        )
        .order_by(account.c.folded_name, account.c.id, invoice.c.invoice_date, invoice.c.id, line.id)
    )


def _touched(first_day: date) -> Any:
    """Give the keys of invoices of which a service goes on after a day, or of which a credit came or went since."""
    line, memo_line = invoice_line.c, credit_memo_line.c
    lately = or_(credit_memo.c.effective_date >= first_day, credit_memo.c.voided_date >= first_day)
    lines = or_(line.invoice_line_end_date >= first_day, line.invoice_line_start_date >= first_day)
    applied = select(application.c.invoice_id).join(credit_memo).where(lately)
    named = (
        select(line.invoice_id)
        .join(credit_memo_line, memo_line.invoice_line_id == line.id)
        .join(credit_memo, credit_memo.c.id == memo_line.credit_memo_id)
        .where(lately)
    )
    own = select(credit_memo.c.source_invoice_id).where(lately, credit_memo.c.source_invoice_id.is_not(None))
    return union(select(line.invoice_id).where(lines), applied, named, own)


def _billed(rows: Sequence[Row[Any]], standpoint: Standpoint) -> BilledInvoice:
    first = rows[0]
    return BilledInvoice(
        first.id,
        first.document_number or "",
        first.account,
        first.account_number or "",
        first.currency_iso_code,
        first.invoice_date,
        first.total_amount_with_tax - first.total_tax_amount,
        standpoint.day_of(first.voided_date, first.voided_at),
        tuple(
            BilledLine(
                row.line_id,
                row.line,
                row.type,
                row.line_amount,
                (row.invoice_line_start_date, row.invoice_line_end_date),
                row.related_line_id,
            )
            for row in rows
            if row.line_id is not None
        ),
    )
