"""An invoice is held back from dunning, promised and released on its page, which says why it is not dunned."""

from datetime import date

from PySide6.QtWidgets import QLabel

from desk.pages.record.conftest import Ledger
from desk.pages.record.test_disputing import barred, facts, give_reason, panel_of
from desk.pages.record.test_verbs import press
from desk.waiting import Settled
from duedesk.desk.page import Said
from duedesk.desk.pages.record.head import HELD, PROMISED
from duedesk.desk.pages.record.page import RecordPage
from duedesk.desk.pages.record.verbs import Doing
from duedesk.desk.records.policy_verb import NONE


def test_it_is_held_promised_and_released_beside_the_page(
    opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]
) -> None:
    opened.show_record(ledger.late)
    settled()
    assert Doing.RELEASE not in barred(opened)
    press(opened, "H")
    asking = panel_of(opened)
    give_reason(asking, "Payment plan")
    assert asking.day is not None
    asking.day.set_day(date(2026, 12, 24))
    asking.do()
    settled()
    assert facts(opened)[HELD] == "until 24 Dec 2026, payment plan"

    press(opened, "Q")
    settled()
    assert "is not dunned. It is on hold until 24 Dec 2026" in said[-1].sentence

    press(opened, "Shift+H")
    panel_of(opened).do()
    settled()
    assert HELD not in facts(opened)

    press(opened, "T")
    asking = panel_of(opened)
    assert asking.day is not None
    asking.day.set_day(date(2026, 12, 1))
    asking.do()
    settled()
    assert facts(opened)[PROMISED].endswith("for 01 Dec 2026")


def test_it_is_given_a_policy_of_its_own_and_loses_it_again(
    opened: RecordPage, ledger: Ledger, settled: Settled, said: list[Said]
) -> None:
    opened.show_record(ledger.late)
    settled()
    for chosen, now, done in (
        ("Standard", NONE, "Invoice {} given the dunning policy Standard."),
        (NONE, "Standard", "Invoice {} given no dunning policy of its own."),
    ):
        press(opened, "G")
        settled()
        asking = panel_of(opened)
        assert now in [label.text() for label in asking.findChildren(QLabel)]
        give_reason(asking, chosen)
        asking.do()
        settled()
        assert opened.record is not None
        assert said[-1].sentence == done.format(opened.record.invoice.number)
