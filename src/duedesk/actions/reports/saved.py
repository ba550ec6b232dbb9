"""Reports kept under a name: saved, changed, forgotten; each person has their own. Producing them is for `due`."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import report_named
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.names import tidy
from duedesk.domain.reports.saved import ENDINGS, LONGEST_NAME, SavedReport, ToSave, schedule_named
from duedesk.store.queries.reports.saved import saved_reports as read_saved
from duedesk.store.tables.reports import saved_report

SAVED_REPORT = "SavedReport"
"""What changed where a saved report did."""


def saved_reports(workspace: Workspace) -> tuple[SavedReport, ...]:
    """Give one's own saved reports by name."""
    return workspace.ask(read_saved, workspace.world.user)


def find_report(workspace: Workspace, name: str) -> SavedReport:
    """Find a saved report by its name; RequestError where there is none."""
    called, there = tidy(name).casefold(), saved_reports(workspace)
    for saved in there:
        if saved.name.casefold() == called:
            return saved
    names = ", ".join(saved.name for saved in there)
    raise RequestError(f"You saved no report “{name}”.", f"There are {names}." if names else "None is saved yet.")


def save_report(workspace: Workspace, wanted: ToSave) -> Changes:
    """Keep a report with its parameters, in place of what one's own of that name was; RequestError where it is none.

    A report with a schedule needs a folder. It is due from today on.
    """
    name = _checked(workspace, wanted)
    with deed(workspace, "save_report") as act:
        there = _own(act, name)
        before = {} if there is None else {name: _kept(there)}
        act.record(f"Report {name} saved", {"name": name, "before": before})
        values: dict[str, Any] = {
            "name": name,
            "report": wanted.report.value,
            "said": json.dumps({key: text for key, text in wanted.said.items() if text}, sort_keys=True),
            "folder": wanted.folder,
            "ending": wanted.ending,
            "schedule": wanted.schedule or None,
            "journal_id": act.journal_id,
        }
        if there is None:
            made = {"user_name": act.world.user, "created_date": act.now, "since": act.today}
            act.connection.execute(insert(saved_report).values(**values, **made))
        else:
            if there.schedule != wanted.schedule:
                values["since"] = act.today
            act.connection.execute(update(saved_report).where(saved_report.c.id == there.key).values(**values))
    return _told(act.changes)


def forget_report(workspace: Workspace, name: str) -> Changes:
    """Forget a saved report; the files it was produced into stay. RequestError where there is none of that name."""
    called = tidy(name)
    with deed(workspace, "forget_report") as act:
        there = _own(act, called)
        if there is None:
            raise RequestError(f"You saved no report “{called}”.", "`duedesk report --saved` lists them.")
        act.record(f"Report {there.name} forgotten", {"name": there.name, "before": {there.name: _kept(there)}})
        act.connection.execute(delete(saved_report).where(saved_report.c.id == there.key))
    return _told(act.changes)


def as_kept(name: str, kept: Mapping[str, Any]) -> ToSave:
    """Read what the journal kept of a saved report."""
    report = report_named(str(kept["report"])).name
    texts = {key: str(kept[key]) for key in ("folder", "ending", "schedule")}
    return ToSave(name, report, {str(key): str(text) for key, text in dict(kept["said"]).items()}, **texts)


def _kept(saved: SavedReport) -> dict[str, Any]:
    return {
        "report": saved.report.value,
        "said": dict(saved.said),
        "folder": saved.folder,
        "ending": saved.ending,
        "schedule": saved.schedule,
    }


def _checked(workspace: Workspace, wanted: ToSave) -> str:
    """Give the name; RequestError where what is to be saved could not be produced."""
    name = tidy(wanted.name)
    if not name or len(name) > LONGEST_NAME:
        raise RequestError("A report needs a name.", f"Of at most {LONGEST_NAME} characters.")
    if wanted.ending not in ENDINGS:
        raise RequestError(f"A report is no “{wanted.ending}”.", f"Say {' or '.join(ENDINGS)}.")
    if schedule_named(wanted.schedule) and not wanted.folder:
        raise RequestError("A report with a schedule needs a folder.", "Say where it is to be written.")
    request_of(report_named(wanted.report), wanted.said, workspace.world.today())
    return name


def _own(act: Deed, name: str) -> SavedReport | None:
    mine = (saved_report.c.user_name == act.world.user, saved_report.c.name == name)
    act.connection.execute(select(saved_report.c.id).where(*mine).with_for_update())
    return next((one for one in read_saved(act.connection, act.world.user) if one.name == name), None)


def _told(changes: Changes) -> Changes:
    return replace(changes, objects=changes.objects | {SAVED_REPORT})
