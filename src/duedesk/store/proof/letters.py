"""Prove letters as they are kept: their bytes, what they ask for, how they left, what they charge; it mends nothing."""

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from duedesk.domain.money import ZERO
from duedesk.store.proof.findings import Finding, differences
from duedesk.store.tables.delivering import letter_delivery
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.letters import issued_letter_document

_AT_A_TIME = 20
"""Documents in memory at once."""

_FROM_A_BACKUP = "Take the letter from a backup; until then do not send it again."
_ASK = "See in the mailbox which message left, and settle it by `duedesk deliveries`."
_CANCEL = "Cancel the letter and issue it anew, or void the invoice."

_SUMS = ("principal", "unapplied", "fee", "interest")


def prove_documents(connection: Connection) -> Iterator[Finding]:
    """Give every letter whose bytes are not those that were issued, or that says something else than the book."""
    kept = issued_letter_document.c
    letter = dunning_letter.c
    columns = (kept.pdf, kept.sha256, kept.size, kept["items"], letter.number, letter.currency_iso_code, letter.total)
    sums = (letter.principal, letter.unapplied, letter.fee, letter.interest)
    joined = issued_letter_document.join(dunning_letter, letter.id == kept.dunning_letter_id)
    asked = select(letter.id, *columns, *sums).select_from(joined).order_by(letter.id)
    items = _item_counts(connection)
    for row in connection.execution_options(yield_per=_AT_A_TIME).execute(asked):
        name = f"Letter {row.number}"
        found = hashlib.sha256(bytes(row.pdf)).hexdigest()
        if found != row.sha256 or len(row.pdf) != row.size:
            issued = f"{row.size:,} bytes, {row.sha256[:12]}…"
            yield Finding(name, "its PDF", f"{len(row.pdf):,} bytes, {found[:12]}…", issued, _FROM_A_BACKUP)
        yield from _said(name, row, items.get(row.id, 0))
    yield from _not_kept(connection)


def _item_counts(connection: Connection) -> dict[int, int]:
    item = dunning_letter_item.c
    counted = select(item.dunning_letter_id, func.count()).where(item.level_after.is_not(None))
    return {row[0]: row[1] for row in connection.execute(counted.group_by(item.dunning_letter_id))}


def _said(name: str, row: Any, count: int) -> Iterator[Finding]:
    """Hold what the document says it asks for against the letter in the book."""
    try:
        sections = json.loads(row.items)["sections"]
        read = {one: sum((Decimal(part[one]) for part in sections), ZERO) for one in (*_SUMS, "to_pay")}
        asked = [Decimal(item["Asked"]) for part in sections for item in part["items"]]
    except (ValueError, TypeError, LookupError, ArithmeticError):
        yield Finding(name, "what it asked for", "unreadable", "its items as JSON", _FROM_A_BACKUP)
        return
    pairs = [(f"{one} in the document", read[one], getattr(row, one)) for one in _SUMS]
    pairs += [("total in the document", read["to_pay"], row.total)]
    pairs += [("what its items ask for in the document", sum(asked, ZERO), row.principal)]
    for found in differences(name, row.currency_iso_code, pairs):
        yield Finding(found.record, found.field, found.stored, found.proved, _FROM_A_BACKUP)
    if len(asked) != count:
        yield Finding(name, "items in the document", str(len(asked)), str(count), _FROM_A_BACKUP)


def _not_kept(connection: Connection) -> Iterator[Finding]:
    """A letter that a run of this program issued is kept, where others of its run are."""
    kept, letter, other = issued_letter_document.c, dunning_letter.c, dunning_letter.alias().c
    runs = select(other.dunning_run_id).where(other.id.in_(select(kept.dunning_letter_id)))
    missing = select(letter.number).where(
        letter.dunning_run_id.in_(runs), letter.id.not_in(select(kept.dunning_letter_id))
    )
    for number in connection.scalars(missing.order_by(letter.id)):
        yield Finding(f"Letter {number}", "its PDF", "missing", "kept as it was issued", _FROM_A_BACKUP)


