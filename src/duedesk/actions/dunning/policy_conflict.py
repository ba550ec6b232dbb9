"""A dunning policy that somebody else changed since it was read: it is not saved over, and both are told."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.policy_words import differing
from duedesk.domain.errors import RequestError
from duedesk.store.queries.dunning.policies import policies


def check_version(connection: Connection, wanted: Policy, rows: Sequence[Row[Any]]) -> None:
    """Refuse a policy that was changed since it was read, and say what differs; `rows` are locked."""
    if not wanted.version or all(row.version == wanted.version for row in rows if row.id == wanted.key):
        return
    there = next(one for one in policies(connection) if one.key == wanted.key)
    said = "; ".join(f"{what} is “{now}” there and “{own}” here" for what, now, own in differing(there, wanted))
    raise RequestError(
        f"{there.name} was changed by somebody else meanwhile{': ' if said else ''}{said}.",
        "Read it again, then change it.",
    )
