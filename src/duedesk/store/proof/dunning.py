"""Prove dunning: the level of an invoice from its letters, the sums of a letter from its items; it mends nothing."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import Connection, or_, select

from duedesk.domain.dunning.history import Dunned, standing
from duedesk.domain.money import ZERO
from duedesk.store.proof.findings import Finding, day_text, differences
from duedesk.store.proof.interest import INTEREST_PROOFS
from duedesk.store.proof.letters import LETTER_PROOFS
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item, dunning_reset
from duedesk.store.tables.ledger import DUNNED, invoice


def prove_levels(connection: Connection) -> Iterator[Finding]:
    """Give every invoice whose level or last letter is not what was issued and set by hand."""
    item, reset, letter = dunning_letter_item.c, dunning_reset.c, dunning_letter.c
    by_hand: dict[int, list[int]] = defaultdict(list)
    in_order = select(reset.invoice_id, reset.level_after).order_by(reset.recorded_at, reset.id)
    for key, level in connection.execute(in_order):
        by_hand[key].append(level)
    dunned: dict[int, list[Dunned]] = defaultdict(list)
    joined = dunning_letter_item.join(dunning_letter, letter.id == item.dunning_letter_id)
    sent = select(item.invoice_id, item.level_after, letter.letter_date, item.episode).select_from(joined)
    for key, reached, day, episode in connection.execute(sent.where(letter.status == "Issued")):
        dunned[key].append(Dunned(reached, day, episode))
    columns = (invoice.c.id, invoice.c.document_number, invoice.c.dunning_level, invoice.c.last_dunned_date)
    touched = or_(DUNNED, invoice.c.id.in_(select(item.invoice_id)), invoice.c.id.in_(select(reset.invoice_id)))
    for key, number, level, last in connection.execute(select(*columns).where(touched).order_by(invoice.c.id)):
        proved_level, proved_last = standing(by_hand[key], dunned[key])
        name = f"Invoice {number or f'with key {key}'}"
        if level != proved_level:
            yield Finding(name, "DunningLevel", str(level), str(proved_level))
        if last != proved_last:
            yield Finding(name, "LastDunnedDate", day_text(last), day_text(proved_last))


def prove_letters(connection: Connection) -> Iterator[Finding]:
    """Give every letter whose principal is not what its items ask for, or whose items do not share its fate."""
    item = dunning_letter_item.c
    asked: dict[int, Decimal] = defaultdict(Decimal)
    cancelled: dict[int, set[bool]] = defaultdict(set)
    columns = (item.dunning_letter_id, item.asked_amount, item.level_after, item.is_cancelled)
    for key, amount, level, is_cancelled in connection.execute(select(*columns)):
        asked[key] += ZERO if level is None else amount
        cancelled[key].add(is_cancelled)
    for row in connection.execute(select(dunning_letter).order_by(dunning_letter.c.id)):
        name, currency = f"Letter {row.number}", row.currency_iso_code
        yield from differences(name, currency, [("Principal", row.principal, asked[row.id])])
        if cancelled[row.id] - {row.status == "Cancelled"}:
            yield Finding(name, "its items", "partly cancelled", "as the letter is")


DUNNING_PROOFS = (
    ("levels against letters", invoice, prove_levels),
    ("letters against their items", dunning_letter, prove_letters),
    *INTEREST_PROOFS,
    *LETTER_PROOFS,
)
