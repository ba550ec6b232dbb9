"""Dunning levels as they stood on a day, as far as was known on another; what they are now stands on the invoice.

`domain.dunning.history` says what a level is; `store.dunning_levels` writes what it is now.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, func, not_, or_, select, type_coerce

from duedesk.store.tables.columns import Day
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_reset
from duedesk.store.tables.ledger import invoice

if TYPE_CHECKING:  # a standpoint reads its invoices with their levels
    from duedesk.store.queries.asof import Standpoint

LEVELS_DATED = (dunning_letter.c.letter_date, dunning_letter.c.cancelled_on, dunning_reset.c.reset_date)
"""The days on which a level changes."""


def levels_then(standpoint: "Standpoint") -> Mapping[str, ColumnElement[Any]]:
    """Give level and last letter of invoices as they stood, by the names of their columns.

    Of an invoice that no letter and nobody ever gave a level, nothing is looked up.
    """
    item, letter, reset = dunning_letter_item.c, dunning_letter.c, dunning_reset.c
    was_set = and_(reset.invoice_id == invoice.c.id, standpoint.happened(reset.reset_date, reset.recorded_at))
    episode = select(func.count()).select_from(dunning_reset).where(was_set).correlate(invoice).scalar_subquery()
    by_hand = select(reset.level_after).where(was_set).order_by(reset.recorded_at.desc(), reset.id.desc()).limit(1)
    letters = dunning_letter_item.join(dunning_letter, letter.id == item.dunning_letter_id)
    stood = and_(
        item.invoice_id == invoice.c.id,
        item.level_after > 0,
        standpoint.happened(letter.letter_date, letter.issued_at),
        or_(not_(item.is_cancelled), standpoint.is_later(letter.cancelled_on, letter.cancelled_at)),
    )
    reached = select(func.max(item.level_after)).select_from(letters).where(stood, item.episode == episode)
    last = select(func.max(letter.letter_date)).select_from(letters).where(stood).correlate(invoice).scalar_subquery()
    floor = func.coalesce(by_hand.correlate(invoice).scalar_subquery(), 0)
    highest = func.coalesce(reached.correlate(invoice).scalar_subquery(), 0)
    ever = or_(invoice.c.id.in_(select(item.invoice_id)), invoice.c.id.in_(select(reset.invoice_id)))
    return {
        "dunning_level": case((not_(ever), invoice.c.dunning_level), (highest > floor, highest), else_=floor),
        "last_dunned_date": type_coerce(case((ever, last), else_=invoice.c.last_dunned_date), Day),
    }
