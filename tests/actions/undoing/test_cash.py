"""Money and credits undone: the sentence says what will be done and from when, and then it is."""

from dataclasses import replace
from decimal import Decimal
from typing import Literal

import pytest

from actions.cash.stories import TODAY, Book, as_user, figures, on, paid
from actions.undoing.saying import redone, refused, undone
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.crediting import MemoDraft, create_memo, post_memo
from duedesk.actions.cash.discounting import grant_discount
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, edit_payment, process_payment, receive_payment
from duedesk.actions.cash.refunding import refund
from duedesk.actions.cash.write_off_limits import set_write_off_limit
from duedesk.actions.cash.writing_off import approve, write_off
from duedesk.actions.undo import undo, undo_plan
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.credit_memo import memo_record
from duedesk.store.tables.ledger import invoice

D = Decimal


def money(small: Book, amount: str, *invoices: int, status: Literal["Draft", "Processed"] = "Processed") -> int:
    """Receive a payment, put on invoices as far as it goes."""
    wanted = tuple(ForInvoice(key) for key in invoices)
    draft = PaymentDraft(small.account, D(amount), "EUR", on(3, 1), invoices=wanted)
    return receive_payment(small.desk, replace(draft, status=status)).key


def test_what_was_applied_is_unapplied_from_today(small: Book) -> None:
    payment = money(small, "100")
    apply(small.desk, [Part("Payment", payment, small.invoices[0], D(40))], on=on(3, 2))
    assert undone(small.desk) == "Unapply 40.00 EUR of payment PAY-000001 from I-1, dated today, 23 Nov 2026."
    assert figures(small.desk, small.invoices[0], TODAY).balance == "100.00"
    assert figures(small.desk, small.invoices[0], on(11, 22)).balance == "60.00", "it lay on it until today"
    assert paid(small.desk, payment).balance == 100
    assert redone(small.desk) == "Apply 40.00 EUR of payment PAY-000001 to I-1 again, dated today, 23 Nov 2026."
    assert figures(small.desk, small.invoices[0], TODAY).balance == "60.00"


def test_several_parts_are_undone_as_one(small: Book) -> None:
    payment = money(small, "150")
    apply(small.desk, [Part("Payment", payment, key) for key in small.invoices[:2]])
    assert undone(small.desk).startswith("Unapply 150.00 EUR of payment PAY-000001 from 2 invoices, dated today")
    assert paid(small.desk, payment).balance == 150


def test_what_was_unapplied_is_applied_again(small: Book) -> None:
    payment = money(small, "60", small.invoices[1])
    (part,) = paid(small.desk, payment).applications
    unapply(small.desk, [part.key], amounts={part.key: D(25)})
    assert undone(small.desk) == "Apply 25.00 EUR of payment PAY-000001 to I-2 again, dated today, 23 Nov 2026."
    assert figures(small.desk, small.invoices[1], TODAY).status == "Settled"


def test_what_was_taken_off_by_another_since_is_named(small: Book) -> None:
    payment = money(small, "100")
    apply(small.desk, [Part("Payment", payment, small.invoices[0], D(40))])
    part = paid(small.desk, payment).applications[0]
    unapply(as_user(small.desk, "Ben Okafor"), [part.key], amounts={part.key: D(10)})
    assert refused(small.desk) == (
        "Applied 40.00 EUR to I-1 (23 Nov 2026) cannot be undone: Some of it was taken off again since: "
        "Unapplied 10.00 EUR from I-1. Unapply what is left by hand."
    )


def test_a_payment_is_canceled(small: Book) -> None:
    payment = money(small, "100", small.invoices[0])
    assert undone(small.desk) == (
        "Cancel payment PAY-000001 of 100.00 EUR, dated today, 23 Nov 2026, which takes it off invoice I-1."
    )
    assert paid(small.desk, payment).status == "Canceled"
    assert figures(small.desk, small.invoices[0], TODAY).balance == "100.00"
    assert undo_plan(small.desk) is None


def test_a_payment_that_another_used_since_stays(small: Book) -> None:
    payment = money(small, "100")
    plan = undo_plan(small.desk)
    assert plan is not None
    apply(as_user(small.desk, "Ben Okafor"), [Part("Payment", payment, small.invoices[0], D(40))])
    said = "Ben Okafor has since done this: Applied 40.00 EUR to I-1. Undo that first."
    assert refused(small.desk).endswith(said)
    with pytest.raises(RequestError) as error:
        undo(small.desk, plan)
    assert str(error.value) == said


