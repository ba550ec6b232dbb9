"""What the filter builder asks the book behind the window: names to pick from, and how many a condition finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.domain.errors import RequestError
from duedesk.domain.filter_fields import filter_field
from duedesk.domain.filters import Condition, Filter, Operator, Order
from duedesk.domain.objects import CATALOG
from duedesk.domain.query import compares_in
from duedesk.store.queries.accounts import AccountRow, suggest_accounts
from duedesk.store.queries.lists import listing
from duedesk.store.queries.overview import overview

_OFFERED = ("User", "PaymentTerm")
_MOST = 500


@dataclass(frozen=True, slots=True)
class Offered:
    """What can be picked: records by object, each with its key and name; what picked records are called; currencies."""

    records: dict[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    names: dict[tuple[str, int], str] = field(default_factory=dict)
    currencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choices:
    """What the fields choose from: the names read of the book, accounts as they are typed, and today."""

    tasks: Tasks
    suggest: Callable[[str], tuple[AccountRow, ...]]
    today: Callable[[], date]
    offered: Offered
    object_name: str = "Invoice"
    """Of which object conditions are made."""


def offered(workspace: Workspace, conditions: Iterable[Condition | None], object_name: str = "Invoice") -> Offered:
    """Read what there is to pick from, and what the records in conditions are called."""
    records: dict[str, tuple[tuple[str, int], ...]] = {}
    names: dict[tuple[str, int], str] = {}
    wanted: dict[str, list[int]] = {}
    for condition in conditions:
        for picked, key in picked_in(condition, object_name):
            wanted.setdefault(picked, []).append(key)
    with workspace.book.reading() as connection:
        for picked in _OFFERED:
            asked = Filter(date.min, object=picked, order_by=(Order("Name"),))
            keys = listing.keys(connection, asked)[:_MOST]
            rows = listing.rows(connection, asked, ["Name"], keys)
            records[picked] = tuple((str(row.values[0]), row.key) for row in rows)
            names |= {(picked, row.key): str(row.values[0]) for row in rows}
        for picked, keys_ in wanted.items():
            asked = Filter(date.min, object=picked)
            for row in listing.rows(connection, asked, [CATALOG.object(picked).name_field], keys_):
                names[picked, row.key] = str(row.values[0])
        return Offered(records, names, overview(connection).currencies)


def suggested(workspace: Workspace, text: str) -> tuple[AccountRow, ...]:
    """Give accounts that a text may mean."""
    return workspace.ask(suggest_accounts, text)


def count(workspace: Workspace, asked: Filter) -> int:
    """Count what a filter finds."""
    return workspace.ask(listing.count, asked)


def picked_in(condition: Condition | None, object_name: str = "Invoice") -> Iterable[tuple[str, int]]:
    """Give the records that a condition names by their keys: the object and the key of each."""
    for compare in compares_in(condition):
        try:
            picks = filter_field(object_name, compare.path).picks
        except RequestError:
            continue
        values = compare.value if isinstance(compare.value, tuple) else (compare.value,)
        for value in values if picks else ():
            if isinstance(value, int) and compare.operator in {Operator.EQ, Operator.NE, Operator.IN}:
                yield picks, value
