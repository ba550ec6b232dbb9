"""What a customer contests is recorded on the page of an invoice, stands at its head, and is resolved there."""

from decimal import Decimal

from desk.pages.record.conftest import Ledger
from desk.pages.record.test_verbs import press
from desk.waiting import Settled
from duedesk.desk.page import Said
from duedesk.desk.pages.record.head import DISPUTED, head_of
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.pages.record.verbs import Doing, offers_of
from duedesk.desk.verbs.ask import AskPanel
from duedesk.desk.widgets.choice import Choice


def panel_of(page: RecordPage) -> AskPanel:
    assert isinstance(page.panel, AskPanel)
    return page.panel


def give_reason(asking: AskPanel, words: str) -> None:
    assert isinstance(asking.reason, Choice)
    asking.reason.setCurrentText(words)


def facts(page: RecordPage) -> dict[str, str]:
    assert page.record is not None
    return {fact.name: fact.text for fact in head_of(page.record).facts}


def barred(page: RecordPage) -> dict[Doing, str]:
    assert page.record is not None
    return {offer.doing: offer.barred for offer in offers_of(page.record, in_hand=None)}


def test_it_is_recorded_and_resolved_beside_the_page(
    opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]
) -> None:
    opened.show_record(ledger.late)
    settled()
    assert Doing.RESOLVE not in barred(opened)
    press(opened, "D")
    asking = panel_of(opened)
    assert asking.amount is not None
    assert asking.amount.amount == Decimal(750)
    asking.do()
    assert asking.fault.startswith("A dispute needs a reason.")
    give_reason(asking, "Quality")
    asking.do()
    settled()
    assert said[-1].sentence.endswith("disputed.")
    assert facts(opened)[DISPUTED] == "750.00 EUR, quality"
    assert barred(opened)[Doing.DISPUTE] == "all that is open is contested"
    press(opened, "S")
    asking = panel_of(opened)
    give_reason(asking, "Customer pays")
    asking.do()
    settled()
    assert DISPUTED not in facts(opened)
    assert barred(opened)[Doing.DISPUTE] == ""
    assert opened.record is not None
    assert [one.what for one in opened.record.invoice.history[-2:]] == [
        "Disputed 750.00 EUR, Quality",
        "Dispute of 750.00 EUR resolved, Customer pays",
    ]
