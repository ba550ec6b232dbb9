"""The table of a run says what was measured, against what bound, and whether it holds; this runs with every suite."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.ratios import Figure, Ratio, note, tell


def test_a_run_is_told_as_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    results = tmp_path / "results.jsonl"
    monkeypatch.setenv("DUEDESK_BENCH_RESULTS", str(results))
    tell(Ratio("aging | today", "DuckDB", 9.0, 1.0, 1.0))  # measured again below: the last counts
    tell(Ratio("aging | today", "DuckDB", 0.5, 1.0, 1.0))
    tell(Ratio("import", "sqlite3 .import", 3.0, 1.0, 2.0, in_the_way="one index a | b"))
    note("memory", 380, "MB", bound=400)
    for invoices, spent in ((10_000, 2.0), (100_000, 21.0)):
        note(f"ids of all, {invoices:,} invoices", spent, "ms")
    kept, picture = tmp_path / "table.md", tmp_path / "chart.png"

    assert report.main([str(results), "--markdown", str(kept), "--chart", str(picture)]) == 0

    assert kept.read_text(encoding="utf-8").split("\n\n")[1].splitlines()[2:] == [
        "| aging \\| today | 500.0 ms | 1.00 s | 0.50 x DuckDB | 1 | holds |",
        "| import | 3.00 s | 1.00 s | 3.00 x sqlite3 .import | 2 | not met |",
        "| memory |  |  | 380.0 MB | 400 | holds |",
    ]
    assert "| ids of all | 2.0 | 21.0 |" in kept.read_text(encoding="utf-8")
    assert "\n## What stands in the way\n\n- import: one index a | b\n" in kept.read_text(encoding="utf-8")
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert report.growth(report.read(results)) == {"ids of all": [(10_000, 2.0), (100_000, 21.0)]}


def test_a_result_is_written_as_it_was(tmp_path: Path) -> None:
    told = Figure("start", 120.5, "ms", 150)
    place = tmp_path / "results.jsonl"
    place.write_text(json.dumps({"Figure": asdict(told)}) + "\n", encoding="utf-8")
    assert report.read(place) == [told]
