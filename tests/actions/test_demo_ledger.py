"""What happens in the sample book could happen: every rule of the ledger holds on every day, as known on any other."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Row, Select, func, select

from duedesk.actions.demo import make_demo
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.grouping import ACCOUNT, CURRENCY
from duedesk.domain.invoice import SettlementStatus
from duedesk.domain.money import ZERO, is_payable
from duedesk.domain.objects.invoice import STATUSES
from duedesk.domain.world import World
from duedesk.store.proof.book import prove
from duedesk.store.queries.aging.figures import aging, trend
from duedesk.store.queries.rates import aging_in
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.ledger import application, credit_memo, invoice, invoice_line, payment

AS_OF = date(2026, 11, 23)
FIRST_DAY = AS_OF - timedelta(days=730)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A book of 5,000 invoices."""
    now = datetime.combine(AS_OF, time(10), UTC)
    world = World(lambda: now, lambda: AS_OF, Random(0), "Ana Reyes")
    workspace = make_demo(str(tmp_path_factory.mktemp("demo") / "sample.duedesk"), world, invoices=5_000)
    yield workspace
    workspace.close()


def rows(workspace: Workspace, query: Select[Any]) -> list[Row[Any]]:
    with workspace.book.reading() as connection:
        return list(connection.execute(query))


def test_every_state_occurs(sample: Workspace) -> None:
    states = Counter(row.status for row in rows(sample, select(invoice.c.status)))
    assert set(states) == set(STATUSES.split(" | "))
    assert 20 < states["Voided"] < 120
    assert 5 < states["Draft"] < 60
    assert {row[0] for row in rows(sample, select(invoice.c.settlement_status).distinct())} == set(SettlementStatus)
    assert {row[0] for row in rows(sample, select(payment.c.status).distinct())} == {"Draft", "Processed", "Canceled"}
    kinds = {(row.status, row.category) for row in rows(sample, select(credit_memo.c.status, credit_memo.c.category))}
    assert {("Posted", "Referenced"), ("Posted", "Standalone"), ("Posted", "InvoiceWriteOff")} <= kinds
    assert {"Draft", "Pending", "Error", "Canceled", "Voided"} <= {status for status, _ in kinds}


def test_only_what_is_posted_has_a_number_and_numbers_have_no_gaps(sample: Workspace) -> None:
    for table, prefix in ((invoice, "INV"), (credit_memo, "CM")):
        found = rows(sample, select(table.c.document_number, table.c.posted_at).order_by(table.c.id))
        assert all((row.document_number is None) == (row.posted_at is None) for row in found)
        posted = [row for row in found if row.posted_at is not None]
        assert [row.posted_at for row in posted] == sorted(row.posted_at for row in posted)
        counts: Counter[int] = Counter()
        for row in posted:
            counts[row.posted_at.year] += 1
            assert row.document_number == f"{prefix}-{row.posted_at.year}-{counts[row.posted_at.year]:05d}"


def test_lines_add_up_to_their_invoice(sample: Workspace) -> None:
    lines = defaultdict(list)
    for line in rows(sample, select(invoice_line).order_by(invoice_line.c.id)):
        lines[line.invoice_id].append(line)
    kinds: Counter[str] = Counter()
    for bill in rows(sample, select(invoice)):
        its_lines = lines[bill.id]
        charges = [line for line in its_lines if line.type == "Charge"]
        adjustments = [line for line in its_lines if line.type == "Adjustment"]
        taxes = [line for line in its_lines if line.type == "Tax"]
        kinds.update(line.type for line in its_lines)
        assert 1 <= len(its_lines) <= 6
        assert bill.total_charge_amount == sum(line.charge_amount for line in charges)
        assert bill.total_charge_tax_amount == sum(line.charge_tax_amount for line in charges)
        assert bill.total_adjustment_amount == sum(line.adjustment_amount for line in adjustments)
        assert bill.total_adjustment_tax_amount == sum(line.adjustment_tax_amount for line in adjustments)
        assert bill.total_amount == bill.total_charge_amount + bill.total_adjustment_amount
        assert bill.total_tax_amount == bill.total_charge_tax_amount + bill.total_adjustment_tax_amount
        assert bill.total_tax_amount == sum(line.tax_amount for line in taxes)
        assert bill.total_amount_with_tax == bill.total_amount + bill.total_tax_amount
        assert bill.total_amount_with_tax == sum(line.line_amount for line in its_lines)
        assert bill.total_charge_amount_with_tax == sum(line.charge_amount_with_tax for line in charges)
        assert bill.total_adjustment_amount_with_tax == sum(line.adjustment_amount_with_tax for line in adjustments)
        assert all(line.related_line_id in {charge.id for charge in charges} for line in adjustments)
    assert all(kinds[kind] > 100 for kind in ("Charge", "Adjustment", "Tax"))


