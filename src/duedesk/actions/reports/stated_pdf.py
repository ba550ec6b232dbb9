"""Statements as PDF, as they are mailed: one account after another, each beginning on a front page."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from duedesk.actions.letter_style import letter_style
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.merging import merge_letters
from duedesk.documents.statement import StatementPaper, render_statement
from duedesk.domain.errors import Cancelled
from duedesk.domain.money import ZERO
from duedesk.domain.reports.statements import Statement, StatementFrame
from duedesk.exchange.files import write_safely
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts


def write_statement_pdf(
    workspace: Workspace, path: Path, statements: Sequence[Statement], frame: StatementFrame, making: Making
) -> WorkbookFacts:
    """Write the statements of one account or of many into one PDF, in the house's dress and their language."""
    with write_safely(path) as draft:
        pages = _rendered(workspace, statements, frame, making)
        first = next(pages)
        second = next(pages, None)
        if second is None:
            draft.write_bytes(first)
        else:
            merge_letters(_all(first, second, pages), draft, title="Statements of account")
    wrong = [one for one in statements if not _adds_up(one, frame)]
    remarks = tuple(f"The lines of {one.to.name}, {one.currency}, do not come to its balance." for one in wrong)
    return WorkbookFacts(path, len(statements), sum(one.lines for one in statements), not wrong, remarks)


def _rendered(
    workspace: Workspace, statements: Sequence[Statement], frame: StatementFrame, making: Making
) -> Iterator[bytes]:
    head, style = letterhead(workspace.book), workspace.ask(letter_style)
    by_account = [tuple(of) for _, of in groupby(statements, lambda one: one.to.key)]
    for number, of_account in enumerate(by_account):
        if making.stop():
            raise Cancelled("Stopped; nothing was written.")
        making.progress(number, len(by_account))
        to = of_account[0].to
        yield render_statement(StatementPaper(head, to, of_account, frame, style.dress, to.language))


def _all(first: bytes, second: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield from (first, second)
    yield from rest


def _adds_up(one: Statement, frame: StatementFrame) -> bool:
    """Tell whether what is printed comes to what the ledger says."""
    if frame.is_activity:
        return one.opening + sum((line.amount for line in one.moved_lines), ZERO) == one.closing
    return sum((line.balance for line in one.open_lines), ZERO) == one.closing
