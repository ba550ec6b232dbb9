"""Letters are queued on the way they shall leave; where there is no good address they are printed instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import addresses
from duedesk.store.bulk import Keys
from duedesk.store.queries.letters.deliveries import LetterToSend, letters_to_send
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import UNDER_WAY, letter_delivery

_Way = tuple[int, str, str | None, str]
"""A letter, its channel and address, and why it is printed though it should be mailed."""


@dataclass(frozen=True, slots=True)
class Queued:
    """What was queued: the keys of the deliveries, and how many of them are printed for want of an address."""

    keys: tuple[int, ...]
    printed_instead: int
    changes: Changes


def queue(workspace: Workspace, letter_keys: Sequence[int]) -> Queued:
    """Queue issued letters on their own channel; one that is under way already stays as it is.

    A letter that should be mailed is printed where its contact takes no mail, has no address or one that bounced.
    """
    made: list[int] = []
    instead = 0
    with deed(workspace, "queue_delivery") as act:
        act.hold("DunningLetter", letter_keys)
        under_way = _under_way(act.connection, letter_keys)
        waiting: list[_Way] = []
        for one in letters_to_send(act.connection, letter_keys):
            if one.status == "Cancelled":
                raise RequestError(f"Letter {one.number} was cancelled: it does not leave any more.")
            if one.key in under_way:
                continue
            channel, address, why = _way(one)
            instead += bool(why)
            waiting.append((one.key, channel, address, why))
        if waiting:
            what = "1 letter" if len(waiting) == 1 else f"{len(waiting)} letters"
            act.record(f"{what} queued", {"DunningLetter": [key for key, *_ in waiting]})
            made = _add_all(act, waiting)
    return Queued(tuple(made), instead, act.changes)


def print_instead(act: Deed, letter_key: int, why: str) -> int | None:
    """Queue a letter for print inside an action, because mail did not reach anybody; None where it is already."""
    printed = select(letter_delivery.c.id).where(
        letter_delivery.c.dunning_letter_id == letter_key, letter_delivery.c.channel == "print", UNDER_WAY
    )
    if act.connection.scalar(printed) is not None:
        return None
    return _add_all(act, [(letter_key, "print", None, why)])[0]


def mark_printed(workspace: Workspace, letter_keys: Sequence[int]) -> Changes:
    """Say of letters that they were printed: what waited for print is sent; nothing where none of them is for print.

    One that is not queued yet and goes by print is taken for printed as well; what is mailed stays as it is.
    """
    with deed(workspace, "was_sent") as act:
        waits = select(letter_delivery.c.id).where(
            chosen(act.connection, letter_delivery.c.dunning_letter_id, letter_keys),
            letter_delivery.c.channel == "print",
            letter_delivery.c.status == "Waiting",
        )
        waiting = sorted(act.connection.scalars(waits))
        act.hold("LetterDelivery", waiting)
        rows = act.hold("DunningLetter", letter_keys)
        under_way = _under_way(act.connection, letter_keys)
        new = [row.id for row in rows if row.channel == "print" and row.status == "Issued" and row.id not in under_way]
        if waiting or new:
            count = len(waiting) + len(new)
            said = f"{'1 letter' if count == 1 else f'{count:,} letters'} printed"
            act.record(said, {"LetterDelivery": waiting, "DunningLetter": new})
            made = _add_all(act, [(key, "print", None, "") for key in new])
            sent = update(letter_delivery).where(chosen(act.connection, letter_delivery.c.id, [*waiting, *made]))
            act.connection.execute(sent.values(status="Sent", sent_at=act.now, next_try_at=None))
    return act.changes


def withdraw(workspace: Workspace, keys: Sequence[int], reason: str) -> Changes:
    """Withdraw deliveries that did not leave; RequestError where one was sent, or is on its way at the moment."""
    said = reason.strip()
    if not said:
        raise RequestError("A reason is needed.")
    with deed(workspace, "withdraw_delivery") as act:
        for row in act.hold("LetterDelivery", keys):
            if row.status in {"Sent", "Claimed", "Withdrawn"}:
                state = {"Sent": "was sent", "Claimed": "is being handed over", "Withdrawn": "is withdrawn already"}
                raise RequestError(f"That delivery {state[row.status]}.", "Refresh the list.")
        act.record(f"{_deliveries(len(keys))} withdrawn: {said}", {"LetterDelivery": [*keys]})
        withdrawn = update(letter_delivery).where(chosen(act.connection, letter_delivery.c.id, keys))
        act.connection.execute(withdrawn.values(status="Withdrawn", last_error=said, next_try_at=None))
    return act.changes


def _way(one: LetterToSend) -> tuple[str, str | None, str]:
    """Give channel and address of a letter, and why it is printed though it should be mailed."""
    if one.channel != "mail":
        return "print", None, ""
    if not one.may_be_mailed:
        return "print", None, "The contact wants no mail."
    given = one.address if "@" in one.address else one.contact_email
    if not given.strip():
        return "print", None, "There is no address for mail."
    try:
        read = addresses(given)
    except RequestError as error:
        return "print", None, error.message
    if one.has_bounced and one.contact_email.strip().casefold() in {address.casefold() for address in read}:
        return "print", None, f"Mail to {one.contact_email.strip()} came back before."
    return "mail", ", ".join(read), ""


def _under_way(connection: Connection, letter_keys: Sequence[int]) -> frozenset[int]:
    asked = select(letter_delivery.c.dunning_letter_id).where(
        chosen(connection, letter_delivery.c.dunning_letter_id, letter_keys), UNDER_WAY
    )
    return frozenset(connection.scalars(asked))


def _add_all(act: Deed, wanted: Sequence[_Way]) -> list[int]:
    """Add deliveries that wait, and give their keys."""
    keys = [*Keys(act.connection).take(letter_delivery, len(wanted))] if wanted else []
    rows = [
        {
            "id": key,
            "dunning_letter_id": letter_key,
            "channel": channel,
            "address": address,
            "status": "Waiting",
            "last_error": why or None,
            "created_date": act.now,
            "journal_id": act.journal_id,
        }
        for key, (letter_key, channel, address, why) in zip(keys, wanted, strict=True)
    ]
    if rows:
        act.connection.execute(insert(letter_delivery), rows)
    return [act.made("LetterDelivery", key) for key in keys]


def _deliveries(count: int) -> str:
    return "1 delivery" if count == 1 else f"{count} deliveries"
