"""The one place that writes what letters and levels set by hand make of an invoice: its level and its last letter.

`domain.dunning.history` says the same in Python; `store.proof.dunning` holds the two against each other.
"""

from collections.abc import Collection

from sqlalchemy import Connection, case, func, not_, or_, select, type_coerce, update

from duedesk.store.settlement import chosen
from duedesk.store.tables.columns import Day
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_reset
from duedesk.store.tables.ledger import DUNNED, invoice


def restate_levels(connection: Connection, keys: Collection[int] | None = None) -> None:
    """Write level and last letter of invoices (None: of all that have any) from what was issued and set by hand."""
    item, reset = dunning_letter_item.c, dunning_reset.c
    of_this = reset.invoice_id == invoice.c.id
    episode = select(func.count()).select_from(dunning_reset).where(of_this).correlate(invoice).scalar_subquery()
    by_hand = (
        select(reset.level_after)
        .where(of_this)
        .order_by(reset.recorded_at.desc(), reset.id.desc())
        .limit(1)
        .correlate(invoice)
        .scalar_subquery()
    )
    stands = (item.invoice_id == invoice.c.id, not_(item.is_cancelled), item.level_after > 0)
    reached = select(func.max(item.level_after)).where(*stands, item.episode == episode)
    letters = dunning_letter_item.join(dunning_letter, dunning_letter.c.id == item.dunning_letter_id)
    last = select(func.max(dunning_letter.c.letter_date)).select_from(letters).where(*stands)
    floor = func.coalesce(by_hand, 0)
    highest = func.coalesce(reached.correlate(invoice).scalar_subquery(), 0)
    concerned = or_(DUNNED, invoice.c.id.in_(select(item.invoice_id)), invoice.c.id.in_(select(reset.invoice_id)))
    connection.execute(
        update(invoice)
        .where(concerned if keys is None else chosen(connection, invoice.c.id, keys))
        .values(
            dunning_level=case((highest > floor, highest), else_=floor),
            last_dunned_date=type_coerce(last.correlate(invoice).scalar_subquery(), Day),
        )
    )
