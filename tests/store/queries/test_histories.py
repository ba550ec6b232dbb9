"""The time line of a record tells each thing once, whether its rows or its history know of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import update

from build import Builder
from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.journal import record
from duedesk.store.queries.records.histories import FieldChange, Happening
from duedesk.store.queries.records.invoice import invoice_record
from duedesk.store.queries.records.payment import payment_record
from duedesk.store.tables.ledger import application, invoice, payment

TODAY = date(2026, 11, 23)


def a_draft(book: Book, world: World) -> int:
    """Make a draft as an action makes it."""
    with deed(Workspace(book, world), "create_draft") as act:
        act.record("Draft for Acme made")
        build = Builder(act.connection)
        made = build.invoice(
            None, build.account(), "100.00", on="2026-11-20", status="Draft", journal_id=act.journal_id
        )
        return act.made("Invoice", made)


def post(book: Book, world: World, key: int) -> None:
    with deed(Workspace(book, world), "post") as act:
        act.hold("Invoice", [key])
        act.record("Invoice I-1 posted")
        values = {"status": "Posted", "document_number": "I-1", "posted_at": act.now, "posted_date": act.today}
        act.connection.execute(update(invoice).values(**values, due_date=date(2026, 12, 20)))


def pay(book: Book, world: World, key: int, amount: str, on: str) -> int:
    with deed(Workspace(book, world), "receive_payment") as act:
        (row,) = act.hold("Invoice", [key])
        act.record("Payment P-1 received")
        build = Builder(act.connection)
        money = build.payment(row.billing_account_id, amount, on=on, number="P-1")
        act.made("Payment", money)
        act.connection.execute(update(payment).values(journal_id=act.journal_id))
        put = {"invoice_id": key, "payment_id": money, "account_id": row.billing_account_id, "kind": "payment"}
        put |= {"type": "Applied", "currency_iso_code": "EUR", "effective_date": date.fromisoformat(on)}
        moment = {"recorded_at": act.now, "journal_id": act.journal_id}
        figures = {"amount": Decimal(amount), "impact_amount": -Decimal(amount)}
        act.connection.execute(application.insert().values(put | moment | figures))
        return money


def later(world: World, day: int) -> World:
    return replace(world, now=lambda: datetime(2026, 11, day, 12, tzinfo=UTC), today=lambda: date(2026, 11, day))


def told(history: tuple[Happening, ...]) -> list[tuple[str, str, str]]:
    return [(one.who, one.action, one.what) for one in history]


def test_what_an_action_did_is_one_happening_with_what_it_changed(book: Book, world: World) -> None:
    key = a_draft(book, world)
    post(book, later(world, 24), key)
    money = pay(book, replace(later(world, 25), user="Ben Okafor"), key, "40.00", "2026-11-22")
    history = book.ask(invoice_record, key, as_of=date(2026, 11, 30)).history
    assert told(history) == [
        ("Ana Reyes", "Create draft", "Draft for Acme made"),
        ("Ana Reyes", "Post", "Posted: 100.00 EUR"),
        ("Ben Okafor", "Receive payment", "Payment P-1: 40.00 EUR"),
    ]
    assert history[0].changes[:3] == (
        FieldChange("BillingAccountId", "Account", "", "Acme Ltd"),
        FieldChange("Status", "Status", "", "Draft"),
        FieldChange("SettlementStatus", "Settlement", "", "Not Applicable"),
    )
    assert FieldChange("DocumentNumber", "Invoice", "", "I-1") in history[1].changes
    assert history[2].changes == (
        FieldChange("SettlementStatus", "Settlement", "Not Settled", "Partially Settled"),
        FieldChange("Balance", "Balance", "100.00", "60.00"),
    )
    assert (history[2].on, history[2].at.day) == (date(2026, 11, 22), 25)
    assert told(book.ask(payment_record, money, as_of=date(2026, 11, 30)).history) == [
        ("Ben Okafor", "Receive payment", "Payment P-1 received; Applied to I-1: 40.00 EUR"),
    ]


def test_as_of_a_day_and_as_known_on_a_day(book: Book, world: World) -> None:
    key = a_draft(book, world)
    post(book, later(world, 24), key)
    pay(book, later(world, 25), key, "40.00", "2026-11-28")
    assert len(book.ask(invoice_record, key, as_of=date(2026, 11, 28)).history) == 3
    early = book.ask(invoice_record, key, as_of=date(2026, 11, 28), known_on=datetime(2026, 11, 24, 13, tzinfo=UTC))
    assert [one.action for one in early.history] == ["Create draft", "Post"]


def test_an_edit_is_told_by_the_journal_and_its_fields(book: Book, world: World) -> None:
    key = a_draft(book, world)
    with deed(Workspace(book, world), "edit_draft") as act:
        act.hold("Invoice", [key])
        act.record("Draft for Acme edited")
        act.connection.execute(update(invoice).values(description="Rent"))
    last = book.ask(invoice_record, key, as_of=TODAY).history[-1]
    assert (last.what, last.action) == ("Draft for Acme edited", "Edit draft")
    assert last.changes == (FieldChange("Description", "Description", "", "Rent"),)


def test_a_draft_that_had_the_key_before_is_not_in_it(file_book: Book, world: World) -> None:
    key = a_draft(file_book, world)
    with deed(Workspace(file_book, world), "delete_drafts") as act:
        act.hold("Invoice", [key])
        act.record("Draft deleted")
        act.connection.execute(invoice.delete())
        act.removed("Invoice", key)
    assert a_draft(file_book, later(world, 24)) == key
    assert [one.at.day for one in file_book.ask(invoice_record, key, as_of=date(2026, 11, 24)).history] == [24]


def test_what_came_in_by_a_file_has_its_own_time_line(book: Book, world: World) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        entry = record(connection, world, action="import", summary="Imported from invoices.csv")
        key = build.invoice("I-1", build.account(), "100.00", on="2026-01-01", journal_id=entry)
        build.pay(key, "40.00", on="2026-01-05", account=1)
        build.settle()
    assert told(book.ask(invoice_record, key, as_of=TODAY).history) == [
        ("Ana Reyes", "Import", "Imported from invoices.csv"),
        ("", "", "Posted: 100.00 EUR"),
        ("", "", "Payment: 40.00 EUR"),
    ]
