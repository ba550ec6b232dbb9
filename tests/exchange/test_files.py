"""Files leave whole or not at all, and under names every system takes."""

import errno
import os
import stat
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from duedesk.domain.errors import Cancelled, RequestError
from duedesk.exchange.files import LONGEST_STEM, file_stem, write_safely
from duedesk.exchange.leftovers import draft_name


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write_half_of(target: Path, trouble: BaseException) -> NoReturn:
    with write_safely(target) as draft:
        draft.write_text("half a rep")
        raise trouble


def test_a_file_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "C-10482 Société Lenoir.pdf"
    with write_safely(target) as draft:
        draft.write_bytes(b"%PDF-1.7")
        assert not target.exists()
        assert draft.parent == tmp_path
        assert draft.suffix == ".pdf"
    assert target.read_bytes() == b"%PDF-1.7"
    assert names_in(tmp_path) == [target.name]


@pytest.mark.parametrize("trouble", [ValueError("bad figure"), Cancelled(), KeyboardInterrupt()])
def test_what_stood_there_stays_when_the_writing_fails(tmp_path: Path, trouble: BaseException) -> None:
    target = tmp_path / "aging.xlsx"
    target.write_text("the report of October")
    with pytest.raises(type(trouble)):
        write_half_of(target, trouble)
    assert target.read_text() == "the report of October"
    assert names_in(tmp_path) == ["aging.xlsx"]


def test_a_full_disk_is_said_in_words(tmp_path: Path) -> None:
    with (
        pytest.raises(RequestError, match=r"no room left on the disk for aging\.xlsx\. Nothing was written"),
        write_safely(tmp_path / "aging.xlsx"),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names_in(tmp_path) == []


def test_a_file_held_by_another_program_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "aging.xlsx"
    target.write_text("open in Excel")

    def refuse(self: Path, target: Path) -> NoReturn:
        raise PermissionError(errno.EACCES, "The process cannot access the file")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(RequestError, match="open in another program"), write_safely(target) as draft:
        draft.write_text("new")
    assert target.read_text() == "open in Excel"
    assert names_in(tmp_path) == ["aging.xlsx"]


def test_a_folder_or_no_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="is a folder"), write_safely(tmp_path):
        pytest.fail("the writing began")
    with pytest.raises(RequestError, match="no folder"), write_safely(tmp_path / "letters" / "one.pdf"):
        pytest.fail("the writing began")


@pytest.mark.skipif(os.name == "nt", reason="links and modes are POSIX")
def test_links_and_modes_are_kept(tmp_path: Path) -> None:
    (tmp_path / "share").mkdir()
    real, link = tmp_path / "share" / "aging.xlsx", tmp_path / "aging.xlsx"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    with write_safely(link) as draft:
        draft.write_text("new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


_WRITER = """
import sys, time
from pathlib import Path
from duedesk.exchange.files import folder_apart, write_safely
with folder_apart(Path(sys.argv[1])) as apart, write_safely(Path(sys.argv[1]) / "aging.xlsx") as draft:
    (apart / "one.xlsx").write_text("torn")
    draft.write_text("torn")
    print("writing", flush=True)
    time.sleep(60)
"""


@contextmanager
def a_writer(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that is in the middle of writing into a folder."""
    process = subprocess.Popen([sys.executable, "-c", _WRITER, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "writing\n"
        yield process
    finally:
        process.kill()
        process.communicate()


def test_what_a_killed_process_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / draft_name(0, ".pdf")).write_text("torn")
    with a_writer(tmp_path) as killed:
        killed.kill()
        killed.wait()
        left = set(names_in(tmp_path))
        with a_writer(tmp_path) as living:  # as its own process it sweeps, too
            kept = {name for name in names_in(tmp_path) if f"-{living.pid}-" in name}
            assert (len(left), len(kept)) == (3, 2)
            assert set(names_in(tmp_path)) == kept | {draft_name(0, ".pdf")}
            old, yesterday = (".duedesk-4711-0.xlsx", ".duedesk-00000000-4711-0"), time.time() - 90_000
            others = {".duedesk-00000000-4712-0.xlsx", ".duedesk-notes.txt", "duedesk-4711-0.xlsx", ".duedesk-x-4711-0"}
            (tmp_path / old[1]).mkdir()
            for name in (old[0], *others):
                (tmp_path / name).write_text("of another machine")
            for name in {*old, *others} - {".duedesk-00000000-4712-0.xlsx"}:
                os.utime(tmp_path / name, (yesterday, yesterday))
            with write_safely(tmp_path / "one.pdf") as draft:
                draft.write_text("whole")
            assert set(names_in(tmp_path)) == {*kept, *others, draft_name(0, ".pdf"), "one.pdf"}
    assert (tmp_path / "one.pdf").read_text() == "whole"


@pytest.mark.parametrize(
    ("parts", "stem"),
    [
        (("C-10482", "Société Lenoir"), "C-10482-Société-Lenoir"),
        (("", "Müller & Söhne GmbH."), "Müller-Söhne-GmbH"),
        (("7", "../../etc/passwd"), "7-etc-passwd"),
        (("7", 'C:\\temp\\x:stream|pipe*?<>"'), "7-C-temp-x-stream-pipe"),
        (("CON", ""), "CON-file"),
        (("", "lpt1"), "lpt1-file"),
        (("", " .. "), "unnamed"),
        (("", ""), "unnamed"),
        (("12", "invoice\u202efdp.exe"), "12-invoicefdp-exe"),
        (("12", "line\r\nbreak\x00nul"), "12-line-breaknul"),
        (("12", "ＡＣＭＥ　㈱"), "12-ACME-株"),
        (("12", "ทดสอบ จำกัด"), unicodedata.normalize("NFKC", "12-ทดสอบ-จำกัด")),
        (("12", "शर्मा ट्रेडर्स"), "12-शर्मा-ट्रेडर्स"),
    ],
)
def test_names_are_only_letters_digits_and_hyphens(parts: tuple[str, ...], stem: str) -> None:
    assert file_stem(*parts) == stem


def test_long_names_are_cut() -> None:
    assert len(file_stem("C-1", "Donaudampfschifffahrtsgesellschaft " * 9)) <= LONGEST_STEM
    assert len(file_stem("C-1", "株式会社" * 40).encode()) <= 180
