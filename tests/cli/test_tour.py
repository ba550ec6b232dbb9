"""`duedesk tour` hands the book to who can draw its pages, and knows no page itself."""

import io
from datetime import date
from pathlib import Path

from cli.sessions import say
from duedesk.actions.workspace import Workspace
from duedesk.cli.application import run
from duedesk.domain.world import World


def test_the_pages_are_drawn_by_what_the_launch_hands_in(world: World, ledger: str, tmp_path: Path) -> None:
    drawn: list[tuple[str, Path, bool, date | None]] = []

    def make_tour(workspace: Workspace, folder: Path, pages_only: bool, as_of: date | None) -> None:
        drawn.append((workspace.book.name, folder, pages_only, as_of))

    out = io.StringIO()
    arguments = ["tour", "--book", ledger, "--out", str(tmp_path / "tour"), "--pages-only", "--as-of", "2026-04-01"]
    assert run(arguments, world, out, io.StringIO(), make_tour=make_tour) == 0
    assert drawn == [("book.duedesk", tmp_path / "tour", True, date(2026, 4, 1))]
    assert out.getvalue() == f"{tmp_path / 'tour'}\n"


def test_a_terminal_without_it_says_so(world: World, ledger: str) -> None:
    said = say(world, "tour", "--book", ledger, "--out", "tour")
    assert (said.code, said.err) == (1, "This terminal draws no pages. Run `duedesk tour` itself.\n")
