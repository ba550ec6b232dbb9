"""The workbooks of figures: each calculates to what the ledger says, in LibreOffice too, and follows changes."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from build import Builder
from duedesk.actions.loss_rates import loss_rates, set_loss_rates
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossRates
from duedesk.domain.world import World
from duedesk.exchange.sheet_stream import serial_day
from duedesk.exchange.workbooks.facts import WorkbookFacts
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.metrics import metrics
from exchange.workbooks.office import Office
from exchange.workbooks.soundness.printing import small_prints
from exchange.workbooks.soundness.workbook import faults
from store.ledgers import RandomLedger

TODAY = date(2026, 4, 22)
TRICKY = "=cmd|' /C calc'!A0"
REPORTS = ("roll-forward", "metrics", "concentration", "allowance", "revenue")
SAID = {
    "metrics": {"months": "4"},
    "allowance": {"one-sheet-per": "currency"},
    "revenue": {"one-sheet-per": "currency"},
}
PERIODS = {"roll-forward": "2026-03", "revenue": "2026-02-01..2026-07-31"}


@pytest.fixture
def workspace(file_book: Book, world: World) -> Workspace:
    """Months of a random ledger in two currencies, and services that a customer with a tricky name has paid ahead."""
    with file_book.writing() as connection:
        build = Builder(connection)
        ledger = RandomLedger(build, Random(7))
        tricky = build.account(TRICKY, "00017")
        year = build.invoice("+2", tricky, "1200.05", on="2026-01-15", due="2026-02-14")
        build.line(year, "1300", name="-Plan", service=("2026-01-01", "2026-12-31"))
        build.line(year, "-99.95", name="Discount", kind="Adjustment", service=("2026-01-01", "2026-12-31"))
        back = build.credit_memo(tricky, "100", on="2026-03-10", number="@1")
        build.apply(year, "100", on="2026-03-10", account=tricky, credit_memo=back)
        ledger.make(60)
    return Workspace(file_book, world)


def make(workspace: Workspace, name: str, path: Path, **said: str) -> WorkbookFacts:
    """Produce a report of a period in the ledger, unless told otherwise."""
    report = report_named(name)
    texts = {"period": PERIODS[name], **said} if name in PERIODS else said
    return produce(workspace, request_of(report, {"as-of": TODAY.isoformat(), **texts}, TODAY), path)


def rows_of(path: Path, sheet: str) -> list[Any]:
    """The rows of a sheet as Duedesk wrote their results."""
    return list(load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def figures(book: Workbook) -> dict[tuple[str, str], object]:
    """All that stands in a workbook by sheet and cell; numbers to the sixth digit."""
    return {
        (sheet.title, cell.coordinate): round(cell.value, 6) if isinstance(cell.value, float) else cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in {None, ""}
    }


def test_each_workbook_calculates_to_what_the_ledger_says_and_follows_changes(
    workspace: Workspace, tmp_path: Path
) -> None:
    changed, later = tmp_path / "changed.xlsx", TODAY + timedelta(days=40)
    typed_over = tmp_path / "typed-over.xlsx"
    paths = [tmp_path / f"{name}.xlsx" for name in REPORTS]
    for name, path in zip(REPORTS, paths, strict=True):
        facts = make(workspace, name, path, **SAID.get(name, {}))
        assert (name, facts.holds, facts.remarks) == (name, True, ())
    make(workspace, "allowance", changed, currency="EUR", rates="history")
    make(workspace, "metrics", typed_over, **SAID["metrics"])
    assert [(path.name, fault) for path in paths for fault in (*faults(path), *small_prints(path))] == []
    cells = {("Allowance", "B3"): serial_day(later), ("Allowance", "D10"): 1}
    oldest = {("By month", "G2"): 1}  # what was invoiced at an end that the first sheet does not show
    *found, moved, metrics_moved = Office(tmp_path).all_calculated(
        [*paths, changed, typed_over], entered={changed: cells, typed_over: oldest}
    )
    assert metrics_moved["Checks"]["H3"].value is False
    with ZipFile(typed_over) as package:
        assert b'<auto val="0"' in package.read("xl/charts/chart1.xml").replace(b"<c:", b"<")

    for path, calculated in zip(paths, found, strict=True):
        written, again = figures(load_workbook(path, data_only=True)), figures(calculated)
        assert {place: again.get(place) for place in written} == written, path.name
        assert calculated["Checks"]["H3"].value is True
        formulas = {str(cell.value) for sheet in load_workbook(path) for row in sheet for cell in row}
        assert not [one for one in formulas if "calc'" in one and one != TRICKY]
    check_moved(moved, later)


def check_moved(book: Workbook, later: date) -> None:
    """Check that a later day and a rate of all for the oldest move items, buckets and the allowance."""
    buckets = AgingRequest(later).buckets
    rates = dict(zip(buckets.labels, DEFAULT_RATES.of(buckets), strict=True)) | {buckets.labels[-1]: Decimal(100)}
    expected = Decimal(0)
    for row in book["Items"].iter_rows(min_row=2, values_only=True):
        due, bucket, balance = row[6], row[8], row[9]
        assert isinstance(due, datetime)
        assert buckets.labels[buckets.index((later - due.date()).days)] == bucket
        expected += Decimal(str(balance)) * rates[str(bucket)] / 100
    (total,) = (row for row in book["Allowance"].iter_rows(values_only=True) if row[0] == "Total")
    assert total[4] == pytest.approx(float(expected), abs=0.006)
    assert book["Checks"]["H3"].value is False


def test_the_figures_are_those_of_the_ledger(workspace: Workspace, tmp_path: Path) -> None:
    make(workspace, "metrics", tmp_path / "metrics.xlsx", months="3")
    said = workspace.book.ask(metrics, TODAY, months=3)
    shown = [row[2] for row in rows_of(tmp_path / "metrics.xlsx", "Metrics") if row[0] == "DSO"]
    assert [round(figure, 4) for figure in shown] == [
        float(round(one.dso or Decimal(0), 4)) for one in said if one.end == TODAY
    ]
    make(workspace, "concentration", tmp_path / "concentration.xlsx", currency="EUR")
    accounts = rows_of(tmp_path / "concentration.xlsx", "By account")[1:]
    (total,) = workspace.book.ask(aging, AgingRequest(TODAY, currency="EUR")).totals
    assert sum(row[6] for row in accounts) == pytest.approx(float(total.open))
    assert [row[7] for row in accounts] == sorted((row[7] for row in accounts), reverse=True)
    make(workspace, "revenue", tmp_path / "revenue.csv")
    lines = (tmp_path / "revenue.csv").read_text(encoding="utf-8-sig").splitlines()
    (plan,) = (line for line in lines if "-Plan" in line and "Charge" in line)
    assert "1300.00,110.41,99.73,110.41,106.85,110.41,106.85,110.41,544.93" in plan
    for name, said_of in (("metrics", {"months": "999"}), ("revenue", {"period": "2020-01-01..2026-12-31"})):
        with pytest.raises(RequestError, match=r"Ask for 60|Give 120"):
            make(workspace, name, tmp_path / "none.xlsx", **said_of)


def test_loss_rates_are_a_setting(workspace: Workspace, tmp_path: Path) -> None:
    assert loss_rates(workspace.book) == DEFAULT_RATES
    rates = LossRates.parse("0:1, 31:10")
    changes = set_loss_rates(workspace, rates)
    assert changes.summary == "Loss rates set to 1 % of what is not due, 10 % from day 31 overdue"
    assert set_loss_rates(workspace, rates).journal_id is None
    assert loss_rates(workspace.book) == rates
    make(workspace, "allowance", tmp_path / "allowance.xlsx", currency="EUR")
    page = load_workbook(tmp_path / "allowance.xlsx", data_only=True)["Allowance"]
    assert [page.cell(row, 4).value for row in range(6, 11)] == [0.01, 0.01, 0.1, 0.1, 0.1]
