"""Why a letter that was issued may not leave any more: cancelled, paid, contested, promised, on hold since."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, func, or_, select

from duedesk.domain.days import in_words
from duedesk.domain.money import ZERO
from duedesk.store.settlement import chosen
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.dunning import dunning_hold as hold
from duedesk.store.tables.dunning import dunning_letter as letter
from duedesk.store.tables.dunning import dunning_letter_item as item
from duedesk.store.tables.dunning import dunning_policy as policy
from duedesk.store.tables.dunning import payment_promise as promise
from duedesk.store.tables.ledger import credit_memo, invoice, payment


def why_it_stays(connection: Connection, letters: Sequence[int], today: date) -> dict[int, str]:
    """Give of letters that may not leave any more the reason, by key: what changed since they were issued."""
    found: dict[int, str] = {}
    cancelled = select(letter.c.id).where(chosen(connection, letter.c.id, letters), letter.c.status == "Cancelled")
    for key in connection.scalars(cancelled):
        found[key] = "The letter was cancelled."
    for row in connection.execute(_money(payment, payment.c.account_id, payment.c.created_date, "Processed", letters)):
        found.setdefault(row.id, f"Money came in that is not applied yet ({in_words(today)})")
    memo = credit_memo.c
    for row in connection.execute(_money(credit_memo, memo.billing_account_id, memo.posted_at, "Posted", letters)):
        found.setdefault(row.id, f"A credit was posted that is not applied yet ({in_words(today)})")
    for row in connection.execute(_items(today).where(chosen(connection, item.c.dunning_letter_id, letters))):
        for reason in _reasons(row, today):
            found.setdefault(row.dunning_letter_id, f"{reason} ({in_words(today)})")
    return found


def _items(today: date) -> Select[Any]:
    """Ask of each item what changed since its letter was issued."""
    held = (
        select(hold.c.id)
        .where(
            or_(hold.c.invoice_id == invoice.c.id, hold.c.account_id == invoice.c.billing_account_id),
            and_(hold.c.start_date <= today, hold.c.end_date >= today),
            or_(hold.c.released_on.is_(None), hold.c.released_on > today),
        )
        .correlate(invoice)
        .exists()
    )
    contested = _since(dispute.c.id, dispute.c.invoice_id, dispute.c.recorded_at, dispute.c.resolved_on)
    until = (
        select(func.max(promise.c.promise_date))
        .where(
            promise.c.invoice_id == invoice.c.id,
            promise.c.recorded_at > letter.c.issued_at,
            promise.c.withdrawn_on.is_(None),
        )
        .correlate(invoice, letter)
        .scalar_subquery()
    )
    return (
        select(
            item.c.dunning_letter_id,
            invoice.c.document_number,
            (invoice.c.status != "Posted").label("is_void"),
            (invoice.c.balance < item.c.balance).label("is_paid"),
            contested.label("is_contested"),
            until.label("promised_until"),
            func.coalesce(policy.c.promise_grace_days, 0).label("promise_grace_days"),
            held.label("is_held"),
        )
        .select_from(
            item.join(invoice, invoice.c.id == item.c.invoice_id)
            .join(letter, letter.c.id == item.c.dunning_letter_id)
            .outerjoin(policy, policy.c.id == letter.c.dunning_policy_id)
        )
        .where(item.c.level_after.is_not(None))
        .order_by(item.c.id)
    )


def _since(key: Any, of: Any, recorded_at: Any, ended_on: Any) -> ColumnElement[bool]:
    """Give the condition that something was recorded of an invoice since its letter was issued, and stands."""
    found = select(key).where(of == invoice.c.id, recorded_at > letter.c.issued_at, ended_on.is_(None))
    return found.correlate(invoice, letter).exists()


def _money(table: FromClause, account: Any, at: Any, status: str, letters: Sequence[int]) -> Select[Any]:
    """Ask which letters' accounts were given money or credit since that is left on them."""
    return (
        select(letter.c.id)
        .join(table, and_(account == letter.c.account_id, table.c.currency_iso_code == letter.c.currency_iso_code))
        .where(letter.c.id.in_(letters), table.c.status == status, table.c.balance > ZERO, at > letter.c.issued_at)
        .distinct()
    )


def _reasons(row: Row[Any], today: date) -> Iterator[str]:
    number = row.document_number or "An invoice"
    for told, words in (
        (row.is_void, "is voided"),
        (row.is_paid, "was paid or credited meanwhile"),
        (row.is_contested, "is contested since"),
        (_is_promised(row, today), "was promised to be paid since"),
        (row.is_held, "is on hold"),
    ):
        if told:
            yield f"{number} {words}"


def _is_promised(row: Row[Any], today: date) -> bool:
    """Tell whether what was promised since may still be kept: a promise that is broken keeps nothing back."""
    until: date | None = row.promised_until
    return until is not None and today <= until + timedelta(days=row.promise_grace_days)
