"""Every document behind a roll-forward, movement by movement; `queries.roll_forward` sums the same."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from duedesk.domain.roll_forward import MOVEMENTS, MovedDocument
from duedesk.store.queries.reports.scope import ReportScope, in_blocks
from duedesk.store.tables.party import account


def moved_documents(connection: Connection, scope: ReportScope) -> Iterator[MovedDocument]:
    """Give what came and went in the period, in the order of the movements, each oldest first."""
    for name, _ in MOVEMENTS:
        every = scope.span.events(connection, scope.accounts, name).subquery("item")
        asked = (
            select(every, account.c.name, account.c.account_number)
            .join(account, account.c.id == every.c.account_id)
            .order_by(every.c.on_day, every.c.recorded, every.c.number)
        )
        for row in in_blocks(connection, asked):
            yield MovedDocument(
                name,
                row.what,
                row.number or "",
                row.name,
                row.account_number or "",
                row.currency,
                row.on_day,
                row.amount,
            )
