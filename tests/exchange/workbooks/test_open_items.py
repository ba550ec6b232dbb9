"""The workbook of open items: it says what the aging says, moves with its limits, and takes names for names."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from duedesk.domain.aging import AgingRequest, Buckets, OpenItem
from duedesk.domain.reports.taking_back import MARKED
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.open_items import write_open_items
from duedesk.exchange.workbooks.specs import Heading
from exchange.workbooks.ledgers import AS_OF, MADE, aging_of, invoice, request, small
from exchange.workbooks.office import Office
from exchange.workbooks.soundness.printing import small_prints
from exchange.workbooks.soundness.workbook import faults
from exchange.workbooks.test_report_book import HOSTILE

HEADING = Heading("Open items", "as of 23 Nov 2026, main.duedesk", "What is open.", AS_OF)


def write(path: Path, asked: AgingRequest, items: list[OpenItem], *, wrong: Decimal = Decimal(0)) -> WorkbookFacts:
    lines = aging_of(asked, items).rows
    lines = (replace(lines[0], balance=lines[0].balance + wrong), *lines[1:])
    making = Making("main.duedesk", MADE)
    return write_open_items(path, asked, iter(items), lines, heading=HEADING, making=making)


def hostile(asked: AgingRequest) -> list[OpenItem]:
    items = [
        invoice(asked, f"{name[:40]}{place}", f"{place + 1}.00", key=90 + place, account=name, account_number=name[:30])
        for place, name in enumerate(HOSTILE)
    ]
    return [replace(item, disputed=Decimal("0.5")) for item in items]


def on_day(asked: AgingRequest, item: OpenItem) -> OpenItem:
    if item.due_date is None:
        return item
    return replace(item, bucket=asked.buckets.index((asked.as_of - item.due_date).days))


def figures(book: Workbook) -> dict[tuple[object, object], tuple[object, ...]]:
    lines = book["Summary"].iter_rows(min_row=7, values_only=True)
    # What looks like an escape is escaped itself, which LibreOffice undoes and openpyxl does not.
    return {(str(row[2]).replace("_x005F_", "_"), row[3]): row[4:] for row in lines if row[3]}


def test_libreoffice_calculates_it_and_other_limits_move_it_as_duedesk_would(tmp_path: Path) -> None:
    office = Office(tmp_path)
    asked = request()
    items = [*small(asked), *hostile(asked)]
    facts = write(tmp_path / "a.xlsx", asked, items)
    later = AgingRequest(date(2026, 12, 21), buckets=Buckets((20, 60, 90)))
    write(tmp_path / "b.xlsx", later, [on_day(later, item) for item in items])

    serial = (later.as_of - date(1899, 12, 30)).days
    found = office.calculated(tmp_path / "a.xlsx", entered={("Summary", "C3"): serial, ("Summary", "F5"): 20})

    assert (facts.holds, facts.lines, facts.items) == (True, 15, 22)
    assert [*faults(tmp_path / "a.xlsx"), *small_prints(tmp_path / "a.xlsx")] == []
    assert figures(found) == figures(load_workbook(tmp_path / "b.xlsx", data_only=True))
    assert [cell.value for cell in found["Summary"][6]][4:9] == ["Not due", "1–20", "21–60", "61–90", "Over 90"]
    kept = {cell.value for cell in found["Items"]["B"]}
    assert {name for name in HOSTILE if len(name) < 100 and "\t" not in name} <= kept
    assert max(len(str(name)) for name in kept) == 32_767
    assert not [cell for sheet in found for row in sheet.iter_rows() for cell in row if cell.data_type == "e"]
    checks = {row[1]: row[7] for row in found["Checks"].iter_rows(values_only=True)}
    assert (checks["As of"], checks["Last day of 1–30"], checks["Balance, all rows"]) == (False, False, True)


def test_columns_for_finance_are_named_as_they_are_read_in_again_and_may_be_typed_into(tmp_path: Path) -> None:
    asked = request()
    write(tmp_path / "a.xlsx", asked, small(asked))
    sheet = load_workbook(tmp_path / "a.xlsx")["Items"]
    heads = {cell.value: get_column_letter(place) for place, cell in enumerate(sheet[1], 1)}

    assert set(MARKED) <= set(heads)
    assert not any(sheet[f"{heads[name]}2"].protection.locked for name in MARKED)
    assert sheet["E2"].protection.locked
    guarded = {str(rule.sqref)[0] for rule in sheet.data_validations.dataValidation}
    assert guarded == {heads[name] for name in MARKED[1:]}
    assert sheet.tables["Items"].ref == "A1:R11"


def test_a_line_that_differs_from_the_ledger_is_said(tmp_path: Path) -> None:
    asked = request()
    facts = write(tmp_path / "a.xlsx", asked, small(asked), wrong=Decimal("0.01"))

    assert facts.holds is False
    assert facts.remarks == ("The figures do not agree; the sheet Checks shows where.",)


@pytest.mark.parametrize("one_sheet_per", ["Currency", "Owner"])
def test_nothing_open_is_a_workbook_too(tmp_path: Path, one_sheet_per: str) -> None:
    making = Making("main.duedesk", MADE)
    facts = write_open_items(
        tmp_path / "a.xlsx", request(), iter([]), (), heading=HEADING, making=making, one_sheet_per=one_sheet_per
    )

    assert (facts.items, facts.holds) == (0, True)
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["Summary", "Items", "Checks", "Read me"]
