"""Invoices are assigned, shared by hand and by rule, and each says who has access and why."""

import pytest
from sqlalchemy import select

from actions.access.people import at_the_desk, keep_members, keep_person
from build import Builder
from conftest import USER
from duedesk.actions.access.sharing import (
    RuleDraft,
    assign_owner,
    delete_rule,
    save_rule,
    set_visibility,
    share,
    unshare,
)
from duedesk.actions.access.users import deactivate
from duedesk.actions.maintenance import check
from duedesk.actions.undo import redo_plan, undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Level, Role, Visibility
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.access import owner_key, shares_of, sharing_rules
from duedesk.store.queries.lists import listing
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import invoice


class Office:
    """Ana supervises; Bo and Cy are clerks, Cy in the queue North; I-1 and I-2 are Bo's. Nothing is public."""

    def __init__(self, book: Book, world: World) -> None:
        self.book, self.world = book, world
        self.desk = Workspace(book, world)
        self.ana = keep_person(book, USER, Role.SUPERVISOR)
        self.bo, self.cy = keep_person(book, "Bo", Role.CLERK), keep_person(book, "Cy", Role.CLERK)
        self.north = keep_person(book, "North", kind="Group")
        keep_members(book, self.north, self.cy)
        with book.writing() as connection:
            build = Builder(connection)
            acme = build.account()
            self.first = build.invoice("I-1", acme, "100", on="2026-01-01", owner=self.bo)
            self.second = build.invoice("I-2", acme, "50", on="2026-01-01", owner=self.bo)
            build.settle()
        set_visibility(self.desk, Visibility.PRIVATE)

    def seen_by(self, user: str) -> list[int]:
        """Give the invoices in somebody's list."""
        return sorted(at_the_desk(self.book, self.world, user).ask(listing.keys, Filter(self.world.today())))

    def access(self, key: int) -> list[tuple[str, str, str]]:
        """Give who has access to an invoice, how far and why."""
        return [(one.name, one.level, one.reason) for one in self.desk.ask(shares_of, key)]


@pytest.fixture
def office(book: Book, world: World) -> Office:
    return Office(book, world)


def test_an_invoice_given_to_a_queue_is_for_all_in_it(office: Office) -> None:
    assert office.seen_by("Cy") == []
    done = assign_owner(office.desk, [office.first, office.second], owner=office.north)
    assert (done.summary, done.concern("Invoice")) == ("2 invoices assigned to North", True)
    assert office.seen_by("Cy") == [office.first, office.second]
    assert office.seen_by("Bo") == []
    assert office.access(office.first) == [("North", "All", "Owner")]
    with office.book.reading() as connection:
        entries = connection.execute(select(history_entry.c.old_value, history_entry.c.new_value)).all()
    assert entries == [("Bo", "North")] * 2
    assert check(office.desk).findings == ()
    assert assign_owner(office.desk, [office.first], owner=office.north).journal_id is None


def test_what_nobody_owns_is_for_everybody(office: Office) -> None:
    assign_owner(office.desk, [office.first], owner=None)
    assert office.seen_by("Cy") == [office.first]
    assert office.access(office.first) == []


def test_whoever_has_left_is_given_nothing(office: Office) -> None:
    deactivate(office.desk, office.bo)
    with pytest.raises(RequestError, match="Bo has left"):
        assign_owner(office.desk, [office.first], owner=office.bo)
    with pytest.raises(RequestError, match="Bo has left"):
        share(office.desk, office.first, with_=office.bo)


def test_an_invoice_is_shared_by_hand_and_taken_back(office: Office) -> None:
    share(office.desk, office.first, with_=office.north)
    assert office.seen_by("Cy") == [office.first]
    assert office.access(office.first) == [("Bo", "All", "Owner"), ("North", "Read", "Manual")]
    assert share(office.desk, office.first, with_=office.north).journal_id is None
    share(office.desk, office.first, with_=office.north, level=Level.EDIT)
    assert office.access(office.first)[1] == ("North", "Edit", "Manual")
    unshare(office.desk, office.first, with_=office.north)
    assert office.seen_by("Cy") == []
    with pytest.raises(RequestError, match="not shared with them by hand"):
        unshare(office.desk, office.first, with_=office.north)
    with pytest.raises(RequestError, match="The invoice is Bo's own"):
        share(office.desk, office.first, with_=office.bo)
    with pytest.raises(RequestError, match="Shares give Read or Edit"):
        share(office.desk, office.first, with_=office.cy, level=Level.ALL)


def test_a_clerk_shares_nothing(office: Office) -> None:
    with pytest.raises(RequestError, match=r"Bo \(Clerk\) may not give invoices to others"):
        share(at_the_desk(office.book, office.world, "Bo"), office.first, with_=office.cy)


def test_a_rule_shares_what_somebody_owns(office: Office) -> None:
    rule = save_rule(office.desk, RuleDraft("Bo's for North", office.bo, office.north, Level.READ)).key
    assert office.seen_by("Cy") == [office.first, office.second]
    (shown,) = office.desk.ask(sharing_rules)
    assert (shown.name, shown.owned_by, shown.shared_with, shown.level) == ("Bo's for North", "Bo", "North", Level.READ)
    assert office.desk.ask(shares_of, office.first)[1].rule == "Bo's for North"
    save_rule(office.desk, RuleDraft("Bo's for North", office.bo, office.north, Level.EDIT), key=rule)
    assert office.access(office.first)[1] == ("North", "Edit", "Rule")
    with pytest.raises(RequestError, match="There is a sharing rule “Bo's for North” already"):
        save_rule(office.desk, RuleDraft("Bo's for North", office.cy, office.bo, Level.READ))
    delete_rule(office.desk, rule)
    assert office.seen_by("Cy") == []
    assert check(office.desk).findings == ()


def test_the_default_opens_and_closes_the_book(office: Office) -> None:
    for default, seen in ((Visibility.READ, 2), (Visibility.WRITE, 2), (Visibility.PRIVATE, 0)):
        assert set_visibility(office.desk, default).concern("Setting")
        assert len(office.seen_by("Cy")) == seen
    assert set_visibility(office.desk, Visibility.PRIVATE).journal_id is None


def test_what_was_given_is_given_back_by_undo(office: Office) -> None:
    assign_owner(office.desk, [office.first], owner=office.cy)
    assign_owner(office.desk, [office.first, office.second], owner=office.north)
    plan = undo_plan(office.desk)
    assert plan is not None
    assert plan.sentence == "Give 2 invoices back to whom they belonged."
    undo(office.desk, plan)
    with office.book.reading() as connection:
        assert connection.scalars(select(invoice.c.owner_id).order_by(invoice.c.id)).all() == [office.cy, office.bo]
    again = redo_plan(office.desk)
    assert again is not None
    undo(office.desk, again)
    assert office.seen_by("Cy") == [office.first, office.second]


def test_a_share_is_undone(office: Office) -> None:
    share(office.desk, office.first, with_=office.cy)
    for seen in ([], [office.first], []):
        plan = undo_plan(office.desk) if seen == [] else redo_plan(office.desk)
        assert plan is not None
        undo(office.desk, plan)
        assert office.seen_by("Cy") == seen


def test_people_are_found_by_name_and_login(office: Office) -> None:
    assert office.desk.ask(owner_key, "North") == office.north
    with pytest.raises(RequestError, match=r"There is no user or group “South”\. There is Ana Reyes, Bo, Cy, North"):
        office.desk.ask(owner_key, "South")
