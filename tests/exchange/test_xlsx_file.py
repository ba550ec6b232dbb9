"""Cells of a workbook as they were stored: nothing calculated, nothing followed, no digit lost."""

from datetime import datetime
from pathlib import Path

import pytest

from duedesk.exchange.cells import Broken, Cell, Figure, Moment, Row, Truth, figure_text, shown
from duedesk.exchange.faults import FileRefused
from duedesk.exchange.gate import admit
from duedesk.exchange.serials import serial_moment
from duedesk.exchange.xlsx_file import XlsxSheet
from duedesk.exchange.xlsx_parts import read_parts
from duedesk.exchange.xml_parts import Package
from files_to_import import sheet, text_cell, workbook

STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="00000"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="4"/></cellXfs>'
    "</styleSheet>"
)


def rows(path: Path) -> list[Row]:
    parts = read_parts(Package(admit(path).path))
    return list(XlsxSheet(parts, parts.sheets[0], 0, lambda: None).rows())


def cells(path: Path) -> list[Cell]:
    return list(rows(path)[0].cells)


def test_every_kind_of_cell(tmp_path: Path) -> None:
    strings = "<sst><si><t>Acme</t></si><si><r><t>Rich </t></r><r><t>text</t></r><rPh><t>reading</t></rPh></si></sst>"
    found = cells(
        workbook(
            tmp_path / "a.xlsx",
            sheet(
                [
                    text_cell("own text"),
                    ('t="s"', "<v>0</v>"),
                    ('t="s"', "<v>1</v>"),
                    ("", "<v>119.05</v>"),
                    ('s="1"', "<v>46027</v>"),
                    ('s="2"', "<v>46027.5</v>"),
                    ('s="3"', "<v>42</v>"),
                    ('t="b"', "<v>1</v>"),
                    ('t="e"', "<v>#REF!</v>"),
                    ('t="str"', "<f>A1</f><v>made</v>"),
                    ("", "<f>1+1</f><v>2</v>"),
                    ("", "<f>1+1</f>"),
                    ('t="d"', "<v>2026-01-05</v>"),
                ]
            ),
            styles=STYLES,
            strings=strings,
        )
    )
    assert found == [
        "own text",
        "Acme",
        "Rich text",
        Figure("119.05"),
        Moment(datetime(2026, 1, 5)),  # noqa: DTZ001
        Moment(datetime(2026, 1, 5, 12)),  # noqa: DTZ001
        Figure("42", 5),
        Truth(value=True),
        Broken("#REF!", "is an error of the spreadsheet"),
        "made",
        Figure("2"),
        Broken("=1+1", "is a formula that was never calculated"),
        Moment(datetime(2026, 1, 5)),  # noqa: DTZ001
    ]


def test_formulas_are_known_as_such(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(["x", ("", "<f>[1]S!A1*2</f><v>119</v>")]))
    assert rows(path)[0].calculated == (1,)


def test_a_number_shows_the_zeros_its_format_puts_in_front() -> None:
    assert figure_text(Figure("42", 5)) == "00042"
    assert figure_text(Figure("1.2E+3")) == "1200"
    assert figure_text(Figure("119.50")) == "119.50"
    assert shown(Moment(datetime(2026, 1, 5, 9, 30))) == "2026-01-05 09:30:00"  # noqa: DTZ001


def test_hidden_rows_are_marked(tmp_path: Path) -> None:
    found = rows(workbook(tmp_path / "a.xlsx", sheet(["a"], ["b"], ["c"], hidden=[2])))
    assert [row.is_hidden for row in found] == [False, True, False]


def test_a_dimension_that_lies_costs_nothing(tmp_path: Path) -> None:
    found = rows(workbook(tmp_path / "a.xlsx", sheet(["a"], before='<dimension ref="A1:XFD1048576"/>')))
    assert [list(row.cells) for row in found] == [["a"]]


