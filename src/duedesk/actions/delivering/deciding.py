"""What only a person knows of a delivery: that it was sent, or shall be sent again; nothing here sends anything."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import addresses
from duedesk.store.queries.letters.deliveries import sent_with
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import UNDER_WAY, letter_delivery


def was_sent(workspace: Workspace, keys: Sequence[int]) -> Changes:
    """Say that deliveries of which it was not known were sent, with all that left in the same messages.

    What waits for print was printed and posted by it.
    """
    with deed(workspace, "was_sent") as act:
        together = sent_with(act.connection, keys)
        for row in act.hold("LetterDelivery", together):
            if row.status != "Unknown" and (row.channel, row.status) != ("print", "Waiting"):
                raise RequestError(
                    f"That delivery is {row.status.lower()}.", "Only of what is unknown, or printed, can it be said."
                )
        act.record(f"{_letters(len(together))} said to be sent", {"LetterDelivery": [*together]})
        values = {"status": "Sent", "sent_at": act.now, "next_try_at": None, "claimed_by": None}
        chosen_ones = chosen(act.connection, letter_delivery.c.id, together)
        act.connection.execute(update(letter_delivery).where(chosen_ones).values(**values))
    return act.changes


def send_again(workspace: Workspace, keys: Sequence[int], address: str | None = None) -> Changes:
    """Let deliveries wait to be sent once more, to another address where one is given.

    Of what is unknown all that was in the same message is sent again, under the same Message-ID: a mail program that
    has got it already shows it once. RequestError where one was sent, waits, or is on its way.
    """
    to = None if address is None else ", ".join(addresses(address))
    with deed(workspace, "send_again") as act:
        together = sent_with(act.connection, keys)
        rows = act.hold("LetterDelivery", together)
        for row in rows:
            if row.channel != "mail" or row.status not in {"Unknown", "Refused", "Failed"}:
                raise RequestError(f"That delivery is {row.status.lower()}: it is not sent again.", "Refresh the list.")
        act.record(f"{_letters(len(together))} to be sent again", {"LetterDelivery": [*together]})
        printed = select(letter_delivery.c.id).where(
            chosen(act.connection, letter_delivery.c.dunning_letter_id, [row.dunning_letter_id for row in rows]),
            letter_delivery.c.channel == "print",
            letter_delivery.c.status == "Waiting",
        )
        if instead := [*act.connection.scalars(printed)]:
            act.hold("LetterDelivery", instead)
            unprinted = update(letter_delivery).where(chosen(act.connection, letter_delivery.c.id, instead))
            act.connection.execute(unprinted.values(status="Withdrawn", last_error="It is mailed again."))
        for row in rows:
            if row.status != "Unknown" and _is_under_way(act.connection, row.dunning_letter_id):
                raise RequestError("That letter is under way already by another delivery.", "Refresh the list.")
            keeps_its_name = row.status == "Unknown" and to in {None, row.address}
            values = {
                "status": "Waiting",
                "attempts": 0,
                "next_try_at": None,
                "claimed_by": None,
                "bounced_at": None,
                "address": to or row.address,
                "message_id": row.message_id if keeps_its_name else None,
            }
            act.connection.execute(update(letter_delivery).where(letter_delivery.c.id == row.id).values(**values))
    return act.changes


def _is_under_way(connection: Connection, letter_key: int) -> bool:
    other = select(letter_delivery.c.id).where(
        letter_delivery.c.dunning_letter_id == letter_key, letter_delivery.c.channel == "mail", UNDER_WAY
    )
    return connection.scalar(other) is not None


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"
