"""What the page of reports asks of the book and has done to it, behind the window; it draws nothing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.due import produce_saved
from duedesk.actions.reports.registry import made_reports, produce
from duedesk.actions.reports.saved import forget_report, save_report, saved_reports
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.pages.reports.time_words import as_of_said
from duedesk.domain.changes import Changes
from duedesk.domain.reports.offered import Report
from duedesk.domain.reports.saved import SavedReport, ToSave
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.overview import overview


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the page shows of the book: the reports that are kept, and the currencies there are."""

    saved: tuple[SavedReport, ...]
    currencies: tuple[str, ...]


def reports() -> tuple[Report, ...]:
    """Give the reports there are."""
    return made_reports()


def read_shelf(workspace: Workspace) -> Shelf:
    """Read what is kept."""
    return Shelf(saved_reports(workspace), workspace.ask(overview).currencies)


def gone(paths: Collection[str]) -> frozenset[str]:
    """Give those of the paths at which nothing stands any more; a drive that does not answer takes its time."""
    return frozenset(path for path in paths if not Path(path).exists())


def write_report(
    workspace: Workspace, report: Report, said: Mapping[str, str], path: Path, progress: Progress
) -> WorkbookFacts:
    """Write a report at a path."""
    request = request_of(report, said, workspace.world.today())
    return produce(workspace, request, path, progress=progress.report, stop=progress.is_cancelled)


def write_saved(workspace: Workspace, saved: SavedReport, folder: Path | None, progress: Progress) -> WorkbookFacts:
    """Write a kept report as of today into its folder."""
    today = workspace.world.today()
    told, stop = progress.report, progress.is_cancelled
    return produce_saved(workspace, saved, today, folder=folder, progress=told, stop=stop)


def keep_report(workspace: Workspace, wanted: ToSave) -> Changes:
    """Keep a report under a name."""
    return save_report(workspace, wanted)


def forget(workspace: Workspace, saved: SavedReport) -> Changes:
    """Keep a report no longer."""
    return forget_report(workspace, saved.name)


def as_of(saved: SavedReport, today: date) -> date:
    """Give the day on which a kept report stands today; what is no day is said as it is written."""
    return as_of_said(saved.said.get("as-of", ""), today, today) or today
