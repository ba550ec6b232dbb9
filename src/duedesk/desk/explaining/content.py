"""An explanation as rows of a panel: what happened, by how much, the sum so far; it draws and asks nothing."""

from datetime import date, datetime
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.desk.navigation import Destination, ShowCreditMemo, ShowExplanation, ShowInvoice, ShowPayment
from duedesk.desk.records.sheet import Sheet, column
from duedesk.desk.tables.columns import Shown
from duedesk.desk.tables.rows import ShownRow
from duedesk.domain.catalog import Kind
from duedesk.domain.explaining.figures import DAYS, PERCENT, Explanation, Step, in_units, left_out_in_words
from duedesk.domain.filters import Value

_COLUMNS = (
    column("on", "Effective", Kind.DATE, 88),
    column("what", "What", Kind.STRING, 120, stretches=True),
    column("amount", "Amount", Kind.CURRENCY, 64, Shown.FIGURE),
    column("running", "Sum", Kind.CURRENCY, 64, Shown.FIGURE),
)
_COLUMNS_OF_FORMULA = (
    _COLUMNS[1],
    column("amount", "Amount", Kind.CURRENCY, 84, Shown.FIGURE),
)
_INDENT = "    "

NO_STEPS = Sheet(_COLUMNS, (), "There is nothing to tell.")
"""What is shown where a figure cannot be explained."""


def sheet_of(told: Explanation, as_of: date) -> Sheet:
    """Give the steps as rows, each of which leads to its record; what is left out is the last."""
    if not told.is_sum:
        return _sheet_of_formula(told, as_of)
    rows = [_row(place, step, told.unit) for place, step in enumerate(told.steps)]
    leads_to = [_leads_to(step, as_of) for step in told.steps]
    if told.left_out:
        values: tuple[Value, ...] = (None, left_out_in_words(told), told.left_amount, told.ends_in)
        rows.append(_written(len(rows), values, told.unit))
        leads_to.append(None)
    return Sheet(_COLUMNS, tuple(rows), "No event makes it.", tuple(leads_to))


def _sheet_of_formula(told: Explanation, as_of: date) -> Sheet:
    """Give what is put into a formula as rows, each of which leads to how it is made up itself."""
    rows = [
        ShownRow(place, (_what(step), _text(step.amount, told.steps_in)), (_what(step), step.amount), told.steps_in)
        for place, step in enumerate(told.steps)
    ]
    leads_to = tuple(_leads_to(step, as_of) for step in told.steps)
    return Sheet(_COLUMNS_OF_FORMULA, tuple(rows), "Nothing is put into it.", leads_to)


def figure_in_words(told: Explanation) -> str:
    """Write the figure that is explained."""
    if told.figure is None:
        return "–"
    if told.unit in {DAYS, PERCENT}:
        return f"{in_units(told.figure)} {told.unit}"
    return written.money(told.figure, told.unit)


def proof_in_words(told: Explanation) -> str:
    """Say whether the steps make the figure."""
    if told.is_sum:
        return "The sum ends in the figure ✓" if told.holds else "The sum does not end in the figure"
    return "The formula gives the figure ✓" if told.holds else "The formula does not give the figure"


def in_words(step: Step) -> str:
    """Say a step in full: what happened, when it was recorded and by whom."""
    recorded = " by ".join(part for part in (_moment(step.recorded_at), step.who) if part)
    return "\n".join(part for part in (_what(step), recorded) if part)


def _what(step: Step) -> str:
    return " · ".join(part for part in (step.number, step.what) if part)


def _moment(at: datetime | None) -> str:
    return "" if at is None else f"Recorded {written.moment(at)} UTC"


def _row(place: int, step: Step, unit: str) -> ShownRow:
    values: tuple[Value, ...] = (step.on, f"{_INDENT * step.level}{_what(step)}", step.amount, step.running)
    return _written(place, values, unit)


def _written(place: int, values: tuple[Value, ...], unit: str) -> ShownRow:
    texts = tuple(_text(value, unit) for value in values[2:])
    on, what = values[:2]
    return ShownRow(place, (written.value(on, Kind.DATE, ""), str(what), *texts), values, unit)


def _text(value: Value, unit: str) -> str:
    if unit in {DAYS, PERCENT}:
        return in_units(value) if isinstance(value, Decimal) else ""
    return written.value(value, Kind.CURRENCY, unit)


def _leads_to(step: Step, as_of: date) -> Destination | None:
    if step.figure is not None:
        return ShowExplanation(step.figure)
    match step.object, step.key:
        case "Invoice", int() as key:
            return ShowInvoice(key, as_of)
        case "Payment", int() as key:
            return ShowPayment(key, as_of)
        case "CreditMemo", int() as key:
            return ShowCreditMemo(key, as_of)
        case _:
            return None
