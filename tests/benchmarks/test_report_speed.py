"""The aging workbook against openpyxl writing the same rows, and the chart against matplotlib's own axes."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from openpyxl import Workbook

from benchmarks.ratios import measure
from duedesk.charts.aging import AgingBars
from duedesk.charts.chart import Sheet
from duedesk.charts.picture import ChartColumn
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.exchange.workbooks.aging import write_aging_workbook
from duedesk.exchange.workbooks.facts import Making
from duedesk.resources import LookName, look
from exchange.workbooks.ledgers import MADE, aging_of, many, request

pytestmark = pytest.mark.bench


def test_the_workbook_is_quicker_than_openpyxl_alone(tmp_path: Path) -> None:
    asked = request()
    items = list(many(asked, 100_000, accounts=1_200))
    aging = aging_of(asked, items)

    def ours() -> None:
        write_aging_workbook(tmp_path / "a.xlsx", aging, items, making=Making("main.duedesk", MADE))

    def openpyxl_alone() -> None:
        """Write the detail rows alone: no summary, no checks, no results of formulas."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Detail")
        for row, item in enumerate(items, 2):
            texts = [item.account_number, item.account, item.owner, item.kind, item.number]
            formulas = [f"=AsOf-G{row}", f"=LOOKUP(MAX(0,H{row}),FirstDays,BucketNames)"]
            figures = [item.item_date, item.due_date, *formulas, item.currency, item.total, item.balance, item.key]
            sheet.append([*texts, *figures])
        book.save(tmp_path / "b.xlsx")

    ratio = measure("aging workbook, 100,000 items", ours, "openpyxl's rows alone", openpyxl_alone, runs=2)

    assert ratio.times < 0.4


def test_a_year_is_drawn_before_anyone_waits() -> None:
    light = look(LookName.LIGHT)
    amounts = tuple(map(Decimal, ("2344102.11", "991204.50", "380001.00", "204411.07", "257113.99")))
    columns = [ChartColumn(f"{date(2026, month, 1):%b}", month, amounts) for month in range(1, 13)]

    def ours() -> None:
        AgingBars(columns, DEFAULT_BUCKETS, "EUR", Sheet(900, 360, light)).picture()

    def axes() -> None:
        figure = Figure(figsize=(12.5, 5), dpi=72)
        canvas = FigureCanvasAgg(figure)
        plot = figure.add_subplot()
        below = [0.0] * len(columns)
        for bucket, label in enumerate(DEFAULT_BUCKETS.labels):
            heights = [float(column.amounts[bucket]) for column in columns]
            plot.bar([column.label for column in columns], heights, bottom=below, label=label)
            below = [one + other for one, other in zip(below, heights, strict=True)]
        plot.legend(ncols=5)
        canvas.draw()  # type: ignore[no-untyped-call]

    ratio = measure("aging chart, twelve months at 900 x 360", ours, "the same on matplotlib's axes", axes)

    assert ratio.times < 1
