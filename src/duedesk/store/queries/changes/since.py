"""What changed since: it finds the documents that something was recorded of, and replays their events.

What one event moves depends on those before it, so that whole documents are read; how much is the domain's matter.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, select, union_all

from duedesk.domain.changed_since import Change, ChangesRequest, changes_of
from duedesk.domain.errors import RequestError
from duedesk.domain.explaining.dossier import Dossier
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.changes.plainly import AT_A_TIME, Hear, Told, told_plainly
from duedesk.store.queries.explaining.dossiers import SOURCE_OF, invoice_dossiers, source_dossiers
from duedesk.store.queries.unapplied import Source
from duedesk.store.queries.uncollected import nothing_collected
from duedesk.store.tables.crediting import refund
from duedesk.store.tables.hidden import hidden_application
from duedesk.store.tables.ledger import application, invoice

MOST = 100_000
"""Documents beyond which a person is asked to narrow the question: nobody reads that many lines."""

_Keys = Select[Any]


def changed_since(connection: Connection, request: ChangesRequest, hear: Hear = lambda *_: None) -> tuple[Change, ...]:
    """Give what moved a figure; RequestError where that is too much to be told.

    `hear` is told how many documents of how many were read, and may raise Cancelled.
    """
    touched: dict[str, tuple[Source | None, list[int]]] = {
        "Invoice": (None, _found(connection, _touched_invoices(request)))
    }
    for name, source in SOURCE_OF.items():
        touched[name] = source, _found(connection, _touched_sources(request, source))
    between = and_(
        _came(request, application.c.effective_date, application.c.recorded_at),
        *_of_account(request, application.c.account_id),
    )
    with nothing_collected():
        told = told_plainly(connection, request, touched, between, hear)
        replayed = _replayed(connection, Standpoint(request.as_of, request.until), told)
        changes = changes_of(request, replayed, told.leaves, told.changes)
    return changes if request.currency is None else tuple(one for one in changes if one.currency == request.currency)


def _replayed(connection: Connection, standpoint: Standpoint, told: Told) -> Iterator[Dossier]:
    """Give the documents that are not told yet, many at a time and never all."""
    for name, others in told.others.items():
        keys = sorted(others)
        for start in range(0, len(keys), AT_A_TIME):
            some = keys[start : start + AT_A_TIME]
            if name == "Invoice":
                yield from invoice_dossiers(connection, some, standpoint)
            else:
                yield from source_dossiers(connection, SOURCE_OF[name], some, standpoint)


def _found(connection: Connection, touched: Iterable[_Keys]) -> list[int]:
    every = union_all(*touched).subquery("touched")
    keys = list(connection.scalars(select(every.c[0]).distinct().limit(MOST + 1)))
    if len(keys) > MOST:
        raise RequestError(
            f"More than {MOST:,} records moved between the two moments.",
            "Choose moments that lie closer together, or one account.",
        )
    return keys


def _touched_invoices(request: ChangesRequest) -> tuple[_Keys, ...]:
    document = invoice.c
    own = _of_account(request, document.billing_account_id)
    return (
        select(document.id).where(_came(request, document.invoice_date, document.posted_at), *own),
        select(document.id).where(_came(request, document.voided_date, document.voided_at), *own),
        _applied(request, application.c.invoice_id, application),
    )


def _touched_sources(request: ChangesRequest, source: Source) -> tuple[_Keys, ...]:
    own = _of_account(request, source.account_id)
    key: ColumnElement[int] = source.table.c.id
    touched = [
        select(key).where(_came(request, source.effective_date, source.recorded), *own),
        select(key).where(_came(request, source.withdrawn_on, source.withdrawn_recorded), *own),
        _applied(request, source.reference, application),
        _applied(request, hidden_application.c[source.reference.name], hidden_application),
    ]
    if source.application_kind == "payment":
        given = refund.c
        theirs = _of_account(request, given.account_id)
        touched += [
            select(given.payment_id).where(_came(request, given.effective_date, given.created_date), *theirs),
            select(given.payment_id).where(
                _came(request, given.cancellation_effective_date, given.cancellation_date), *theirs
            ),
        ]
    return tuple(touched)


def _applied(request: ChangesRequest, reference: ColumnElement[int], events: FromClause) -> _Keys:
    own = _of_account(request, events.c.account_id)
    return select(reference).where(
        reference.is_not(None), _came(request, events.c.effective_date, events.c.recorded_at), *own
    )


def _of_account(request: ChangesRequest, column: ColumnElement[int]) -> tuple[ColumnElement[bool], ...]:
    return () if request.account_key is None else (column == request.account_key,)


def _came(request: ChangesRequest, on: ColumnElement[Any], recorded: ColumnElement[Any]) -> ColumnElement[bool]:
    """Give the condition that something was recorded in between, and counts by the as-of day."""
    until = () if request.until is None else (recorded <= request.until,)
    return and_(recorded > request.since, *until, on <= request.as_of)
