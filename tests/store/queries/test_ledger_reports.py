"""What the reports of the ledger read, on both databases: each report's sums are the roll-forward's and the aging's."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from build import Builder
from duedesk.domain.dunning.policy import Fee, PolicyLevel
from duedesk.domain.money import ZERO
from duedesk.store.book import Book
from duedesk.store.queries.reports.cash import applied_cash, cash_events, unapplied_cash
from duedesk.store.queries.reports.credits import credit_events, voided_credits
from duedesk.store.queries.reports.disputes import reported_disputes, reported_promises
from duedesk.store.queries.reports.dunning_log import letters_of_currencies, logged_items, logged_letters
from duedesk.store.queries.reports.invoice_register import registered_invoices
from duedesk.store.queries.reports.scope import (
    ReportScope,
    accounts_with_activity,
    accounts_with_balance,
    moved,
    owed,
)
from duedesk.store.queries.reports.statement import (
    activity_statements,
    open_statements,
)
from duedesk.store.queries.reports.unapplied import unapplied_items
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.ledger import credit_memo
from dunning_records import DunningBuilder, issue
from store.ledgers import DAYS, FIRST_DAY, RandomLedger, moment

D = Decimal
Sums = dict[str, Decimal]


def summed(amounts: Iterable[tuple[str, Decimal]]) -> Sums:
    """Amounts by currency, without those that come to nothing."""
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for currency, amount in amounts:
        found[currency] += amount
    return {currency: amount for currency, amount in found.items() if amount}


def hold_together(connection: Connection, scope: ReportScope) -> None:
    """Every report of a scope comes to what the ledger says of it."""
    ledger = moved(connection, scope)

    def of_ledger(*names: str) -> Sums:
        return summed((row.currency, getattr(row, name)) for row in ledger for name in names)

    register = list(registered_invoices(connection, scope, scope.as_of))
    assert summed((one.currency, one.total) for one in register) == of_ledger("invoiced")
    assert not [one for one in register if one.total != one.payments + one.credits + one.voided + one.balance]

    cash, applied = list(cash_events(connection, scope)), list(applied_cash(connection, scope))
    assert summed((one.currency, -one.amount) for one in cash if one.what == "Received") == of_ledger("paid")
    assert not [
        one
        for one in cash
        if one.what == "Received" and one.amount != one.applied + one.refunded + one.unapplied + one.canceled
    ]
    flow = [*((one.currency, one.amount) for one in cash), *((one.currency, -one.amount) for one in applied)]
    of_cash = unapplied_cash(connection, scope)
    assert summed([*flow, *((one.currency, one.opening) for one in of_cash)]) == summed(
        (one.currency, one.closing) for one in of_cash
    )

    credits_ = list(credit_events(connection, scope))
    assert summed((one.currency, -one.amount) for one in credits_) == summed(
        [*of_ledger("credited", "written_off").items(), *voided_credits(connection, scope).items()]
    )
    canceled = summed((one.currency, -one.amount) for one in cash if one.what == "Canceled")
    assert summed([*canceled.items(), *voided_credits(connection, scope).items()]) == of_ledger("reversed")

    totals = owed(connection, scope)
    loose = list(unapplied_items(connection, scope))
    assert summed((one.currency, -one.unapplied) for one in loose) == summed(
        (one.currency, one.unapplied) for one in totals
    )
    payments = summed((one.currency, one.unapplied) for one in loose if one.kind == "Payment")
    assert payments == summed((one.currency, one.closing) for one in of_cash)

    for one in activity_statements(connection, scope, accounts_with_activity(connection, scope)):
        assert one.opening + sum((line.amount for line in one.moved_lines), ZERO) == one.closing
        assert not one.moved_lines or one.moved_lines[-1].balance == one.closing
    open_ = list(open_statements(connection, scope, accounts_with_balance(connection, scope)))
    assert not [one for one in open_ if sum((line.balance for line in one.open_lines), ZERO) != one.closing]
    assert summed((one.currency, one.closing) for one in open_) == of_ledger("closing")


def test_any_period_comes_to_what_the_ledger_says(book: Book) -> None:
    with book.writing() as connection:
        ledger = RandomLedger(Builder(connection), Random(11)).make()
    accounts = sorted({one.account for one in ledger.invoices})[:3]

    @settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.tuples(st.integers(0, DAYS), st.integers(0, DAYS + 10)).map(sorted),
        st.none() | st.integers(0, DAYS),
        st.sampled_from((None, "EUR")),
        st.booleans(),
    )
    def agree(offsets: list[int], known: int | None, currency: str | None, some: bool) -> None:
        first, last = (FIRST_DAY + timedelta(days=offset) for offset in offsets)
        known_on = None if known is None else moment(FIRST_DAY + timedelta(days=known), 12)
        scope = ReportScope(last, first, known_on, currency, tuple(accounts) if some else None)
        with book.reading() as reader:
            hold_together(reader, scope)

    agree()


def a_month(connection: Connection) -> None:
    """An account that pays, gets back, is credited and written off within March."""
    build = Builder(connection)
    acme = build.account("Acme", "00042", build.owner("Ana Reyes"))
    old = build.invoice("I-1", acme, "100.00", on="2026-02-01", due="2026-03-01")
    build.invoice("I-2", acme, "250.00", on="2026-03-05", due="2026-04-04")
    build.invoice("I-3", acme, "40.00", on="2026-03-06", status="Voided", voided="2026-03-20")
    wired = build.payment(acme, "130.00", on="2026-03-10", number="P-1")
    put = build.apply(old, "100.00", on="2026-03-10", account=acme, payment=wired)
    build.apply(old, "10.00", on="2026-03-12", account=acme, payment=wired, takes_back=put)
    build.refund(wired, acme, "15.00", on="2026-03-15", number="R-1")
    build.payment(acme, "500.00", on="2026-03-11", number="P-2", canceled="2026-03-13")
    gone = build.credit_memo(acme, "10.00", on="2026-03-25", number="W-1")
    of = credit_memo.c
    said = {"category": "InvoiceWriteOff", "reason_code": "Small balance", "source_invoice_id": old}
    connection.execute(credit_memo.update().where(of.id == gone).values(**said))
    build.apply(old, "10.00", on="2026-03-25", account=acme, credit_memo=gone)
    build.credit_memo(acme, "30.00", on="2026-03-26", number="C-1", voided="2026-03-28")
    build.settle()


def test_a_month_of_one_account(book: Book) -> None:
    with book.writing() as connection:
        a_month(connection)
    scope = ReportScope(date(2026, 3, 31), date(2026, 3, 1))
    with book.reading() as reader:
        hold_together(reader, scope)
        register = list(registered_invoices(reader, scope, scope.as_of))
        cash, applied = list(cash_events(reader, scope)), list(applied_cash(reader, scope))
        credits_, loose = list(credit_events(reader, scope)), list(unapplied_items(reader, scope))
        (statement,) = activity_statements(reader, scope, accounts_with_activity(reader, scope))
        (open_,) = open_statements(reader, scope, accounts_with_balance(reader, scope))
        early = list(registered_invoices(reader, scope, date(2026, 3, 19)))
    assert [(one.number, one.status, one.voided, one.balance) for one in register] == [
        ("I-2", "Posted", D(0), D(250)),
        ("I-3", "Voided", D(40), D(0)),
    ]
    assert [(one.number, one.status, one.balance) for one in early] == [
        ("I-2", "Posted", D(250)),
        ("I-3", "Posted", D(40)),
    ]
    assert [(one.what, one.payment, one.amount, one.applied, one.unapplied) for one in cash] == [
        ("Received", "P-1", D(130), D(90), D(25)),
        ("Received", "P-2", D(500), D(0), D(0)),
        ("Canceled", "P-2", D(-500), D(0), D(0)),
        ("Refunded", "P-1", D(-15), D(0), D(0)),
    ]
    assert [(one.what, one.invoice, one.amount, one.days_late) for one in applied] == [
        ("Applied", "I-1", D(100), 9),
        ("Unapplied", "I-1", D(-10), 11),
    ]
    assert [(one.what, one.kind, one.number, one.reason, one.invoice, one.amount) for one in credits_] == [
        ("Posted", "Write-off", "W-1", "Small balance", "I-1", D(10)),
        ("Posted", "Credit memo", "C-1", "", "", D(30)),
        ("Voided", "Credit memo", "C-1", "", "", D(-30)),
    ]
    assert [(one.number, one.days, one.used, one.unapplied) for one in loose] == [("P-1", 21, D(105), D(25))]
    assert (statement.opening, statement.closing, len(statement.moved_lines)) == (D(100), D(225), 10)
    assert statement.moved_lines[-1].balance == D(225)
    assert [(one.number, one.days_overdue, one.balance) for one in open_.open_lines] == [
        ("I-2", -4, D(250)),
        ("P-1", None, D(-25)),
    ]


def a_dunned_month(connection: Connection) -> None:
    """Two letters of which one is cancelled, disputes and promises, some kept."""
    build = DunningBuilder(connection)
    build.policy(PolicyLevel(1, "First", 5, fee=Fee("fixed", "letter", amounts={"EUR": D(5)})))
    acme, beta = build.account("Alder"), build.account("Beta")
    late = build.invoice("L-1", acme, "100.00", on="2026-02-01", due="2026-02-20")
    other = build.invoice("L-2", beta, "60.00", on="2026-02-01", due="2026-02-21")
    build.settle()
    issue(connection, "2026-03-05")
    taken = {"status": "Cancelled", "cancelled_on": date(2026, 3, 20), "cancelled_at": moment(date(2026, 3, 20))}
    taken |= {"cancelled_by": "Ana Reyes", "cancellation_reason": "Paid already"}
    connection.execute(dunning_letter.update().where(dunning_letter.c.account_id == beta).values(**taken))
    build.dispute(late, "30.00", on="2026-02-25", resolved="2026-03-10")
    build.dispute(late, "20.00", on="2026-03-12")
    build.dispute(late, "5.00", on="2026-01-12", resolved="2026-02-10")
    build.promise(late, "40.00", on="2026-03-06", day="2026-03-15")
    build.promise(late, "40.00", on="2026-03-06", day="2026-03-18")
    build.promise(other, "60.00", on="2026-03-06", day="2026-04-15")
    build.pay(late, "40.00", on="2026-03-14", account=acme)
    build.pay(late, "40.00", on="2026-03-25", account=acme)
    build.settle()


def test_letters_disputes_and_promises_of_a_month(book: Book) -> None:
    with book.writing() as connection:
        a_dunned_month(connection)
    march = ReportScope(date(2026, 3, 31), date(2026, 3, 1))
    by_the_19th = replace(march, as_of=date(2026, 3, 19))
    with book.reading() as reader:
        letters, items = list(logged_letters(reader, march)), list(logged_items(reader, march))
        early = [one.status for one in logged_letters(reader, by_the_19th)]
        book_says = letters_of_currencies(reader, march)
        disputes, promises = list(reported_disputes(reader, march)), reported_promises(reader, march)
        disputed = [row.disputed for row in owed(reader, march, apart_disputed=True)]
        promised_then = reported_promises(reader, by_the_19th)
    assert [(one.account, one.level_name, one.items, one.principal, one.fee, one.status) for one in letters] == [
        ("Alder", "First", 1, D(100), D(5), "Issued"),
        ("Beta", "First", 1, D(60), D(5), "Cancelled"),
    ]
    assert [one.cancellation_reason for one in letters] == ["", "Paid already"]
    assert early == ["Issued", "Issued"]
    assert [(one.letter, one.invoice, one.asked, one.level_after) for one in items] == [
        (letters[0].number, "L-1", D(100), 1),
        (letters[1].number, "L-2", D(60), 1),
    ]
    assert [(one.status, one.count, one.fee, one.total) for one in book_says] == [
        ("Issued", 1, D(5), D(105)),
        ("Cancelled", 1, D(5), D(65)),
    ]
    assert [(one.amount, one.resolution, one.contested) for one in disputes] == [
        (D(30), "Credited", D(0)),
        (D(20), "", D(20)),
    ]
    assert disputed == [D(20)]
    assert [(one.invoice, one.state, one.paid, one.is_in_time) for one in promises] == [
        ("L-1", "Kept", D(40), True),
        ("L-1", "Kept", D(40), False),
        ("L-2", "Open", D(0), False),
    ]
    assert [one.state for one in promised_then] == ["Kept", "Broken", "Open"]
