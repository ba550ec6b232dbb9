"""Posting: dates, number, due date from the term, instalments, discount, totals; and what cannot be posted."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import update

from actions.invoices.reading import findings, history, record, rows, summaries
from build import Builder
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft, edit_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.series import save_series
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.numbering import Series
from duedesk.domain.payment_terms import Item, Term
from duedesk.store.queries.terms import NamedSeries, number_series_list, terms
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.instalments import payment_schedule, payment_schedule_item
from duedesk.store.tables.ledger import credit_memo, invoice, invoice_line
from duedesk.store.tables.party import account, payment_term

D = Decimal
TODAY = date(2026, 11, 23)
LINES = (LineDraft("Hosting", quantity=D(2), unit_price=D("50.00"), tax_rate=D(19)),)


def make(workspace: Workspace, acme: int, **said: object) -> int:
    draft = replace(InvoiceDraft(acme, LINES, currency="EUR"), **said)  # type: ignore[arg-type]
    return create_draft(workspace, draft).key


def term_key(workspace: Workspace, name: str, term: Term, *, is_default: bool = False) -> int:
    save_term(workspace, name, term=term, is_default=is_default)
    return next(one.key for one in workspace.ask(terms) if one.name == name)


def series_called(workspace: Workspace, name: str) -> NamedSeries:
    return next(one for one in workspace.ask(number_series_list) if one.name == name)


def test_a_draft_is_posted(workspace: Workspace, acme: int) -> None:
    net30 = term_key(workspace, "Net 30", Term(30))
    key = make(workspace, acme, payment_term_key=net30)
    changes = post(workspace, [key])
    found = record(workspace, key)
    assert changes.concern("Invoice")
    assert (found.document_number, found.status, found.settlement_status) == ("INV-2026-00001", "Posted", "Not Settled")
    assert (found.posted_date, found.invoice_date, found.due_date) == (TODAY, TODAY, date(2026, 12, 23))
    assert found.posted_at == workspace.world.now()
    assert found.balance == found.total_amount_with_tax == D("119.00")
    assert found.is_due_date_derived is False
    assert history(workspace, key, "Status") == [(None, "Draft"), ("Draft", "Posted")]
    assert summaries(workspace)[-1] == "Invoice INV-2026-00001 posted"
    assert findings(workspace) == []


def test_an_invoice_of_april_the_first_with_net_30_is_due_on_may_the_first(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme, invoice_date=date(2026, 4, 1), payment_term_key=term_key(workspace, "Net 30", Term(30)))
    post(workspace, [key], on=date(2026, 4, 3))
    found = record(workspace, key)
    assert (found.invoice_date, found.posted_date, found.due_date) == (
        date(2026, 4, 1),
        date(2026, 4, 3),
        date(2026, 5, 1),
    )


def test_the_term_is_the_invoices_then_the_accounts_then_the_default(workspace: Workspace, acme: int) -> None:
    keys = [make(workspace, acme) for _ in range(4)]
    post(workspace, keys[:1])
    default = term_key(workspace, "Net 14", Term(14), is_default=True)
    post(workspace, keys[1:2])
    of_account = term_key(workspace, "Net 10", Term(10))
    with workspace.book.writing() as connection:
        connection.execute(update(account).values(payment_term_id=of_account))
    post(workspace, keys[2:3])
    own = term_key(workspace, "End of month", Term(items=(Item(0, "Months", 31),)))
    edit_draft(workspace, keys[3], {"PaymentTermId": own})
    post(workspace, keys[3:])
    found = [record(workspace, key) for key in keys]
    assert [row.due_date for row in found] == [TODAY, date(2026, 12, 7), date(2026, 12, 3), date(2026, 11, 30)]
    assert [row.payment_term_id for row in found] == [None, default, of_account, own]
    assert [row.is_due_date_derived for row in found] == [True, False, False, False]


def test_a_term_that_is_no_longer_active_is_no_default(workspace: Workspace, acme: int) -> None:
    term_key(workspace, "Net 14", Term(14), is_default=True)
    save_term(workspace, "Net 14", term=Term(14), status="Inactive")
    assert not rows(workspace, payment_term)[0].is_default
    key = make(workspace, acme)
    post(workspace, [key])
    assert record(workspace, key).due_date == TODAY


def test_a_due_date_that_was_agreed_stays(workspace: Workspace, acme: int) -> None:
    parts = term_key(workspace, "Halves", Term(items=(Item(10, percentage=D(50)), Item(20))))
    key = make(workspace, acme, due_date=date(2026, 12, 31), payment_term_key=parts)
    post(workspace, [key])
    assert record(workspace, key).due_date == date(2026, 12, 31)
    assert rows(workspace, payment_schedule) == []


def test_two_ten_net_thirty(workspace: Workspace, acme: int) -> None:
    term = term_key(workspace, "2/10 net 30", Term(30, discount_percent=D(2), discount_days=10))
    key = make(workspace, acme, payment_term_key=term)
    post(workspace, [key])
    found = record(workspace, key)
    assert (found.discount_date, found.discount_amount) == (date(2026, 12, 3), D("2.38"))


def test_a_term_in_parts_makes_a_payment_schedule(workspace: Workspace, acme: int) -> None:
    thirds = Term(items=(Item(30, percentage=D("33.33")), Item(60, percentage=D("33.33")), Item(90)))
    key = make(workspace, acme, payment_term_key=term_key(workspace, "Thirds", thirds))
    changes = post(workspace, [key])
    (schedule,) = rows(workspace, payment_schedule)
    items = rows(workspace, payment_schedule_item)
    assert changes.concern("PaymentSchedule", "PaymentScheduleItem")
    assert (schedule.invoice_id, schedule.status, schedule.total_requested_amount) == (key, "Ready", D("119.00"))
    assert [(row.position, row.requested_amount, row.later_amount) for row in items] == [
        (1, D("39.66"), D("79.34")),
        (2, D("39.66"), D("39.68")),
        (3, D("39.68"), D(0)),
    ]
    assert [row.payment_schedule_item_number for row in items] == [f"INV-2026-00001-{place}" for place in (1, 2, 3)]
    assert record(workspace, key).due_date == items[-1].target_payment_processing_date == date(2027, 2, 21)
    assert findings(workspace) == []


def test_what_excludes_payment_has_no_schedule_and_says_why(workspace: Workspace, acme: int) -> None:
    halves = term_key(workspace, "Halves", Term(items=(Item(10, percentage=D(50)), Item(20))))
    refused = make(workspace, acme, payment_term_key=halves, should_exclude_payment=True)
    with pytest.raises(RequestError, match="does not say why"):
        post(workspace, [refused])
    key = make(workspace, acme, payment_term_key=halves, should_exclude_payment=True, payment_exclusion_reason="Barter")
    post(workspace, [key])
    assert rows(workspace, payment_schedule) == []


def test_a_series_of_ones_own_numbers_an_invoice(workspace: Workspace, acme: int) -> None:
    save_series(workspace, "Berlin", object_name="Invoice", series=Series("B-{year}/", 3))
    series = series_called(workspace, "Berlin")
    key = make(workspace, acme, number_series_key=series.key, invoice_date=date(2025, 12, 30))
    post(workspace, [key])
    assert record(workspace, key).document_number == "B-2025/001"
    found = series_called(workspace, "Berlin")
    assert (found.period, found.next_number, found.is_default) == ("2025", 2, True)


def test_an_invoice_of_nothing_is_settled_at_once(workspace: Workspace, acme: int) -> None:
    lines = (LineDraft("Work", amount=D(10)), LineDraft("Goodwill", "Adjustment", amount=D(-10), related=0))
    key = make(workspace, acme, lines=lines, payment_term_key=term_key(workspace, "Net 30", Term(30)))
    post(workspace, [key])
    found = record(workspace, key)
    assert (found.settlement_status, found.due_date, found.full_settlement_date) == ("Settled", TODAY, TODAY)


def test_a_draft_that_came_without_lines_is_posted_with_its_total(workspace: Workspace, acme: int) -> None:
    with workspace.book.writing() as connection:
        key = Builder(connection).invoice(None, acme, "80.00", on="2026-11-01", due="2026-11-30", status="Draft")
    post(workspace, [key])
    assert record(workspace, key).balance == D(80)


@pytest.mark.parametrize(
    ("said", "refused"),
    [
        ({"lines": ()}, "has no lines, so there is nothing to bill"),
        ({"lines": (LineDraft("Refund", amount=D(-5)),)}, "comes to −5.00 EUR, and nobody owes less than nothing"),
        ({"invoice_date": date(2026, 12, 1), "due_date": date(2026, 11, 30)}, "before its invoice date, 01 Dec 2026"),
    ],
)
def test_what_is_not_ready_is_refused_and_takes_no_number(
    workspace: Workspace, acme: int, said: dict[str, object], refused: str
) -> None:
    good, bad = make(workspace, acme), make(workspace, acme, **said)
    with pytest.raises(RequestError, match=f"Draft #{bad} .*{refused}"):
        post(workspace, [good, bad])
    assert record(workspace, good).status == "Draft"
    post(workspace, [good])
    assert record(workspace, good).document_number == "INV-2026-00001"


def test_a_currency_that_is_none_and_a_day_to_come_are_refused(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    with pytest.raises(RequestError, match="that day is to come"):
        post(workspace, [key], on=date(2026, 11, 24))
    with workspace.book.writing() as connection:
        connection.execute(update(invoice).values(currency_iso_code="ABC"))
    with pytest.raises(RequestError, match="“ABC”, which is no currency"):
        post(workspace, [key])
    with pytest.raises(RequestError, match="nothing to post"):
        post(workspace, [])


def test_what_is_posted_is_not_posted_again(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    post(workspace, [key, key])
    with pytest.raises(RequestError, match=r"INV-2026-00001 is posted and cannot be posted\. Nothing is left"):
        post(workspace, [key])


def test_negative_lines_become_a_credit_memo_that_says_where_it_came_from(workspace: Workspace, acme: int) -> None:
    lines = (
        LineDraft("Plan", amount=D(100), tax_rate=D(19)),
        LineDraft("Returned", amount=D(-10)),
        LineDraft("Unused", amount=D(-15), tax_rate=D(19)),
        LineDraft("Goodwill", "Adjustment", amount=D(-4), related=0),
    )
    key = make(workspace, acme, lines=lines)
    changes = post(workspace, [key], convert_negative_lines=True)
    found = record(workspace, key)
    (memo,) = rows(workspace, credit_memo)
    assert changes.concern("CreditMemo", "CreditMemoLine")
    assert found.total_converted_neg_amount == D("-27.85")
    assert (found.total_charge_amount, found.total_adjustment_amount) == (D(100), D(-4))
    assert found.total_amount_with_tax == found.balance == D(115)
    assert (memo.status, memo.source_action, memo.category) == (
        "Posted",
        "NegativeInvoiceLineConversion",
        "Standalone",
    )
    assert (memo.source_invoice_id, memo.document_number) == (key, "CM-2026-00001")
    assert (memo.total_amount, memo.total_tax_amount, memo.total_amount_with_tax, memo.balance) == (
        D(25),
        D("2.85"),
        D("27.85"),
        D("27.85"),
    )
    taken = {row.name: row.id for row in rows(workspace, invoice_line)}
    assert [(row.invoice_line_id, row.line_amount, row.tax_amount) for row in rows(workspace, credit_memo_line)] == [
        (taken["Returned"], D(10), D(0)),
        (taken["Unused"], D(15), D("2.85")),
    ]
    assert findings(workspace) == []


def test_an_invoice_of_negative_lines_alone_becomes_credit_whole(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme, lines=(LineDraft("A", amount=D(-10)), LineDraft("B", amount=D(-15))))
    post(workspace, [key], convert_negative_lines=True)
    found = record(workspace, key)
    assert (found.total_amount_with_tax, found.total_converted_neg_amount) == (D(0), D(-25))
    assert found.settlement_status == "Settled"
    assert rows(workspace, credit_memo)[0].balance == D(25)
    assert findings(workspace) == []


def test_two_conversions_at_once_make_two_memos(workspace: Workspace, acme: int) -> None:
    lines = (LineDraft("Plan", amount=D(100)), LineDraft("Returned", amount=D(-10)))
    post(workspace, [make(workspace, acme, lines=lines) for _ in range(2)], convert_negative_lines=True)
    assert [row.document_number for row in rows(workspace, credit_memo)] == ["CM-2026-00001", "CM-2026-00002"]


def test_a_draft_is_canceled_reopened_and_posted(workspace: Workspace, acme: int) -> None:
    key = make(workspace, acme)
    cancel(workspace, [key], reason="Ordered twice")
    assert record(workspace, key).status == "Canceled"
    assert summaries(workspace)[-1] == f"Draft #{key} canceled: Ordered twice"
    with pytest.raises(RequestError, match=r"is canceled and cannot be posted\. Reopen it first"):
        post(workspace, [key])
    reopen(workspace, [key])
    post(workspace, [key])
    with pytest.raises(RequestError, match="Void it instead"):
        cancel(workspace, [key])
    with pytest.raises(RequestError, match="cannot be reopened"):
        reopen(workspace, [key])


@pytest.mark.parametrize(
    ("status", "end"),
    [
        ("Draft In Progress", "Draft"),
        ("Pending", "Draft"),
        ("Posting In Progress", "Draft"),
        ("Error", "Draft"),
        ("Canceled", "Draft"),
        ("Void In Progress", "Posted"),
    ],
)
def test_from_every_state_that_passes_there_is_a_way_back(
    workspace: Workspace, acme: int, status: str, end: str
) -> None:
    key = make(workspace, acme)
    if status == "Void In Progress":
        post(workspace, [key])
    with workspace.book.writing() as connection:
        connection.execute(update(invoice).values(status=status, error_reason="It went wrong"))
    reopen(workspace, [key])
    found = record(workspace, key)
    assert found.status == end
    assert (found.error_reason is None) == (end == "Draft")
