"""Payment terms are made and changed; what is posted keeps the due date it got."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.kept import keep, put_back
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.payment_terms import Item, Term, check_term
from duedesk.domain.term_text import write_item
from duedesk.store.bulk import Keys
from duedesk.store.tables.party import payment_term, payment_term_item

STATUSES = ("Active", "Draft", "Inactive")
LONGEST_NAME = 255
LONGEST_DESCRIPTION = 1000


def save_term(
    workspace: Workspace,
    name: str,
    *,
    term: Term,
    description: str | None = None,
    is_default: bool | None = None,
    status: str = "Active",
) -> Changes:
    """Make a payment term, or give the one of that name other items; RequestError where it makes no whole."""
    called = tidy(name)
    if not called or len(called) > LONGEST_NAME:
        raise RequestError("A payment term needs a name.", f"Of at most {LONGEST_NAME} characters.")
    if description is not None and len(description) > LONGEST_DESCRIPTION:
        raise RequestError(f"The description is longer than {LONGEST_DESCRIPTION:,} characters.")
    if status not in STATUSES:
        raise RequestError(f"A payment term cannot be “{status}”.", f"There are {', '.join(STATUSES)}.")
    if is_default and status != "Active":
        raise RequestError("Only an active payment term can be the default.")
    check_term(term)
    with deed(workspace, "save_term") as act:
        there = act.connection.execute(select(payment_term).where(payment_term.c.name == called)).one_or_none()
        key = Keys(act.connection).take(payment_term, 1)[0] if there is None else there.id
        defaults = list(act.connection.scalars(select(payment_term.c.id).where(payment_term.c.is_default)))
        held = [*([] if there is None else [key]), *(one for one in defaults if is_default and one != key)]
        rows = act.hold("PaymentTerm", held)
        before = {str(row.id): {"PaymentTerm": keep(row), "PaymentTermItem": _items(act, row.id)} for row in rows}
        act.record(f"Payment term {called} saved", {"PaymentTerm": [key], "before": before})
        if is_default:
            others = payment_term.c.id.in_([one for one in defaults if one != key])
            act.connection.execute(update(payment_term).where(others).values(is_default=False))
        _write(act, key, there, called, term, _said(description, status, is_default))
    return act.changes


def put_term_back(workspace: Workspace, kept: Mapping[str, Any]) -> Changes:
    """Give payment terms what they held before `save_term`, from that action's `before`."""
    with deed(workspace, "save_term") as act:
        rows = act.hold("PaymentTerm", [int(key) for key in kept])
        names = ", ".join(row.name for row in rows)
        act.record(f"Payment term {names} as it was", {"PaymentTerm": [row.id for row in rows]})
        for key, was in kept.items():
            act.connection.execute(delete(payment_term_item).where(payment_term_item.c.payment_term_id == int(key)))
            fields = {name: was["PaymentTerm"].get(name) for name in _KEPT}
            percent = fields["discount_percent"]
            fields["discount_percent"] = None if percent is None else Decimal(percent)
            act.connection.execute(update(payment_term).where(payment_term.c.id == int(key)).values(**fields))
            put_back(act.connection, payment_term_item, was["PaymentTermItem"])
    return act.changes


_KEPT = ("description", "is_default", "status", "period", "discount_percent", "discount_days")


def _said(description: str | None, status: str, is_default: bool | None) -> dict[str, Any]:  # noqa: FBT001
    said: dict[str, Any] = {"status": status}
    if description is not None:
        said["description"] = description or None
    if is_default is not None or status != "Active":
        said["is_default"] = bool(is_default)
    return said


def _items(act: Deed, key: int) -> list[dict[str, Any]]:
    own = payment_term_item.c.payment_term_id == key
    return [keep(row) for row in act.connection.execute(select(payment_term_item).where(own))]


def _write(act: Deed, key: int, there: Row[Any] | None, name: str, term: Term, said: dict[str, Any]) -> None:
    values = {
        "name": name,
        "period": term.days,
        "discount_percent": term.discount_percent,
        "discount_days": term.discount_days,
        **said,
    }
    if there is None:
        head = {"id": key, "created_date": act.now, "journal_id": act.journal_id}
        act.connection.execute(insert(payment_term).values(**head, **values))
        act.made("PaymentTerm", key)
    else:
        act.connection.execute(update(payment_term).where(payment_term.c.id == key).values(**values))
        act.connection.execute(delete(payment_term_item).where(payment_term_item.c.payment_term_id == key))
    for place, item in enumerate(term.items, 1):
        act.connection.execute(insert(payment_term_item).values(**_item(act, key, item, place)))


def _item(act: Deed, key: int, item: Item, place: int) -> dict[str, Any]:
    return {
        "payment_term_id": key,
        "name": f"Part {place}",
        "description": write_item(item),
        "type": "Period-Based",
        "payment_timeframe": "Standard",
        "period": item.period,
        "period_unit": item.unit,
        "day_of_month": item.day_of_month,
        "added_days": item.added_days,
        "percentage": item.percentage,
        "amount": item.amount,
        "created_date": act.now,
        "journal_id": act.journal_id,
    }
