"""Verbs of the life cycle in any order, allowed or refused, undone or not: after every one the book holds."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from actions.invoices.reading import findings, rows
from build import Builder
from conftest import NOW, USER, Databases
from duedesk.actions.cash.applying import Part, apply
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.cancelling import cancel, reopen
from duedesk.actions.invoices.drafting import (
    InvoiceDraft,
    LineDraft,
    create_draft,
    delete_drafts,
    edit_draft,
    submit,
)
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.terms import save_term
from duedesk.actions.invoices.voiding import void
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.life_cycle import MOVES, Status
from duedesk.domain.payment_terms import Item, Term
from duedesk.domain.world import World
from duedesk.store.book import Book, open_book
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import payment_term

D = Decimal
TODAY = NOW.date()


@contextmanager
def fresh_book(kind: str, request: pytest.FixtureRequest) -> Iterator[Book]:
    """An empty book of its own for one example."""
    if kind == "sqlite":
        with TemporaryDirectory() as folder:
            place = Path(folder) / "book.duedesk"
            shutil.copyfile(request.getfixturevalue("empty_file"), place)
            book = open_book(str(place), now=NOW, user=USER)
            yield book
            book.close()
        return
    databases: Databases = request.getfixturevalue("server_databases")
    name = databases.make()
    book = open_book(databases.url(name), now=NOW, user=USER)
    yield book
    book.close()
    databases.drop(name)


@dataclass
class Desk:
    """Somebody who says verbs to invoices picked by number; what is refused leaves no trace."""

    workspace: Workspace
    account: int
    keys: list[int] = field(default_factory=list)

    def pick(self, number: int) -> int:
        return self.keys[number % len(self.keys)] if self.keys else 0

    def do(self, verb: str, number: int, amount: int) -> None:
        """Say a verb; a draft that is made is remembered."""
        if verb == "draft":
            self.keys.append(create_draft(self.workspace, self._draft(number, amount)).key)
            return
        key, day = self.pick(number), TODAY - timedelta(days=amount % 3)
        memos = (None, True, False)[amount % 3]
        verbs: dict[str, Callable[[], object]] = {
            "edit": lambda: edit_draft(self.workspace, key, {"Description": f"Text {amount}", "DueDate": None}),
            "lines": lambda: set_lines(self.workspace, key, self._lines(amount)),
            "submit": lambda: submit(self.workspace, [key]),
            "delete": lambda: delete_drafts(self.workspace, [key]),
            "post": lambda: post(self.workspace, [key], on=day, convert_negative_lines=amount % 2 == 0),
            "run": lambda: start_batch_run(self.workspace, Filter(TODAY), chunk=2),
            "cancel": lambda: cancel(self.workspace, [key]),
            "reopen": lambda: reopen(self.workspace, [key]),
            "void": lambda: void(self.workspace, [key], reason="Error", on=day, with_credit_memos=memos),
            "pay": lambda: self._pay(key, D(abs(amount)) / 100, day),
            "undo": self._undo,
        }
        verbs[verb]()

    def _draft(self, number: int, amount: int) -> InvoiceDraft:
        terms = (None, *(row.id for row in rows(self.workspace, payment_term)))
        draft = InvoiceDraft(
            self.account, self._lines(amount), currency="EUR", payment_term_key=terms[number % len(terms)]
        )
        return replace(draft, invoice_date=TODAY - timedelta(days=number % 40) if number % 3 else None)

    def _lines(self, amount: int) -> tuple[LineDraft, ...]:
        line = LineDraft("Work", amount=D(amount) / 100, tax_rate=D(19) if amount % 2 else None)
        back = LineDraft("Back", amount=D(-abs(amount) - 1) / 200 * 2, tax_rate=D(7))
        return (line,) if amount % 3 else (line, replace(line, name="More"), back)

    def _pay(self, key: int, amount: Decimal, day: date) -> None:
        paid = receive_payment(self.workspace, PaymentDraft(self.account, amount, "EUR", effective_date=day)).key
        apply(self.workspace, [Part("Payment", paid, key)], on=TODAY)

    def _undo(self) -> None:
        plan = undo_plan(self.workspace)
        if plan is not None and plan.is_possible:
            undo(self.workspace, plan)


VERBS = ("draft", "edit", "lines", "submit", "delete", "post", "run", "cancel", "reopen", "void", "pay", "undo")
SAID = st.lists(
    st.tuples(st.sampled_from(VERBS), st.integers(0, 60), st.integers(-500, 50_000)), min_size=4, max_size=14
)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_book_holds_whatever_is_said(kind: str, request: pytest.FixtureRequest, world: World) -> None:
    @settings(
        max_examples=10 if kind == "sqlite" else 4,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(SAID)
    def say(said: list[tuple[str, int, int]]) -> None:
        with fresh_book(kind, request) as book:
            _say_all(Workspace(book, world), said)

    say()


def _say_all(workspace: Workspace, said: list[tuple[str, int, int]]) -> None:
    with workspace.book.writing() as connection:
        account = Builder(connection).account()
    save_term(workspace, "Halves", term=Term(items=(Item(10, percentage=D(50)), Item(1, "Months", 31))))
    save_term(workspace, "2/10 net 30", term=Term(30, discount_percent=D(2), discount_days=10), is_default=True)
    desk = Desk(workspace, account)
    for verb, number, amount in [("draft", 1, 5_000), ("draft", 2, 300), *said]:
        before = rows(workspace, invoice)
        try:
            desk.do(verb, number, amount)
        except (RequestError, Question):
            if verb != "pay":  # whose first half stands by itself
                assert rows(workspace, invoice) == before
        assert findings(workspace) == [], verb
        _check(workspace)


def _check(workspace: Workspace) -> None:
    found = rows(workspace, invoice)
    for row in found:
        if row.status == "Posted":
            assert row.balance == row.total_amount_with_tax - row.net_payments_applied - row.net_credits_applied
            assert row.document_number is not None
        else:
            assert (row.balance, row.settlement_status) == (D(0), "Not Applicable")
    numbers = sorted(row.document_number for row in found if row.document_number and "2026" in row.document_number)
    assert numbers == [f"INV-2026-{place:05d}" for place in range(1, len(numbers) + 1)]
    with workspace.book.reading() as connection:
        status = (history_entry.c.field == "Status", history_entry.c.object_name == "Invoice")
        moves = connection.execute(select(history_entry.c.old_value, history_entry.c.new_value).where(*status))
        for old, new in moves:
            if old is not None and new is not None:
                assert (Status(old), Status(new)) in MOVES
