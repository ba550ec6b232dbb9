"""What is turned away before any parser sees it."""

import os
import zipfile
from pathlib import Path

import pytest

from duedesk.exchange.faults import FileRefused
from duedesk.exchange.gate import MOST_PARTS, FileKind, admit
from files_to_import import ledger_sheet, workbook

ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as error:
        admit(path)
    return str(error.value)


def test_a_workbook_passes_whatever_its_name(tmp_path: Path) -> None:
    for name in ("ledger.xlsx", "ledger.csv", "ledger.xlsm", "ledger"):
        assert admit(workbook(tmp_path / name, ledger_sheet({}))).kind is FileKind.XLSX


def test_text_passes_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "ledger.txt"
    path.write_bytes(b"PK,Name\n1,Acme\n")
    assert admit(path).kind is FileKind.CSV


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", b"", "is empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "old Excel format or password-protected"),
        ("a.csv", b"\x1f\x8b" + bytes(50), "packed with gzip"),
        ("a.csv", b"%PDF-1.7", "PDF"),
        ("a.csv", b"SQLite format 3\0" + bytes(100), "database"),
        ("a.csv", b"PK\x03\x04" + bytes(60), "damaged"),
        ("a.xlsx", b"PK\x05\x06" + bytes(18), "no Excel workbook"),
        ("a.xlsx", b"a,b\n1,2\n", "no Excel workbook"),
        ("a.csv", b"<?xml version='1.0'?><a/>", "web page or XML"),
        ("a.xls", b"\xef\xbb\xbf  <HTML><table>", "web page or XML"),
        ("a.csv", b"\x89PNG\r\n", "picture"),
    ],
)
def test_what_a_file_is_instead(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert why in refused(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    assert "There is no file" in refused(tmp_path / "nothing.csv")
    assert "is a folder" in refused(tmp_path)
    assert "no ordinary file" in refused(Path(os.devnull))
    assert "No file can have this name" in refused(Path("a\0b.csv"))


def test_a_fifo_does_not_make_it_wait(tmp_path: Path) -> None:
    path = tmp_path / "pipe.csv"
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no fifos")
    os.mkfifo(path)
    assert "no ordinary file" in refused(path)


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/evil", "..\\evil.txt", "C:/evil.txt"])
def test_a_part_that_leads_outside(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}), more={name: b"x"})
    assert "leads outside" in refused(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx"]


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = workbook(tmp_path / "a.xlsx", ledger_sheet({}), more={"xl/worksheets/sheet1.xml": b"<worksheet/>"})
    assert "two parts of the same name" in refused(path)
    other = workbook(tmp_path / "b.xlsx", ledger_sheet({}), more={"XL/Worksheets/Sheet1.xml": b"<worksheet/>"})
    assert "two parts of the same name" in refused(other)


def test_too_many_parts(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}), more={f"xl/media/{n}.png": b"" for n in range(MOST_PARTS)})
    assert "parts" in refused(path)


def test_a_directory_of_a_million_parts_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for number in range(20_000):
            package.writestr(f"{number:060}", b"")
    assert f"more than {MOST_PARTS} parts" in refused(path)


@pytest.mark.parametrize("part", ["xl/sharedStrings.xml", "docProps/core.xml", "xl/_rels/other.rels"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_declaration_anywhere(tmp_path: Path, part: str, encoding: str) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}), more={part: f"{ENTITY}<a>&e;</a>".encode(encoding)})
    assert "declares a document type" in refused(path)


def test_a_zip_bomb(tmp_path: Path) -> None:
    zeros = bytes(30_000_000)
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}), more={"xl/media/a.bin": zeros}, level=9)
    assert "100 times its size" in refused(path)
    parts = {f"xl/media/{n}.bin": zeros for n in range(7)}
    assert "200 MB are allowed" in refused(workbook(tmp_path / "b.xlsx", ledger_sheet({}), more=parts, level=9))


def test_other_zips(tmp_path: Path) -> None:
    for name, parts, why in (
        ("a.zip", {"ledger.csv": b"a,b"}, "no Excel workbook"),
        ("a.ods", {"mimetype": b"", "content.xml": b""}, "OpenDocument"),
        ("a.xlsb", {"[Content_Types].xml": b"", "xl/workbook.bin": b""}, "binary workbook"),
    ):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as package:
            for part, content in parts.items():
                package.writestr(part, content)
        assert why in refused(path)


def test_a_password(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ledger_sheet({}))
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    path.write_bytes(content)
    assert "password-protected" in refused(path)


def test_a_file_that_changes_while_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a,b\n")
    file = admit(path)
    file.check_unchanged()
    path.write_bytes(b"a,b\n1,2\n")
    with pytest.raises(FileRefused, match="changed while"):
        file.check_unchanged()
