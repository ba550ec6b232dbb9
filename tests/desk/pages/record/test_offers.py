"""Which verbs a person is offered: what the state allows, and of that what the role allows, with the reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from duedesk.desk.pages.record.verbs import Doing, Offer, offers_of, primary
from duedesk.domain.access import Role, Standing
from duedesk.domain.life_cycle import Status
from duedesk.store.queries.records.invoice import InvoiceRecord
from duedesk.store.queries.records.movements import Movement
from duedesk.store.queries.records.whole_invoice import WholeInvoice

DAY = date(2026, 11, 23)
INVOICE = InvoiceRecord(
    key=1,
    account_key=2,
    number="I-1",
    account="Acme",
    account_number="",
    currency="EUR",
    status="Posted",
    settlement_status="Not Settled",
    total=Decimal(100),
    balance=Decimal(100),
    invoice_date=DAY,
    due_date=DAY,
    days_overdue=0,
    is_due_date_derived=False,
    fields=(),
    lines=(),
    movements=(),
    history=(),
)
POSTED = WholeInvoice(INVOICE, (), (), (), Standing("Ana"))


def in_state(status: Status) -> WholeInvoice:
    return replace(POSTED, invoice=replace(INVOICE, status=status.value))


def offered(whole: WholeInvoice, **more: object) -> dict[Doing, str]:
    offers: tuple[Offer, ...] = offers_of(whole, in_hand=None, **more)  # type: ignore[arg-type] # a reason
    return {offer.doing: offer.barred for offer in offers}


ALWAYS = {Doing.LETTER, Doing.NOTE, Doing.ATTACH}
DUNNED = {Doing.HOLD, Doing.POLICY, Doing.PROMISE, Doing.WHY}


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        (Status.DRAFT, {Doing.EDIT, Doing.POST, Doing.CANCEL, Doing.DELETE}),
        (Status.PENDING, {Doing.POST, Doing.REOPEN, Doing.CANCEL}),
        (Status.POSTED, {Doing.APPLY, Doing.PAY, Doing.CREDIT, Doing.WRITE_OFF, Doing.DISPUTE, Doing.VOID} | DUNNED),
        (Status.VOIDED, set()),
        (Status.CANCELED, {Doing.REOPEN}),
        (Status.ERROR, {Doing.REOPEN, Doing.CANCEL}),
    ],
)
def test_what_the_state_allows(status: Status, verbs: set[Doing]) -> None:
    assert offered(in_state(status)).keys() == verbs | ALWAYS


def test_what_the_role_does_not_allow_says_whose_it_is() -> None:
    clerk = replace(POSTED, standing=Standing("Ana", are_rules=True, role=Role.CLERK))
    auditor = replace(POSTED, standing=Standing("Ana", are_rules=True, role=Role.AUDITOR))

    assert offered(clerk)[Doing.VOID] == "that takes Supervisor or Finance"
    assert offered(clerk)[Doing.APPLY] == ""
    assert offered(auditor)[Doing.NOTE] != ""
    assert offered(auditor)[Doing.LETTER] == ""


def test_nothing_is_open() -> None:
    paid = replace(POSTED, invoice=replace(INVOICE, balance=Decimal(0)))

    assert offered(paid)[Doing.APPLY] == "nothing is open"
    assert offered(paid)[Doing.CREDIT] == ""


def test_what_was_known_then_is_only_looked_at() -> None:
    barred = offered(POSTED, barred="shown as it was known then")

    assert {doing for doing, reason in barred.items() if not reason} == {Doing.LETTER, Doing.WHY}


def test_only_what_is_left_of_an_application_is_taken_off() -> None:
    held = Movement(DAY, "Payment", "P-1", Decimal(-10), Decimal(90), "", None, 5, "Payment", 3, Decimal(10))

    def has_unapply(movement: Movement) -> bool:
        return any(offer.doing is Doing.UNAPPLY for offer in offers_of(POSTED, in_hand=movement))

    assert has_unapply(held)
    assert not has_unapply(replace(held, rest=Decimal(0)))


def test_what_most_will_do_next() -> None:
    assert primary(in_state(Status.DRAFT)) is Doing.POST
    assert primary(POSTED) is None


def test_no_two_verbs_have_one_key() -> None:
    keys = [doing.key for doing in Doing]
    assert len(set(keys)) == len(keys)
