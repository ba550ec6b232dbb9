"""What came back is noted: the delivery failed, its letter is printed, and the address is marked where it is at fault.

A report is believed where it names a message of this book; any other changes nothing and is only counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.delivering.queueing import print_instead
from duedesk.actions.workspace import Workspace
from duedesk.connect.bounces import Bounce
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.mailing import addresses
from duedesk.store.queries.letters.deliveries import DeliveryRow, deliveries
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery as delivery
from duedesk.store.tables.party import contact

_LEFT = ("Sent", "Unknown", "Claimed")


@dataclass(frozen=True, slots=True)
class CameBack:
    """What was noted: deliveries that failed, contacts whose address is marked, and how many were known or not ours."""

    failed: tuple[DeliveryRow, ...]
    contacts: tuple[int, ...]
    known: int
    not_ours: int
    changes: Changes


def note_bounces(workspace: Workspace, bounces: Iterable[Bounce]) -> CameBack:
    """Note what came back, once however often it is read."""
    found: dict[int, Bounce] = {}
    known = not_ours = 0
    for bounce in bounces:
        rows = workspace.ask(_of_message, bounce)
        hit = [row for row in rows if bounce.recipient.casefold() in _readers(row)]
        left = [row for row in hit if row.status in _LEFT and row.key not in found]
        known += bool(hit) and not left
        not_ours += not hit
        found |= {row.key: bounce for row in left}
    marked: list[int] = []
    failed: list[int] = []
    if found:
        with deed(workspace, "note_bounces") as act:
            act.hold("LetterDelivery", [*found])
            rows = deliveries(act.connection, keys=[*found])
            what = "1 letter" if len(found) == 1 else f"{len(found)} letters"
            act.record(f"Mail with {what} came back", {"LetterDelivery": [*found]})
            for row in rows:
                failed += _note(act, row, found[row.key])
                marked += _mark(act, row, found[row.key])
        changes = act.changes
    else:
        changes = Changes()
    shown = workspace.ask(deliveries, keys=failed) if failed else ()
    return CameBack(shown, tuple(dict.fromkeys(marked)), known, not_ours, changes)


def _note(act: Deed, row: DeliveryRow, bounce: Bounce) -> list[int]:
    """Say of a delivery that it came back; it failed where nobody else was written to."""
    said = f"Came back from {bounce.recipient}: {bounce.said}"
    values: dict[str, object] = {"last_error": said, "bounced_at": act.now}
    is_all = len(_readers(row)) == 1
    if is_all:
        values |= {"status": "Failed", "next_try_at": None}
    act.connection.execute(update(delivery).where(delivery.c.id == row.key).values(**values))
    if is_all:
        print_instead(act, row.letter_key, said)
    return [row.key] if is_all else []


def _mark(act: Deed, row: DeliveryRow, bounce: Bounce) -> list[int]:
    """Mark the contacts of the account who have the address, where it is the address that is at fault."""
    if not bounce.is_for_good:
        return []
    theirs = select(contact.c.id).where(
        contact.c.account_id == row.account_key,
        func.lower(contact.c.email) == bounce.recipient.lower(),
        contact.c.email_bounced_date.is_(None),
    )
    keys = [*act.connection.scalars(theirs)]
    if keys:
        act.hold("Contact", keys)
        bounced = update(contact).where(chosen(act.connection, contact.c.id, keys))
        act.connection.execute(bounced.values(email_bounced_date=act.now))
    return keys


def _of_message(connection: Connection, bounce: Bounce) -> tuple[DeliveryRow, ...]:
    """Find the deliveries of the message that a report names."""
    named = [delivery.c.message_id.in_(bounce.message_ids)] if bounce.message_ids else []
    marked = [delivery.c.message_id.startswith(f"<duedesk.{mark}@") for mark in bounce.marks]
    if not named and not marked:
        return ()
    keys = [*connection.scalars(select(delivery.c.id).where(or_(*named, *marked)))]
    return deliveries(connection, keys=keys) if keys else ()


def _readers(row: DeliveryRow) -> frozenset[str]:
    try:
        return frozenset(address.casefold() for address in addresses(row.address))
    except RequestError:
        return frozenset()
