"""The records a person looked at last, of all objects in one list; what is gone or hidden from them is left out."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, String, and_, cast, func, literal, select, union_all

from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA
from duedesk.store.tables.following import record_view
from duedesk.store.tables.party import account

OBJECTS = {
    "Invoice": "billing_account_id",
    "Payment": "account_id",
    "CreditMemo": "billing_account_id",
    "Account": "id",
}
"""What is remembered, and by which column each belongs to an account."""


@dataclass(frozen=True, slots=True)
class RecentRecord:
    """A record that was looked at: what it is, what it is called, whose it is, and when that was."""

    object: str
    key: int
    kind: str
    name: str
    account: str
    at: datetime


def recent_records(connection: Connection, limit: int = 20) -> tuple[RecentRecord, ...]:
    """Give what the person of this connection looked at last, newest first."""
    user = connection.get_execution_options().get("user", "")
    parts = []
    for object_name, belongs in OBJECTS.items():
        described = CATALOG.object(object_name)
        table = METADATA.tables[described.table].alias(object_name.lower())
        owner = account.alias(f"of_{object_name.lower()}")
        name = table.c[described.field(described.name_field).column]
        parts.append(
            select(
                literal(object_name, String).label("object_name"),
                table.c.id.label("record_key"),
                func.coalesce(name, cast(table.c.id, String)).label("name"),
                name.is_(None).label("is_unnamed"),
                owner.c.name.label("account"),
                record_view.c.last_viewed_date,
            )
            .select_from(
                record_view.join(
                    table, and_(record_view.c.record_key == table.c.id, record_view.c.object_name == object_name)
                ).join(owner, owner.c.id == table.c[belongs])
            )
            .where(record_view.c.user_name == user, record_view.c.last_viewed_date.is_not(None))
        )
    seen = union_all(*parts).subquery("seen")
    newest = select(seen).order_by(seen.c.last_viewed_date.desc(), seen.c.object_name, seen.c.record_key).limit(limit)
    return tuple(
        RecentRecord(
            object=row.object_name,
            key=row.record_key,
            kind=CATALOG.object(row.object_name).label,
            name=_unnamed(row.object_name, row.record_key) if row.is_unnamed else row.name,
            account=row.account,
            at=row.last_viewed_date,
        )
        for row in connection.execute(newest)
    )


def _unnamed(object_name: str, key: int) -> str:
    """Name a record without a number: a draft, or a payment that came without one."""
    return "Draft" if object_name in {"Invoice", "CreditMemo"} else f"{CATALOG.object(object_name).label} {key}"
