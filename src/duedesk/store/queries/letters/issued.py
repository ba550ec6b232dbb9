"""Letters that were issued, with their items, and the runs that issued them; and how new the book is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, case, exists, func, or_, select

from duedesk.domain.dunning.send_guard import Freshness
from duedesk.domain.errors import RequestError
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery
from duedesk.store.tables.desk import import_batch, journal_entry
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_policy, dunning_run
from duedesk.store.tables.ledger import invoice, payment
from duedesk.store.tables.party import account

_LEFT_THE_HOUSE = ("Sent", "Unknown", "Claimed")


@dataclass(frozen=True, slots=True)
class IssuedLetter:
    """A letter as it was issued. `unapplied` is negative, as everywhere."""

    key: int
    number: str
    run_key: int | None
    account_key: int
    account: str
    currency: str
    policy_key: int | None
    policy: str
    level: int
    is_courtesy: bool
    letter_date: date
    deadline: date | None
    principal: Decimal
    fee: Decimal
    interest: Decimal
    unapplied: Decimal
    total: Decimal
    fee_invoice_key: int | None
    fee_invoice: str
    interest_invoice_key: int | None
    interest_invoice: str
    interest_until: date | None
    status: str
    channel: str
    address: str
    language_code: str
    contact_key: int | None
    note: str
    issued_at: datetime
    issued_by: str
    cancelled_on: date | None
    cancelled_by: str
    cancellation_reason: str

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was cancelled."""
        return self.status == "Cancelled"


@dataclass(frozen=True, slots=True)
class LetterItem:
    """An invoice in a letter as it stood then; one that was only listed, being not due yet, has no level after."""

    invoice_key: int
    number: str
    due_date: date
    days_overdue: int
    balance: Decimal
    contested: Decimal
    promised: Decimal
    asked: Decimal
    level_before: int
    level_after: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """A run as it was issued; `decisions` is the JSON of what was decided by hand, and of what dropped out."""

    key: int
    name: str
    run_date: date
    status: str
    policies: str
    letter_count: int
    item_count: int
    dropped_count: int
    decisions: str
    note: str
    started_by: str
    started_at: datetime


def issued_letters(
    connection: Connection,
    *,
    keys: Collection[int] | None = None,
    run_key: int | None = None,
    account_key: int | None = None,
    invoice_key: int | None = None,
    status: str | None = None,
    limit: int | None = None,
    then: Standpoint | None = None,
) -> tuple[IssuedLetter, ...]:
    """Give letters, the newest first: those of some keys, a run, an account, an invoice, a status; None is any.

    Of a letter that was cancelled after `then` nothing is said of that.
    """
    one = dunning_letter.c
    asked = _letters().where(chosen(connection, one.id, keys))
    if run_key is not None:
        asked = asked.where(one.dunning_run_id == run_key)
    if account_key is not None:
        asked = asked.where(one.account_id == account_key)
    if status is not None:
        asked = asked.where(one.status == status)
    if invoice_key is not None:
        item = dunning_letter_item.c
        asked = asked.where(one.id.in_(select(item.dunning_letter_id).where(item.invoice_id == invoice_key)))
    asked = asked.order_by(one.letter_date.desc(), one.id.desc()).limit(limit)
    return tuple(_letter(row, then) for row in connection.execute(asked))


def letter_numbered(connection: Connection, number: str) -> IssuedLetter:
    """Give a letter by its number, whatever its case; RequestError where there is none."""
    wanted = number.strip()
    found = connection.execute(_letters().where(func.lower(dunning_letter.c.number) == wanted.lower())).first()
    if found is None:
        raise RequestError(f"There is no letter “{wanted}” in the book.", "`duedesk letters` lists them.")
    return _letter(found)


def letter_items(connection: Connection, letters: Collection[int]) -> dict[int, list[LetterItem]]:
    """Give the items of letters by the letter's key, those asked for first, the oldest first."""
    item = dunning_letter_item.c
    asked = (
        select(dunning_letter_item, invoice.c.document_number)
        .join(invoice, invoice.c.id == item.invoice_id)
        .where(chosen(connection, item.dunning_letter_id, letters))
        .order_by(item.dunning_letter_id, item.level_after.is_(None), item.due_date, item.id)
    )
    found: dict[int, list[LetterItem]] = {}
    for row in connection.execute(asked):
        found.setdefault(row.dunning_letter_id, []).append(
            LetterItem(
                row.invoice_id,
                row.document_number or "",
                row.due_date,
                row.days_overdue,
                row.balance,
                row.contested_amount,
                row.promised_amount,
                row.asked_amount,
                row.level_before,
                row.level_after,
            )
        )
    return found


