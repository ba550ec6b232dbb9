"""`duedesk demo` makes a book that the other verbs then mean."""

from pathlib import Path

import pytest

from cli.sessions import say
from duedesk.domain.errors import Cancelled
from duedesk.domain.world import World


def test_a_sample_is_made_and_meant_from_then_on(world: World, tmp_path: Path) -> None:
    place = tmp_path / "sample.duedesk"
    said = say(world, "demo", str(place), "--invoices", "120", "--seed", "7", "--as-of", "2026-06-30")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("sample.duedesk: 120 invoices for ")
    assert say(world, "check").code == 0
    assert say(world, "invoices", "--json", "--fields", "DocumentNumber").document["count"] == 120


def test_nothing_is_written_over(world: World, tmp_path: Path) -> None:
    place = tmp_path / "mine.duedesk"
    place.write_text("mine")
    said = say(world, "demo", str(place))
    assert (said.code, said.out) == (1, "")
    assert said.err == "mine.duedesk exists already. Choose another name; nothing is written over.\n"
    assert place.read_text() == "mine"


@pytest.mark.parametrize("stop", [KeyboardInterrupt(), Cancelled()])
def test_what_is_stopped_leaves_no_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    def interrupt(*_: object) -> None:
        raise stop

    monkeypatch.setattr("duedesk.cli.terminal.Terminal.progress", interrupt)
    said = say(world, "demo", str(tmp_path / "sample.duedesk"), "--invoices", "50")
    assert (said.code, said.err) == (1, "Stopped; nothing was changed.\n")
    assert list(tmp_path.iterdir()) == []


def test_a_number_that_makes_no_book(world: World, tmp_path: Path) -> None:
    assert say(world, "demo", str(tmp_path / "a"), "--invoices", "0").code == 1
    assert say(world, "demo", str(tmp_path / "a"), "--invoices", "many").code == 2
    assert say(world, "demo", str(tmp_path / "no" / "a")).code == 1
