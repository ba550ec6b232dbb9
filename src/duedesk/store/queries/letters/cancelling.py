"""What cancelling letters would do: levels that come back, what is voided, what is on its way; it changes nothing."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, func, select

from duedesk.domain.dunning.history import Dunned, standing
from duedesk.domain.errors import RequestError
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.store.queries.letters.issued import IssuedLetter, delivered, issued_letters
from duedesk.store.settlement import chosen
from duedesk.store.tables.delivering import letter_delivery as delivery
from duedesk.store.tables.dunning import dunning_letter as letter
from duedesk.store.tables.dunning import dunning_letter_item as item
from duedesk.store.tables.dunning import dunning_reset as reset
from duedesk.store.tables.ledger import invoice


@dataclass(frozen=True, slots=True)
class LevelBack:
    """An invoice whose level would be another: its number, the level now and after."""

    number: str
    now: int
    after: int


@dataclass(frozen=True, slots=True)
class Charge:
    """An invoice over a fee or interest that would be voided; what was paid on it becomes free."""

    number: str
    what: str
    currency: str
    amount: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class CancelOutlook:
    """What cancelling would do. `mailed` are addresses by letter that have one already, `waits` is what stays here."""

    letters: tuple[IssuedLetter, ...]
    levels: tuple[LevelBack, ...]
    charges: tuple[Charge, ...]
    mailed: tuple[tuple[str, str], ...]
    waits: int


def cancel_outlook(connection: Connection, keys: Sequence[int]) -> CancelOutlook:
    """Say what cancelling letters would do; RequestError where none of them stands."""
    letters = issued_letters(connection, keys=keys, status="Issued")
    if not letters:
        raise RequestError("There is nothing to cancel.", "Choose letters that stand.")
    standing_keys = [one.key for one in letters]
    numbers = {one.key: one.number for one in letters}
    waiting = select(func.count()).where(
        chosen(connection, delivery.c.dunning_letter_id, standing_keys), delivery.c.status == "Waiting"
    )
    return CancelOutlook(
        letters,
        tuple(_levels(connection, standing_keys)),
        tuple(_charges(connection, letters)),
        tuple((numbers[key], address) for key, address in sorted(delivered(connection, standing_keys).items())),
        connection.scalar(waiting) or 0,
    )


def _levels(connection: Connection, keys: Sequence[int]) -> Iterator[LevelBack]:
    """Give the invoices of letters whose level would fall, by what is left without those letters."""
    mine = select(item.c.invoice_id).where(chosen(connection, item.c.dunning_letter_id, keys))
    by_hand: dict[int, list[int]] = defaultdict(list)
    set_by_hand = select(reset.c.invoice_id, reset.c.level_after).where(reset.c.invoice_id.in_(mine))
    for key, level in connection.execute(set_by_hand.order_by(reset.c.recorded_at, reset.c.id)):
        by_hand[key].append(level)
    left: dict[int, list[Dunned]] = defaultdict(list)
    stays = (
        select(item.c.invoice_id, item.c.level_after, letter.c.letter_date, item.c.episode)
        .join(letter, letter.c.id == item.c.dunning_letter_id)
        .where(item.c.invoice_id.in_(mine), letter.c.status == "Issued")
        .where(~chosen(connection, letter.c.id, keys))
    )
    for key, level, day, episode in connection.execute(stays):
        left[key].append(Dunned(level, day, episode))
    shown = select(invoice.c.id, invoice.c.document_number, invoice.c.dunning_level).where(invoice.c.id.in_(mine))
    for key, number, now in connection.execute(shown.order_by(invoice.c.document_number)):
        after, _ = standing(by_hand[key], left[key])
        if after != now:
            yield LevelBack(number or "No number", now, after)


def _charges(connection: Connection, letters: Sequence[IssuedLetter]) -> Iterator[Charge]:
    """Give the invoices over fees and interest that stand."""
    what = {one.fee_invoice_key: "Fee" for one in letters} | {one.interest_invoice_key: "Interest" for one in letters}
    keys = [key for key in what if key is not None]
    row = invoice.c
    asked = select(row.id, row.document_number, row.currency_iso_code, row.total_amount_with_tax, row.balance)
    asked = asked.where(chosen(connection, row.id, keys), row.status.in_(OWED_STATUSES)).order_by(row.document_number)
    for key, number, currency, total, balance in connection.execute(asked):
        yield Charge(number or "No number", what[key], currency, total, total - balance)
