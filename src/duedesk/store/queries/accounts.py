"""Accounts: found by what people call them, and listed for choosing; what they owe is asked of `aging`."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.errors import Question, RequestError
from duedesk.domain.names import fold
from duedesk.store.queries.lists.free_text import matches
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as it is chosen from a list."""

    key: int
    name: str
    number: str
    country: str


def find_account(connection: Connection, called: str) -> AccountRow:
    """Find one account by Id, number or name, in that order.

    RequestError where there is none, Question where several accounts have the name.
    """
    for condition in (
        account.c.external_id == called,
        account.c.account_number == called,
        account.c.folded_name == fold(called),
    ):
        found = connection.execute(
            _ACCOUNTS.where(condition).order_by(account.c.account_number, account.c.id).limit(20)
        ).all()
        if len(found) > 1:
            numbers = ", ".join(row.account_number or f"key {row.id}" for row in found)
            raise Question(f"{len(found)} accounts are called “{called}”.", f"Name one by its number: {numbers}.")
        if found:
            return _row(found[0])
    near = suggest_accounts(connection, called, limit=3)
    hint = f"There is {', '.join(row.name for row in near)}." if near else "Look for it in the list of accounts."
    raise RequestError(f"There is no account “{called}”.", hint)


def suggest_accounts(connection: Connection, text: str, *, limit: int = 50) -> tuple[AccountRow, ...]:
    """Give accounts whose name or number holds the text, by name; all of them where the text is empty."""
    found = _ACCOUNTS.order_by(account.c.folded_name).limit(limit)
    if text.strip():
        found = found.where(matches(account, "Account", text))
    return tuple(map(_row, connection.execute(found)))


_ACCOUNTS = select(account.c.id, account.c.name, account.c.account_number, account.c.billing_country)


def _row(row: Row[Any, Any, Any, Any]) -> AccountRow:
    return AccountRow(row.id, row.name, row.account_number or "", row.billing_country or "")
