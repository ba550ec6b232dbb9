"""`duedesk check`: proves the book and says what does not hold; it mends nothing."""

import argparse

from duedesk.actions.maintenance import CheckReport, Proved, check
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.json_text import write_json
from duedesk.cli.lists.record_text import counted
from duedesk.cli.options import add_json
from duedesk.cli.terminal import AT_FAULT, DONE, Terminal, Verbs


def add_parser(verbs: Verbs) -> None:
    """Add `check`."""
    parser = verbs.add_parser(
        "check", description="Prove the book: every stored figure again from its events, and every rule of the ledger."
    )
    add_book(parser)
    parser.add_argument(
        "--seal", metavar="S", help="a seal noted at an earlier check: nothing up to it may have been written anew"
    )
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    def progress(proof: Proved) -> None:
        terminal.progress(f"{proof.name} ({proof.records:,})")

    with opened_book(options, terminal) as workspace:
        report, name = check(workspace, progress, seal=options.seal), workspace.book.name
    terminal.clear_progress()
    (_write_json if options.json else _write_text)(terminal, report)
    if not report.findings:
        return DONE
    terminal.complain(f"{name}: {counted(len(report.findings), 'thing')} stored that the events do not bear out.")
    return AT_FAULT


def _write_json(terminal: Terminal, report: CheckReport) -> None:
    write_json(
        terminal,
        {
            "proved": [{"name": proof.name, "records": proof.records} for proof in report.proved],
            "findings": [
                {
                    "record": found.record,
                    "field": found.field,
                    "stored": found.stored,
                    "proved": found.proved,
                    **({"advice": found.advice} if found.advice else {}),
                }
                for found in report.findings
            ],
            "journal": {"entry": report.newest[0], "seal": report.newest[1]} if report.newest else None,
        },
    )


def _write_text(terminal: Terminal, report: CheckReport) -> None:
    for proof in report.proved:
        terminal.say(f"proved {proof.name} ({proof.records:,})")
    for found in report.findings:
        terminal.say(str(found))
    if report.newest is not None:
        entry, seal = report.newest
        terminal.say(f"The journal ends with entry {entry:,}, sealed {seal}")
    if not report.findings:
        terminal.say("Everything holds.")
