"""Rows of a credit memo and its lines, made inside an action; whether it may be made was asked before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, insert, select, update

from duedesk.actions.cash.standing import Held
from duedesk.actions.deed import Deed
from duedesk.domain.applying import Side
from duedesk.domain.credit_memo import MemoLine, MemoTotals, totals
from duedesk.domain.money import ZERO
from duedesk.domain.names import tidy
from duedesk.domain.write_off import CATEGORY
from duedesk.store.bulk import Keys
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.ledger import credit_memo


@dataclass(frozen=True, slots=True)
class NewMemo:
    """A credit memo about to be made; one that is posted has its number."""

    key: int
    account_key: int
    account: str
    currency: str
    category: str
    source_action: str
    lines: tuple[MemoLine, ...]
    effective_date: date
    status: str = "Draft"
    number: str | None = None
    reason: str = ""
    description: str = ""
    source_invoice_key: int | None = None
    bill_to_contact_key: int | None = None
    owner_key: int | None = None

    @property
    def totals(self) -> MemoTotals:
        """Give what its lines add up to."""
        return totals(self.lines)

    @property
    def held(self) -> Held:
        """Give it as applying weighs it."""
        side = Side(
            "Credit memo",
            self.number or "",
            self.status,
            self.account_key,
            self.account,
            self.currency,
            self.totals.whole,
            self.effective_date,
        )
        return Held("CreditMemo", self.key, side)

    def posted(self, number: str) -> "NewMemo":
        """Give it as it is once posted."""
        return replace(self, status="Posted", number=number)


def memo_key(act: Deed) -> int:
    """Give the key of a memo to be made, known before the journal names it."""
    return Keys(act.connection).take(credit_memo, 1)[0]


def about_invoice(act: Deed, invoice: Held, lines: tuple[MemoLine, ...], on: date, why: tuple[str, str]) -> NewMemo:
    """Give a memo that credits a held invoice, a draft not yet written; `why` is its reason and description."""
    row, side, (reason, description) = invoice.row, invoice.side, map(tidy, why)
    return NewMemo(
        key=memo_key(act),
        account_key=side.account_key,
        account=side.account,
        currency=side.currency,
        category="Referenced",
        source_action="Invoice",
        lines=lines,
        effective_date=on,
        reason=reason,
        description=description,
        source_invoice_key=invoice.key,
        bill_to_contact_key=None if row is None else row.bill_to_contact_id,
        owner_key=None if row is None else row.owner_id,
    )


def single_line(name: str, amount: Decimal) -> tuple[MemoLine, ...]:
    """Give the one line of a memo that takes back no line of the bill."""
    return (MemoLine(amount, name=name),)


def write_memo(act: Deed, memo: NewMemo) -> int:
    """Write a memo and its lines; the action is recorded already."""
    is_posted = memo.status == "Posted"
    act.connection.execute(
        insert(credit_memo).values(
            id=memo.key,
            document_number=memo.number,
            billing_account_id=memo.account_key,
            bill_to_contact_id=memo.bill_to_contact_key,
            owner_id=memo.owner_key,
            status=memo.status,
            category=memo.category,
            reason_code=memo.reason or None,
            source_action=memo.source_action,
            currency_iso_code=memo.currency,
            credit_date=memo.effective_date,
            effective_date=memo.effective_date,
            posted_at=act.now if is_posted else None,
            total_amount=memo.totals.net,
            total_tax_amount=memo.totals.tax,
            total_amount_with_tax=memo.totals.whole,
            description=memo.description or None,
            source_invoice_id=memo.source_invoice_key,
            created_date=act.now,
            journal_id=act.journal_id,
        )
    )
    act.made("CreditMemo", memo.key)
    _write_lines(act, memo.key, memo.lines)
    return memo.key


def post_row(act: Deed, key: int, *, number: str, on: date) -> None:
    """Turn a stored draft or pending memo into a posted one."""
    act.connection.execute(
        update(credit_memo)
        .where(credit_memo.c.id == key)
        .values(document_number=number, status="Posted", posted_at=act.now, effective_date=on, credit_date=on)
    )


def void_row(act: Deed, key: int, *, reason: str, on: date) -> None:
    """Write that a posted memo is voided from a day on."""
    values = {"status": "Voided", "voided_date": on, "voided_at": act.now, "void_reason": reason}
    act.connection.execute(update(credit_memo).where(credit_memo.c.id == key).values(**values))


def cancel_row(act: Deed, key: int) -> None:
    """Write that a memo will never be posted."""
    act.connection.execute(update(credit_memo).where(credit_memo.c.id == key).values(status="Canceled"))


def source_of(act: Deed, key: int) -> list[int]:
    """Give the invoice that a memo credits, if it names one."""
    found = act.connection.scalar(select(credit_memo.c.source_invoice_id).where(credit_memo.c.id == key))
    return [] if found is None else [found]


def credited(act: Deed, invoice_key: int) -> Decimal:
    """Give what posted memos that refer to an invoice credit of it; what is written off is no credit of the bill."""
    own = (
        credit_memo.c.source_invoice_id == invoice_key,
        credit_memo.c.category == "Referenced",
        credit_memo.c.status == "Posted",
    )
    return act.connection.scalar(select(func.sum(credit_memo.c.total_amount_with_tax)).where(*own)) or ZERO


def written_off(act: Deed, invoice_key: int) -> Decimal:
    """Give what was written off of an invoice and not taken back."""
    own = (
        credit_memo.c.source_invoice_id == invoice_key,
        credit_memo.c.category == CATEGORY,
        credit_memo.c.status.not_in(("Voided", "Canceled")),
    )
    return act.connection.scalar(select(func.sum(credit_memo.c.total_amount_with_tax)).where(*own)) or ZERO


def _write_lines(act: Deed, key: int, lines: Sequence[MemoLine]) -> None:
    keys = list(Keys(act.connection).take(credit_memo_line, len(lines)))
    rows: list[dict[str, Any]] = [
        {
            "id": line_key,
            "credit_memo_id": key,
            "name": line.name,
            "type": line.type,
            "description": line.description or None,
            "line_amount": line.amount,
            "tax_rate": line.tax_rate,
            "tax_name": line.tax_name or None,
            "tax_code": line.tax_code or None,
            "tax_amount": line.tax,
            "related_line_id": None if line.related is None else keys[line.related],
            "invoice_line_id": line.invoice_line_key,
            "created_date": act.now,
            "journal_id": act.journal_id,
        }
        for line_key, line in zip(keys, lines, strict=True)
    ]
    # Charges first: the others refer to them.
    for is_charge in (True, False):
        some = [row for row in rows if (row["type"] == "Charge") == is_charge]
        if some:
            act.connection.execute(insert(credit_memo_line), some)
    for line_key in keys:
        act.made("CreditMemoLine", line_key)
