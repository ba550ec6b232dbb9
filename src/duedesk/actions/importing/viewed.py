"""When an invoice was looked at in the system it comes from: kept for whoever brings it in; it makes no views up."""

from duedesk.actions.importing.rows import Shared
from duedesk.actions.importing.stage import stored
from duedesk.exchange.reading import Record
from duedesk.store.tables.following import record_view

_COLUMNS = ("user_name", "object_name", "record_key", "last_viewed_date", "last_referenced_date")


def stage_views(shared: Shared, record: Record, key: int) -> None:
    """Put LastViewedDate and LastReferencedDate of an invoice on their way; nothing where it has neither."""
    viewed, referenced = record.moment("LastViewedDate"), record.moment("LastReferencedDate")
    if viewed is not None or referenced is not None:
        row = (shared.user, "Invoice", key, stored(viewed), stored(referenced or viewed))
        shared.stage.rows(record_view, _COLUMNS).append(row)
