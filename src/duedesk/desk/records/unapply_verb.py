"""Asks how much of an application is taken off again, and since when, on whatever page its row is chosen."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from duedesk.actions.cash.applying import unapply
from duedesk.desk import format as written
from duedesk.desk.records.asking import ask
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Applied:
    """An application that can be taken off: what it is called, what of it is left, since when."""

    key: int
    named: str
    left: Decimal
    currency: str
    since: date


def ask_unapply(page: OneRecordPage[Any], applied: Applied) -> None:
    """Take an application off its invoice, or a part of it."""
    asks = Asks(
        f"Unapply {applied.named}",
        "Unapply",
        f"{written.money(applied.left, applied.currency)} of it is applied since {written.day(applied.since)}.",
        amount=AmountAsked("Take off", applied.currency, applied.left, "Less takes a part of it off."),
        words=WordsAsked("Comments"),
        on=page.as_of,
        on_label="Unapplied on",
    )
    ask(page, asks, partial(_unapply, applied.key))


def _unapply(key: int, said: Answers, workspace: "Workspace") -> Changes:
    amounts = {} if said.amount is None else {key: said.amount}
    return unapply(workspace, [key], on=said.on, comments=said.words, amounts=amounts)
