"""What no verb of cash does, whichever it is: nothing on an account out of reach, and nothing on a day to come."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import update

from actions.access.people import at_the_desk, keep_person, keep_visibility
from actions.cash.stories import TODAY, Book, as_user, figures, on, unapplied
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.crediting import MemoDraft, create_memo, post_memo, void_memo
from duedesk.actions.cash.discounting import grant_discount
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, process_payment, receive_payment
from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.actions.cash.write_off_limits import set_write_off_limit
from duedesk.actions.cash.writing_off import approve, write_off
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role, Visibility
from duedesk.domain.changes import Made
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError
from duedesk.store.tables.ledger import invoice

LINES = (MemoLine(Decimal(10), name="Returned goods"),)


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.READ])
def test_a_clerk_books_nothing_on_an_account_out_of_reach(small: Book, visibility: Visibility) -> None:
    stored, world = small.desk.book, small.desk.world
    keep_person(stored, "Ana Reyes", Role.SUPERVISOR)
    keep_person(stored, "Cem", Role.CLERK)
    dee = keep_person(stored, "Dee", Role.CLERK)
    keep_visibility(stored, visibility)
    with stored.writing() as connection:
        connection.execute(update(invoice).values(owner_id=dee))
    payment = PaymentDraft(small.account, Decimal(10), "EUR", on(6, 1))
    memo = MemoDraft(LINES, small.account, "EUR", effective_date=on(6, 1))
    bookings: tuple[Callable[[Workspace], Made], ...] = (
        lambda desk: receive_payment(desk, payment),
        lambda desk: receive_payment(desk, replace(payment, status="Draft")),
        lambda desk: create_memo(desk, memo),
    )
    for book_it in bookings:
        with pytest.raises(RequestError) as refused:
            book_it(at_the_desk(stored, world, "Cem"))
        assert str(refused.value) == (
            "Cem (Clerk) may not book anything on Acme Ltd: none of its invoices is theirs to change. "
            "Ask Ana Reyes (Supervisor)."
        )
        assert book_it(at_the_desk(stored, world, "Dee")).key, "she owns what it was billed"
    assert unapplied(small.desk, on(6, 1)) == -10, "her payment alone; drafts do not count"


def test_nothing_is_booked_on_a_day_to_come(small: Book) -> None:
    desk, (first, second, third), later = small.desk, small.invoices, TODAY + timedelta(days=1)
    paid_in = PaymentDraft(small.account, Decimal(30), "EUR", on(6, 1), invoices=(ForInvoice(first, Decimal(10)),))
    payment = receive_payment(desk, paid_in).key
    lies = 1
    to_come = receive_payment(desk, PaymentDraft(small.account, Decimal(5), "EUR", later, status="Draft")).key
    given_back = refund(desk, payment, amount=Decimal(5), on=on(6, 2)).key
    credit = MemoDraft(LINES, small.account, "EUR", effective_date=on(6, 1))
    draft, posted = create_memo(desk, credit).key, create_memo(desk, replace(credit, post=True)).key
    draft_to_come = create_memo(desk, replace(credit, effective_date=later)).key
    set_write_off_limit(desk, "EUR", Decimal(0))
    request = write_off(desk, third, reason_code="Bad debt").request_key
    assert request is not None
    verbs: tuple[Callable[[], object], ...] = (
        lambda: receive_payment(desk, replace(paid_in, effective_date=later, invoices=())),
        lambda: receive_payment(desk, replace(paid_in, applied_on=later)),
        lambda: process_payment(desk, to_come),
        lambda: cancel_payment(desk, payment, on=later),
        lambda: apply(desk, [Part("Payment", payment, second, Decimal(1))], on=later),
        lambda: unapply(desk, [lies], on=later),
        lambda: refund(desk, payment, amount=Decimal(1), on=later),
        lambda: cancel_refund(desk, given_back, on=later),
        lambda: create_memo(desk, replace(credit, effective_date=later, post=True)),
        lambda: post_memo(desk, draft, on=later),
        lambda: post_memo(desk, draft_to_come),
        lambda: void_memo(desk, posted, reason="by mistake", on=later),
        lambda: write_off(desk, second, reason_code="Bad debt", on=later),
        lambda: approve(as_user(desk, "Bo Lind"), request, on=later),
        lambda: grant_discount(desk, first, on=later),
    )
    for verb in verbs:
        with pytest.raises(RequestError) as refused:
            verb()
        said = "Nothing is booked on 24 Nov 2026: that day is to come. Choose today or an earlier day."
        assert str(refused.value) == said
    assert [figures(desk, key, later).balance for key in small.invoices] == ["90.00", "60.00", "40.00"]
    assert apply(desk, [Part("Payment", payment, second, Decimal(1))], on=TODAY).journal_id, "today is"
