"""Which records of an object were made, changed or deleted between two moments, for systems that keep a copy.

What an action does is noted record by record; what a file or the sample brought in is known by its journal entry.
"""

from dataclasses import dataclass
from datetime import datetime

from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.changes import records as changed
from duedesk.store.queries.changes.records import ChangedRecord


@dataclass(frozen=True, slots=True)
class ChangedRecords:
    """The records, by when they changed; ask again from `latest_date_covered` on."""

    object: str
    records: tuple[ChangedRecord, ...]
    latest_date_covered: datetime


def get_updated(workspace: Workspace, object_name: str, since: datetime, until: datetime) -> ChangedRecords:
    """Give the records that were made or changed from `since` on and before `until`, and are there still."""
    name = _checked(object_name, since, until)
    found = workspace.ask(changed.updated_records, name, since, until)
    return ChangedRecords(name, found, min(until, workspace.world.now()))


def get_deleted(workspace: Workspace, object_name: str, since: datetime, until: datetime) -> ChangedRecords:
    """Give the records that were deleted from `since` on and before `until`."""
    name = _checked(object_name, since, until)
    found = workspace.ask(changed.deleted_records, name, since, until)
    return ChangedRecords(name, found, min(until, workspace.world.now()))


def _checked(object_name: str, since: datetime, until: datetime) -> str:
    if since >= until:
        raise RequestError(f"{since.isoformat()} is not before {until.isoformat()}.", "Give the earlier moment first.")
    return CATALOG.object(object_name).name