def test_tax_is_its_rate_of_the_whole_and_prices_times_quantities_are_amounts(sample: Workspace) -> None:
    query = (
        select(invoice_line, invoice.c.currency_iso_code, invoice.c.tax_locale_type, invoice.c.total_amount)
        .join(invoice, invoice.c.id == invoice_line.c.invoice_id)
        .where(invoice_line.c.type != "Adjustment")
    )
    for line in rows(sample, query):
        cent = Decimal(1) if line.currency_iso_code == "JPY" else Decimal("0.01")
        if line.type == "Tax":
            assert abs(line.tax_amount - line.total_amount * line.tax_rate / 100) <= cent
        elif line.tax_locale_type == "Net":
            assert abs(line.line_amount - line.quantity * line.unit_price) <= cent / 2
        else:
            assert abs(line.line_amount - line.quantity * line.unit_price) <= cent + line.quantity / 10_000


def test_every_amount_can_be_paid_in_its_currency(sample: Workspace) -> None:
    for table, column in (
        (invoice, invoice.c.total_amount_with_tax),
        (invoice, invoice.c.total_tax_amount),
        (payment, payment.c.amount),
        (credit_memo, credit_memo.c.total_tax_amount),
        (application, application.c.amount),
    ):
        found = rows(sample, select(column.label("amount"), table.c.currency_iso_code))
        assert all(is_payable(row.amount, row.currency_iso_code) for row in found)
        assert {row.currency_iso_code for row in found} == {"EUR", "USD", "JPY"}


def test_no_side_ever_holds_more_than_it_has_on_any_day_as_known_on_any_other(sample: Workspace) -> None:
    """At each recorded moment, and at each effective day within what was known then, both sides stay within bounds."""
    limits: dict[tuple[str, int], Decimal] = {}
    for kind, table, column in (
        ("invoice", invoice, invoice.c.total_amount_with_tax),
        ("payment", payment, payment.c.amount),
        ("credit", credit_memo, credit_memo.c.total_amount_with_tax),
    ):
        limits |= {(kind, row.id): row.amount for row in rows(sample, select(table.c.id, column.label("amount")))}
    sides = defaultdict(list)
    for event in rows(sample, select(application).order_by(application.c.recorded_at, application.c.id)):
        sides["invoice", event.invoice_id].append(event)
        sides[event.kind, event.payment_id or event.credit_memo_id].append(event)
    taken_back = 0
    for side, events in sides.items():
        taken_back += any(event.type == "Unapplied" for event in events)
        for known in range(1, len(events) + 1):
            if events[known - 1].recorded_at == (events[known].recorded_at if known < len(events) else None):
                continue
            for day in {event.effective_date for event in events[:known]}:
                applied = -sum(event.impact_amount for event in events[:known] if event.effective_date <= day)
                assert 0 <= applied <= limits[side], (side, day, events[known - 1].recorded_at)
    assert taken_back > 20


def test_events_come_after_what_they_are_about(sample: Workspace) -> None:
    query = (
        select(
            application,
            invoice.c.invoice_date,
            invoice.c.posted_at,
            func.coalesce(payment.c.effective_date, credit_memo.c.effective_date).label("source_date"),
            func.coalesce(payment.c.created_date, credit_memo.c.posted_at).label("source_recorded"),
        )
        .join(invoice, invoice.c.id == application.c.invoice_id)
        .outerjoin(payment, payment.c.id == application.c.payment_id)
        .outerjoin(credit_memo, credit_memo.c.id == application.c.credit_memo_id)
    )
    late = 0
    for event in rows(sample, query):
        assert event.effective_date >= max(event.invoice_date, event.source_date)
        assert event.recorded_at >= max(event.posted_at, event.source_recorded)
        assert event.effective_date <= event.recorded_at.date() <= AS_OF
        late += event.effective_date < event.recorded_at.date()
    assert late > 200, "some payments are booked days after their value day"


def test_what_is_withdrawn_holds_nothing_from_that_day_on(sample: Workspace) -> None:
    impact = func.sum(application.c.impact_amount).label("impact")
    applied = select(application.c.invoice_id, impact).group_by(application.c.invoice_id)
    sums = {row.invoice_id: row.impact for row in rows(sample, applied)}
    voided = rows(sample, select(invoice).where(invoice.c.status == "Voided"))
    assert all(sums.get(row.id, 0) == 0 for row in voided)
    assert any(row.id in sums for row in voided), "one was paid before it was voided"
    canceled = rows(sample, select(payment).where(payment.c.status == "Canceled"))
    back = rows(sample, select(application).where(application.c.type == "Unapplied"))
    for row in canceled:
        its_events = [event for event in back if event.payment_id == row.id]
        assert its_events
        assert all(event.effective_date == row.cancellation_effective_date for event in its_events)
        assert all(event.recorded_at == row.cancellation_date for event in its_events)


