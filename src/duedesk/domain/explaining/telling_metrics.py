"""DSO and what goes with it told in words and numbers: the formula with what is put into it; it works nothing out."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from duedesk.domain.filters import Compare, Filter, Operator
from duedesk.domain.life_cycle import Status
from duedesk.domain.metrics import FORMULAS, KEY_FIGURES, MonthFigures
from duedesk.domain.money import grouped

_TENTH = Decimal("0.1")

OPENING, SALES, CLOSING, CURRENT = "opening", "sales", "closing", "current"

INPUTS: Mapping[str, tuple[str, ...]] = {
    "dso": (CLOSING, SALES),
    "best_possible_dso": (CURRENT, SALES),
    "add": (CLOSING, CURRENT, SALES),
    "cei": (OPENING, SALES, CLOSING, CURRENT),
    "percent_current": (CLOSING, CURRENT),
    "percent_overdue": (CLOSING, CURRENT),
}
"""The amounts that are put into the formula of each figure."""


def tenths(value: Decimal) -> str:
    """Write days or a share with one digit behind the point: `1,204.5`, `−0.4`."""
    return f"{value.quantize(_TENTH, ROUND_HALF_UP) + 0:,}".replace("-", "−")


def formula_sentences(name: str, month: MonthFigures) -> tuple[str, ...]:
    """Say the formula of a figure, and the same with the numbers put in, and what they give."""
    label, unit = KEY_FIGURES[name]
    value = month.key_figure(name)
    said = [f"{label} = {FORMULAS[name]}."]
    if value is None:
        return (*said, _WHY_NONE.get(name, "There is none: nothing was invoiced in the period."))
    if name in _IN_NUMBERS:
        said.append(f"= {_IN_NUMBERS[name](month)}")
        said.append(f"= {tenths(value)} {unit}")
    if CLOSING in INPUTS.get(name, ()) or name == "countback":
        said.append(f"Receivables: {FORMULAS['closing']}.")
    if SALES in INPUTS.get(name, ()):
        said.append(f"Invoiced: {FORMULAS['sales']}.")
    return tuple(said)


def invoiced(month: MonthFigures, known_on: datetime | None) -> Filter:
    """Give what finds the invoices of a period that were not voided by its end."""
    return Filter(month.end, known_on=known_on).narrowed(
        Compare("Status", Operator.IN, (Status.POSTED.value, Status.VOID_IN_PROGRESS.value)),
        Compare("InvoiceDate", Operator.GT, month.start),
        Compare("InvoiceDate", Operator.LE, month.end),
        Compare("CurrencyIsoCode", Operator.EQ, month.currency),
    )


_WHY_NONE = {
    "cei": "There is none: nothing was there to be collected.",
    "countback": "There is none: the invoices of twelve months do not use the receivables up.",
    "percent_current": "There is none: nothing is open.",
    "percent_overdue": "There is none: nothing is open.",
}


def _over_sales(amount: Decimal, month: MonthFigures) -> str:
    return f"{_said(amount, month)} ÷ {_said(month.sales, month)} × {month.days}"


def _delinquent(month: MonthFigures) -> str:
    return f"{_over_sales(month.closing, month)} − {_over_sales(month.current, month)}"


def _cei(month: MonthFigures) -> str:
    base = f"{_said(month.opening, month)} + {_said(month.sales, month)} ÷ {month.months}"
    return f"({base} − {_said(month.closing, month)}) ÷ ({base} − {_said(month.current, month)}) × 100"


def _of_open(part: Decimal, month: MonthFigures) -> str:
    return f"{_said(part, month)} ÷ {_said(month.closing, month)} × 100"


_IN_NUMBERS: Mapping[str, Callable[[MonthFigures], str]] = {
    "dso": lambda month: _over_sales(month.closing, month),
    "best_possible_dso": lambda month: _over_sales(month.current, month),
    "add": _delinquent,
    "cei": _cei,
    "percent_current": lambda month: _of_open(month.current, month),
    "percent_overdue": lambda month: _of_open(month.closing - month.current, month),
}


def _said(amount: Decimal, month: MonthFigures) -> str:
    return grouped(amount, month.currency)
