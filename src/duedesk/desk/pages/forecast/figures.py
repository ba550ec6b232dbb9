"""Which figure of the forecast a cell or a bar is, for whoever explains it; it explains nothing itself."""

from duedesk.desk.navigation import Stand
from duedesk.domain.aging import AgingRequest
from duedesk.domain.explaining.figures import AgingFigure, Figure, ForecastFigure, Unexplained
from duedesk.domain.forecast.draws import DRAWS
from duedesk.domain.forecast.weeks import Forecast
from duedesk.domain.grouping import CURRENCY

_DRAWN = {"low": "P10", "middle": "P50", "high": "P90"}
_LEFT = 4
"""Rows behind that of all weeks: later, not expected, disputed, open."""


def figure_of_week(forecast: Forecast, stand: Stand, place: int | None) -> Figure:
    """Give what is expected in a week, in all of them (None), or is later, not expected or disputed."""
    return ForecastFigure(place, forecast.as_of, forecast.currency, len(forecast.weeks), stand.known_on)


def figure_of_row(forecast: Forecast, stand: Stand, row: int, column: str) -> Figure | Unexplained:
    """Give the figure of a cell: its row's amount, whatever it is; the ends of a band are drawn, not added up."""
    if column in _DRAWN:
        return Unexplained(
            f"Explain this number: {_DRAWN[column]} is drawn, {DRAWS} cases by the chances of all invoices.",
            "Choose a figure under Expected: it is a sum.",
        )
    weeks = len(forecast.weeks)
    if row == weeks + _LEFT:
        request = AgingRequest(forecast.as_of, stand.known_on, (CURRENCY,), currency=forecast.currency)
        return AgingFigure(request, (), forecast.currency, is_open=True)
    return figure_of_week(forecast, stand, row if row < weeks else None if row == weeks else row - 1)
