"""Disputes as stories: contested from a day on and resolved on another, known on two dates, never more than is open."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from actions.cash.stories import Book, on
from actions.undoing.saying import redone, refused, undone
from conftest import NOW
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.disputes import dispute, resolve
from duedesk.actions.workspace import Workspace
from duedesk.domain.disputes import Contest, contested
from duedesk.domain.errors import RequestError
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import DisputeRow, dispute_key, disputes_of, standing_disputes
from duedesk.store.queries.records.invoice import invoice_record

D = Decimal


def at(desk: Workspace, month: int, day: int) -> Workspace:
    """Give the desk as it is on a day of 2026."""
    then = datetime(2026, month, day, 12, 0, tzinfo=UTC)
    return replace(desk, world=replace(desk.world, now=lambda: then, today=then.date))


def standing(small: Book, month: int, day: int, known: datetime | None = None) -> list[str]:
    """Name what stands."""
    return [one.name for one in small.desk.ask(standing_disputes, Standpoint(on(month, day), known))]


def test_a_dispute_is_known_on_two_dates(small: Book) -> None:
    first = small.invoices[0]
    done = dispute(at(small.desk, 4, 20), first, reason_code="Price", amount=D(30), words="List price", on=on(4, 10))
    assert (done.name, done.amount) == ("I-1/1", D(30))
    resolve(at(small.desk, 6, 20), done.key, resolution="Customer pays", words="Agreed by phone", on=on(6, 1))
    assert standing(small, 4, 9) == []
    assert standing(small, 4, 10) == ["I-1/1"]
    assert standing(small, 5, 31) == ["I-1/1"]
    assert standing(small, 6, 1) == []
    assert standing(small, 4, 15, datetime(2026, 4, 15, tzinfo=UTC)) == [], "it was recorded on the twentieth"
    assert standing(small, 6, 5, datetime(2026, 6, 5, tzinfo=UTC)) == ["I-1/1"], "its end was not known yet"
    history = small.desk.ask(invoice_record, first, as_of=NOW.date()).history
    assert [one.what for one in history[-2:]] == [
        "Disputed 30.00 EUR, Price: List price",
        "Dispute of 30.00 EUR resolved, Customer pays: Agreed by phone",
    ]
    with pytest.raises(RequestError, match="was resolved on 01 Jun 2026 already"):
        resolve(small.desk, done.key, resolution="Credited")


def test_no_more_is_contested_than_is_open(small: Book) -> None:
    first = small.invoices[0]
    dispute(small.desk, first, reason_code="Quality", amount=D(70))
    with pytest.raises(
        RequestError, match=r"31\.00 EUR is more than the 30\.00 EUR open and not contested on invoice I-1"
    ):
        dispute(small.desk, first, reason_code="Price", amount=D(31))
    rest = dispute(small.desk, first, reason_code="Price")
    assert rest.amount == 30
    with pytest.raises(RequestError, match="Nothing is open on invoice I-1 that is not contested already"):
        dispute(small.desk, first, reason_code="Price")
    draft = PaymentDraft(small.account, D(80), "EUR", NOW.date())
    receive_payment(small.desk, draft)
    rows: tuple[DisputeRow, ...] = small.desk.ask(disputes_of, first, Standpoint(NOW.date()))
    contests = [Contest(one.amount, one.received_date, one.recorded_at) for one in rows]
    assert contested(contests, D(20), NOW.date()) == 20
    with pytest.raises(RequestError, match="Several disputes of I-1 stand: I-1/1 and I-1/2"):
        small.desk.ask(dispute_key, "I-1")
    with pytest.raises(RequestError, match="A reason is needed"):
        dispute(small.desk, first, reason_code=" ")
    with pytest.raises(RequestError, match="nothing is contested before that day"):
        dispute(small.desk, small.invoices[1], reason_code="Price", on=on(1, 1).replace(year=2020))


def test_disputing_is_undone_by_its_opposite_from_today(small: Book) -> None:
    first = small.invoices[0]
    done = dispute(small.desk, first, reason_code="Price", amount=D(30), on=on(4, 10))
    assert undone(small.desk) == "Resolve dispute I-1/1 of 30.00 EUR as withdrawn, dated today, 23 Nov 2026."
    assert standing(small, 11, 22) == ["I-1/1"], "until today it was contested"
    assert standing(small, 11, 23) == []
    assert redone(small.desk) == "Dispute 30.00 EUR of invoice I-1 again, dated today, 23 Nov 2026."
    assert standing(small, 11, 23) == ["I-1/2"]
    assert small.desk.ask(dispute_key, "I-1") != done.key
    resolve(small.desk, small.desk.ask(dispute_key, "I-1/2"), resolution="Credited")
    assert undone(small.desk).startswith("Dispute 30.00 EUR of invoice I-1 again")
    dispute(small.desk, small.invoices[1], reason_code="Price")
    resolve(small.desk, small.desk.ask(dispute_key, "I-2"), resolution="Credited")
    assert undone(small.desk).startswith("Dispute 60.00 EUR of invoice I-2 again")
    dispute(small.desk, small.invoices[2], reason_code="Price", amount=D(1))
    resolve(
        replace(small.desk, world=replace(small.desk.world, user="Bo")),
        small.desk.ask(dispute_key, "I-3"),
        resolution="Credited",
    )
    assert "Bo has since done this: Dispute I-3/1 resolved: Credited" in refused(small.desk)
