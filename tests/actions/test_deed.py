"""An action leaves all of its traces or none: history, changes, figures, and its entry in the journal."""

from decimal import Decimal

import pytest
from sqlalchemy import select, update

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.proof.history import broken_history
from duedesk.store.tables.following import history_entry, record_change
from duedesk.store.tables.ledger import invoice


@pytest.fixture
def key(book: Book) -> int:
    """An invoice of 100 euros."""
    with book.writing() as connection:
        build = Builder(connection)
        made = build.invoice("I-1", build.account(), "100.00", on="2026-01-01")
        build.settle()
        return made


def test_what_an_action_changes_is_in_history_and_changes(book: Book, world: World, key: int) -> None:
    with deed(Workspace(book, world), "describe_invoice") as act:
        act.hold("Invoice", [key])
        act.record("Invoice I-1 described")
        act.connection.execute(update(invoice).where(invoice.c.id == key).values(description="Rent"))
    assert act.changes.concern("Invoice")
    with book.reading() as connection:
        entry = connection.execute(select(history_entry)).one()
        assert (entry.field, entry.old_value, entry.new_value) == ("Description", None, "Rent")
        assert (entry.created_by, entry.action, entry.journal_id) == (
            "Ana Reyes",
            "describe_invoice",
            act.changes.journal_id,
        )
        change = connection.execute(select(record_change)).one()
        assert (change.object_name, change.record_key, change.change) == ("Invoice", key, "updated")
        assert connection.scalar(select(invoice.c.version)) == 2
        assert list(broken_history(connection)) == []


def test_figures_are_stated_and_their_change_is_kept(book: Book, world: World, key: int) -> None:
    with deed(Workspace(book, world), "pay") as act:
        (row,) = act.hold("Invoice", [key])
        act.record("Payment applied")
        build = Builder(act.connection)
        money = build.payment(row.billing_account_id, "40.00", on="2026-01-05")
        act.made("Payment", money)
        build.apply(key, "40.00", on="2026-01-05", account=row.billing_account_id, payment=money)
    with book.reading() as connection:
        assert connection.scalar(select(invoice.c.balance)) == Decimal(60)
        fields = connection.execute(
            select(history_entry.c.field, history_entry.c.old_value, history_entry.c.new_value)
            .where(history_entry.c.object_name == "Invoice")
            .order_by(history_entry.c.id)
        ).all()
    assert fields == [("SettlementStatus", "Not Settled", "Partially Settled"), ("Balance", "100.00", "60.00")]


def test_an_action_that_fails_leaves_nothing(book: Book, world: World, key: int) -> None:
    def fail() -> None:
        with deed(Workspace(book, world), "describe_invoice") as act:
            act.hold("Invoice", [key])
            act.record("Invoice I-1 described")
            act.connection.execute(update(invoice).values(description="Rent"))
            raise RequestError("No.")

    with pytest.raises(RequestError):
        fail()
    with book.reading() as connection:
        assert connection.scalar(select(invoice.c.description)) is None
        assert connection.execute(select(history_entry)).all() == []


def test_a_record_that_is_gone_is_said_to_be(book: Book, world: World, key: int) -> None:
    with pytest.raises(RequestError, match="That invoice is no longer in the book"):  # noqa: SIM117
        with deed(Workspace(book, world), "describe_invoice") as act:
            act.hold("Invoice", [key + 1])
