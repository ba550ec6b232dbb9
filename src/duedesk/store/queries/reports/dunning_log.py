"""The dunning log: letters of a period with their fee, interest and delivery, and their items; it adds nothing up."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, or_, select

from duedesk.domain.reports.collecting import CANCELLED, ISSUED, NOT_SENT, LettersOfCurrency, LoggedItem, LoggedLetter
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.tables.delivering import letter_delivery
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_level, dunning_policy
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, owner

_FEE, _INTEREST = invoice.alias("fee_invoice"), invoice.alias("interest_invoice")


def logged_letters(connection: Connection, scope: ReportScope) -> Iterator[LoggedLetter]:
    """Give the letters of the period by day and number."""
    one, item = dunning_letter.c, dunning_letter_item.c
    newest = select(func.max(letter_delivery.c.id)).where(letter_delivery.c.dunning_letter_id == one.id)
    items = select(func.count()).where(item.dunning_letter_id == one.id)
    asked = (
        select(
            dunning_letter,
            account.c.name.label("account"),
            account.c.account_number,
            owner.c.name.label("owner"),
            dunning_policy.c.name.label("policy"),
            dunning_level.c.name.label("level_name"),
            items.correlate(dunning_letter).scalar_subquery().label("items"),
            _FEE.c.document_number.label("fee_invoice"),
            _INTEREST.c.document_number.label("interest_invoice"),
            letter_delivery.c.status.label("delivery"),
            letter_delivery.c.channel.label("delivery_channel"),
            letter_delivery.c.address.label("delivery_address"),
            letter_delivery.c.sent_at,
            letter_delivery.c.bounced_at,
            letter_delivery.c.last_error,
            _is_cancelled(scope).label("is_gone"),
        )
        .select_from(
            dunning_letter.join(account, account.c.id == one.account_id)
            .outerjoin(owner, owner.c.id == account.c.owner_id)
            .outerjoin(dunning_policy, dunning_policy.c.id == one.dunning_policy_id)
            .outerjoin(
                dunning_level,
                and_(dunning_level.c.dunning_policy_id == one.dunning_policy_id, dunning_level.c.number == one.level),
            )
            .outerjoin(_FEE, _FEE.c.id == one.fee_invoice_id)
            .outerjoin(_INTEREST, _INTEREST.c.id == one.interest_invoice_id)
            .outerjoin(letter_delivery, letter_delivery.c.id == newest.correlate(dunning_letter).scalar_subquery())
        )
        .where(*_these(connection, scope))
        .order_by(one.letter_date, one.id)
    )
    for row in in_blocks(connection, asked):
        yield _letter(row)


def _letter(row: Row[Any]) -> LoggedLetter:
    delivery = row.delivery or NOT_SENT
    return LoggedLetter(
        key=row.id,
        number=row.number,
        letter_date=row.letter_date,
        account=row.account,
        account_number=row.account_number or "",
        owner=row.owner or "",
        policy=row.policy or "",
        level=row.level,
        level_name=row.level_name or ("Courtesy notice" if row.is_courtesy else ""),
        currency=row.currency_iso_code,
        items=row.items,
        principal=row.principal,
        fee=row.fee,
        interest=row.interest,
        unapplied=row.unapplied,
        total=row.total,
        deadline=row.deadline,
        status=CANCELLED if row.is_gone else ISSUED,
        cancelled_on=row.cancelled_on if row.is_gone else None,
        cancellation_reason=(row.cancellation_reason or "") if row.is_gone else "",
        fee_invoice=row.fee_invoice or "",
        interest_invoice=row.interest_invoice or "",
        channel=row.delivery_channel or row.channel,
        address=row.delivery_address or row.address or "",
        delivery="Bounced" if row.bounced_at is not None else delivery,
        sent_at=row.sent_at,
        trouble=row.last_error or "",
        issued_by=row.issued_by,
    )


def logged_items(connection: Connection, scope: ReportScope) -> Iterator[LoggedItem]:
    """Give the items of the period's letters, letter by letter, those asked for first."""
    one, item = dunning_letter.c, dunning_letter_item.c
    asked = (
        select(
            dunning_letter_item,
            one.number,
            one.letter_date,
            account.c.name.label("account"),
            invoice.c.document_number,
            _is_cancelled(scope).label("is_gone"),
        )
        .select_from(
            dunning_letter_item.join(dunning_letter, one.id == item.dunning_letter_id)
            .join(account, account.c.id == one.account_id)
            .join(invoice, invoice.c.id == item.invoice_id)
        )
        .where(*_these(connection, scope))
        .order_by(one.letter_date, one.id, item.level_after.is_(None), item.due_date, item.id)
    )
    for row in in_blocks(connection, asked):
        yield LoggedItem(
            letter=row.number,
            letter_date=row.letter_date,
            status=CANCELLED if row.is_gone else ISSUED,
            account=row.account,
            invoice=row.document_number or "",
            due_date=row.due_date,
            days_overdue=row.days_overdue,
            currency=row.currency_iso_code,
            balance=row.balance,
            contested=row.contested_amount,
            promised=row.promised_amount,
            asked=row.asked_amount,
            level_before=row.level_before,
            level_after=row.level_after,
        )


def letters_of_currencies(connection: Connection, scope: ReportScope) -> tuple[LettersOfCurrency, ...]:
    """Give what the book itself adds the period's letters up to, by currency and status."""
    one, gone = dunning_letter.c, _is_cancelled(scope)
    sums = (func.sum(amount, type_=amount.type) for amount in (one.fee, one.interest, one.total))
    asked: Select[Any] = (
        select(one.currency_iso_code, gone.label("is_gone"), func.count(), *sums)
        .where(*_these(connection, scope))
        .group_by(one.currency_iso_code, "is_gone")
        .order_by(one.currency_iso_code, "is_gone")
    )
    return tuple(
        LettersOfCurrency(currency, CANCELLED if is_gone else ISSUED, count, fee, interest, total)
        for currency, is_gone, count, fee, interest, total in connection.execute(asked)
    )


def _these(connection: Connection, scope: ReportScope) -> tuple[Any, ...]:
    one = dunning_letter.c
    return (
        scope.within(one.letter_date, one.issued_at),
        *scope.narrows(connection, one.account_id, one.currency_iso_code),
    )


def _is_cancelled(scope: ReportScope) -> Any:
    one = dunning_letter.c
    later = scope.standpoint.is_later(one.cancelled_on, one.cancelled_at)
    return and_(one.status == CANCELLED, ~or_(one.cancelled_on.is_(None), later))
