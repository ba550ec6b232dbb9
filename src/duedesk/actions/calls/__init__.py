"""The calls of the Salesforce API as Python functions: describe, query, retrieve, search, update, what changed.

    from duedesk.actions.calls import query, retrieve, update

    for row in query(workspace, "SELECT DocumentNumber, Balance FROM Invoice WHERE DueDate < TODAY").rows:
        print(row["DocumentNumber"], row["Balance"])

Amounts are `Decimal`, days `date`, moments aware `datetime` in UTC. A request at fault raises `RequestError`, which
says in a sentence what is wrong and where; nothing is then changed.
"""

from duedesk.actions.calls.asking import QueryResult, Record, query, retrieve, search
from duedesk.actions.calls.changed import ChangedRecords, get_deleted, get_updated
from duedesk.actions.calls.updating import update
from duedesk.actions.calls.views import delete_view, find_view, save_view, saved_views
from duedesk.domain.describing import describe_layout, describe_sobjects

__all__ = [
    "ChangedRecords",
    "QueryResult",
    "Record",
    "delete_view",
    "describe_layout",
    "describe_sobjects",
    "find_view",
    "get_deleted",
    "get_updated",
    "query",
    "retrieve",
    "save_view",
    "saved_views",
    "search",
    "update",
]
