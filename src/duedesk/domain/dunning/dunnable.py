"""Which day is asked when a list wants what can be dunned on it; what is dunned then is for the rules of dunning."""

from datetime import date, timedelta

from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Operator
from duedesk.domain.relative_days import RelativeDays, parse_relative_days

DUNNABLE_ON = "DunnableOn"
"""The field of invoices that holds nothing: a condition asks by it."""

DUNNABLE_TOMORROW = Compare(DUNNABLE_ON, Operator.EQ, parse_relative_days("TOMORROW"))


def day_asked(compare: Compare, as_of: date) -> date:
    """Give the one day that a condition on the field names; RequestError where it names none, or more."""
    if compare.operator is Operator.EQ:
        match compare.value:
            case date() as day:
                return day
            case RelativeDays() as days:
                first, after = days.span(as_of)
                if after - first == timedelta(days=1):
                    return first
    raise RequestError(f"{DUNNABLE_ON} is asked of one day.", f"Write {DUNNABLE_ON} = TOMORROW, or name the day.")
