"""Rows out of CSV files as the world writes them, and what is said of those that cannot be read."""

from pathlib import Path

import pytest

from duedesk.exchange.cells import Row
from duedesk.exchange.csv_file import CsvFile, open_csv
from duedesk.exchange.encoding import LONGEST_LINE, read_facts
from duedesk.exchange.faults import FileQuestion, FileRefused
from duedesk.exchange.gate import admit


def nobody_stops() -> None:
    """Let the work go on."""


def opened(folder: Path, content: bytes, *, encoding: str | None = None, delimiter: str | None = None) -> CsvFile:
    path = folder / "file.csv"
    path.write_bytes(content)
    file = admit(path)
    return open_csv(file, read_facts(file, encoding, nobody_stops), delimiter, nobody_stops)


def read(folder: Path, content: bytes, **said: str) -> list[Row]:
    return list(opened(folder, content, **said).rows())


def cells(rows: list[Row]) -> list[list[object]]:
    return [list(row.cells) for row in rows]


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_one(tmp_path: Path, end: bytes) -> None:
    rows = read(tmp_path, end.join([b"a,b", b"1,2", b"3,4", b""]))
    assert cells(rows) == [["a", "b"], ["1", "2"], ["3", "4"]]
    assert [row.number for row in rows] == [1, 2, 3]


def test_a_quoted_field_may_span_lines_and_rows_keep_the_line_they_begin_on(tmp_path: Path) -> None:
    rows = read(tmp_path, b'a,b\n"one\ntwo",2\n3,4\n')
    assert cells(rows)[1:] == [["one\ntwo", "2"], ["3", "4"]]
    assert [row.number for row in rows] == [1, 2, 4]


def test_blank_lines_are_no_rows_and_still_count(tmp_path: Path) -> None:
    rows = read(tmp_path, b"a,b\n\n , \n1,2\n")
    assert [row.number for row in rows] == [1, 4]


def test_quotes_in_the_middle_of_a_field_belong_to_it(tmp_path: Path) -> None:
    assert cells(read(tmp_path, b'a,b\n6" Pipe "Ltd",x\n'))[1] == ['6" Pipe "Ltd"', "x"]


def test_a_quote_that_is_never_closed_is_named_by_its_row(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="opens in row 3 is never closed") as refused:
        read(tmp_path, b'a,b\n1,2\n"3,4\n5,6\n7,8\n')
    assert refused.value.row == 3


def test_a_quote_inside_a_quoted_field_costs_its_row_only(tmp_path: Path) -> None:
    rows = read(tmp_path, b'a,b\n"ACME "Best" Ltd",2\n3,4\n')
    assert rows[1].fault == "a quote stands inside a quoted field"
    assert "twice" in rows[1].remedy
    assert rows[2].cells == ["3", "4"]


def test_a_line_that_is_not_utf8_costs_its_row_where_others_prove_the_encoding(tmp_path: Path) -> None:
    rows = read(tmp_path, "a,b\nZoë,1\n".encode() + "Jürgen,2\n".encode("latin-1"))
    assert rows[1].cells == ["Zoë", "1"]
    assert rows[2].fault == "it cannot be read as UTF-8"
    assert "�" not in str(rows[2].cells)


def test_a_nul_costs_its_row(tmp_path: Path) -> None:
    rows = read(tmp_path, b"a,b\n1\0,2\n3,4\n")
    assert "NUL" in rows[1].fault
    assert not rows[2].fault


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
def test_a_byte_order_mark_is_no_letter_of_the_first_header(tmp_path: Path, mark: bytes) -> None:
    assert cells(read(tmp_path, mark + b"a,b\n1,2\n"))[0] == ["a", "b"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_unicode_text_of_a_spreadsheet(tmp_path: Path, encoding: str) -> None:
    assert cells(read(tmp_path, "a\tb\nMüller\t2\n".encode(encoding)))[1] == ["Müller", "2"]


def test_utf16_that_breaks_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="breaks off"):
        read(tmp_path, "a\tb\n1\t2\n".encode("utf-16")[:-1])


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_asked_about(tmp_path: Path, encoding: str) -> None:
    content = "invoice_no,total\nINV-1,119.00\n".encode(encoding)
    with pytest.raises(FileQuestion, match="UTF-16 without the mark") as asked:
        read(tmp_path, content)
    assert f"--encoding {encoding}" in asked.value.hint
    assert cells(read(tmp_path, content, encoding=encoding))[1] == ["INV-1", "119.00"]


def test_windows_letters_are_asked_about_with_a_preview(tmp_path: Path) -> None:
    content = "a,b\nMüller & Söhne – Café €,2\n".encode("cp1252")
    with pytest.raises(FileQuestion, match="Müller & Söhne – Café €") as asked:
        read(tmp_path, content)
    assert "--encoding cp1252" in asked.value.hint
    assert cells(read(tmp_path, content, encoding="cp1252"))[1] == ["Müller & Söhne – Café €", "2"]


@pytest.mark.parametrize("encoding", ["rot13", "base64", "idna", "no-such", "unicode_escape"])
def test_what_is_no_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(FileRefused, match="There is no encoding"):
        read(tmp_path, b"a,b\n1,2\n", encoding=encoding)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_that_makes_columns(tmp_path: Path, delimiter: str) -> None:
    lines = [delimiter.join(line) for line in (["name", "total", "on"], ['"A, B; C"', "1", "x"], ['"D"', "2", "y"])]
    file = opened(tmp_path, "\n".join(lines).encode())
    assert file.delimiter == delimiter
    assert [row.cells[1] for row in file.rows()] == ["total", "1", "2"]


def test_excels_own_line_says_the_delimiter_and_is_no_header(tmp_path: Path) -> None:
    rows = read(tmp_path, b"\xef\xbb\xbfsep=;\r\na;b\r\n1,5;2\r\n")
    assert cells(rows) == [["a", "b"], ["1,5", "2"]]
    assert rows[0].number == 2


def test_a_delimiter_that_could_be_two_is_asked_about(tmp_path: Path) -> None:
    with pytest.raises(FileQuestion, match="comma or semicolon"):
        read(tmp_path, b"a,b;c\n1,2;3\n")
    assert cells(read(tmp_path, b"a,b;c\n1,2;3\n", delimiter=";"))[1] == ["1,2", "3"]


@pytest.mark.parametrize("said", ["", "ab", '"', "\n", "x"])
def test_what_cannot_part_columns_is_refused(tmp_path: Path, said: str) -> None:
    with pytest.raises(FileRefused, match="cannot part columns"):
        read(tmp_path, b"a,b\n1,2\n", delimiter=said)


def test_a_line_without_end_is_refused_at_a_megabyte(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="Row 2 is longer than 1 MB") as refused:
        read(tmp_path, b"a,b\n" + b"A" * (LONGEST_LINE + 10) + b",2\n")
    assert refused.value.row == 2


def test_a_quoted_field_without_end_is_refused_at_a_megabyte(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="row 2"):
        read(tmp_path, b'a,b\n"' + b'x""y\n' * LONGEST_LINE)


def test_millions_of_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="4,096 are allowed"):
        read(tmp_path, b"a,b\n" + b"," * 5_000 + b"x\n", delimiter=",")


def test_a_field_longer_than_any_cell_costs_its_row(tmp_path: Path) -> None:
    rows = read(tmp_path, b"a,b\n" + b"A" * 200_000 + b",2\n3,4\n")
    assert "131,072" in rows[1].fault
    assert rows[2].cells == ["3", "4"]


def test_the_work_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 600_000)

    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        read_facts(admit(path), None, stop)
