"""`duedesk report aging` writes the figures of `duedesk aging` into a workbook."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_the_workbook_and_the_terminal_say_the_same(world: World, any_ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "aging.xlsx"
    options = ("--book", any_ledger, "--as-of", AS_OF, "--basis", "invoice", "--buckets", "7,40")
    said = say(world, "report", "aging", *options, "--out", str(place))
    assert (said.code, said.out) == (0, f"{place}\n")
    sheet = openpyxl.load_workbook(place, data_only=True)["Aging"]
    # The cells hold binary numbers, which stand for one amount each as long as they are written short.
    lines = {
        (row[2], row[3]): [Decimal(str(cell)) for cell in row[4:10]]
        for row in sheet.iter_rows(values_only=True)
        if isinstance(row[0], int)
    }
    rows = say(world, "aging", *options, "--json").document["rows"]
    assert {currency: figures for (_, currency), figures in lines.items()} == {
        row["currency"]: [Decimal(one) for one in (*row["buckets"], row["unapplied"], row["balance"])] for row in rows
    }
    assert ("Acme Ltd", "EUR") in lines
    assert ("東京商事株式会社", "JPY") in lines


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (".", "“.” is no name for a workbook. Let it end in .xlsx.\n"),
        ("aging.pdf", "“aging.pdf” is no name for a workbook. Let it end in .xlsx.\n"),
        ("no/such/folder/aging.xlsx", "There is no folder"),
    ],
)
def test_a_workbook_that_has_no_place(
    world: World, ledger: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = say(world, "report", "aging", "--book", ledger, "--out", name)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(sentence)


def test_a_report_that_is_none_is_a_matter_of_usage(world: World, ledger: str) -> None:
    assert say(world, "report", "dunning", "--book", ledger, "--out", "a.xlsx").code == 2
