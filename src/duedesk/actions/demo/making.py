"""Make a sample book from a seed: the book, its story day by day, its figures; what is in it is said elsewhere."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from random import Random

from sqlalchemy import Connection

from duedesk.actions.demo.letters import issue_letters
from duedesk.actions.demo.new_book import new_book
from duedesk.actions.demo.story import Story
from duedesk.actions.settings import store_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store import journal
from duedesk.store.first_load import IndexesAside, take_statistics
from duedesk.store.settlement import restate
from duedesk.store.tables import ledger

Progress = Callable[[int, int], None]
"""Told how many of how many invoices are done; to stop the work, it raises."""

EARLIEST = date(1975, 1, 1)
LATEST = date(2199, 12, 31)
_STORY, _APPLIED, _STATED = 70, 75, 85
"""Percent of the work done after the rows, the applications' indexes, the figures."""

_FILLED = (ledger.invoice, ledger.invoice_line, ledger.payment, ledger.credit_memo, ledger.application)


def make_demo(
    location: str,
    world: World,
    *,
    invoices: int = 2000,
    seed: int = 1,
    as_of: date | None = None,
    with_letters: bool = False,
    progress: Progress | None = None,
) -> Workspace:
    """Make a sample book of two years up to `as_of` (None: today) and open it; `with_letters` some were issued in it.

    The same seed, day and number of invoices make the same book. BookError where something stands there already;
    where the work fails or is stopped, no half-made file is left.
    """
    day = as_of or world.today()
    if invoices < 1:
        raise RequestError("A sample book has at least one invoice.", "Give --invoices a number above 0.")
    if not EARLIEST <= day <= LATEST:
        raise RequestError(f"A sample book ends between {EARLIEST.year} and {LATEST.year}, not in {day.year}.")
    with new_book(location, world) as workspace, _rarely_collected():
        clerk = _fill(workspace, invoices, seed, day, progress or _unheard)
        if with_letters:
            issue_letters(workspace, day, clerk)
        take_statistics(workspace.book)
        return workspace


def _unheard(done: int, total: int) -> None:
    """Tell nobody."""


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """Look for rings of garbage rarely: the rows are none, and looking takes a sixth of the time."""
    usual = gc.get_threshold()
    gc.set_threshold(50_000)
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _fill(workspace: Workspace, invoices: int, seed: int, as_of: date, progress: Progress) -> str:
    """Write the book, and give the first of its clerks."""
    # The moment of making is the book's own day: with the clock's, no two books would be the same.
    evening = datetime.combine(as_of, time(18), UTC)
    world = replace(workspace.world, now=lambda: evening)
    with workspace.book.writing() as connection:
        journal_id = journal.record(
            connection,
            world,
            action="make_demo",
            summary=f"Sample book made: {invoices:,} invoice{'s'[: invoices - 1]} to {as_of.isoformat()}, seed {seed}",
            details={"invoices": invoices, "seed": seed, "as_of": as_of.isoformat()},
        )
        aside = IndexesAside(connection, _FILLED)
        chance = Random(seed)  # noqa: S311 - it makes a sample, no secret
        story = Story(connection, journal_id, chance, as_of, invoices)
        store_letterhead(connection, story.seller.letterhead, journal_id)
        for done in story.tell():
            progress(done * _STORY // 100, invoices)
        _finish(connection, aside, invoices, progress)
        story.decide_on_letters(connection, evening)
    return story.seller.clerks[0]


def _finish(connection: Connection, aside: IndexesAside, invoices: int, progress: Progress) -> None:
    """State the figures, then build the indexes: balances written before cost half of those written after."""
    aside.build(ledger.application)
    progress(invoices * _APPLIED // 100, invoices)
    restate(connection)
    progress(invoices * _STATED // 100, invoices)
    for number, table in enumerate(_FILLED[:-1], 1):
        aside.build(table)
        progress(invoices * (_STATED + number * (100 - _STATED) // 4) // 100, invoices)
