"""Letters as drafts that a mail program opens, for whoever has no mail server: written to a folder, sent by a person.

A draft may be sent or not. So its delivery is Unknown until the person says which.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from duedesk.actions.delivering.claiming import claim, note, note_lost
from duedesk.actions.delivering.handing_over import Round, compose
from duedesk.actions.delivering.mail_settings import mail_server
from duedesk.actions.dunning.keeping import ready_folder
from duedesk.actions.settings import letterhead
from duedesk.actions.workspace import Workspace
from duedesk.connect.message import draft, message_id_of, new_mark
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import Answer, Handed, MailServer
from duedesk.exchange.files import file_stem, write_safely
from duedesk.store.queries.letters.deliveries import letters_to_send, waiting_messages

_NO_DOMAIN = "draft.invalid"
"""The mail program gives a draft a Message-ID of its own."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The files that were written, and the deliveries that stay, by key, with the reason."""

    files: tuple[Path, ...]
    withdrawn: dict[int, str]


def write_drafts(workspace: Workspace, folder: Path, how: Round, letters: Sequence[int] | None = None) -> Drafted:
    """Write a draft for each message that waits; RequestError where the folder can be none."""
    ready_folder(folder)
    note_lost(workspace)
    server = mail_server(workspace.book)
    sender = (server.sender_name or server.sender) if server else letterhead(workspace.book).name
    files: list[Path] = []
    withdrawn: dict[int, str] = {}
    for one in workspace.ask(waiting_messages, workspace.world.now(), letters):
        documents = workspace.ask(how.documents, one.letters)
        claimed = claim(
            workspace,
            one.deliveries,
            token=f"{workspace.world.user} {new_mark(workspace.world.random)}",
            message_id=message_id_of(new_mark(workspace.world.random), _NO_DOMAIN),
            guard=how.asked(workspace.world.today()),
        )
        withdrawn |= claimed.withdrawn
        if not claimed.keys:
            continue
        found, now = workspace.ask(letters_to_send, claimed.letters), workspace.world.now()
        path = folder / f"{file_stem(found[0].number, found[0].account_name)}.eml"
        try:
            mail = compose(found, documents, sender, to=claimed.address, message_id=claimed.message_id, now=now)
            with write_safely(path) as written:
                written.write_bytes(draft(mail, server or MailServer("", "")))
        except RequestError as error:
            note(workspace, claimed, Handed(Answer.LATER, error.message))
            raise
        note(workspace, claimed, Handed(Answer.UNKNOWN, f"A draft is in {path.name}: say whether it was sent."))
        files.append(path)
    return Drafted(tuple(files), withdrawn)
