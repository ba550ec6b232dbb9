"""May the person at the desk do that: asked at the start of every action, and of every record it takes hold of.

On a file this guards against mistakes; on a server the server itself refuses as well.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select, text

from duedesk.domain.access import Level, Standing, duty_of
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.store.settlement import chosen
from duedesk.store.standing import standing_of
from duedesk.store.tables import METADATA
from duedesk.store.tables.party import account, owner
from duedesk.store.visible import Reach, schema_of


@dataclass(frozen=True, slots=True)
class _Guarded:
    """By which column a record is within somebody's reach."""

    account: str = ""
    name: str = ""


_GUARDED = {
    "Invoice": _Guarded(name="document_number"),
    "Payment": _Guarded("account_id", "payment_number"),
    "CreditMemo": _Guarded("billing_account_id", "document_number"),
    "Refund": _Guarded("account_id", "refund_number"),
}


@dataclass(frozen=True, slots=True)
class Permit:
    """The leave to take one action: who takes it, and on which records they may."""

    connection: Connection
    standing: Standing

    def require_edit(self, object_name: str, rows: Collection[Row[Any]]) -> None:
        """Make sure that records are the person's to change; RequestError names the first that is not.

        A record they may not even see is no longer in the book for them.
        """
        guarded = _GUARDED.get(object_name)
        if guarded is None or self.standing.edits_all or not rows:
            return
        editable = self._within(Level.EDIT, object_name, [row.id for row in rows])
        refused = [row for row in rows if row.id not in editable]
        if not refused:
            return
        label, first = CATALOG.object(object_name).label, refused[0]
        if not self.standing.sees_all and not self._within(Level.READ, object_name, [first.id]):
            raise RequestError(f"That {label.lower()} is no longer in the book.", "Refresh the list.")
        called = f"{label} {first._mapping[guarded.name] or ''}".strip()  # noqa: SLF001 - its public name
        raise RequestError(
            f"{self.standing.title} may read {called} and not change it.",
            f"{_whose(self.connection, first)}{self.standing.whom_to_ask}",
        )

    def require_account(self, key: int, name: str) -> None:
        """Make sure that what is booked on an account is the person's to change afterwards; else RequestError."""
        if self.standing.edits_all:
            return
        reach = Reach(self.standing, Level.EDIT, schema_of(self.connection)).account_key("account.id")
        if self.connection.scalar(select(account.c.id).where(account.c.id == key, text(reach))) is None:
            raise RequestError(
                f"{self.standing.title} may not book anything on {name}: none of its invoices is theirs to change.",
                self.standing.whom_to_ask,
            )

    def require_read(self, object_name: str, keys: Collection[int]) -> None:
        """Make sure that records are the person's to see; for who may not see one it is not in the book."""
        if object_name not in _GUARDED or self.standing.sees_all:
            return
        if not self._within(Level.READ, object_name, keys).issuperset(keys):
            label = CATALOG.object(object_name).label
            raise RequestError(f"That {label.lower()} is no longer in the book.", "Refresh the list.")

    def require_owner(self, key: int | None) -> None:
        """Make sure that a record may be given to an owner: to oneself and one's groups by anybody who may write it."""
        if key is None or key in self.standing.groups or self.standing.may("assign_owner"):
            return
        raise RequestError(
            f"{self.standing.title} may not {duty_of('assign_owner').words}.",
            self.standing.whom_to_ask_for("assign_owner"),
        )

    def _within(self, level: Level, object_name: str, keys: Collection[int]) -> frozenset[int]:
        """Give those of the keys that are within reach."""
        table = METADATA.tables[CATALOG.object(object_name).table]
        reach = Reach(self.standing, level, schema_of(self.connection))
        account = _GUARDED[object_name].account
        condition = reach.account_key(f"{table.name}.{account}") if account else reach.invoice(table.name)
        among = chosen(self.connection, table.c.id, keys)
        return frozenset(self.connection.scalars(select(table.c.id).where(among, text(condition))))


def permit(connection: Connection, user: str, action: str) -> Permit:
    """Give leave to take an action; RequestError where it is not the person's to take."""
    standing = standing_of(connection, user)
    if standing.is_shut_out:
        raise RequestError(f"This book does not know “{user}”, or no longer.", standing.whom_to_ask)
    if standing.may(action):
        return Permit(connection, standing)
    duty = duty_of(action)
    if standing.role in duty.roles:
        needed = f"somebody who {'changes' if standing.sees_all else 'sees'} every invoice"
    else:
        needed = " or ".join(duty.roles)
    raise RequestError(f"{standing.title} may not {duty.words}: that takes {needed}.", standing.whom_to_ask_for(action))


def _whose(connection: Connection, row: Row[Any]) -> str:
    key = row._mapping.get("owner_id")  # noqa: SLF001 - its public name
    name = None if key is None else connection.scalar(select(owner.c.name).where(owner.c.id == key))
    return f"It belongs to {name}. " if name else ""
