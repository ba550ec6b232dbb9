"""How old a book may be to dun by, and which policies may issue letters by themselves: read and set; it issues none."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, insert, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.dunning.send_guard import Freshness, check_fresh
from duedesk.domain.errors import BookError, RequestError
from duedesk.store.queries.dunning.policies import policies
from duedesk.store.queries.letters.issued import freshness
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

SEND_GUARD = "send_guard"
MOST_DAYS = 365


@dataclass(frozen=True, slots=True)
class SendGuard:
    """What a book says of issuing letters: none of it unless somebody set it."""

    limit_days: int | None = None
    """How old the newest payment may be; None asks nobody."""
    by_itself: tuple[int, ...] = ()
    """The policies whose letters a timer may issue with nobody looking."""


def send_guard(connection: Connection) -> SendGuard:
    """Give what is set; BookError where it cannot be read."""
    stored = stored_setting(connection, SEND_GUARD)
    if stored is None:
        return SendGuard()
    try:
        said = json.loads(stored)
        limit = said.get("limit_days")
        return SendGuard(None if limit is None else int(limit), tuple(map(int, said.get("by_itself", ()))))
    except (ValueError, TypeError, AttributeError):
        raise BookError("What is stored in the book of issuing letters cannot be read.", "Set it anew.") from None


def parted(connection: Connection, among: Collection[int] | None = None) -> tuple[list[int], list[int]]:
    """Give the policies in use that go by themselves, and those that wait for somebody to look (`among` None: all)."""
    alone = send_guard(connection).by_itself
    active = [one.key for one in policies(connection) if one.is_active and (among is None or one.key in among)]
    return [key for key in active if key in alone], [key for key in active if key not in alone]


@dataclass(frozen=True, slots=True)
class Passed:
    """How new the book was when letters went out, and why they did although it is old: nothing where it is not."""

    freshness: Freshness
    override: str
    today: date

    @property
    def said(self) -> dict[str, str]:
        """Give it as the journal keeps it; nothing where nobody had to say why."""
        return {"override": self.override, "was": self.freshness.said(self.today)} if self.override else {}


def pass_guard(connection: Connection, today: date, override: str) -> Passed:
    """Let letters go out by the book as it is; Question where it is older than its guard allows and nobody says why."""
    found = freshness(connection, today)
    return Passed(found, check_fresh(found, today, send_guard(connection).limit_days, override), today)


def set_send_guard(
    workspace: Workspace,
    *,
    limit_days: int | None = None,
    has_limit: bool | None = None,
    by_itself: Sequence[int] | None = None,
) -> Changes:
    """Set how old the newest payment may be, and which policies go by themselves; what is not told stays.

    `has_limit` False takes the limit away. Nothing is written where nothing changes.
    """
    if limit_days is not None and not 0 <= limit_days <= MOST_DAYS:
        raise RequestError(f"{limit_days} days are not from 0 to {MOST_DAYS}.")
    with deed(workspace, "set_send_guard") as act:
        before = after = send_guard(act.connection)
        if limit_days is not None or has_limit is False:
            after = replace(after, limit_days=limit_days)
        if by_itself is not None:
            known = {one.key for one in policies(act.connection)}
            if unknown := set(by_itself) - known:
                raise RequestError(f"There is no dunning policy #{min(unknown)}.")
            after = replace(after, by_itself=tuple(sorted(set(by_itself))))
        if after != before:
            limit = "no limit" if after.limit_days is None else f"at most {after.limit_days} days old"
            count = len(after.by_itself)
            alone = f"{count} {'policy goes' if count == 1 else 'policies go'} by themselves" if count else ""
            said = f"Letters go out by a book with {limit}{f'; {alone}' if alone else ''}"
            details = {"before": _written(before), "after": _written(after)}
            values = {"value": json.dumps(_written(after)), "journal_id": act.record(said, details)}
            changed = act.connection.execute(update(setting).where(setting.c.name == SEND_GUARD).values(**values))
            if changed.rowcount == 0:
                act.connection.execute(insert(setting).values(name=SEND_GUARD, **values))
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes


def _written(guard: SendGuard) -> dict[str, object]:
    return {"limit_days": guard.limit_days, "by_itself": list(guard.by_itself)}
