"""How pages that stand beside the list are made and shown, each when it is visited: dunning, settings and others."""

from datetime import date

from duedesk.desk.navigation import (
    Destination,
    ShowBatchRuns,
    ShowChanges,
    ShowDunning,
    ShowIssued,
    ShowQuery,
    ShowReports,
    ShowSettings,
    ShowTakeBack,
)
from duedesk.desk.page import Desk, Page


def make_settings(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.settings.page import SettingsPage  # noqa: PLC0415 - loaded when first visited

    return SettingsPage(desk, as_of)


def take_settings(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.settings.page import SettingsPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case SettingsPage(), ShowSettings(section):
            page.show_section(section)


def make_results(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.results.page import ResultsPage  # noqa: PLC0415 - loaded when first visited

    return ResultsPage(desk, as_of)


def take_results(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.results.page import ResultsPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case ResultsPage(), ShowQuery(text, title):
            page.show_query(text, title)


def make_batch_runs(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.batch_runs.page import BatchRunsPage  # noqa: PLC0415 - loaded when first visited

    return BatchRunsPage(desk, as_of)


def take_batch_runs(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.batch_runs.page import BatchRunsPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case BatchRunsPage(), ShowBatchRuns(key):
            page.show_run(key)


def make_changes(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.changes.page import ChangesPage  # noqa: PLC0415 - loaded when first visited

    return ChangesPage(desk, as_of)


def take_changes(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.changes.page import ChangesPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case ChangesPage(), ShowChanges(account_key, account, since):
            page.show_of(account_key, account, since)


def make_forecast(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.forecast.page import ForecastPage  # noqa: PLC0415 - loaded when first visited

    return ForecastPage(desk, as_of)


def take_forecast(page: Page, to: Destination) -> None:  # noqa: ARG001 - there is nothing to ask for but the page
    """Show there what a destination asks for."""
    page.refresh()


def make_dunning(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.dunning.page import DunningPage  # noqa: PLC0415 - loaded when first visited

    return DunningPage(desk, as_of)


def take_dunning(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.dunning.page import DunningPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case DunningPage(), ShowDunning(view):
            page.show_view(view)


def make_issued(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.issued.page import IssuedPage  # noqa: PLC0415 - loaded when first visited

    return IssuedPage(desk, as_of)


def take_issued(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.issued.page import IssuedPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case IssuedPage(), ShowIssued():
            page.show_issued(to)


def make_reports(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.reports.page import ReportsPage  # noqa: PLC0415 - loaded when first visited

    return ReportsPage(desk, as_of)


def take_reports(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.reports.page import ReportsPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case ReportsPage(), ShowReports(name, said):
            page.show_report(name, dict(said))


def make_take_back(desk: Desk, as_of: date) -> Page:
    """Make the page."""
    from duedesk.desk.pages.take_back.page import TakeBackPage  # noqa: PLC0415 - loaded when first visited

    return TakeBackPage(desk, as_of)


def take_take_back(page: Page, to: Destination) -> None:
    """Show there what a destination asks for."""
    from duedesk.desk.pages.take_back.page import TakeBackPage  # noqa: PLC0415 - loaded when first visited

    match page, to:
        case TakeBackPage(), ShowTakeBack(file):
            page.take(file)