def test_payments_of_every_shape(sample: Workspace) -> None:
    applied = select(
        application.c.payment_id,
        func.count(application.c.invoice_id.distinct()).label("invoices"),
    ).where(application.c.kind == "payment", application.c.type == "Applied")
    several = [row for row in rows(sample, applied.group_by(application.c.payment_id)) if row.invoices > 1]
    assert len(several) > 50, "one payment over several invoices"
    assert rows(sample, select(payment).where(payment.c.comments == "Paid twice"))
    assert rows(sample, select(payment).where(payment.c.comments.like("Deposit%"), payment.c.net_applied > ZERO))
    assert rows(sample, select(payment).where(payment.c.balance > ZERO))
    assert rows(sample, select(credit_memo).where(credit_memo.c.category == "Standalone", credit_memo.c.balance > ZERO))
    again = select(application.c.credit_memo_id).where(application.c.type == "Applied")
    moved = again.group_by(application.c.credit_memo_id, application.c.invoice_id).having(func.count() > 1)
    assert rows(sample, moved), "a credit was applied, taken off and applied again"
    disputed = select(invoice).where(invoice.c.description.like("Disputed: %"), invoice.c.balance > ZERO)
    booked = disputed.where(invoice.c.due_date < AS_OF - timedelta(days=50))  # what was paid last may not be booked yet
    assert rows(sample, booked)
    assert all(row.settlement_status == "Partially Settled" for row in rows(sample, booked))


def test_what_customers_contest_stands_or_has_ended_and_there_are_rates(sample: Workspace) -> None:
    known = rows(sample, select(dispute))
    assert {row.reason_code for row in known} >= {"Quality", "Price", "Quantity"}
    assert any(row.resolved_on is None for row in known)
    assert {row.resolution for row in known} >= {"Credited", "Customer pays"}
    apart = sample.ask(aging, AgingRequest(AS_OF, by=(CURRENCY,), apart_disputed=True))
    assert apart.mismatches == ()
    assert any(row.disputed for row in apart.rows)
    euros = sample.ask(aging_in, AgingRequest(AS_OF), "EUR")
    assert [one.from_currency for one in euros.rates] == ["JPY", "USD"]
    assert all(not one.staleness(AS_OF) for one in euros.rates)
    assert euros.mismatches == ()


def test_the_buckets_agree_with_the_documents_whenever_one_looks(sample: Workspace) -> None:
    random = Random(4)
    for _ in range(12):
        day = FIRST_DAY + timedelta(days=random.randint(0, 740))
        known = datetime.combine(FIRST_DAY + timedelta(days=random.randint(0, 740)), time(23), UTC)
        for known_on in (None, known):
            seen = sample.ask(aging, AgingRequest(day, known_on, (ACCOUNT,)))
            assert seen.mismatches == ()


def shares(workspace: Workspace, as_of: date) -> dict[str, list[Decimal]]:
    """Percent of what is open by bucket, for each currency."""
    seen = workspace.ask(aging, AgingRequest(as_of, by=(CURRENCY,)))
    return {row.currency: [100 * amount / sum(row.buckets) for amount in row.buckets] for row in seen.rows}


def test_twenty_thousand_age_as_a_business_does(world: World, tmp_path: Path) -> None:
    workspace = make_demo(str(tmp_path / "large.duedesk"), world, invoices=20_000)
    with workspace.book.reading() as connection:
        assert list(prove(connection, as_of=AS_OF)) == []
        open_count = connection.scalar(select(func.count()).where(invoice.c.balance > ZERO))
    assert open_count is not None
    assert 2600 < open_count < 3300, "about three of twenty invoices are open"
    euro = shares(workspace, AS_OF)["EUR"]
    for share, least, most in zip(euro, (50, 14, 5, 2, 3), (68, 28, 15, 11, 12), strict=True):
        assert least < share < most, euro
    for buckets in shares(workspace, AS_OF).values():
        assert all(share > 0 for share in buckets)
    assert 52 < sales_outstanding(workspace) < 76
    months = [date(2025, month, 1) - timedelta(days=1) for month in range(6, 13)]
    months += [date(2026, month, 1) - timedelta(days=1) for month in range(1, 12)]
    by_month = dict(workspace.ask(trend, AgingRequest(AS_OF, currency="EUR"), months))
    open_ = {day: seen[0].balance for day, seen in by_month.items()}
    assert open_[date(2026, 8, 31)] < min(open_[date(2026, 6, 30)], open_[date(2026, 10, 31)]), "August is quiet"
    assert open_[date(2026, 10, 31)] > open_[date(2025, 10, 31)], "business grows"
    workspace.close()


def sales_outstanding(workspace: Workspace) -> Decimal:
    """Days of sales that are open in euros, by the last ninety days."""
    seen = workspace.ask(aging, AgingRequest(AS_OF, by=(CURRENCY,)))
    sold = select(func.sum(invoice.c.total_amount_with_tax)).where(
        invoice.c.currency_iso_code == "EUR",
        invoice.c.status == "Posted",
        invoice.c.invoice_date > AS_OF - timedelta(days=90),
    )
    sales = rows(workspace, sold)[0][0]
    open_ = next(sum(row.buckets, ZERO) for row in seen.rows if row.currency == "EUR")
    return Decimal(open_ * 90 / sales)


def test_other_seeds_hold_together_too(world: World, tmp_path: Path) -> None:
    for seed in range(2, 6):
        day = AS_OF - timedelta(days=40 * seed)
        workspace = make_demo(str(tmp_path / f"{seed}.duedesk"), world, invoices=600, seed=seed, as_of=day)
        with workspace.book.reading() as connection:
            assert list(prove(connection, as_of=day)) == []
        workspace.close()
