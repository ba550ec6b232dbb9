"""Reference rates taken in from a CSV file: all of it or nothing; the same file twice changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import and_, bindparam, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.interest import shipped
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import Problem
from duedesk.domain.interest.reference_rates import ReferenceRate
from duedesk.domain.money import to_units
from duedesk.exchange.reference_rate_file import Told, read_reference_rates
from duedesk.store.bulk import insert_rows
from duedesk.store.queries.interest_kept import book_rates
from duedesk.store.tables.interest import reference_rate

AHEAD = timedelta(days=366)
"""How far ahead rates are taken that are announced or agreed before they hold."""


@dataclass(frozen=True, slots=True)
class ReferenceRatesImport:
    """What became of a file; with problems nothing of it was taken."""

    file: str
    made: int = 0
    corrected: int = 0
    unchanged: int = 0
    against_shipped: tuple[str, ...] = ()
    """Rates that take the place of another that came with the program, in words."""
    problems: tuple[Problem, ...] = ()
    changes: Changes = field(default_factory=Changes)


def import_reference_rates(workspace: Workspace, path: Path, told: Told | None = None) -> ReferenceRatesImport:
    """Take a file in; a rate of the book that differs is corrected, and the journal says what it was.

    RequestError or Question where the file cannot be understood as a whole; what is wrong with single rows comes back
    as problems. What comes with the program already, and is the same, is not kept twice.
    """
    file = read_reference_rates(path, shipped.series(), told or Told(), latest=workspace.world.today() + AHEAD)
    if file.problems:
        return ReferenceRatesImport(file.name, problems=file.problems)
    with deed(workspace, "import_reference_rates") as act:
        done = _take(act, file.name, file.rates)
    if act.changes.journal_id is None:
        return done
    return replace(done, changes=replace(act.changes, objects=frozenset({"ReferenceRate"})))


def _take(act: Deed, name: str, given: tuple[ReferenceRate, ...]) -> ReferenceRatesImport:
    own = _by_day(book_rates(act.connection))
    came = _by_day(shipped.rates())
    new = [
        one
        for one in given
        if (one.series, one.start) not in own
        and (came.get((one.series, one.start)) is None or came[one.series, one.start].percent != one.percent)
    ]
    differs = [one for one in given if own.get((one.series, one.start), one).percent != one.percent]
    against = tuple(
        f"{one.series} of {one.start}: {one.percent:f} in place of {came[one.series, one.start].percent:f}"
        for one in (*new, *differs)
        if (one.series, one.start) in came and came[one.series, one.start].percent != one.percent
    )
    unchanged = len(given) - len(new) - len(differs)
    done = ReferenceRatesImport(name, len(new), len(differs), unchanged, against)
    if new or differs:
        count = len(new) + len(differs)
        also = f", {len(differs)} of them corrected" if differs else ""
        was = {f"{one.series} {one.start}": f"{own[one.series, one.start].percent:f}" for one in differs}
        summary = f"{count:,} reference rate{'' if count == 1 else 's'} taken from {name}{also}"
        _write(act, act.record(summary, {"before": was, "against": list(against)}), new, differs)
    return done


def _by_day(rates: tuple[ReferenceRate, ...]) -> Mapping[tuple[str, date], ReferenceRate]:
    return {(one.series, one.start): one for one in rates}


def _write(act: Deed, entry: int, new: list[ReferenceRate], differs: list[ReferenceRate]) -> None:
    insert_rows(
        act.connection,
        reference_rate,
        ("series", "start_date", "percent", "source", "journal_id"),
        ((one.series, one.start.isoformat(), to_units(one.percent), one.source, entry) for one in new),
    )
    if differs:
        row = reference_rate.c
        place = and_(row.series == bindparam("of"), row.start_date == bindparam("since"))
        change = update(reference_rate).where(place)
        act.connection.execute(
            change.values(percent=bindparam("is"), source=bindparam("by"), journal_id=entry),
            [{"of": one.series, "since": one.start, "is": one.percent, "by": one.source} for one in differs],
        )