def test_a_cell_in_the_last_corner_costs_nothing(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    found = rows(workbook(tmp_path / "a.xlsx", sheet(["a"]).replace("</sheetData>", far)))
    assert [list(row.cells) for row in found] == [["a"]]


def test_a_text_longer_than_a_cell_may_be(tmp_path: Path) -> None:
    (cell,) = cells(workbook(tmp_path / "a.xlsx", sheet([text_cell("N" * 40_000)])))
    assert isinstance(cell, Broken)
    assert "40,000 characters" in cell.why
    strings = f"<sst><si><t>{'N' * 40_000}</t></si></sst>"
    (cell,) = cells(workbook(tmp_path / "b.xlsx", sheet([('t="s"', "<v>0</v>")]), strings=strings))
    assert isinstance(cell, Broken)


def test_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    (cell,) = cells(workbook(tmp_path / "a.xlsx", sheet([text_cell("a_x0007_b_x005F_x0041__xD800_")])))
    assert cell == "a\x07b_x0041__xD800_"


@pytest.mark.parametrize("number", ["NaN", "٤", "1_0", "--1", "0x10", "1" * 30])
def test_what_is_no_number_though_the_sheet_says_so(tmp_path: Path, number: str) -> None:
    (cell,) = cells(workbook(tmp_path / "a.xlsx", sheet([("", f"<v>{number}</v>")])))
    assert isinstance(cell, Broken)


@pytest.mark.parametrize("serial", ["60", "-5", "2958466", "0"])
def test_days_that_never_were(tmp_path: Path, serial: str) -> None:
    (cell,) = cells(workbook(tmp_path / "a.xlsx", sheet([('s="1"', f"<v>{serial}</v>")]), styles=STYLES))
    assert isinstance(cell, Broken)


def test_days_from_1904(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", sheet([('s="1"', "<v>44565</v>")]), styles=STYLES, workbook_pr='<workbookPr date1904="1"/>'
    )
    assert cells(path) == [Moment(datetime(2026, 1, 5))]  # noqa: DTZ001


def test_serials_around_the_day_that_never_was() -> None:
    def day(serial: float) -> str:
        moment = serial_moment(serial, counts_from_1904=False)
        return moment.date().isoformat() if moment else ""

    assert [day(1), day(59), day(60), day(61), day(46027)] == [
        "1900-01-01",
        "1900-02-28",
        "",
        "1900-03-01",
        "2026-01-05",
    ]


@pytest.mark.parametrize(
    "damage",
    [
        ('<c r="A1"', '<c r="ZZZZ1"'),
        ('<row r="1">', '<row r="0">'),
        ('<row r="1">', '<row r="9999999">'),
        ("</sheetData>", ""),
        ("<is>", "<is><oops>"),
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(tmp_path: Path, damage: tuple[str, str]) -> None:
    path = workbook(tmp_path / "a.xlsx", sheet(["a", "b"]).replace(*damage, 1))
    with pytest.raises(FileRefused, match="damaged workbook"):
        rows(path)


def test_rows_and_cells_that_go_backwards_are_damage(tmp_path: Path) -> None:
    twice = sheet(["a"]).replace("</sheetData>", '<row r="1"><c r="A1"><v>1</v></c></row></sheetData>')
    with pytest.raises(FileRefused, match="damaged"):
        rows(workbook(tmp_path / "a.xlsx", twice))
    doubled = sheet(["a"]).replace("</row>", '<c r="A1"><v>1</v></c></row>')
    with pytest.raises(FileRefused, match="damaged"):
        rows(workbook(tmp_path / "b.xlsx", doubled))


def test_a_shared_text_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="damaged"):
        rows(workbook(tmp_path / "a.xlsx", sheet([('t="s"', "<v>7</v>")]), strings="<sst/>"))


def test_cells_without_an_address_stand_side_by_side(tmp_path: Path) -> None:
    bare = sheet(["a", "b"]).replace(' r="A1"', "").replace(' r="B1"', "").replace(' r="1"', "")
    assert cells(workbook(tmp_path / "a.xlsx", bare)) == ["a", "b"]


def test_macros_are_seen_and_left_alone(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsm", sheet(["a"]), more={"xl/vbaProject.bin": b"Sub Auto_Open()"})
    assert read_parts(Package(path)).has_macros
