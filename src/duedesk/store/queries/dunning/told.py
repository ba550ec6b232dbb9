"""What dunning tells the time line of an invoice: letters, holds, promises, levels set by hand; it judges nothing."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from duedesk.domain.days import in_words
from duedesk.domain.money import grouped
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.dunning.holds import holds_of, promises_on
from duedesk.store.queries.records.histories import Happening
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_reset


def dunning_told(connection: Connection, invoice_key: int, standpoint: Standpoint) -> Iterator[Happening]:
    """Tell what was known of an invoice's dunning on a day."""
    every = (*_holds(connection, invoice_key), *_promises(connection, invoice_key), *_levels(connection, invoice_key))
    for one in (*every, *_letters(connection, invoice_key)):
        known = standpoint.known_on is None or one.at <= standpoint.known_on
        if known and (one.on is None or one.on <= standpoint.as_of):
            yield one


def _holds(connection: Connection, invoice_key: int) -> Iterator[Happening]:
    for one in holds_of(connection, invoice_key=invoice_key):
        whose = "" if one.invoice_key is not None else f" with all of {one.account}"
        said = f": {one.words}" if one.words else ""
        what = f"On hold{whose} until {in_words(one.end)}, {one.reason}{said}"
        yield Happening(one.recorded_at, one.start, one.recorded_by, what, action="Hold")
        if one.released_on is not None and one.released_at is not None:
            said = f": {one.release_reason}" if one.release_reason else ""
            what = f"Hold {one.name} released{said}"
            yield Happening(one.released_at, one.released_on, one.released_by, what, action="Release")


def _promises(connection: Connection, invoice_key: int) -> Iterator[Happening]:
    for one in promises_on(connection, invoice_key=invoice_key):
        said = f": {one.words}" if one.words else ""
        what = f"{grouped(one.amount, one.currency)} {one.currency} promised for {in_words(one.day)}{said}"
        yield Happening(one.recorded_at, one.received, one.recorded_by, what, action="Promise")


def _levels(connection: Connection, invoice_key: int) -> Iterator[Happening]:
    found = connection.execute(select(dunning_reset).where(dunning_reset.c.invoice_id == invoice_key))
    for row in found:
        what = f"Dunning level set from {row.level_before} to {row.level_after}: {row.reason}"
        yield Happening(row.recorded_at, row.reset_date, row.recorded_by, what, row.journal_id, action="Set level")


def _letters(connection: Connection, invoice_key: int) -> Iterator[Happening]:
    item, letter = dunning_letter_item.c, dunning_letter.c
    joined = dunning_letter.join(dunning_letter_item, item.dunning_letter_id == letter.id)
    asked = select(dunning_letter, item.level_after).select_from(joined)
    for row in connection.execute(asked.where(item.invoice_id == invoice_key, item.level_after.is_not(None))):
        what = f"Letter {row.number} issued, level {row.level_after}"
        if row.is_courtesy:
            what = f"Notice {row.number} issued before the due date"
        yield Happening(row.issued_at, row.letter_date, row.issued_by, what, row.journal_id, action="Dun")
        if row.cancelled_at is not None:
            said = f": {row.cancellation_reason}" if row.cancellation_reason else ""
            what = f"Letter {row.number} cancelled{said}"
            yield Happening(row.cancelled_at, row.cancelled_on, row.cancelled_by or "", what, action="Cancel letter")
