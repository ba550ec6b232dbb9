"""How a figure of a page is made up, asked of the ledger as of a day and as known then; the domain tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from duedesk.domain.dossier import Dossier
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining import (
    DAYS,
    EXPLAINED,
    MOST_STEPS,
    AgingFigure,
    Explanation,
    Figure,
    ListFigure,
    RecordFigure,
    Step,
    stood_in_words,
    summed,
)
from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.money import ZERO
from duedesk.domain.objects import CATALOG
from duedesk.domain.telling import applied_steps, balance_steps, refunded_steps
from duedesk.store.queries import listing
from duedesk.store.queries.dossiers import dossiers_of
from duedesk.store.queries.explaining_aging import explain_aging
from duedesk.store.queries.explaining_days import explain_days, explain_total

_NUMBERS = {"Invoice": "DocumentNumber", "Payment": "PaymentNumber", "CreditMemo": "DocumentNumber"}


def explain(connection: Connection, figure: Figure) -> Explanation:
    """Give how a figure is made up; RequestError where it is none that can be explained."""
    match figure:
        case RecordFigure():
            return _explain_record(connection, figure)
        case ListFigure():
            return _explain_list(connection, figure)
        case AgingFigure():
            return explain_aging(connection, figure)


def _explain_record(connection: Connection, figure: RecordFigure) -> Explanation:
    if figure.path not in EXPLAINED.get(figure.object, ()):
        known = ", ".join(EXPLAINED.get(figure.object, ())) or "figures of invoices, payments and credit memos"
        raise RequestError(f"“{figure.path}” is no figure that is made of events.", f"What can be explained: {known}.")
    described = CATALOG.object(figure.object)
    asked = Filter(figure.as_of, object=figure.object, known_on=figure.known_on)
    paths = (_NUMBERS[figure.object], "CurrencyIsoCode", figure.path)
    found = listing.rows(connection, asked, paths, [figure.key])
    if not found:
        hint = "Choose a later as-of or known-on date."
        raise RequestError(f"That {described.label.lower()} is not in the book on that day.", hint)
    values: Any = found[0].values
    number, currency, shown = values
    told = Explanation(
        title=f"{described.field(figure.path).label} of {described.label.lower()} {number or f'#{figure.key}'}",
        unit=currency,
        figure=shown,
        said=(stood_in_words(figure.as_of, figure.known_on),),
    )
    dossiers = dossiers_of(connection, [(figure.object, figure.key)], figure.as_of, figure.known_on)
    if not dossiers:
        return replace(told, figure=None, said=(*told.said, "It is not in the ledger: nothing is owed by it."))
    return _told(connection, figure, told, dossiers[0])


def _told(connection: Connection, figure: RecordFigure, told: Explanation, dossier: Dossier) -> Explanation:
    steps: Iterable[Step]
    match figure.path:
        case "DaysInvoiceOverdue" | "DaysInvoiceOpen":
            return explain_days(connection, figure, replace(told, unit=DAYS), dossier)
        case "TotalAmountWithTax" | "Amount":
            return explain_total(connection, told, dossier)
        case "Balance":
            steps = balance_steps(dossier)
        case "NetRefundApplied":
            steps = refunded_steps(dossier)
        case "NetPaymentsApplied":
            steps = applied_steps(dossier, "Payment")
        case "NetCreditsApplied" if dossier.object == "Invoice":
            steps = applied_steps(dossier, "CreditMemo")
        case _:
            steps = applied_steps(dossier)
    return replace(told, steps=summed(steps))


def _explain_list(connection: Connection, figure: ListFigure) -> Explanation:
    """Tell the first items of a list and the others as one line: however many there are, few are read."""
    described = CATALOG.object(figure.asked.object)
    in_currency = Compare("CurrencyIsoCode", Operator.EQ, figure.currency)
    asked = figure.asked.narrowed(in_currency)
    keys = listing.keys(connection, asked)
    first = [*keys[:MOST_STEPS]]
    dated = next(name for name in ("DueDate", "EffectiveDate", "CreatedDate") if described.has_field(name))
    owner = next(name for name in ("BillingAccountId", "AccountId") if described.has_field(name))
    whose = f"{described.field(owner).relationship}.Name"
    paths = (described.name_field, dated, figure.path, whose)
    steps = summed(
        Step(
            _text(row.values[3]) or described.label,
            _text(row.values[0]),
            _day(row.values[1]),
            amount=_amount(row.values[2]),
            object=described.name,
            key=row.key,
        )
        for row in listing.rows(connection, asked, paths, first)
    )
    total = _total(connection, asked, figure.path, keys)
    so_far = next((one.running for one in reversed(steps) if one.running is not None), ZERO)
    label = described.field(figure.path).label.lower()
    noun = described.label if len(keys) == 1 else described.plural
    return Explanation(
        title=f"Sum of {label}, {len(keys):,} {noun.lower()}",
        unit=figure.currency,
        figure=total,
        said=(stood_in_words(asked.as_of, asked.known_on),),
        steps=steps,
        left_out=len(keys) - len(first),
        left_amount=total - so_far if len(keys) > len(first) else ZERO,
        listed=asked,
    )


def _total(connection: Connection, asked: Filter, path: str, keys: Sequence[int]) -> Decimal:
    if asked.object == "Invoice" and path in {"Balance", "TotalAmountWithTax"}:
        totals = listing.totals(connection, asked)
        return sum((one.balance if path == "Balance" else one.total for one in totals), ZERO)
    return sum((_amount(row.values[0]) for row in listing.rows(connection, asked, [path], keys)), ZERO)


def _amount(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else ZERO


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _day(value: Any) -> Any:
    return value.date() if hasattr(value, "hour") else value
