"""The lines of deliveries: columns, how each is written, which fit what is asked for; it reads nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.issued.line_table import Lines
from duedesk.desk.pages.issued.words import CHANNELS, one_line
from duedesk.desk.tables.columns import Column, Shown
from duedesk.domain.catalog import Kind
from duedesk.domain.names import fold
from duedesk.store.queries.letters.deliveries import DeliveryRow

STATES = (
    ("All deliveries", ""),
    ("Waiting for mail", "mail"),
    ("Waiting for print", "print"),
    ("Unknown", "Unknown"),
    ("Refused or failed", "bad"),
    ("Sent", "Sent"),
    ("Withdrawn", "Withdrawn"),
)

_COLUMNS = (
    Column("letter", "Letter", Kind.STRING, Shown.NUMBER, 116),
    Column("account", "Account", Kind.STRING, Shown.TEXT, 190),
    Column("channel", "By", Kind.STRING, Shown.TEXT, 52),
    Column("address", "To", Kind.STRING, Shown.TEXT, 230),
    Column("status", "Status", Kind.STRING, Shown.STATUS, 92),
    Column("when", "When, UTC", Kind.DATETIME, Shown.TEXT, 136),
    Column("said", "What was said", Kind.STRING, Shown.TEXT, 180, stretches=True),
)


def fitting(rows: Iterable[DeliveryRow], text: str, state: str) -> tuple[DeliveryRow, ...]:
    """Give the deliveries that fit a text and are in a state."""
    wanted = fold(text)
    return tuple(one for one in rows if _is(one, state) and (not wanted or wanted in _searched(one)))


def foot_of(shown: Sequence[DeliveryRow], *, is_todays: bool = False) -> FootLine:
    """Say how many there are of each status."""
    counts = Counter(one.status.lower() for one in shown)
    said = f"{len(shown):,} {'delivery' if len(shown) == 1 else 'deliveries'}"
    said = f"{said}, shown as they stand today" if is_todays else said
    return FootLine(said, proof=", ".join(f"{count:,} {status}" for status, count in counts.most_common()))


def _is(one: DeliveryRow, state: str) -> bool:
    match state:
        case "":
            return True
        case "mail" | "print":
            return one.channel == state and one.status in {"Waiting", "Claimed"}
        case "bad":
            return one.status in {"Refused", "Failed"}
        case _:
            return one.status == state


def _searched(one: DeliveryRow) -> str:
    return fold(f"{one.letter} {one.account} {one.address} {one.status} {one.last_error}")


def _when(one: DeliveryRow) -> datetime:
    return one.bounced_at or one.sent_at or one.claimed_at or one.queued_at


def _write(one: DeliveryRow) -> dict[str, tuple[str, Any]]:
    when = written.moment(_when(one))
    channel, to = CHANNELS.get(one.channel, one.channel), one_line(one.address)
    said = one.last_error
    if one.next_try_at is not None and one.status == "Waiting":
        said = f"Tried {one.attempts} ×, again {written.moment(one.next_try_at)}: {said}"
    return {
        "letter": (one.letter, one.letter),
        "account": (one.account, one.account),
        "channel": (channel, channel),
        "address": (to, to),
        "status": (one.status, one.status),
        "when": (when, _when(one)),
        "said": (said, said),
    }


DELIVERY_LINES: Lines[DeliveryRow] = Lines(
    name="Deliveries of letters",
    columns=_COLUMNS,
    write=_write,
    key=attrgetter("key"),
    rooms={"when": 900, "address": 640},
    orders={
        "letter": attrgetter("letter", "key"),
        "account": lambda one: (fold(one.account), one.key),
        "status": attrgetter("status", "key"),
        "when": _when,
        "address": attrgetter("address", "key"),
    },
)
