"""Where the desk can go, as values: a click says it, the main window takes it there; no page is known here.

A destination that names a day, or a moment of knowledge, moves the desk there; one that names none keeps it.
"""

from dataclasses import dataclass
from datetime import date, datetime

from duedesk.domain.aging import AgingRequest
from duedesk.domain.explaining.figures import Figure
from duedesk.domain.filters import Filter


@dataclass(frozen=True, slots=True)
class Stand:
    """Where in time the reader stands: the day, and the moment up to which what was recorded counts (None: now)."""

    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ViewOfList:
    """A saved view of the list: its columns by their paths, none where they stay, and what its rows are grouped by."""

    key: int
    name: str
    columns: tuple[str, ...]
    group_by: str = ""
    is_own: bool = True
    is_shared: bool = False


@dataclass(frozen=True, slots=True)
class ShowInvoices:
    """The list of invoices; None keeps the list as it was left. `title` says in words what a click narrowed it to.

    Where it is a saved view, `view` says the rest of it.
    """

    asked: Filter | None = None
    title: str = ""
    view: ViewOfList | None = None


@dataclass(frozen=True, slots=True)
class ShowInvoice:
    """One invoice, by its key, as of a day; `known_on` None keeps what the desk stands on."""

    key: int
    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowPayment:
    """One payment, by its key, as of a day; `known_on` None keeps what the desk stands on."""

    key: int
    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowCreditMemo:
    """One credit memo, by its key, as of a day; `known_on` None keeps what the desk stands on."""

    key: int
    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowAccount:
    """One account, by its key, as of a day; `known_on` None keeps what the desk stands on."""

    key: int
    as_of: date
    known_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowAging:
    """The aging; None keeps it as it was left."""

    request: AgingRequest | None = None


@dataclass(frozen=True, slots=True)
class ShowForecast:
    """The forecast of cash, as it was left."""


@dataclass(frozen=True, slots=True)
class ShowLetter:
    """A reminder to one account, previewed as of a day."""

    account_key: int
    as_of: date


@dataclass(frozen=True, slots=True)
class ShowDunning:
    """The dunning run of the day, one view of it in front by its name; empty keeps the one that was."""

    view: str = ""


@dataclass(frozen=True, slots=True)
class ShowIssued:
    """Letters that were issued: one view of them by its name, or one letter by its key; empty keeps what was.

    `came_back` asks for a file of mail that came back.
    """

    view: str = ""
    letter: int | None = None
    came_back: bool = False


@dataclass(frozen=True, slots=True)
class ShowPolicies:
    """The dunning policies, and what a run would be by them."""


@dataclass(frozen=True, slots=True)
class ShowLetterTexts:
    """What dunning letters say, of a kind and in a language by their names; empty keeps what was shown."""

    kind: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class ShowReports:
    """The reports, one of them in hand by its name with what is said of its parameters; empty keeps what was."""

    name: str = ""
    said: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ShowTakeBack:
    """Taking a workbook back; without a file the page as it was left."""

    file: str = ""


@dataclass(frozen=True, slots=True)
class ShowImport:
    """Taking in files; empty asks for them."""

    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowQuery:
    """The result of a query as a list; empty asks for one. `title` and `view` are those of a saved view."""

    text: str = ""
    title: str = ""
    view: int | None = None


@dataclass(frozen=True, slots=True)
class ShowBatchRuns:
    """The batch runs, one of them in hand by its key; None takes the last."""

    key: int | None = None


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The settings of the book, one section of them in front by its name; empty keeps the one that was."""

    section: str = ""


@dataclass(frozen=True, slots=True)
class ShowChanges:
    """What changed since a moment, until what the desk knows; None keeps the moment that was, or takes all accounts."""

    account_key: int | None = None
    account: str = ""
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShowExplanation:
    """The events that make a figure, told beside the page that shows it."""

    figure: Figure


@dataclass(frozen=True, slots=True)
class GoBack:
    """The page before this one."""


Destination = (
    ShowInvoices
    | ShowInvoice
    | ShowPayment
    | ShowCreditMemo
    | ShowAccount
    | ShowAging
    | ShowForecast
    | ShowLetter
    | ShowDunning
    | ShowIssued
    | ShowPolicies
    | ShowLetterTexts
    | ShowReports
    | ShowTakeBack
    | ShowImport
    | ShowQuery
    | ShowBatchRuns
    | ShowSettings
    | ShowChanges
    | ShowExplanation
    | GoBack
)
