"""The report of a list: what a filter finds, in the columns that are shown; it is read as it is written."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection

from duedesk.actions.workspace import Workspace
from duedesk.domain.catalog import Field
from duedesk.domain.days import in_words
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter, Value
from duedesk.domain.grouping import lowered
from duedesk.domain.listed import columns_of
from duedesk.domain.objects import CATALOG
from duedesk.domain.query_text import write_condition
from duedesk.domain.reports import Progress, ReportRequest, Stop
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.list import Listed, write_list
from duedesk.exchange.workbooks.specs import Heading
from duedesk.store.queries import listing

_CURRENCY = "CurrencyIsoCode"
_OWNER = "Owner.Name"
_TOTALS = {"TotalAmountWithTax": "total", "Balance": "balance"}
"""What the book adds up of invoices by itself."""


def produce_list(
    workspace: Workspace, request: ReportRequest, path: Path, *, progress: Progress, stop: Stop
) -> WorkbookFacts:
    """Write the records that the request's filter finds."""
    asked = request.where or Filter(request.as_of, known_on=request.known_on)
    paths, listed = _columns(asked.object, request.columns or columns_of(asked.object), request.one_sheet_per)
    split = {"": "", "currency": _CURRENCY, "owner": _OWNER}[request.one_sheet_per]
    with workspace.book.reading() as connection:
        return write_list(
            path,
            CATALOG.object(asked.object).plural,
            listed,
            _rows(connection, asked, paths),
            totals=_totals(connection, asked, paths, listed),
            heading=_heading(workspace, asked),
            making=Making(workspace.book.name, workspace.world.now(), progress, stop),
            one_sheet_per=listed[paths.index(split)].heading if split else "",
        )


def _rows(connection: Connection, asked: Filter, paths: Sequence[str]) -> Iterator[Sequence[Value]]:
    return (row.values for row in listing.stream(connection, asked, paths))


def _columns(object_name: str, shown: Sequence[str], one_sheet_per: str) -> tuple[list[str], list[Listed]]:
    """Give paths as the catalogue spells them and what stands above them; what is needed beside is put behind."""
    listed_object = CATALOG.object(object_name)
    found = [_followed(object_name, path) for path in shown]
    fields = {path: field for path, _, field in found}
    needed = [_CURRENCY] if listed_object.has_field(_CURRENCY) else []
    if one_sheet_per == "owner":
        needed.append(_OWNER)
    if one_sheet_per == "currency" and not needed:
        raise RequestError(f"{listed_object.plural} have no currency.", "Leave --one-sheet-per out.")
    found += [_followed(object_name, path) for path in needed if path not in fields]
    listed: dict[str, Listed] = {}
    taken: set[str] = set()
    for path, heading, field in found:
        if path in listed:
            continue
        unique = heading if heading.casefold() not in taken else f"{heading} ({path})"
        taken.add(unique.casefold())
        listed[path] = Listed(unique, field, is_currency=path == _CURRENCY)
    return list(listed), list(listed.values())


def _followed(object_name: str, path: str) -> tuple[str, str, Field]:
    """Give a path as the catalogue spells it, its heading and the field at its end."""
    way, field = CATALOG.follow(object_name, path.strip())
    if not field.is_read:
        raise RequestError(f"{field.name} has no value to show.", "It only makes conditions.")
    spelt = ".".join((*(step.relationship for step in way), field.name))
    if not way:
        return spelt, field.label, field
    if field.name == CATALOG.object(way[-1].refers_to[0]).name_field:
        return spelt, way[-1].label, field
    return spelt, f"{way[-1].label}, {lowered(field.label)}", field


def _totals(
    connection: Connection, asked: Filter, paths: Sequence[str], listed: Sequence[Listed]
) -> dict[tuple[str, str], Decimal]:
    """Give what the book says the list adds up to, which it says of invoices."""
    if asked.object != "Invoice":
        return {}
    headings = dict(zip(paths, listed, strict=True))
    totals: dict[tuple[str, str], Decimal] = {}
    for one in listing.totals(connection, asked):
        totals[one.currency, "Records"] = Decimal(one.count)
        for path, name in _TOTALS.items():
            if path in headings:
                totals[one.currency, headings[path].heading] = getattr(one, name)
    return totals


def _heading(workspace: Workspace, asked: Filter) -> Heading:
    where = write_condition(asked.where) if asked.where is not None else ""
    search = f"“{asked.search}”" if asked.search else ""
    known = f"known on {in_words(asked.known_on.date())}" if asked.known_on else ""
    said = (f"as of {in_words(asked.as_of)}", workspace.book.name, where, search, known)
    title = CATALOG.object(asked.object).plural
    return Heading(title, ", ".join(filter(None, said)), "", asked.as_of)
