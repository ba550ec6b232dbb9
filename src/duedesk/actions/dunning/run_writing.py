"""A run is written as one action: its numbers, the invoices over fees and interest, letters, levels and holds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from duedesk.actions.deed import Deed
from duedesk.actions.dunning.charging import Charged, NumberedLetter, post_charges
from duedesk.actions.dunning.keeping import Progress, keep_all, print_all
from duedesk.actions.dunning.letter_rows import as_json, write_letters, write_run
from duedesk.actions.dunning.run_following import follow
from duedesk.actions.interest.charging import keep_charge
from duedesk.actions.invoices.series import Want, lock_series, take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.dunning.proposal import Proposal
from duedesk.store.bulk import Keys
from duedesk.store.dunning_levels import restate_levels
from duedesk.store.tables.dunning import dunning_letter, dunning_run


@dataclass(frozen=True, slots=True)
class Kept:
    """What a run keeps of how it came about; `said` is held as JSON."""

    key: str
    note: str
    said: Mapping[str, Any]

    @property
    def columns(self) -> dict[str, Any]:
        """Give it as the row has it."""
        return {
            "idempotency_key": self.key or None,
            "dropped_count": len(self.said["dropped"]),
            "triage": as_json(self.said),
            "note": self.note or None,
        }


def write_all(
    workspace: Workspace,
    act: Deed,
    charged: Charged,
    postponed: Mapping[tuple[date, str], list[int]],
    kept: Kept,
    progress: Progress | None,
) -> tuple[int | None, str]:
    """Write the run with all that belongs to it; nothing where there is no letter and nothing to hold.

    The letters are set before the journal is waited for: nobody else waits for that meanwhile.
    """
    proposal = charged.proposal
    if not proposal.letters and not postponed:
        return None, ""
    letters, name = _numbered(act, charged)
    addresses = kept.said["decisions"].get("addresses", {})
    with print_all(workspace, act, proposal, letters, addresses, progress) as printed:
        run_key = _write(workspace, act, charged, letters, name, kept)
        keep_all(act, printed)
    follow(workspace, act, [one.key for one in letters], postponed)
    return run_key, name


def _write(
    workspace: Workspace, act: Deed, charged: Charged, letters: Sequence[NumberedLetter], name: str, kept: Kept
) -> int:
    """Write the run with its letters, what they charge and the levels they reach; give its key."""
    proposal = charged.proposal
    if any(one.is_charging for one in letters):
        lock_series(act, [Want("Invoice", proposal.as_of)])
    (run_key,) = Keys(act.connection).take(dunning_run, 1)
    invoices = sorted({item.invoice_key for _, item in proposal.items})
    guard = kept.said["guard"]
    act.record(
        _said(name, proposal, len(kept.said["dropped"]), guard),
        {
            "DunningRun": [run_key],
            "DunningLetter": [one.key for one in letters],
            "Invoice": invoices,
            "interest": {one.number: _appendix(one) for one in letters if one.interest is not None},
            **({"guard": guard} if guard else {}),
        },
    )
    made = post_charges(replace(workspace, within=act), letters, proposal)
    write_run(act, run_key, name, proposal, kept.columns)
    write_letters(act, run_key, proposal, letters, made)
    for one in letters:
        if one.interest is not None:
            keep_charge(act, one.key, one.interest)
    restate_levels(act.connection, invoices)
    return run_key


def _numbered(act: Deed, charged: Charged) -> tuple[list[NumberedLetter], str]:
    """Take the numbers of the run and its letters."""
    proposal, day = charged.proposal, charged.proposal.as_of
    lock_series(act, [Want(one, day) for one in ("DunningRun", "DunningLetter")])
    keys = Keys(act.connection).take(dunning_letter, len(proposal.letters))
    letters = [
        NumberedLetter(
            key,
            take_number(act, "DunningLetter", day),
            letter,
            proposal.level_of(letter),
            charged.interest.get(letter.key),
        )
        for key, letter in zip(keys, proposal.letters, strict=True)
    ]
    return letters, take_number(act, "DunningRun", day)


def _appendix(one: NumberedLetter) -> list[list[str]]:
    """Give the periods of a letter's interest, as the journal keeps them."""
    if one.interest is None:
        return []
    return [
        [
            str(key),
            period.first_day.isoformat(),
            period.last_day.isoformat(),
            str(period.days),
            f"{period.balance:f}",
            f"{period.rate:f}",
            f"{period.amount:f}",
        ]
        for key, stated in one.interest.stated.items()
        for period in stated.periods
    ]


def _said(name: str, proposal: Proposal, dropped: int, guard: Mapping[str, str]) -> str:
    count = len(proposal.letters)
    out = f", {dropped:,} invoice{'s'[: dropped != 1]} dropped out" if dropped else ""
    why = f"; by an old book: {guard['override']}" if guard else ""
    return f"Dunning run {name} issued {count:,} letter{'s'[: count != 1]}{out}{why}"
