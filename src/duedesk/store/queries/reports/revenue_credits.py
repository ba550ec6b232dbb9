"""What credit memos take back of which invoice, before tax: by what they name, else by what they settle."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, case, func, select, type_coerce

from duedesk.domain.money import ZERO, to_units
from duedesk.domain.reports.revenue_schedule import Credit, CreditPart, shared_out
from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.reports.scope import ReportScope
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.ledger import application, credit_memo, invoice_line
from duedesk.store.tables.party import account

IS_CREDIT = func.coalesce(credit_memo.c.category, "") != CATEGORY
"""The condition that a memo gives up what was billed, and not what cannot be collected."""

_Parts = dict[int | None, list[CreditPart]]


class Credits:
    """The credit memos that stood in the ledger, by the invoice they take something back of."""

    def __init__(self, connection: Connection, scope: ReportScope) -> None:
        standpoint, columns = scope.standpoint, credit_memo.c
        there = (
            IS_CREDIT,
            columns.posted_at.is_not(None),
            standpoint.happened(columns.effective_date, columns.posted_at),
            *scope.narrows(connection, columns.billing_account_id, columns.currency_iso_code),
        )
        self._after = scope.before.as_of
        lines = _lines(connection, there)
        applied = _applied(connection, standpoint, there)
        self._by_invoice: dict[int, list[Credit]] = {}
        self._loose: list[Credit] = []
        memos = (
            select(credit_memo, account.c.name.label("account"), account.c.account_number)
            .join(account, account.c.id == credit_memo.c.billing_account_id)
            .where(*there)
            .order_by(account.c.folded_name, account.c.id, credit_memo.c.effective_date, credit_memo.c.id)
        )
        for memo in connection.execute(memos):
            for key, parts in _shares(memo, lines.get(memo.id, ()), applied.get(memo.id, {})).items():
                credit = Credit(
                    memo.document_number or "",
                    memo.account,
                    memo.account_number or "",
                    memo.currency_iso_code,
                    memo.effective_date,
                    tuple(parts),
                    standpoint.day_of(memo.voided_date, memo.voided_at),
                )
                (self._loose if key is None else self._by_invoice.setdefault(key, [])).append(credit)

    def of(self, invoice_key: int) -> list[Credit]:
        """Take the credits of an invoice out."""
        return self._by_invoice.pop(invoice_key, [])

    def rest(self) -> Iterator[Credit]:
        """Give those of no invoice, and of invoices that nobody asked for, of which anything is in the scope's days."""
        every = [*self._loose, *(one for of_one in self._by_invoice.values() for one in of_one)]
        for one in every:
            last = max((part.service[1] or one.dated for part in one.parts), default=one.dated)
            if max(one.dated, one.voided or one.dated, last) > self._after:
                yield one


def _lines(connection: Connection, there: Iterable[Any]) -> dict[int, list[Any]]:
    """Give the lines of the memos, and of which invoice's line each is."""
    line = credit_memo_line.c
    found = connection.execute(
        select(
            line.credit_memo_id,
            line.line_amount,
            line.start_date,
            line.end_date,
            line.invoice_line_id,
            invoice_line.c.invoice_id,
        )
        .join(credit_memo, credit_memo.c.id == line.credit_memo_id)
        .outerjoin(invoice_line, invoice_line.c.id == line.invoice_line_id)
        .where(line.type != "Tax", *there)
        .order_by(line.credit_memo_id, line.id)
    )
    return {key: list(rows) for key, rows in groupby(found, key=lambda row: row.credit_memo_id)}


def _applied(connection: Connection, standpoint: Standpoint, there: Iterable[Any]) -> dict[int, dict[int, Decimal]]:
    """Give what of memos that name no invoice was put on which; of a voided one all that ever was."""
    put = case((application.c.type == "Applied", application.c.amount), else_=NOTHING)
    amount = case((credit_memo.c.voided_date.is_(None), -application.c.impact_amount), else_=put)
    summed = type_coerce(func.sum(amount), Amount)
    keys = (application.c.credit_memo_id, application.c.invoice_id)
    found: dict[int, dict[int, Decimal]] = {}
    for memo, invoice_key, whole in connection.execute(
        select(*keys, summed)
        .join(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
        .where(standpoint.counted, credit_memo.c.source_invoice_id.is_(None), *there)
        .group_by(*keys)
        .having(func.sum(amount) != NOTHING)
        .order_by(*keys)
    ):
        found.setdefault(memo, {})[invoice_key] = whole
    return found


def _shares(memo: Row[Any], lines: Iterable[Row[Any]], applied: dict[int, Decimal]) -> _Parts:
    """Give what a memo takes back of which invoice; None is what of it is no invoice's."""
    parts: _Parts = {}
    open_parts: list[CreditPart] = []
    rest = memo.total_amount_with_tax - memo.total_tax_amount
    for line in lines:
        rest -= line.line_amount
        part = CreditPart(line.line_amount, line.invoice_line_id, (line.start_date, line.end_date))
        if line.invoice_id is None:
            open_parts.append(part)
        else:
            parts.setdefault(line.invoice_id, []).append(part)
    if rest:
        open_parts.append(CreditPart(rest))
    for part in open_parts:
        for key, amount in _of_invoices(memo, part.amount, applied):
            parts.setdefault(key, []).append(CreditPart(amount, None, part.service))
    return parts


def _of_invoices(memo: Row[Any], amount: Decimal, applied: dict[int, Decimal]) -> Iterator[tuple[int | None, Decimal]]:
    """Share out over the invoices that a memo credits: the one it names, else those it is put on, and what is not."""
    if memo.source_invoice_id is not None or not applied:
        yield memo.source_invoice_id, amount
        return
    keys: list[int | None] = [*applied, None]
    left = max(memo.total_amount_with_tax - sum(applied.values(), ZERO), ZERO)
    weights = [to_units(one) for one in (*applied.values(), left)]
    for key, share in zip(keys, shared_out(amount, weights, memo.currency_iso_code), strict=True):
        if share:
            yield key, share
