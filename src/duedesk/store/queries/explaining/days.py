"""How many days overdue or open an invoice is and from which day they count, and what a document's total is made of."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from duedesk.domain.days import in_words
from duedesk.domain.explaining.dossier import Dossier
from duedesk.domain.explaining.figures import Explanation, RecordFigure, Step, summed
from duedesk.domain.explaining.telling import instalment_sentences
from duedesk.domain.filters import Filter
from duedesk.domain.instalments import oldest_due
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.invoice import lines_of

_PATHS = ("IsDueDateDerived", "PaymentTerm.Name", "FullSettlementDate", "Status")


def explain_days(connection: Connection, figure: RecordFigure, told: Explanation, dossier: Dossier) -> Explanation:
    """Tell from which day to which the days are counted, and why."""
    if told.figure is None:
        return replace(told, said=(*told.said, "Nothing of it is open: it is not overdue."))
    asked = Filter(figure.as_of, known_on=figure.known_on)
    values: Any = listing.rows(connection, asked, _PATHS, [figure.key])[0].values
    is_derived, term, settled, status = values
    due = dossier.due or dossier.dated
    until = figure.as_of
    if figure.path == "DaysInvoiceOpen":
        begins, said = dossier.dated, [f"Dated {in_words(dossier.dated)}."]
        if settled is not None:
            until = settled
            said.append(f"Settled on {in_words(settled)}.")
        elif status == "Voided":
            said.append("Voided, never settled: its days are counted to the as-of date.")
    else:
        begins = oldest_due(dossier.figure, dossier.instalments, due)
        terms = f" by the term “{term}”" if term else ""
        derived = "; the source gave no due date, it was worked out" if is_derived else ""
        said = [f"Due {in_words(due)}{terms}{derived}."]
        said += instalment_sentences(dossier)
        if dossier.instalments:
            said.append(f"Counted from the oldest instalment that is open, due {in_words(begins)}.")
    days = (until - begins).days
    words = f"Days from {in_words(begins)} to {in_words(until)}"
    step = Step(words, dossier.number, begins, amount=Decimal(days), object=dossier.object, key=dossier.key)
    return replace(told, figure=Decimal(told.figure), said=(*told.said, *said), steps=summed([step]))


def explain_total(connection: Connection, told: Explanation, dossier: Dossier) -> Explanation:
    """Tell the lines that a total is made of, with their tax; of what has none, that it came whole."""
    lines = lines_of(connection, dossier.key) if dossier.object == "Invoice" else ()
    steps = [Step(one.name or one.type, on=dossier.dated, amount=one.amount + one.tax) for one in lines]
    if sum((step.amount or Decimal(0) for step in steps), Decimal(0)) != told.figure:
        came = dossier.in_order()[0]
        words, who = came.kind.value, came.who
        steps = [Step(words, dossier.number, came.on, came.recorded_at, who, told.figure, object=dossier.object)]
        steps = [replace(steps[0], key=dossier.key)]
    return replace(told, steps=summed(steps))
