"""`duedesk report`: writes a report as a workbook that goes on calculating, or its rows as CSV; it makes none itself.

Its options are the parameters of all reports; which of them a report takes, `domain.reports.offered` says.
"""

import argparse
from pathlib import Path

from duedesk.actions.reports.aging import aging_asked
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import free_file, made_reports, produce, report_named
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.figures.aging import rule_of
from duedesk.cli.json_text import write_json
from duedesk.cli.options import account_name, add_json, add_log, words
from duedesk.cli.reports.report_saved import add_saving, is_about_saved, keep, run_saved
from duedesk.cli.reports.report_text import list_reports, written_json
from duedesk.cli.terminal import AT_FAULT, DONE, USAGE, Terminal, Verbs
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import OF_A_DAY, YES, Parameter, ParameterKind, ReportName, ReportRequest

_METAVARS = {
    ParameterKind.DAY: "D",
    ParameterKind.MOMENT: "D",
    ParameterKind.PERIOD: "P",
    ParameterKind.CURRENCY: "C",
    ParameterKind.ACCOUNTS: "A",
    ParameterKind.CONDITION: "C",
    ParameterKind.BUCKETS: "30,60,90",
    ParameterKind.GROUPING: "F[,F]",
    ParameterKind.FIELDS: "A,B",
    ParameterKind.COUNT: "N",
    ParameterKind.ORDER: "F",
}


def add_parser(verbs: Verbs) -> None:
    """Add `report`."""
    parser = verbs.add_parser(
        "report",
        description="Write a workbook: sheets that calculate from their details, and the checks of them. "
        "`duedesk report --list` says which reports there are and what each takes.",
    )
    names = tuple(one.name.value for one in made_reports())
    parser.add_argument("name", metavar="NAME", nargs="?", choices=names, help=", ".join(names))
    parser.add_argument("--list", action="store_true", help="which reports there are, and what each is asked by")
    add_book(parser)
    parser.add_argument("--out", metavar="F.xlsx", type=_out, help="the file, or the folder for it (here)")
    parser.add_argument(
        "--csv", action="store_true", help="the rows alone, as CSV; a text that would be calculated gets an apostrophe"
    )
    offered: dict[str, Parameter] = {}
    for report in made_reports():
        for parameter in report.parameters:
            offered.setdefault(parameter.name, parameter)
    for parameter in offered.values():
        _add(parser, parameter)
    if "period" in offered:
        parser.add_argument("--from", dest="from_day", metavar="D", type=words, help="the first day of the period")
        parser.add_argument("--to", dest="to_day", metavar="D", type=words, help="the last day of the period")
    add_saving(parser)
    add_log(parser)
    add_json(parser)
    parser.set_defaults(run=_run, offered=tuple(offered))


def _add(parser: argparse.ArgumentParser, parameter: Parameter) -> None:
    name, dest = f"--{parameter.name}", f"said_{parameter.name}"
    said = f"{parameter.help} ({parameter.default})" if parameter.default else parameter.help
    if parameter.kind is ParameterKind.FLAG:
        parser.add_argument(name, dest=dest, action="store_const", const=YES, help=said)
    elif parameter.kind is ParameterKind.ACCOUNTS:
        parser.add_argument(
            name, dest=dest, action="append", metavar="A", type=account_name, help=f"{said}; may be repeated"
        )
    elif parameter.kind is ParameterKind.CHOICE:
        parser.add_argument(name, dest=dest, choices=parameter.choices, help=said)
    else:
        metavar = _METAVARS.get(parameter.kind, "T")
        parser.add_argument(name, dest=dest, metavar=metavar, type=words, help=said)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.list:
        return list_reports(terminal, as_json=options.json)
    if is_about_saved(options):
        if options.name is not None or options.save is not None or _said(options):
            terminal.complain("A report that is kept has its name and parameters with it: leave them away.")
            return USAGE
        with opened_book(options, terminal) as workspace:
            return run_saved(options, terminal, workspace)
    if options.name is None:
        terminal.complain("Name a report; `duedesk report --list` says which there are.")
        return USAGE
    if options.every and options.save is None:
        terminal.complain("Only a report that is kept is produced by itself: say --save TITLE as well.")
        return USAGE
    report = report_named(options.name)
    if options.save is not None:
        with opened_book(options, terminal) as workspace:
            return keep(options, terminal, workspace, report, _said(options))
    request = request_of(report, _said(options), terminal.world.today())
    path = _path(options, request)
    with opened_book(options, terminal) as workspace:
        written = produce(workspace, request, path, progress=lambda done, total: _tell(terminal, done, total))
    terminal.clear_progress()
    for remark in written.remarks:
        terminal.complain(remark)
    if options.json:
        write_json(terminal, written_json(report, request, written))
    else:
        for place in written.paths:
            terminal.say(str(place))
    if written.holds:
        return DONE
    rule = (
        f"{rule_of(aging_asked(request))}: does"
        if report.name is ReportName.AGING
        else f"{report.title}: its checks do"
    )
    terminal.complain(f"{rule} not hold; the sheet Checks says where.")
    return AT_FAULT


def _said(options: argparse.Namespace) -> dict[str, str]:
    """Give what was said, by parameter; an account a line."""
    found = {name: getattr(options, f"said_{name}") for name in options.offered}
    said = {name: "\n".join(one) if isinstance(one, list) else one for name, one in found.items() if one}
    first, last = getattr(options, "from_day", None), getattr(options, "to_day", None)
    if first or last:
        if not (first and last) or "period" in said:
            raise RequestError("A period has a first and a last day.", "Give --from and --to, or --period.")
        said["period"] = f"{first}..{last}"
    if "period" in said and options.name == ReportName.STATEMENT and said.get("kind", OF_A_DAY) == OF_A_DAY:
        raise RequestError("A statement of open items is of a day and takes no period.", "Say --kind activity as well.")
    return said


def _path(options: argparse.Namespace, request: ReportRequest) -> Path:
    """Give where the report goes: as it is said, or in a folder or here by a name nothing bears yet."""
    ending = "csv" if options.csv else "xlsx"
    out: Path | None = options.out
    if out is None or out.is_dir():
        return free_file(out or Path(), request, ending)
    endings = {".xlsx", ".csv", ".pdf"} if request.name is ReportName.STATEMENT else {".xlsx", ".csv"}
    if out.suffix.lower() not in ({".csv"} if options.csv else endings):
        kind = "a CSV file" if options.csv else "a workbook"
        raise RequestError(f"“{words(str(out))}” is no name for {kind}.", f"Let it end in .{ending}.")
    return out


def _tell(terminal: Terminal, done: int, total: int) -> None:
    terminal.progress(f"writing: {done:,} of {total:,} rows" if total else f"writing: {done:,} rows")


def _out(text: str) -> Path:
    return Path(words(text))
