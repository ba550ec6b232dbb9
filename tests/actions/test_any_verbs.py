"""Random sequences of the verbs of invoices and cash: whatever was done or refused, the ledger holds on every day."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, Table, select

from build import Builder
from duedesk.actions.cash.applying import ForInvoice, Part, Source, apply, unapply
from duedesk.actions.cash.crediting import MemoDraft, create_memo, post_memo, void_memo
from duedesk.actions.cash.receiving import PaymentDraft, cancel_payment, process_payment, receive_payment
from duedesk.actions.cash.refunding import cancel_refund, refund
from duedesk.actions.cash.write_off_limits import set_write_off_limit
from duedesk.actions.cash.writing_off import approve, reject, write_off
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.ledger import Application, Posting, settle
from duedesk.domain.payment_terms import Item, Term
from duedesk.domain.unapplied import GivenBack, Receipt, unapplied
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.proof.book import prove
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing
from duedesk.store.tables.crediting import approval_request
from duedesk.store.tables.crediting import refund as refund_table
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment
from duedesk.store.tables.party import payment_term

DAYS = [date(2026, 1, 5), date(2026, 1, 20), date(2026, 2, 10), date(2026, 3, 15), date(2026, 5, 1)]
EXAMPLES = {True: 16, False: 6}
"""By whether the book is a file: a server takes its time."""
AFTER = date(2026, 11, 23)
LOOKED_AT = [DAYS[1], DAYS[3], AFTER]
LOOKED_AT_EVERY = 4
"""Steps between two looks: a look takes ten times as long as a step."""
AMOUNTS = st.sampled_from([Decimal(10), Decimal(25), Decimal(40), Decimal(60), Decimal(100)])
DAY = st.sampled_from(DAYS)
PICK = st.integers(0, 60)
LATE = st.sampled_from(DAYS[2:])
SOME = st.none() | st.none() | AMOUNTS
FIELDS = ["Balance", "NetPaymentsApplied", "NetCreditsApplied", "SettlementStatus", "FullSettlementDate"]


@dataclass
class Ledger:
    """What is stored of one account, as the domain reads it."""

    invoices: dict[int, tuple[Posting, str]] = field(default_factory=dict)
    on_invoices: dict[int, list[Application]] = field(default_factory=dict)
    sources: dict[tuple[Source, int], tuple[Receipt, str]] = field(default_factory=dict)
    of_sources: dict[tuple[Source, int], list[Application]] = field(default_factory=dict)
    refunds: dict[int, list[GivenBack]] = field(default_factory=dict)

    def open_of(self, key: int, day: date) -> Decimal:
        """What is open of an invoice at the end of a day."""
        return settle(self.invoices[key][0], self.on_invoices.get(key, ()), as_of=day).balance

    def left_of(self, source: tuple[Source, int], day: date) -> Decimal:
        """What is left of a source at the end of a day."""
        refunds = self.refunds.get(source[1], ()) if source[0] == "Payment" else ()
        return unapplied(self.sources[source][0], self.of_sources.get(source, ()), refunds, as_of=day)

    def came_in(self, source: tuple[Source, int]) -> bool:
        """Whether it ever counted: what was canceled as a draft did not."""
        receipt, status = self.sources[source]
        return status in {"Processed", "Posted", "Voided"} or receipt.withdrawn_date is not None

    def has(self, *statuses: str, source: str = "") -> bool:
        """Whether a record is in one of these states: an invoice, or of what pays the kind that is named."""
        if not source:
            return any(status in statuses for _, status in self.invoices.values())
        return any(status in statuses for (kind, _), (_, status) in self.sources.items() if kind == source)

    @property
    def is_open(self) -> bool:
        """Whether anything is owed."""
        return any(self.open_of(key, AFTER) for key in self.invoices)

    @property
    def usable(self) -> list[tuple[Source, int]]:
        """What has something left."""
        return [one for one in self.sources if self.came_in(one) and self.left_of(one, AFTER) > 0]

    def room(self, left: Callable[[date], Decimal], on: date) -> Decimal:
        """The least that any day from one on ends with."""
        return min(left(day) for day in [*DAYS, AFTER] if day >= on)


def read(connection: Connection, account: int) -> Ledger:
    """Read the events of an account."""
    ledger = Ledger()
    for row in connection.execute(select(invoice).where(invoice.c.billing_account_id == account)):
        posting = Posting(row.total_amount_with_tax, row.invoice_date, row.posted_at, row.voided_date, row.voided_at)
        ledger.invoices[row.id] = (posting, row.status)
    for row in connection.execute(select(payment).where(payment.c.account_id == account)):
        receipt = Receipt(row.amount, row.effective_date, row.created_date, row.cancellation_effective_date)
        ledger.sources["Payment", row.id] = (receipt, row.status)
    for row in connection.execute(select(credit_memo).where(credit_memo.c.billing_account_id == account)):
        receipt = Receipt(row.total_amount_with_tax, row.effective_date, row.created_date, row.voided_date)
        ledger.sources["CreditMemo", row.id] = (receipt, row.status)
    for row in connection.execute(select(application).where(application.c.account_id == account)):
        event = Application(row.kind, row.impact_amount, row.effective_date, row.recorded_at)
        ledger.on_invoices.setdefault(row.invoice_id, []).append(event)
        source: tuple[Source, int] = (
            ("Payment", row.payment_id) if row.payment_id else ("CreditMemo", row.credit_memo_id)
        )
        ledger.of_sources.setdefault(source, []).append(event)
    for row in connection.execute(select(refund_table).where(refund_table.c.account_id == account)):
        given = GivenBack(row.amount, row.effective_date, row.created_date, row.cancellation_effective_date)
        ledger.refunds.setdefault(row.payment_id, []).append(given)
    return ledger


_ACCOUNT = {"payment": "account_id", "application": "account_id", "refund": "account_id"}
_STATE = {"application": "type"}


class AnyVerbs(RuleBasedStateMachine):
    """A clerk who does anything at all, on any day, to the invoices and the cash of one customer.

    A verb has its turn where something is there for it; one time in five it is tried on whatever there is.
    """

    desk: ClassVar[Workspace]
    other: ClassVar[Workspace]
    terms: ClassVar[list[int | None]]

    def __init__(self) -> None:
        super().__init__()
        self.ledger = Ledger()
        self.steps = 0

    @initialize(days=st.lists(DAY, min_size=3, max_size=3), amounts=st.lists(AMOUNTS, min_size=3, max_size=3))
    def begin(self, days: list[date], amounts: list[Decimal]) -> None:
        """A new customer, whose invoices nobody else touches: two are billed, and some money has come in."""
        with self.desk.book.writing() as connection:
            self.account = Builder(connection).account("Acme Ltd")
        self.invoice_drafted(amounts[0], days[0], 0, at_once=True)
        self.invoice_drafted(amounts[1], days[1], 1, at_once=True)
        self.money_received(amounts[2], days[2], 1, "loose")

    def pick(self, table: Table, at: int, *likely: str) -> int:
        """Choose one of the account's records, mostly one in a likely state; a key that is none where there is none."""
        column, state = (
            table.c[_ACCOUNT.get(table.name, "billing_account_id")],
            table.c[_STATE.get(table.name, "status")],
        )
        with self.desk.book.reading() as connection:
            own = select(table.c.id).where(column == self.account).order_by(table.c.id)
            found = list(connection.scalars(own.where(state.in_(likely)))) if at % 5 else []
            keys = found or list(connection.scalars(own))
        return keys[at // 5 % len(keys)] if keys else -1

    def try_to(self, do: Callable[[], object]) -> bool:
        """Do it; whatever is refused is refused in words."""
        try:
            do()
        except (RequestError, Question):
            return False
        return True

    @rule(amount=AMOUNTS, day=DAY, term=PICK, at_once=st.booleans())
    def invoice_drafted(self, amount: Decimal, day: date, term: int, at_once: bool) -> None:
        lines = (LineDraft("Goods", amount=amount),)
        terms = self.terms[term % len(self.terms)]
        draft = InvoiceDraft(self.account, lines, "EUR", invoice_date=day, payment_term_key=terms)
        made = create_draft(self.desk, draft)
        if at_once:
            post(self.desk, [made.key], on=day)

    @precondition(lambda self: self.ledger.has("Draft"))
    @rule(at=PICK, day=DAY)
    def invoice_posted(self, at: int, day: date) -> None:
        self.try_to(lambda: post(self.desk, [self.pick(invoice, at, "Draft")], on=day))

    @precondition(lambda self: self.ledger.has("Draft"))
    @rule(at=PICK, again=st.booleans())
    def invoice_canceled(self, at: int, again: bool) -> None:
        key = self.pick(invoice, at, "Draft")
        if self.try_to(lambda: cancel(self.desk, [key])) and again:
            reopen(self.desk, [key])

    @precondition(lambda self: self.ledger.has("Posted"))
    @rule(at=PICK, day=LATE, with_memos=st.booleans())
    def invoice_voided(self, at: int, day: date, with_memos: bool) -> None:
        key = self.pick(invoice, at, "Posted")
        self.try_to(lambda: void(self.desk, [key], reason="mistake", on=day, with_credit_memos=with_memos))

    @rule(amount=AMOUNTS, day=DAY, at=PICK, how=st.sampled_from(["applied", "applied", "loose", "draft"]))
    def money_received(self, amount: Decimal, day: date, at: int, how: str) -> None:
        invoices = (ForInvoice(self.pick(invoice, at, "Posted")),) if how == "applied" else ()
        draft = PaymentDraft(self.account, amount, "EUR", day, invoices=invoices)
        self.try_to(lambda: receive_payment(self.desk, replace(draft, status="Draft") if how == "draft" else draft))

    @precondition(lambda self: self.ledger.has("Draft", source="Payment"))
    @rule(at=PICK)
    def draft_payment_processed(self, at: int) -> None:
        self.try_to(lambda: process_payment(self.desk, self.pick(payment, at, "Draft")))

    @precondition(lambda self: self.ledger.has("Processed", source="Payment"))
    @rule(at=PICK, day=LATE)
    def payment_canceled(self, at: int, day: date) -> None:
        self.try_to(lambda: cancel_payment(self.desk, self.pick(payment, at, "Processed"), on=day))

    @precondition(lambda self: self.ledger.is_open and bool(self.ledger.usable))
    @rule(source=PICK, at=PICK, amount=SOME, day=LATE)
    def applied(self, source: int, at: int, amount: Decimal | None, day: date) -> None:
        """What fits on every day since is applied, and nothing else is."""
        sources = sorted(self.ledger.usable if at % 5 and self.ledger.usable else self.ledger.sources)
        key = self.pick(invoice, at, "Posted")
        if not sources or key < 0:
            return
        chosen = sources[source % len(sources)]
        done = self.try_to(lambda: apply(self.desk, [Part(*chosen, key, amount)], on=day))
        assert done == self.fits(chosen, key, amount, day)

    def fits(self, source: tuple[Source, int], key: int, amount: Decimal | None, day: date) -> bool:
        """Say by looking at every day whether an amount fits."""
        posting, status = self.ledger.invoices[key]
        receipt, stands = self.ledger.sources[source]
        if status != "Posted" or stands not in {"Processed", "Posted"}:
            return False
        if posting.invoice_date is None or day < max(posting.invoice_date, receipt.effective_date):
            return False
        room = min(
            self.ledger.room(lambda end: self.ledger.open_of(key, end), day),
            self.ledger.room(lambda end: self.ledger.left_of(source, end), day),
        )
        return room > 0 if amount is None else amount <= room

    @precondition(lambda self: bool(self.ledger.on_invoices))
    @rule(at=PICK, amount=SOME, day=LATE)
    def taken_off(self, at: int, amount: Decimal | None, day: date) -> None:
        key = self.pick(application, at, "Applied")
        amounts = None if amount is None else {key: amount}
        self.try_to(lambda: unapply(self.desk, [key], on=day, amounts=amounts))

    @precondition(lambda self: any(kind == "Payment" for kind, _ in self.ledger.usable))
    @rule(at=PICK, amount=AMOUNTS, day=LATE)
    def given_back(self, at: int, amount: Decimal, day: date) -> None:
        """Only what no later day needs is given back."""
        key = self.pick(payment, at, "Processed")
        if key < 0:
            return
        receipt, stands = self.ledger.sources["Payment", key]
        room = self.ledger.room(lambda end: self.ledger.left_of(("Payment", key), end), day)
        done = self.try_to(lambda: refund(self.desk, key, amount=amount, on=day))
        assert done == (stands == "Processed" and day >= receipt.effective_date and amount <= room)

    @precondition(lambda self: any(one.canceled_date is None for some in self.ledger.refunds.values() for one in some))
    @rule(at=PICK, day=LATE)
    def refund_canceled(self, at: int, day: date) -> None:
        self.try_to(lambda: cancel_refund(self.desk, self.pick(refund_table, at, "Processed"), on=day))

    @rule(at=PICK, amount=AMOUNTS, day=DAY, how=st.sampled_from(["applied", "applied", "loose", "draft", "alone"]))
    def credited(self, at: int, amount: Decimal, day: date, how: str) -> None:
        source = None if how == "alone" else self.pick(invoice, at, "Posted")
        draft = MemoDraft((MemoLine(amount),), self.account, "EUR", source, effective_date=day, post=how != "draft")
        if how == "applied" and source is not None:
            draft = replace(draft, invoices=(ForInvoice(source),))
        self.try_to(lambda: create_memo(self.desk, draft))

    @precondition(lambda self: self.ledger.has("Draft", source="CreditMemo"))
    @rule(at=PICK, day=LATE, apply_=st.booleans())
    def memo_posted(self, at: int, day: date, apply_: bool) -> None:
        self.try_to(lambda: post_memo(self.desk, self.pick(credit_memo, at, "Draft"), on=day, apply_to_source=apply_))

    @precondition(lambda self: self.ledger.has("Posted", source="CreditMemo"))
    @rule(at=PICK, day=LATE)
    def memo_voided(self, at: int, day: date) -> None:
        self.try_to(lambda: void_memo(self.desk, self.pick(credit_memo, at, "Posted"), reason="mistake", on=day))

    @precondition(lambda self: self.ledger.is_open)
    @rule(at=PICK, amount=SOME, day=LATE)
    def written_off(self, at: int, amount: Decimal | None, day: date) -> None:
        key = self.pick(invoice, at, "Posted")
        self.try_to(lambda: write_off(self.desk, key, amount=amount, reason_code="Bad debt", on=day))

    @precondition(lambda self: self.ledger.has("Pending", source="CreditMemo"))
    @rule(day=LATE, yes=st.booleans())
    def decided(self, day: date, yes: bool) -> None:
        with self.desk.book.reading() as connection:
            own = select(approval_request.c.id).join(invoice, invoice.c.id == approval_request.c.invoice_id)
            waiting = own.where(invoice.c.billing_account_id == self.account, approval_request.c.status == "Pending")
            key = connection.scalar(waiting.limit(1))
        if key is not None:
            assert not self.try_to(lambda: approve(self.desk, key, on=day)), "one's own request"
            self.try_to(lambda: approve(self.other, key, on=day) if yes else reject(self.other, key))

    @invariant()
    def the_ledger_holds(self) -> None:
        """Every figure of a day follows from the events, and nothing is overdrawn; each step looks at another day."""
        self.steps += 1
        with self.desk.book.reading() as connection:
            self.ledger = read(connection, self.account)
            if self.steps % LOOKED_AT_EVERY == 0:
                self.day_holds(connection, LOOKED_AT[self.steps // LOOKED_AT_EVERY % len(LOOKED_AT)])

    def teardown(self) -> None:
        """The ledger only grows, so whatever a step did wrong is seen on some day at the end, and the proof tells."""
        with self.desk.book.reading() as connection:
            self.ledger = read(connection, self.account)
            assert [str(one) for one in prove(connection, as_of=AFTER)] == []
            for day in LOOKED_AT:
                self.day_holds(connection, day)

    def day_holds(self, connection: Connection, day: date) -> None:
        """Figures, sources and aging of one day."""
        ledger = self.ledger
        shown = aging(connection, AgingRequest(day))
        assert shown.mismatches == ()
        rows = [row for row in shown.rows if row.key == self.account]
        assert len(rows) <= 1
        open_ = [ledger.open_of(key, day) for key in ledger.invoices]
        left = [ledger.left_of(source, day) for source in ledger.sources if ledger.came_in(source)]
        assert min([Decimal(0), *open_, *left]) == 0
        assert sum((row.open for row in rows), Decimal(0)) == sum(open_)
        assert sum((row.unapplied for row in rows), Decimal(0)) == -sum(left)
        found = {row.key: row.values for row in listing.rows(connection, Filter(day), FIELDS, list(ledger.invoices))}
        for key, values in found.items():
            proved = settle(ledger.invoices[key][0], ledger.on_invoices.get(key, ()), as_of=day)
            assert values == (
                proved.balance,
                proved.net_payments_applied,
                proved.net_credits_applied,
                proved.settlement_status,
                proved.full_settlement_date,
            )


@pytest.fixture
def whole_desk(book: Book, world: World) -> Workspace:
    """A desk with a limit for write-offs and terms with and without instalments and discount."""
    desk = Workspace(book, world)
    set_write_off_limit(desk, "EUR", Decimal(30))
    thirds = (Item(10, percentage=Decimal(30)), Item(40, percentage=Decimal(30)), Item(70))
    save_term(desk, "Three parts", term=Term(items=thirds))
    save_term(desk, "2/10 net 30", term=Term(days=30, discount_percent=Decimal(2), discount_days=10))
    return desk


def test_whatever_a_clerk_does_the_ledger_holds_on_every_day(whole_desk: Workspace) -> None:
    with whole_desk.book.reading() as connection:
        terms = list(connection.scalars(select(payment_term.c.id)))

    class Here(AnyVerbs):
        desk = whole_desk
        other = Workspace(whole_desk.book, replace(whole_desk.world, user="Bo Lind"))

    Here.terms = [None, *terms]
    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES[whole_desk.book.is_file],
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
