"""The workbook of the forecast: it calculates what the terminal says, proves itself, and LibreOffice agrees."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook

from duedesk.actions.demo import make_demo
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.domain.world import World
from duedesk.store.queries.forecast.cash import backtest, forecast
from exchange.workbooks.office import Office
from exchange.workbooks.soundness.printing import small_prints
from exchange.workbooks.soundness.workbook import faults

AS_OF = date(2026, 11, 23)


def test_weeks_of_accounts_add_up_to_what_is_open_and_errors_are_those_of_the_back_test(
    world: World, tmp_path: Path
) -> None:
    workspace = make_demo(str(tmp_path / "sample.duedesk"), world, invoices=300, as_of=AS_OF)
    path = tmp_path / "forecast.xlsx"
    request = request_of(report_named("forecast"), {"weeks": "4", "as-of": AS_OF.isoformat()}, AS_OF)
    facts = produce(workspace, request, path)
    assert facts.holds
    assert [*faults(path), *small_prints(path)] == []
    found = {one.currency: one for one in workspace.ask(forecast, AS_OF, weeks=4)}
    errors = {one.currency: one for one in workspace.ask(backtest, AS_OF, weeks=4)}
    workspace.close()
    book = Office(tmp_path).calculated(path)
    assert book.sheetnames == ["Summary", "Error", "Charts", "Items", "Weeks", "Back-test", "Checks", "Read me"]
    totals = {row[3]: row[4:] for row in book["Summary"].iter_rows(values_only=True) if row[0] == "Total"}
    assert totals.keys() == found.keys()
    for code, one in found.items():
        expected = [*(week.expected for week in one.weeks), one.later, one.never, one.disputed, one.open]
        assert [round(Decimal(str(value)), 4) for value in totals[code]] == expected
    shares = {row[2]: row[9] for row in book["Error"].iter_rows(values_only=True) if row[0] == "Total"}
    for code, error in errors.items():
        assert error.error is not None
        assert abs(Decimal(str(shares[code])) * 100 - error.error) < Decimal("0.0001")
    assert book["Checks"]["H3"].value is True
    cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
    assert not [cell for cell in cells if isinstance(cell, str) and cell.startswith("#")]
    assert load_workbook(path)["Items"]["E2"].value == "=AsOf-D2"
