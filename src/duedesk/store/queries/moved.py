"""What came and went between two standpoints: invoices, money, credits, refunds; summed or one by one, never netted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)

from duedesk.domain.write_off import CATEGORY
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.unapplied import CREDIT_MEMOS, PAYMENTS, Source
from duedesk.store.settlement import Chosen, chosen
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import credit_memo, invoice

_Dated = tuple[ColumnElement[date], ColumnElement[datetime]]
"""The day something counts from, and when it was recorded."""


@dataclass(frozen=True, slots=True)
class _Document:
    """The columns of what came or went, by what they mean; `object` is empty where no record is shown."""

    object: str
    key: ColumnElement[Any]
    number: ColumnElement[Any]
    account_id: ColumnElement[int]
    code: ColumnElement[str]


@dataclass(frozen=True, slots=True)
class _Movement:
    """One kind of what came or went: its name in a roll-forward, of which documents, how much, when."""

    name: str
    document: _Document
    amount: ColumnElement[Decimal]
    dated: _Dated
    conditions: tuple[ColumnElement[bool], ...]
    what: str


_INVOICE = _Document(
    "Invoice", invoice.c.id, invoice.c.document_number, invoice.c.billing_account_id, invoice.c.currency_iso_code
)
_REFUND = _Document(
    "Payment", refund.c.payment_id, refund.c.refund_number, refund.c.account_id, refund.c.currency_iso_code
)
_HIDDEN = _Document("", null(), null(), hidden_application.c.account_id, hidden_application.c.currency_iso_code)


_LONG = 45
"""Days from which on it is quicker to go through all documents account by account: nothing has to be sorted then."""


class Span:
    """What came and went between two standpoints, by account (or not) and currency.

    A document came once it was dated and known, and went once it was voided or canceled; what came and went between
    is in both.
    """

    def __init__(self, start: Standpoint, end: Standpoint, currency: str | None, *, by_account: bool) -> None:
        self._start, self._end, self._currency, self._by_account = start, end, currency, by_account
        self._is_long = (end.as_of - start.as_of).days > _LONG

    def parts(self) -> Iterator[Select[Any]]:
        """Give the movements by name, each summed; one of a place may come in several rows."""
        for one in self._movements():
            of = one.document
            by_account = self._by_account or self._is_long
            keys: tuple[ColumnElement[Any], ...] = (of.account_id, of.code) if by_account else (of.code,)
            shown = of.account_id if self._by_account else literal(0)
            yield self._asked(one, [literal(one.name), shown, of.code, func.sum(one.amount)]).group_by(*keys)

    def items(self, name: str, account_key: int | None) -> CompoundSelect[Any]:
        """Give what a movement is made of, one by one: what, object, key, number, account, days and amount."""
        parts = self._one_by_one(name)
        return union_all(*(part if account_key is None else part.where(of == account_key) for part, of in parts))

    def events(self, connection: Connection, accounts: Chosen, *names: str) -> CompoundSelect[Any]:
        """Give what several movements (none named: all) of accounts are made of, as `items` does, with the currency."""
        parts = self._one_by_one(*names)
        return union_all(*(part.where(chosen(connection, of, accounts)) for part, of in parts))

    def _one_by_one(self, *names: str) -> Iterator[tuple[Select[Any], ColumnElement[int]]]:
        """Give for each kind of movement its events, and the column of their account."""
        for one in self._movements():
            if not names or one.name in names:
                of, (on, recorded) = one.document, one.dated
                columns = [
                    literal(one.what).label("what"),
                    literal(of.object).label("object"),
                    of.key.label("key"),
                    of.number.label("number"),
                    of.account_id.label("account_id"),
                    of.code.label("currency"),
                    on.label("on_day"),
                    recorded.label("recorded"),
                    one.amount.label("amount"),
                    literal(one.name).label("movement"),
                ]
                yield self._asked(one, columns), of.account_id

    def _asked(self, one: _Movement, columns: list[Any]) -> Select[Any]:
        part: Select[Any] = select(*columns).where(*one.conditions)
        return part if self._currency is None else part.where(one.document.code == self._currency)

    def _movements(self) -> Iterator[_Movement]:
        total = invoice.c.total_amount_with_tax
        posted = invoice.c.posted_at.is_not(None)
        came, gone = (invoice.c.invoice_date, invoice.c.posted_at), (invoice.c.voided_date, invoice.c.voided_at)
        yield _Movement("invoiced", _INVOICE, total, came, (posted, self._between(came)), "Invoice posted")
        yield _Movement("voided", _INVOICE, -total, gone, (posted, self._ended(came, gone)), "Invoice voided")
        is_write_off = func.coalesce(credit_memo.c.category, "") == CATEGORY
        yield from self._of(PAYMENTS, "paid", ("Payment received", "Payment canceled"))
        yield from self._of(CREDIT_MEMOS, "credited", ("Credit memo posted", "Credit memo voided"), ~is_write_off)
        yield from self._of(
            CREDIT_MEMOS, "written_off", ("Write-off posted", "Write-off voided"), is_write_off, ends=True
        )
        given = (refund.c.effective_date, refund.c.created_date)
        taken_back = (refund.c.cancellation_effective_date, refund.c.cancellation_date)
        yield _Movement("refunded", _REFUND, refund.c.amount, given, (self._between(given),), "Refunded")
        back = (self._ended(given, taken_back),)
        yield _Movement("refunded", _REFUND, -refund.c.amount, taken_back, back, "Refund canceled")
        away = hidden_application.c
        put = (away.effective_date, away.recorded_at)
        what = "Applied to an invoice not shown"
        yield _Movement("elsewhere", _HIDDEN, -away.impact_amount, put, (self._between(put),), what)

    def _of(
        self,
        source: Source,
        name: str,
        what: tuple[str, str],
        condition: ColumnElement[bool] | None = None,
        *,
        ends: bool = False,
    ) -> Iterator[_Movement]:
        """Give what a kind of source brought, and what of it was withdrawn; that of write-offs is less written off."""
        came, gone = (source.effective_date, source.recorded), (source.withdrawn_on, source.withdrawn_recorded)
        columns = source.table.c
        kind = "Payment" if source is PAYMENTS else "CreditMemo"
        of = _Document(kind, columns.id, source.number, source.account_id, columns.currency_iso_code)
        these = (source.came_in,) if condition is None else (source.came_in, condition)
        yield _Movement(name, of, -source.total, came, (*these, self._between(came)), what[0])
        name = name if ends else "reversed"
        yield _Movement(name, of, source.total, gone, (*these, self._ended(came, gone)), what[1])

    def _between(self, dated: _Dated) -> ColumnElement[bool]:
        """Give the condition that something had happened at the end and not at the start."""
        between = and_(self._end.happened(*dated), dated[0] > self._start.as_of)
        if not self._is_long:
            return between
        yes: ColumnElement[int] = literal_column("1")
        no: ColumnElement[int] = literal_column("0")
        return case((between, yes), else_=no) == yes  # said so that no index of days is taken

    def _ended(self, came: _Dated, gone: _Dated) -> ColumnElement[bool]:
        """Give the condition that something had come and gone at the end, and not yet both at the start."""
        both = and_(self._end.happened(*came), self._end.happened(*gone))
        return and_(both, or_(came[0] > self._start.as_of, gone[0] > self._start.as_of))
