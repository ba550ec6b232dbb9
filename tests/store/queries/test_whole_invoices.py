"""What stands beside an invoice: instalments, notes, what waits, what posting would set, a draft as it is edited."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from datetime import date
from decimal import Decimal

import pytest

from build import Builder
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.cash.write_off_limits import set_write_off_limit
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.following.feed import add_note
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.payment_terms import Item, Term
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.records.draft_editing import editable_draft
from duedesk.store.queries.records.posting_outlook import posting_outlook
from duedesk.store.queries.records.whole_invoice import whole_invoice

THIRDS = Term(items=(Item(30, percentage=Decimal(40)), Item(60, percentage=Decimal(60))))


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    return Workspace(book, world)


@pytest.fixture
def acme(workspace: Workspace) -> int:
    with workspace.book.writing() as connection:
        acme = Builder(connection).account("Acme Ltd")
    save_term(workspace, "40 and 60", term=THIRDS, is_default=True)
    return acme


@pytest.fixture
def draft(workspace: Workspace, acme: int) -> int:
    line = LineDraft("Work", quantity=Decimal(2), unit_price=Decimal(50))
    return create_draft(workspace, InvoiceDraft(acme, (line,), currency="EUR")).key


def test_posting_sets_what_the_outlook_said(workspace: Workspace, draft: int) -> None:
    day = date(2026, 11, 2)
    said = workspace.ask(posting_outlook, draft, day)
    post(workspace, [draft], on=day)
    shown = workspace.ask(whole_invoice, draft, as_of=date(2026, 11, 23))

    assert (said.total, said.term, said.negative) == (100, "40 and 60", 0)
    assert (shown.invoice.invoice_date, shown.invoice.due_date) == (said.invoice_date, said.due_date)
    assert [(one.due, one.amount) for one in shown.instalments] == [(part.due, part.amount) for part in said.parts]
    assert shown.invoice.number.startswith(said.series.prefix_on(day))


def test_payments_fill_instalments_in_the_order_they_are_due(workspace: Workspace, acme: int, draft: int) -> None:
    post(workspace, [draft], on=date(2026, 11, 2))
    receive_payment(workspace, PaymentDraft(acme, Decimal(55), "EUR", invoices=(ForInvoice(draft),)))
    shown = workspace.ask(whole_invoice, draft, as_of=date(2026, 11, 23))

    assert [(one.amount, one.open) for one in shown.instalments] == [(40, 0), (60, 45)]


def test_negative_charges_are_told_before_posting(workspace: Workspace, acme: int) -> None:
    lines = (LineDraft("Work", amount=Decimal(100)), LineDraft("Returned", amount=Decimal(-30), tax_rate=Decimal(10)))
    draft = create_draft(workspace, InvoiceDraft(acme, lines, currency="EUR")).key

    said = workspace.ask(posting_outlook, draft, date(2026, 11, 2))
    assert (said.total, said.negative) == (67, -33)


def test_notes_and_what_waits_stand_beside_the_invoice(workspace: Workspace, draft: int) -> None:
    set_write_off_limit(workspace, "EUR", Decimal(10))
    post(workspace, [draft])
    add_note(workspace, draft, "Called")
    asked = write_off(workspace, draft, reason_code="Goodwill")
    shown = workspace.ask(whole_invoice, draft, as_of=date(2026, 11, 23))

    assert [one.text for one in shown.posts] == ["Called"]
    assert shown.waiting is not None
    assert (shown.waiting.key, shown.waiting.amount) == (asked.request_key, 100)
    assert shown.standing.may("void")


def test_a_draft_as_it_is_edited(workspace: Workspace, acme: int, draft: int) -> None:
    held = workspace.ask(editable_draft, draft)

    assert held.values["BillingAccountId"] == acme
    assert held.values["InvoiceDate"] is None
    assert (held.account, held.version) == ("Acme Ltd", 1)
    assert [(line.name, line.quantity, line.unit_price) for line in held.lines] == [("Work", 2, 50)]
    assert [name for _, name in held.choices["PaymentTermId"]] == ["40 and 60"]


def test_a_draft_that_is_gone(workspace: Workspace) -> None:
    for query in (editable_draft, lambda connection, key: posting_outlook(connection, key, date(2026, 1, 1))):
        with pytest.raises(RequestError, match="no longer in the book"):
            workspace.ask(query, 999)
