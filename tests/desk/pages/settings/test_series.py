"""Number series in the settings: listed, made, changed, and refused where the rules say so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desk.waiting import Settled
from duedesk.actions.invoices.series import save_series
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import FootLine, Said
from duedesk.desk.pages.settings.ledger.series import SeriesForm
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.section_view import SectionView
from duedesk.domain.numbering import Series
from duedesk.resources import LookName, look


@pytest.fixture
def view(page: SettingsPage, settled: Settled) -> SectionView:
    page.show_section("Number series")
    settled()
    return page.view


def listed(view: SectionView) -> list[tuple[str, ...]]:
    return [entry.texts for entry in view.content.entries]


def form_of(view: SectionView) -> SeriesForm:
    assert isinstance(view.form, SeriesForm)
    return view.form


def test_an_empty_section_says_what_to_do(view: SectionView) -> None:
    assert listed(view) == []
    assert view.stack.currentWidget() is view.empty


def test_a_series_is_made(page: SettingsPage, view: SectionView, said: list[Said], settled: Settled) -> None:
    lines: list[FootLine] = []
    page.footed.connect(lines.append)
    page.make()
    form = form_of(view)
    assert form.name.hasFocus()
    form.name.setText("Shop")
    form.prefix.setText("SHOP-{year}-")
    QTest.keyClick(form.prefix, Qt.Key.Key_Return)
    settled()

    assert listed(view) == [("Shop", "Invoices", "SHOP-{year}-", "5", "Sequential", "Yes")]
    assert said == [Said("Number series Shop saved.", done=True)]
    assert view.form is None
    assert lines[-1].shown == "1 number series"


def test_what_is_refused_is_said_in_the_form_and_what_was_typed_stays(
    page: SettingsPage, view: SectionView, settled: Settled
) -> None:
    page.make()
    form = form_of(view)
    form.prefix.setText("SHOP-")
    form.do()
    settled()

    assert form.fault == "A number series needs a name. Of at most 255 characters."
    assert form.prefix.text() == "SHOP-"
    assert form.do_button.isEnabled()


def test_a_series_is_changed_by_enter_and_kept_in_hand(
    page: SettingsPage, view: SectionView, workspace: Workspace, settled: Settled
) -> None:
    for name in ("A", "B"):
        save_series(workspace, name, object_name="Invoice", series=Series(f"{name}-"))
    view.read()
    settled()
    view.table.selectRow(1)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    form = form_of(view)
    assert (form.name.text(), form.name.isReadOnly(), form.default.isChecked()) == ("B", True, False)
    form.digits.choose(7)
    form.default.setChecked(True)
    form.do()
    settled()

    assert [texts[3:] for texts in listed(view)] == [("5", "Sequential", ""), ("7", "Sequential", "Yes")]
    assert view.entry is not None
    assert view.entry.texts[0] == "B"


def test_esc_leaves_the_form_and_not_the_page(page: SettingsPage, view: SectionView) -> None:
    page.make()
    QTest.keyClick(form_of(view).prefix, Qt.Key.Key_Escape)
    assert view.form is None


def test_what_cannot_be_done_says_why(page: SettingsPage, view: SectionView) -> None:
    barred = {command.text: command.barred() for command in page.commands()}
    assert barred == {
        "&New entry": "",
        "&Change": "nothing is selected",
        "&Remove": "it stays in the book",
        "&Copy": "",
    }
    page.remove()
    page.edit()
    assert view.form is None


def test_the_page_remembers_where_it_was_and_takes_another_look(page: SettingsPage, settled: Settled) -> None:
    page.return_to("Number series")
    settled()
    assert page.bookmark() == "Number series"
    page.set_look(look(LookName.DARK))
    page.begin()
    assert page.sections.hasFocus()
    page.focus_filter()
    page.copy()
    settled()
