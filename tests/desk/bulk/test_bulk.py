"""Verbs on a selection in the list of invoices: said before, done behind the window, told after."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desk.small_book import AS_OF, Small
from desk.waiting import Settled
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Progress
from duedesk.desk.bulk.doing import Asked, do
from duedesk.desk.bulk.outcome_panel import OutcomePanel
from duedesk.desk.bulk.outlook import look_at, read_items
from duedesk.desk.bulk.panel import BulkPanel
from duedesk.desk.bulk.verbs import BulkVerb
from duedesk.desk.navigation import Destination, ShowInvoice
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.invoices.narrowing import EVERYTHING, Narrowing, State
from duedesk.desk.pages.invoices.new_draft import NewDraft
from duedesk.desk.pages.invoices.page import InvoicesPage
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.accounts import AccountRow
from duedesk.store.queries.records.feed import feed

Key = Qt.Key
Begin = Callable[[BulkVerb], BulkPanel]


@pytest.fixture
def drafts(workspace: Workspace, small: Small) -> list[int]:
    """Three drafts: two of one line, one without any."""
    line = LineDraft("Plate", quantity=Decimal(2), unit_price=Decimal("12.50"))
    accounts = ((small.harbor, (line,)), (small.tromso, (line,)), (small.sakura, ()))
    return [create_draft(workspace, InvoiceDraft(account, lines)).key for account, lines in accounts]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, drafts: list[int], settled: Settled) -> InvoicesPage:
    made = InvoicesPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1270, 760)
    with qtbot.waitActive(made):
        made.show()
    desk.tasks.changed.connect(made.refresh)
    made.show_narrowing(Narrowing(frozenset({State.DRAFTS})))
    settled()
    made.table.setFocus()
    return made


@pytest.fixture
def said(page: InvoicesPage) -> list[Said]:
    told: list[Said] = []
    page.said.connect(told.append)
    return told


@pytest.fixture
def begin(page: InvoicesPage, settled: Settled) -> Begin:
    def opened(verb: BulkVerb) -> BulkPanel:
        page.body.bulk.begin(verb)
        settled()
        panel = page.body.side.panel
        assert isinstance(panel, BulkPanel)
        return panel

    return opened


def select(page: InvoicesPage, *keys: int) -> None:
    page.table.clearSelection()
    for key in keys:
        place = page.table.records.keys.index(key)
        flag = page.table.selectionModel().SelectionFlag
        page.table.selectionModel().select(page.table.records.index(place, 0), flag.Select | flag.Rows)


def barred(page: InvoicesPage) -> dict[str, str]:
    return {one.text.replace("&", "").rstrip("…"): one.barred() for one in page.commands()}


def status(workspace: Workspace, *keys: int) -> list[str]:
    return [one.status for one in read_items(workspace, keys)]


def test_drafts_are_posted_together(
    page: InvoicesPage, drafts: list[int], workspace: Workspace, said: list[Said], begin: Begin, settled: Settled
) -> None:
    select(page, *drafts[:2])
    panel = begin(BulkVerb.POST)
    assert panel.title.text() == "Post 2 drafts"
    assert panel.says.text().startswith("2 drafts over 50.00 USD.")
    assert QApplication.focusWidget() is panel.do_button
    panel.do()
    settled()

    assert status(workspace, *drafts) == ["Posted", "Posted", "Draft"]
    assert said == [Said("2 invoices posted.", "Ctrl+Z undoes it.", done=True)]
    assert page.body.side.panel is None
    assert page.table.hasFocus()


def test_one_at_fault_does_not_keep_the_others_back_and_is_told(
    page: InvoicesPage, drafts: list[int], workspace: Workspace, begin: Begin, settled: Settled
) -> None:
    select(page, *drafts)
    begin(BulkVerb.POST).do()
    settled()

    outcome = page.body.side.panel
    assert isinstance(outcome, OutcomePanel)
    assert outcome.title.text() == "2 invoices posted, 1 refused"
    assert [one.done for one in outcome._told] == [False, True, True]
    assert "has no lines" in outcome._in_hand.text()
    assert [one.name[:4] for one in outcome._told[1:]] == ["INV-", "INV-"]
    assert status(workspace, *drafts) == ["Posted", "Posted", "Draft"]

    gone: list[Destination] = []
    page.navigated.connect(gone.append)
    QTest.keyClick(outcome.table, Key.Key_Return)
    assert gone == [ShowInvoice(drafts[2], AS_OF)]
    QTest.keyClick(outcome.table, Key.Key_Escape)
    assert page.body.side.panel is None


def test_a_single_one_that_is_refused_says_so_in_the_panel(
    page: InvoicesPage, drafts: list[int], begin: Begin, settled: Settled
) -> None:
    select(page, drafts[2])
    panel = begin(BulkVerb.POST)
    panel.do()
    settled()
    assert "has no lines" in panel.fault
    assert panel.do_button.isEnabled()


def test_what_does_not_fit_is_left_out_before_it_is_asked(
    page: InvoicesPage, small: Small, begin: Begin, settled: Settled
) -> None:
    page.show_narrowing(EVERYTHING)
    settled()
    page.table.selectAll()
    panel = begin(BulkVerb.DELETE)
    assert panel.title.text() == "Delete 4 drafts"
    select(page, small.late)
    nothing = begin(BulkVerb.DELETE)
    assert not nothing.do_button.isEnabled()
    nothing.show_fault(None)
    assert not nothing.do_button.isEnabled()


def test_verbs_that_fit_nothing_selected_say_why(page: InvoicesPage, drafts: list[int]) -> None:
    select(page, *drafts)
    words = barred(page)
    assert words["Post"] == ""
    assert words["Write off"] == "nothing that is open is selected"
    page.table.clearSelection()
    assert barred(page)["Post"] == "nothing is selected"


def test_a_void_needs_a_reason_and_a_note_a_text(
    page: InvoicesPage, small: Small, workspace: Workspace, said: list[Said], begin: Begin, settled: Settled
) -> None:
    page.show_narrowing(Narrowing())
    settled()
    select(page, small.late, small.part)
    panel = begin(BulkVerb.VOID)
    panel.do()
    settled()
    assert panel.reason is not None
    QTest.keyClicks(panel.reason, "Billed twice")
    assert not page.can_leave()
    assert panel.fault == "This is not done yet. Ctrl+Enter does it, Esc drops it."
    panel.do()
    settled()
    assert status(workspace, small.late, small.part) == ["Voided", "Voided"]

    select(page, small.not_due)
    panel = begin(BulkVerb.NOTE)
    panel.do()
    assert panel.fault == "The note is empty. Write what shall be remembered."
    assert panel.note is not None
    panel.note.setPlainText("Called")
    panel.do()
    settled()
    assert [one.text for one in workspace.ask(feed, small.not_due)] == ["Called"]
    assert said[-1].sentence == "Note added to 1 invoice."


def test_a_write_off_takes_a_reason_that_is_offered(
    page: InvoicesPage, small: Small, workspace: Workspace, begin: Begin, settled: Settled
) -> None:
    page.show_narrowing(Narrowing())
    settled()
    select(page, small.part)
    panel = begin(BulkVerb.WRITE_OFF)
    assert panel.says.text().startswith("256.08 USD still open on INV-002 of Harbor & Finch")
    panel.do()
    settled()
    assert read_items(workspace, [small.part])[0].balance == 0


def test_an_owner_is_taken_off_only_where_nobody_is_chosen(
    page: InvoicesPage, drafts: list[int], workspace: Workspace, begin: Begin, settled: Settled
) -> None:
    select(page, *drafts[:2])
    panel = begin(BulkVerb.ASSIGN)
    panel.do()
    assert panel.fault == "No owner is chosen. Choose who shall have it, or Nobody."
    assert panel.owner is not None
    panel.owner.setCurrentText("Nobody")
    assert panel.gather() == Asked(panel._outlook, owner=None)


def test_another_day_leaves_a_verb_that_spoke_of_the_list_before(
    page: InvoicesPage, drafts: list[int], said: list[Said], begin: Begin, settled: Settled
) -> None:
    select(page, drafts[0])
    panel = begin(BulkVerb.NOTE)
    assert panel.title.text() == f"Add a note to draft #{drafts[0]}"
    assert panel.note is not None
    panel.note.setPlainText("Called")
    page.stand_on(AS_OF, None)
    assert page.body.panel_commands()
    page.stand_on(AS_OF - timedelta(days=1), None)
    settled()
    assert page.body.panel_commands() == ()
    assert said == [Said(f"“Add a note to draft #{drafts[0]}” was left.", "The list stands on another day now.")]


def test_while_a_panel_is_open_its_commands_are_the_pages(page: InvoicesPage, drafts: list[int], begin: Begin) -> None:
    select(page, *drafts)
    begin(BulkVerb.CANCEL)
    assert [one.text for one in page.commands()] == ["Cancel them", "Leave"]
    assert page.can_leave()


def test_a_stop_leaves_the_rest_and_says_so(workspace: Workspace, drafts: list[int]) -> None:
    done: list[int] = []

    def deed(keys: object) -> tuple[Changes, str]:
        assert isinstance(keys, list)
        if len(keys) > 1:
            raise RequestError("One of them cannot be.")
        done.extend(keys)
        return Changes(frozenset({"Invoice"})), "Posted"

    progress = Progress(report=lambda *_: None, is_cancelled=lambda: bool(done))
    outcome = do(workspace, Asked(look_at(workspace, BulkVerb.POST, drafts)), deed, progress)
    assert [one.text for one in outcome.told] == ["Posted", "Stopped before it", "Stopped before it"]
    assert outcome.changes.objects == {"Invoice"}


def test_what_is_gone_meanwhile_is_said(workspace: Workspace) -> None:
    with pytest.raises(RequestError, match="in the book any more"):
        look_at(workspace, BulkVerb.POST, [999])


def form_of(page: InvoicesPage) -> NewDraft:
    assert isinstance(page.body.side.panel, NewDraft)
    return page.body.side.panel


def test_a_draft_is_made_from_the_list_and_opened(
    page: InvoicesPage, small: Small, workspace: Workspace, settled: Settled
) -> None:
    gone: list[Destination] = []
    page.navigated.connect(gone.append)
    page.body.drafting.begin()
    settled()
    form = form_of(page)
    form.do()
    assert form.fault.startswith("Choose an account.")
    form.take_account(AccountRow(small.tromso, "Tromsø Fisk AS", "C-20", "Norway"))
    assert form.name.hasFocus()
    form.name.setText("Ice")
    form.quantity.setText("3")
    form.do()
    assert form.fault.startswith("The line needs a unit price.")
    form.price.setText("1.250,00")
    form.tax.setText("25 %")
    form.currency.choose("JPY")
    assert form.has_input()
    form.do()
    settled()

    (made,) = [one for one in gone if isinstance(one, ShowInvoice)]
    (read,) = read_items(workspace, [made.key])
    assert (read.status, read.account, read.currency) == ("Draft", "Tromsø Fisk AS", "JPY")
    assert read.total == Decimal("4688")


def test_what_cannot_be_a_draft_is_said_in_the_form(page: InvoicesPage, small: Small, settled: Settled) -> None:
    page.body.drafting.begin()
    settled()
    form = form_of(page)
    form.take_account(AccountRow(small.tromso, "Tromsø Fisk AS", "C-20", "Norway"))
    form.price.setText("10")
    form.tax.setText("a lot")
    form.do()
    assert form.fault == "“a lot” is no tax. Write a figure, such as 19 or 2.5."
    form.tax.setText("-700")
    form.do()
    settled()
    assert form.fault != ""
    form.account.searched.emit("other")
    form.do()
    assert form.fault.startswith("Choose an account.")
    form.leave()
    assert page.body.side.panel is None
