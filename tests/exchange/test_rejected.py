"""Rows that were left out, kept where a person can mend them and a spreadsheet program runs nothing of them."""

import csv
from pathlib import Path

import pytest

from duedesk.domain.errors import RequestError
from duedesk.exchange.cells import Broken, Figure
from duedesk.exchange.rejected import RejectedRows, free_name, safe_cell


def test_rows_keep_their_cells_their_row_and_the_reason(tmp_path: Path) -> None:
    rows = RejectedRows(["no", "name", "total"], ";")
    rows.add(3, "total: “NaN” is no amount.", ["INV-1", "Müller; Söhne", "NaN"])
    rows.add(7, "2 of 3 columns.", ["INV-2", Figure("42", 5)])
    rows.add(9, "error", [Broken("#REF!", "is an error"), "a\0b", "\x1b"])
    path = tmp_path / "rejected.csv"
    rows.save(path)
    rows.close()
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file, delimiter=";"))
    assert read == [
        ["Row", "Reason", "no", "name", "total"],
        ["3", "total: “NaN” is no amount.", "INV-1", "Müller; Söhne", "NaN"],
        ["7", "2 of 3 columns.", "INV-2", "00042"],
        ["9", "error", "#REF!", "ab", "\x1b"],
    ]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    path = tmp_path / "rejected.csv"
    path.write_text("mine")
    rows = RejectedRows(["a"], ",")
    rows.add(2, "wrong", ["x"])
    with pytest.raises(RequestError, match="exists already"):
        rows.save(path)
    rows.close()
    assert path.read_text() == "mine"


def test_a_free_name_stands_beside_the_source(tmp_path: Path) -> None:
    source = tmp_path / "ledger.xlsx"
    assert free_name(source).name == "ledger-rejected.csv"
    free_name(source).touch()
    assert free_name(source).name == "ledger-rejected-2.csv"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        ("\t=1+1", "'\t=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+1+1", "'+1+1"),
        ("-2+3", "'-2+3"),
        ("＝1+1", "'＝1+1"),
        ("-100.00", "-100.00"),
        ("100.00-", "100.00-"),
        ("Acme", "Acme"),
    ],
)
def test_no_cell_is_a_formula(text: str, written: str) -> None:
    assert safe_cell(text) == written
