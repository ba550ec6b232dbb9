"""What fields hold and what happened to a record, as people read it in a terminal; laying it out is for `layout`."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from duedesk.cli.json_text import Json, plain_number
from duedesk.cli.layout import aligned
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.days import write_moment
from duedesk.domain.filters import Value
from duedesk.domain.money import grouped
from duedesk.store.queries.records.histories import FieldChange, Happening


def shown_value(field: Field, value: Value, currency: str) -> str:
    """Write what a field holds; nothing where it holds nothing."""
    match value:
        case None:
            return ""
        case bool():
            return "Yes" if value else "No"
        case Decimal():
            return grouped(value, currency) if field.kind is Kind.CURRENCY else plain_number(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


def moment(at: datetime) -> str:
    """Write a moment: `2026-11-23 17:30 UTC`."""
    return f"{at:%Y-%m-%d %H:%M} UTC"


def counted(count: int, what: str) -> str:
    """Write a number of things: `1 invoice`, `2,466 invoices`."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"


def history_lines(history: Iterable[Happening], *, with_changes: bool = False) -> Iterator[str]:
    """Write a time line: what happened, and under it what was changed by it where that is asked for."""
    rows: list[tuple[str, str]] = []
    for one in history:
        rows.append((moment(one.at), f"{one.what} {f'({one.who})' if one.who else ''}"))
        if with_changes:
            rows += (("", f"  {_change(change)}") for change in one.changes)
    yield from aligned(rows)


def history_json(one: Happening) -> Json:
    """Give one happening with all that is known of it."""
    return {
        "at": write_moment(one.at),
        "on": one.on.isoformat() if one.on else None,
        "who": one.who,
        "what": one.what,
        "action": one.action,
        "journal": one.journal_id,
        "changes": [{"field": change.field, "old": change.old, "new": change.new} for change in one.changes],
    }


def _change(change: FieldChange) -> str:
    if not change.old:
        return f"{change.label}: {change.new}"
    return f"{change.label}: {change.old} → {change.new or 'nothing'}"
