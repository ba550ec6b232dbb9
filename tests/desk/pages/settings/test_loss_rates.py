"""Loss rates in the settings: bucket by bucket, with what they come to on today's book."""

from decimal import Decimal

from desk.small_book import Small
from desk.waiting import Settled
from duedesk.actions.loss_rates import loss_rates
from duedesk.desk.page import Said
from duedesk.desk.pages.settings.page import SettingsPage
from duedesk.desk.pages.settings.reports.rates_form import BucketForm, RatesForm
from duedesk.domain.reports.allowance import DEFAULT_RATES


def test_rates_are_set_bucket_by_bucket(small: Small, page: SettingsPage, settled: Settled, said: list[Said]) -> None:
    page.show_section("Loss rates")
    settled()
    assert "Illustrative Example 12" in page.view.remark.text()
    rows = {entry.texts[0]: entry.texts[1:] for entry in page.view.content.entries}
    assert rows["Not due"][0] == "0.3 %"
    assert list(rows) == ["Not due", "1–30", "31–60", "61–90", "Over 90"]
    page.view.edit(4)
    form = page.view.form
    assert isinstance(form, RatesForm)
    before = form.preview.text()
    form.rates[4].setText("100,5")
    assert form.preview.text().startswith("100.5 is no loss rate.")
    form.do()
    assert form.fault == "100.5 is no loss rate. Give per cent from 0 to 100, four decimals at most."
    form.rates[4].setText("250")
    assert form.preview.text().startswith("250 is no loss rate.")
    form.rates[4].setText("")
    assert form.preview.text() == "A loss rate is missing. Write per cent, such as 3.6."
    form.rates[4].setText("50 %")
    assert form.preview.text() != before
    form.do()
    settled()
    assert loss_rates(page.desk.workspace.book).steps[4] == (91, Decimal(50))
    assert said[-1].sentence == (
        "Loss rates set to 0.3 % of what is not due, 1.6 % from day 1 overdue, 3.6 % from day 31, "
        "6.6 % from day 61, 50 % from day 91."
    )
    assert "Illustrative" not in page.view.remark.text()

    page.make()
    bucket = page.view.form
    assert isinstance(bucket, BucketForm)
    bucket.day.setText("31")
    bucket.rate.setText("80")
    bucket.do()
    assert bucket.fault.startswith("A bucket begins on day 31 already.")
    bucket.day.setText("181")
    bucket.do()
    settled()
    assert [entry.texts[:2] for entry in page.view.content.entries][4:] == [("91–180", "50 %"), ("Over 180", "80 %")]
    page.view.table.selectRow(5)
    page.remove()
    settled()
    assert [step[0] for step in loss_rates(page.desk.workspace.book).steps] == [step[0] for step in DEFAULT_RATES.steps]
