"""Disputes as people read them in a terminal, and as JSON."""

from collections.abc import Iterator, Sequence

from duedesk.cli.json_text import Json
from duedesk.cli.layout import Column, table
from duedesk.domain.days import write_moment
from duedesk.domain.money import grouped, plain
from duedesk.store.queries.disputes import DisputeRow


def dispute_json(one: DisputeRow) -> Json:
    """Give a dispute with all that is known of it."""
    return {
        "dispute": one.name,
        "invoice": one.invoice,
        "account": one.account,
        "currency": one.currency,
        "disputed_amount": plain(one.amount, one.currency),
        "contested": plain(one.contested, one.currency),
        "reason": one.reason,
        "words": one.words or None,
        "opened_on": one.received_date.isoformat(),
        "recorded_at": write_moment(one.recorded_at),
        "recorded_by": one.recorded_by,
        "resolved_on": None if one.resolved_on is None else one.resolved_on.isoformat(),
        "resolved_at": None if one.resolved_at is None else write_moment(one.resolved_at),
        "resolved_by": one.resolved_by or None,
        "resolution": one.resolution or None,
        "resolution_words": one.resolution_words or None,
    }


def dispute_lines(found: Sequence[DisputeRow]) -> Iterator[str]:
    """Give disputes as a table."""
    columns = (
        Column("Dispute"),
        Column("Account"),
        Column("Opened"),
        Column("Reason"),
        Column("Currency"),
        Column("Contested", is_figure=True),
        Column("Open", is_figure=True),
        Column("In words"),
    )
    yield from table(
        columns,
        (
            (
                one.name,
                one.account,
                one.received_date.isoformat(),
                _reason(one),
                one.currency,
                grouped(one.contested, one.currency),
                grouped(one.open_amount, one.currency),
                one.words,
            )
            for one in found
        ),
    )


def _reason(one: DisputeRow) -> str:
    if not one.stands:
        return f"{one.reason}, resolved: {one.resolution}"
    return one.reason if one.open_amount else f"{one.reason}, nothing is open any more"
