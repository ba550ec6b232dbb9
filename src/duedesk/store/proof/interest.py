"""Prove interest: no day of an invoice is charged twice, and a letter's interest is what its charges come to."""

from collections.abc import Iterator

from sqlalchemy import Connection, case, func, select, type_coerce

from duedesk.store.proof.findings import Finding, day_text, differences
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.interest import interest_charge
from duedesk.store.tables.ledger import invoice


def prove_days(connection: Connection) -> Iterator[Finding]:
    """Give every charge that begins before the one before it ends."""
    row = interest_charge.c
    joined = interest_charge.join(invoice, invoice.c.id == row.invoice_id)
    charges = select(row.invoice_id, invoice.c.document_number, row.charged_from, row.charged_until)
    standing = charges.select_from(joined).where(~row.is_cancelled).order_by(row.invoice_id, row.charged_from)
    before = None
    for one in connection.execute(standing):
        if before is not None and before.invoice_id == one.invoice_id and one.charged_from <= before.charged_until:
            name = f"Invoice {one.document_number or f'with key {one.invoice_id}'}"
            yield Finding(
                name,
                "interest",
                f"charged from {day_text(one.charged_from)}",
                f"after {day_text(before.charged_until)}",
            )
        before = one


def prove_letters(connection: Connection) -> Iterator[Finding]:
    """Give every letter whose interest is not what its charges come to, or whose charges do not share its fate."""
    row, letter = interest_charge.c, dunning_letter.c
    charged = type_coerce(func.sum(row.amount), Amount)
    standing = func.sum(case((row.is_cancelled, 0), else_=1))
    asked = (
        select(letter.number, letter.currency_iso_code, letter.status, letter.interest, charged, standing)
        .select_from(dunning_letter.join(interest_charge, row.dunning_letter_id == letter.id))
        .group_by(letter.id, letter.number, letter.currency_iso_code, letter.status, letter.interest)
        .order_by(letter.id)
    )
    for number, currency, status, interest, total, how_many in connection.execute(asked):
        name = f"Letter {number}"
        yield from differences(name, currency, (("Interest", interest, total),))
        if (status == "Cancelled") is (how_many > 0):
            yield Finding(name, "its interest", "charged" if how_many else "taken back", f"as the letter: {status}")


INTEREST_PROOFS = (
    ("days of interest, each charged once", interest_charge, prove_days),
    ("the interest of letters against what they charged", dunning_letter, prove_letters),
)
"""Each with its name and the table whose records it goes over."""
