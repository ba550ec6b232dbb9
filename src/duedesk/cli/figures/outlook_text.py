"""When the money of an invoice is expected, and how its account pays, for people and for machines."""

from collections.abc import Iterator
from dataclasses import dataclass

from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json
from duedesk.domain.filters import Filter
from duedesk.domain.forecast.words import Outlook
from duedesk.domain.money import plain
from duedesk.store.queries.forecast.outlook import invoice_outlook


@dataclass(frozen=True, slots=True)
class ToldOutlook:
    """An outlook, laid out for people and for machines; nothing where nothing is open."""

    lines: tuple[tuple[str, str], ...] = ()
    document: Json = None


def outlook_of(workspace: Workspace, key: int, asked: Filter) -> ToldOutlook:
    """Ask for the outlook of an invoice, as of the day and moment that are asked for."""
    outlook = workspace.ask(invoice_outlook, key, asked.as_of, asked.known_on)
    return ToldOutlook() if outlook is None else ToldOutlook(tuple(_lines(outlook)), _document(outlook))


def _lines(outlook: Outlook) -> Iterator[tuple[str, str]]:
    """Give what stands in the head of an invoice."""
    if outlook.expectation:
        yield "Outlook", outlook.expectation
    if outlook.habit.times[1]:
        yield "Habit", outlook.sentence
        yield "", outlook.reason


def _document(outlook: Outlook) -> Json:
    """Give an outlook for machines; `days_late` is how late the account pays about, null where it pays too little."""
    near, times = outlook.habit.times
    currency = outlook.currency
    promised: list[Json] = [
        {"day": day.isoformat(), "amount": plain(amount, currency)} for day, amount in outlook.promised
    ]
    return {
        "days_late": outlook.habit.usual,
        "times": near,
        "of": times,
        "known_from": "account" if outlook.habit.is_own else outlook.habit.segment.name,
        "expected_on": None if outlook.expected_on is None else outlook.expected_on.isoformat(),
        "promised": promised,
        "promises_kept": None if outlook.word is None else outlook.word.own.times,
        "promises_due": None if outlook.word is None else outlook.word.own.of,
        "disputed": plain(outlook.disputed, currency),
        "sentence": outlook.sentence,
        "reason": outlook.reason,
    }
