"""Invoices, payments and credit memos as `domain.applying` weighs them, read under the locks; it writes nothing."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from duedesk.actions.deed import Deed
from duedesk.domain.applying import Side, Standing, Step
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.settlement import NOTHING, chosen
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment
from duedesk.store.tables.party import account

_KINDS = {"Invoice": "Invoice", "Payment": "Payment", "CreditMemo": "Credit memo"}
_REFERENCES = {
    "Invoice": application.c.invoice_id,
    "Payment": application.c.payment_id,
    "CreditMemo": application.c.credit_memo_id,
}


@dataclass(frozen=True, slots=True)
class Held:
    """A document that an action has locked, or is about to make: then it has no row yet."""

    object: str
    key: int
    side: Side
    row: Row[Any] | None = None


@dataclass(frozen=True, slots=True)
class Put:
    """An application that lies on an invoice, whole or in part: its row, and what may be taken off."""

    row: Row[Any]
    standing: Standing

    @property
    def source(self) -> tuple[str, int]:
        """Give the object and key of what it came from."""
        payment_key = self.row.payment_id
        return ("Payment", payment_key) if payment_key is not None else ("CreditMemo", self.row.credit_memo_id)


def hold(act: Deed, object_name: str, keys: Iterable[int]) -> dict[int, Held]:
    """Lock documents and give by key how each stands; invoices first, then payments, then credit memos."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return {}
    rows = act.hold(object_name, wanted)
    steps = _steps(act.connection, object_name, wanted)
    names = _accounts(act.connection, [_account_of(row) for row in rows])
    found = {}
    for row in rows:
        found[row.id] = Held(object_name, row.id, _side(object_name, row, names, steps.get(row.id, ())), row)
    return found


def account_name(act: Deed, key: int) -> str:
    """Give the name of an account to book something on; RequestError where it is gone or out of the person's reach."""
    names = _accounts(act.connection, [key])
    if key not in names:
        raise RequestError("That account is no longer in the book.", "Refresh the list.")
    act.permit.require_account(key, names[key])
    return names[key]


def standing(connection: Connection, *, keys: Collection[int] = (), source: tuple[str, int] | None = None) -> list[Put]:
    """Give applications by key, or those of one document that are not wholly taken off, in the order they were made.

    RequestError where a key is none of an application.
    """
    taken = application.alias("taken")
    back = (
        select(func.coalesce(func.sum(taken.c.amount), NOTHING))
        .where(taken.c.reverses_id == application.c.id)
        .scalar_subquery()
    )
    found = select(
        application,
        back.label("taken_back"),
        invoice.c.document_number.label("invoice"),
        payment.c.payment_number.label("payment"),
        credit_memo.c.document_number.label("memo"),
    ).select_from(
        application.join(invoice, invoice.c.id == application.c.invoice_id)
        .outerjoin(payment, payment.c.id == application.c.payment_id)
        .outerjoin(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
    )
    if source is not None:
        object_name, key = source
        found = found.where(_REFERENCES[object_name] == key, application.c.type == "Applied")
    else:
        found = found.where(chosen(connection, application.c.id, keys))
    puts = [Put(row, _standing(row)) for row in connection.execute(found.order_by(application.c.id))]
    if source is not None:
        return [put for put in puts if put.standing.left]
    if len(puts) < len(set(keys)):
        raise RequestError("That application is not in the book.", "Refresh the record.")
    if any(put.row.type != "Applied" for put in puts):
        raise RequestError("What was unapplied cannot be unapplied again.", "Apply it anew.")
    return puts


def _standing(row: Row[Any]) -> Standing:
    kind, number = ("payment", row.payment) if row.kind == "payment" else ("credit memo", row.memo)
    what = " ".join(part for part in ("the", kind, number) if part)
    return Standing(
        f"{what} on invoice {row.invoice}", row.currency_iso_code, row.amount, row.effective_date, row.taken_back
    )


def _side(object_name: str, row: Row[Any], names: dict[int, str], steps: Sequence[Step]) -> Side:
    number, total, since = {
        "Invoice": lambda: (row.document_number, row.total_amount_with_tax, row.invoice_date),
        "Payment": lambda: (row.payment_number, row.amount, row.effective_date),
        "CreditMemo": lambda: (row.document_number, row.total_amount_with_tax, row.effective_date),
    }[object_name]()
    return Side(
        kind=_KINDS[object_name],
        number=number or "",
        status=row.status,
        account_key=_account_of(row),
        account=names[_account_of(row)],
        currency=row.currency_iso_code,
        total=total or ZERO,
        since=since,
        steps=tuple(steps),
    )


def _account_of(row: Row[Any]) -> int:
    key = row._mapping.get("account_id")  # noqa: SLF001 - its public name
    return int(row.billing_account_id if key is None else key)


def _accounts(connection: Connection, keys: Collection[int]) -> dict[int, str]:
    found = select(account.c.id, account.c.name).where(chosen(connection, account.c.id, keys))
    return {row.id: row.name for row in connection.execute(found)}


def _steps(connection: Connection, object_name: str, keys: Collection[int]) -> dict[int, list[Step]]:
    reference = _REFERENCES[object_name]
    steps: dict[int, list[Step]] = {}
    events = select(reference, application.c.effective_date, application.c.impact_amount)
    for key, day, impact in connection.execute(events.where(chosen(connection, reference, keys))):
        steps.setdefault(key, []).append((day, impact))
    if object_name != "Invoice":  # on a server also whoever writes may not see all that it lies on
        away = hidden_application.c
        events = select(away[reference.name], away.effective_date, away.impact_amount)
        for key, day, impact in connection.execute(events.where(chosen(connection, away[reference.name], keys))):
            steps.setdefault(key, []).append((day, impact))
    if object_name == "Payment":
        found = connection.execute(select(refund).where(chosen(connection, refund.c.payment_id, keys)))
        for row in found:
            steps.setdefault(row.payment_id, []).append((row.effective_date, -row.amount))
            if row.status == "Canceled":
                steps[row.payment_id].append((row.cancellation_effective_date, row.amount))
    return steps
