"""Reports that are kept: saved, listed, produced as they are due, each once; what was missed is caught up once."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cli.sessions import say
from duedesk.actions.reports import due
from duedesk.actions.reports.saved import saved_reports
from duedesk.actions.workspace import open_workspace
from duedesk.domain.reports.saved import is_due, last_due
from duedesk.domain.world import World


def _on(world: World, day: str, hour: int = 6) -> World:
    moment = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC).replace(hour=hour)
    return replace(world, now=lambda: moment, today=moment.date)


def test_what_is_due_is_produced_once(world: World, any_ledger: str, tmp_path: Path) -> None:
    at, out = ("--book", any_ledger), tmp_path / "out"
    out.mkdir()
    monday = _on(world, "2026-11-23")
    keep = ("report", "aging", "--as-of", "TODAY", *at, "--out", str(out))
    assert (
        say(monday, *keep, "--save", "Aging of the week", "--every", "mon").out == "Report Aging of the week saved.\n"
    )
    assert say(monday, *keep, "--save", "Month: end", "--every", "last-working-day", "--currency", "EUR").code == 0
    assert "is no schedule" in say(monday, *keep, "--save", "x", "--every", "fortnight").err
    (week, month) = say(monday, "report", "--saved", *at, "--json").document["reports"]
    assert (week["every"], week["next"], week["parameters"]) == ("monday", "2026-11-23", {"as-of": "TODAY"})
    assert (month["next"], month["last"]) == ("2026-11-30", None)

    said = say(monday, "report", "--due", *at, "--json").document["produced"]
    assert [Path(one["files"][0]).name for one in said] == ["Aging-of-the-week-2026-11-23.xlsx"]
    assert said[0]["holds"] is True
    assert say(monday, "report", "--due", *at).out == "Nothing is due.\n"
    later = say(_on(world, "2026-12-09"), "report", "--due", *at, "--json").document["produced"]
    assert [(one["title"], one["due_on"]) for one in later] == [
        ("Aging of the week", "2026-12-07"),
        ("Month: end", "2026-11-30"),
    ], "what was missed is caught up once, as of its own day"
    assert sorted(one.name for one in out.iterdir()) == [
        "Aging-of-the-week-2026-11-23.xlsx",
        "Aging-of-the-week-2026-12-07.xlsx",
        "Month-end-2026-11-30.xlsx",
    ]
    again = say(_on(world, "2026-12-07"), "report", "--saved", "Aging of the week", *at)
    assert again.out.endswith("Aging-of-the-week-2026-12-07-2.xlsx\n"), "an older file stays"

    assert say(monday, "report", "--forget", "Month: end", *at).code == 0
    assert say(monday, "undo", "--yes", *at).code == 0
    assert len(say(monday, "report", "--saved", *at, "--json").document["reports"]) == 2


def test_what_failed_is_tried_again(world: World, ledger: str, tmp_path: Path) -> None:
    at, out = ("--book", ledger), tmp_path / "out"
    nowhere = say(world, "report", "aging", *at, "--out", str(out), "--save", "Daily", "--every", "daily")
    assert nowhere.err.startswith(f"There is no folder {out}.")
    out.mkdir()
    assert say(world, "report", "aging", *at, "--out", str(out), "--save", "Daily", "--every", "daily").code == 0
    out.rmdir()
    failed = say(world, "report", "--due", *at)
    assert (failed.code, failed.err) == (
        1,
        f"Daily: There is no folder {out}. Make it, or save the report with another.\n",
    )
    out.mkdir()
    workspace = open_workspace(ledger, world)
    (saved,) = saved_reports(workspace)
    assert saved.last is not None
    assert saved.last.status == "Failed"
    assert due._claim(workspace, saved, world.today()), "another timer is at it"
    assert say(world, "report", "--due", *at).out == "Nothing is due.\n"
    assert say(_on(world, "2026-11-23", 12), "report", "--due", *at).code == 0, "it never came out"
    assert [one.name for one in out.iterdir()] == ["Daily-2026-11-23.xlsx"]
    workspace.close()


def test_working_days_of_a_month() -> None:
    firsts = [date(2026, 1, 1), date(2026, 2, 2), date(2026, 3, 2), date(2026, 8, 3), date(2027, 5, 3)]
    lasts = [date(2026, 1, 30), date(2026, 2, 27), date(2026, 5, 29), date(2026, 10, 30), date(2026, 12, 31)]
    assert all(is_due("first-working-day", day) for day in firsts)
    assert all(is_due("last-working-day", day) for day in lasts)
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2027, 1, 1).toordinal())]
    for schedule in ("first-working-day", "last-working-day"):
        assert sum(is_due(schedule, day) for day in days) == 12
    assert last_due("last-working-day", date(2026, 11, 29)) == date(2026, 10, 30)
