"""The drafts of the sample book are edited and posted like any other; `check` is clean behind it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.invoices.reading import findings, record
from duedesk.actions.demo import make_demo
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.cancelling import reopen
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.queries.records.line_drafts import line_drafts
from duedesk.store.tables.ledger import invoice

PASSING = ("Draft In Progress", "Pending", "Posting In Progress", "Error", "Void In Progress", "Canceled")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the sample book stands."""
    return tmp_path_factory.mktemp("sample") / "sample.duedesk"


@pytest.fixture
def sample(place: Path, world: World) -> Iterator[Workspace]:
    """The sample book, made for these tests and changed by one after the other."""
    if place.exists():
        place.unlink()
    workspace = make_demo(str(place), world, invoices=400, seed=7, as_of=date(2026, 11, 23))
    yield workspace
    workspace.close()


def in_state(workspace: Workspace, *states: str) -> list[int]:
    with workspace.book.reading() as connection:
        found = select(invoice.c.id).where(invoice.c.status.in_(states)).order_by(invoice.c.id)
        return list(connection.scalars(found))


def held(workspace: Workspace) -> list[str]:
    with workspace.book.reading() as connection:
        found = select(invoice.c.document_number).where(invoice.c.document_number.is_not(None))
        return [str(number) for number in connection.scalars(found)]


def totals(workspace: Workspace, key: int) -> dict[str, object]:
    row = record(workspace, key)._mapping
    return {name: row[name] for name in row if name.startswith("total_")}


def test_every_state_that_passes_is_led_out_of_and_every_draft_posted(sample: Workspace) -> None:
    reopen(sample, in_state(sample, *PASSING))
    drafts = in_state(sample, "Draft")
    assert len(drafts) >= 5
    run = start_batch_run(sample, Filter(date(2026, 11, 23))).run
    assert (run.status, run.posted) == ("Completed", len(drafts))
    numbers = sorted(number for number in held(sample) if number.startswith("INV-2026-"))
    assert numbers == [f"INV-2026-{place:05d}" for place in range(1, len(numbers) + 1)]
    assert all(record(sample, key).payment_term_id is not None for key in drafts)
    assert findings(sample) == []


def test_lines_that_are_read_and_set_again_come_to_the_same(sample: Workspace) -> None:
    keys = in_state(sample, "Draft")
    reopen(sample, in_state(sample, *PASSING))
    for key in keys:
        was = totals(sample, key)
        set_lines(sample, key, sample.ask(line_drafts, key))
        assert totals(sample, key) == was
    assert findings(sample) == []
