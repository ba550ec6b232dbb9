"""An invoice paid in instalments: each is due on its own day, in the aging, the list, the items and the letter."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest
from sqlalchemy import select

from actions.cash.stories import Book, figures, on
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, receive_payment
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.invoices.voiding import void
from duedesk.domain.aging import DEFAULT_BUCKETS, AgingRequest, Basis
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.filters import Compare, Filter, Operator, in_bucket
from duedesk.domain.payment_terms import Item, Term
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.letters.reminder import reminder_items
from duedesk.store.queries.lists import listing
from duedesk.store.queries.open_items import open_items
from duedesk.store.tables.party import payment_term


@pytest.fixture
def parted(small: Book) -> tuple[Book, int]:
    """An invoice of 200 JPY of 1 March: 60 are due on 31 March, 100 on 30 April, 40 on 30 May."""
    thirds = (Item(30, percentage=Decimal(30)), Item(60, percentage=Decimal(50)), Item(90))
    save_term(small.desk, "Three parts", term=Term(items=thirds))
    with small.desk.book.reading() as connection:
        term = connection.scalar(select(payment_term.c.id).where(payment_term.c.name == "Three parts"))
    lines = (LineDraft("Machine", amount=Decimal(200)),)
    draft = InvoiceDraft(small.account, lines, "JPY", invoice_date=on(3, 1), payment_term_key=term)
    key = create_draft(small.desk, draft).key
    post(small.desk, [key], on=on(3, 1))
    return small, key


def buckets(small: Book, month: int, day: int, basis: Basis = Basis.DUE) -> tuple[Decimal, ...]:
    shown = small.desk.ask(aging, AgingRequest(on(month, day), basis=basis, currency="JPY"))
    assert shown.mismatches == ()
    return shown.rows[0].buckets if shown.rows else ()


def items(small: Book, month: int, day: int) -> list[tuple[str, Decimal, Decimal]]:
    asked = AgingRequest(on(month, day), currency="JPY")
    found = small.desk.ask(lambda connection: list(open_items(connection, asked)))
    return [(str(one.due_date), one.total, one.balance) for one in found if one.kind == "Invoice"]


def pay(small: Book, key: int, amount: int, month: int, day: int) -> int:
    draft = PaymentDraft(small.account, Decimal(amount), "JPY", on(month, day), invoices=(ForInvoice(key),))
    return receive_payment(small.desk, draft).key


def test_each_instalment_ages_by_its_own_due_date(parted: tuple[Book, int]) -> None:
    small, key = parted
    assert buckets(small, 3, 31) == (200, 0, 0, 0, 0)
    assert buckets(small, 4, 10) == (140, 60, 0, 0, 0)
    assert buckets(small, 5, 10) == (40, 100, 60, 0, 0)
    assert buckets(small, 6, 10) == (0, 40, 100, 60, 0)
    assert buckets(small, 5, 10, Basis.INVOICE) == (0, 0, 0, 200, 0), "age from the invoice date knows no instalments"
    assert [figures(small.desk, key, on(month, 10)).days_overdue for month in (3, 4, 5)] == [-21, 10, 40]


def test_payments_and_credits_fill_the_oldest_first(parted: tuple[Book, int]) -> None:
    small, key = parted
    pay(small, key, 40, 4, 5)
    assert items(small, 4, 10) == [("2026-03-31", 60, 20), ("2026-04-30", 100, 100), ("2026-05-30", 40, 40)]
    draft = MemoDraft(
        (MemoLine(Decimal(100), "Returned"),), source_invoice_key=key, post=True, invoices=(ForInvoice(key),),
        effective_date=on(4, 20),
    )  # fmt: skip
    create_memo(small.desk, draft)
    assert items(small, 4, 20) == [("2026-04-30", 100, 20), ("2026-05-30", 40, 40)]
    assert items(small, 4, 4) == [("2026-03-31", 60, 60), ("2026-04-30", 100, 100), ("2026-05-30", 40, 40)]
    assert figures(small.desk, key, on(5, 10)).days_overdue == 10
    assert buckets(small, 5, 10) == (40, 20, 0, 0, 0)
    assert buckets(small, 4, 10) == (140, 20, 0, 0, 0)


def test_a_click_on_a_bucket_opens_every_invoice_with_something_in_it(parted: tuple[Book, int]) -> None:
    small, key = parted

    def behind(bucket: int) -> bool:
        return key in small.desk.ask(listing.keys, Filter(on(5, 10)).narrowed(*in_bucket(DEFAULT_BUCKETS, bucket)))

    assert [behind(bucket) for bucket in range(5)] == [True, True, True, False, False]
    pay(small, key, 60, 5, 1)
    assert [behind(bucket) for bucket in range(5)] == [True, True, False, False, False]


def test_the_list_counts_from_the_oldest_that_is_open(parted: tuple[Book, int]) -> None:
    small, key = parted
    late = Filter(on(5, 10), where=Compare("DaysInvoiceOverdue", Operator.GT, 30))
    assert key in small.desk.ask(listing.keys, late)
    (total,) = (one for one in small.desk.ask(listing.totals, Filter(on(5, 10))) if one.currency == "JPY")
    assert (total.balance, total.overdue) == (200, 160)
    money = pay(small, key, 60, 5, 1)
    assert key not in small.desk.ask(listing.keys, late)
    cancel_payment(small.desk, money, on=on(5, 5))
    assert key in small.desk.ask(listing.keys, late), "a bounced cheque opens the oldest again"


def test_a_letter_names_each_instalment_that_is_overdue(parted: tuple[Book, int]) -> None:
    small, key = parted
    pay(small, key, 40, 4, 5)
    found = [one for one in small.desk.ask(reminder_items, small.account, on(5, 10)) if one.currency == "JPY"]
    assert [(str(one.due_date), one.days_overdue, one.total, one.balance) for one in found] == [
        ("2026-03-31", 40, 60, 20),
        ("2026-04-30", 10, 100, 100),
    ]


def test_a_voided_invoice_is_in_its_buckets_until_that_day(parted: tuple[Book, int]) -> None:
    small, key = parted
    pay(small, key, 40, 4, 5)
    void(small.desk, [key], reason="mistake", on=on(5, 20))
    assert buckets(small, 5, 19) == (40, 100, 20, 0, 0)
    assert buckets(small, 5, 20) == (0, 0, 0, 0, 0), "what was paid lies unapplied"
