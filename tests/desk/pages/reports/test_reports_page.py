"""The page of reports: asked by a form, written behind, remembered, kept; reached from list and account."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from threading import Event, Timer

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.calls.views import save_view
from duedesk.actions.reports.saved import saved_reports
from duedesk.desk.background import Tasks
from duedesk.desk.main_window import MainWindow
from duedesk.desk.navigation import ShowAccount, ShowInvoices, ShowReports
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.reports.accounts_entry import AccountsEntry
from duedesk.desk.pages.reports.asking import OfferedView, offered_views
from duedesk.desk.pages.reports.columns_entry import ColumnsEntry, ColumnsPanel
from duedesk.desk.pages.reports.condition_entry import ConditionEntry
from duedesk.desk.pages.reports.grouping_entry import GroupingEntry
from duedesk.desk.pages.reports.kept import Kept
from duedesk.desk.pages.reports.lists import FILES, SAVED
from duedesk.desk.pages.reports.order_entry import OrderEntry
from duedesk.desk.pages.reports.page import ReportsPage
from duedesk.desk.settings import Settings
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.reports.offered import ReportName

DAY_REFUSED = "“2026-13-01” is not a date. Write it as year-month-day: 2026-11-23."


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

    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    told: list[Said] = []
    table = page.below.lists.tables[FILES]
    page.said.connect(told.append)
    assert table.model().index(0, 1).data() == "Aging, as of 23 Nov 2026, buckets 10,20, currency EUR"
    for opens in (page.below.open, page.below.show_folder):
        opens()
        settled()
    (tmp_path / "eur.xlsx").unlink()
    page.below.open()
    settled()
    assert opened == [str(tmp_path / "eur.xlsx"), str(tmp_path)]
    assert told[0].sentence == f"eur.xlsx is no longer in {tmp_path}."
    assert table.model().index(0, 3).data() == f"no longer in {tmp_path}"

    _answer(monkeypatch, tmp_path / "nowhere" / "x.xlsx")
    page.form.show_defaults()
    page.form.fields["as-of"].set_text("2026-13-01")
    page.write("xlsx")
    settled()
    assert page.running.line.said.text().startswith("x.xlsx: “2026-13-01” is not a date.")
    page.resize(900, 700)
    reason = page.running.line.reason
    assert reason.text() == f"x.xlsx: {DAY_REFUSED}"
    assert reason.isVisible()
    assert reason.height() >= reason.heightForWidth(reason.width()), "all of it is seen"
    assert not page.running.line.again.isVisible(), "the name is not at fault"
    page.below.again()
    settled()
    assert page.running.line.again.isVisible()
    assert page.form.said == {"as-of": "2026-11-23", "currency": "EUR", "buckets": "10,20"}
    assert page.running.line.said.text().startswith("x.xlsx: There is no folder")


def test_what_is_asked_by_is_chosen_by_labels_and_kept_by_names(page: ReportsPage, settled: Settled) -> None:
    by = page.form.entry(GroupingEntry)
    assert by is not None
    assert [choice.currentText() for choice in by.parts()] == ["Account", "nothing more"]
    by.first.setCurrentIndex(by.first.findText("Billing country"))
    by.second.setCurrentIndex(by.second.findText("Bill to contact, title"))
    assert page.form.said == {"by": "country,BillToContact.Title"}

    page.show_report("statement", {"account": "C-20\nnobody"})
    settled()
    accounts = page.form.entry(AccountsEntry)
    assert accounts is not None
    assert [chip.text() for chip in accounts.chips.values()] == ["Tromsø Fisk AS  ×", "nobody  ×"]
    accounts.chips["nobody"].click()
    accounts.search.setText("harbor")
    assert page.form.said == {"account": "C-20\nharbor"}, "what is typed counts, be it chosen or not"

    page.show_report("list", {"order-by": "Balance DESC, DueDate NULLS FIRST"})
    order = page.form.entry(OrderEntry)
    assert order is not None
    assert [(line.field.currentText(), line.way.currentText()) for line in order.lines] == [
        ("Balance", "largest first"),
        ("Due", "earliest first"),
    ]
    assert order.text == "Balance DESC, DueDate NULLS FIRST"
    order.lines[0].way.choose(value=False)
    assert order.text == "Balance, DueDate NULLS FIRST"


def test_a_list_is_asked_for_as_it_is_built_or_as_a_view_has_it(
    page: ReportsPage, small: Small, settled: Settled
) -> None:
    save_view(page.desk.workspace, "Late", "SELECT DocumentNumber, Balance FROM Invoice WHERE DueDate < LAST_MONTH")
    page.show_report("list", {"search": "INV"})
    settled()
    where = page.form.entry(ConditionEntry)
    assert where is not None
    page.listing.build(where)
    settled()
    assert page.listing.builder is not None
    assert page.commands()[0].text == "&Take the filter", "nothing is written while it is open"
    page.listing.builder.side.text.show_text(f"BillingAccount.RecordKey = {small.tromso}")
    page.listing.builder.do()
    settled()
    assert where.words.text() == "Account is Tromsø Fisk AS"
    assert page.form.said["where"] == f"BillingAccount.RecordKey = {small.tromso}"

    found: list[tuple[OfferedView, ...]] = []
    page.desk.tasks.read(page, partial(offered_views, page.desk.workspace), found.append)
    settled()
    page.listing.said.emit(found[0][0].said)
    columns = page.form.entry(ColumnsEntry)
    assert columns is not None
    assert columns.words.text() == "Invoice, Balance"
    assert page.form.said == {
        "where": "DueDate < LAST_MONTH",
        "columns": "DocumentNumber,Balance",
    }
    page.listing.choose_columns(columns)
    panel = page.below.side.panel
    assert isinstance(panel, ColumnsPanel)
    panel.list.setCurrentRow(1)
    panel.list.move_name(-1)
    panel.do()
    assert page.form.said["columns"] == "Balance,DocumentNumber"
    records = page.form.fields["object"]
    records.set_text("Payment")
    assert (page.form.said, page.form.object_name) == ({"object": "Payment"}, "Payment")


def test_reports_wait_for_each_other_and_for_no_write(
    page: ReportsPage, tasks: Tasks, tmp_path: Path, settled: Settled, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_begin, may_post = Event(), Event()
    tasks.write(page, lambda _: may_post.wait(30), lambda _: None, title="Posting for long")
    tasks.make_file(page, lambda _: may_begin.wait(30), lambda _: None, title="Long")
    for name in ("one", "two", "three"):
        _answer(monkeypatch, tmp_path / f"{name}.xlsx")
        page.write("xlsx")
    _, two, three = page.running.lines
    assert two.said.text() == "two.xlsx waits for the report before it."
    two.stop.click()
    may_begin.set()
    qtbot.waitUntil(lambda: three.is_over)
    assert page.running.lines == [two, three], "what was written before stands in the list of recent files"
    assert three.said.text() == f"three.xlsx is in {tmp_path}."
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
    monkeypatch.setattr("duedesk.store.queries.lists.listing.stream", lists)
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
    assert not page.below.buttons[SAVED][1].isEnabled(), "no Friday has come yet"
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


def test_a_report_says_of_which_days_it_is(
    page: ReportsPage, tmp_path: Path, settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.stand_on(date(2026, 6, 29), datetime(2026, 7, 1, 23, 59, 59, 999999, UTC))
    page.show_report("cash", {})
    settled()
    period, known = page.form.fields["period"].widget, page.form.fields["known-on"].widget
    assert isinstance(period, Choice)
    assert isinstance(known, QLineEdit)
    assert period.currentText() == "May 2026, last whole month"
    assert known.placeholderText() == "01 Jul 2026, as shown", "so it is written, though nothing was said"
    page.form.fields["as-of"].set_text("LAST_MONTH")
    assert period.currentText() == "Oct 2026, last whole month"
    assert page.form.said == {"as-of": "LAST_MONTH"}
    period.choose("LAST_QUARTER")
    assert period.currentText() == "Jul – Sep 2026, last quarter"
    _answer(monkeypatch, tmp_path / "cash.xlsx")
    page.write("xlsx")
    settled()
    asked = page.below.lists.tables[FILES].model().index(0, 1).data()
    assert asked == "Cash received and applied, Jul – Sep 2026, as of 31 Oct 2026, known on 01 Jul 2026"

    offered: list[str] = []

    def refuse(*asked: str) -> tuple[str, str]:
        offered.append(Path(asked[2]).name)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", refuse)
    page.write("xlsx")
    page.show_report("statement", {"kind": "activity"})
    assert page.form.fields["period"].widget.isEnabled()
    page.form.fields["kind"].set_text("")
    assert not page.form.fields["period"].widget.isEnabled(), "open items are of a day"
    page.write("csv")
    page.form.fields["as-of"].set_text("yesterday or so")
    page.write("csv")
    assert offered == ["cash-2026-07-01-to-2026-09-30.xlsx", "statement-2026-06-29.csv", "statement.csv"]


def test_days_are_typed_as_they_are_shown(page: ReportsPage, settled: Settled) -> None:
    as_of, known = (page.form.fields[name].widget for name in ("as-of", "known-on"))
    assert isinstance(as_of, Choice)
    assert isinstance(known, QLineEdit)
    for typed, means in (
        ("31 Oct 2026", "2026-10-31"),
        ("31.10.2026", "2026-10-31"),
        ("2026-10-31", "2026-10-31"),
        ("LAST_MONTH", "LAST_MONTH"),
        ("31 Foo 2026", "31 Foo 2026"),
    ):
        as_of.setEditText(typed)
        known.setText(typed)
        assert page.form.said == {"as-of": means, "known-on": means}
    known.setText("31 Oct 2026 7:05")
    assert page.form.said["known-on"] == "2026-10-31T07:05"
    as_of.setEditText("31 Oct 2026")
    assert page.form.as_of == date(2026, 10, 31)

    page.show_report("cash", {})
    settled()
    period = page.form.fields["period"].widget
    assert isinstance(period, Choice)
    for typed, means in (
        ("Sep 2026", "2026-09"),
        ("01 Oct 2026..15 Oct 2026", "2026-10-01..2026-10-15"),
        ("1.10.2026 – 15.10.2026", "2026-10-01..2026-10-15"),
        ("Jan – Feb 2024", "2024-01-01..2024-02-29"),
        ("2026-Q3", "2026-Q3"),
        ("2025", "2025"),
        ("Foo 2026", "Foo 2026"),
    ):
        period.setEditText(typed)
        assert page.form.said["period"] == means


def test_the_filter_fits_into_a_narrow_window(page: ReportsPage, qtbot: QtBot, settled: Settled) -> None:
    page.resize(896, 600)  # what a window of 1024 pixels leaves
    page.show_report("list", {})
    settled()
    entry = page.form.entry(ConditionEntry)
    assert entry is not None
    page.listing.build(entry)
    settled()
    builder = page.listing.builder
    assert builder is not None
    builder.rows.begin_group()
    edges = [button.mapTo(builder, button.rect().topRight()) for button in builder.rows.findChildren(QPushButton)]
    assert max(edge.x() for edge in edges) < builder.width()
    within = builder.rows.parentWidget()
    assert within is not None
    qtbot.waitUntil(lambda: within.minimumSizeHint().width() <= builder.width() - 40)
