"""Letters are issued: what was proposed and decided is read again under the locks, and what changed drops out.

One action a run: the letters, the invoices over fees and interest, the levels that rise, the days postponed to.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from duedesk.actions.deed import deed
from duedesk.actions.dunning.calendars import is_free
from duedesk.actions.dunning.charging import with_charges
from duedesk.actions.dunning.guarding import pass_guard
from duedesk.actions.dunning.rechecking import still_standing
from duedesk.actions.dunning.run_writing import Kept, write_all
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.send_guard import Dropped, Freshness, check_note, check_run_day
from duedesk.domain.dunning.triage import Triage, triaged
from duedesk.store.queries.letters.issued import IssuedLetter, Run, freshness, issued_letters, run_with_key

_ONE_RUN_AT_A_TIME = 0x44554E53
"""Two clerks on a server issue one after the other: the second reads what the first has done."""


@dataclass(frozen=True, slots=True)
class IssuedRun:
    """What became of a proposal: the letters, and what dropped out. Without letters and holds there is no run."""

    key: int | None
    name: str
    letters: tuple[IssuedLetter, ...]
    dropped: tuple[Dropped, ...]
    freshness: Freshness
    warnings: tuple[str, ...] = ()
    was_there: bool = False
    """It had been issued under the same key before, and nothing was done now."""
    changes: Changes = field(default_factory=Changes)


def issue(
    workspace: Workspace,
    proposal: Proposal,
    triage: Triage | None = None,
    *,
    key: str = "",
    override: str = "",
    waivers: Mapping[str, str] | None = None,
    note: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> IssuedRun:
    """Issue what was proposed and decided, as far as it still stands; the same `key` again gives the same run back.

    `waivers` say by letter why it charges neither fee nor interest; `override` why letters go out by a book that is
    older than its guard allows: Question where that is to be said. `progress` hears how many letters are set; what it
    raises leaves nothing issued.
    """
    decided = triage or Triage(by=workspace.world.user)
    seen = triaged(proposal, decided, is_free)
    with deed(workspace, "issue_letters") as act:
        _wait_for_turn(act.connection)
        today = act.today
        if key and (there := run_with_key(act.connection, key)) is not None:
            return _there(act.connection, there, today)
        check_run_day(proposal.as_of, today)
        guard = pass_guard(act.connection, today, override)
        postponed = _postponed(proposal, decided)
        standing, dropped = still_standing(act, seen, decided, {key for keys in postponed.values() for key in keys})
        waived = {**decided.waivers, **(waivers or {})}
        known = {key: reason for key, reason in waived.items() if key in standing.by_key}
        charged = with_charges(act.connection, standing, known)
        kept = Kept(
            key,
            check_note(note),
            {
                "decisions": {name: one for name, one in decided.as_json().items() if name not in {"by", "waivers"}},
                "waivers": waived,
                "dropped": [one._asdict() for one in dropped],
                "guard": guard.said,
            },
        )
        run_key, name = write_all(workspace, act, charged, postponed, kept, progress)
        letters = () if run_key is None else issued_letters(act.connection, run_key=run_key)
    return IssuedRun(run_key, name, letters[::-1], dropped, guard.freshness, charged.warnings, changes=act.changes)


def _postponed(proposal: Proposal, decided: Triage) -> dict[tuple[date, str], list[int]]:
    """Give what was postponed by day and words: single invoices, and those of whole letters."""
    found: dict[tuple[date, str], list[int]] = {}
    for key, one in decided.invoices.items():
        if one.until is not None:
            found.setdefault((one.until, one.words), []).append(key)
    for letter_key, one in decided.letters.items():
        letter = proposal.by_key.get(letter_key)
        if one.until is not None and letter is not None:
            found.setdefault((one.until, one.words), []).extend(item.invoice_key for item in letter.items)
    return {said: sorted(set(keys)) for said, keys in found.items()}


def _there(connection: Connection, run: Run, today: date) -> IssuedRun:
    """Give a run as it was issued before."""
    said = json.loads(run.decisions or "{}")
    dropped = tuple(Dropped(**one) for one in said.get("dropped", ()))
    letters = issued_letters(connection, run_key=run.key)
    return IssuedRun(run.key, run.name, letters[::-1], dropped, freshness(connection, today), was_there=True)


def _wait_for_turn(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ONE_RUN_AT_A_TIME})")
