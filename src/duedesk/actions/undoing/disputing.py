"""The opposites of disputing: what was contested is withdrawn, what was resolved is contested anew; each from today."""

from functools import partial

from duedesk.actions.disputes import dispute, resolve
from duedesk.actions.undoing.naming import called, found, money
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.actions.workspace import Workspace
from duedesk.domain.disputes import WITHDRAWN
from duedesk.domain.errors import RequestError


def _withdraw(asked: Asked) -> Planned:
    (key,) = asked.entry.keys("Dispute")
    asked.require_untouched({"Dispute": [key]})
    row = found(asked.connection, "Dispute", key)
    amount = money(row.disputed_amount, row.currency_iso_code)
    step = partial(resolve, key=key, resolution=WITHDRAWN, words=asked.reason)
    return Planned(f"Resolve dispute {row.name} of {amount} as withdrawn, {asked.dated}", ("resolve",), (step,))


def _take_up_again(asked: Asked) -> Planned:
    """Contest what was contested before, or what is left open of it."""
    (key,) = asked.entry.keys("Dispute")
    asked.require_untouched({"Dispute": [key]})
    row = found(asked.connection, "Dispute", key)
    open_ = found(asked.connection, "Invoice", row.invoice_id).balance
    amount = min(row.disputed_amount, open_)
    if not amount:
        raise RequestError("Nothing is open any more of its invoice.")

    def again(workspace: Workspace) -> object:
        words = row.description or ""
        return dispute(workspace, row.invoice_id, reason_code=row.reason_code, amount=amount, words=words)

    named = called(asked.connection, "Invoice", [row.invoice_id])
    sentence = f"Dispute {money(amount, row.currency_iso_code)} of {named} again, {asked.dated}"
    return Planned(sentence, ("dispute",), (again,))


OPPOSITES = {"dispute": Opposite(_withdraw), "resolve": Opposite(_take_up_again)}
