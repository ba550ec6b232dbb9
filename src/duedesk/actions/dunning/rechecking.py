"""What was proposed is read again under the locks: what still stands is a proposal anew, and what changed drops out."""

from collections.abc import Collection
from dataclasses import replace

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.calendars import is_free
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.reasons import Reason, Why, sentence
from duedesk.domain.dunning.send_guard import Dropped, changes_since
from duedesk.domain.dunning.triage import Triage, triaged
from duedesk.store.queries.dunning.proposal import propose


def still_standing(
    act: Deed,
    seen: Proposal,
    decided: Triage,
    others: Collection[int],
) -> tuple[Proposal, tuple[Dropped, ...]]:
    """Lock every invoice and give what is issued of a proposal, made anew from what stands now, and what drops out.

    `others` are invoices that are only locked with them.
    """
    wanted = {item.invoice_key for _, item in seen.items}
    rows = act.hold("Invoice", sorted(wanted.union(others)))
    accounts = {row.billing_account_id for row in rows if row.id in wanted}
    reasons: dict[int, Reason] = {}
    stays, now = wanted, replace(seen, letters=(), left_out=())
    while stays:  # what drops out may take the rest of its letter below the minimum, or give it another level
        now = _proposed(act, seen, accounts, stays)
        changed = {key: reason for key, reason in changes_since(seen, now).items() if key in stays}
        if not changed:
            break
        reasons |= changed
        stays = stays - changed.keys()
    else:
        now = replace(now, letters=(), left_out=())
    issued = triaged(now, _still_fitting(decided, now), is_free)
    reasons = {one.invoice_key: one.reason for one in issued.left_out} | reasons
    there = {item.invoice_key for _, item in issued.items}
    dropped = tuple(
        _dropped(item.invoice_key, item.number, letter.key, reasons.get(item.invoice_key), letter.currency)
        for letter, item in seen.items
        if item.invoice_key not in there
    )
    return issued, dropped


def _proposed(act: Deed, seen: Proposal, accounts: set[int], only: set[int]) -> Proposal:
    """Propose the day's run anew, by what stands today, of some invoices alone."""
    return propose(
        act.connection,
        seen.as_of,
        {letter.policy_key for letter in seen.letters},
        accounts=accounts,
        is_free=is_free,
        standing_on=act.today,
        only=only,
    )


def _still_fitting(decided: Triage, now: Proposal) -> Triage:
    """Give the decisions that change letters, as far as those are there; who was taken out is out already."""
    levels = {
        key: level for key, level in decided.levels.items() if key in now.by_key and level < now.by_key[key].level
    }
    return replace(decided, invoices={}, letters={}, levels=levels)


def _dropped(key: int, number: str, letter: str, reason: Reason | None, currency: str) -> Dropped:
    why = reason or Reason(Why.SETTLED_SINCE)
    return Dropped(key, number, letter, why.why.value, sentence(why, currency))