def test_a_draft_payment_is_edited_back_processed_and_gone(small: Book) -> None:
    payment = money(small, "100", status="Draft")
    edit_payment(small.desk, payment, {"Amount": D(70), "Comments": "part"})
    assert undone(small.desk) == "Set payment PAY-000001 back to what it was."
    assert (paid(small.desk, payment).amount, paid(small.desk, payment).comments) == (D(100), "")
    process_payment(small.desk, payment)
    assert undone(small.desk) == "Cancel payment PAY-000001 of 100.00 EUR, dated today, 23 Nov 2026."
    assert paid(small.desk, payment).status == "Canceled"


def test_what_was_canceled_stays_canceled(small: Book) -> None:
    cancel_payment(small.desk, money(small, "100"))
    assert refused(small.desk).endswith("What is canceled stays canceled; record the payment anew.")


def test_a_refund_is_canceled(small: Book) -> None:
    payment = money(small, "100")
    refund(small.desk, payment, amount=D(30))
    assert undone(small.desk) == "Cancel refund REF-000001 of 30.00 EUR, dated today, 23 Nov 2026."
    assert paid(small.desk, payment).balance == 100


def test_a_credit_memo_is_canceled_as_a_draft_and_voided_once_posted(small: Book) -> None:
    lines = (MemoLine(D(25), "Return"),)
    memo = create_memo(small.desk, MemoDraft(lines, source_invoice_key=small.invoices[0])).key
    assert undone(small.desk) == f"Cancel credit memo #{memo}."
    memo = create_memo(small.desk, MemoDraft(lines, source_invoice_key=small.invoices[0])).key
    post_memo(small.desk, memo, apply_to_source=True)
    assert figures(small.desk, small.invoices[0], TODAY).balance == "75.00"
    assert undone(small.desk) == "Void credit memo CM-2026-00001 of 25.00 EUR, dated today, 23 Nov 2026."
    shown = small.desk.ask(memo_record, memo, as_of=TODAY)
    assert (shown.status, shown.void_reason) == ("Voided", "Undone by Ana Reyes")
    assert figures(small.desk, small.invoices[0], TODAY).balance == "100.00"


def test_a_write_off_is_voided(small: Book) -> None:
    write_off(small.desk, small.invoices[2], reason_code="Bad debt")
    assert figures(small.desk, small.invoices[2], TODAY).status == "Settled"
    assert undone(small.desk) == "Void credit memo CM-2026-00001 of 40.00 EUR, dated today, 23 Nov 2026."
    assert figures(small.desk, small.invoices[2], TODAY).balance == "40.00"


def test_what_waits_for_approval_is_withdrawn_and_what_was_approved_is_voided(small: Book) -> None:
    set_write_off_limit(small.desk, "EUR", D(10))
    asked = write_off(small.desk, small.invoices[2], reason_code="Bad debt")
    assert undone(small.desk) == "Withdraw the request to write off 40.00 EUR."
    asked = write_off(small.desk, small.invoices[2], reason_code="Bad debt")
    assert asked.request_key is not None
    ben = as_user(small.desk, "Ben Okafor")
    approve(ben, asked.request_key)
    assert "Ben Okafor has since done this: Write-off of 40.00 EUR of I-3 approved" in refused(small.desk)
    assert undone(ben).startswith("Void credit memo CM-2026-00001 of 40.00 EUR")
    assert figures(small.desk, small.invoices[2], TODAY).balance == "40.00"


def test_a_discount_is_voided_and_goes_with_its_payment(small: Book) -> None:
    first, second, _ = small.invoices
    with small.desk.book.writing() as connection:
        offer = {"discount_date": on(3, 1), "discount_amount": D(2)}
        connection.execute(invoice.update().where(invoice.c.id.in_([first, second])).values(**offer))
    draft = PaymentDraft(small.account, D(98), "EUR", on(3, 1), invoices=(ForInvoice(first, D(98)),))
    receive_payment(small.desk, draft)
    grant_discount(small.desk, first)
    assert figures(small.desk, first, TODAY).status == "Settled"
    assert undone(small.desk).startswith("Void credit memo CM-2026-00001 of 2.00 EUR")
    wanted = (ForInvoice(second, D(58)),)
    receive_payment(small.desk, replace(draft, amount=D(58), invoices=wanted, take_discount=True))
    assert figures(small.desk, second, TODAY).status == "Settled"
    assert undone(small.desk) == (
        "Cancel payment PAY-000002 of 58.00 EUR, dated today, 23 Nov 2026, which takes it off invoice I-2, "
        "and void credit memo CM-2026-00002."
    )
    assert figures(small.desk, second, TODAY).balance == "60.00"
    assert undo_plan(small.desk) is not None
