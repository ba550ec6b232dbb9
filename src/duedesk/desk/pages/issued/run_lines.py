"""The lines of dunning runs: columns, how each is written, what is told of one; it reads nothing."""

import json
from operator import attrgetter
from typing import Any

from duedesk.desk import format as written
from duedesk.desk.pages.issued.line_table import Lines
from duedesk.desk.tables.columns import Column, Shown
from duedesk.domain.catalog import Kind
from duedesk.domain.dunning.send_guard import Dropped
from duedesk.store.queries.letters.issued import Run

_COLUMNS = (
    Column("name", "Run", Kind.STRING, Shown.NUMBER, 116),
    Column("day", "Day", Kind.DATE, Shown.TEXT, 98),
    Column("by", "By", Kind.STRING, Shown.TEXT, 120, stretches=True),
    Column("at", "Issued, UTC", Kind.DATETIME, Shown.TEXT, 136),
    Column("letters", "Letters", Kind.INT, Shown.FIGURE, 72),
    Column("items", "Invoices", Kind.INT, Shown.FIGURE, 80),
    Column("dropped", "Dropped out", Kind.INT, Shown.FIGURE, 96),
    Column("status", "Status", Kind.STRING, Shown.STATUS, 92),
)


def _write(one: Run) -> dict[str, tuple[str, Any]]:
    return {
        "name": (one.name, one.name),
        "day": (written.day(one.run_date), one.run_date),
        "by": (one.started_by, one.started_by),
        "at": (written.moment(one.started_at), one.started_at),
        "letters": (written.count(one.letter_count), one.letter_count),
        "items": (written.count(one.item_count), one.item_count),
        "dropped": (written.count(one.dropped_count), one.dropped_count),
        "status": (one.status, one.status),
    }


RUN_LINES: Lines[Run] = Lines(
    name="Dunning runs",
    columns=_COLUMNS,
    write=_write,
    key=attrgetter("key"),
    rooms={"at": 640, "items": 720, "dropped": 600},
)


def dropped_of(run: Run) -> tuple[Dropped, ...]:
    """Give what dropped out of a run as it was issued."""
    said = json.loads(run.decisions or "{}")
    return tuple(Dropped(**one) for one in said.get("dropped", ()))


def said_of(run: Run | None) -> tuple[tuple[str, str], ...]:
    """Give what else is known of a run, by name."""
    if run is None:
        return ()
    guard = json.loads(run.decisions or "{}").get("guard") or {}
    told = (
        ("Policies", run.policies),
        ("Note", run.note),
        ("By an old book", guard.get("override", "")),
        ("It was", guard.get("was", "")),
    )
    return tuple((name, text) for name, text in told if text)


def searched(one: Run) -> str:
    """Give what a run is searched by."""
    return f"{one.name} {one.started_by} {one.policies} {one.note} {one.status}"
