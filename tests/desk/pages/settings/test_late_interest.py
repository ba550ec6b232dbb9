"""Late interest in the settings: what applies to each country, which rates are missing, and both changed."""

from pathlib import Path

from desk.waiting import Settled
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.interest.late_interest import CountryForm
from duedesk.desk.pages.settings.interest.least_interest import LeastForm
from duedesk.desk.pages.settings.interest.reference_rates import ReferenceRatesForm
from duedesk.desk.pages.settings.page import SettingsPage

MISSING = "For July to December 2026 the reference rates are missing: AT-BASE, DE-BASE, ECB."


def shown(page: SettingsPage, first: str) -> tuple[str, ...]:
    """Give the entry that begins with a text."""
    return next(entry.texts for entry in page.view.content.entries if entry.texts[0] == first)


def test_a_country_is_given_another_profile_and_back(page: SettingsPage, settled: Settled, said: list[Said]) -> None:
    page.show_section("Late interest")
    settled()
    assert page.view.remark.text().startswith(MISSING)
    assert shown(page, "Belgium") == ("Belgium", "ECB + 8, up to 0.5", "missing: Jul 2026", "nothing", "Belgium")
    assert shown(page, "United States")[1:3] == ("nothing", "")
    page.make()
    form = page.view.form
    assert isinstance(form, CountryForm)
    form.country.setText("Atlantis")
    form.profile.choose("DE")
    assert "nine percentage points" in form.about.text()
    form.do()
    settled()
    assert form.fault == "“Atlantis” is no country that is known here. Write its code of two letters: CH."
    form.country.setText("ch")
    form.percent.setText("7.5")
    form.do()
    settled()
    assert said[-1].sentence == "Late interest for CH: Germany at 7.5%."
    assert shown(page, "CH") == ("CH", "7.5%", "", "nothing", "Germany · chosen here")
    page.view.table.selectRow([entry.texts[0] for entry in page.view.content.entries].index("CH"))
    assert page.view.remove_button.text() == "As it was"
    page.remove()
    settled()
    assert "CH" not in [entry.texts[0] for entry in page.view.content.entries]


def test_a_missing_rate_is_taken_in_and_a_least_amount_set(
    page: SettingsPage, settled: Settled, said: list[Said], tmp_path: Path
) -> None:
    page.show_section("Reference rates")
    settled()
    assert shown(page, "01 Jul 2026") == (
        "01 Jul 2026",
        "AT-BASE",
        "missing",
        "Austrian base rate (Basiszinssatz): not known yet",
    )
    file = tmp_path / "ecb.csv"
    file.write_text("StartDate,Percent\n2026-07-01,x\n")
    page.make()
    form = page.view.form
    assert isinstance(form, ReferenceRatesForm)
    form.do()
    assert form.fault == "No file is chosen. Choose one."
    form.file.setText(str(file))
    form.series.choose("ECB")
    form.source.setText("ECB, 1 Jul 2026")
    form.do()
    settled()
    assert form.fault == "Row 2, Percent: “x” is no rate in percent. Write 4.25. Nothing was taken."
    file.write_text("StartDate,Percent\n2026-07-01,2.4\n")
    form.do()
    settled()
    assert said[-1].sentence == "1 reference rate taken from ecb.csv."
    assert ("01 Jul 2026", "ECB", "2.40%", "ECB, 1 Jul 2026 · taken in here") in [
        entry.texts for entry in page.view.content.entries
    ]
    page.show_section("Least interest")
    settled()
    page.make()
    least = page.view.form
    assert isinstance(least, LeastForm)
    least.currency.setEditText("eur")
    least.do()
    assert least.fault == "The least interest is an amount. Write 5.00."
    least.least.setText("5")
    least.do()
    settled()
    assert shown(page, "EUR") == ("EUR", "5.00", "")
    page.remove()
    settled()
    assert page.view.content.entries == ()
