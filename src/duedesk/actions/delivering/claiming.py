"""One message's two entries in the book: claimed before it is handed over, and noted what came of it; it sends nothing.

    claim     Waiting -> Claimed, committed; whatever may not leave any more is withdrawn with the reason
    ...       the message is handed over
    note      Claimed -> Sent, Waiting (later), Refused, Failed, Unknown

Between the two the book says Claimed. Whoever dies there leaves it so, and after a while it is Unknown.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.delivering.queueing import print_instead
from duedesk.actions.workspace import Workspace
from duedesk.domain.mailing import Answer, Handed, next_try
from duedesk.store.queries.letters.deliveries import is_due, lost_claims
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery as delivery

Guard = Callable[[Connection, Sequence[int]], Mapping[int, str]]
"""Says of letters, by key, why they may not leave any more."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """What was claimed for one message, by whom, and what was withdrawn instead; nothing where others were quicker."""

    keys: tuple[int, ...]
    letters: tuple[int, ...]
    address: str
    message_id: str
    token: str
    withdrawn: Mapping[int, str]


def claim(workspace: Workspace, keys: Sequence[int], *, token: str, message_id: str, guard: Guard) -> Claimed:
    """Claim deliveries that wait for one message, if nobody else has, and commit that before anything is handed over.

    The guard is asked last of all, under the letters' locks: what was paid or contested meanwhile is withdrawn.
    """
    with deed(workspace, "deliver") as act:
        rows = _take(act, keys)
        letters = [row.dunning_letter_id for row in rows]
        if rows:
            act.hold("DunningLetter", letters)
        reasons = dict(guard(act.connection, letters)) if rows else {}
        leaving = [row for row in rows if row.dunning_letter_id not in reasons]
        withdrawn = {row.id: reasons[row.dunning_letter_id] for row in rows if row.dunning_letter_id in reasons}
        name = _message_id(act.connection, leaving, message_id)
        if rows:
            what = f"{_letters(len(leaving))} taken up to be mailed to {leaving[0].address}" if leaving else ""
            stays = f"{_letters(len(withdrawn))} not sent: {'; '.join(withdrawn.values())}" if withdrawn else ""
            details = {"LetterDelivery": [row.id for row in rows], "MessageId": name}
            act.record("; ".join(part for part in (what, stays) if part), details)
        for key, reason in withdrawn.items():
            stay = update(delivery).where(delivery.c.id == key)
            act.connection.execute(stay.values(status="Withdrawn", last_error=reason, next_try_at=None))
        if leaving:
            values = {
                "status": "Claimed",
                "claimed_at": act.now,
                "claimed_by": token,
                "message_id": name,
                "attempts": delivery.c.attempts + 1,
                "next_try_at": None,
            }
            waiting = update(delivery).where(chosen(act.connection, delivery.c.id, [row.id for row in leaving]))
            act.connection.execute(waiting.where(delivery.c.status == "Waiting").values(**values))
    return Claimed(
        keys=tuple(row.id for row in leaving),
        letters=tuple(row.dunning_letter_id for row in leaving),
        address=leaving[0].address if leaving else "",
        message_id=name,
        token=token,
        withdrawn=withdrawn,
    )


def note(workspace: Workspace, claimed: Claimed, handed: Handed) -> str:
    """Note what came of a claimed message and give its status; what somebody else decided meanwhile stands.

    What was refused for good, or too often, is printed instead.
    """
    status = ""
    with deed(workspace, "note_delivery") as act:
        rows = [row for row in act.hold("LetterDelivery", claimed.keys) if _is_ours(row, claimed)]
        if rows:
            said = _said(handed)
            again = next_try(max(row.attempts for row in rows), act.now)
            status = _status(handed.answer, gives_up=again is None)
            act.record(
                f"{_letters(len(rows))} to {claimed.address}: {status.lower()}{f' ({said})' if said else ''}",
                {"LetterDelivery": [row.id for row in rows], "MessageId": claimed.message_id},
            )
            values = {
                "status": status,
                "last_error": said or None,
                "next_try_at": again if status == "Waiting" else None,
                "sent_at": act.now if status == "Sent" else None,
            }
            ours = chosen(act.connection, delivery.c.id, [row.id for row in rows])
            act.connection.execute(update(delivery).where(ours).values(**values))
            if status in {"Refused", "Failed"}:
                for row in rows:
                    print_instead(act, row.dunning_letter_id, f"Mail to {row.address}: {said}")
    return status


def note_lost(workspace: Workspace) -> int:
    """Say Unknown of what was taken up so long ago that whoever did it is gone, and give how many those are."""
    if not workspace.ask(lost_claims, workspace.world.now()):
        return 0
    with deed(workspace, "note_delivery") as act:
        lost = lost_claims(act.connection, act.now)
        if lost:
            act.hold("LetterDelivery", lost)
            act.record(f"Of {_letters(len(lost))} it is not known whether mail left", {"LetterDelivery": [*lost]})
            unknown = update(delivery).where(chosen(act.connection, delivery.c.id, lost))
            said = "Whoever handed it over stopped before saying what came of it."
            act.connection.execute(unknown.values(status="Unknown", last_error=said))
    return len(lost)


def _take(act: Deed, keys: Sequence[int]) -> list[Row[Any]]:
    """Lock those of the deliveries that still wait, and pass by what another has locked."""
    free = (
        select(delivery.c.id)
        .where(chosen(act.connection, delivery.c.id, keys), is_due(act.now))
        .order_by(delivery.c.id)
        .with_for_update(skip_locked=True)
    )
    taken = [*act.connection.scalars(free)]
    return act.hold("LetterDelivery", taken) if taken else []


def _message_id(connection: Connection, leaving: Sequence[Row[Any]], made: str) -> str:
    """Keep the Message-ID of what is the same message once more; else take the one that was made."""
    names = {row.message_id for row in leaving}
    if len(names) != 1 or None in names:
        return made
    (name,) = names
    fellows = connection.scalar(select(func.count()).where(delivery.c.message_id == name))
    return str(name) if fellows == len(leaving) else made


def _is_ours(row: Row[Any], claimed: Claimed) -> bool:
    return row.status in {"Claimed", "Unknown"} and row.claimed_by == claimed.token


def _status(answer: Answer, *, gives_up: bool) -> str:
    match answer:
        case Answer.TAKEN:
            return "Sent"
        case Answer.NEVER:
            return "Refused"
        case Answer.UNKNOWN:
            return "Unknown"
        case _:
            return "Failed" if gives_up else "Waiting"


def _said(handed: Handed) -> str:
    if handed.answer is not Answer.TAKEN:
        return handed.said
    return "; ".join(f"{address} was refused: {said}" for address, said in handed.refused.items())


def _letters(count: int) -> str:
    return "1 letter" if count == 1 else f"{count} letters"
