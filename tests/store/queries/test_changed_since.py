"""What changed since, on both databases: random ledgers, of which two agings differ by the events in between."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import Connection

from build import Builder
from duedesk.domain.aging import Aging, Basis
from duedesk.domain.changed_since import Change, ChangesRequest, sums
from duedesk.domain.errors import Cancelled
from duedesk.domain.explaining.dossier import EventKind
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.changes import since as changes
from duedesk.store.queries.changes.plainly import Told, Touched
from duedesk.store.queries.changes.since import changed_since
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment

Figures = dict[tuple[int | str | None, str], list[Decimal]]


def test_two_agings_differ_by_what_was_recorded_in_between(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(11)
    with book.writing() as connection:
        RandomLedger(Builder(connection), random).make()
    kinds: set[EventKind] = set()
    for _ in range(6):
        day = FIRST_DAY + timedelta(days=40 + random.randrange(DAYS))
        since = moment(FIRST_DAY + timedelta(days=random.randrange(DAYS)), random.randrange(24))
        until = since + timedelta(days=random.randrange(1, 60)) if random.random() < 0.7 else None
        asked = ChangesRequest(day, since, until, basis=random.choice(list(Basis)))
        with book.reading() as connection:
            found = changed_since(connection, asked)
            after, before = aging(connection, asked.aging), aging(connection, asked.aging_before)
        assert _moved(found) == _less(after, before)
        with monkeypatch.context() as replayed:  # whatever is told at once is what replaying the documents tells
            replayed.setattr(changes, "told_plainly", _nothing_told)
            assert found == book.ask(changed_since, asked)
        kinds |= {one.kind for one in found}
        for total in sums(found):
            of_it = [one for one in found if one.currency == total.currency]
            assert total.balance == sum(one.balance for one in of_it)
    assert kinds >= {EventKind.POSTED, EventKind.APPLIED, EventKind.UNAPPLIED, EventKind.RECEIVED, EventKind.CREDITED}


def test_a_back_dated_entry_is_marked_and_told_of_one_account(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme, other = build.account("Acme Ltd", "A-1"), build.account("Other", "O-1")
        key = build.invoice("I-1", acme, "100.00", on="2026-01-01", due="2026-01-31")
        build.invoice("I-2", other, "50.00", on="2026-02-03")
        money = build.payment(acme, "60.00", on="2026-01-31", recorded="2026-02-04", number="P-1")
        build.apply(key, "60.00", on="2026-01-31", account=acme, payment=money, recorded="2026-02-04")
        build.settle()
    asked = ChangesRequest(date(2026, 2, 10), moment(date(2026, 2, 1), 23), account_key=acme)
    received, applied = book.ask(changed_since, asked)

    assert (received.what, received.number, received.unapplied, received.is_back_dated) == (
        "Payment received",
        "P-1",
        -60,
        True,
    )
    assert (applied.what, applied.number, applied.account) == ("Payment P-1 applied", "I-1", "Acme Ltd")
    assert (applied.buckets, applied.unapplied, applied.balance) == ((0, -60, 0, 0, 0), 60, 0)
    every = book.ask(changed_since, ChangesRequest(date(2026, 2, 10), asked.since))
    assert [(one.number, one.is_back_dated) for one in every] == [("I-2", False), ("P-1", True), ("I-1", True)]
    assert [(one.balance, one.count, one.back_dated) for one in sums(every)] == [(-10, 3, 2)]
    assert book.ask(changed_since, ChangesRequest(date(2026, 1, 30), asked.since)) == ()


def _nothing_told(_: Connection, __: ChangesRequest, touched: Touched, *___: object) -> Told:
    return Told([], {name: {} for name in touched}, {name: set(keys) for name, (_, keys) in touched.items()}, set())


def test_a_reader_who_has_gone_stops_it(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        build.invoice("I-1", build.account("Acme Ltd"), "5.00", on="2026-02-03")
        build.settle()
    heard: list[tuple[int, int]] = []

    def hear(done: int, total: int) -> None:
        heard.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        book.ask(changed_since, ChangesRequest(date(2026, 2, 10), moment(date(2026, 2, 1))), hear)
    assert heard == [(1, 1)]


def _moved(found: tuple[Change, ...]) -> Figures:
    moved: Figures = defaultdict(lambda: [Decimal(0)] * 6)
    for one in found:
        row = moved[one.account_key, one.currency]
        for place, amount in enumerate((*one.buckets, one.unapplied)):
            row[place] += amount
    return {key: row for key, row in moved.items() if any(row)}


def _less(after: Aging, before: Aging) -> Figures:
    moved: Figures = defaultdict(lambda: [Decimal(0)] * 6)
    for shown, sign in ((after, 1), (before, -1)):
        for one in shown.rows:
            row = moved[one.key, one.currency]
            for place, amount in enumerate((*one.buckets, one.unapplied)):
                row[place] += sign * amount
    return {key: row for key, row in moved.items() if any(row)}
