"""Real processes: two that post from one series at once, and one that is killed in the middle of a batch run."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest

from actions.invoices.reading import findings, rows
from duedesk.actions.invoices.batch_runs import resume_batch_run
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.series import save_series
from duedesk.actions.workspace import Workspace
from duedesk.domain.numbering import Series, SeriesKind
from duedesk.store.queries.batch_runs import batch_runs
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.posting import invoice_batch_run_item

POSTER = Path(__file__).with_name("poster.py")
PATIENCE_S = 60


@contextmanager
def poster(workspace: Workspace, *said: str) -> "Iterator[subprocess.Popen[str]]":
    """Another process at the same book, come as far as `ready`; killed at the end, whatever it does."""
    command = [sys.executable, str(POSTER), workspace.book.location, *said]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def drafts(workspace: Workspace, acme: int, count: int) -> list[int]:
    line = LineDraft("Work", amount=Decimal(10))
    return [create_draft(workspace, InvoiceDraft(acme, (line,), currency="EUR")).key for _ in range(count)]


def at_once(workspace: Workspace, *shares: Sequence[int]) -> int:
    """Let one process each post its share, all at the same time, and give how many they posted."""
    first, second = ([str(key) for key in share] for share in shares)
    with poster(workspace, "post", *first) as one, poster(workspace, "post", *second) as other:
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        said = [process.communicate(timeout=PATIENCE_S)[0] for process in (one, other)]
        assert (one.returncode, other.returncode) == (0, 0)
    return sum(map(int, said))


def numbers(workspace: Workspace) -> list[str]:
    return sorted(row.document_number for row in rows(workspace, invoice) if row.document_number is not None)


def without_gap(count: int) -> list[str]:
    return [f"INV-2026-{place:05d}" for place in range(1, count + 1)]


def test_two_who_post_at_once_leave_no_gap_and_no_double(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, 24)
    assert at_once(workspace, keys[::2], keys[1::2]) == 24
    assert numbers(workspace) == without_gap(24)
    assert findings(workspace) == []


def test_two_who_post_the_same_drafts_post_each_once(workspace: Workspace, acme: int) -> None:
    keys = drafts(workspace, acme, 12)
    assert at_once(workspace, keys, list(reversed(keys))) == 12
    assert numbers(workspace) == without_gap(12)
    assert findings(workspace) == []


def test_two_with_the_same_chance_draw_different_random_numbers(workspace: Workspace, acme: int) -> None:
    save_series(workspace, "Random", object_name="Invoice", series=Series("R-", 6, SeriesKind.RANDOM))
    keys = drafts(workspace, acme, 12)
    assert at_once(workspace, keys[::2], keys[1::2]) == 12
    assert len(set(numbers(workspace))) == 12


@pytest.mark.parametrize(("when", "done"), [("between", 6), ("inside", 3)])
def test_a_run_that_is_killed_is_resumed_and_posts_nothing_twice(
    workspace: Workspace, acme: int, when: str, done: int
) -> None:
    drafts(workspace, acme, 11)
    with poster(workspace, when) as process:
        process.kill()  # SIGKILL: nothing is tidied up
        process.wait(PATIENCE_S)
    (left,) = workspace.ask(batch_runs)
    assert (left.status, left.posted, left.pending) == ("Started", done, 11 - done)
    assert numbers(workspace) == without_gap(done)
    assert findings(workspace) == []
    run = resume_batch_run(workspace, left.key).run
    assert (run.status, run.posted, run.failed) == ("Completed", 11, 0)
    assert numbers(workspace) == without_gap(11)
    assert {row.status for row in rows(workspace, invoice_batch_run_item)} == {"Posted"}
    assert findings(workspace) == []
