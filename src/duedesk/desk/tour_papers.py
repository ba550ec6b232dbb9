"""Which papers the tour makes of a book: every report, a reminder on each paper, a dunning letter of each level."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from duedesk.actions.dunning.level_samples import LevelSample, samples_by_level
from duedesk.actions.letters import first_reminder, save_pdf
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import made_reports, produce
from duedesk.actions.workspace import Workspace
from duedesk.desk.tour_stops import Facts
from duedesk.documents.letter import Paper
from duedesk.domain.reports.file import file_name
from duedesk.domain.reports.offered import ACCOUNTS, Report, ReportName
from duedesk.store.queries.records.account import account_record

Paperwork = Callable[[], Path]
"""Makes one paper and gives its file."""


def papers_of(workspace: Workspace, facts: Facts, folder: Path) -> tuple[Paperwork, ...]:
    """Give what makes the papers, each as it is made unasked; letters are there where somebody is late."""
    reports = [partial(_report, workspace, facts, folder, report) for report in made_reports()]
    if facts.account is None:  # there is nothing to state to anybody either
        return tuple(one for one in reports if one.args[-1].name != ReportName.STATEMENT)
    reminders = (partial(_reminder, workspace, facts, folder, facts.account, paper) for paper in Paper)
    samples = samples_by_level(workspace, facts.as_of)
    return (*reports, *reminders, *(partial(_letter, workspace, folder, sample) for sample in samples))


def _report(workspace: Workspace, facts: Facts, folder: Path, report: Report) -> Path:
    """Make a report; statements are made of one account, as they go to it."""
    said: dict[str, str] = {}
    if report.name == ReportName.STATEMENT and facts.account is not None:
        account = workspace.ask(account_record, facts.account, as_of=facts.as_of)
        said[ACCOUNTS.name] = account.number or account.name
    request = request_of(report, said, facts.as_of)
    file = folder / file_name(request)
    produce(workspace, request, file)
    return file


def _reminder(workspace: Workspace, facts: Facts, folder: Path, account: int, paper: Paper) -> Path:
    rendered = first_reminder(workspace, account, as_of=facts.as_of, paper=paper)
    file = folder / f"{Path(rendered.file_name).stem}-{paper}.pdf"
    save_pdf(rendered.pdf, file)
    return file


def _letter(workspace: Workspace, folder: Path, sample: LevelSample) -> Path:
    file = folder / f"dunning-letter-level-{sample.level}-{sample.alone.as_of.isoformat()}.pdf"
    save_pdf(sample.pdf(workspace), file)
    return file
