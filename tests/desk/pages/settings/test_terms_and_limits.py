"""Payment terms and write-off limits in the settings."""

from decimal import Decimal

import pytest

from desk.waiting import Settled
from duedesk.actions.cash.write_off_limits import write_off_limits
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.settings.ledger.limits import LimitForm
from duedesk.desk.pages.settings.ledger.terms import Due, TermForm
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.section_view import SectionView
from duedesk.domain.payment_terms import DAYS, MONTHS, Item, Term
from duedesk.store.queries.terms import NamedTerm, terms


@pytest.fixture
def view(page: SettingsPage, settled: Settled) -> SectionView:
    page.show_section("Payment terms")
    settled()
    return page.view


def form_of(view: SectionView) -> TermForm:
    assert isinstance(view.form, TermForm)
    return view.form


def test_two_ten_net_thirty_is_made_and_is_the_default(
    page: SettingsPage, view: SectionView, workspace: Workspace, settled: Settled
) -> None:
    page.make()
    form = form_of(view)
    form.name.setText("2/10 net 30")
    form.days.setText("30")
    form.percent.setText("2 %")
    form.within.setText("10")
    form.default.setChecked(True)
    form.do()
    settled()
    (made,) = workspace.ask(terms)
    assert (made.term, made.is_default) == (Term(30, (), Decimal(2), 10), True)
    assert view.content.entries[0].texts == (
        "2/10 net 30",
        "30 days after the invoice date",
        "2 % within 10 days",
        "Yes",
        "Active",
    )


@pytest.mark.parametrize(
    ("kind", "typed", "item", "words"),
    [
        (Due.END_OF_MONTH, ("1", "10", "15"), Item(1, MONTHS, 31, 10), "End of the month, 1 month later, then 10 days"),
        (Due.DAY_OF_MONTH, ("2", "0", "15"), Item(2, MONTHS, 15), "Day 15 of the month, 2 months later"),
    ],
)
def test_other_ways_to_find_the_day(
    page: SettingsPage,
    view: SectionView,
    workspace: Workspace,
    settled: Settled,
    kind: Due,
    typed: tuple[str, str, str],
    item: Item,
    words: str,
) -> None:
    page.make()
    form = form_of(view)
    form.name.setText("Special")
    form.kind.choose(kind)
    assert form.day.isHidden() is (kind is not Due.DAY_OF_MONTH)
    for field, text in zip((form.months, form.days, form.day), typed, strict=True):
        field.setText(text)
    form.do()
    settled()
    assert term_called(workspace, "Special").term.items == (item,)
    assert view.content.entries[0].texts[1] == words

    view.edit(0)
    assert form_of(view).kind.currentData() is kind
    form_of(view).percent.setText("x")
    form_of(view).do()
    assert form_of(view).fault == "“x” is no discount. Write a figure."


def test_a_term_of_several_parts_keeps_them(
    page: SettingsPage, view: SectionView, workspace: Workspace, settled: Settled
) -> None:
    parts = (Item(30, DAYS, percentage=Decimal(50)), Item(60, DAYS))
    save_term(workspace, "In two", term=Term(0, parts))
    view.read()
    settled()
    assert view.content.entries[0].texts[1] == "50 % 30 days after the invoice date; 60 days after the invoice date"
    view.edit(0)
    form = form_of(view)
    assert form.kind.currentData() is Due.PARTS
    form.default.setChecked(True)
    form.do()
    settled()
    kept = term_called(workspace, "In two")
    assert (len(kept.term.items), kept.is_default) == (2, True)


def test_a_number_of_days_is_a_number(page: SettingsPage, view: SectionView) -> None:
    page.make()
    form = form_of(view)
    form.days.setText("thirty")
    form.do()
    assert form.fault == "“thirty” is no number of days. Write a whole number."


def test_limits_are_set_changed_and_taken_away(page: SettingsPage, workspace: Workspace, settled: Settled) -> None:
    page.show_section("Write-off limits")
    settled()
    view = page.view
    page.make()
    form = view.form
    assert isinstance(form, LimitForm)
    form.do()
    assert form.fault.startswith("A limit is an amount.")
    form.currency.setEditText("jpy")
    form.limit.setText("30000")
    form.do()
    settled()
    assert write_off_limits(workspace.book) == {"JPY": Decimal(30000)}
    assert view.content.entries[0].texts[:2] == ("JPY", "30,000")

    view.edit(0)
    again = view.form
    assert isinstance(again, LimitForm)
    assert again.limit.hasFocus()
    again.limit.setText("100")
    again.do()
    settled()
    view.table.selectRow(0)
    page.remove()
    settled()
    assert write_off_limits(workspace.book) == {}


def term_called(workspace: Workspace, name: str) -> NamedTerm:
    return next(one for one in workspace.ask(terms) if one.name == name)
