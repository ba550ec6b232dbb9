"""The reports there are, what each is asked by and what it says unasked; it makes none and reads no text.

`REPORTS` is the one list of them: options of the terminal, the form of the desk and saved reports all come from it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest, Basis, Buckets
from duedesk.domain.errors import Cancelled
from duedesk.domain.filters import Filter
from duedesk.domain.languages import LANGUAGES

_Row = TypeVar("_Row")
_AT_A_TIME = 500

Progress = Callable[[int, int], None]
"""Hears how many rows are written, and of how many; 0 where that is not known."""

Stop = Callable[[], bool]
"""Tells whether somebody asked the work to stop."""


class ReportName(StrEnum):
    """The reports by the name they are asked for."""

    AGING = "aging"
    OPEN_ITEMS = "open-items"
    LIST = "list"
    STATEMENT = "statement"
    INVOICE_REGISTER = "invoice-register"
    CASH = "cash"
    UNAPPLIED = "unapplied"
    CREDITS = "credits"
    DUNNING_LOG = "dunning-log"
    DISPUTES = "disputes"
    ROLL_FORWARD = "roll-forward"
    METRICS = "metrics"
    CONCENTRATION = "concentration"
    ALLOWANCE = "allowance"
    REVENUE = "revenue"
    FORECAST = "forecast"

    @property
    def stem(self) -> str:
        """Give the name its modules bear: `open_items`."""
        return self.value.replace("-", "_")


class ParameterKind(StrEnum):
    """What a parameter is, which says how it is read and by what field it is asked for."""

    DAY = "day"
    PERIOD = "period"
    MOMENT = "moment"
    CURRENCY = "currency"
    OBJECT = "object"
    ACCOUNTS = "accounts"
    CONDITION = "condition"
    ORDER = "order"
    FIELDS = "fields"
    BUCKETS = "buckets"
    GROUPING = "grouping"
    CHOICE = "choice"
    COUNT = "count"
    FLAG = "flag"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a report is asked by. Values are texts as they are typed; `default` is what an empty one means."""

    name: str
    """As the terminal spells it: `as-of`."""
    kind: ParameterKind
    label: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    unsaid: str = ""
    """What an empty one means in a few words, where it has no default."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report: its name, its title, one sentence on what it says, and what it is asked by."""

    name: ReportName
    title: str
    sentence: str
    parameters: tuple[Parameter, ...]

    def parameter(self, name: str) -> Parameter | None:
        """Give the parameter of that name; None where the report has none."""
        return next((one for one in self.parameters if one.name == name), None)


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """A report with its parameters read; what a report does not take has its plain value here.

    `first_day` and `last_day` are the period, both days within; a report with a period always has both.
    `accounts` holds what accounts are named by (number, name or key); none means all of them. `where` is the list's
    filter with its day, search and order, `columns` are the paths it shows.
    """

    name: ReportName
    as_of: date
    first_day: date | None = None
    last_day: date | None = None
    known_on: datetime | None = None
    currency: str | None = None
    accounts: tuple[str, ...] = ()
    where: Filter | None = None
    columns: tuple[str, ...] = ()
    buckets: Buckets = DEFAULT_BUCKETS
    basis: Basis = Basis.DUE
    one_sheet_per: str = ""
    options: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Parameters of this report alone, as they are typed; a default stands for what was not said."""

    def option(self, name: str) -> str:
        """Give one of `options`; empty where it was not said and has no default."""
        return self.options.get(name, "")

    def has(self, name: str) -> bool:
        """Tell whether a flag among `options` is up."""
        return self.option(name) == YES

    def number(self, name: str) -> int:
        """Give a count among `options`."""
        return int(self.option(name))

    @property
    def aging(self) -> AgingRequest:
        """Give the aging that stands on the same day, in the same buckets."""
        return AgingRequest(self.as_of, self.known_on, basis=self.basis, buckets=self.buckets, currency=self.currency)

    @property
    def is_running(self) -> bool:
        """Tell whether its period is told of until the as-of date only; a schedule of revenue looks ahead of that."""
        return self.last_day is not None and self.last_day > self.as_of and self.name is not ReportName.REVENUE

    @property
    def period(self) -> tuple[date, date]:
        """Give the first and the last day of the period."""
        if self.first_day is None or self.last_day is None:
            raise ValueError(f"The report {self.name} has no period.")
        return self.first_day, self.last_day


YES = "yes"
"""What a flag says that is up."""
OF_A_DAY = "open-items"
"""The kind of a statement that no period counts for."""

AS_OF = Parameter(
    "as-of",
    ParameterKind.DAY,
    "As of",
    "the day to stand on: 2026-11-23, TODAY or LAST_MONTH, which is its end",
    "TODAY",
)
PERIOD = Parameter(
    "period",
    ParameterKind.PERIOD,
    "Period",
    "2026-10, 2026-Q3, 2026, 2026-10-01..2026-10-15 with both days, LAST_QUARTER ... (the last whole month)",
)
KNOWN_ON = Parameter(
    "known-on", ParameterKind.MOMENT, "Known on", "count only what had been recorded by then (all of it)"
)
CURRENCY = Parameter("currency", ParameterKind.CURRENCY, "Currency", "only this currency (all, never added together)")
ACCOUNTS = Parameter("account", ParameterKind.ACCOUNTS, "Accounts", "only this account, by number or name (all)")
BUCKETS = Parameter(
    "buckets", ParameterKind.BUCKETS, "Buckets", "the last day of each bucket but the oldest", "30,60,90"
)
BASIS = Parameter(
    "basis", ParameterKind.CHOICE, "Age from", "the date that age is counted from", "due", tuple(map(str, Basis))
)
SHEETS = Parameter(
    "one-sheet-per",
    ParameterKind.CHOICE,
    "One sheet per",
    "a sheet of details for each currency or each owner, instead of one for all",
    choices=("currency", "owner"),
    unsaid="one for all",
)
CURRENCY_SHEETS = replace(SHEETS, help="a sheet of details for each currency, not one for all", choices=("currency",))
WHERE = Parameter(
    "where", ParameterKind.CONDITION, "Filter", "a condition: \"DaysInvoiceOverdue > 30 AND Status = 'Posted'\" (all)"
)
LANGUAGE = Parameter(
    "language",
    ParameterKind.CHOICE,
    "Language",
    "the language it is written in (that of each customer's contact, else of the house)",
    choices=LANGUAGES,
    unsaid="the customer's",
)
_BY = Parameter(
    "by",
    ParameterKind.GROUPING,
    "By",
    "what a row is: account, parent, owner, currency, country, term or any field that groups; two levels deep",
    "account",
)
_IN = Parameter("in", ParameterKind.CURRENCY, "Converted to", "converted to this currency at the rates of the day")
_APART = Parameter(
    "apart-disputed",
    ParameterKind.FLAG,
    "Disputed apart",
    "what is contested in a column of its own, out of its bucket",
)
_MONTHS_HELP = PERIOD.help.partition(" (")[0]
_ON_A_DAY = (AS_OF, KNOWN_ON, CURRENCY)
_OVER_TIME = (PERIOD, AS_OF, KNOWN_ON, CURRENCY)

_ALL = (
    Report(
        ReportName.AGING,
        "Aging",
        "Who owes what and how late it is: a summary that calculates from its detail.",
        (AS_OF, KNOWN_ON, _BY, BASIS, BUCKETS, CURRENCY, _APART, _IN, SHEETS),
    ),
    Report(
        ReportName.OPEN_ITEMS,
        "Open items",
        "Every open invoice and all that is not applied, with columns for finance to write in.",
        (*_ON_A_DAY, ACCOUNTS, BASIS, BUCKETS, SHEETS),
    ),
    Report(
        ReportName.LIST,
        "List",
        "The records a filter finds, in the columns and the order of the list.",
        (
            AS_OF,
            KNOWN_ON,
            Parameter(
                "object", ParameterKind.OBJECT, "Records", "what is listed: Invoice, Payment, Account", "Invoice"
            ),
            WHERE,
            Parameter("columns", ParameterKind.FIELDS, "Columns", "the fields to give, in this order"),
            Parameter("order-by", ParameterKind.ORDER, "Order", 'fields to sort by: "Balance DESC, DueDate"'),
            Parameter("search", ParameterKind.TEXT, "Search", "text in numbers, references or the account"),
            SHEETS,
        ),
    ),
    Report(
        ReportName.STATEMENT,
        "Statement of account",
        "What an account owes, open items or all that moved in a period; one account or many.",
        (
            *_OVER_TIME,
            ACCOUNTS,
            Parameter(
                "kind",
                ParameterKind.CHOICE,
                "Kind",
                "open items, or opening balance, activity and closing balance",
                "open-items",
                ("open-items", "activity"),
            ),
            Parameter(
                "files",
                ParameterKind.CHOICE,
                "Files",
                "one file for all accounts, a sheet each, or a file each",
                "one",
                ("one", "each"),
            ),
            LANGUAGE,
        ),
    ),
    Report(
        ReportName.INVOICE_REGISTER,
        "Invoice register",
        "Every invoice dated in a period with net, tax and total, and those voided.",
        (*_OVER_TIME, ACCOUNTS, SHEETS),
    ),
    Report(
        ReportName.CASH,
        "Cash received and applied",
        "Every payment of a period, and the invoices it was put on.",
        (*_OVER_TIME, ACCOUNTS, SHEETS),
    ),
    Report(
        ReportName.UNAPPLIED,
        "Unapplied cash and credits",
        "Payments and credit memos that are not on an invoice yet, with their age.",
        (*_ON_A_DAY, ACCOUNTS, BUCKETS, SHEETS),
    ),
    Report(
        ReportName.CREDITS,
        "Credit memos and write-offs",
        "What was given up in a period, by reason.",
        (*_OVER_TIME, ACCOUNTS, SHEETS),
    ),
    Report(
        ReportName.DUNNING_LOG,
        "Dunning log",
        "Every dunning letter of a period: level, amounts, fee, how it left.",
        (*_OVER_TIME, ACCOUNTS, SHEETS),
    ),
    Report(
        ReportName.DISPUTES,
        "Disputes and promises",
        "What customers contest and what they promised to pay, and whether they kept it.",
        (*_ON_A_DAY, ACCOUNTS, SHEETS),
    ),
    Report(
        ReportName.ROLL_FORWARD,
        "Roll-forward",
        "Opening balance + invoiced − paid − credited − written off = closing balance.",
        (*_OVER_TIME, ACCOUNTS),
    ),
    Report(
        ReportName.METRICS,
        "Metrics",
        "DSO, best possible DSO, average days delinquent, CEI and countback DSO by month, each with its formula.",
        (
            *_ON_A_DAY,
            Parameter("months", ParameterKind.COUNT, "Months", "how many ends of months", "12"),
            Parameter("base-months", ParameterKind.COUNT, "Base months", "months whose invoices count for each", "3"),
        ),
    ),
    Report(
        ReportName.CONCENTRATION,
        "Concentration",
        "How much of what is open the largest accounts owe.",
        _ON_A_DAY,
    ),
    Report(
        ReportName.ALLOWANCE,
        "Allowance for doubtful debts",
        "A provision matrix by bucket with rates that can be changed (IFRS 9).",
        (
            *_ON_A_DAY,
            BUCKETS,
            SHEETS,
            Parameter(
                "rates",
                ParameterKind.CHOICE,
                "Loss rates",
                "those of the settings, or what was lost of open items of past days",
                "settings",
                ("settings", "history"),
            ),
        ),
    ),
    Report(
        ReportName.REVENUE,
        "Revenue schedule",
        "Each invoice line over its service period: billed, recognised and deferred by month.",
        (replace(PERIOD, help=_MONTHS_HELP, default="THIS_YEAR"), AS_OF, KNOWN_ON, CURRENCY, ACCOUNTS, CURRENCY_SHEETS),
    ),
    Report(
        ReportName.FORECAST,
        "Cash-in forecast",
        "Expected cash by week from due dates, promises and how each customer pays.",
        (*_ON_A_DAY, Parameter("weeks", ParameterKind.COUNT, "Weeks", "how many weeks ahead", "13")),
    ),
)

REPORTS: Mapping[ReportName, Report] = MappingProxyType({one.name: one for one in _ALL})
"""Every report by its name."""

PARAMETERS: Mapping[ReportName, tuple[Parameter, ...]] = MappingProxyType({one.name: one.parameters for one in _ALL})
"""What each report is asked by."""


def watched(rows: Iterable[_Row], progress: Progress, stop: Stop, total: int = 0) -> Iterator[_Row]:
    """Give rows as they are taken, tell how many there were, and raise Cancelled where it is to stop."""
    for number, row in enumerate(rows):
        if number % _AT_A_TIME == 0:
            if stop():
                raise Cancelled("Stopped; nothing was written.")
            progress(number, total)
        yield row


def unheard(_done: int, _total: int) -> None:
    """Hear of progress and do nothing."""


def unstopped() -> bool:
    """Never ask to stop."""
    return False
