"""What makes a figure of a document, step by step: its events told in order; which documents, it is told."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from duedesk.domain.aging import AgingRequest
from duedesk.domain.days import in_words
from duedesk.domain.explaining.dossier import Dossier, Event, EventKind
from duedesk.domain.explaining.figures import Step
from duedesk.domain.instalments import held
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO, grouped

_APPLYING = {EventKind.APPLIED, EventKind.UNAPPLIED}
_REFUNDING = {EventKind.REFUNDED, EventKind.REFUND_CANCELED}


def event_in_words(event: Event) -> str:
    """Say what happened: `Payment applied`, `Applied to invoice`, `Refunded`."""
    if event.kind not in _APPLYING or not event.other.kind:
        words = event.kind.value
    elif event.other.object == "Invoice":
        words = "Applied to" if event.kind is EventKind.APPLIED else "Unapplied from"
    else:
        words = f"{event.other.kind} {event.kind.value.lower()}"
    return f"{words} ({event.note})" if event.note else words


def balance_steps(dossier: Dossier, *, level: int = 0) -> Iterator[Step]:
    """Tell what is open of an invoice, or left of a payment or credit memo: what each event added to it."""
    before = ZERO
    for event, after in dossier.figures(dossier.in_order()):
        yield _step(dossier, event, after - before, level)
        before = after


def applied_steps(dossier: Dossier, source: str = "") -> Iterator[Step]:
    """Tell what was applied, less what was taken off again; of an invoice, from payments or from credit memos."""
    for event in dossier.in_order():
        if event.kind in _APPLYING and source in {"", event.other.object}:
            yield _step(dossier, event, -event.amount, 0)


def refunded_steps(dossier: Dossier) -> Iterator[Step]:
    """Tell what was given back of a payment."""
    for event in dossier.in_order():
        if event.kind in _REFUNDING:
            yield _step(dossier, event, -event.amount, 0)


def item_steps(dossier: Dossier, request: AgingRequest, bucket: int | None) -> Iterator[Step]:
    """Tell of an item of an aging: what of it lies in a bucket (None: all of it), and below it its events.

    What is left of a payment or credit memo counts against what is owed.
    """
    figure = dossier.figure
    if dossier.object != "Invoice":
        amount, about = -figure, f"{dossier.kind} not applied"
    elif bucket is None:
        amount, about = figure, due_in_words(dossier, request.as_of)
    else:
        amount, about = dossier.in_buckets(request, figure)[bucket], due_in_words(dossier, request.as_of)
    number, key = dossier.number, dossier.key
    yield Step(f"{about}, {dossier.account}", number, dossier.dated, amount=amount, object=dossier.object, key=key)
    yield from balance_steps(dossier, level=1)


def due_in_words(dossier: Dossier, as_of: date) -> str:
    """Say when an invoice is due and how late that is: `Due 20 Aug 2026, 95 days overdue`."""
    due = dossier.due or dossier.dated
    days = days_overdue(due, as_of)
    late = f"{days} day{'' if days == 1 else 's'} overdue" if days > 0 else "not due"
    parts = f" in {len(dossier.instalments)} instalments" if dossier.instalments else ""
    return f"Due {in_words(due)}{parts}, {late}"


def instalment_sentences(dossier: Dossier) -> Iterator[str]:
    """Say of each instalment when it is due and what of it is open."""
    parts = held(dossier.figure, dossier.instalments)
    for place, (one, open_) in enumerate(zip(dossier.instalments, parts, strict=True), 1):
        state = f"{grouped(open_, dossier.currency)} open" if open_ else "paid"
        yield f"Instalment {place}, due {in_words(one.due)}: {grouped(one.requested, dossier.currency)}, {state}."


def _step(dossier: Dossier, event: Event, amount: Decimal, level: int) -> Step:
    other = event.other
    return Step(
        what=event_in_words(event),
        number=other.number or (dossier.number if level == 0 else ""),
        on=event.on,
        recorded_at=event.recorded_at,
        who=event.who,
        amount=amount,
        object=other.object or dossier.object,
        key=dossier.key if other.key is None else other.key,
        level=level,
    )
