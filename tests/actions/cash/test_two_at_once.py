"""Two clerks at the same money at the same moment: one of them is told that it is gone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from actions.cash.stories import Book, figures, on, paid
from duedesk.actions.cash.applying import Part, apply
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, receive_payment
from duedesk.actions.cash.refunding import refund
from duedesk.domain.errors import RequestError


def at_once(*deeds: Callable[[], object]) -> list[str]:
    """Do things at the same moment and give what was refused."""
    gate = Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> str:
        gate.wait()
        try:
            deed()
        except RequestError as refusal:
            return refusal.message
        return ""

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [said for said in pool.map(do, deeds) if said]


def test_money_is_spent_once(small: Book) -> None:
    first, second, _ = small.invoices
    money = receive_payment(small.desk, PaymentDraft(small.account, Decimal(60), "EUR", on(2, 1))).key
    (said,) = at_once(
        lambda: apply(small.desk, [Part("Payment", money, first, Decimal(60))], on=on(2, 2)),
        lambda: apply(small.desk, [Part("Payment", money, second, Decimal(60))], on=on(2, 2)),
    )
    assert said == "Nothing is left of payment PAY-000001."
    assert paid(small.desk, money).balance == 0
    assert sorted(figures(small.desk, key, on(2, 2)).balance for key in (first, second)) in (
        ["0.00", "100.00"],
        ["40.00", "60.00"],
    )


def test_an_invoice_is_paid_once(small: Book) -> None:
    first, _, _ = small.invoices
    moneys = [receive_payment(small.desk, PaymentDraft(small.account, Decimal(80), "EUR", on(2, 1))).key for _ in "ab"]
    (said,) = at_once(
        *(lambda key=key: apply(small.desk, [Part("Payment", key, first, Decimal(80))], on=on(2, 2)) for key in moneys)
    )
    assert said == "80.00 EUR is more than the 20.00 EUR open on invoice I-1."


def test_what_is_given_back_is_not_applied_nor_canceled_too(small: Book) -> None:
    first, _, _ = small.invoices
    money = receive_payment(small.desk, PaymentDraft(small.account, Decimal(60), "EUR", on(2, 1))).key
    said = at_once(
        lambda: refund(small.desk, money, amount=Decimal(60), on=on(2, 2)),
        lambda: apply(small.desk, [Part("Payment", money, first, Decimal(60))], on=on(2, 2)),
        lambda: cancel_payment(small.desk, money, on=on(2, 2)),
    )
    assert 1 <= len(said) <= 2  # what was applied first may be canceled after
