"""How a letter stands on its way, in a few words, from all of its deliveries; it reads nothing and sends nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

NOT_QUEUED = "Not queued"
_PRINT = {"Waiting": "To print", "Sent": "Printed", "Withdrawn": "Print withdrawn"}
_MAIL = {
    "Waiting": "To mail",
    "Claimed": "Being mailed",
    "Sent": "Mailed",
    "Unknown": "Mail unknown",
    "Refused": "Mail refused",
    "Failed": "Mail failed",
    "Withdrawn": "Mail withdrawn",
}
STATES = (NOT_QUEUED, *_MAIL.values(), *_PRINT.values())
ASKS_A_PERSON = frozenset({"Mail unknown", "Mail refused", "Mail failed"})
"""What nobody but a person can take further."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """One delivery of a letter: its channel and status, and whether it came back."""

    channel: str
    status: str
    came_back: bool = False


def state_of(deliveries: Sequence[OnItsWay]) -> str:
    """Say how a letter stands, its deliveries given in their order: by the last one."""
    if not deliveries:
        return NOT_QUEUED
    last = deliveries[-1]
    if last.channel == "mail":
        return "Came back" if last.came_back else _MAIL.get(last.status, last.status)
    return _PRINT.get(last.status, last.status)


def is_instead(deliveries: Sequence[OnItsWay]) -> bool:
    """Tell whether a letter is printed because mail did not reach anybody."""
    return len(deliveries) > 1 and deliveries[-1].channel == "print" and deliveries[-2].channel == "mail"
