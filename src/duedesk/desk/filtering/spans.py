"""Days named from where the reader stands, in words: this month, the last quarter, 30 days ago; it draws nothing."""

from duedesk.domain.relative_days import RelativeDays, parse_relative_days

_NAMED = (
    "TODAY",
    "YESTERDAY",
    "TOMORROW",
    *(f"{which}_{unit}" for unit in ("WEEK", "MONTH", "QUARTER", "YEAR") for which in ("THIS", "LAST", "NEXT")),
)


def spans() -> tuple[RelativeDays, ...]:
    """Give the spans that are offered."""
    return tuple(days for name in _NAMED if (days := parse_relative_days(name)) is not None)


def span_words(days: RelativeDays) -> str:
    """Say a span: `this month`, `the last 30 days`, `3 months ago`."""
    name, _, count = days.text.partition(":")
    parts = [part for part in name.lower().split("_") if part not in {"n", "fiscal"}]
    if not count:
        return " ".join(parts)
    if parts[-1] == "ago":
        return f"{int(count):,} {_unit(parts[0], int(count))} ago"
    return f"the {parts[0]} {int(count):,} {_unit(parts[1], int(count))}"


def _unit(units: str, count: int) -> str:
    return units.removesuffix("s") if count == 1 else units
