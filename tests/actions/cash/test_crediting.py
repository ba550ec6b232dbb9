"""Credit memos: drafted, posted, applied, voided; never more than was billed."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest

from actions.cash.stories import Book, Figures, figures, on, unapplied
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.crediting import MemoDraft, cancel_memo, create_memo, post_memo, void_memo
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.credit_memo import MemoRecord, memo_record

GOODS = (MemoLine(Decimal("20.00"), "Returned goods"),)


def seen(small: Book, key: int, month: int = 11, day: int = 23) -> MemoRecord:
    return small.desk.ask(memo_record, key, as_of=on(month, day))


def test_a_draft_has_no_number_and_counts_nowhere_until_it_is_posted_on_its_invoice(small: Book) -> None:
    first, _, _ = small.invoices
    made = create_memo(small.desk, MemoDraft(GOODS, source_invoice_key=first, reason="Return", effective_date=on(2, 1)))
    draft = seen(small, made.key)
    assert (draft.number, draft.status, draft.category, draft.source_invoice) == ("", "Draft", "Referenced", "I-1")
    assert unapplied(small.desk, on(2, 1)) == 0
    post_memo(small.desk, made.key, on=on(2, 5), apply_to_source=True)
    posted = seen(small, made.key)
    assert (posted.number, posted.applied, posted.balance) == ("CM-2026-00001", 20, 0)
    assert figures(small.desk, first, on(2, 4)).balance == "100.00"
    assert figures(small.desk, first, on(2, 5)) == Figures("80.00", "0.00", "20.00", "Partially Settled", None, 35, 5)
    with pytest.raises(RequestError, match="Credit memo CM-2026-00001 is posted already"):
        post_memo(small.desk, made.key)


def test_lines_of_charge_adjustment_and_tax_add_up(small: Book) -> None:
    lines = (
        MemoLine(Decimal(100), "Licences"),
        MemoLine(Decimal(-20), "Kept discount", "Adjustment"),
        MemoLine(Decimal("15.20"), "VAT 19 %", "Tax", tax_rate=Decimal(19)),
    )
    made = create_memo(small.desk, MemoDraft(lines, account_key=small.account, currency="EUR", post=True))
    record = seen(small, made.key)
    assert (record.total, record.tax, record.balance, record.category) == (
        Decimal("95.20"),
        Decimal("15.20"),
        Decimal("95.20"),
        "Standalone",
    )
    charge, adjustment, tax = record.lines
    assert (charge.related, adjustment.related, tax.related) == (None, charge.key, charge.key)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((), "needs a charge line"),
        ((MemoLine(Decimal(5), "VAT", "Tax"),), "needs a charge line"),
        ((MemoLine(Decimal(0), "Nothing"),), "Nothing: a charge that is credited is more than nothing"),
        ((MemoLine(Decimal(5)), MemoLine(Decimal(-5), "Off", "Adjustment")), "come to 0.00 EUR"),
        ((MemoLine(Decimal("1.001")),), "Line 1: 1.001 cannot be paid in EUR"),
        ((MemoLine(Decimal(5), "Gift", "Present"),), "is no type of line"),
        ((MemoLine(Decimal(5)), MemoLine(Decimal(1), "VAT", "Tax", related=1)), "belongs to a charge line"),
    ],
)
def test_lines_that_credit_nothing_are_refused(small: Book, lines: tuple[MemoLine, ...], sentence: str) -> None:
    with pytest.raises(RequestError, match=sentence):
        create_memo(small.desk, MemoDraft(lines, account_key=small.account, currency="EUR"))


def test_no_invoice_is_credited_beyond_what_it_billed(small: Book) -> None:
    first, _, _ = small.invoices
    create_memo(small.desk, MemoDraft(GOODS, source_invoice_key=first, post=True))
    rest = (MemoLine(Decimal("80.01"), "The rest"),)
    with pytest.raises(RequestError, match=r"80\.01 EUR is more than invoice I-1 billed: 100\.00, of which 20\.00 was"):
        create_memo(small.desk, MemoDraft(rest, source_invoice_key=first, post=True))
    with pytest.raises(RequestError, match="The credit is in USD, invoice I-1 in EUR"):
        create_memo(small.desk, MemoDraft(GOODS, source_invoice_key=first, currency="USD"))
    with pytest.raises(RequestError, match="is not credited before that day"):
        create_memo(small.desk, MemoDraft(GOODS, source_invoice_key=first, effective_date=on(1, 1).replace(year=2025)))


def test_a_credit_of_a_paid_invoice_stays_as_credit_and_pays_another(small: Book) -> None:
    first, second, _ = small.invoices
    draft = MemoDraft(GOODS, source_invoice_key=first, post=True, effective_date=on(2, 1))
    made = create_memo(small.desk, draft)
    assert unapplied(small.desk, on(2, 1)) == -20
    apply(small.desk, [Part("CreditMemo", made.key, second)], on=on(2, 10))
    assert figures(small.desk, second, on(2, 10)).credits == "20.00"
    (part,) = seen(small, made.key).applications
    assert part.number == f"CMI-{part.key:06}"
    unapply(small.desk, [part.key], on=on(3, 1), amounts={part.key: Decimal(5)})
    assert figures(small.desk, second, on(3, 1)).credits == "15.00"
    assert seen(small, made.key).balance == 5


def test_posted_and_applied_in_one_go(small: Book) -> None:
    first, _, _ = small.invoices
    draft = MemoDraft(
        GOODS, source_invoice_key=first, post=True, invoices=(ForInvoice(first),), effective_date=on(2, 1)
    )
    made = create_memo(small.desk, draft)
    assert made.changes.summary == "Credit memo CM-2026-00001 of 20.00 EUR posted for Acme Ltd"
    assert figures(small.desk, first, on(2, 1)).balance == "80.00"


def test_voiding_takes_it_off_on_that_day_and_needs_a_reason(small: Book) -> None:
    first, _, _ = small.invoices
    draft = MemoDraft(
        GOODS, source_invoice_key=first, post=True, invoices=(ForInvoice(first),), effective_date=on(2, 1)
    )
    key = create_memo(small.desk, draft).key
    with pytest.raises(RequestError, match="needs a reason"):
        void_memo(small.desk, key, reason=" ")
    with pytest.raises(RequestError, match="was last used on 01 Feb 2026; it cannot be voided as of 31 Jan 2026"):
        void_memo(small.desk, key, reason="mistake", on=on(1, 31))
    void_memo(small.desk, key, reason="mistake", on=on(3, 1))
    assert [figures(small.desk, first, day).balance for day in (on(2, 1), on(2, 28), on(3, 1))] == [
        "80.00",
        "80.00",
        "100.00",
    ]
    assert [unapplied(small.desk, day) for day in (on(2, 28), on(3, 1))] == [0, 0]
    record = seen(small, key)
    assert (record.status, record.voided_on, record.void_reason) == ("Voided", on(3, 1), "mistake")
    with pytest.raises(RequestError, match="is voided; only what is posted is voided"):
        void_memo(small.desk, key, reason="again")


def test_a_draft_is_canceled_and_what_is_posted_is_voided_instead(small: Book) -> None:
    key = create_memo(small.desk, MemoDraft(GOODS, account_key=small.account, currency="EUR")).key
    with pytest.raises(RequestError, match="Cancel a draft instead"):
        void_memo(small.desk, key, reason="x")
    cancel_memo(small.desk, key)
    assert seen(small, key).status == "Canceled"
    with pytest.raises(RequestError, match="is canceled and is not canceled"):
        cancel_memo(small.desk, key)
    posted = create_memo(small.desk, MemoDraft(GOODS, account_key=small.account, currency="EUR", post=True)).key
    with pytest.raises(RequestError, match="Void it instead"):
        cancel_memo(small.desk, posted)
