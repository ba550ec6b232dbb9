"""Money comes in, as a draft or at once; a cheque that bounces opens its invoices again on that day."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest

from actions.cash.stories import Book, Figures, figures, on, paid, unapplied
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.receiving import (
    PaymentDraft,
    cancel_payment,
    edit_payment,
    process_payment,
    receive_payment,
)
from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.domain.aging import AgingRequest
from duedesk.domain.errors import RequestError
from duedesk.store.queries.aging.figures import aging
from store.ledgers import moment


def test_money_received_and_put_on_invoices_in_one_go(small: Book) -> None:
    first, second, _ = small.invoices
    draft = PaymentDraft(
        small.account,
        Decimal("130.00"),
        "EUR",
        effective_date=on(2, 10),
        reference="BANK-7",
        invoices=(ForInvoice(first), ForInvoice(second, Decimal(25))),
    )
    made = receive_payment(small.desk, draft)
    assert made.changes.summary == "Payment PAY-000001 of 130.00 EUR from Acme Ltd received"
    record = paid(small.desk, made.key)
    assert (record.number, record.reference, record.applied, record.balance) == ("PAY-000001", "BANK-7", 125, 5)
    assert figures(small.desk, first, on(2, 10)).status == "Settled"


def test_a_draft_is_edited_and_counts_nowhere_until_it_is_processed(small: Book) -> None:
    made = receive_payment(small.desk, PaymentDraft(small.account, Decimal(50), "EUR", on(2, 10), status="Draft"))
    with pytest.raises(RequestError, match="Payment PAY-000001 is a draft; nothing can be applied yet"):
        apply(small.desk, [Part("Payment", made.key, small.invoices[0])])
    edit_payment(small.desk, made.key, {"Amount": "55.00", "EffectiveDate": "2026-02-12", "Comments": "by hand"})
    assert unapplied(small.desk, on(2, 12)) == 0
    process_payment(small.desk, made.key)
    assert unapplied(small.desk, on(2, 12)) == -55
    with pytest.raises(RequestError, match="is processed and stays as it is"):
        edit_payment(small.desk, made.key, {"Amount": "60.00"})
    with pytest.raises(RequestError, match="is processed already"):
        process_payment(small.desk, made.key)


def test_what_was_a_draft_was_not_known_before_it_was_processed(small: Book) -> None:
    made = receive_payment(small.desk, PaymentDraft(small.account, Decimal(50), "EUR", on(2, 10), status="Draft"))
    process_payment(small.desk, made.key)
    seen = small.desk.ask(aging, AgingRequest(on(11, 23), known_on=moment(on(11, 1))))
    assert seen.totals[0].unapplied == 0


def test_a_canceled_draft_never_counted(small: Book) -> None:
    made = receive_payment(small.desk, PaymentDraft(small.account, Decimal(50), "EUR", on(2, 10), status="Draft"))
    cancel_payment(small.desk, made.key)
    assert [unapplied(small.desk, day) for day in (on(2, 10), on(11, 22), on(11, 23))] == [0, 0, 0]
    assert paid(small.desk, made.key).status == "Canceled"
    with pytest.raises(RequestError, match="is canceled already"):
        cancel_payment(small.desk, made.key)


def test_a_bounced_cheque_opens_its_invoices_at_their_full_age(small: Book) -> None:
    first, second, _ = small.invoices
    draft = PaymentDraft(
        small.account, Decimal(150), "EUR", on(2, 10), invoices=(ForInvoice(first), ForInvoice(second, Decimal(50)))
    )
    made = receive_payment(small.desk, draft)
    cancel_payment(small.desk, made.key, on=on(3, 1))
    assert figures(small.desk, first, on(2, 28)) == Figures("0.00", "100.00", "0.00", "Settled", on(2, 10), 40, None)
    assert figures(small.desk, first, on(3, 1)) == Figures("100.00", "0.00", "0.00", "Not Settled", None, 59, 29)
    assert [paid(small.desk, made.key, day).status for day in (on(2, 28), on(3, 1))] == ["Processed", "Canceled"]
    assert [unapplied(small.desk, day) for day in (on(2, 28), on(3, 1))] == [0, 0]
    with pytest.raises(RequestError, match="is canceled; nothing can be applied"):
        apply(small.desk, [Part("Payment", made.key, first)])


def test_it_is_not_canceled_before_it_was_used_nor_while_money_of_it_was_given_back(small: Book) -> None:
    first, _, _ = small.invoices
    made = receive_payment(small.desk, PaymentDraft(small.account, Decimal(150), "EUR", on(2, 10)))
    apply(small.desk, [Part("Payment", made.key, first)], on=on(2, 20))
    (part,) = paid(small.desk, made.key).applications
    unapply(small.desk, [part.key], on=on(3, 10))
    with pytest.raises(RequestError, match="was last used on 10 Mar 2026; it cannot be canceled as of 01 Mar 2026"):
        cancel_payment(small.desk, made.key, on=on(3, 1))
    given = refund(small.desk, made.key, amount=Decimal(20), on=on(3, 12))
    with pytest.raises(
        RequestError, match=r"20\.00 EUR of payment PAY-000001 was given back\. Cancel the refund first"
    ):
        cancel_payment(small.desk, made.key, on=on(3, 15))
    cancel_refund(small.desk, given.key, on=on(3, 20))
    with pytest.raises(RequestError, match="was last used on 20 Mar 2026"):
        cancel_payment(small.desk, made.key, on=on(3, 15))
    cancel_payment(small.desk, made.key, on=on(3, 20))
    assert [unapplied(small.desk, day) for day in (on(3, 10), on(3, 12), on(3, 20))] == [-150, -130, 0]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"amount": Decimal(0)}, "must be more than nothing"),
        ({"amount": Decimal("1.005")}, "cannot be paid in EUR"),
        ({"currency": "XYZ"}, "is no currency"),
        ({"account_key": 10_000}, "no longer in the book"),
        ({"type": "Gift"}, "is no Type of a payment"),
        ({"comments": "x" * 1001}, "more than 1000 characters"),
    ],
)
def test_a_payment_that_cannot_be_is_refused(small: Book, given: dict[str, object], sentence: str) -> None:
    values = {"account_key": small.account, "amount": Decimal(5), "currency": "EUR"} | given
    with pytest.raises(RequestError, match=sentence):
        receive_payment(small.desk, PaymentDraft(**values))  # type: ignore[arg-type]


def test_a_part_that_does_not_fit_leaves_no_payment_behind(small: Book) -> None:
    too_much = ForInvoice(small.invoices[0], Decimal(101))
    draft = PaymentDraft(small.account, Decimal(500), "EUR", on(2, 10), invoices=(too_much,))
    with pytest.raises(RequestError, match=r"101\.00 EUR is more than the 100\.00 EUR open on invoice I-1"):
        receive_payment(small.desk, draft)
    made = receive_payment(small.desk, PaymentDraft(small.account, Decimal(1), "EUR", on(2, 10)))
    assert paid(small.desk, made.key).number == "PAY-000001", "its number was given back"
