"""How a figure of one record is made up: its events, days or lines, as of a day and as known then."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.dossier import Dossier
from duedesk.domain.explaining.figures import DAYS, EXPLAINED, Explanation, RecordFigure, Step, stood_in_words, summed
from duedesk.domain.explaining.telling import applied_steps, balance_steps, refunded_steps
from duedesk.domain.filters import Filter
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.explaining.days import explain_days, explain_total
from duedesk.store.queries.explaining.dossiers import dossiers_of
from duedesk.store.queries.lists import listing

_NUMBERS = {"Invoice": "DocumentNumber", "Payment": "PaymentNumber", "CreditMemo": "DocumentNumber"}


def explain_record(connection: Connection, figure: RecordFigure) -> Explanation:
    """Tell of a field of a record; RequestError where it is made of no events, or the record is not there."""
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
