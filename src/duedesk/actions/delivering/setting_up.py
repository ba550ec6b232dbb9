"""Mail set up as a whole: the server into the book, secrets into the machine's keyring, and a test message sent."""

from dataclasses import dataclass

from duedesk.actions.delivering.mail_settings import save_mail_server, set_queueing
from duedesk.actions.workspace import Workspace
from duedesk.connect.mail import Mailer
from duedesk.connect.message import Mail, message, message_id_of, new_mark
from duedesk.connect.secrets import keep_secret
from duedesk.connect.signing_in import client_of, refresh_of, secret_for
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Answer, Login, MailServer, check_server, one_address


@dataclass(frozen=True, slots=True)
class GivenSecrets:
    """What was typed: the password, or the token that fetches others; and our secret where tokens come from."""

    secret: str = ""
    client_secret: str = ""


def set_up_mail(
    workspace: Workspace, server: MailServer, given: GivenSecrets, *, as_issued: bool, test_to: str = ""
) -> Changes:
    """Store how mail leaves, keep the secrets, and send a test where an address is given.

    NoKeyring where the machine keeps no secrets: the rest is stored all the same.
    """
    checked = check_server(server)
    queued = set_queueing(workspace, as_issued=as_issued)
    saved = save_mail_server(workspace, checked)
    changes = saved if saved.journal_id else queued
    if checked.login is not Login.NONE:
        if given.secret and (checked.fetches_tokens or not test_to):
            keep_secret(checked.host, refresh_of(checked) if checked.fetches_tokens else checked.user, given.secret)
        if given.client_secret:
            keep_secret(checked.host, client_of(checked), given.client_secret)
    if not test_to:
        return changes
    typed = "" if checked.fetches_tokens else given.secret
    with Mailer(checked, typed or secret_for(checked)) as mailer:
        send_test(workspace, mailer, test_to)
    if typed:
        keep_secret(checked.host, checked.user, typed)
    said = f"{changes.summary}; a test was sent to {test_to}" if changes.summary else f"A test was sent to {test_to}"
    return Changes(changes.objects or frozenset({"Setting"}), changes.journal_id, said)


def send_test(workspace: Workspace, mailer: Mailer, to: str) -> None:
    """Send a message that says nothing but that mail leaves; RequestError where the server did not take it."""
    server, world = mailer.server, workspace.world
    mark = new_mark(world.random)
    mail = Mail(
        message_id_of(mark, server.domain),
        (one_address(to),),
        "A test of Duedesk",
        f"Mail from {server.sender} leaves by {server.host}. No letter was sent.\n",
        "en",
        world.now(),
    )
    mailer.be_ready()
    handed = mailer.hand_over(message(mail, server), server.envelope_sender(mark), mail.recipients)
    if handed.answer is not Answer.TAKEN:
        raise RequestError(f"{server.host} did not take the test: {handed.said}.")
