"""`duedesk timer`: what runs a book every day, for each system; and what a run says goes to a file as well."""

from pathlib import Path

import pytest

from cli.sessions import say
from duedesk.domain.world import World


def test_each_system_gets_its_files_and_nothing_is_installed(world: World, ledger: str, tmp_path: Path) -> None:
    book = ("--book", ledger)
    said = say(world, "timer", "dun", "--system", "systemd", "--at", "5:45", "--letters", "/srv/a b", *book).out
    assert f'duedesk dun --due --book {ledger} --out "/srv/a b"\n' in said
    assert "OnCalendar=*-*-* 05:45:00\n" in said
    assert "systemctl --user enable --now duedesk-dun-" in said
    shown = say(world, "timer", "--system", "windows", *book, "--json").document
    assert [one["job"] for one in shown["timers"]] == ["dun", "deliver", "report"]
    assert "<Arguments>report --due --book " in shown["timers"][2]["files"][0]["text"]
    out = tmp_path / "units"
    said = say(world, "timer", "deliver", "--system", "launchd", "--out", str(out), *book).out
    (written,) = out.iterdir()
    assert said.startswith(f"{written}\n--- To begin, with the files in ~/Library/LaunchAgents:\nmkdir -p ")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("clean",), "No timer does “clean”. There are dun, deliver, report."),
        (("--at", "6:00"), "Only one thing runs at a time of day. Name it: `duedesk timer dun --at ...`."),
    ],
)
def test_what_no_timer_does_is_said(world: World, ledger: str, options: tuple[str, ...], sentence: str) -> None:
    said = say(world, "timer", *options, "--book", ledger)
    assert (said.code, said.err) == (1, f"{sentence}\n")


def test_a_file_takes_what_is_said_and_how_it_ended(world: World, ledger: str, tmp_path: Path) -> None:
    log = tmp_path / "logs" / "dun.log"
    say(world, "send-guard", "--alone", "Standard", "--book", ledger)
    for _ in range(2):
        assert say(world, "dun", "--due", "--book", ledger, "--log", str(log)).code == 0
    assert say(world, "deliver", "--book", ledger, "--log", str(log)).code == 1
    lines = log.read_text().splitlines()
    assert [line.partition(" duedesk ")[2].split()[0] for line in lines if " duedesk " in line] == [
        "dun", "dun", "deliver"
    ]  # fmt: skip
    assert "3 queued: `duedesk deliver` mails those that are mailed." in lines
    assert "Run DR-2026-00001 was issued under this key before; nothing was done now." in lines
    assert [line for line in lines if line.startswith("ended")] == [
        "ended with exit code 0", "ended with exit code 0", "ended with exit code 1"
    ]  # fmt: skip
    folder = say(world, "dun", "--due", "--book", ledger, "--log", str(tmp_path))
    assert (folder.code, folder.err) == (1, f"{tmp_path} cannot be written: Is a directory. Name another file.\n")
