"""Sample books to measure on, made once a run."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pytest

from duedesk.actions.demo import make_demo
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World

AS_OF = date(2026, 11, 23)


@pytest.fixture(scope="session", params=[100_000, 1_000_000], ids=["100,000 invoices", "1,000,000 invoices"])
def measured_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A sample book of each size."""
    world = World(lambda: datetime(2026, 11, 23, 10, tzinfo=UTC), lambda: AS_OF, Random(0), "bench")
    folder: Path = tmp_path_factory.mktemp("bench")
    workspace = make_demo(str(folder / "measured.duedesk"), world, invoices=request.param, as_of=AS_OF)
    yield workspace
    workspace.close()
