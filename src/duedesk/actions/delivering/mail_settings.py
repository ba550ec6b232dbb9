"""The mail server of a book: read, checked and stored; its password is kept by the machine's keyring, never here."""

import json
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.mailing import Login, MailServer, Security, check_server
from duedesk.store.book import Book
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

MAIL_SERVER = "mail_server"
QUEUEING = "letter_queueing"
AS_ISSUED, WHEN_TOLD = "as issued", "when told"


def mail_server(book: Book) -> MailServer | None:
    """Give the book's mail server; None where none was set. BookError where it cannot be read."""
    return _read(book.ask(stored_setting, MAIL_SERVER))


def required_mail_server(book: Book) -> MailServer:
    """Give the book's mail server; RequestError where none was set."""
    server = mail_server(book)
    if server is None:
        raise RequestError(
            "The book knows no mail server.", "Set it in the settings under Mail, or with `duedesk mail-settings`."
        )
    return server


def save_mail_server(workspace: Workspace, server: MailServer) -> Changes:
    """Store the mail server and journal what it was before; nothing is written where nothing changed."""
    checked = check_server(server)
    with deed(workspace, "save_mail_server") as act:
        before = stored_setting(act.connection, MAIL_SERVER)
        written = json.dumps(asdict(checked), ensure_ascii=False, sort_keys=True)
        if before != written:
            summary = f"Mail leaves by {checked.host}, from {checked.sender}"
            values = {"value": written, "journal_id": act.record(summary, {"before": before, "after": written})}
            changed = act.connection.execute(update(setting).where(setting.c.name == MAIL_SERVER).values(**values))
            if changed.rowcount == 0:
                act.connection.execute(insert(setting).values(name=MAIL_SERVER, **values))
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes


def queues_as_issued(connection: Connection) -> bool:
    """Tell whether letters are queued for their way as they are issued: they are unless somebody said otherwise."""
    return stored_setting(connection, QUEUEING) != WHEN_TOLD


def set_queueing(workspace: Workspace, *, as_issued: bool) -> Changes:
    """Say whether letters are queued as they are issued or when somebody says so; nothing where it stands so."""
    with deed(workspace, "save_mail_server") as act:
        if queues_as_issued(act.connection) != as_issued:
            said = "as they are issued" if as_issued else "when somebody says so"
            values = {
                "value": AS_ISSUED if as_issued else WHEN_TOLD,
                "journal_id": act.record(f"Letters are queued {said}"),
            }
            changed = act.connection.execute(update(setting).where(setting.c.name == QUEUEING).values(**values))
            if changed.rowcount == 0:
                act.connection.execute(insert(setting).values(name=QUEUEING, **values))
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes


def _read(stored: str | None) -> MailServer | None:
    if stored is None:
        return None
    try:
        said = json.loads(stored)
        return check_server(
            MailServer(
                host=str(said["host"]),
                sender=str(said["sender"]),
                sender_name=str(said.get("sender_name", "")),
                port=int(said.get("port", 587)),
                security=Security(said.get("security", Security.STARTTLS)),
                login=Login(said.get("login", Login.PASSWORD)),
                user=str(said.get("user", "")),
                reply_to=str(said.get("reply_to", "")),
                per_minute=int(said.get("per_minute", 30)),
                marks_bounces=bool(said.get("marks_bounces", False)),
                token_url=str(said.get("token_url", "")),
                client_id=str(said.get("client_id", "")),
                scope=str(said.get("scope", "")),
            )
        )
    except (ValueError, TypeError, KeyError, AttributeError, RequestError):
        raise BookError("The mail server stored in the book cannot be read.", "Set it anew.") from None
