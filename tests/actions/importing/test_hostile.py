"""Every hostile CSV and XLSX file of the shared folder ends as its manifest says."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from actions.importing.imports import bring_in, count, texts
from duedesk.actions.importing.report import ImportOutcome, ImportReport
from duedesk.domain.money import to_units
from duedesk.domain.world import World
from duedesk.store.book import Book

_ASKED_INSTEAD = {"H047"}
"""“119.005” (refuse the row) and “1.234” (ask) are written alike: without a mapping both are asked about."""


@dataclass(frozen=True)
class Ended:
    """How an import ended, in the manifest's words."""

    outcome: str
    good: int
    bad: int
    sum_minor: int


def ended(first: ImportReport, skipping: ImportReport) -> Ended:
    """Put two imports into the manifest's words: one as it comes, one that leaves bad rows out."""
    report = first if first.outcome is ImportOutcome.IMPORTED else skipping
    file = report.files[0] if report.files else None
    good, bad = (file.good, file.bad) if file else (0, 0)
    total = sum(to_units(one.total) // 100 for one in report.totals)
    if first.outcome is ImportOutcome.QUESTION:
        return Ended("ASK", 0, 0, 0)
    if first.outcome is ImportOutcome.IMPORTED:
        return Ended("ACCEPT", good, bad, total)
    return Ended("REJECT_ROWS" if bad else "REJECT_FILE", good if bad else 0, bad, total)


def cases(shared: Path) -> list[dict[str, Any]]:
    manifest: list[dict[str, Any]] = json.loads((shared / "hostile" / "manifest.json").read_text(encoding="utf-8"))
    return [case for case in manifest if case["area"] in {"csv", "xlsx"}]


def bring_in_twice(folder: Path, file: Path, empty_file: Path, world: World) -> tuple[Ended, ImportReport]:
    """Import a file into an empty book as it comes, then leaving bad rows out; a refused file leaves nothing."""
    from duedesk.store.book import open_book

    folder.mkdir()
    copied = Path(shutil.copy(file, folder))
    place = folder / "book.duedesk"
    shutil.copyfile(empty_file, place)
    book = open_book(str(place), now=world.now())
    try:
        first = bring_in(book, world, copied)
        if not first.is_done:
            assert count(book, "invoice") == count(book, "account") == count(book, "journal_entry") == 0
        return ended(first, bring_in(book, world, copied, skip_bad=True)), first
    finally:
        book.close()


def test_every_case_ends_as_the_manifest_says(shared: Path, tmp_path: Path, empty_file: Path, world: World) -> None:
    wrong = []
    for case in cases(shared):
        if case["id"] in _ASKED_INSTEAD:
            continue
        got, first = bring_in_twice(tmp_path / case["id"], shared / "hostile" / case["file"], empty_file, world)
        counts_told = case["outcome"] in {"ACCEPT", "REJECT_ROWS"} and "not scored" not in case["note"]
        is_right = got.outcome == case["outcome"]
        if counts_told:
            is_right &= (got.good, got.bad) == (case["good"], case["bad"])
            is_right &= case["sum_minor"] in {"", got.sum_minor}
        if not is_right:
            wrong.append((case["id"], case["attack"], case["outcome"], got, texts(first)))
    assert wrong == []


def test_what_cannot_be_told_apart_is_asked_and_then_refused(
    shared: Path, file_book: Book, world: World, tmp_path: Path
) -> None:
    for name in ("050_amount.csv", "058_amount.csv"):
        file = Path(shutil.copy(shared / "hostile" / "csv" / name, tmp_path))
        assert bring_in(file_book, world, file).outcome is ImportOutcome.QUESTION
        answered = bring_in(file_book, world, file, decimal=".")
        assert answered.outcome is ImportOutcome.REFUSED
        assert "more decimals than EUR" in texts(answered)[0]
    assert count(file_book, "invoice") == 0


@pytest.mark.parametrize(
    ("name", "answer", "good"),
    [
        ("csv/003_cp1252.csv", {"encoding": "cp1252"}, 1),
        ("csv/007_utf16_no_bom.csv", {"encoding": "utf-16-le"}, 1),
        ("csv/050_amount.csv", {"decimal": ","}, 1),
        ("csv/066_amount.csv", {"zero_totals": "accept"}, 1),
        ("csv/087_date.csv", {"dates": "%d/%m/%y"}, 1),
        ("csv/102_dup_case.csv", {"letter_case": "distinct"}, 2),
        ("xlsx/262_date_serial.xlsx", {"dates": "excel"}, 1),
        ("xlsx/274_hidden_rows.xlsx", {"hidden_rows": "include"}, 2),
        ("xlsx/274_hidden_rows.xlsx", {"hidden_rows": "skip"}, 1),
    ],
)
def test_every_question_has_an_answer_that_lets_the_file_in(
    shared: Path, file_book: Book, world: World, name: str, answer: dict[str, Any], good: int
) -> None:
    report = bring_in(file_book, world, shared / "hostile" / name, **answer)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert report.files[0].good == good == count(file_book, "invoice")
