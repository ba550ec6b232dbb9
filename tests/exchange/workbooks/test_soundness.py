"""Excel takes the kit's workbooks as they are, whatever names they hold; and what it would repair is found."""

import re
import zipfile
from pathlib import Path

import pytest

from duedesk.exchange.workbooks import table_rows
from duedesk.exchange.workbooks.summary_plan import quoted_sheet
from exchange.workbooks.ledgers import aging_of, invoice, request, small
from exchange.workbooks.soundness.formulas import Known, formula_faults
from exchange.workbooks.soundness.package import Package, units
from exchange.workbooks.soundness.printing import small_prints
from exchange.workbooks.soundness.workbook import faults
from exchange.workbooks.test_aging_workbook import write as write_aging
from exchange.workbooks.test_report_book import HOSTILE, write

ITEMS = "xl/worksheets/sheet4.xml"
DAMAGE = (
    ("[Content_Types].xml", 'Override PartName="/xl/styles.xml"', 'Override PartName="/xl/style.xml"', "not there"),
    ("xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "worksheets/sheet9.xml", "not there"),
    ("xl/workbook.xml", 'name="Checks"', 'name="SUMMARY"', "two sheets have one name"),
    ("xl/workbook.xml", 'name="Checks"', f'name="{"🎉" * 16}"', "no sheet may be called"),
    ("xl/workbook.xml", 'name="Checks"', 'name="_x0041_"', "reads the name"),
    ("xl/workbook.xml", 'name="AsOf"', 'name="R1C1"', "R1C1 is no name"),
    ("xl/workbook.xml", r"Summary!\$C\$3", "Gone!$C$3", "there is no sheet Gone"),
    ("xl/styles.xml", '<fonts count="', '<fonts count="1', "fonts are miscounted"),
    ("xl/styles.xml", "<color rgb=[^>]*/><name val=[^>]*/>", '<name val="A"/><color rgb="FF000000"/>', "an order that"),
    ("xl/tables/table1.xml", 'name="Balance"', 'name="Open"', "its head says"),
    ("xl/tables/table1.xml", 'name="Balance"', 'name="CURRENCY"', "have one name"),
    ("xl/tables/table1.xml", 'displayName="Items"', 'displayName="A1"', "it is called"),
    ("xl/tables/table1.xml", 'ref="A1:K41"', 'ref="A1:K1"', "no row below"),
    ("xl/charts/chart1.xml", '<c?:?crossAx val="100"', '<crossAx val="7"', "crosses one that is not there"),
    ("xl/charts/chart1.xml", "Summary!", "Gone!", "there is no sheet Gone"),
    (ITEMS, '<row r="3"', '<row r="2"', "row 2 stands behind 2"),
    (ITEMS, '<c r="B3"', '<c r="A3"', "A3 stands in row 3"),
    (ITEMS, '<c r="B3" s="[0-9]+"', '<c r="B3" s="999"', "no style"),
    (ITEMS, '(<c r="D3" s="[0-9]+"><v>)[0-9]+', r"\g<1>9999999", "no day of Excel"),
    (ITEMS, '(<c r="H3" s="[0-9]+"><v>)[^<]+', r"\g<1>NaN", "no number of Excel"),
    (ITEMS, "<f>IF", "<f>IFS", "IFS is no function"),
    (ITEMS, "AsOf", "AsWas", "nothing is called AsWas"),
    ("xl/worksheets/sheet5.xml", "<f>Summary!", "<f>007!", "without apostrophes"),
    ("xl/worksheets/sheet5.xml", "<f>Summary!", "<f>A1!", "there is no sheet A1"),
    (ITEMS, 'dxfId="[0-9]+"', 'dxfId="77"', "no dress"),
    (ITEMS, "<v>", "<v>", ""),
    (ITEMS, "&amp;N", "&amp;q", "no code"),
    (
        ITEMS,
        "(<conditionalFormatting.*</conditionalFormatting>)(<dataValidations.*</dataValidations>)",
        r"\2\1",
        "order",
    ),
    (ITEMS, '<cols><col width="[0-9]+"', '<cols><col width="300"', "300 wide"),
    (ITEMS, "formula1>25569<", f'formula1>"{"x" * 256}"<', "what may be entered has 258"),
    ("xl/worksheets/sheet1.xml", r"Items\[Balance\]", "Items[Gone]", "there is no Items[Gone]"),
    ("xl/worksheets/sheet1.xml", "<f>SUMIFS[^<]*</f><v>[^<]*", f'<f>"{"x" * 256}"</f><v>0', "over 255 characters"),
)


def damaged(path: Path, to: Path, part: str, old: str, new: str) -> None:
    """Copy a workbook with something in a part put in the place of something else, once."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text, found = re.subn(old, new, content.decode(), count=1, flags=re.DOTALL)
                assert found, old
                content = text.encode()
            target.writestr(name, content)


def test_what_excel_would_repair_is_found(tmp_path: Path) -> None:
    write(tmp_path / "a.xlsx", 40)
    assert faults(tmp_path / "a.xlsx") == []
    for part, old, new, said in DAMAGE:
        damaged(tmp_path / "a.xlsx", tmp_path / "b.xlsx", part, old, new)
        found = faults(tmp_path / "b.xlsx")
        assert any(said in one for one in found) if said else not found, (part, old, found[:3])


@pytest.mark.parametrize("by", ["Account", "Currency"])
def test_sheets_of_hostile_names_and_of_tables_that_go_on_are_taken_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    monkeypatch.setattr(table_rows, "MOST_ROWS", 15)
    write(tmp_path / "a.xlsx", 60, one_sheet_per=by)
    assert faults(tmp_path / "a.xlsx") == []
    titles = [
        one.get("name", "") for one in Package(tmp_path / "a.xlsx").tree("xl/workbook.xml").iter() if one.get("sheetId")
    ]
    assert max(map(units, titles)) <= 31
    assert small_prints(tmp_path / "a.xlsx") == []
    assert by != "Account" or {"x0041_ test", "🎉" * 15, "007", "cmd"} & set(titles)


@pytest.mark.parametrize("title", ["3M", "007", "A1", "RC", "xfd", "True", "O'Brien", "Grün", "a b", "1e5", "Summary"])
def test_formulas_call_a_sheet_of_any_name_as_excel_reads_it(title: str) -> None:
    known = Known(sheets={title})
    assert list(formula_faults(f"{quoted_sheet(title)}!$H$7+1", known)) == []


def test_an_aging_of_hostile_names_is_taken_as_it_is(tmp_path: Path) -> None:
    asked = request()
    items = [invoice(asked, f"I{place}", "1.00", key=place, account=name) for place, name in enumerate(HOSTILE, 90)]
    items = [*small(asked), *items]
    write_aging(tmp_path / "a.xlsx", aging_of(asked, items), items)
    assert faults(tmp_path / "a.xlsx") == []
