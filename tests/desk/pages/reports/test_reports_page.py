"""The page of reports: asked by a form, written behind, remembered, kept; reached from list and account."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Timer

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.reports.saved import saved_reports
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import ShowAccount, ShowInvoices, ShowReports
from duedesk.desk.page import Desk
from duedesk.desk.pages.reports.kept import Kept
from duedesk.desk.pages.reports.page import ReportsPage
from duedesk.desk.settings import Settings
from duedesk.domain.reports import ReportName


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, small: Small, settled: Settled) -> ReportsPage:
    """The page, with the aging in hand."""
    made = ReportsPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    made.show_report("aging", {})
    settled()
    return made


def _answer(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))


def test_a_report_is_written_behind_and_remembered(
    page: ReportsPage, tmp_path: Path, settled: Settled, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    _answer(monkeypatch, tmp_path / "eur")
    page.form.fields["currency"].set_text("EUR")
    page.form.fields["buckets"].set_text("10,20")
    page.write("xlsx")
    assert page.running.line.far.text() == "Reading the book…"
    settled()
    assert page.running.line.said.text() == f"eur.xlsx is in {tmp_path}."
    (file,) = Kept(settings).files()
    assert (Path(file.path), file.day) == (tmp_path / "eur.xlsx", "2026-11-23")
    assert file.said == {"as-of": "2026-11-23", "currency": "EUR", "buckets": "10,20"}
    assert Kept(settings).said(ReportName.AGING) == {"currency": "EUR", "buckets": "10,20"}, "the day is the desk's"

    _answer(monkeypatch, tmp_path / "nowhere" / "x.xlsx")
    page.form.show_defaults()
    page.form.fields["as-of"].set_text("2026-13-01")
    page.write("xlsx")
    settled()
    assert page.running.line.said.text().startswith("x.xlsx: “2026-13-01” is not a date.")
    assert page.running.line.again.isVisible()
    page.below.again()
    settled()
    assert page.form.said == {"as-of": "2026-11-23", "currency": "EUR", "buckets": "10,20"}
    assert page.running.line.said.text().startswith("x.xlsx: There is no folder")


def test_reports_wait_for_each_other_and_for_no_write(
    page: ReportsPage, tasks: Tasks, tmp_path: Path, settled: Settled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_begin, may_post = Event(), Event()
    tasks.write(page, lambda _: may_post.wait(30), lambda _: None, title="Posting for long")
    tasks.make_file(page, lambda _: may_begin.wait(30), lambda _: None, title="Long")
    for name in ("one", "two", "three"):
        _answer(monkeypatch, tmp_path / f"{name}.xlsx")
        page.write("xlsx")
    one, two, three = page.running.lines
    assert two.said.text() == "two.xlsx waits for the report before it."
    two.stop.click()
    may_begin.set()
    qtbot.waitUntil(lambda: three.is_over)
    assert [line.said.text().partition(" is in")[0] for line in (one, three)] == ["one.xlsx", "three.xlsx"]
    assert two.said.text() == "two.xlsx: Stopped; nothing was written."
    assert sorted(one.name for one in tmp_path.glob("*.xlsx")) == ["one.xlsx", "three.xlsx"]
    assert not tasks.is_idle(), "the write is still under way"
    may_post.set()
    settled()
    assert [Path(file.path).name for file in page.kept.files()] == ["three.xlsx", "one.xlsx"]


def test_a_report_is_stopped_as_its_page_goes(
    page: ReportsPage, tasks: Tasks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lists(*_: object, **__: object) -> Iterator[object]:
        reached.set()
        goes_on.wait(30)
        yield from ()

    reached, goes_on, target = Event(), Event(), tmp_path / "list.xlsx"
    monkeypatch.setattr("duedesk.store.queries.listing.stream", lists)
    target.write_text("the list of October")
    page.show_report("list", {})
    _answer(monkeypatch, target)
    page.write("xlsx")
    assert reached.wait(30)
    Timer(0.1, goes_on.set).start()
    tasks.close()
    assert target.read_text() == "the list of October"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".duedesk")] == []


def test_a_report_is_kept_changed_and_forgotten(page: ReportsPage, tmp_path: Path, settled: Settled) -> None:
    page.form.fields["currency"].set_text("USD")
    page.save()
    form = page.below.side.panel
    assert form is not None
    form.name.setText("Dollars")  # type: ignore[attr-defined]
    form.every.choose("friday")  # type: ignore[attr-defined]
    form.folder.setText(str(tmp_path))  # type: ignore[attr-defined]
    form.do()  # type: ignore[attr-defined]
    settled()
    page.refresh()
    settled()
    (saved,) = saved_reports(page.desk.workspace)
    assert (saved.name, saved.schedule, saved.said) == ("Dollars", "friday", {"currency": "USD"})
    assert page.below.lists.report == saved
    page.below.write_now()
    settled()
    assert [one.name for one in tmp_path.glob("*.xlsx")] == ["Dollars-2026-11-23.xlsx"]
    page.below.forget()
    settled()
    assert saved_reports(page.desk.workspace) == ()


def test_it_is_reached_from_the_list_and_from_an_account(
    window: MainWindow, small: Small, settled: Settled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for there, text, name in (
        (ShowInvoices(), "Report of this list", "list"),
        (ShowAccount(small.tromso, AS_OF), "Statement", "statement"),
    ):
        window.go(there)
        settled()
        assert window.page is not None
        (command,) = [one for one in window.page.commands() if one.text.replace("&", "").rstrip("…") == text]
        went: list[object] = []
        window.page.navigated.connect(went.append)
        command.run()
        settled()
        assert isinstance(went[0], ShowReports)
        assert went[0].name == name
        said = dict(went[0].said)
        assert "DocumentNumber" in said["columns"] if name == "list" else said == {"account": "C-20"}
        _answer(monkeypatch, tmp_path / f"{name}.xlsx")
        page = window.page
        assert isinstance(page, ReportsPage)
        page.write("xlsx")
        settled()
        assert page.running.line.said.text() == f"{name}.xlsx is in {tmp_path}."
