"""What no verb of cash does, whichever it is: nothing on an account out of the clerk's reach."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import update

from actions.access.people import at_the_desk, keep_person, keep_visibility
from actions.cash.stories import Book, on, unapplied
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
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
