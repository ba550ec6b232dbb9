"""Which invoices a run is said to, in words that are kept with it; it finds none of them."""

from array import array

from duedesk.domain.filters import Filter
from duedesk.domain.query_text import write_condition

LONGEST_CRITERIA = 4000


def criteria(asked: Filter, among: "array[int] | None" = None) -> str | None:
    """Say what a filter asks for, and how many of what it finds were selected; None where it is everything."""
    parts = [f"{len(among):,} that were selected"] if among is not None else []
    parts += [write_condition(asked.where)] if asked.where is not None else []
    parts += [f"search “{asked.search.strip()}”"] if asked.search.strip() else []
    return ", ".join(parts)[:LONGEST_CRITERIA] or None
