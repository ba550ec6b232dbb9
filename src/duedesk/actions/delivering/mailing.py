"""A whole round of mail as the desk asks for it: what would leave is read first, then what waits is handed over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from duedesk.actions.delivering.documents import issued_documents
from duedesk.actions.delivering.handing_over import Delivered, Round, deliver
from duedesk.actions.delivering.mail_settings import required_mail_server
from duedesk.actions.workspace import Workspace
from duedesk.connect.mail import Mailer
from duedesk.connect.signing_in import has_secret, secret_for
from duedesk.domain.mailing import Login, MailServer
from duedesk.store.queries.letters.deliveries import waiting_messages


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a round would hand over: how many letters in how many messages, by which server; what is still missing."""

    server: MailServer
    letters: int
    messages: int
    needs_secret: bool


def mail_outlook(workspace: Workspace, letters: Sequence[int] | None = None) -> Outlook:
    """Say what a round would hand over; RequestError where the book knows no mail server."""
    server = required_mail_server(workspace.book)
    waiting = workspace.ask(waiting_messages, workspace.world.now(), letters)
    needs = server.login is not Login.NONE and not has_secret(server)
    return Outlook(server, sum(len(one.letters) for one in waiting), len(waiting), needs)


def mail_waiting(
    workspace: Workspace,
    *,
    secret: str = "",
    letters: Sequence[int] | None = None,
    progress: Callable[[int, int], None] = lambda _done, _all: None,
    is_stopped: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Mail what waits, by the secret that is given or kept; MailError where the server takes nobody in."""
    server = required_mail_server(workspace.book)
    how = Round(issued_documents, progress=progress, is_stopped=is_stopped)
    with Mailer(server, secret or secret_for(server)) as mailer:
        return deliver(workspace, mailer, how, letters)
