"""Deliveries as people read them in a terminal, and as JSON."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from duedesk.cli.json_text import Json
from duedesk.cli.layout import Column, table
from duedesk.domain.days import write_moment
from duedesk.store.queries.letters.deliveries import DeliveryRow


def summary(row: DeliveryRow, now: datetime) -> str:
    """Give the status of a delivery; one that was taken up by somebody who is gone is unknown."""
    return "Unknown" if row.is_lost(now) else row.status


def delivery_json(row: DeliveryRow, now: datetime) -> Json:
    """Give a delivery with all that is known of it."""
    return {
        "letter": row.letter,
        "account": row.account,
        "channel": row.channel,
        "address": row.address or None,
        "status": summary(row, now),
        "message_id": row.message_id or None,
        "attempts": row.attempts,
        "said": row.last_error or None,
        "next_try_at": _moment(row.next_try_at),
        "claimed_at": _moment(row.claimed_at),
        "sent_at": _moment(row.sent_at),
        "bounced_at": _moment(row.bounced_at),
        "queued_at": _moment(row.queued_at),
    }


def delivery_lines(rows: Sequence[DeliveryRow], now: datetime) -> Iterator[str]:
    """Give deliveries as a table, and how many there are of each status."""
    if not rows:
        yield "No letter is queued."
        return
    columns = (
        Column("Letter"),
        Column("Account"),
        Column("By"),
        Column("To"),
        Column("Status"),
        Column("What was said"),
    )
    yield from table(
        columns,
        ((one.letter, one.account, one.channel, one.address, summary(one, now), one.last_error) for one in rows),
    )
    counts: dict[str, int] = {}
    for one in rows:
        counts[summary(one, now)] = counts.get(summary(one, now), 0) + 1
    yield ""
    yield ", ".join(f"{count} {status.lower()}" for status, count in counts.items())


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else write_moment(moment)
