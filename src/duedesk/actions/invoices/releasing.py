"""What lies on invoices about to be voided, and the credit memos that came from them: found, locked, taken off."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from duedesk.actions.cash import applying, events, standing
from duedesk.actions.deed import Deed
from duedesk.domain import discount, voiding
from duedesk.domain.applying import check_withdrawal
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import credit_memo


def credits_of(connection: Connection, keys: Sequence[int]) -> dict[int, list[voiding.Credit]]:
    """Give by invoice the posted memos that came from it."""
    came_from = chosen(connection, credit_memo.c.source_invoice_id, keys)
    found = connection.execute(
        select(credit_memo)
        .where(came_from, credit_memo.c.status.in_(("Posted", "Void In Progress")))
        .order_by(credit_memo.c.id)
    )
    credits_: dict[int, list[voiding.Credit]] = {}
    for row in found:
        amount = f"{grouped(row.total_amount_with_tax, row.currency_iso_code)} {row.currency_iso_code}"
        only_closed_it = row.category == "InvoiceWriteOff" or row.reason_code == discount.REASON
        credit = voiding.Credit(row.id, f"Credit memo {row.document_number} of {amount}", only_closed_it)
        credits_.setdefault(row.source_invoice_id, []).append(credit)
    return credits_


def invoices_under(act: Deed, memo_keys: Sequence[int]) -> list[int]:
    """Give the invoices that memos lie on, to be locked with the others."""
    return [key for memo_key in memo_keys for key in applying.invoices_under(act, "CreditMemo", memo_key)]


def taken_off(
    act: Deed, keys: Sequence[int], gone: Sequence[int], invoices: Mapping[int, standing.Held], on: date
) -> list[events.Event]:
    """Lock what lies on the invoices, and give the events that take it off, and the voided memos off every invoice."""
    puts = [put for key in keys for put in standing.standing(act.connection, source=("Invoice", key))]
    sources = applying.hold_sources(act, [*(put.source for put in puts), *(("CreditMemo", key) for key in gone)])
    for key in gone:
        check_withdrawal(sources["CreditMemo", key].side, on, "voided")
        puts += standing.standing(act.connection, source=("CreditMemo", key))
    lying = {put.row.id: put for put in puts}
    if any(put.row.invoice_id not in invoices for put in lying.values()):
        raise RequestError("A credit memo was applied elsewhere meanwhile.", "Try again.")
    return [events.take_off(put, put.standing.left, on, _comment(put, keys)) for _, put in sorted(lying.items())]


def _comment(put: standing.Put, voided: Sequence[int]) -> str:
    return f"Invoice {put.row.invoice} voided" if put.row.invoice_id in voided else "Credit memo voided"
