"""Which figure is meant by what people call it: a record's number and a field, an account and a bucket."""

from dataclasses import replace

from sqlalchemy import Connection

from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining import AgingFigure, RecordFigure
from duedesk.domain.grouping import ACCOUNT
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.called import record_called
from duedesk.store.queries.payments import currencies_of

BALANCE, UNAPPLIED = "balance", "unapplied"


def record_figure(connection: Connection, called: str, path: str, request: AgingRequest) -> RecordFigure:
    """Find a record by its number, and give one of its figures on the days of the request."""
    name, key = record_called(connection, called)
    return RecordFigure(name, key, path, request.as_of, request.known_on)


def account_figure(
    connection: Connection, called: str, request: AgingRequest, bucket: int | None, *, is_unapplied: bool
) -> AgingFigure:
    """Find an account, and the one currency it is billed in; where there are several, one has to be named."""
    found = find_account(connection, called)
    by_account = replace(request, by=(ACCOUNT,))
    if request.currency is not None:
        return AgingFigure(by_account, (found.key,), request.currency, bucket, is_unapplied)
    currencies = currencies_of(connection, found.key)
    if len(currencies) != 1:
        there = ", ".join(currencies) or "none"
        raise RequestError(f"{found.name} is billed in {there}.", "Name one currency: --currency EUR.")
    return AgingFigure(replace(by_account, currency=currencies[0]), (found.key,), currencies[0], bucket, is_unapplied)


def bucket_called(text: str | None, request: AgingRequest) -> tuple[int | None, bool]:
    """Give the place of a bucket by its name, and whether it is what is not applied; None where all is meant."""
    wanted = (text or BALANCE).strip().lower().replace("–", "-").replace(" ", "_")
    if wanted in {BALANCE, UNAPPLIED}:
        return None, wanted == UNAPPLIED
    if wanted not in request.buckets.keys:
        raise RequestError(f"“{text}” is no bucket.", f"There are {', '.join(request.buckets.keys)} and {UNAPPLIED}.")
    return request.buckets.keys.index(wanted), False
