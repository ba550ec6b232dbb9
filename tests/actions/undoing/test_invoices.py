"""Drafts undone: what was made is deleted, what was deleted is put back, what was edited holds what it held."""

from dataclasses import replace
from decimal import Decimal

from actions.cash.stories import TODAY, Book, as_user
from actions.undoing.saying import redone, refused, undone
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.following.feed import add_note
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.drafting import InvoiceDraft, create_draft, delete_drafts, edit_draft, submit
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.domain.line_pricing import LineDraft
from duedesk.store.queries.records.feed import feed
from duedesk.store.queries.records.invoice import InvoiceRecord, invoice_record
from duedesk.store.tables.ledger import invoice

D = Decimal
LINES = (LineDraft("Rent", unit_price=D(100)), LineDraft("Heating", unit_price=D(20)))


def drafted(small: Book) -> int:
    """Make a draft with two lines."""
    return create_draft(small.desk, InvoiceDraft(small.account, LINES, currency="EUR", description="May")).key


def seen(desk: Workspace, key: int) -> InvoiceRecord:
    return desk.ask(invoice_record, key, as_of=TODAY)


def is_there(desk: Workspace, key: int) -> bool:
    return (
        desk.ask(lambda connection: connection.execute(invoice.select().where(invoice.c.id == key)).first()) is not None
    )


def test_a_draft_is_deleted_and_put_back_and_deleted(small: Book) -> None:
    key = drafted(small)
    before = seen(small.desk, key)
    assert undone(small.desk) == f"Delete draft #{key}."
    assert not is_there(small.desk, key)
    assert redone(small.desk) == "Put the deleted draft back."
    after = seen(small.desk, key)
    assert (after.total, after.lines, after.fields) == (before.total, before.lines, before.fields)
    assert undone(small.desk) == f"Delete draft #{key}."
    assert not is_there(small.desk, key)


def test_a_deleted_draft_comes_back_with_its_notes(small: Book) -> None:
    key = drafted(small)
    add_note(small.desk, key, "Ask for the order number")
    delete_drafts(small.desk, [key])
    assert undone(small.desk) == "Put the deleted draft back."
    assert [post.text for post in small.desk.ask(feed, key)] == ["Ask for the order number"]
    assert [line.name for line in seen(small.desk, key).lines] == ["Rent", "Heating"]


def test_an_edited_draft_holds_what_it_held(small: Book) -> None:
    key = drafted(small)
    edit_draft(small.desk, key, {"Description": "June", "InvoiceNumber": "A-7"})
    assert undone(small.desk) == f"Set Description and Invoice number of draft #{key} back to what it was."
    held = {one.field.name: one.value for one in seen(small.desk, key).fields}
    assert (held["Description"], held["InvoiceNumber"]) == ("May", None)
    redone(small.desk)
    held = {one.field.name: one.value for one in seen(small.desk, key).fields}
    assert (held["Description"], held["InvoiceNumber"]) == ("June", "A-7")


def test_lines_are_given_back(small: Book) -> None:
    key = drafted(small)
    set_lines(small.desk, key, [LineDraft("Nothing else", unit_price=D(7))])
    assert undone(small.desk) == f"Give draft #{key} the 2 lines it had."
    assert (seen(small.desk, key).total, [line.name for line in seen(small.desk, key).lines]) == (
        D(120),
        ["Rent", "Heating"],
    )
    redone(small.desk)
    assert (seen(small.desk, key).total, [line.name for line in seen(small.desk, key).lines]) == (
        D(7),
        ["Nothing else"],
    )


def test_what_another_changed_since_is_named(small: Book) -> None:
    key = drafted(small)
    ben = as_user(small.desk, "Ben Okafor")
    edit_draft(ben, key, {"Description": "June"})
    assert refused(small.desk).endswith(
        f"cannot be undone: Ben Okafor has since done this: Draft #{key}: Description changed. Undo that first."
    )
    assert undone(ben).startswith("Set Description")
    assert undone(small.desk) == f"Delete draft #{key}.", "what was done and undone is nothing"


def test_a_canceled_draft_is_reopened_and_canceled_again(small: Book) -> None:
    key = drafted(small)
    cancel(small.desk, [key])
    assert undone(small.desk) == f"Reopen draft #{key} as a draft."
    assert seen(small.desk, key).status == "Draft"
    cancel(small.desk, [key])
    reopen(small.desk, [key])
    assert undone(small.desk) == f"Cancel draft #{key} again."
    assert seen(small.desk, key).status == "Canceled"


def test_what_waits_to_be_posted_is_reopened(small: Book) -> None:
    key = drafted(small)
    submit(small.desk, [key])
    assert undone(small.desk) == f"Reopen draft #{key} as a draft."
    reopened = replace(seen(small.desk, key))
    assert reopened.status == "Draft"


def test_what_was_posted_is_voided_and_the_number_stays_used(small: Book) -> None:
    key = drafted(small)
    post(small.desk, [key])
    number = seen(small.desk, key).number
    assert undone(small.desk) == f"Void invoice {number}, dated today, 23 Nov 2026; the number stays used."
    shown = seen(small.desk, key)
    held = {one.field.name: one.value for one in shown.fields}
    assert (shown.status, shown.balance, held["VoidReason"]) == ("Voided", D(0), "Undone by Ana Reyes")
    assert [one.what for one in shown.history][-2:] == ["Posted: 120.00 EUR", "Voided: 120.00 EUR"]
    again = drafted(small)
    post(small.desk, [again])
    assert seen(small.desk, again).number != number
    void(small.desk, [again], reason="Wrong customer")
    assert refused(small.desk).endswith("What is voided stays voided; draft the invoice anew.")


def test_a_posting_with_converted_lines_takes_its_memo_along(small: Book) -> None:
    lines = (LineDraft("Rent", unit_price=D(100)), LineDraft("Returned", unit_price=D(-30)))
    key = create_draft(small.desk, InvoiceDraft(small.account, lines, currency="EUR")).key
    post(small.desk, [key], convert_negative_lines=True)
    assert "and credit memo" in undone(small.desk)
    assert seen(small.desk, key).status == "Voided"


def test_what_was_paid_since_by_another_is_named(small: Book) -> None:
    key = drafted(small)
    post(small.desk, [key])
    paying = PaymentDraft(small.account, D(50), "EUR", invoices=(ForInvoice(key),))
    receive_payment(as_user(small.desk, "Ben Okafor"), paying)
    assert "cannot be undone: Ben Okafor has since done this: Payment PAY-" in refused(small.desk)
    assert seen(small.desk, key).status == "Posted"
