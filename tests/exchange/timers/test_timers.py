"""Timers come out as their systems read them, whatever stands in a path: blanks, quotes, percent signs, umlauts."""

import plistlib
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from duedesk.domain.errors import RequestError
from duedesk.exchange.timers.daily import DailyCommand
from duedesk.exchange.timers.launchd import launchd_agent
from duedesk.exchange.timers.systemd import systemd_timer
from duedesk.exchange.timers.task_scheduler import scheduled_task

BOOK = '/srv/zoë/100 % "Müller" & <Söhne>; $HOME\\x\'s #1.duedesk'
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def command(program: str, book: str = BOOK, log: str = "") -> DailyCommand:
    words = (program, "dun", "--due", "--book", book, "")
    return DailyCommand("duedesk-dun-a1", "Duedesk: 100 % of letters", words, time(6, 5), log)


def test_a_service_of_systemd_is_one_that_systemd_takes(tmp_path: Path) -> None:
    program = tmp_path / "Due Desk 5 %" / "duedesk"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    made = systemd_timer(command(str(program)))
    for file in made.files:
        (tmp_path / file.name).write_bytes(file.content)
    service, timer = (file.text for file in made.files)
    (line,) = (one for one in service.splitlines() if one.startswith("ExecStart="))
    words = [word.replace("%%", "%") for word in shlex.split(line.removeprefix("ExecStart="))]
    assert words == [f":{program}", "dun", "--due", "--book", BOOK, ""]
    assert "Description=Duedesk: 100 %% of letters\n" in service
    assert "OnCalendar=*-*-* 06:05:00\nPersistent=true\n" in timer
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("there is no systemd to ask")
    units = [str(tmp_path / file.name) for file in made.files]
    asked = subprocess.run([analyze, "verify", "--man=no", *units], capture_output=True, text=True, check=False)
    assert [one for one in asked.stderr.splitlines() if "duedesk-dun" in one] == []
    assert asked.returncode == 0


def test_a_list_of_launchd_passes_the_words_on_one_by_one() -> None:
    made = launchd_agent(command("/Applications/Due Desk.app/duedesk", log="/Volumes/zoë/Logs/a b.log"))
    (file,) = made.files
    said = plistlib.loads(file.content)
    assert said["ProgramArguments"] == ["/Applications/Due Desk.app/duedesk", "dun", "--due", "--book", BOOK, ""]
    assert said["StartCalendarInterval"] == {"Hour": 6, "Minute": 5}
    assert (said["Label"], file.name) == ("org.duedesk.dun-a1", "org.duedesk.dun-a1.plist")
    assert said["StandardErrorPath"] == "/Volumes/zoë/Logs/a b.log"
    assert made.begin[0] == "mkdir -p '/Volumes/zoë/Logs'"


def test_a_task_of_windows_passes_the_words_on_as_its_programs_read_them() -> None:
    book = 'C:\\Bücher & "Co"\\a b\\100%.duedesk'
    made = scheduled_task(command("C:\\Program Files\\Duedesk\\duedesk.exe", book, "C:\\Logs\\"), date(2026, 11, 27))
    (file,) = made.files
    assert file.content.startswith(b"\xff\xfe")
    task = fromstring(file.content)
    assert task.findtext(f".//{TASK}Command") == "C:\\Program Files\\Duedesk\\duedesk.exe"
    arguments = task.findtext(f".//{TASK}Arguments")
    assert list(as_windows_reads(arguments or "")) == ["dun", "--due", "--book", book, "", "--log", "C:\\Logs\\"]
    assert task.findtext(f".//{TASK}StartBoundary") == "2026-11-27T06:05:00"
    assert made.remarks == ("What it said: C:\\Logs\\",)
    taken = scheduled_task(command("duedesk.exe", "C:\\%TEMP%\\a.duedesk"), date(2026, 11, 27))
    assert taken.remarks[0].startswith("The Task Scheduler takes what stands between two percent signs for a variable")


def test_what_no_file_can_hold_is_refused() -> None:
    with pytest.raises(RequestError, match="holds a sign that no timer can pass on"):
        systemd_timer(command("/bin/duedesk", "a\nExecStart=/bin/evil"))


def as_windows_reads(line: str) -> Iterator[str]:
    """Split a command line as the C library of Windows does."""
    word, backslashes, quoted, begun = "", 0, False, False
    for sign in line:
        if sign == "\\":
            backslashes, begun = backslashes + 1, True
            continue
        if sign == '"':
            word += "\\" * (backslashes // 2)
            if backslashes % 2:
                word += '"'
            else:
                quoted = not quoted
            backslashes, begun = 0, True
            continue
        word += "\\" * backslashes
        backslashes = 0
        if sign in " \t" and not quoted:
            if begun:
                yield word
            word, begun = "", False
        else:
            word, begun = word + sign, True
    if begun:
        yield word + "\\" * backslashes