def prove_deliveries(connection: Connection) -> Iterator[Finding]:
    """Give every mailed letter of which no message is known, and every letter that left twice on one way."""
    one, letter = letter_delivery.c, dunning_letter.c
    joined = letter_delivery.join(dunning_letter, letter.id == one.dunning_letter_id)
    unnamed = select(letter.number, one.address).select_from(joined)
    unnamed = unnamed.where(one.status == "Sent", one.channel == "mail", func.coalesce(one.message_id, "") == "")
    for number, address in connection.execute(unnamed.order_by(one.id)):
        yield Finding(f"Letter {number}", f"the message to {address}", "", "the Message-ID it was sent with", _ASK)
    sent = func.sum(case((one.status == "Sent", 1), else_=0))
    twice = select(letter.number, one.channel, sent).select_from(joined).group_by(letter.id, letter.number, one.channel)
    for number, channel, count in connection.execute(twice.having(sent > 1).order_by(letter.id)):
        yield Finding(f"Letter {number}", f"sent by {channel}", f"{count} times", "once", _ASK)


def prove_charges(connection: Connection) -> Iterator[Finding]:
    """Give every letter whose fee or interest is not the invoice it points to, and invoices that point to none."""
    letter, over = dunning_letter.c, invoice.c
    for what, amount, key in (
        ("fee", letter.fee, letter.fee_invoice_id),
        ("interest", letter.interest, letter.interest_invoice_id),
    ):
        joined = dunning_letter.outerjoin(invoice, over.id == key)
        columns = (letter.number, letter.status, letter.currency_iso_code, letter.account_id, amount.label("amount"))
        theirs = (over.document_number, over.reference_entity_id, over.billing_account_id, over.total_amount_with_tax)
        asked = select(*columns, *theirs, over.currency_iso_code.label("code"), over.status.label("state"))
        for row in connection.execute(asked.select_from(joined).where(key.is_not(None)).order_by(letter.id)):
            yield from _charge(what, row)
    unnamed = (letter.fee_invoice_id.is_distinct_from(over.id), letter.interest_invoice_id.is_distinct_from(over.id))
    joined_to = invoice.join(dunning_letter, letter.number == over.reference_entity_id)
    strays = select(over.document_number, letter.number).select_from(joined_to)
    issued = and_(letter.dunning_run_id.is_not(None), over.posted_at.is_not(None))
    for number, of_letter in connection.execute(strays.where(issued, *unnamed).order_by(over.id)):
        yield Finding(f"Invoice {number}", "its letter", of_letter, "one that charges it", _CANCEL)


def _charge(what: str, row: Any) -> Iterator[Finding]:
    name, code = f"Letter {row.number}", row.currency_iso_code
    number = row.document_number or "that is not in the book"
    if row.reference_entity_id != row.number:
        stored = f"invoice {number}, which refers to {row.reference_entity_id or 'nothing'}"
        yield Finding(name, f"its {what}", stored, "an invoice that refers to it", _CANCEL)
        return
    if (row.billing_account_id, row.code) != (row.account_id, code):
        stored = f"invoice {number}, of another account or in {row.code}"
        yield Finding(name, f"its {what}", stored, "one of its account and currency", _CANCEL)
    for found in differences(name, code, [(f"{what}, invoice {number}", row.total_amount_with_tax, row.amount)]):
        yield Finding(found.record, found.field, found.stored, found.proved, _CANCEL)
    if (row.state == "Voided") is not (row.status == "Cancelled"):
        yield Finding(name, f"its {what}", f"invoice {number}, {row.state.lower()}", f"as the letter: {row.status}")


LETTER_PROOFS = (
    ("letters against the documents they were issued as", issued_letter_document, prove_documents),
    ("deliveries, each once and named", letter_delivery, prove_deliveries),
    ("fees and interest against their letters", dunning_letter, prove_charges),
)
"""Each with its name and the table whose records it goes over."""
