"""The section of mail: by which server letters leave and as whom, set in one form, and tried with a message."""

from dataclasses import dataclass

from duedesk.actions.delivering.mail_settings import mail_server, queues_as_issued
from duedesk.actions.workspace import Workspace
from duedesk.connect.signing_in import has_secret
from duedesk.desk.pages.settings.section import Content, Entry, Section, text_column
from duedesk.desk.pages.settings.sending.mail_form import MailForm
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.domain.mailing import Login, MailServer

_SECURITY = {"starttls": "STARTTLS", "tls": "TLS from the first byte", "none": "None: this machine alone"}
_LOGIN = {"password": "With a password", "xoauth2": "With a token (XOAUTH2)", "none": "Without"}


@dataclass(frozen=True, slots=True)
class _Held:
    server: MailServer | None
    as_issued: bool


class MailSection(Section):
    """One mail server a book; Enter on any line opens the form."""

    name = "Mail"
    nouns = ("setting of mail", "settings of mail")
    remark = (
        "Letters leave by this server. The password is kept by the keyring of this machine, never in the book; Enter "
        "changes any of it."
    )
    concerns = ("Setting",)
    columns = (text_column("Name", "Setting", 200), text_column("Value", "Value", 300, stretches=True))

    def read(self, workspace: Workspace) -> Content:
        """Read the server, and whether the machine keeps its secret."""
        server = mail_server(workspace.book)
        held = _Held(server, workspace.ask(queues_as_issued))
        queued = "As they are issued" if held.as_issued else "When somebody says so"
        lines = (("Server", "None is set"),) if server is None else _lines(server)
        return Content(tuple(Entry(texts, held) for texts in (*lines, ("Letters are queued", queued))))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of all of it."""
        held = (entry or content.entries[0]).held
        return MailForm(held.server, as_issued=held.as_issued) if isinstance(held, _Held) else MailForm(None)


def _lines(server: MailServer) -> tuple[tuple[str, str], ...]:
    kept = "Kept by the keyring of this machine" if has_secret(server) else "Asked for when mail is sent"
    name = f"{server.sender_name} <{server.sender}>" if server.sender_name else server.sender
    told = (
        ("Server", f"{server.host}, port {server.port}"),
        ("Encryption", _SECURITY[server.security]),
        ("From", name),
        ("Answers go to", server.reply_to),
        ("Login", f"{_LOGIN[server.login]}{f' as {server.user}' if server.user else ''}"),
        ("Secret", "" if server.login is Login.NONE else kept),
        ("Tokens are fetched at", server.token_url),
        ("At most", f"{server.per_minute:,} messages a minute"),
    )
    return tuple((name, text) for name, text in told if text)
