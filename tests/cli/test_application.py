"""From arguments to exit code: 0 done, 1 the data or the request is at fault, 2 usage; and never a traceback."""

import io
import json
import os
import re
import shutil
import stat
from importlib import import_module
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from cli.sessions import Said, say
from duedesk.cli.application import run
from duedesk.cli.verbs import VERBS
from duedesk.domain.errors import Question
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.reports.scope import in_blocks
from duedesk.store.tables.ledger import invoice


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> "list[BaseException]":
    """What the next `aging` shall raise."""
    errors: list[BaseException] = []

    def fail(*_: object) -> None:
        raise errors[0]

    monkeypatch.setattr("duedesk.cli.figures.aging.aging_in", fail)
    return errors


def test_help_names_every_verb(world: World) -> None:
    said = say(world, "--help")
    assert (said.code, said.err) == (0, "")
    assert all(re.search(rf"^    {verb}[ \n]", said.out, re.MULTILINE) for verb in VERBS)
    assert "Exit codes: 0 done" in said.out


def test_a_verb_explains_itself(world: World) -> None:
    said = say(world, "aging", "--help")
    assert said.code == 0
    assert said.out.startswith("usage: duedesk aging [-h] [--book B]")


def test_the_version(world: World) -> None:
    assert say(world, "--version") == Said(0, "duedesk 0.1.0\n", "")


