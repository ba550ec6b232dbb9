"""Rates of exchange in the settings: a file is taken in and listed; what is wrong with it is said in the panel."""

from pathlib import Path

from desk.waiting import Settled
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.ledger.rates import RatesForm
from duedesk.desk.pages.settings.page import SettingsPage


def form_of(page: SettingsPage) -> RatesForm:
    assert isinstance(page.view.form, RatesForm)
    return page.view.form


def test_a_file_is_taken_in_and_listed(page: SettingsPage, settled: Settled, said: list[Said], tmp_path: Path) -> None:
    page.show_section("Rates of exchange")
    settled()
    assert page.view.stack.currentWidget() is page.view.empty
    page.make()
    form = form_of(page)
    form.do()
    assert form.fault == "No file is chosen. Choose one."
    file = tmp_path / "rates.csv"
    file.write_text("Date,USD,JPY\n2026-04-10,1.0842,161.27\n2026-04-09,one,160.9\n")
    form.file.setText(str(file))
    form.do()
    settled()
    assert (
        form.fault
        == "rates.csv does not say over which currency its rates stand. Write its code of three letters below."
    )
    form.base.setText("eur")
    form.do()
    settled()
    assert form.fault == "Row 3, USD: “one” is no rate. Write 1.0842. Nothing was taken."
    file.write_text(file.read_text().replace("one", "1.08"))
    form.do()
    settled()
    assert page.view.form is None
    assert [entry.texts[:3] for entry in page.view.content.entries] == [
        ("10 Apr 2026", "JPY", "161.2700"),
        ("10 Apr 2026", "USD", "1.0842"),
        ("09 Apr 2026", "JPY", "160.9000"),
        ("09 Apr 2026", "USD", "1.0800"),
    ]
    assert page.view.remark.text().startswith("What one EUR buys from a day on.")
    assert said[-1].sentence == "4 rates of exchange over EUR taken from rates.csv."
    page.edit()
    assert not form_of(page).base.isEnabled()
