"""Saved reports produced: one of them now, or all that are due, each once however many timers ask; it saves none.

A day is claimed in the book before anything is written. A claim that never came out is taken over after an hour, one
that failed the next time somebody asks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert, select, update

from duedesk.actions.deed import deed
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.reports.saved import saved_reports
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled, DuedeskError, RequestError
from duedesk.domain.reports.offered import Progress, Stop
from duedesk.domain.reports.saved import SavedReport
from duedesk.exchange.files import file_stem, free_path
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.tables.reports import report_production, saved_report

STALE = timedelta(hours=1)
"""So long a claim is somebody's who is still at it."""

_LONGEST_REMARK = 1_000


@dataclass(frozen=True, slots=True)
class Produced:
    """What became of a saved report that was due on a day: its workbook, or what went wrong."""

    saved: SavedReport
    due_on: date
    facts: WorkbookFacts | None = None
    error: str = ""


def produce_due(
    workspace: Workspace,
    *,
    folder: Path | None = None,
    over: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    stop: Stop | None = None,
) -> tuple[Produced, ...]:
    """Produce one's own saved reports that are due, once each; what fails keeps none of the others back.

    `folder` takes the place of their own; `over` writes over an older file of the same name.
    """
    found = []
    for saved in saved_reports(workspace):
        day = saved.due_on(workspace.world.today())
        if day is None or not _claim(workspace, saved, day):
            continue
        told = None if progress is None else _named(progress, saved.name)
        try:
            facts = produce_saved(workspace, saved, day, folder=folder, over=over, progress=told, stop=stop)
        except Cancelled as error:
            _note(workspace, saved, day, remark=str(error))
            raise
        except DuedeskError as error:
            _note(workspace, saved, day, remark=str(error))
            found.append(Produced(saved, day, error=str(error)))
        except BaseException as error:
            _note(workspace, saved, day, remark=f"A fault of the program: {type(error).__name__}.")
            raise
        else:
            _note(workspace, saved, day, file=str(facts.path), remark=" ".join(facts.remarks))
            found.append(Produced(saved, day, facts))
    return tuple(found)


def produce_saved(
    workspace: Workspace,
    saved: SavedReport,
    day: date,
    *,
    folder: Path | None = None,
    over: bool = False,
    progress: Progress | None = None,
    stop: Stop | None = None,
) -> WorkbookFacts:
    """Produce a saved report as of a day: relative days are those of that day; RequestError where it cannot be."""
    place = folder or Path(saved.folder)
    if not saved.folder and folder is None:
        raise RequestError(f"The report {saved.name} has no folder.", "Say where it is to be written: --out FOLDER.")
    if not place.is_dir():
        raise RequestError(f"There is no folder {place}.", "Make it, or save the report with another.")
    request = request_of(report_named(saved.report), saved.said, day)
    path = place / f"{file_stem(saved.name)}-{day.isoformat()}.{saved.ending}"
    return produce(workspace, request, path if over else free_path(path), progress=progress, stop=stop)


def _named(progress: Callable[[str, int, int], None], name: str) -> Progress:
    return lambda done, total: progress(name, done, total)


def _claim(workspace: Workspace, saved: SavedReport, day: date) -> bool:
    """Claim a day of a saved report; tell whether it is ours to produce."""
    with deed(workspace, "claim_report") as act:
        mine = select(saved_report.c.id).where(saved_report.c.id == saved.key).with_for_update()
        if act.connection.execute(mine).first() is None:
            return False
        one = report_production.c
        there = act.connection.execute(
            select(one.id, one.status, one.claimed_at).where(one.saved_report_id == saved.key, one.due_on == day)
        ).first()
        claimed = {"status": "Started", "claimed_at": act.now, "finished_at": None, "file": None, "remark": None}
        if there is None:
            values = {"saved_report_id": saved.key, "due_on": day}
            act.connection.execute(insert(report_production).values(**values, **claimed))
            return True
        if there.status == "Done" or (there.status == "Started" and there.claimed_at > act.now - STALE):
            return False
        act.connection.execute(update(report_production).where(one.id == there.id).values(**claimed))
        return True


def _note(workspace: Workspace, saved: SavedReport, day: date, *, file: str = "", remark: str = "") -> None:
    """Write down what became of a claim; a report that was forgotten meanwhile has none any more."""
    with deed(workspace, "note_production") as act:
        one = report_production.c
        values = {"status": "Done" if file else "Failed", "finished_at": act.now, "file": file or None}
        values["remark"] = remark[:_LONGEST_REMARK] or None
        own = update(report_production).where(one.saved_report_id == saved.key, one.due_on == day)
        act.connection.execute(own.values(**values))
