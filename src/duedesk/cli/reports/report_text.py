"""Which reports there are, what each is asked by, and what was written, as text and as JSON; it writes no workbook."""

from duedesk.actions.reports.registry import made_reports
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import aligned
from duedesk.cli.terminal import DONE, Terminal
from duedesk.domain.reports.offered import Parameter, Report, ReportRequest
from duedesk.exchange.workbooks.facts import WorkbookFacts


def list_reports(terminal: Terminal, *, as_json: bool) -> int:
    """List the reports there are, and what each is asked by."""
    if as_json:
        write_json(terminal, {"reports": [_described(one) for one in made_reports()]})
        return DONE
    for line in aligned((one.name, one.sentence) for one in made_reports()):
        terminal.say(line)
    for report in made_reports():
        terminal.say()
        terminal.say(f"{report.name}: {report.title}")
        for line in aligned((f"  --{one.name}", _explained(one)) for one in report.parameters):
            terminal.say(line)
    return DONE


def _explained(parameter: Parameter) -> str:
    default = f" ({parameter.default})" if parameter.default else ""
    choices = f": {', '.join(parameter.choices)}" if parameter.choices else ""
    return f"{parameter.help}{choices}{default}"


def _described(report: Report) -> Json:
    parameters: list[Json] = [
        {
            "name": one.name,
            "kind": one.kind.value,
            "label": one.label,
            "help": one.help,
            "default": one.default or None,
            "choices": list(one.choices),
        }
        for one in report.parameters
    ]
    return {"name": report.name.value, "title": report.title, "sentence": report.sentence, "parameters": parameters}


def written_json(report: Report, request: ReportRequest, written: WorkbookFacts) -> Json:
    """Give what was written as JSON."""
    days = request.period if request.first_day is not None else (None, None)
    return {
        "report": report.name.value,
        "as_of": request.as_of.isoformat(),
        "first_day": days[0].isoformat() if days[0] else None,
        "last_day": days[1].isoformat() if days[1] else None,
        "files": [str(place) for place in written.paths],
        "lines": written.lines,
        "rows": written.items,
        "holds": written.holds,
        "remarks": list(written.remarks),
    }
