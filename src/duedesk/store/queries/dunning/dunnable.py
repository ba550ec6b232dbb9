"""The condition of lists that a dunning run of a day would put an invoice into a letter; it makes no letter."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection

from duedesk.domain.dunning.dunnable import DUNNABLE_ON, day_asked
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Compare, Filter
from duedesk.store.queries.dunning.proposal import dunned
from duedesk.store.settlement import chosen


def dunned_by(connection: Connection, asked: Filter) -> Callable[[ColumnElement[Any], Compare], ColumnElement[bool]]:
    """Give what makes the condition out of a column of keys and what is asked of the day; nothing is read before.

    What a run does is told by all that is known now: RequestError where the list is one of an earlier knowledge.
    """

    def is_dunned(key: ColumnElement[Any], compare: Compare) -> ColumnElement[bool]:
        if asked.known_on is not None:
            raise RequestError(f"{DUNNABLE_ON} is told by what is known now.", "Leave out known-on, or the condition.")
        return chosen(connection, key, dunned(connection, day_asked(compare, asked.as_of)))

    return is_dunned