def run_with_key(connection: Connection, idempotency_key: str) -> Run | None:
    """Give the run that was issued under a key; None where none was."""
    found = connection.execute(select(dunning_run).where(dunning_run.c.idempotency_key == idempotency_key)).first()
    return None if found is None else _run(found)


def runs(connection: Connection, limit: int | None = None, *, then: Standpoint | None = None) -> tuple[Run, ...]:
    """Give the runs there were, the newest first; those that had been issued `then` are as they stood."""
    run = dunning_run.c
    asked = select(dunning_run).order_by(run.run_date.desc(), run.id.desc()).limit(limit)
    if then is not None:
        status = case((and_(run.status == "Cancelled", _stood(then)), "Issued"), else_=run.status)
        columns = (status.label("status") if column is run.status else column for column in run)
        asked = asked.with_only_columns(*columns).where(then.happened(run.run_date, run.started_at))
    return tuple(_run(row) for row in connection.execute(asked))


def _stood(then: Standpoint) -> ColumnElement[bool]:
    """Give the condition that a letter of a run stood."""
    one = dunning_letter.c
    is_cancelled_later = then.is_later(one.cancelled_on, one.cancelled_at)
    return exists().where(
        one.dunning_run_id == dunning_run.c.id,
        then.happened(one.letter_date, one.issued_at),
        or_(one.status == "Issued", is_cancelled_later),
    )


def delivered(connection: Connection, letters: Collection[int]) -> dict[int, str]:
    """Give by letter the address of what has left the house by mail, or may have."""
    one = letter_delivery.c
    asked = select(one.dunning_letter_id, one.address).where(
        chosen(connection, one.dunning_letter_id, letters), one.channel == "mail", one.status.in_(_LEFT_THE_HOUSE)
    )
    return {row[0]: row[1] or "" for row in connection.execute(asked)}


def freshness(connection: Connection, today: date) -> Freshness:
    """Give how new the book is: the newest payment that came in by a day, and the newest import."""
    paid = select(func.max(payment.c.effective_date)).where(
        payment.c.status == "Processed", payment.c.effective_date <= today
    )
    imported = select(func.max(journal_entry.c.recorded_at)).where(
        journal_entry.c.id.in_(select(import_batch.c.journal_id))
    )
    at = connection.scalar(imported)
    return Freshness(connection.scalar(paid), None if at is None else at.date())


_FEE, _INTEREST = invoice.alias("fee_invoice"), invoice.alias("interest_invoice")


def _letters() -> Select[Any]:
    one = dunning_letter.c
    return (
        select(
            dunning_letter,
            account.c.name.label("account"),
            dunning_policy.c.name.label("policy"),
            _FEE.c.document_number.label("fee_invoice"),
            _INTEREST.c.document_number.label("interest_invoice"),
        )
        .join(account, account.c.id == one.account_id)
        .outerjoin(dunning_policy, dunning_policy.c.id == one.dunning_policy_id)
        .outerjoin(_FEE, _FEE.c.id == one.fee_invoice_id)
        .outerjoin(_INTEREST, _INTEREST.c.id == one.interest_invoice_id)
    )


_CALLED = {
    "run_key": "dunning_run_id",
    "account_key": "account_id",
    "currency": "currency_iso_code",
    "policy_key": "dunning_policy_id",
    "fee_invoice_key": "fee_invoice_id",
    "interest_invoice_key": "interest_invoice_id",
    "contact_key": "contact_id",
    "key": "id",
    "decisions": "triage",
}
"""What is called otherwise in its table."""

_TEXTS = frozenset(
    {
        *("policy", "fee_invoice", "interest_invoice", "address", "language_code", "note", "cancelled_by"),
        *("cancellation_reason", "policies", "decisions"),
    }
)


def _letter(row: Row[Any], then: Standpoint | None = None) -> IssuedLetter:
    found = IssuedLetter(**_said(row, IssuedLetter.__dataclass_fields__))
    if then is None or then.day_of(row.cancelled_on, row.cancelled_at) is not None:
        return found
    return replace(found, status="Issued", cancelled_on=None, cancelled_by="", cancellation_reason="")


def _run(row: Row[Any]) -> Run:
    return Run(**_said(row, Run.__dataclass_fields__))


def _said(row: Row[Any], names: Collection[str]) -> Mapping[str, Any]:
    found = row._mapping  # noqa: SLF001 - its public name
    values = {name: found[_CALLED.get(name, name)] for name in names}
    return {name: (value or "") if name in _TEXTS else value for name, value in values.items()}
