"""What the head of an invoice says, as values; it asks nothing and draws nothing."""

from collections.abc import Iterator
from datetime import date

from duedesk.desk import format as written
from duedesk.desk.pages.record.sheets import imported_balance
from duedesk.desk.records.head import Fact, HeadFacts
from duedesk.domain.invoice import SettlementStatus
from duedesk.domain.life_cycle import Status
from duedesk.store.queries.records.invoice import InvoiceRecord
from duedesk.store.queries.records.whole_invoice import WholeInvoice

DERIVED = "The source gave no due date: it is the invoice date plus the terms, else the invoice date itself."

TOTAL, INVOICE_DATE, DUE_DATE, DISPUTED = "Total", "Invoice date", "Due date", "Disputed"
LEVEL, HELD, PROMISED = "Dunning level", "On hold", "Promised"


def head_of(whole: WholeInvoice) -> HeadFacts:
    """Give what the head says of an invoice."""
    record = whole.invoice
    number = "" if record.account_number == record.account else record.account_number
    is_open = record.days_overdue is not None
    return HeadFacts(
        number=record.number or "No number yet",
        status=_status(record),
        title=f"{record.account}  {number}".strip(),
        title_help="Open the account",
        figure=written.money(record.balance if is_open else record.total, record.currency),
        figure_name="Balance" if is_open else "Total",
        state=in_a_line(record),
        is_late=(record.days_overdue or 0) > 0,
        facts=(
            *((Fact(TOTAL, written.money(record.total, record.currency)),) if is_open else ()),
            Fact(INVOICE_DATE, written.day(record.invoice_date) or written.NOTHING),
            Fact(
                DUE_DATE,
                written.day(record.due_date) or written.NOTHING,
                "derived" if record.is_due_date_derived else "",
                DERIVED,
            ),
            *_disputed(whole),
            *_kept_back(whole),
        ),
        remark=_remark(whole),
    )


def _disputed(whole: WholeInvoice) -> tuple[Fact, ...]:
    """Give how much of what is open is disputed, and why."""
    if not whole.contested:
        return ()
    reasons = ", ".join(dict.fromkeys(one.reason for one in whole.standing_disputes))
    return (Fact(DISPUTED, f"{written.money(whole.contested, whole.invoice.currency)}, {reasons.lower()}"),)


def _kept_back(whole: WholeInvoice) -> Iterator[Fact]:
    """Give how far it was dunned, and what keeps letters back."""
    level = next((one.value for one in whole.invoice.fields if one.field.name == "DunningLevel"), None)
    if isinstance(level, int) and level:
        last = _held(whole.invoice, "LastDunnedDate")
        yield Fact(LEVEL, f"{level}, letter of {last}" if last else str(level))
    for hold in whole.standing_holds[:1]:
        more = len(whole.standing_holds) - 1
        yield Fact(
            HELD, f"until {written.day(hold.end)}, {hold.reason.lower()}" + (f" and {more} more" if more else "")
        )
    for promise in whole.open_promises[:1]:
        rest = written.money(promise.amount - promise.paid, promise.currency)
        yield Fact(PROMISED, f"{rest} for {written.day(promise.day)}")


def in_a_line(record: InvoiceRecord) -> str:
    """Say how late a record is; where nothing is owed, what became of it."""
    if record.days_overdue is not None:
        return written.due(record.days_overdue, record.due_date).partition(" · ")[0]
    if record.status == Status.VOIDED:
        return ": ".join(
            part for part in (f"Voided on {_held(record, 'VoidedDate')}", _held(record, "VoidReason")) if part
        )
    if record.settlement_status == SettlementStatus.SETTLED:
        on = next((one.value for one in record.fields if one.field.name == "FullSettlementDate"), None)
        return f"Settled on {written.day(on)}" if isinstance(on, date) else "Settled"
    return record.status


def _held(record: InvoiceRecord, name: str) -> str:
    value = next((one.value for one in record.fields if one.field.name == name), None)
    return written.day(value) if isinstance(value, date) else str(value or "")


def _status(record: InvoiceRecord) -> str:
    """Give the settlement of a debt, and the status of what is none: a draft, a voided invoice."""
    is_debt = record.settlement_status and record.settlement_status != SettlementStatus.NOT_APPLICABLE
    return (record.settlement_status if is_debt else record.status).capitalize()


def _remark(whole: WholeInvoice) -> str:
    """Say what should not be overlooked: a fault, what waits for somebody, a source that says otherwise."""
    record, waiting = whole.invoice, whole.waiting
    if record.status == Status.ERROR:
        return _held(record, "ErrorReason") or "It could not be posted."
    if waiting is not None:
        amount = written.money(waiting.amount, waiting.currency)
        reason = f", {waiting.reason}" if waiting.reason else ""
        return f"{waiting.requested_by} asks to write off {amount}{reason}: somebody else has to approve it."
    stated = imported_balance(record)
    if stated is None:
        return ""
    said, ours = (written.money(amount, record.currency) for amount in (stated, record.balance))
    return f"The source states a balance of {said}; payments and credits leave {ours}."
