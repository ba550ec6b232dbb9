"""The opposites of holding letters back, promising, setting levels and policies; each is an action of its own."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from duedesk.actions.dunning.holds import hold_account, hold_invoices, release_holds
from duedesk.actions.dunning.levels import assign_dunning_policy, set_dunning_level
from duedesk.actions.dunning.policies import put_policies_back
from duedesk.actions.dunning.promises import Part, promise, withdraw_promises
from duedesk.actions.undoing.naming import called, found, money
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError


def _release(asked: Asked) -> Planned:
    keys = _untouched(asked, "DunningHold")
    step = partial(release_holds, keys=keys, reason=asked.reason)
    return Planned(
        f"Release {called(asked.connection, 'DunningHold', keys)}, {asked.dated}", ("release_hold",), (step,)
    )


def _hold_again(asked: Asked) -> Planned:
    """Hold what was held, for as long as it would have been."""
    keys = _untouched(asked, "DunningHold")
    rows = [found(asked.connection, "DunningHold", key) for key in keys]
    if over := next((row for row in rows if row.end_date < asked.today), None):
        raise RequestError(f"Hold {over.name} would have ended on {in_words(over.end_date)} by itself.")

    def again(workspace: Workspace) -> None:
        for row in rows:
            said: dict[str, Any] = {"reason_code": row.reason_code, "until": row.end_date}
            said["words"] = row.description or ""
            if row.account_id is not None:
                hold_account(workspace, row.account_id, **said)
            else:
                hold_invoices(workspace, [row.invoice_id], **said)

    named = called(asked.connection, "DunningHold", keys)
    return Planned(f"Hold again what {named} held, from today on", ("hold",), (again,))


def _withdraw(asked: Asked) -> Planned:
    keys = _untouched(asked, "PaymentPromise")
    step = partial(withdraw_promises, keys=keys, reason=asked.reason)
    named = called(asked.connection, "PaymentPromise", keys)
    return Planned(f"Withdraw {named}, {asked.dated}", ("withdraw_promise",), (step,))


def _promise_again(asked: Asked) -> Planned:
    keys = _untouched(asked, "PaymentPromise")
    rows = [found(asked.connection, "PaymentPromise", key) for key in keys]
    day = max(row.promise_date for row in rows)
    if day < asked.today:
        raise RequestError(f"It was for {in_words(day)}, which is past.")
    parts = [Part(row.invoice_id, row.promised_amount) for row in rows]
    step = partial(promise, parts=parts, day=day, words=rows[0].description or "", contact_key=rows[0].contact_id)
    amounts = " and ".join(money(row.promised_amount, row.currency_iso_code) for row in rows[:3])
    what = amounts if len(rows) <= 3 else f"{len(rows)} amounts"
    return Planned(f"Record again that {what} is promised for {in_words(day)}", ("promise",), (step,))


def _levels_back(asked: Asked) -> Planned:
    keys = _untouched(asked, "Invoice")
    before = {int(key): int(level) for key, level in asked.entry.before.items()}
    levels = ", ".join(map(str, sorted(set(before.values()))))
    sentence = f"Set {called(asked.connection, 'Invoice', keys)} back to dunning level {levels}"
    step = partial(set_dunning_level, levels=before, reason=asked.reason)
    return Planned(sentence, ("set_dunning_level",), (step,))


def _assign_back(asked: Asked) -> Planned:
    object_name = str(asked.entry.details["object"])
    keys = _untouched(asked, object_name)
    before = {int(key): None if policy is None else int(policy) for key, policy in asked.entry.before.items()}
    step = partial(assign_dunning_policy, policies=before, of_accounts=object_name == "Account")
    sentence = f"Give {called(asked.connection, object_name, keys)} the dunning policy it had before"
    return Planned(sentence, ("assign_dunning_policy",), (step,))


def _policy_back(asked: Asked) -> Planned:
    """Put policies back as they were; one that was made is deleted."""
    keys, before = _untouched(asked, "DunningPolicy"), asked.entry.before
    made = [key for key in keys if str(key) not in before]
    step = partial(put_policies_back, kept=before, made=made)
    if made:
        sentence = f"Delete {called(asked.connection, 'DunningPolicy', made)}"
    else:
        sentence = f"Set the dunning policy {_names(before)} back to what it was"
    return Planned(sentence, ("save_dunning_policy",), (step,))


def _policy_again(asked: Asked) -> Planned:
    kept = asked.entry.before
    step = partial(put_policies_back, kept=kept)
    return Planned(f"Put the dunning policy {_names(kept)} back", ("save_dunning_policy",), (step,))


def _names(kept: Mapping[str, Any]) -> str:
    return ", ".join(str(was["DunningPolicy"]["name"]) for was in kept.values())


def _untouched(asked: Asked, object_name: str) -> list[int]:
    keys = asked.entry.keys(object_name)
    asked.require_untouched({object_name: keys})
    return keys


OPPOSITES = {
    "hold": Opposite(_release),
    "release_hold": Opposite(_hold_again),
    "promise": Opposite(_withdraw),
    "withdraw_promise": Opposite(_promise_again),
    "set_dunning_level": Opposite(_levels_back),
    "assign_dunning_policy": Opposite(_assign_back),
    "save_dunning_policy": Opposite(_policy_back, holds=()),
    "delete_dunning_policy": Opposite(_policy_again, holds=()),
}
