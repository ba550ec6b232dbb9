"""What an account has paid or been credited and is on no invoice yet, by currency, and payments that are under way."""

from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, select

from duedesk.domain.aging import AgingRequest
from duedesk.domain.money import ZERO, from_units
from duedesk.store.queries.aging.groups import raw_rows
from duedesk.store.queries.aging.parts import unapplied_parts
from duedesk.store.queries.aging.since import cut_of
from duedesk.store.tables.ledger import DRAFTED, payment


def unapplied(connection: Connection, as_of: date) -> dict[tuple[int, str], Decimal]:
    """Give by account and currency what payments and credit memos leave unapplied, as the aging has it."""
    sums: dict[tuple[int, str], int] = {}
    for part in unapplied_parts(cut_of(connection, AgingRequest(as_of))):
        places = [part.selected_columns.keys().index(name) for name in ("billing_account_id", "currency_iso_code")]
        for row in raw_rows(connection, part):
            key = (row[places[0]], row[places[1]])
            sums[key] = sums.get(key, 0) - int(row[-1] or 0)
    return {key: from_units(units) for key, units in sums.items() if units > 0}


def under_way(connection: Connection, as_of: date) -> dict[tuple[int, str], Decimal]:
    """Give by account and currency what payments come to that are drafts yet."""
    one = payment.c
    total = func.sum(one.amount, type_=one.amount.type)
    drafts = (
        select(one.account_id, one.currency_iso_code, total)
        .where(DRAFTED, one.effective_date <= as_of)
        .group_by(one.account_id, one.currency_iso_code)
    )
    return {(key, currency): amount or ZERO for key, currency, amount in connection.execute(drafts)}
