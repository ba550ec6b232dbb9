"""Accounts, concentration, months and habits as charts: what is drawn is what was given, it is hit, it can be moved."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from duedesk.charts.accounts import account_bars
from duedesk.charts.aging import AgingBars
from duedesk.charts.chart import Chart, Sheet
from duedesk.charts.concentration import Concentration
from duedesk.charts.forecast import Band, ForecastBars
from duedesk.charts.habits import HabitBars
from duedesk.charts.months import CEI, DSO, MonthLines, Panel
from duedesk.charts.picture import ChartColumn, MonthColumn, habit_column
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.domain.money import ZERO
from duedesk.resources import LookName, look

SHEET = Sheet(640, 240, look(LookName.LIGHT))
NOVEMBER = tuple(map(Decimal, ("2344102.11", "991204.50", "0", "204411.07", "-57.99")))
NO_BAND = Band(ZERO, ZERO, ZERO)
PANELS = (Panel("DSO", "receivables ÷ sales × days", "", ("DSO", "Best")), Panel("CEI", "collected", " %", ("CEI",)))


def accounts(count: int, times: int = 1) -> list[ChartColumn]:
    return [
        ChartColumn(f"Account {at}", at, tuple(amount * times * (count - at) for amount in NOVEMBER))
        for at in range(count)
    ]


def summed(columns: Sequence[ChartColumn]) -> list[ChartColumn]:
    return [replace(one, amounts=(sum(one.amounts, ZERO),)) for one in columns]


def test_accounts_lie_the_largest_on_top_and_the_rest_in_one() -> None:
    picture = account_bars(accounts(40), DEFAULT_BUCKETS, "EUR", SHEET).picture()

    assert picture.lies
    assert picture.columns[-1].is_rest
    assert picture.columns[-1].label == f"{41 - len(picture.columns)} others"
    tops = [region.y for region in picture.regions]
    assert tops == sorted(tops)
    assert sum(region.amount for region in picture.regions) == sum(
        max(amount, ZERO) for one in picture.columns for amount in one.amounts
    )
    for region in picture.regions:
        assert 0 <= region.x < region.x + region.width <= 640
        assert picture.region_at(region.x + region.width / 2, region.y + region.height / 2) == region


def test_the_line_of_a_concentration_ends_at_all_of_it() -> None:
    chart = Concentration(summed(accounts(40)), "EUR", SHEET)
    picture = chart.picture()

    assert sum((one.amounts[0] for one in picture.columns), ZERO) == sum(
        (one.amounts[0] for one in summed(accounts(40))), ZERO
    )
    assert [region.column_index for region in picture.regions] == list(range(len(picture.columns)))


def test_a_month_without_a_figure_has_no_dot() -> None:
    months = [
        MonthColumn(f"{day:%b}", day, None if day.month == 4 else Decimal(40), Decimal(30), Decimal(day.month * 10))
        for day in (date(2026, month, 1) for month in range(1, 13))
    ]
    regions = MonthLines(months, PANELS, SHEET).picture().regions

    assert [one.column_index for one in regions if one.bucket_index == DSO] == [0, 1, 2, *range(4, 12)]
    assert [one.amount for one in regions if one.bucket_index == CEI] == [Decimal(10 * month) for month in range(1, 13)]
    assert all(0 <= one.x < one.x + one.width <= 641 for one in regions)


def test_days_to_pay_are_parted_at_the_terms() -> None:
    columns = [habit_column("Late", 1, Decimal(47), Decimal(30)), habit_column("Early", 2, Decimal(12), Decimal(30))]
    picture = HabitBars(columns, [Decimal(30), Decimal(30)], SHEET).picture()

    assert [(one.column_index, one.bucket_index, one.amount) for one in picture.regions] == [
        (0, 0, Decimal(30)),
        (0, 1, Decimal(17)),
        (1, 0, Decimal(12)),
    ]


def test_a_chart_that_was_moved_is_the_chart_drawn_anew() -> None:
    room = Decimal(100_000_000)
    before, after = accounts(8), accounts(8, times=2)
    pairs: list[tuple[Chart, Chart]] = []
    for make in (
        lambda given: AgingBars(given, DEFAULT_BUCKETS, "EUR", SHEET, room=room),
        lambda given: account_bars(given, DEFAULT_BUCKETS, "EUR", SHEET, room=room),
        lambda given: Concentration(summed(given), "EUR", SHEET, room=room),
    ):
        moved, made = make(before), make(after)
        moved.picture()
        assert moved.move(after if not isinstance(moved, Concentration) else summed(after))
        pairs.append((moved, made))

    assert all(moved.picture() == made.picture() for moved, made in pairs)


def test_the_label_of_the_last_bar_moves_and_another_month_is_a_new_chart() -> None:
    def days(last: str, first: str = "Dec") -> list[ChartColumn]:
        return [ChartColumn(first, 0, NOVEMBER), ChartColumn("Oct", 1, NOVEMBER), ChartColumn(last, 2, NOVEMBER)]

    chart = AgingBars(days("23 Nov"), DEFAULT_BUCKETS, "EUR", SHEET)
    chart.picture()

    assert chart.move(days("2 Nov"))
    assert chart.picture() == AgingBars(days("2 Nov"), DEFAULT_BUCKETS, "EUR", SHEET).picture()
    assert not chart.move(days("31 Oct", first="Nov"))
    assert not chart.move([replace(one, amounts=tuple(9 * amount for amount in one.amounts)) for one in days("2 Nov")])


@pytest.mark.parametrize("name", list(LookName))
def test_paper_has_a_heading_and_a_page(name: LookName) -> None:
    sheet = Sheet(640, 300, look(name), title="Concentration", told="EUR · as of 23 Nov 2026")
    bare, headed = (Concentration(summed(accounts(5)), "EUR", one) for one in (SHEET, sheet))

    assert min(region.y for region in headed.picture().regions) > min(region.y for region in bare.picture().regions)
    assert headed.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize("size", [(900, 360), (360, 160), (60, 40), (0, 0)])
def test_any_chart_fits_any_size(size: tuple[int, int]) -> None:
    sheet = Sheet(*size, SHEET.look)
    months = [MonthColumn("Jan", date(2026, 1, 31), None, None, None)]
    charts: list[Chart] = [
        account_bars(accounts(30), DEFAULT_BUCKETS, "EUR", sheet),
        Concentration(summed(accounts(30)), "EUR", sheet),
        HabitBars([habit_column("A", 1, Decimal(9), Decimal(0))], [ZERO], sheet),
        MonthLines(months, PANELS, sheet),
    ]

    assert {(one.picture().width, one.picture().height) for one in charts} == {(max(size[0], 1), max(size[1], 1))}


def test_the_rest_presses_no_bar_flat_and_keeps_its_amount() -> None:
    columns = [*summed(accounts(3)), ChartColumn("All others", None, (Decimal(10**12),), 9_000, is_rest=True)]
    *own, rest = Concentration(columns, "EUR", SHEET).picture().regions

    assert own[0].height > rest.height / 2
    assert rest.amount == 10**12
    lying = account_bars([replace(one, amounts=one.amounts * 5) for one in columns], DEFAULT_BUCKETS, "EUR", SHEET)
    assert sum(one.amount for one in lying.picture().regions if one.column_index == 3) == 5 * Decimal(10**12)


def test_names_end_in_one_line_at_twice_the_pixels() -> None:
    names = ["Świątek i Gołębiowski Sp z o o", "Walsh Marine Ltd", "Müller Maschinenbau GmbH, Hamburg", "Illwill Mill"]
    columns = [ChartColumn(name, at, (Decimal(30), Decimal(9))) for at, name in enumerate(names)]
    chart = HabitBars(columns, [Decimal(30)] * len(columns), replace(SHEET, pixel_ratio=2.0))
    picture = chart.picture()
    pixels = np.frombuffer(picture.rgba, dtype=np.uint8).reshape(picture.height, picture.width, 4)

    row = chart.plot.height / len(names)
    ends = []
    for at in range(len(names)):
        middle = int((chart.plot.top + (at + 0.5) * row) * 2)
        band = pixels[middle - 12 : middle + 12, : int(chart.plot.left * 2) - 2, :3].sum(axis=2, dtype=int)
        ends.append(int(np.flatnonzero((band < 500).any(axis=0)).max()))

    assert max(ends) - min(ends) <= 3


def test_a_forecast_has_a_region_a_week_whatever_is_expected() -> None:
    amounts = ((ZERO, Decimal(400)), (Decimal(50), Decimal(20)), (ZERO, Decimal(1)))
    weeks = [ChartColumn(f"Week {at}", at, amount) for at, amount in enumerate(amounts)]
    bands = [Band(Decimal(100), Decimal(390), Decimal(900)), Band(Decimal(50), Decimal(60), Decimal(90)), NO_BAND]
    picture = ForecastBars(weeks, bands, "EUR", SHEET).picture()

    assert [region.amount for region in picture.regions] == [Decimal(400), Decimal(70), Decimal(1)]
    assert [region.column_index for region in picture.regions] == [0, 1, 2]
    for region in picture.regions:
        assert 0 <= region.y < region.y + region.height <= 240
        assert picture.region_at(region.x + region.width / 2, region.y + region.height / 2) == region
    assert ForecastBars(weeks, [NO_BAND] * 3, "EUR", SHEET).picture().regions == ()
