"""`duedesk timer`: what runs dunning, mail and reports every day, as the system takes it; it installs none."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from duedesk.actions.automation import JOBS, SYSTEMS, job_called, parse_time, save_timer, this_system, timer
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.exchange.timers.daily import Timer


def add_parser(verbs: Verbs) -> None:
    """Add `timer`."""
    parser = verbs.add_parser(
        "timer",
        description="Show the files by which the operating system runs `dun --due`, `deliver` and `report --due` every "
        "day over this book, and what is typed to begin. Nothing is installed.",
    )
    parser.add_argument("jobs", metavar="JOB", nargs="*", type=words, help=f"{', '.join(one.name for one in JOBS)}")
    add_book(parser)
    parser.add_argument("--system", choices=SYSTEMS, help="whose timer (that of this machine)")
    parser.add_argument("--at", metavar="HH:MM", type=parse_time, help="the time of day")
    parser.add_argument("--letters", metavar="DIR", type=words, default="", help="where issued letters go as PDF")
    parser.add_argument("--out", metavar="DIR", type=Path, help="write the files there instead of showing them")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    jobs = [job_called(name) for name in dict.fromkeys(options.jobs)] or list(JOBS)
    if options.at is not None and len(jobs) > 1:
        raise RequestError(
            "Only one thing runs at a time of day.", f"Name it: `duedesk timer {jobs[0].name} --at ...`."
        )
    system = options.system or this_system()
    with opened_book(options, terminal) as workspace:
        made = {one.name: timer(workspace, one, system, at=options.at, letters=options.letters) for one in jobs}
    written = {name: [] if options.out is None else save_timer(one, options.out) for name, one in made.items()}
    if options.json:
        shown: list[Json] = [_json(name, one, [str(path) for path in written[name]]) for name, one in made.items()]
        write_json(terminal, {"system": system, "timers": shown})
        return DONE
    for place, (name, one) in enumerate(made.items()):
        if place:
            terminal.say()
        for line in _lines(one, [str(path) for path in written[name]]):
            terminal.say(line)
    return DONE


def _json(name: str, made: Timer, written: list[str]) -> Json:
    return {
        "job": name,
        "folder": made.folder or None,
        "files": [{"name": file.name, "text": file.text} for file in made.files],
        "begin": list(made.begin),
        "remarks": list(made.remarks),
        "written": list(written),
    }


def _lines(made: Timer, written: list[str]) -> Iterator[str]:
    for file, path in zip(made.files, written or [""] * len(made.files), strict=True):
        if path:
            yield path
            continue
        yield f"--- {f'{made.folder}/' if made.folder else ''}{file.name}"
        yield from file.text.rstrip("\n").split("\n")
    yield f"--- To begin, {f'with the files in {made.folder}' if made.folder else 'where the file is'}:"
    yield from made.begin
    for remark in made.remarks:
        yield f"# {remark}"
