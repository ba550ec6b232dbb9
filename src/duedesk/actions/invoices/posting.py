"""Invoices are posted: numbered, dated, made owed; many at once are posted by `batch_runs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, insert, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.converting import write_credit_memo
from duedesk.actions.invoices.posting_plan import Plan, plan
from duedesk.actions.invoices.series import lock_series, take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import later_amounts
from duedesk.store.bulk import Keys
from duedesk.store.tables.instalments import payment_schedule, payment_schedule_item
from duedesk.store.tables.ledger import credit_memo, invoice, invoice_line


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a posted invoice is called, and the credit memo of its negative lines where it has any."""

    invoice: str
    memo: str | None = None
    memo_key: int | None = None


def post(
    workspace: Workspace, keys: Sequence[int], *, on: date | None = None, convert_negative_lines: bool = False
) -> Changes:
    """Post invoices on a day (None: today), all of them or none; RequestError names what stands in the way of one.

    With `convert_negative_lines` negative lines become a posted credit memo; without it a negative total is refused.
    """
    if not keys:
        raise RequestError("There is nothing to post.", "Choose drafts.")
    with deed(workspace, "post") as act:
        rows = act.hold("Invoice", list(dict.fromkeys(keys)))
        day = on or act.today
        plans = [plan(act, row, on=day, convert_negative_lines=convert_negative_lines) for row in rows]
        lock_series(act, (want for one in plans for want in one.wants()))
        free = Keys(act.connection)
        numbers = [take_numbers(act, one, free) for one in plans]
        said = f"Invoice {numbers[0].invoice}" if len(numbers) == 1 else f"{len(numbers):,} invoices"
        memos = [one.memo_key for one in numbers if one.memo_key is not None]
        act.record(f"{said} posted", {"Invoice": [row.id for row in rows], **({"CreditMemo": memos} if memos else {})})
        for one, its_numbers in zip(plans, numbers, strict=True):
            write_posting(act, one, its_numbers)
    return act.changes


def take_numbers(act: Deed, plan: Plan, free: Keys) -> Numbers:
    """Take the numbers that posting an invoice needs, and a key for its memo; one that has a number keeps it."""
    row = plan.row
    number = row.document_number or take_number(act, "Invoice", plan.invoice_date, row.number_series_id)
    if not plan.converted:
        return Numbers(number)
    memo = take_number(act, "CreditMemo", plan.invoice_date)
    return Numbers(number, memo, free.take(credit_memo, 1)[0])


def write_posting(act: Deed, plan: Plan, numbers: Numbers) -> None:
    """Write a planned posting inside an action that is recorded."""
    _write_lines(act, plan)
    totals = {} if plan.totals is None else plan.totals.columns()
    early = plan.terms.discount
    act.connection.execute(
        update(invoice)
        .where(invoice.c.id == plan.row.id)
        .values(
            document_number=numbers.invoice,
            status="Posted",
            invoice_date=plan.invoice_date,
            due_date=plan.terms.due_date,
            is_due_date_derived=plan.terms.is_derived,
            posted_date=plan.posted_on,
            posted_at=act.now,
            payment_term_id=plan.term_key,
            discount_date=None if early is None else early.until,
            discount_amount=None if early is None else early.amount,
            error_reason=None,
            **totals,
        )
    )
    if len(plan.terms.parts) > 1 and not plan.row.should_exclude_payment:
        _write_schedule(act, plan, numbers.invoice)
    if numbers.memo is not None and numbers.memo_key is not None:
        write_credit_memo(act, plan, numbers.memo_key, numbers.memo, numbers.invoice)


def _write_lines(act: Deed, plan: Plan) -> None:
    """State what tax lies on each line and which were converted; their amounts are as they were drafted."""
    if not plan.lines:
        return
    rows = [{"line_key": line.key, **line.columns()} for line in plan.lines]
    names = rows[0].keys() - {"line_key"}
    stated = update(invoice_line).where(invoice_line.c.id == bindparam("line_key"))
    act.connection.execute(stated.values({name: bindparam(name) for name in names}), rows)


def _write_schedule(act: Deed, plan: Plan, number: str) -> None:
    row, parts = plan.row, plan.terms.parts
    head = {"invoice_id": row.id, "currency_iso_code": row.currency_iso_code, "journal_id": act.journal_id}
    (key,) = Keys(act.connection).take(payment_schedule, 1)
    act.connection.execute(
        insert(payment_schedule).values(
            id=key,
            payment_schedule_number=f"PS-{number}",
            status="Ready",
            total_requested_amount=sum(part.amount for part in parts),
            created_date=act.now,
            **head,
        )
    )
    act.made("PaymentSchedule", key)
    keys = list(Keys(act.connection).take(payment_schedule_item, len(parts)))
    act.connection.execute(
        insert(payment_schedule_item),
        [
            {
                "id": item_key,
                "payment_schedule_id": key,
                "position": place,
                "payment_schedule_item_number": f"{number}-{place}",
                "target_payment_processing_date": part.due,
                "requested_amount": part.amount,
                "later_amount": later,
                **head,
            }
            for place, (item_key, part, later) in enumerate(zip(keys, parts, later_amounts(parts), strict=True), 1)
        ],
    )
    for item_key in keys:
        act.made("PaymentScheduleItem", item_key)
