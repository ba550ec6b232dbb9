"""What a chart says in words: a piece of it under the mouse, all of it for who does not see it; it adds up shares."""

from collections.abc import Sequence

from duedesk.charts.picture import ChartColumn, ChartPicture, ChartRegion
from duedesk.desk import format as written
from duedesk.desk.pages.aging.behind import bucket_in_words
from duedesk.desk.pages.aging.drawing import Scene
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.domain.aging import AgingRequest, Basis
from duedesk.domain.explaining.telling_metrics import tenths
from duedesk.domain.money import ZERO

_MONTH_FIGURES = ("DSO {} days", "best possible DSO {} days", "CEI {} %")


def piece_in_words(request: AgingRequest, scene: Scene, picture: ChartPicture, region: ChartRegion) -> str:
    """Say what a piece is: `30 Sep 2026 · 31–60 days overdue · 12,456.00 EUR`."""
    column = picture.columns[region.column_index]
    match scene.kind:
        case ChartKind.CONCENTRATION:
            return _share(picture.columns, region, scene.currency)
        case ChartKind.MONTHS:
            return f"{_name(column)} · {_MONTH_FIGURES[region.bucket_index].format(tenths(region.amount))}"
        case ChartKind.HABITS:
            return _habit(scene, column, region.column_index)
        case _:
            bucket = bucket_in_words(request, region.bucket_index)
            return f"{_name(column)} · {bucket} · {written.money(region.amount, scene.currency)}"


def chart_in_words(scene: Scene, picture: ChartPicture) -> str:
    """Say what is on a chart, for who does not see it."""
    money, columns = scene.currency, picture.columns
    match scene.kind:
        case ChartKind.TREND:
            late = "overdue" if scene.basis is Basis.DUE else "older than the day"
            said = (
                f"{_name(one)}: {written.money(sum(one.amounts, ZERO), money)}, of which {late} "
                f"{written.money(sum(one.amounts[1:], ZERO), money)}"
                for one in columns
            )
            return f"Open receivables in {money} by month end. {'; '.join(said)}."
        case ChartKind.MONTHS:
            return f"DSO and CEI in {money} by month. {'; '.join(map(_month, columns))}."
        case ChartKind.HABITS:
            habits = (_habit(scene, one, at) for at, one in enumerate(columns))
            return f"Days to pay by account. {'; '.join(habits)}."
        case _:
            said = (f"{_name(one)}: {written.money(sum(one.amounts, ZERO), money)}" for one in columns)
            return f"Open receivables in {money}, the largest first. {'; '.join(said)}."


def summed_up(scene: Scene, picture: ChartPicture) -> str:
    """Say in short what a chart shows as a whole: ` · the largest 9 of 1,204 together 31.0 %`."""
    if scene.kind is not ChartKind.CONCENTRATION or not picture.columns or not picture.columns[-1].is_rest:
        return ""
    owed = [max(one.amounts[0], ZERO) for one in picture.columns]
    shown = len(owed) - 1
    share = 100 * sum(owed[:-1], ZERO) / sum(owed, ZERO)
    of = written.count(shown + picture.columns[-1].stands_for)
    return f" · the largest {shown} of {of} together {tenths(share)} %"


def _name(column: ChartColumn) -> str:
    if column.is_rest:
        return f"{column.label} ({written.count(column.stands_for)})"
    return written.day(column.key) if not isinstance(column.key, int | str | None) else column.label


def _share(columns: Sequence[ChartColumn], region: ChartRegion, currency: str) -> str:
    owed = [max(one.amounts[0], ZERO) for one in columns]
    whole, at = sum(owed, ZERO), region.column_index
    own, together = (100 * amount / whole for amount in (owed[at], sum(owed[: at + 1], ZERO)))
    said = f"{_name(columns[at])} · {written.money(region.amount, currency)} · {tenths(own)} % of all"
    return said if columns[at].is_rest or not at else f"{said} · the largest {at + 1} together {tenths(together)} %"


def _month(column: ChartColumn) -> str:
    figures = (text.format(tenths(value)) for text, value in zip(_MONTH_FIGURES, column.amounts, strict=True) if value)
    return f"{_name(column)}: {', '.join(figures)}"


def _habit(scene: Scene, column: ChartColumn, place: int) -> str:
    days, terms = sum(column.amounts, ZERO), scene.terms[place]
    late = days - terms
    against = f"{tenths(late)} days beyond terms of {tenths(terms)}" if late > 0 else f"within terms of {tenths(terms)}"
    return f"{column.label} pays in {tenths(days)} days, {against}"
