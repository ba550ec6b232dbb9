"""The statements that a report or a verb asks for, with who sends them and where to pay; it writes no file."""

from dataclasses import replace

from duedesk.actions.letter_style import letter_style
from duedesk.actions.reports.scopes import scope_of
from duedesk.actions.reports.stated_words import written_in
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.address import Address, address_lines
from duedesk.documents.letter import Letterhead
from duedesk.documents.payment_codes import Account
from duedesk.domain.reports.offered import ReportRequest
from duedesk.domain.reports.statements import Statement, StatementFrame
from duedesk.store.queries.reports.scope import ReportScope
from duedesk.store.queries.reports.statement import statements_of

ACTIVITY = "activity"


def stated(workspace: Workspace, request: ReportRequest) -> tuple[list[Statement], StatementFrame, ReportScope]:
    """Give the statements that are asked for, what they share and what they are narrowed to."""
    head = letterhead(workspace.book)
    with workspace.book.reading() as connection:
        scope = scope_of(connection, request)
        if request.option("kind") != ACTIVITY:
            scope = replace(scope, as_of=request.as_of, first_day=None)
        statements = list(statements_of(connection, scope))
        style = letter_style(connection)
        languages = written_in(connection, request, statements, style.dress.language)
    for one in statements:
        lines = address_lines(Address(*one.to.parts), head.country)
        one.to = replace(one.to, address=lines, language=languages[one.to.key])
    pay_to = {currency: _bank(account) for currency, account in style.accounts.items()}
    return statements, StatementFrame(scope.as_of, scope.first_day, request.buckets, _sender(head), pay_to), scope


def _sender(head: Letterhead) -> tuple[str, ...]:
    """Give name and address; the name once where the address begins with it."""
    is_said = any(head.name in line for line in head.address_lines)
    return head.address_lines if is_said else tuple(filter(None, (head.name, *head.address_lines)))


def _bank(account: Account) -> str:
    return ", ".join(filter(None, (account.holder.name, account.iban, account.bic)))
