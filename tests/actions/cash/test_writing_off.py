"""What will not be paid is written off; above a limit somebody else has to agree."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from actions.cash.stories import Book, Figures, as_user, figures, on
from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.crediting import post_memo, void_memo
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.cash.write_off_limits import set_write_off_limit, write_off_limits
from duedesk.actions.cash.writing_off import approve, reject, write_off
from duedesk.domain.errors import RequestError
from duedesk.store.queries.records.credit_memo import approval, approvals, memo_record


def test_the_whole_balance_is_written_off_at_once_where_no_limit_is_set(small: Book) -> None:
    first, _, _ = small.invoices
    done = write_off(small.desk, first, reason_code="Bad debt", on=on(6, 1))
    assert (done.amount, done.request_key) == (100, None)
    assert done.changes.summary == "100.00 EUR of I-1 written off by CM-2026-00001: Bad debt"
    assert figures(small.desk, first, on(6, 1)) == Figures("0.00", "0.00", "100.00", "Settled", on(6, 1), 151, None)
    assert figures(small.desk, first, on(5, 31)).days_overdue == 120
    memo = small.desk.ask(memo_record, done.memo_key, as_of=on(6, 1))
    assert (memo.category, memo.reason, memo.source_invoice, memo.balance) == ("InvoiceWriteOff", "Bad debt", "I-1", 0)


def test_a_part_is_written_off(small: Book) -> None:
    first, _, _ = small.invoices
    write_off(small.desk, first, amount=Decimal("0.50"), reason_code="Small balance", on=on(6, 1))
    assert figures(small.desk, first, on(6, 1)).balance == "99.50"
    with pytest.raises(RequestError, match=r"99\.51 EUR is more than the 99\.50 EUR open on invoice I-1"):
        write_off(small.desk, first, amount=Decimal("99.51"), reason_code="Bad debt", on=on(6, 1))
    with pytest.raises(RequestError, match="needs a reason"):
        write_off(small.desk, first, reason_code="  ")
    with pytest.raises(RequestError, match="nothing is written off before that day"):
        write_off(small.desk, small.invoices[2], reason_code="Bad debt", on=on(1, 1))


def test_above_the_limit_another_person_approves(small: Book) -> None:
    first, second, _ = small.invoices
    set_write_off_limit(small.desk, "EUR", Decimal(60))
    assert write_off(small.desk, second, reason_code="Bad debt", on=on(6, 1)).request_key is None, "60 is within 60"
    asked = write_off(small.desk, first, reason_code="Bad debt", on=on(6, 1))
    assert asked.request_key is not None
    assert figures(small.desk, first, on(11, 23)).balance == "100.00"
    (waiting,) = small.desk.ask(approvals)
    assert (waiting.key, waiting.invoice, waiting.amount, waiting.requested_by) == (
        asked.request_key,
        "I-1",
        100,
        "Ana Reyes",
    )
    with pytest.raises(RequestError, match="Somebody other than Ana Reyes has to"):
        approve(as_user(small.desk, " ana reyes"), asked.request_key)
    with pytest.raises(RequestError, match="waits for approval already"):
        write_off(small.desk, first, amount=Decimal(1), reason_code="Small balance")
    with pytest.raises(RequestError, match="waits for approval"):
        post_memo(small.desk, asked.memo_key)
    approve(as_user(small.desk, "Bo Lind"), asked.request_key, on=on(6, 10))
    assert [figures(small.desk, first, on(6, day)).balance for day in (9, 10)] == ["100.00", "0.00"]
    decided = small.desk.ask(approval, asked.request_key)
    assert (decided.status, decided.decided_by, decided.memo) == ("Approved", "Bo Lind", "CM-2026-00002")
    with pytest.raises(RequestError, match="is approved already"):
        approve(as_user(small.desk, "Bo Lind"), asked.request_key)


def test_what_was_paid_meanwhile_is_not_written_off(small: Book) -> None:
    first, _, _ = small.invoices
    set_write_off_limit(small.desk, "EUR", Decimal(0))
    asked = write_off(small.desk, first, reason_code="Bad debt", on=on(6, 1))
    paid = PaymentDraft(small.account, Decimal(30), "EUR", on(6, 5), invoices=(ForInvoice(first),))
    receive_payment(small.desk, paid)
    assert asked.request_key is not None
    refusal = r"any more: 100\.00 EUR is more than the 70\.00 EUR open on invoice I-1\. Reject it"
    with pytest.raises(RequestError, match=refusal):
        approve(as_user(small.desk, "Bo Lind"), asked.request_key)
    reject(as_user(small.desk, "Bo Lind"), asked.request_key, comments="paid in part")
    assert small.desk.ask(approval, asked.request_key).comments == "paid in part"
    assert small.desk.ask(memo_record, asked.memo_key, as_of=on(11, 23)).status == "Canceled"
    assert figures(small.desk, first, on(11, 23)).balance == "70.00"


def test_one_may_take_ones_own_request_back(small: Book) -> None:
    set_write_off_limit(small.desk, "EUR", Decimal(0))
    asked = write_off(small.desk, small.invoices[0], reason_code="Bad debt")
    assert asked.request_key is not None
    reject(small.desk, asked.request_key)
    with pytest.raises(RequestError, match="is rejected already"):
        reject(small.desk, asked.request_key)
    with pytest.raises(RequestError, match="no request 999"):
        approve(small.desk, 999)


def test_the_database_itself_wants_four_eyes(small: Book) -> None:
    set_write_off_limit(small.desk, "EUR", Decimal(0))
    write_off(small.desk, small.invoices[0], reason_code="Bad debt")
    forged = "UPDATE approval_request SET status = 'Approved', decided_by = requested_by"
    with pytest.raises(DBAPIError), small.desk.book.writing() as connection:
        connection.execute(text(forged))


def test_a_voided_write_off_is_owed_again(small: Book) -> None:
    first, _, _ = small.invoices
    done = write_off(small.desk, first, reason_code="Bad debt", on=on(6, 1))
    void_memo(small.desk, done.memo_key, reason="paid after all", on=on(7, 1))
    assert [figures(small.desk, first, day).balance for day in (on(6, 30), on(7, 1))] == ["0.00", "100.00"]


def test_limits_are_kept_per_currency(small: Book) -> None:
    assert write_off_limits(small.desk.book) == {}
    set_write_off_limit(small.desk, "EUR", Decimal("50.00"))
    changes = set_write_off_limit(small.desk, "JPY", Decimal(9000))
    assert changes.summary == "Limit of write-offs set to 9,000 JPY"
    assert not set_write_off_limit(small.desk, "JPY", Decimal(9000)).objects
    assert write_off_limits(small.desk.book) == {"EUR": 50, "JPY": 9000}
    set_write_off_limit(small.desk, "EUR", None)
    assert write_off_limits(small.desk.book) == {"JPY": 9000}
    for currency, limit in (("EURO", Decimal(1)), ("EUR", Decimal(-1)), ("JPY", Decimal("0.5"))):
        with pytest.raises(RequestError):
            set_write_off_limit(small.desk, currency, limit)


def test_the_limit_is_not_passed_bit_by_bit(small: Book) -> None:
    first, second, _ = small.invoices
    set_write_off_limit(small.desk, "EUR", Decimal(30))
    bits = [
        write_off(small.desk, first, amount=Decimal(part), reason_code="Goodwill", on=on(6, 1)) for part in (20, 10)
    ]
    assert [bit.request_key for bit in bits] == [None, None], "30 is within 30"
    with_another = write_off(small.desk, first, amount=Decimal(1), reason_code="Goodwill", on=on(6, 1))
    assert with_another.request_key is not None
    other = write_off(small.desk, second, amount=Decimal(30), reason_code="Goodwill", on=on(6, 1))
    assert other.request_key is None, "another invoice"
    reject(small.desk, with_another.request_key)
    void_memo(small.desk, bits[0].memo_key, reason="paid after all", on=on(7, 1))
    again = write_off(small.desk, first, amount=Decimal(20), reason_code="Goodwill", on=on(7, 1))
    assert again.request_key is None, "what was rejected or voided counts no more"
