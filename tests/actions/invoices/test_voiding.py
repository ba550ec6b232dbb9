"""Voiding: what lay on the invoice is free again from that day on; until then the book says what it said."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from actions.invoices.reading import findings, history, record, rows, summaries
from build import Builder
from duedesk.actions.cash.applying import Part, apply
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.grouping import CURRENCY
from duedesk.store.queries.aging.figures import aging
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment

D = Decimal
TODAY = date(2026, 11, 23)


@pytest.fixture
def key(workspace: Workspace, acme: int) -> int:
    """An invoice of 100 euros of 1 November, on which 60 were paid and 10 unapplied again."""
    with workspace.book.writing() as connection:
        build = Builder(connection)
        made = build.invoice("I-1", acme, "100.00", on="2026-11-01")
        paid = build.payment(acme, "60.00", on="2026-11-05", number="P-1")
        put = build.apply(made, "60.00", on="2026-11-05", account=acme, payment=paid)
        build.apply(made, "10.00", on="2026-11-10", account=acme, payment=paid, takes_back=put)
        build.settle()
    return made


def balance(workspace: Workspace, as_of: date) -> tuple[Decimal, Decimal]:
    """What is open on that day, and what is unapplied."""
    found = workspace.ask(aging, AgingRequest(as_of, by=(CURRENCY,))).rows
    return (found[0].open, found[0].unapplied) if found else (D(0), D(0))


def test_a_voided_invoice_counts_until_the_day_and_its_money_is_free_from_then(workspace: Workspace, key: int) -> None:
    changes = void(workspace, [key], reason=" Billed  twice ", on=date(2026, 11, 20))
    found = record(workspace, key)
    assert changes.concern("Invoice", "PaymentLineInvoice")
    assert (found.status, found.settlement_status, found.balance) == ("Voided", "Not Applicable", D(0))
    assert (found.voided_date, found.void_reason) == (date(2026, 11, 20), "Billed twice")
    last = rows(workspace, application)[-1]
    assert (last.type, last.amount, last.effective_date) == ("Unapplied", D(50), date(2026, 11, 20))
    assert last.comments == "Invoice I-1 voided"
    assert rows(workspace, payment)[0].balance == D(60)
    assert balance(workspace, date(2026, 11, 19)) == (D(50), D(-10))
    assert balance(workspace, date(2026, 11, 20)) == (D(0), D(-60))
    assert history(workspace, key, "VoidReason") == [(None, "Billed twice")]
    assert summaries(workspace) == ["Invoice I-1 voided: Billed twice"]
    assert findings(workspace) == []


@pytest.mark.parametrize(
    ("reason", "on", "refused"),
    [
        (" ", None, "needs a reason"),
        ("x" * 1001, None, "longer than 1,000"),
        ("Error", date(2026, 11, 24), "that day is to come"),
        ("Error", date(2026, 10, 31), "is of 01 Nov 2026 and cannot be voided as of 31 Oct 2026"),
        ("Error", date(2026, 11, 9), "last paid or credited on 10 Nov 2026"),
    ],
)
def test_a_void_needs_a_reason_and_a_day_that_can_be(
    workspace: Workspace, key: int, reason: str, on: date | None, refused: str
) -> None:
    with pytest.raises(RequestError, match=refused):
        void(workspace, [key], reason=reason, on=on)
    assert record(workspace, key).status == "Posted"


def test_what_is_voided_is_not_voided_again_and_a_draft_never(workspace: Workspace, acme: int, key: int) -> None:
    void(workspace, [key, key], reason="Error")
    with pytest.raises(RequestError, match=r"Invoice I-1 is voided and cannot be voided\. Make a new invoice"):
        void(workspace, [key], reason="Error")
    draft = create_draft(workspace, InvoiceDraft(acme)).key
    with pytest.raises(RequestError, match=rf"Invoice #{draft} is a draft and cannot be voided"):
        void(workspace, [draft], reason="Error")


def test_a_voiding_that_was_begun_elsewhere_is_ended(workspace: Workspace, key: int) -> None:
    with workspace.book.writing() as connection:
        connection.execute(update(invoice).values(status="Void In Progress"))
    void(workspace, [key], reason="Error")
    assert record(workspace, key).status == "Voided"


def test_what_was_written_off_is_voided_with_its_invoice(workspace: Workspace, key: int) -> None:
    write_off(workspace, key, amount=D(20), reason_code="Small difference")
    void(workspace, [key], reason="Error")
    (memo,) = rows(workspace, credit_memo)
    assert (memo.status, memo.void_reason, memo.balance) == ("Voided", "Error", D(0))
    assert balance(workspace, TODAY) == (D(0), D(-60))
    assert findings(workspace) == []


@pytest.mark.parametrize("with_credit_memos", [True, False])
def test_a_credit_memo_that_came_of_it_is_a_question(
    workspace: Workspace, acme: int, key: int, with_credit_memos: bool
) -> None:
    lines = (LineDraft("Plan", amount=D(100)), LineDraft("Returned", amount=D(-15)))
    mine = create_draft(workspace, InvoiceDraft(acme, lines, currency="EUR")).key
    post(workspace, [mine], convert_negative_lines=True)
    (memo,) = rows(workspace, credit_memo)
    apply(workspace, [Part("CreditMemo", memo.id, key, D(15))])
    with pytest.raises(Question, match=r"Credit memo CM-2026-00001 of 15\.00 EUR came from invoice INV-2026-00001"):
        void(workspace, [mine], reason="Error")
    void(workspace, [mine], reason="Error", with_credit_memos=with_credit_memos)
    (memo,) = rows(workspace, credit_memo)
    assert memo.status == ("Voided" if with_credit_memos else "Posted")
    assert record(workspace, key).balance == (D(50) if with_credit_memos else D(35))
    assert findings(workspace) == []


def test_a_referenced_memo_kept_is_the_customers_credit(workspace: Workspace, acme: int, key: int) -> None:
    memo = create_memo(workspace, MemoDraft((MemoLine(D(10), "Damage"),), source_invoice_key=key, post=True)).key
    apply(workspace, [Part("CreditMemo", memo, key, D(10))])
    void(workspace, [key], reason="Error", with_credit_memos=False)
    assert rows(workspace, credit_memo)[0].balance == D(10)
    assert findings(workspace) == []
