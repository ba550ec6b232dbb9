"""Reports kept by `duedesk report`: saved with what was said, listed, produced again, and produced as they are due."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from duedesk.actions.reports.due import Produced, produce_due, produce_saved
from duedesk.actions.reports.saved import find_report, forget_report, save_report, saved_reports
from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import words
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import Progress, Report
from duedesk.domain.reports.saved import (
    SCHEDULES,
    Production,
    SavedReport,
    ToSave,
    said_in_words,
    schedule_named,
)

_ALL = ""


def add_saving(parser: argparse.ArgumentParser) -> None:
    """Add the options of keeping reports."""
    kept = parser.add_argument_group("reports that are kept")
    kept.add_argument("--save", metavar="TITLE", type=words, help="keep the report under a title instead of writing it")
    kept.add_argument(
        "--every", metavar="S", type=schedule_named, default="", help=f"produce it by itself: {', '.join(SCHEDULES)}"
    )
    help_ = "write one that is kept; without a title list them"
    kept.add_argument("--saved", metavar="TITLE", nargs="?", const=_ALL, type=words, help=help_)
    kept.add_argument("--forget", metavar="TITLE", type=words, help="keep a report no longer")
    kept.add_argument(
        "--due", action="store_true", help="write those that are due, each once: for a timer, as often as it likes"
    )
    kept.add_argument("--over", action="store_true", help="write over an older file of the same name")


def is_about_saved(options: argparse.Namespace) -> bool:
    """Tell whether it is about reports that are kept, and names no report to write."""
    return options.due or options.saved is not None or options.forget is not None


def run_saved(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> int:
    """List kept reports, write one or those that are due, or forget one."""
    if options.due:
        return _due(options, terminal, workspace)
    if options.forget is not None:
        return _tell(options, terminal, forget_report(workspace, options.forget).summary)
    if options.saved == _ALL:
        return _list(options, terminal, workspace)
    saved, today = find_report(workspace, options.saved), workspace.world.today()
    folder = options.out or (None if saved.folder else Path().resolve())
    facts = produce_saved(workspace, saved, today, folder=folder, over=options.over, progress=_progress(terminal))
    return _tell_produced(options, terminal, [Produced(saved, today, facts)])


def keep(
    options: argparse.Namespace, terminal: Terminal, workspace: Workspace, report: Report, said: Mapping[str, str]
) -> int:
    """Keep a report as it was asked for."""
    folder = (options.out or Path()).resolve()
    if not folder.is_dir():
        raise RequestError(f"There is no folder {folder}.", "A report that is kept is written into a folder: --out.")
    ending = "csv" if options.csv else "xlsx"
    wanted = ToSave(options.save, report.name, said, str(folder), ending, options.every)
    return _tell(options, terminal, save_report(workspace, wanted).summary)


def _progress(terminal: Terminal, name: str = "writing") -> Progress:
    return lambda done, total: terminal.progress(f"{name}: {done:,} of {total:,} rows" if total else name)


def _due(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> int:
    def tell(name: str, done: int, total: int) -> None:
        terminal.progress(f"{name}: {done:,} of {total:,} rows" if total else name)

    found = produce_due(workspace, folder=options.out, over=options.over, progress=tell)
    terminal.clear_progress()
    if not found and not options.json:
        terminal.say("Nothing is due.")
    return _tell_produced(options, terminal, found)


def _tell(options: argparse.Namespace, terminal: Terminal, done: str) -> int:
    if options.json:
        write_json(terminal, {"done": done})
    else:
        terminal.say(f"{done}.")
    return DONE


def _tell_produced(options: argparse.Namespace, terminal: Terminal, found: Sequence[Produced]) -> int:
    terminal.clear_progress()
    if options.json:
        write_json(terminal, {"produced": [_produced_json(one) for one in found]})
    is_whole = True
    for one in found:
        for path in () if one.facts is None or options.json else one.facts.paths:
            terminal.say(str(path))
        for remark in () if one.facts is None else one.facts.remarks:
            terminal.complain(f"{one.saved.name}: {remark}")
        if one.facts is None:
            terminal.complain(f"{one.saved.name}: {one.error}")
        elif not one.facts.holds:
            terminal.complain(f"{one.saved.name}: its checks do not hold; the sheet Checks says where.")
        is_whole = is_whole and one.facts is not None and one.facts.holds
    return DONE if is_whole else AT_FAULT


def _produced_json(one: Produced) -> Json:
    return {
        "title": one.saved.name,
        "report": one.saved.report.value,
        "due_on": one.due_on.isoformat(),
        "files": [] if one.facts is None else [str(path) for path in one.facts.paths],
        "holds": None if one.facts is None else one.facts.holds,
        "error": one.error or None,
    }


def _list(options: argparse.Namespace, terminal: Terminal, workspace: Workspace) -> int:
    found, today = saved_reports(workspace), workspace.world.today()
    if options.json:
        write_json(terminal, {"reports": [_saved_json(one, workspace) for one in found]})
        return DONE
    columns = [Column(name) for name in ("Title", "Report", "Asked by", "Every", "Next", "Last", "Folder")]
    rows = (
        (
            one.name,
            one.report,
            said_in_words(one.said),
            one.schedule,
            "" if (day := one.next_due(today)) is None else day.isoformat(),
            _last(one),
            one.folder,
        )
        for one in found
    )
    for line in table(columns, rows) if found else ("None is saved yet: duedesk report NAME --save TITLE.",):
        terminal.say(line)
    return DONE


def _last(saved: SavedReport) -> str:
    last = saved.last
    return "" if last is None else f"{last.due_on.isoformat()} {last.status.lower()}"


def _saved_json(saved: SavedReport, workspace: Workspace) -> Json:
    due, last = saved.next_due(workspace.world.today()), saved.last
    return {
        "title": saved.name,
        "report": saved.report.value,
        "parameters": dict(saved.said),
        "folder": saved.folder,
        "ending": saved.ending,
        "every": saved.schedule or None,
        "next": due.isoformat() if due else None,
        "last": None if last is None else _last_json(last),
    }


def _last_json(last: Production) -> Json:
    return {
        "due_on": last.due_on.isoformat(),
        "status": last.status,
        "file": last.file or None,
        "remark": last.remark or None,
    }
