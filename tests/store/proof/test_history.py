"""The history cannot be changed unnoticed: whoever alters, removes, adds or rewrites an entry is found out."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, delete, insert, select, text, update

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.maintenance import check
from duedesk.actions.workspace import Workspace
from duedesk.domain.days import write_moment
from duedesk.domain.world import World
from duedesk.store import history, journal
from duedesk.store.book import Book
from duedesk.store.proof.book import prove
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry, history_seal
from duedesk.store.tables.ledger import invoice

TODAY = date(2026, 6, 1)
GUARDED = [(table, event) for table in ("history_entry", "history_seal") for event in ("update", "delete")]


@pytest.fixture
def described(book: Book, world: World) -> Book:
    """A book in which three actions have each changed two fields of one invoice."""
    with book.writing() as connection:
        build = Builder(connection)
        key = build.invoice(None, build.account(), "100.00", on="2026-01-01", status="Draft")
        build.settle()
    for said in ("Rent", "Rent, May", "Rent, June"):
        with deed(Workspace(book, world), "edit_draft") as act:
            act.hold("Invoice", [key])
            act.record("Draft edited")
            act.connection.execute(update(invoice).values(description=said, invoice_number=said.upper()))
    return book


def found(book: Book) -> list[str]:
    """Give what `check` says."""
    return book.ask(lambda connection: [str(one) for one in prove(connection, as_of=TODAY)])


def unguard(connection: Connection) -> None:
    """Take the guards away that the database itself puts before history and journal."""
    on_table = connection.dialect.name == "postgresql"
    for table, event in [*GUARDED, ("journal_entry", "update")]:
        connection.execute(text(f"DROP TRIGGER {table}_keeps_{event}" + (f" ON {table}" if on_table else "")))


def seal_anew(connection: Connection, since: int) -> None:
    """Do what somebody would do who knows how entries are sealed: make the chain whole again from an entry on."""
    before = select(history_entry.c.hash).where(history_entry.c.id < since).order_by(history_entry.c.id.desc()).limit(1)
    previous = connection.scalar(before) or "0" * 64
    later = select(history_entry).where(history_entry.c.id >= since).order_by(history_entry.c.id)
    for row in connection.execute(later).mappings().all():
        values: dict[str, Any] = {**row, "previous_hash": previous}
        values["hash"] = previous = history.sealed({**values, "created_date": write_moment(row["created_date"])})
        connection.execute(update(history_entry).where(history_entry.c.id == row["id"]).values(values))


def seal_everything_anew(connection: Connection) -> None:
    """Give the ends of histories and the journal seals that fit what stands there now."""
    previous = end = "0" * 64
    for row in connection.execute(select(journal_entry).order_by(journal_entry.c.id)).mappings().all():
        values: dict[str, Any] = {**row, "previous_hash": previous, "history_hash": end}
        values["hash"] = previous = journal.sealed(values)
        connection.execute(update(journal_entry).where(journal_entry.c.id == row["id"]).values(values))
        of_action = select(history_entry.c.hash).where(history_entry.c.journal_id == row["id"])
        end = connection.scalar(of_action.order_by(history_entry.c.id.desc()).limit(1)) or end
        connection.execute(update(history_seal).where(history_seal.c.journal_id == row["id"]).values(hash=end))


def ids(connection: Connection) -> list[int]:
    return list(connection.scalars(select(history_entry.c.id).order_by(history_entry.c.id)))


def change_a_value(connection: Connection) -> None:
    connection.execute(
        update(history_entry).where(history_entry.c.id == ids(connection)[2]).values(new_value="Interest")
    )


def change_who_did_it(connection: Connection) -> None:
    connection.execute(update(history_entry).values(created_by="Nobody"))
    seal_anew(connection, ids(connection)[0])


def change_a_value_and_seal_it_anew(connection: Connection) -> None:
    change_a_value(connection)
    seal_anew(connection, ids(connection)[2])


def change_the_last_value_and_seal_all_of_it(connection: Connection) -> None:
    connection.execute(
        update(history_entry).where(history_entry.c.id == ids(connection)[-1]).values(new_value="Interest")
    )
    seal_anew(connection, ids(connection)[-1])
    end = connection.scalar(select(history_entry.c.hash).where(history_entry.c.id == ids(connection)[-1]))
    last = connection.scalar(select(history_seal.c.id).order_by(history_seal.c.id.desc()).limit(1))
    connection.execute(update(history_seal).where(history_seal.c.id == last).values(hash=end))


def delete_a_middle_one(connection: Connection) -> None:
    connection.execute(delete(history_entry).where(history_entry.c.id == ids(connection)[3]))


def delete_the_last(connection: Connection) -> None:
    connection.execute(delete(history_entry).where(history_entry.c.id == ids(connection)[-1]))


def delete_all_of_the_last_action(connection: Connection) -> None:
    for key in ids(connection)[-2:]:
        connection.execute(delete(history_entry).where(history_entry.c.id == key))


def delete_the_last_and_its_seal(connection: Connection) -> None:
    delete_all_of_the_last_action(connection)
    last = connection.scalar(select(history_seal.c.id).order_by(history_seal.c.id.desc()).limit(1))
    connection.execute(delete(history_seal).where(history_seal.c.id == last))


def delete_everything(connection: Connection) -> None:
    connection.execute(delete(history_entry))


def insert_one(connection: Connection) -> None:
    row = dict(connection.execute(select(history_entry).order_by(history_entry.c.id.desc())).mappings().first() or {})
    row |= {"id": row["id"] + 1, "old_value": row["new_value"], "new_value": row["new_value"]}
    row |= {"previous_hash": row["hash"], "hash": "to be made"}
    connection.execute(insert(history_entry).values(row))
    seal_anew(connection, row["id"])


def rewrite_the_tail_with_its_seals(connection: Connection) -> None:
    change_a_value_and_seal_it_anew(connection)
    for row in connection.execute(select(history_seal).order_by(history_seal.c.id)).all():
        of_action = select(history_entry.c.hash).where(history_entry.c.journal_id == row.journal_id)
        end = connection.scalar(of_action.order_by(history_entry.c.id.desc()).limit(1))
        connection.execute(update(history_seal).where(history_seal.c.id == row.id).values(hash=end))


def change_what_undoes_what(connection: Connection) -> None:
    first, last = connection.scalars(select(journal_entry.c.id).order_by(journal_entry.c.id)).all()[::2]
    connection.execute(update(journal_entry).where(journal_entry.c.id == last).values(undoes_id=first))


def change_the_record(connection: Connection) -> None:
    connection.execute(text("UPDATE invoice SET description = 'Interest'"))


@pytest.mark.parametrize(
    ("tamper", "place", "what"),
    [
        (change_a_value, "History entry 3", "its seal is broken"),
        (change_who_did_it, "History entry 1", "what was done by whom is edit_draft by Nobody"),
        (change_a_value_and_seal_it_anew, "Journal entry 2 (edit_draft)", "the end of its history is another"),
        (change_the_last_value_and_seal_all_of_it, "Invoice with key 1", "InvoiceNumber is RENT, JUNE"),
        (delete_a_middle_one, "History entry 5", "the entry before it is another, or gone"),
        (delete_the_last, "Journal entry 3 (edit_draft)", "what is left of its history is 1 entry"),
        (delete_all_of_the_last_action, "Journal entry 3 (edit_draft)", "what is left of its history is 0 entries"),
        (delete_the_last_and_its_seal, "Journal entry 3 (edit_draft)", "the end of its history is gone"),
        (delete_everything, "Journal entry 1 (edit_draft)", "what is left of its history is 0 entries"),
        (insert_one, "Journal entry 3 (edit_draft)", "what is left of its history is 3 entries"),
        (rewrite_the_tail_with_its_seals, "Journal entry 3 (edit_draft)", "the history before it is another"),
        (change_what_undoes_what, "Journal entry 3", "its seal is broken"),
        (change_the_record, "Invoice with key 1", "Description is Interest, its events make it Rent, June"),
    ],
)
def test_whoever_tampers_is_found_out(
    described: Book, tamper: Callable[[Connection], None], place: str, what: str
) -> None:
    assert found(described) == []
    with described.writing() as connection:
        unguard(connection)
        tamper(connection)
    assert [one for one in found(described) if one.startswith(f"{place}: {what}")], found(described)


def test_whoever_writes_everything_anew_is_found_out_by_a_seal_that_was_noted(described: Book, world: World) -> None:
    noted = check(Workspace(described, world)).newest
    assert noted is not None
    with described.writing() as connection:
        unguard(connection)
        connection.execute(update(history_entry).values(created_by="Nobody"))
        connection.execute(update(journal_entry).values(actor="Nobody"))
        seal_anew(connection, ids(connection)[0])
        seal_everything_anew(connection)
    assert found(described) == [], "nothing in the book itself tells"
    told = check(Workspace(described, world), seal=noted[1]).findings
    assert [str(one) for one in told] == [
        f"The journal: the entry sealed {noted[1]} is gone or written anew, its events make it as it was."
    ]


def test_two_who_act_at_once_leave_one_chain(book: Book, world: World) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        keys = [build.invoice(None, acme, "100.00", on="2026-01-01", status="Draft") for _ in range(2)]
        build.settle()

    def edit(key: int) -> None:
        for time in range(8):
            with deed(Workspace(book, world), "edit_draft") as act:
                act.hold("Invoice", [key])
                act.record("Draft edited")
                changed = update(invoice).where(invoice.c.id == key)
                act.connection.execute(changed.values(description=f"{time}", invoice_number=f"{key}-{time}"))

    with ThreadPoolExecutor(len(keys)) as pool:
        list(pool.map(edit, keys))
    assert len(book.ask(ids)) == 2 * 8 * 2
    assert found(book) == []


def test_a_draft_that_is_deleted_leaves_what_it_held(described: Book, world: World) -> None:
    with deed(Workspace(described, world), "delete_drafts") as act:
        act.hold("Invoice", [1])
        act.record("Draft deleted")
        act.connection.execute(delete(invoice))
        act.removed("Invoice", 1)
    entries = described.ask(
        lambda connection: connection.execute(
            select(history_entry.c.field, history_entry.c.old_value, history_entry.c.new_value).where(
                history_entry.c.action == "delete_drafts"
            )
        ).all()
    )
    assert ("Description", "Rent, June", None) in entries
    assert ("TotalAmountWithTax", "100.00", None) in entries
    assert found(described) == []


def test_amounts_in_another_currency_are_written_anew(book: Book, world: World) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        key = build.invoice(None, build.account(), "100", on="2026-01-01", status="Draft")
    for values in ({"total_amount_with_tax": Decimal(120)}, {"currency_iso_code": "JPY"}):
        with deed(Workspace(book, world), "edit_draft") as act:
            act.hold("Invoice", [key])
            act.record("Draft edited")
            act.connection.execute(update(invoice).values(values))
    totals = book.ask(
        lambda connection: connection.execute(
            select(history_entry.c.old_value, history_entry.c.new_value)
            .where(history_entry.c.field == "TotalAmountWithTax")
            .order_by(history_entry.c.id)
        ).all()
    )
    assert totals == [("100.00", "120.00"), ("120.00", "120")]
    assert found(book) == []
