"""Whoever reads sees what owners, groups, shares and rules give them, in every question: held against plain Python.

Each book is read in three ways: from a file, from a server with one login for all, and with a login of one's own.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import Connection, select, union, update

from conftest import NOW
from duedesk.domain.access import Role, Standing, Visibility
from duedesk.domain.aging import AgingRequest
from duedesk.domain.changed_since import ChangesRequest, sums
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.explaining.figures import AgingFigure
from duedesk.domain.filters import Filter
from duedesk.domain.grouping import ACCOUNT, OWNER
from duedesk.domain.money import ZERO
from duedesk.domain.objects import CATALOG
from duedesk.language.queries import parse_query
from duedesk.store.book import Book, open_book
from duedesk.store.queries import soql
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.changes.since import changed_since
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.queries.explaining.figures import explain
from duedesk.store.queries.lists import listing
from duedesk.store.queries.open_items import open_items
from duedesk.store.queries.records.invoice import invoice_record
from duedesk.store.queries.records.payment import payment_record
from duedesk.store.queries.search import search
from duedesk.store.tables import METADATA
from duedesk.store.tables.ledger import application, credit_memo, payment
from duedesk.store.tables.party import owner
from duedesk.store.visible import OPEN_TO_ALL, views
from store.access.logins import keep_login, location_of
from store.access.teams import LAST_DAY, Team, open_by
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, aged, moment

DAYS_LOOKED_AT = (LAST_DAY, FIRST_DAY + timedelta(days=60))


@pytest.fixture(params=["file", "shared login", "own login"])
def way(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def kept(request: pytest.FixtureRequest, way: str) -> Book:
    """An empty book, kept in one of the ways."""
    empty: Book = request.getfixturevalue("file_book" if way == "file" else "server_book")
    return empty


@contextmanager
def read_by(book: Book, team: Team, user: str, way: str) -> Iterator[Book]:
    """Give the book as a user opens it."""
    if way == "own login":
        keep_login(book, user, team.roles[user])
        with closing(open_book(location_of(book, user), now=NOW, user=user)) as own:
            assert own.is_enforced
            yield own
    else:
        other = Book(book.location, book.engine, user)
        other._restricted = book._restricted  # whose connections so change from one user to the next
        yield other


def _team(book: Book, seed: int, visibility: Visibility) -> Team:
    with book.writing() as connection:
        return Team(connection, Random(seed), visibility).make()


@pytest.mark.parametrize(
    ("way", "seed", "visibility"),
    [
        *(("file", seed, Visibility.PRIVATE) for seed in range(3)),
        ("file", 9, Visibility.READ),
        ("shared login", 4, Visibility.PRIVATE),
        ("own login", 0, Visibility.PRIVATE),
        ("own login", 9, Visibility.READ),
    ],
    indirect=["way"],
)
def test_every_question_shows_what_is_theirs_and_nothing_else(
    kept: Book, way: str, seed: int, visibility: Visibility
) -> None:
    team = _team(kept, seed, visibility)
    hidden = 0
    # A server takes its time over each question: half of the people are enough there, now these and now those.
    users = list(team.users) if kept.is_file else list(team.users)[seed % 2 :: 2]
    for place, user in enumerate(users):
        seen = team.seen_by(user)
        hidden += len(team.ledger.invoices) - len(seen.invoices)
        with read_by(kept, team, user, way) as book:
            _check_lists(book, team, seen)
            _check_aging_of(book, seen, _requests(Random(seed))[place % 3])
            _check_cash(book, team, user, DAYS_LOOKED_AT[place % 2])
            if user == users[-1]:
                _check_changes(book, Random(seed))
    assert (hidden > 0) == (visibility is Visibility.PRIVATE), "the test has something to hide"


def test_ten_people_in_a_list_of_five_hundred(kept: Book, way: str) -> None:
    with kept.writing() as connection:
        team = Team(connection, Random(11)).make(500)
    for user in team.users:
        expected = {one.key for one in team.ledger.invoices if team.sees(user, one)}
        with read_by(kept, team, user, way) as book:
            assert set(book.ask(listing.keys, Filter(LAST_DAY))) == expected
            assert sum(one.count for one in book.ask(listing.totals, Filter(LAST_DAY))) == len(expected)


def _check_lists(book: Book, team: Team, seen: RandomLedger) -> None:
    expected = {one.key for one in seen.invoices}
    assert set(book.ask(listing.keys, Filter(LAST_DAY))) == expected
    assert {row.key for row in book.ask(listing.rows, Filter(LAST_DAY), ["DocumentNumber"], range(1, 100))} == expected
    assert {one.key for one in book.ask(search, "I-", objects=["Invoice"], limit=1000)} == expected
    for as_of in DAYS_LOOKED_AT:
        totals = book.ask(listing.totals, Filter(as_of))
        assert {one.currency: one.balance for one in totals if one.balance} == open_by(seen.invoices, as_of)
    run = book.ask(propose, LAST_DAY + timedelta(days=60))
    told = {item.invoice_key for _, item in run.items} | {one.invoice_key for one in run.left_out}
    assert told <= expected, "a run speaks of what its reader sees"
    for one in team.ledger.invoices[:10]:
        if one.key in expected:
            assert book.ask(invoice_record, one.key, as_of=LAST_DAY).number == one.number
        else:
            with pytest.raises(RequestError):
                book.ask(invoice_record, one.key, as_of=LAST_DAY)


def _requests(random: Random) -> list[AgingRequest]:
    """Give what the users are asked for in turn: the last day, another, and one as it was known at some time."""
    days = [FIRST_DAY + timedelta(days=random.randrange(DAYS + 20)) for _ in range(2)]
    return [AgingRequest(days[0], moment(days[1], 23)), AgingRequest(LAST_DAY), AgingRequest(days[0])]


def _check_aging_of(book: Book, seen: RandomLedger, request: AgingRequest) -> None:
    with book.reading() as connection:
        totals = [_check_aging(connection, seen, request, by) for by in ((ACCOUNT,), (OWNER,))]
        items = list(open_items(connection, request))
    assert {sum(one.balance for one in items)} == set(totals)


def _check_changes(book: Book, random: Random) -> None:
    """What moved is what two agings differ by, and a total is explained, whatever is hidden."""
    asked = ChangesRequest(LAST_DAY, moment(FIRST_DAY + timedelta(days=random.randrange(DAYS))))
    with book.reading() as connection:
        moved = {one.currency: one.balance for one in sums(changed_since(connection, asked)) if one.balance}
        after, before = aging(connection, asked.aging), aging(connection, asked.aging_before)
        then = {row.currency: row.balance for row in before.totals}
        now = {row.currency: row.balance for row in after.totals}
        told = [explain(connection, AgingFigure(asked.aging, (), row.currency)) for row in after.totals]
    differ = {code: now.get(code, ZERO) - then.get(code, ZERO) for code in now.keys() | then.keys()}
    assert moved == {code: amount for code, amount in differ.items() if amount}
    assert all(one.holds for one in told)


def _check_aging(connection: Connection, seen: RandomLedger, request: AgingRequest, by: tuple[str, ...]) -> Decimal:
    shown = aging(connection, AgingRequest(request.as_of, request.known_on, by))
    assert shown.mismatches == ()
    found = {(row.key, row.currency): (list(row.buckets), row.unapplied) for row in shown.rows}
    expected = aged(seen, request, by_owner=by == (OWNER,))
    assert {key: value for key, value in found.items() if any(value[0]) or value[1]} == expected
    return sum((total.balance for total in shown.totals), ZERO)


def _check_cash(book: Book, team: Team, user: str, as_of: date) -> None:
    accounts = team.accounts_of(user)
    with book.reading() as connection:
        of_cash = union(select(payment.c.account_id), select(credit_memo.c.billing_account_id))
        assert set(connection.scalars(of_cash)) == accounts
        _check_records(connection, as_of)
        applied = set(connection.scalars(select(application.c.invoice_id)))
    assert applied == {one.key for one in team.ledger.invoices if one.applications and team.sees(user, one)}


def _check_records(connection: Connection, as_of: date) -> None:
    """What payments and credit memos say of themselves, in queries and whole, is what the aging says of them."""
    left = ZERO
    for name in ("Payment", "CreditMemo"):
        query = parse_query(f"SELECT Balance FROM {name}", CATALOG)
        balances = [row.values[0] for row in soql.answer(connection, query, as_of)]
        left += sum((one for one in balances if isinstance(one, Decimal)), ZERO)
    assert left == -sum(total.unapplied for total in aging(connection, AgingRequest(as_of)).totals)
    for key, balance in connection.execute(select(payment.c.id, payment.c.balance).limit(5)).all():
        assert payment_record(connection, key, as_of=LAST_DAY).balance == balance


def test_every_table_is_hidden_behind_a_view_or_open_to_all() -> None:
    hidden = set(views(Standing("ana"), "main")) - {"hidden_application"}
    assert hidden | OPEN_TO_ALL == set(METADATA.tables), "say in store/visible.py who sees the rows of a new table"
    assert hidden.isdisjoint(OPEN_TO_ALL)


def test_whoever_has_no_part_in_the_book_reads_nothing(file_book: Book) -> None:
    _team(file_book, 1, Visibility.WRITE)
    with closing(Book(file_book.location, file_book.engine, "mallory")) as other, pytest.raises(BookError) as refused:
        other.ask(listing.keys, Filter(date(2026, 1, 1)))
    assert str(refused.value) == (
        "book.duedesk does not know “mallory”, or no longer. Ask User 1 (Supervisor) or User 2 (Finance)."
    )


def test_rules_that_change_hold_for_the_next_question(file_book: Book) -> None:
    team = _team(file_book, 2, Visibility.PRIVATE)
    with closing(Book(file_book.location, file_book.engine, "user4")) as clerk:
        before = len(clerk.ask(listing.keys, Filter(LAST_DAY)))
        assert before < len(team.ledger.invoices)
        with file_book.writing() as connection:
            connection.execute(update(owner).where(owner.c.login == "user4").values(role=Role.AUDITOR))
        assert len(clerk.ask(listing.keys, Filter(LAST_DAY))) == len(team.ledger.invoices)
        with file_book.writing() as connection:
            connection.execute(update(owner).where(owner.c.login == "user4").values(role=Role.CLERK))
        assert len(clerk.ask(listing.keys, Filter(LAST_DAY))) == before
