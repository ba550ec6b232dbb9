"""The terminal from arguments to exit code: finds the verb, runs it, says in words what went wrong; no verb is here.

A verb's file is loaded when the verb is called, so that `duedesk --help` and `duedesk aging` start at once.
"""

import argparse
import os
import traceback
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout, suppress
from difflib import get_close_matches
from importlib import import_module
from typing import Any, TextIO

from duedesk import __version__
from duedesk.cli.logged import logged
from duedesk.cli.terminal import AT_FAULT, DONE, USAGE, MakeTour, Terminal, Verbs, cannot_write
from duedesk.cli.verbs import TOPICS, VERBS
from duedesk.domain.errors import Cancelled, DuedeskError
from duedesk.domain.world import World

_ABOUT_DUEDESK = ("-h", "--help", "--version")

_CLOSING = """\
Without a verb the desk opens. Options stand after the verb, and `duedesk VERB --help` lists them;
--book defaults to the book last opened.
Exit codes: 0 done, 1 the data or the request is at fault, 2 usage."""


class Parser(argparse.ArgumentParser):
    """A parser that takes no shortened options: a script must not change its meaning when an option is added."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **said})


def run(arguments: Sequence[str], world: World, out: TextIO, err: TextIO, *, make_tour: MakeTour | None = None) -> int:
    """Do what the arguments ask and give the exit code: 0 done, 1 data or request at fault, 2 usage."""
    terminal = Terminal(world, out, err, make_tour)
    try:
        code = _answer(arguments, terminal)
        _flush(out)
    except BrokenPipeError:  # whoever read the answer has seen enough
        _silence(out)
        return DONE
    except KeyboardInterrupt:
        return _fail(terminal, str(Cancelled()))
    except DuedeskError as error:
        return _fail(terminal, str(error))
    except Exception as error:
        if os.environ.get("DUEDESK_DEBUG"):
            raise
        return _fail(terminal, report_fault(error, world, arguments))
    return code


def report_fault(error: Exception, world: World, arguments: Sequence[str]) -> str:
    """Keep the report of a fault of the program where the user can find it, and give the sentence that says so."""
    from duedesk.actions.fault_report import save_fault_report  # noqa: PLC0415 - seldom needed

    where = save_fault_report(error, world, arguments)
    kept = f"the report is in {where}" if where else "its report could not be saved"
    said = traceback.format_exception_only(error)[-1].strip().splitlines()[0]
    return f"Duedesk met a fault of its own and stopped; {kept}. ({said})"


def _answer(arguments: Sequence[str], terminal: Terminal) -> int:
    wanted = next(iter(arguments), "")
    if wanted not in VERBS and wanted not in _ABOUT_DUEDESK:
        terminal.complain(f"{_what_is_no_verb(arguments)} `duedesk --help` lists the verbs.")
        return USAGE
    try:
        with redirect_stdout(terminal.out), redirect_stderr(terminal.err):
            if wanted in VERBS:
                options = _verb_parser(wanted).parse_intermixed_args(list(arguments[1:]))
            else:
                options = _overview_parser().parse_args(arguments)
    except SystemExit as end:  # argparse has said what is to say
        return end.code if isinstance(end.code, int) else DONE
    if getattr(options, "log", None) is None:
        code: int = options.run(options, terminal)
        return code
    with logged(terminal, options.log, arguments) as heard:
        return heard.ended(options.run(options, heard.terminal))


def _what_is_no_verb(arguments: Sequence[str]) -> str:
    wanted = next(iter(arguments), "")
    if not wanted.startswith("-"):
        near = " or ".join(get_close_matches(wanted, VERBS, 2))
        return f"There is no verb “{wanted}”." + (f" Did you mean {near}?" if near else "")
    verb = next((one for one in arguments if one in VERBS), "")
    return f"Options stand after the verb: `duedesk {verb} {wanted} ...`." if verb else f"“{wanted}” needs a verb."


def _overview_parser() -> argparse.ArgumentParser:
    """Make the parser that knows which verbs there are, and nothing of any."""
    parser = _parser()
    parser.epilog = "\n\n".join((*map(_topic, TOPICS), _CLOSING))
    return parser


def _topic(title: str) -> str:
    """Write down the verbs of a topic, each on one line with what it is for."""
    wide = max(map(len, VERBS)) + 2
    verbs = (f"    {name:{wide}}{summary}" for name, (_, summary) in TOPICS[title].items())
    return "\n".join((f"{title}:", *verbs))


def _verb_parser(name: str) -> argparse.ArgumentParser:
    """Make the parser of a verb; its file is loaded now."""
    verbs: Verbs = _parser().add_subparsers(prog="duedesk")
    import_module(VERBS[name][0]).add_parser(verbs)
    return verbs.choices[name]


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="duedesk",
        usage="duedesk [VERB] [OPTION ...]",
        description="The desktop workstation of a collections clerk.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"duedesk {__version__}")
    return parser


def _fail(terminal: Terminal, sentence: str) -> int:
    try:
        _flush(terminal.out)  # what was said before stands before
    except (OSError, DuedeskError):
        _silence(terminal.out)
    with suppress(OSError):
        terminal.complain(sentence)
        terminal.err.flush()
    return AT_FAULT


def _flush(out: TextIO) -> None:
    try:
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise cannot_write(error) from error


def _silence(out: TextIO) -> None:
    """Lead a stream that takes no more to nowhere, or Python complains of it once more at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, out.fileno())
        os.close(nowhere)
