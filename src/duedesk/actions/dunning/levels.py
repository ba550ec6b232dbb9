"""Levels set by hand, with a reason that stays; and the policy that invoices or accounts are given of their own."""

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.disputes import check_words
from duedesk.domain.dunning.policy import MOST_LEVELS
from duedesk.domain.errors import RequestError
from duedesk.store.bulk import Keys
from duedesk.store.dunning_levels import restate_levels
from duedesk.store.tables.dunning import dunning_policy, dunning_reset
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


def set_dunning_level(workspace: Workspace, levels: Mapping[int, int], *, reason: str) -> Changes:
    """Set the levels of invoices by hand, 0 for never dunned: from there they climb again. A reason is needed."""
    said = check_words(reason)
    if not said:
        raise RequestError("A reason is needed.", "It stays with the invoice.")
    if any(not 0 <= level <= MOST_LEVELS for level in levels.values()):
        raise RequestError(f"A level is from 0 to {MOST_LEVELS}.")
    with deed(workspace, "set_dunning_level") as act:
        rows = act.hold("Invoice", list(levels))
        differing = [row for row in rows if row.dunning_level != levels[row.id]]
        if not differing:
            raise RequestError("The level is that already.", "Nothing was changed.")
        if draft := next((row for row in differing if row.posted_at is None), None):
            raise RequestError(f"Invoice #{draft.id} is not posted, and so has no level.")
        named = f"Invoice {differing[0].document_number}" if len(differing) == 1 else f"{len(differing)} invoices"
        to = sorted({levels[row.id] for row in differing})
        before = {str(row.id): row.dunning_level for row in differing}
        entry = act.record(
            f"{named} set to dunning level {', '.join(map(str, to))}: {said}",
            {"Invoice": [row.id for row in differing], "before": before},
        )
        keys = Keys(act.connection).take(dunning_reset, len(differing))
        for key, row in zip(keys, differing, strict=True):
            values = {
                "id": key,
                "invoice_id": row.id,
                "reset_date": act.today,
                "level_before": row.dunning_level,
                "level_after": levels[row.id],
                "reason": said,
                "recorded_at": act.now,
                "recorded_by": workspace.world.user,
                "journal_id": entry,
            }
            act.connection.execute(insert(dunning_reset).values(**values))
            act.made("DunningReset", key)
        restate_levels(act.connection, [row.id for row in differing])
    return act.changes


def assign_dunning_policy(
    workspace: Workspace,
    policies: Mapping[int, int | None],
    *,
    of_accounts: bool = False,
) -> Changes:
    """Give invoices, or accounts, a dunning policy of their own by key; None takes it away again."""
    object_name, table = ("Account", account) if of_accounts else ("Invoice", invoice)
    with deed(workspace, "assign_dunning_policy") as act:
        rows = act.hold(object_name, list(policies))
        wanted = {key for key in policies.values() if key is not None}
        there = act.connection.execute(select(dunning_policy).where(dunning_policy.c.id.in_(wanted))).all()
        if len(there) < len(wanted):
            raise RequestError("That dunning policy is no longer in the book.", "Refresh the list.")
        differing = [row for row in rows if row.dunning_policy_id != policies[row.id]]
        if not differing:
            raise RequestError("That is the policy already.", "Nothing was changed.")
        before = {str(row.id): row.dunning_policy_id for row in differing}
        act.record(
            f"{_named(object_name, differing)} given {_called([one.name for one in there])}",
            {object_name: [row.id for row in differing], "before": before, "object": object_name},
        )
        for row in differing:
            own = update(table).where(table.c.id == row.id)
            act.connection.execute(own.values(dunning_policy_id=policies[row.id]))
    return act.changes


def _named(object_name: str, rows: Sequence[object]) -> str:
    if len(rows) > 1:
        return f"{len(rows)} {object_name.lower()}s"
    (row,) = rows
    name = getattr(row, "name" if object_name == "Account" else "document_number", None)
    return f"{object_name} {name or '#' + str(getattr(row, 'id', ''))}"


def _called(names: Sequence[str]) -> str:
    return f"the dunning policy {' or '.join(names)}" if names else "no dunning policy of its own"
