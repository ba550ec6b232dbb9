"""The workbooks of reports say what they said before: each of them of one tiny book, as a text beside the tests."""

from datetime import date
from pathlib import Path

from build import Builder
from duedesk.actions.reports.asking import request_of
from duedesk.actions.reports.registry import produce, report_named
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book
from exchange.workbooks.dumps import dump
from store.queries.test_ledger_reports import a_dunned_month, a_month

GOLDEN = Path(__file__).parents[2] / "golden" / "workbooks"
TODAY = date(2026, 3, 31)
ASKED: dict[str, dict[str, str]] = {
    "open-items": {},
    "list": {"where": "Balance > 0", "order-by": "DueDate"},
    "statement": {"account": "00042", "kind": "activity", "period": "2026-03"},
    "invoice-register": {"period": "2026-03"},
    "cash": {"period": "2026-03"},
    "credits": {"period": "2026-03"},
    "dunning-log": {"period": "2026-03"},
    "unapplied": {},
    "disputes": {},
    "roll-forward": {"period": "2026-03"},
    "metrics": {"months": "2"},
    "concentration": {},
    "allowance": {},
    "revenue": {"period": "2026-02-01..2026-03-31"},
    "forecast": {"weeks": "2"},
}


def test_each_workbook_says_what_it_said_before(file_book: Book, world: World, tmp_path: Path) -> None:
    with file_book.writing() as connection:
        a_month(connection)
        a_dunned_month(connection)
        build = Builder(connection)
        sakura = build.account("Sakura 株式会社", "007")
        plan = build.invoice("+3", sakura, "120000", on="2026-02-05", due="2026-03-06", currency="JPY")
        build.line(plan, "120000", name="=Plan", service=("2026-02-05", "2026-05-04"))
        build.payment(sakura, "5000", on="2026-03-09", currency="JPY", number="00000000000000012345")
        build.settle()
    workspace, differ = Workspace(file_book, world), []
    for name, said in ASKED.items():
        request = request_of(report_named(name), {"as-of": TODAY.isoformat(), **said}, TODAY)
        produce(workspace, request, tmp_path / f"{name}.xlsx")
        found, golden = dump(tmp_path / f"{name}.xlsx"), GOLDEN / f"{name}.txt"
        if not golden.exists() or found != golden.read_text(encoding="utf-8"):
            (tmp_path / golden.name).write_text(found, encoding="utf-8")
            differ.append(tmp_path / golden.name)
    assert differ == [], "look at these workbooks, then mend tests/golden/workbooks"
