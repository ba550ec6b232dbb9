"""Issued letters as they are listed: a line each with how it stands on its way; what it asks for item by item is not.

Many are read at once: a line is a few columns, and no letter's PDF is touched.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, select

from duedesk.domain.delivery_state import OnItsWay, is_instead, state_of
from duedesk.store.queries.asof import Standpoint
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery as delivery
from duedesk.store.tables.dunning import dunning_letter as letter
from duedesk.store.tables.dunning import dunning_letter_item as item
from duedesk.store.tables.dunning import dunning_run as run
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list; `state` says how it stands on its way, `is_instead` that it is printed for want of mail."""

    key: int
    number: str
    day: date
    account_key: int
    account: str
    level: int
    is_courtesy: bool
    currency: str
    total: Decimal
    status: str
    channel: str
    run_key: int | None
    run: str
    state: str
    is_instead: bool

    @property
    def is_cancelled(self) -> bool:
        """Tell whether it was cancelled."""
        return self.status == "Cancelled"


def letter_rows(
    connection: Connection,
    *,
    keys: Collection[int] | None = None,
    run_key: int | None = None,
    account_key: int | None = None,
    invoice_key: int | None = None,
    then: Standpoint | None = None,
) -> tuple[LetterRow, ...]:
    """Give letters, the newest first: all, or those of some keys, a run, an account, an invoice.

    Those that had been issued `then` are as they stood: one that was cancelled later is issued. How they left is as
    it is now.
    """
    conditions: list[ColumnElement[bool]] = []
    if then is not None:
        conditions.append(then.happened(letter.c.letter_date, letter.c.issued_at))
    if keys is not None:
        conditions.append(chosen(connection, letter.c.id, keys))
    if run_key is not None:
        conditions.append(letter.c.dunning_run_id == run_key)
    if account_key is not None:
        conditions.append(letter.c.account_id == account_key)
    if invoice_key is not None:
        conditions.append(letter.c.id.in_(select(item.c.dunning_letter_id).where(item.c.invoice_id == invoice_key)))
    ways = _ways(connection, conditions)
    one = letter.c
    asked = (
        select(one.id, one.number, one.letter_date, one.account_id, account.c.name.label("account"), one.level)
        .add_columns(one.is_courtesy, one.currency_iso_code, one.total, _status(then), one.channel, one.dunning_run_id)
        .add_columns(run.c.name.label("run"))
        .join(account, account.c.id == one.account_id)
        .outerjoin(run, run.c.id == one.dunning_run_id)
        .where(*conditions)
        .order_by(one.letter_date.desc(), one.id.desc())
    )
    found = []
    for row in connection.execute(asked):
        way = ways.get(row.id, ())
        values: list[Any] = [*row[:-1], row.run or "", state_of(way), is_instead(way)]
        found.append(LetterRow(*values))
    return tuple(found)


def _status(then: Standpoint | None) -> ColumnElement[str]:
    one = letter.c
    if then is None:
        return one.status
    return case((then.is_later(one.cancelled_on, one.cancelled_at), "Issued"), else_=one.status)


def _ways(connection: Connection, conditions: Collection[ColumnElement[bool]]) -> dict[int, list[OnItsWay]]:
    """Give the deliveries of letters by the letter's key, in their order."""
    one = delivery.c
    asked = select(one.dunning_letter_id, one.channel, one.status, one.bounced_at.is_not(None)).order_by(one.id)
    if conditions:
        asked = asked.join(letter, letter.c.id == one.dunning_letter_id).where(*conditions)
    found: dict[int, list[OnItsWay]] = {}
    for key, channel, status, came_back in connection.execute(asked):
        found.setdefault(key, []).append(OnItsWay(channel, status, bool(came_back)))
    return found
