"""Lines are cut into columns at once only where each of them is one row, and the rows are then the same."""

import csv

import pytest

from duedesk.exchange.cells import Row, Run
from duedesk.exchange.csv_rows import Writing, read_runs

WRITING = Writing("a.csv", "utf-8", ";")


def read(text: str) -> list[Run | Row]:
    """Read a file that comes in one piece."""
    return list(read_runs(iter([text.encode()]), WRITING, 1))


@pytest.mark.parametrize("text", ["a;b;c\nd;;f\n", "a;b;c\r\nd;;f\r\n", 'a;"b";c\nd;"";f\n'])
def test_lines_of_one_width_are_a_run_of_columns(text: str) -> None:
    (run,) = read(text)
    assert isinstance(run, Run)
    assert [list(column) for column in run.columns] == [["a", "d"], ["b", ""], ["c", "f"]]
    kept = run.packed().afresh()
    assert [row.cells for row in kept.each()] == [row.cells for row in run.each()]
    assert (kept.number, len(kept), kept.text(1), run.text(1)) == (1, 2, "b\n", "b\n")
    assert kept.part(1).row(0) == run.row(1)


@pytest.mark.parametrize(
    "text",
    ["a;b\nc;d;e\nf\n", "a;b\n\nc;d\n", ";b\n;\nc;d\n", "a;b\rc;d\n", 'a;"b\nc";d\n', "a\nb\n", "a;b;\nc;d\n;\n"],
)
def test_all_others_are_what_a_parser_makes_of_them(text: str) -> None:
    rows = [row for item in read(text) for row in (item.each() if isinstance(item, Run) else (item,))]
    parsed = csv.reader(text.splitlines(keepends=True), delimiter=";")
    assert [list(row.cells) for row in rows] == [cells for cells in parsed if any(map(str.strip, cells))]
