"""The columns of a list, made from the catalogue: path, label, width, how a value is shown; it draws nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.grouping import groupable
from duedesk.domain.objects import CATALOG


class Shown(Enum):
    """How the values of a column are drawn."""

    TEXT = auto()
    NUMBER = auto()
    """A document's number: people compare its last digits."""
    FIGURE = auto()
    BALANCE = auto()
    """What is open, with its currency behind it."""
    MONEY = auto()
    """Any other amount, with its currency behind it."""
    DAYS = auto()
    """Days overdue, with the square of their bucket, in which the dunning level stands where there is one."""
    STATUS = auto()
    """A pill."""
    LEVEL = auto()
    """A dunning level, as warm as it is high; nothing where there is none."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `path` leads from the object to the field; `stretches` takes the room that the others leave."""

    path: str
    label: str
    kind: Kind
    shown: Shown
    width: int
    sorts: bool = True
    stretches: bool = False

    @property
    def is_right(self) -> bool:
        """Tell whether the column stands flush right."""
        return self.shown in {Shown.FIGURE, Shown.BALANCE, Shown.MONEY, Shown.DAYS}

    @property
    def has_currency(self) -> bool:
        """Tell whether its values stand with their currency behind them."""
        return self.shown in {Shown.BALANCE, Shown.MONEY}

    @property
    def may_be_cut(self) -> bool:
        """Tell whether a value may end in an ellipsis; a figure or a date that is cut would be a wrong one."""
        return self.shown is Shown.TEXT and self.kind not in {Kind.DATE, Kind.DATETIME}

    @property
    def sorts_down_first(self) -> bool:
        """Tell whether the first click sorts from large to small: that is what one looks for in figures."""
        return self.is_right


CURRENCY = "CurrencyIsoCode"

_WIDTHS = {
    Kind.DATE: 106,
    Kind.DATETIME: 148,
    Kind.CURRENCY: 120,
    Kind.INT: 96,
    Kind.DOUBLE: 96,
    Kind.PERCENT: 96,
    Kind.BOOLEAN: 96,
}
_WIDTH, _STATUS_WIDTH, _MONEY_WIDTH, _NUMBER_WIDTH = 148, 120, 140, 128

_INVOICE = {
    "DocumentNumber": (Shown.NUMBER, 128),
    "BillingAccount.Name": (Shown.TEXT, 160),
    "SettlementStatus": (Shown.STATUS, 120),
    "DueDate": (Shown.TEXT, 106),
    "DaysInvoiceOverdue": (Shown.DAYS, 90),
    "TotalAmountWithTax": (Shown.FIGURE, 104),
    "Balance": (Shown.BALANCE, 140),
    "Status": (Shown.STATUS, 120),
    "CurrencyIsoCode": (Shown.TEXT, 88),
    "DunningLevel": (Shown.LEVEL, 66),
}
"""Columns of invoices that are more than their kind says."""

_SHORT = {"DunningLevel": "Level"}
"""What a narrow column is headed by."""

INVOICE_COLUMNS = tuple(_INVOICE)[:7]
"""The columns that a list of invoices begins with."""


def columns_of(object_name: str) -> tuple[Column, ...]:
    """Give every column that a list of an object can have, in the order of the catalogue."""
    return tuple(_column(object_name, path) for path in map(_path, CATALOG.object(object_name).read_fields))


def columns_for(object_name: str, paths: Sequence[str]) -> tuple[Column, ...]:
    """Give the columns of a list that shows these paths; amounts carry their currency where no column tells it."""
    tells_currency = any(path.rpartition(".")[2] == CURRENCY for path in paths)
    made = [_column(object_name, path) for path in dict.fromkeys(paths)]
    for at, column in enumerate(made):
        if column.kind is Kind.CURRENCY and column.shown is Shown.FIGURE and not tells_currency:
            made[at] = replace(column, shown=Shown.MONEY, width=_MONEY_WIDTH)
    if made and not any(column.stretches for column in made):
        wordy = [at for at, column in enumerate(made) if column.may_be_cut]
        widest = max(wordy, key=lambda at: _wordiness(made[at].path), default=None)
        if widest is not None:
            made[widest] = replace(made[widest], stretches=True)
    return tuple(made)


def groups_of(object_name: str) -> tuple[tuple[str, str], ...]:
    """Give what a list of an object can be grouped by, as path and label."""
    if object_name == "Invoice":
        return groupable()
    return tuple((field.name, field.label) for field in CATALOG.object(object_name).fields if field.group)


def _wordiness(path: str) -> int:
    """Say how much room a column of words can use: names most, what people write next."""
    name = path.rpartition(".")[2]
    if name in {"Comments", "Reason", "Description", "Body"}:
        return 2
    return 3 if name == "Name" else 1


def _path(field: Field) -> str:
    """Show a reference by the name of its record where the catalogue knows the record."""
    target = field.refers_to[0] if field.refers_to else ""
    return f"{field.relationship}.{CATALOG.object(target).name_field}" if CATALOG.has(target) else field.name


def _column(object_name: str, path: str) -> Column:
    way, field = CATALOG.follow(object_name, path)
    shown = Shown.FIGURE if field.is_figure else Shown.TEXT
    column = Column(path, _label(way, field), field.kind, shown, _WIDTHS.get(field.kind, _WIDTH))
    if field.kind is Kind.PICKLIST and field.name.endswith("Status"):
        column = replace(column, shown=Shown.STATUS, width=_STATUS_WIDTH)
    if field.name.endswith("Number"):
        column = replace(column, shown=Shown.NUMBER, width=_NUMBER_WIDTH)
    if object_name == "Invoice" and path in _INVOICE:
        shown, width = _INVOICE[path]
        column = replace(column, shown=shown, width=width, stretches=path == "BillingAccount.Name")
    return replace(column, sorts=field.sort, label=_SHORT.get(path, column.label))


def _label(way: tuple[Field, ...], field: Field) -> str:
    """Name a field of another record by that record, and alone where it is what the record is known by."""
    if not way:
        return field.label
    target = way[-1].refers_to[0]
    if field.name == CATALOG.object(target).name_field:
        return way[-1].label
    return f"{way[-1].label}, {field.label[:1].lower()}{field.label[1:]}"
