"""What an import did, as people read it in a terminal: its files, what is wrong with them, what differs, the counts."""

from collections.abc import Sequence

from duedesk.actions.importing.report import FileReport, ImportOutcome, ImportReport, Mismatch
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import counted
from duedesk.cli.terminal import Terminal
from duedesk.domain.errors import Severity
from duedesk.domain.money import grouped
from duedesk.domain.objects import CATALOG

_SHOWN = 20
"""Problems of a kind that are written out; --json gives more."""


def write_report(terminal: Terminal, report: ImportReport) -> None:
    """Write the whole account of an import."""
    for file in report.files:
        _say_file(terminal, file)
    compared = {one.problem for one in report.mismatches}
    for severity, count in (
        (Severity.QUESTION, report.question_count),
        (Severity.ERROR, report.error_count),
        (Severity.WARNING, report.warning_count - len(compared)),
    ):
        problems = [one for one in report.problems if one.severity is severity and one not in compared]
        say = terminal.say if severity is Severity.WARNING else terminal.complain
        for problem in problems[:_SHOWN]:
            say(f"{severity}: {problem}")
        if count > _SHOWN:
            say(f"... and {counted(count - min(len(problems), _SHOWN), severity)} more")
    _say_mismatches(terminal, report.mismatches)
    for sentence in report.notes:
        terminal.say(sentence)
    for one in report.spellings[:_SHOWN]:
        terminal.say(f"{one.account_number or one.name} ({one.name}) is also spelt {', '.join(one.others)}")
    if len(report.spellings) > _SHOWN:
        terminal.say(f"... and {counted(len(report.spellings) - _SHOWN, 'account')} more under several names")
    _say_counts(terminal, report)


def _say_mismatches(terminal: Terminal, mismatches: Sequence[Mismatch]) -> None:
    """List every figure of the files that differs from what the book makes of their applications."""
    if not mismatches:
        return
    terminal.say(f"{counted(len(mismatches), 'figure')} of the files differ from what their applications make:")
    columns = (
        Column("Row", is_figure=True),
        Column("Record"),
        Column("Field"),
        Column("In the file", is_figure=True),
        Column("In the book", is_figure=True),
    )
    rows = ((str(one.row), f"{one.object} {one.record}", one.field, one.theirs, one.ours) for one in mismatches)
    for line in table(columns, rows):
        terminal.say(f"  {line}")


def _say_file(terminal: Terminal, file: FileReport) -> None:
    if file.is_known:
        return  # a note says so
    left_out = f", {counted(file.bad, 'row')} at fault" if file.bad else ""
    terminal.say(f"{file.name}: {counted(file.row_count, 'row')}{left_out}")
    if file.has_api_names:
        terminal.say("  read by the names of the fields")
    elif file.read_as:
        terminal.say(f"  read as: {', '.join(file.read_as)}")
    if file.not_taken:
        terminal.say(f"  not taken: {', '.join(file.not_taken)}")
    if file.rejected_to is not None:
        terminal.say(f"  rows left out were written to {file.rejected_to}")


def _say_counts(terminal: Terminal, report: ImportReport) -> None:
    if not report.is_done:
        return
    if report.outcome is ImportOutcome.NOTHING_NEW:
        terminal.say("Nothing new: all of it is in the book already.")
        return
    dry = report.outcome is ImportOutcome.DRY_RUN
    terminal.say("Would be imported (nothing was changed):" if dry else "Imported:")
    for count in report.counts:
        label = CATALOG.object(count.object)
        there = f" ({count.unchanged:,} in the book already)" if count.unchanged else ""
        name = label.label if count.made == 1 else label.plural
        terminal.say(f"  {count.made:,} {name.lower()}{there}")
    for total in report.totals:
        terminal.say(f"  {total.currency} {grouped(total.total, total.currency)} in {counted(total.count, 'invoice')}")
