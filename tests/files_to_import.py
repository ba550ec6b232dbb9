"""Files for an import, written by the tests themselves: ledgers as CSV, and workbooks part by part."""

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

HEADER = "invoice_no,customer_no,customer_name,email,invoice_date,due_date,currency,net,tax,total,open"
"""The headers of the ledgers that most tests import; all of them are well known."""

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {"worksheet": "worksheets/sheet{0}.xml", "styles": "styles.xml", "sharedStrings": "sharedStrings.xml"}

Cells = Sequence[str | tuple[str, str]]
"""Cells of a row: a text, or the attributes of `<c>` and what stands in it."""


def row(number: int = 1, **said: str) -> str:
    """A good row of a ledger; what a test says takes the place of what stands there."""
    cells = {
        "invoice_no": f"INV-{number}",
        "customer_no": f"C{number}",
        "customer_name": f"Good Customer {number}",
        "email": f"good{number}@example.test",
        "invoice_date": "2026-01-05",
        "due_date": "2026-02-04",
        "currency": "EUR",
        "net": "100.00",
        "tax": "19.00",
        "total": "119.00",
        "open": "119.00",
    }
    assert said.keys() <= cells.keys()
    return ",".join((cells | said).values())


def only_total(amount: str, number: int = 1, **said: str) -> str:
    """A row that gives no more than a total, and the same as what is open."""
    written = f'"{amount}"' if "," in amount else amount
    return row(number, net="", tax="", total=written, open=written, **said)


def ledger(path: Path, *rows: str, header: str = HEADER) -> Path:
    """Write a ledger as CSV."""
    path.write_bytes("".join(f"{line}\n" for line in (header, *rows)).encode())
    return path


def text_cell(text: str) -> tuple[str, str]:
    """A cell that holds its own text."""
    return 't="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>'


def sheet(*rows: Cells, before: str = "", hidden: Sequence[int] = (), first_row: int = 1) -> str:
    """The XML of a sheet; rows named in `hidden` are hidden."""
    lines = []
    for number, cells in enumerate(rows, first_row):
        written = []
        for column, cell in enumerate(cells):
            attributes, inside = text_cell(cell) if isinstance(cell, str) else cell
            written.append(f'<c r="{chr(65 + column)}{number}" {attributes}>{inside}</c>')
        mark = ' hidden="1"' if number in hidden else ""
        lines.append(f'<row r="{number}"{mark}>{"".join(written)}</row>')
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{"".join(lines)}</sheetData></worksheet>'


def ledger_sheet(*rows: Mapping[str, str | tuple[str, str]], hidden: Sequence[int] = ()) -> str:
    """A sheet under the usual headers; each row says what differs from a good one."""
    names = HEADER.split(",")
    written: list[Cells] = [names]
    for number, said in enumerate(rows, 1):
        good = dict(zip(names, row(number).split(","), strict=True))
        written.append([said.get(name, good[name]) for name in names])
    return sheet(*written, hidden=hidden)


def workbook(
    path: Path,
    *sheets: str,
    styles: str = "",
    strings: str = "",
    workbook_pr: str = "",
    states: Sequence[str] = (),
    more: Mapping[str, bytes] | None = None,
    level: int = 6,
) -> Path:
    """Write a workbook of sheets; `more` are further parts, by name."""
    parts = {
        "worksheet": list(sheets),
        "styles": [styles] if styles else [],
        "sharedStrings": [strings] if strings else [],
    }
    relations, listed, contents = [], [], {}
    for kind, texts in parts.items():
        for number, text in enumerate(texts, 1):
            target = _KINDS[kind].format(number)
            contents[f"xl/{target}"] = text
            relations.append(f'<Relationship Id="r{kind}{number}" Type="{_RELATION}/{kind}" Target="{target}"/>')
            if kind == "worksheet":
                state = f' state="{states[number - 1]}"' if number <= len(states) else ""
                listed.append(f'<sheet name="Sheet{number}" sheetId="{number}"{state} r:id="r{kind}{number}"/>')
    office = f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
    joined = "".join(relations)
    contents |= {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{office}</Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{joined}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}">{workbook_pr}'
        f"<sheets>{''.join(listed)}</sheets></workbook>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, text in contents.items():
            package.writestr(name, f'<?xml version="1.0"?>{text}')
        for name, content in (more or {}).items():
            package.writestr(name, content)
    return path
