"""Letters are kept back of an invoice or an account until a day, and no longer: both ask in a panel beside the page."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from duedesk.actions.dunning.holds import Held, release_holds
from duedesk.actions.workspace import Workspace
from duedesk.desk.records.asking import ask
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.holds import REASONS
from duedesk.store.queries.dunning.holds import HoldRow, holds_of

_TWO_WEEKS = timedelta(days=14)

Hold = Callable[[Workspace, str, str, date], Held]
"""Holds what the page shows: for a reason, in words, until a day."""


def ask_hold(page: OneRecordPage[Any], named: str, says: str, hold: Hold) -> None:
    """Keep letters back for a reason, until a day."""
    asks = Asks(
        f"Hold {named}",
        "Hold",
        says,
        reason=WordsAsked(
            "Reason", required=True, choices=REASONS, missing="A hold needs a reason.", hint="Choose one, or write it."
        ),
        words=WordsAsked("In words", lines=3),
        on=page.as_of + _TWO_WEEKS,
        on_label="Until, the last day",
    )
    ask(page, asks, partial(_hold, hold))


def ask_release(page: OneRecordPage[Any], holds: Sequence[HoldRow]) -> None:
    """End holds before their last day."""
    asks = Asks(
        "Release the hold" if len(holds) == 1 else f"Release {len(holds)} holds",
        "Release",
        "From today on they keep no letter back.",
        facts=tuple((f"{one.name}, {one.reason}", _of(one)) for one in holds),
        words=WordsAsked("Why", lines=2),
    )
    ask(page, asks, partial(_release, [one.key for one in holds]))


def account_holds(workspace: Workspace, account_key: int, on: date) -> tuple[HoldRow, ...]:
    """Read the holds that stand on an account itself; those of its invoices are not among them."""
    every = workspace.ask(holds_of, account_key=account_key)
    return tuple(one for one in every if one.invoice_key is None and one.stands(on))


def _of(one: HoldRow) -> str:
    whose = one.invoice or one.account
    return f"{whose} until {in_words(one.end)}" + (f": {one.words}" if one.words else "")


def _hold(hold: Hold, said: Answers, workspace: Workspace) -> Held:
    return hold(workspace, said.reason, said.words, said.on or workspace.world.today())


def _release(keys: Sequence[int], said: Answers, workspace: Workspace) -> Changes:
    return release_holds(workspace, keys, reason=said.words)
