"""A dunning run proposed, against one aging of the same book: elsewhere such runs take minutes and outgrow the book."""

from datetime import timedelta

import pytest

from benchmarks.conftest import AS_OF
from benchmarks.ratios import measure
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.dunning.proposal import propose

pytestmark = pytest.mark.bench


@pytest.mark.parametrize("ahead", [0, 90])
def test_a_run_is_proposed_in_the_time_of_a_few_agings(measured_book: Workspace, size: str, ahead: int) -> None:
    """On the day the book ends, and on one when all that is open is overdue."""
    day = AS_OF + timedelta(days=ahead)
    found = measured_book.ask(propose, day)
    dunned = sum(len(letter.items) for letter in found.letters)
    assert dunned > len(found.letters) > 0
    counted = f"{dunned + len(found.left_out):,} overdue"
    measure(
        f"dunning run proposed, {counted}, {size}",
        lambda: measured_book.ask(propose, day),
        "one aging with its proof",
        lambda: measured_book.ask(aging, AgingRequest(day)),
        bound=5,
    )
