"""One action under way: its transaction, the records it holds, what it leaves in journal and history; it has no rules.

    with deed(workspace, "void_invoice") as act:
        (row,) = act.hold("Invoice", [key])          locked until the end, its history begun
        ...                                          the rule is asked; a RequestError leaves nothing behind
        act.record(f"Invoice {number} voided")       before the first write: rows carry the entry's id
        act.connection.execute(update(invoice)...)
    return act.changes

At the end the stored figures of all held documents are stated again, and what differs goes into the history.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, select, update

from duedesk.actions.permission import Permit, permit
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store import history, journal
from duedesk.store.changes import Change, note_changes
from duedesk.store.settlement import Touched, chosen, restate
from duedesk.store.tables import METADATA
from duedesk.store.tables.ledger import invoice

_DOCUMENTS = ("Invoice", "Payment", "CreditMemo")
"""What has figures that follow from applications."""


@dataclass(slots=True)
class Deed:
    """What an action works with. `changes` is what it changed, known when it has ended."""

    connection: Connection
    world: World
    action: str
    permit: Permit
    undoes: int | None = None
    changes: Changes = field(default_factory=Changes)
    _before: dict[str, dict[int, Mapping[str, Any]]] = field(default_factory=dict)
    _made: dict[str, list[int]] = field(default_factory=dict)
    _gone: list[tuple[str, int, str | None]] = field(default_factory=list)
    _journal_id: int | None = None
    _summary: str = ""

    @property
    def now(self) -> datetime:
        """Give the moment the action records: one for all of its rows, from its entry in the journal on."""
        return self.world.now()

    @property
    def today(self) -> date:
        """Give the day on the user's calendar."""
        return self.world.today()

    def day(self, on: date | None) -> date:
        """Give the day that money moves on, today unless told; RequestError where it is to come."""
        return self.world.day(on)

    @property
    def is_recorded(self) -> bool:
        """Tell whether the action has its entry in the journal."""
        return self._journal_id is not None

    @property
    def journal_id(self) -> int:
        """Give the entry's id for the rows that are written; `record` comes first."""
        if self._journal_id is None:
            raise LookupError("the action wrote before it was recorded")
        return self._journal_id

    def hold(self, object_name: str, keys: Sequence[int]) -> list[Row[Any]]:
        """Lock records until the end and give their rows in the order asked.

        RequestError where one is gone, or not for the person at the desk to change. They are locked in the order of
        their keys, so that two actions never wait for each other.
        """
        described = CATALOG.object(object_name)
        table = METADATA.tables[described.table]
        locked = select(table).where(chosen(self.connection, table.c.id, keys)).order_by(table.c.id)
        found = {row.id: row for row in self.connection.execute(locked.with_for_update(of=table))}
        if missing := [key for key in keys if key not in found]:
            unlocked = select(table).where(chosen(self.connection, table.c.id, missing))
            # On a server what may be read and not changed is not locked either.
            self.permit.require_edit(object_name, self.connection.execute(unlocked).all())
            what = f"That {described.label.lower()} is" if len(missing) == 1 else f"{len(missing)} of them are"
            raise RequestError(f"{what} no longer in the book.", "Refresh the list.")
        self.permit.require_edit(object_name, list(found.values()))
        before = self._before.setdefault(object_name, {})
        for key, row in found.items():
            before.setdefault(key, dict(row._mapping))  # noqa: SLF001 - its public name
        return [found[key] for key in keys]

    def see(self, object_name: str, keys: Sequence[int]) -> list[Row[Any]]:
        """Give rows that are only read, in the order asked; RequestError where one is not to be seen."""
        described = CATALOG.object(object_name)
        table = METADATA.tables[described.table]
        asked = select(table).where(chosen(self.connection, table.c.id, keys))
        found = {row.id: row for row in self.connection.execute(asked)}
        if any(key not in found for key in keys):
            raise RequestError(f"That {described.label.lower()} is no longer in the book.", "Refresh the list.")
        self.permit.require_read(object_name, keys)
        return [found[key] for key in keys]

    def record(self, summary: str, details: Mapping[str, Any] | None = None) -> int:
        """Write the action's entry into the journal and give its id; `details` is what undoing it will need.

        What several verbs do as one action has one entry, that of the first.
        """
        if self._journal_id is not None:
            return self._journal_id
        self._summary = summary
        journal.wait_for_turn(self.connection)
        if self.undoes is not None and journal.is_undone(self.connection, self.undoes):
            raise RequestError("That has been undone already.")
        moment = self.world.now()
        self.world = replace(self.world, now=lambda: moment)
        self._journal_id = journal.record(
            self.connection,
            self.world,
            action=self.action,
            summary=summary,
            details=details,
            undoes=self.undoes,
            history_follows=True,
        )
        return self._journal_id

    def join(self, action: str) -> "Deed":
        """Take a verb in as a part of this action, which goes by the name of the first; RequestError without leave."""
        self.permit = permit(self.connection, self.world.user, action)
        if self._journal_id is None:
            self.action = action
        return self

    def made(self, object_name: str, key: int) -> int:
        """Say that a record was made, and give its key."""
        self._made.setdefault(object_name, []).append(key)
        return key

    def removed(self, object_name: str, key: int, external_id: str | None = None) -> None:
        """Say that a record is gone; where it was held, its history says what it held at the end."""
        self._gone.append((object_name, key, external_id))

    def close(self) -> None:
        """State the figures again, write history and changes; nothing where nothing was recorded."""
        if self._journal_id is None:
            return
        touched = {name: self._keys(name) for name in _DOCUMENTS}
        restate(
            self.connection,
            Touched(touched["Invoice"], touched["Payment"], touched["CreditMemo"]),
        )
        changes = [*self._note_changes()]
        changes += [Change(name, key, external_id, "deleted") for name, key, external_id in self._gone]
        note_changes(self.connection, changes, at=self.now, journal_id=self.journal_id)
        objects = {one.object_name for one in changes}
        self.changes = Changes(frozenset(objects), self._journal_id, self._summary)

    def _keys(self, object_name: str) -> list[int]:
        return [*self._before.get(object_name, ()), *self._made.get(object_name, ())]

    def _note_changes(self) -> Iterator[Change]:
        differing: list[history.Difference] = []
        for name in dict.fromkeys((*self._before, *self._made)):
            made, before = set(self._made.get(name, ())), self._before.get(name, {})
            after = history.snapshot(self.connection, name, self._keys(name))
            differing += history.differences(self.connection, name, before, after)
            changed = {key for key, row in after.items() if key not in made and row != before[key]}
            if name == "Invoice" and changed:
                versions = update(invoice).where(chosen(self.connection, invoice.c.id, changed))
                self.connection.execute(versions.values(version=invoice.c.version + 1))
            for key in sorted(changed | (made & after.keys())):
                yield Change(name, key, after[key].get("external_id"), "created" if key in made else "updated")
        history.keep(self.connection, history.Deed(self.world.user, self.now, self.action, self.journal_id), differing)


@contextmanager
def deed(workspace: Workspace, action: str, *, undoes: int | None = None) -> Iterator[Deed]:
    """Open the transaction of an action; at its end everything stands in the book, or nothing where an error is raised.

    `undoes` names the journal entry of which the action is the opposite. Within another action it is a part of that
    one: what it changed is known only when that ends.
    """
    if workspace.within is not None:
        yield workspace.within.join(action)
        return
    with workspace.book.writing() as connection:
        leave = permit(connection, workspace.world.user, action)
        act = Deed(connection, workspace.world, action, leave, undoes)
        yield act
        act.close()
