"""The way back: where the reader has been, and what each page left behind."""

from datetime import date

from duedesk.desk.navigation import ShowAging, ShowInvoice, ShowInvoices
from duedesk.desk.trail import LONGEST, Stop, Trail

TODAY = date(2026, 11, 23)


def test_a_new_trail_has_been_nowhere() -> None:
    trail = Trail()

    assert trail.here is None
    assert not trail.can_go_back
    assert trail.back() is None


def test_going_back_finds_what_was_left() -> None:
    trail = Trail()
    trail.step(ShowInvoices(), None)
    trail.step(ShowInvoice(7, TODAY), "at row 12")
    trail.step(ShowAging(), "lines")

    assert trail.here == Stop(ShowAging())
    assert trail.back() == Stop(ShowInvoice(7, TODAY), bookmark="lines")
    assert trail.back() == Stop(ShowInvoices(), bookmark="at row 12")
    assert trail.back() is None
    assert trail.here == Stop(ShowInvoices(), bookmark="at row 12")


def test_only_so_many_steps_are_kept() -> None:
    trail = Trail()
    for key in range(3 * LONGEST):
        trail.step(ShowInvoice(key, TODAY), key)

    steps = 0
    while trail.back():
        steps += 1
    assert steps == LONGEST - 1
