"""The report statement: what accounts owe or what moved their balance; one file, or one for each account.

A name that ends in .pdf gets the statements as they are mailed, .csv their lines alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from duedesk.actions.reports.scopes import heading_of, making_of
from duedesk.actions.reports.stated_pdf import write_statement_pdf
from duedesk.actions.reports.stated_words import words_of
from duedesk.actions.reports.stating import stated
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Cancelled, RequestError
from duedesk.domain.reports.offered import Progress, ReportRequest, Stop, unheard
from duedesk.domain.reports.statements import Addressee, Statement, StatementFrame
from duedesk.exchange.files import file_stem, folder_apart
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.specs import Heading
from duedesk.exchange.workbooks.statement import write_statements

MOST_SHEETS = 200
"""Statements that one workbook has a sheet each for."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes statements to one file, as its name ends."""

    workspace: Workspace
    frame: StatementFrame
    heading: Heading
    making: Making

    def write(self, path: Path, statements: Sequence[Statement]) -> WorkbookFacts:
        ending = path.suffix.lower()
        if ending == ".pdf":
            return write_statement_pdf(self.workspace, path, statements, self.frame, self.making)
        if len(statements) > MOST_SHEETS and ending != ".csv":
            raise RequestError(
                f"{len(statements)} statements are too many for one workbook, which has room for {MOST_SHEETS}.",
                "Ask for a file each, or name the accounts.",
            )
        words = {language: words_of(language, self.frame) for language in {one.to.language for one in statements}}
        return write_statements(path, statements, self.frame, words, heading=self.heading, making=self.making)


def produce_statement(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write a file of all statements, or beside `path` one for each account that bears its number and name.

    RequestError where there is nothing to state.
    """
    statements, frame, scope = stated(workspace, request)
    if not statements:
        raise RequestError("No account owes anything, so there is nothing to state.", "Ask for another day or period.")
    heading, making = heading_of(workspace, request, scope), making_of(workspace, progress, stop)
    writer = _Writer(workspace, frame, heading, making)
    if request.option("files") != "each":
        return writer.write(path, statements)
    written: list[WorkbookFacts] = []
    taken: set[str] = set()
    with folder_apart(path.parent) as folder:
        each = replace(writer, making=replace(making, progress=unheard))
        done, whole = 0, sum(one.lines for one in statements)
        for _, of in groupby(statements, lambda one: one.to.key):
            if stop():
                raise Cancelled("Stopped; nothing was written.")
            progress(done, whole)
            of_account = list(of)
            name = _file_of(path, of_account[0].to, taken)
            written.append(each.write(folder / name, of_account))
            done += sum(one.lines for one in of_account)
        return _moved_into(path.parent, written)


def _moved_into(folder: Path, written: Sequence[WorkbookFacts]) -> WorkbookFacts:
    """Move the files to where they belong, and give one account of them all."""
    paths = tuple(one.path.replace(folder / one.path.name) for one in written)
    return WorkbookFacts(
        paths[0],
        sum(one.lines for one in written),
        sum(one.items for one in written),
        all(one.holds for one in written),
        tuple(dict.fromkeys(remark for one in written for remark in one.remarks)),
        paths[1:],
    )


def _file_of(path: Path, to: Addressee, taken: set[str]) -> str:
    """Name the file of an account, and keep its name from others that would have the same."""
    stem = f"{path.stem}-{file_stem(to.number or f'account {to.key}', to.name)}"
    if stem.casefold() in taken:
        stem = f"{stem}-{to.key}"
    taken.add(stem.casefold())
    return f"{stem}{path.suffix}"
