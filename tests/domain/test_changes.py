"""What an action changed is asked by each page, and a world that stands still can be played again."""

from datetime import UTC, date, datetime
from random import Random

from duedesk.domain.changes import Changes
from duedesk.domain.world import World


def test_an_open_page_asks_whether_a_change_concerns_it() -> None:
    applied = Changes(frozenset({"Invoice", "PaymentLineInvoice", "Payment"}), 42, "100.00 EUR applied to INV-7")
    assert applied.concern("Invoice")
    assert applied.concern("Account", "Payment")
    assert not applied.concern("Account", "Contact")
    assert not applied.concern()


def test_a_dry_run_concerns_no_page() -> None:
    nothing = Changes()
    assert not nothing.concern("Invoice")
    assert nothing.journal_id is None
    assert not nothing.summary


def test_a_world_that_stands_still_gives_the_same_answers_again() -> None:
    def world() -> World:
        moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
        return World(now=lambda: moment, today=lambda: date(2026, 11, 23), random=Random(7), user="Ada")

    one, other = world(), world()
    assert (one.now(), one.today(), one.user) == (other.now(), other.today(), other.user)
    assert one.random.random() == other.random.random()
