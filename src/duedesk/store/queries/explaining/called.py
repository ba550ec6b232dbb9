"""Which figure is meant by what people call it: a record's number and a field, a row of an aging and a bucket."""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from duedesk.domain.aging import AgingRequest, AgingRow
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.figures import AgingFigure, RecordFigure
from duedesk.domain.grouping import ACCOUNT, label_of, lowered
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.aging.figures import open_aging
from duedesk.store.queries.aging.since import currencies_there
from duedesk.store.queries.called import record_called
from duedesk.store.queries.records.payment import currencies_of

BALANCE, UNAPPLIED, DISPUTED, OPEN = "balance", "unapplied", "disputed", "open"


@dataclass(frozen=True, slots=True)
class PartCalled:
    """Which part of a row is meant: a bucket by its place, or what is unapplied, disputed, open; else its balance."""

    bucket: int | None = None
    is_unapplied: bool = False
    is_disputed: bool = False
    is_open: bool = False

    def of(self, figure: AgingFigure) -> AgingFigure:
        """Give this part of the row of a figure."""
        return replace(
            figure,
            bucket=self.bucket,
            is_unapplied=self.is_unapplied,
            is_disputed=self.is_disputed,
            is_open=self.is_open,
        )


def record_figure(connection: Connection, called: str, path: str, request: AgingRequest) -> RecordFigure:
    """Find a record by its number, and give one of its figures on the days of the request."""
    name, key = record_called(connection, called)
    return RecordFigure(name, key, path, request.as_of, request.known_on)


def account_figure(connection: Connection, called: str, request: AgingRequest, part: PartCalled) -> AgingFigure:
    """Find an account, and the one currency it is billed in; where there are several, one has to be named."""
    found = find_account(connection, called)
    by_account = replace(request, by=(ACCOUNT,))
    if request.currency is not None:
        return part.of(AgingFigure(by_account, (found.key,), request.currency))
    currencies = currencies_of(connection, found.key)
    if len(currencies) != 1:
        there = ", ".join(currencies) or "none"
        raise RequestError(f"{found.name} is billed in {there}.", "Name one currency: --currency EUR.")
    return part.of(AgingFigure(replace(by_account, currency=currencies[0]), (found.key,), currencies[0]))


def row_figure(
    connection: Connection, called: tuple[str, ...], request: AgingRequest, part: PartCalled, to: str | None
) -> AgingFigure:
    """Find a row of an aging by the names of its levels; where it stands in several currencies, one has to be named.

    What is converted `to` one currency needs none to be named.
    """
    if len(called) > len(request.by):
        raise RequestError("There are more keys than levels.", "Give one --key for each field of --by.")
    rows, keys = open_aging(connection, request).rows, []
    currencies: list[str] = []
    for path, name in zip(request.by, called, strict=False):
        wanted = name.strip().casefold()
        found = [one for one in rows if wanted in _names(one)]
        if not found:
            raise RequestError(f"No {lowered(label_of(path))} “{name}” has anything open on that day.")
        if len({one.key for one in found}) > 1:
            numbers = ", ".join(sorted(one.number or str(one.key) for one in found))
            raise RequestError(f"Several are called “{name}”: {numbers}.", "Give its number.")
        keys.append(found[0].key)
        currencies = sorted({one.currency for one in found})
        rows = tuple(inner for one in found for inner in one.parts)
    if len(currencies) > 1 and to is None:
        there = ", ".join(currencies)
        raise RequestError(f"“{called[-1]}” stands in {there}.", "Name one currency: --currency EUR, or --in EUR.")
    return part.of(AgingFigure(request, tuple(keys), currencies[0]))


def _names(row: AgingRow) -> set[str]:
    return {one.casefold() for one in (row.name, row.number, str(row.key)) if one}


def only_currency(connection: Connection) -> str:
    """Give the currency of the book where it has one; RequestError where one has to be named."""
    there = currencies_there(connection, None)
    if len(there) == 1:
        return there[0]
    said = ", ".join(there) or "none"
    raise RequestError(f"The book has invoices in {said}.", "Name one currency: --currency EUR.")


def bucket_called(text: str | None, request: AgingRequest) -> PartCalled:
    """Give which part is meant by the name of a bucket; all of it where none is given."""
    wanted = (text or BALANCE).strip().lower().replace("–", "-").replace(" ", "_")
    if wanted in {BALANCE, UNAPPLIED, DISPUTED, OPEN}:
        return PartCalled(None, wanted == UNAPPLIED, wanted == DISPUTED, wanted == OPEN)
    if wanted not in request.buckets.keys:
        known = ", ".join((*request.buckets.keys, DISPUTED, UNAPPLIED))
        raise RequestError(f"“{text}” is no bucket.", f"There are {known} and {OPEN}.")
    return PartCalled(request.buckets.keys.index(wanted))
