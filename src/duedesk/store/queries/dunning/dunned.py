"""Invoices that dunning knows something of: their level, last letter and own policy, as they stood; it judges none."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, or_, select, type_coerce

from duedesk.store.queries.asof import Standpoint, is_present
from duedesk.store.queries.dunning.levels_then import levels_then
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.dunning import dunning_letter_item, dunning_reset
from duedesk.store.tables.ledger import DUNNED, invoice


def dunned_invoices(connection: Connection, standpoint: Standpoint | None) -> Iterator[Any]:
    """Give key, level, day of the last letter and own policy, as it stood; None counts every letter there is.

    Of what is paid now, that is told only where one looks back.
    """
    if standpoint is not None and not is_present(connection, standpoint):
        yield from _dunned_then(connection, standpoint)
        return
    columns = (invoice.c.id, invoice.c.dunning_level, invoice.c.last_dunned_date, invoice.c.dunning_policy_id)
    is_open = type_coerce(invoice.c.balance + NOTHING, Amount) != NOTHING  # the index of these few is the one to go by
    yield from connection.execute(select(*columns).where(DUNNED, is_open))


def _dunned_then(connection: Connection, standpoint: Standpoint) -> Iterator[Any]:
    """Give what was dunned by then: also of what was paid since, and without the letters that came after."""
    then = levels_then(standpoint)
    columns = (column.label(name) for name, column in then.items())
    ever = select(dunning_letter_item.c.invoice_id).union(select(dunning_reset.c.invoice_id))
    asked = select(invoice.c.id, *columns, invoice.c.dunning_policy_id)
    yield from connection.execute(asked.where(or_(DUNNED, invoice.c.id.in_(ever))))
