"""Whose an invoice is, and who else sees or edits it: assigned, shared by hand, shared by rule, and by default."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Level, Visibility
from duedesk.domain.changes import Changes, Made
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.store.settlement import chosen
from duedesk.store.standing import VISIBILITY, visibility
from duedesk.store.tables.desk import setting
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.sharing import invoice_owner_sharing_rule, invoice_share

GIVEN = (Level.READ, Level.EDIT)
"""What can be given; all access is its owner's."""


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A sharing rule as somebody wants it: what `owned_by` and its members own is shared with `shared_with`."""

    name: str
    owned_by: int
    shared_with: int
    level: Level


def assign_owner(workspace: Workspace, keys: Sequence[int], *, owner: int | None) -> Changes:
    """Give invoices to a user or a group, or to nobody (None); those that are theirs already stay as they are.

    What was shared by hand stays shared. RequestError where the owner has left.
    """
    return assign_owners(workspace, dict.fromkeys(keys, owner))


def assign_owners(workspace: Workspace, owners: Mapping[int, int | None]) -> Changes:
    """Give each invoice to an owner of its own, by key; as `assign_owner`."""
    with deed(workspace, "assign_owner") as act:
        rows = act.hold("Invoice", list(owners))
        names = {key: "nobody" if key is None else _receiver(act, key).name for key in dict.fromkeys(owners.values())}
        moved = [row for row in rows if row.owner_id != owners[row.id]]
        if not moved:
            return Changes()
        what = _called(moved[0]) if len(moved) == 1 else f"{len(moved):,} invoices"
        to = next(iter(names.values())) if len(names) == 1 else f"{len(names)} owners"
        before = {str(row.id): {"OwnerId": row.owner_id} for row in moved}
        act.record(f"{what} assigned to {to}", {"Invoice": [row.id for row in moved], "before": before})
        for owner in names:
            among = chosen(act.connection, invoice.c.id, [row.id for row in moved if owners[row.id] == owner])
            act.connection.execute(update(invoice).where(among).values(owner_id=owner))
    return act.changes


def share(workspace: Workspace, invoice_key: int, *, with_: int, level: Level = Level.READ) -> Changes:
    """Share an invoice with a user or a group, or change how far; nothing is written where it is shared so already."""
    _check_level(level)
    with deed(workspace, "share") as act:
        (document,) = act.hold("Invoice", [invoice_key])
        receiver = _receiver(act, with_)
        if document.owner_id == with_:
            raise RequestError(f"The invoice is {receiver.name}'s own.", "Its owner has all access.")
        there = _share(act, invoice_key, with_)
        if there is not None and there.access_level == level:
            return Changes()
        may = "read" if level is Level.READ else "edit"
        details = {"Invoice": [invoice_key], "with": with_, "before": there.access_level if there else None}
        act.record(
            f"Invoice {document.document_number or 'draft'} shared with {receiver.name}, who may {may} it", details
        )
        if there is not None:
            act.hold("InvoiceShare", [there.id])
            changing = update(invoice_share).where(invoice_share.c.id == there.id)
            act.connection.execute(changing.values(access_level=level))
        else:
            row = {"parent_id": invoice_key, "user_or_group_id": with_, "access_level": level, "row_cause": "Manual"}
            row |= {"created_date": act.now, "journal_id": act.journal_id}
            adding = insert(invoice_share).values(**row).returning(invoice_share.c.id)
            act.made("InvoiceShare", act.connection.execute(adding).scalar_one())
    return act.changes


def unshare(workspace: Workspace, invoice_key: int, *, with_: int) -> Changes:
    """Take back what was shared by hand; RequestError where it is not, for owners and rules give access otherwise."""
    with deed(workspace, "unshare") as act:
        (document,) = act.hold("Invoice", [invoice_key])
        there = _share(act, invoice_key, with_)
        if there is None:
            raise RequestError(
                "The invoice is not shared with them by hand.", "Owners and rules give access otherwise."
            )
        name = act.see("User", [with_])[0].name
        details = {"Invoice": [invoice_key], "with": with_, "before": there.access_level}
        act.record(f"{_called(document)} no longer shared with {name}", details)
        act.connection.execute(delete(invoice_share).where(invoice_share.c.id == there.id))
        act.removed("InvoiceShare", there.id, there.external_id)
    return act.changes


def save_rule(workspace: Workspace, draft: RuleDraft, *, key: int | None = None) -> Made:
    """Make a sharing rule, or change the one with the key."""
    _check_level(draft.level)
    name = tidy(draft.name)
    if not name or len(name) > 255:
        raise RequestError("A sharing rule needs a name.", "Of at most 255 characters.")
    if draft.owned_by == draft.shared_with:
        raise RequestError("A rule shares with somebody else than it takes from.")
    rule = invoice_owner_sharing_rule
    values = {
        "name": name,
        "group_id": draft.owned_by,
        "user_or_group_id": draft.shared_with,
        "invoice_access_level": draft.level,
    }
    with deed(workspace, "save_rule") as act:
        owned_by, shared_with = act.see("User", [draft.owned_by])[0], _receiver(act, draft.shared_with)
        stored = None if key is None else act.hold("InvoiceOwnerSharingRule", [key])[0]
        same_name = act.connection.scalar(select(rule.c.id).where(rule.c.name == name))
        if same_name is not None and same_name != key:
            raise RequestError(f"There is a sharing rule “{name}” already.", "Choose another name, or change that one.")
        before = {} if stored is None else {name: stored._mapping[name] for name in values}  # noqa: SLF001
        if before == values and key is not None:
            return Made(key, Changes())
        what = f"what {owned_by.name} owns is shared with {shared_with.name}"
        act.record(f"Sharing rule {name}: {what}", {"rule": key, "before": before})
        if key is not None:
            act.connection.execute(update(rule).where(rule.c.id == key).values(**values))
            made = key
        else:
            row = {**values, "created_date": act.now, "journal_id": act.journal_id}
            adding = act.connection.execute(insert(rule).values(**row).returning(rule.c.id))
            made = act.made("InvoiceOwnerSharingRule", adding.scalar_one())
    return Made(made, act.changes)


def delete_rule(workspace: Workspace, key: int) -> Changes:
    """Take a sharing rule away."""
    with deed(workspace, "delete_rule") as act:
        (stored,) = act.hold("InvoiceOwnerSharingRule", [key])
        draft = RuleDraft(stored.name, stored.group_id, stored.user_or_group_id, Level(stored.invoice_access_level))
        act.record(f"Sharing rule {stored.name} taken away", {"before": asdict(draft)})
        rule = invoice_owner_sharing_rule
        act.connection.execute(delete(rule).where(rule.c.id == key))
        act.removed("InvoiceOwnerSharingRule", key, stored.external_id)
    return act.changes


def set_visibility(workspace: Workspace, default: Visibility) -> Changes:
    """Say what clerks may do with invoices that others own and nobody shared."""
    with deed(workspace, "set_visibility") as act:
        before = visibility(act.connection)
        if before is default:
            return Changes()
        act.record(f"Invoices are {default} by default", {"before": before, "after": default})
        values = {"value": json.dumps(default), "journal_id": act.journal_id}
        changed = act.connection.execute(update(setting).where(setting.c.name == VISIBILITY).values(**values))
        if changed.rowcount == 0:
            act.connection.execute(insert(setting).values(name=VISIBILITY, **values))
    return Changes(frozenset({"Setting", *act.changes.objects}), act.changes.journal_id, act.changes.summary)


def _receiver(act: Deed, key: int) -> Row[Any]:
    (found,) = act.see("User", [key])
    if not found.is_active:
        raise RequestError(f"{found.name} has left.", "Choose somebody who is there.")
    return found


def _called(document: Row[Any]) -> str:
    return f"Invoice {document.document_number or 'draft'}"


def _share(act: Deed, invoice_key: int, with_: int) -> Row[Any] | None:
    same = (invoice_share.c.parent_id == invoice_key, invoice_share.c.user_or_group_id == with_)
    return act.connection.execute(select(invoice_share).where(*same)).first()


def _check_level(level: Level) -> None:
    if level not in GIVEN:
        raise RequestError("Shares give Read or Edit.", "All access is the owner's.")
