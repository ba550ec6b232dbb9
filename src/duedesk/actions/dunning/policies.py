"""Dunning policies are made, changed, put back as they were and deleted; letters that were issued stay as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.dunning.policy_conflict import check_version
from duedesk.actions.invoices.kept import keep, put_back
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.dunning.policy import Policy, PolicyLevel, check_policy
from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO
from duedesk.store.bulk import Keys
from duedesk.store.tables.dunning import dunning_letter, dunning_level, dunning_level_amount, dunning_policy
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account

_OF_POLICY = (
    *("name", "letter_per", "catches_up", "whole_account_at_highest", "is_default", "account_type", "duns_charges"),
    *("charges_consumers", "promise_grace_days", "is_active"),
)
_OF_LEVEL = (
    *("number", "name", "days_overdue", "grace_days", "interval_days", "charges_interest", "deadline_days", "channel"),
    *("tone", "lists_not_due", "at_the_end", "is_courtesy", "is_active", "may_be_jumped_to"),
)
"""What a record of the domain and its row call alike."""


def save_policy(workspace: Workspace, policy: Policy) -> Changes:
    """Make a policy, where its key is 0, or change the one with its key; RequestError where it makes no sense.

    What becomes the default takes that from another; one that is the default stays it until another is. Where it was
    read as a version that the book has no more, RequestError says what differs.
    """
    wanted = check_policy(policy)
    with deed(workspace, "save_dunning_policy") as act:
        defaults = list(act.connection.scalars(select(dunning_policy.c.id).where(dunning_policy.c.is_default)))
        if wanted.key in defaults and not wanted.is_default:
            raise RequestError(f"{wanted.name} is the default policy.", "Make another one the default first.")
        others = [key for key in defaults if wanted.is_default and key != wanted.key]
        held = [*([wanted.key] if wanted.key else []), *others]
        rows = act.hold("DunningPolicy", held)
        check_version(act.connection, wanted, rows)
        before = {str(row.id): _kept(act, row.id) for row in rows}
        _check_free(act, wanted)
        key = wanted.key or Keys(act.connection).take(dunning_policy, 1)[0]
        act.record(f"Dunning policy {wanted.name} saved", {"DunningPolicy": [key], "before": before})
        none_now = {"is_default": False, "version": dunning_policy.c.version + 1}
        act.connection.execute(update(dunning_policy).where(dunning_policy.c.id.in_(others)).values(**none_now))
        _write(act, key, wanted)
    return act.changes


def put_policies_back(workspace: Workspace, kept: Mapping[str, Any], made: Sequence[int] = ()) -> Changes:
    """Give policies what they held, from the `before` of the action that changed them, and delete those it made."""
    with deed(workspace, "save_dunning_policy") as act:
        there = set(act.connection.scalars(select(dunning_policy.c.id)))
        keys = [*map(int, kept), *made]
        rows = act.hold("DunningPolicy", [key for key in keys if key in there])
        for row in rows:
            if row.id in made:
                _check_unused(act, row)
        names = ", ".join([*(was["DunningPolicy"]["name"] for was in kept.values()), *_names(rows, made)])
        before = {str(row.id): _kept(act, row.id) for row in rows}
        act.record(f"Dunning policy {names} as it was", {"DunningPolicy": keys, "before": before})
        for row in rows:
            _remove_levels(act, row.id)
            if row.id in made:
                act.connection.execute(delete(dunning_policy).where(dunning_policy.c.id == row.id))
                act.removed("DunningPolicy", row.id, row.external_id)
        if any(was["DunningPolicy"].get("is_default") for was in kept.values()):
            act.connection.execute(update(dunning_policy).values(is_default=False))
        for key, was in kept.items():
            if int(key) in there:
                fields = {name: was["DunningPolicy"].get(name) for name in (*_OF_POLICY, "description")}
                own = update(dunning_policy).where(dunning_policy.c.id == int(key))
                act.connection.execute(own.values(**fields, version=dunning_policy.c.version + 1))
            else:
                put_back(act.connection, dunning_policy, [was["DunningPolicy"]])
                act.made("DunningPolicy", int(key))
            put_back(act.connection, dunning_level, was["DunningLevel"])
            put_back(act.connection, dunning_level_amount, was["DunningLevelAmount"])
    return act.changes


def delete_policy(workspace: Workspace, key: int) -> Changes:
    """Delete a policy that nothing has; RequestError where it is the default, or something has it."""
    with deed(workspace, "delete_dunning_policy") as act:
        (row,) = act.hold("DunningPolicy", [key])
        if row.is_default:
            raise RequestError(f"{row.name} is the default policy.", "Make another one the default first.")
        _check_unused(act, row)
        before = {str(key): _kept(act, key)}
        act.record(f"Dunning policy {row.name} deleted", {"DunningPolicy": [key], "before": before})
        _remove_levels(act, key)
        act.connection.execute(delete(dunning_policy).where(dunning_policy.c.id == key))
        act.removed("DunningPolicy", key, row.external_id)
    return act.changes


def _names(rows: Sequence[Row[Any]], made: Sequence[int]) -> list[str]:
    return [row.name for row in rows if row.id in made]


def _check_unused(act: Deed, row: Row[Any]) -> None:
    for what, table in (("An account", account), ("An invoice", invoice), ("A letter", dunning_letter)):
        if act.connection.scalar(select(table.c.id).where(table.c.dunning_policy_id == row.id).limit(1)) is not None:
            raise RequestError(f"{what} has {row.name}.", "Set it out of use instead.")


def _check_free(act: Deed, policy: Policy) -> None:
    """Refuse a name, or a type of accounts, that another policy has."""
    same = dunning_policy.c.name == policy.name
    if policy.account_type is not None:
        same = or_(same, dunning_policy.c.account_type == policy.account_type)
    other = act.connection.execute(select(dunning_policy).where(same, dunning_policy.c.id != policy.key)).first()
    if other is None:
        return
    if other.name == policy.name:
        raise RequestError(f"There is a dunning policy {policy.name} already.", "Choose another name.")
    raise RequestError(f"Accounts of type {policy.account_type} have {other.name}.", "A type has one policy.")


def _kept(act: Deed, key: int) -> dict[str, Any]:
    """Give a policy with its levels as the journal keeps it."""
    levels = act.connection.execute(select(dunning_level).where(dunning_level.c.dunning_policy_id == key)).all()
    of_these = dunning_level_amount.c.dunning_level_id.in_([row.id for row in levels])
    amounts = act.connection.execute(select(dunning_level_amount).where(of_these)).all()
    return {
        "DunningPolicy": keep(act.connection.execute(select(dunning_policy).where(dunning_policy.c.id == key)).one()),
        "DunningLevel": [keep(row) for row in levels],
        "DunningLevelAmount": [keep(row) for row in amounts],
    }


def _remove_levels(act: Deed, key: int) -> None:
    own = select(dunning_level.c.id).where(dunning_level.c.dunning_policy_id == key)
    act.connection.execute(delete(dunning_level_amount).where(dunning_level_amount.c.dunning_level_id.in_(own)))
    act.connection.execute(delete(dunning_level).where(dunning_level.c.dunning_policy_id == key))


def _write(act: Deed, key: int, policy: Policy) -> None:
    values = {name: getattr(policy, name) for name in _OF_POLICY} | {"description": policy.description or None}
    if policy.key:
        own = update(dunning_policy).where(dunning_policy.c.id == key)
        act.connection.execute(own.values(**values, version=dunning_policy.c.version + 1))
        _remove_levels(act, key)
    else:
        head = {"id": key, "created_date": act.now, "journal_id": act.journal_id}
        act.connection.execute(insert(dunning_policy).values(**head, **values))
        act.made("DunningPolicy", key)
    for level in policy.levels:
        _write_level(act, key, level)


def _write_level(act: Deed, policy_key: int, level: PolicyLevel) -> None:
    (key,) = Keys(act.connection).take(dunning_level, 1)
    head = {"created_date": act.now, "journal_id": act.journal_id}
    fee = level.fee
    values = {name: getattr(level, name) for name in _OF_LEVEL}
    if fee is not None:
        values |= {"fee_kind": fee.kind, "fee_per": fee.per, "fee_percent": fee.percent}
    act.connection.execute(insert(dunning_level).values(id=key, dunning_policy_id=policy_key, **head, **values))
    fees = {} if fee is None else fee.amounts
    for currency in sorted({*level.minimums, *fees}):
        amounts = {"minimum_amount": level.minimums.get(currency, ZERO), "fee_amount": fees.get(currency, ZERO)}
        named = {"dunning_level_id": key, "currency_iso_code": currency}
        act.connection.execute(insert(dunning_level_amount).values(**named, **amounts, **head))
