"""Rates of exchange taken in from a CSV file: all of it or nothing; the same file twice changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Connection, and_, bindparam, select, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import Problem, RequestError
from duedesk.domain.rates import ONE, rate_to_units
from duedesk.exchange.amounts import DecimalMark
from duedesk.exchange.dates import DateStyle
from duedesk.exchange.rate_file import RateFile, ReadRate, base_of, read_rate_file
from duedesk.store.bulk import insert_rows
from duedesk.store.queries.rates import base_currency
from duedesk.store.tables.rates import dated_conversion_rate

AHEAD = timedelta(days=366)
"""How far ahead rates are taken that a company fixes for months to come."""

_JOURNALED = 200
"""Corrected rates that the journal names with what they were."""

_Known = Mapping[tuple[str, date], Decimal]


@dataclass(frozen=True, slots=True)
class RatesImport:
    """What became of a file; with problems nothing of it was taken."""

    file: str
    base: str
    made: int = 0
    corrected: int = 0
    unchanged: int = 0
    left_out: int = 0
    """Cells of a file with a column a currency that hold no rate."""
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)


def import_rates(
    workspace: Workspace,
    path: Path,
    *,
    base: str | None = None,
    dates: DateStyle | None = None,
    mark: DecimalMark | None = None,
) -> RatesImport:
    """Take a file of rates in; rates that are there and differ are corrected, and the journal says what they were.

    RequestError or Question where the file cannot be understood as a whole, or stands over another base than the
    book's rates; what is wrong with single rows comes back as problems.
    """
    if base is not None and not is_currency(base):
        raise RequestError(f"“{base}” is no currency.", "Write its code of three letters: EUR.")
    file = read_rate_file(path, latest=workspace.world.today() + AHEAD, dates=dates, mark=mark)
    with deed(workspace, "import_rates") as act:
        of_book = base_currency(act.connection)
        chosen = base_of(file, base, of_book)
        if of_book is not None and chosen != of_book:
            raise RequestError(
                f"The rates of the book stand over {of_book}, those of {file.name} over {chosen}.",
                f"Export them over {of_book}.",
            )
        problems = (*file.problems, *_not_one(file, chosen))
        if problems:
            return RatesImport(file.name, chosen, problems=problems)
        done = _take(act, file, chosen)
    if act.changes.journal_id is None:
        return done
    return replace(done, changes=replace(act.changes, objects=frozenset({"DatedConversionRate"})))


def _not_one(file: RateFile, base: str) -> tuple[Problem, ...]:
    return tuple(
        Problem(
            file.name,
            f"One {base} is one {base}, and not {one.rate:f}.",
            "Leave the row out, or say --base where the rates stand over another currency.",
            one.row,
            one.column,
        )
        for one in file.rates
        if one.currency == base and one.rate != ONE
    )


def _take(act: Deed, file: RateFile, base: str) -> RatesImport:
    given = [one for one in file.rates if one.currency != base]
    known = _known(act.connection)
    new = [one for one in given if (one.currency, one.on) not in known]
    corrected = [one for one in given if known.get((one.currency, one.on), one.rate) != one.rate]
    done = RatesImport(file.name, base, len(new), len(corrected), len(given) - len(new) - len(corrected), file.left_out)
    if not new and not corrected:
        return done
    also = f", {len(corrected):,} of them corrected" if corrected else ""
    count = len(new) + len(corrected)
    rates = "1 rate" if count == 1 else f"{count:,} rates"
    summary = f"{rates} of exchange over {base} taken from {file.name}{also}"
    was = {f"{one.currency} {one.on}": f"{known[one.currency, one.on]:f}" for one in corrected[:_JOURNALED]}
    _write(act, act.record(summary, {"before": was}), base, new, corrected)
    return done


def _known(connection: Connection) -> _Known:
    row = dated_conversion_rate.c
    found = connection.execute(select(row.iso_code, row.start_date, row.conversion_rate))
    return {(currency, on): rate for currency, on, rate in found}


def _write(act: Deed, entry: int, base: str, new: list[ReadRate], corrected: list[ReadRate]) -> None:
    insert_rows(
        act.connection,
        dated_conversion_rate,
        ("base_iso_code", "iso_code", "start_date", "conversion_rate", "journal_id"),
        ((base, one.currency, one.on.isoformat(), rate_to_units(one.rate), entry) for one in new),
    )
    if corrected:
        row = dated_conversion_rate.c
        place = and_(row.iso_code == bindparam("of"), row.start_date == bindparam("since"))
        change = update(dated_conversion_rate).where(place).values(conversion_rate=bindparam("is"), journal_id=entry)
        act.connection.execute(change, [{"of": one.currency, "since": one.on, "is": one.rate} for one in corrected])
