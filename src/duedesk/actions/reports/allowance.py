"""The report allowance: open invoices by bucket, and what of each is expected to be lost, by settings or the past."""

from pathlib import Path

from duedesk.actions.loss_rates import read_loss_rates
from duedesk.actions.reports.scopes import heading_of, making_of, scope_of, split_by
from duedesk.actions.workspace import Workspace
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossHistory, LossRates
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.allowance import Expected, write_allowance
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.reports.loss_history import loss_history


def produce_allowance(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the provision matrix with the items behind it."""
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        asked, rates = request.aging, read_loss_rates(connection)
        found = aging(connection, asked)
        past = loss_history(connection, request.as_of, request.buckets, request.known_on, request.currency)
        from_history = request.option("rates") == "history"
        by_currency = {one.currency: rates.of(request.buckets) for one in found.totals}
        if from_history:
            by_currency |= {one.currency: one.rates_or(rates.of(request.buckets)) for one in past}
        return write_allowance(
            path,
            Expected(asked, found.totals, by_currency, past, _said(rates, past, from_history=from_history)),
            open_items(connection, asked),
            heading=heading_of(workspace, request, scope),
            making=making_of(workspace, progress, stop),
            one_sheet_per=split_by(request),
        )


def _said(rates: LossRates, past: tuple[LossHistory, ...], *, from_history: bool) -> str:
    """Tell where the rates are from."""
    of_settings = "of the settings of this book"
    if rates == DEFAULT_RATES:
        of_settings = "of IFRS 9, Illustrative Example 12, until the settings of this book have its own"
    if from_history and past:
        return f"The rates are what was lost in the past; where nothing was open then, those {of_settings}."
    return f"The rates are those {of_settings}."