@pytest.mark.parametrize(
    ("arguments", "ending"),
    [
        ((), "There is no verb “”. `duedesk --help` lists the verbs.\n"),
        (("describ",), "There is no verb “describ”. Did you mean describe? `duedesk --help` lists the verbs.\n"),
        (("fly",), "There is no verb “fly”. `duedesk --help` lists the verbs.\n"),
        (("--colour",), "“--colour” needs a verb. `duedesk --help` lists the verbs.\n"),
        (
            ("--json", "aging"),
            "Options stand after the verb: `duedesk aging --json ...`. `duedesk --help` lists the verbs.\n",
        ),
        (("aging", "--colour"), "duedesk aging: error: unrecognized arguments: --colour\n"),
        (("aging", "--curr", "EUR"), "duedesk aging: error: unrecognized arguments: --curr EUR\n"),
        (("show",), "duedesk show: error: the following arguments are required: NUMBER\n"),
    ],
)
def test_what_is_no_command_is_a_matter_of_usage(world: World, arguments: tuple[str, ...], ending: str) -> None:
    said = say(world, *arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.endswith(ending)


def test_without_a_book_and_with_none_opened_before(world: World) -> None:
    assert say(world, "aging") == Said(1, "", "No book has been opened yet. Name one: --book FILE.\n")


def test_the_book_last_opened_is_the_one_that_is_meant(world: World, ledger: str) -> None:
    assert say(world, "aging", "--book", ledger).code == 0
    assert say(world, "aging").out.startswith("book.duedesk as of 23 Nov 2026")


def test_an_empty_name_is_not_the_book_last_opened(world: World, ledger: str) -> None:
    say(world, "aging", "--book", ledger)
    assert say(world, "aging", "--book", "").code == 1


def test_a_book_that_is_none_is_refused_and_not_remembered(world: World, ledger: str, tmp_path: Path) -> None:
    say(world, "aging", "--book", ledger)
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Ana")
    said = say(world, "aging", "--book", str(letter))
    assert said == Said(1, "", "letter.txt is not a Duedesk book. It was left untouched.\n")
    assert letter.read_text() == "Dear Ana"
    assert say(world, "aging").code == 0


def test_a_question_is_asked_with_the_option_that_answers_it(
    world: World, ledger: str, failing: list[BaseException]
) -> None:
    failing.append(Question("Two accounts are called “Acme”.", "Name one by its number: 0001, 0002."))
    said = say(world, "aging", "--book", ledger)
    assert said == Said(1, "", "Two accounts are called “Acme”. Name one by its number: 0001, 0002.\n")


def test_what_is_stopped_changes_nothing_and_says_so(world: World, ledger: str, failing: list[BaseException]) -> None:
    failing.append(KeyboardInterrupt())
    assert say(world, "aging", "--book", ledger) == Said(1, "", "Stopped; nothing was changed.\n")


def test_what_is_stopped_halfway_lets_go_of_what_it_was_reading(
    world: World, ledger: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def halfway(connection: Connection, *_: object) -> None:
        rows = in_blocks(connection, select(invoice.c.id))
        next(rows)
        raise KeyboardInterrupt

    monkeypatch.setattr("duedesk.cli.figures.aging.aging_in", halfway)
    said = say(world, "aging", "--book", ledger)
    assert (said.code, said.err) == (1, "Stopped; nothing was changed.\n")
    assert caplog.records == []


def test_a_fault_of_the_program_is_one_sentence_and_a_report(
    world: World, ledger: str, failing: list[BaseException], state_folder: Path
) -> None:
    failing.append(ZeroDivisionError("division by zero"))
    said = say(world, "aging", "--book", ledger, "--by", "owner")
    (report,) = state_folder.glob("fault-*.txt")
    assert said.code == 1
    assert said.err == (
        f"Duedesk met a fault of its own and stopped; the report is in {report}. "
        "(ZeroDivisionError: division by zero)\n"
    )
    text = report.read_text(encoding="utf-8")
    assert f"duedesk aging --book {ledger} --by owner" in text
    assert "Traceback (most recent call last)" in text
    if os.name == "posix":
        assert stat.S_IMODE(report.stat().st_mode) == 0o600


def test_a_report_tells_no_password(
    world: World, ledger: str, failing: list[BaseException], state_folder: Path
) -> None:
    failing.append(RuntimeError("cannot reach postgresql://ana:s3cret@books/ar"))
    say(world, "aging", "--book", ledger, "--currency", "EUR")
    text = next(state_folder.glob("fault-*.txt")).read_text(encoding="utf-8")
    assert "postgresql://ana:***@books/ar" in text
    assert "s3cret" not in text


def test_without_a_folder_for_it_the_report_is_missed_in_words(
    world: World, ledger: str, failing: list[BaseException], state_folder: Path
) -> None:
    state_folder.parent.mkdir()
    state_folder.write_text("a file where the folder should be")
    failing.append(RuntimeError("odd"))
    said = say(world, "aging", "--book", ledger)
    assert said.err == (
        "Duedesk met a fault of its own and stopped; its report could not be saved. (RuntimeError: odd)\n"
    )


def test_who_mends_duedesk_may_see_the_traceback(
    world: World, ledger: str, failing: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DUEDESK_DEBUG", "1")
    failing.append(ZeroDivisionError("division by zero"))
    with pytest.raises(ZeroDivisionError):
        say(world, "aging", "--book", ledger)


class _Closed(io.StringIO):
    """A reader that has gone away, or a disk that is full."""

    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def write(self, text: str) -> int:  # noqa: ARG002 - the stream's signature
        raise self._error


def test_a_reader_that_has_seen_enough_ends_it_quietly(world: World, ledger: str) -> None:
    err = io.StringIO()
    assert run(["aging", "--book", ledger], world, _Closed(BrokenPipeError()), err) == 0
    assert err.getvalue() == ""


def test_an_answer_that_does_not_fit_the_disk_is_said_to_be_cut(world: World, ledger: str) -> None:
    err = io.StringIO()
    code = run(["aging", "--book", ledger], world, _Closed(OSError(28, "No space left on device")), err)
    assert code == 1
    assert err.getvalue() == (
        "The output could not be written: No space left on device. What is shown is not all of it.\n"
    )


def test_a_terminal_without_these_letters_gets_json_all_the_same(world: World, ledger: str) -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    assert run(["aging", "--book", ledger, "--json"], world, out, io.StringIO()) == 0
    out.flush()
    assert json.loads(raw.getvalue())["rows"][2]["name"] == "東京商事株式会社"


def test_progress_is_shown_to_who_watches_and_taken_away(world: World, ledger: str) -> None:
    class Screen(io.StringIO):
        def isatty(self) -> bool:
            return True

    err = Screen()
    assert run(["check", "--book", ledger], world, io.StringIO(), err) == 0
    assert "invoices against their applications (5)" in err.getvalue()
    assert err.getvalue().endswith("\r")
    assert "\n" not in err.getvalue()


def test_a_server_that_is_not_there(world: World, file_book: Book) -> None:
    said = say(world, "aging", "--book", "postgresql://ana:pw@127.0.0.1:1/none")
    assert said.code == 1
    assert len(said.err.splitlines()) == 1
    assert "pw" not in said.err


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes only there")
def test_a_book_may_have_a_name_that_is_no_text(world: World, file_book: Book, tmp_path: Path) -> None:
    place = Path(os.fsdecode(bytes(tmp_path) + b"/caf\xe9.duedesk"))
    shutil.copyfile(file_book.location, place)
    said = say(world, "aging", "--book", str(place))
    assert (said.code, said.out.splitlines()[0]) == (
        0,
        "caf\ufffd.duedesk as of 23 Nov 2026, by account, age from the due date",
    )


def test_a_name_too_long_for_any_file(world: World) -> None:
    said = say(world, "aging", "--book", "x" * 5000)
    assert said.code == 1
    assert said.err.endswith("x cannot be read: File name too long. It was left untouched.\n")


@pytest.mark.parametrize("module", sorted({module for module, _ in VERBS.values()}))
def test_every_verb_stands_in_the_module_that_is_named_for_it(module: str) -> None:
    assert callable(import_module(module).add_parser)
