"""The opposites of giving invoices to others: given back to whom they were, shared as far as they were."""

from functools import partial

from duedesk.actions.access.sharing import assign_owners, share, unshare
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.domain.access import Level


def _give_back(asked: Asked) -> Planned:
    owners = {int(key): kept["OwnerId"] for key, kept in asked.entry.before.items()}
    asked.require_untouched({"Invoice": owners})
    what = "the invoice" if len(owners) == 1 else f"{len(owners):,} invoices"
    sentence = f"Give {what} back to whom {'it' if len(owners) == 1 else 'they'} belonged"
    return Planned(sentence, ("assign_owner",), (lambda workspace: assign_owners(workspace, owners),))


def _share_as_before(asked: Asked) -> Planned:
    said = asked.entry.details
    (key,), receiver, level = asked.entry.keys("Invoice"), int(said["with"]), said["before"]
    if level is None:
        return Planned(
            "No longer share the invoice", ("unshare",), (partial(unshare, invoice_key=key, with_=receiver),)
        )
    sharing = partial(share, invoice_key=key, with_=receiver, level=Level(level))
    may = "read" if level == Level.READ else "edit"
    return Planned(f"Share the invoice again with who could {may} it", ("share",), (sharing,))


OPPOSITES = {
    "assign_owner": Opposite(_give_back),
    "share": Opposite(_share_as_before),
    "unshare": Opposite(_share_as_before),
}
