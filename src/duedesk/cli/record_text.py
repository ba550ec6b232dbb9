"""What fields hold, as people read it in a terminal; laying it out is for `layout`, and machines get `json_text`."""

from datetime import date, datetime
from decimal import Decimal

from duedesk.cli.json_text import plain_number
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.filters import Value
from duedesk.domain.money import grouped


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
