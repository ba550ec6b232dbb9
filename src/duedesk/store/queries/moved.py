"""What came and went between two standpoints: invoices, money, credits, refunds, each kind summed; it nets nothing."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select

from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.unapplied import CREDIT_MEMOS, PAYMENTS, Source
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import credit_memo, invoice


class Span:
    """What came and went between two standpoints, each kind of it summed by account (or not) and currency.

    A document came once it was dated and known, and went once it was voided or canceled; what came and went between
    is in both.
    """

    def __init__(self, start: Standpoint, end: Standpoint, currency: str | None, *, by_account: bool) -> None:
        self._start, self._end, self._currency, self._by_account = start, end, currency, by_account

    def parts(self) -> Iterator[Select[Any]]:
        """Give the movements by name."""
        total = invoice.c.total_amount_with_tax
        account_id, code = invoice.c.billing_account_id, invoice.c.currency_iso_code
        posted = invoice.c.posted_at.is_not(None)
        came, gone = (invoice.c.invoice_date, invoice.c.posted_at), (invoice.c.voided_date, invoice.c.voided_at)
        yield self._sum("invoiced", account_id, code, total).where(posted, self._between(came))
        yield self._sum("voided", account_id, code, -total).where(posted, self._ended(came, gone))
        is_write_off = func.coalesce(credit_memo.c.category, "") == CATEGORY
        yield from self._of(PAYMENTS, "paid")
        yield from self._of(CREDIT_MEMOS, "credited", ~is_write_off)
        yield from self._of(CREDIT_MEMOS, "written_off", is_write_off, ends=True)
        given = (refund.c.effective_date, refund.c.created_date)
        taken_back = (refund.c.cancellation_effective_date, refund.c.cancellation_date)
        back = (refund.c.account_id, refund.c.currency_iso_code)
        yield self._sum("refunded", *back, refund.c.amount).where(self._between(given))
        yield self._sum("refunded", *back, -refund.c.amount).where(self._ended(given, taken_back))
        away = hidden_application.c
        put = self._sum("elsewhere", away.account_id, away.currency_iso_code, -away.impact_amount)
        yield put.where(self._between((away.effective_date, away.recorded_at)))

    def _of(
        self, source: Source, name: str, condition: ColumnElement[bool] | None = None, *, ends: bool = False
    ) -> Iterator[Select[Any]]:
        """Give what a kind of source brought, and what of it was withdrawn; that of write-offs is less written off."""
        came, gone = (source.effective_date, source.recorded), (source.withdrawn_on, source.withdrawn_recorded)
        keys = (source.account_id, source.table.c.currency_iso_code)
        these = (source.came_in,) if condition is None else (source.came_in, condition)
        yield self._sum(name, *keys, -source.total).where(*these, self._between(came))
        yield self._sum(name if ends else "reversed", *keys, source.total).where(*these, self._ended(came, gone))

    def _sum(
        self, name: str, account_id: ColumnElement[int], code: ColumnElement[str], amount: ColumnElement[Decimal]
    ) -> Select[Any]:
        keys: tuple[ColumnElement[Any], ...] = (account_id, code) if self._by_account else (code,)
        shown = account_id if self._by_account else literal(0)
        columns: list[ColumnElement[Any]] = [literal(name), shown, code, func.sum(amount)]
        conditions = () if self._currency is None else (code == self._currency,)
        part: Select[Any] = select(*columns).where(*conditions).group_by(*keys)
        return part

    def _between(self, dated: tuple[ColumnElement[date], ColumnElement[datetime]]) -> ColumnElement[bool]:
        """Give the condition that something had happened at the end and not at the start."""
        return and_(self._end.happened(*dated), dated[0] > self._start.as_of)

    def _ended(
        self,
        came: tuple[ColumnElement[date], ColumnElement[datetime]],
        gone: tuple[ColumnElement[date], ColumnElement[datetime]],
    ) -> ColumnElement[bool]:
        """Give the condition that something had come and gone at the end, and not yet both at the start."""
        both = and_(self._end.happened(*came), self._end.happened(*gone))
        return and_(both, or_(came[0] > self._start.as_of, gone[0] > self._start.as_of))
