"""Whatever is done and then undone leaves every balance, every settlement and the proof of the book as before."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.cash.stories import TODAY, Book, findings, on, small_book
from duedesk.actions.cash.applying import ForInvoice, Part, apply, unapply
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.cash.refunding import refund
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.following.feed import add_note
from duedesk.actions.invoices.cancelling import cancel
from duedesk.actions.invoices.drafting import InvoiceDraft, create_draft, delete_drafts, edit_draft
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.invoices.posting import post
from duedesk.actions.undo import redo_plan, undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.aging import AgingRequest
from duedesk.domain.credit_memo import MemoLine
from duedesk.domain.errors import RequestError
from duedesk.domain.line_pricing import LineDraft
from duedesk.domain.world import World
from duedesk.store.book import open_book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.tables.ledger import application, credit_memo, invoice, payment

AMOUNTS = st.integers(1, 12_000).map(lambda cents: Decimal(cents) / 100)
DAYS = st.dates(on(2, 1), TODAY)
COUNTS = ("Posted", "Processed")


@dataclass(frozen=True)
class Step:
    """One random action; which record it is about is counted off among those there are."""

    action: str
    places: tuple[int, int]
    amount: Decimal
    day: date
    flag: bool


def steps() -> st.SearchStrategy[Step]:
    """Give random actions."""
    places = st.tuples(st.integers(0, 20), st.integers(0, 20))
    return st.builds(Step, st.sampled_from(sorted(ACTIONS)), places, AMOUNTS, DAYS, st.booleans())


def take(small: Book, step: Step) -> None:
    """Take an action on whatever there is; a RequestError says that it could not be."""
    ACTIONS[step.action](small, step)


def one(small: Book, table: Any, status: str, place: int) -> int:
    """Give a record in a state, counted off; one that is not there where there is none."""
    query = table.select().with_only_columns(table.c.id).where(table.c.status == status).order_by(table.c.id)
    found = small.desk.ask(lambda connection: list(connection.scalars(query)))
    return found[place % len(found)] if found else 0


def bill(small: Book, step: Step, place: int = 0) -> int:
    return one(small, invoice, "Posted", step.places[place])


def draft(small: Book, step: Step) -> int:
    return one(small, invoice, "Draft", step.places[0])


def receive(small: Book, step: Step) -> None:
    wanted = (ForInvoice(bill(small, step)),) if step.flag else ()
    receive_payment(small.desk, PaymentDraft(small.account, step.amount, "EUR", step.day, invoices=wanted))


def put(small: Book, step: Step) -> None:
    apply(small.desk, [Part("Payment", one(small, payment, "Processed", step.places[1]), bill(small, step))])


def take_off(small: Book, step: Step) -> None:
    lying = application.select().with_only_columns(application.c.id).where(application.c.type == "Applied")
    found = small.desk.ask(lambda connection: sorted(connection.scalars(lying)))
    key = found[step.places[0] % len(found)] if found else 0
    unapply(small.desk, [key], amounts={key: step.amount} if step.flag else None)


def give_back(small: Book, step: Step) -> None:
    refund(small.desk, one(small, payment, "Processed", step.places[0]), amount=step.amount if step.flag else None)


def credit(small: Book, step: Step) -> None:
    source, lines = bill(small, step), (MemoLine(step.amount, "Return"),)
    wanted = (ForInvoice(source),) if step.flag else ()
    create_memo(small.desk, MemoDraft(lines, source_invoice_key=source, post=step.flag, invoices=wanted))


def bill_anew(small: Book, step: Step) -> None:
    lines = (LineDraft("Rent", unit_price=step.amount),)
    create_draft(small.desk, InvoiceDraft(small.account, lines, currency="EUR"))


def price(small: Book, step: Step) -> None:
    set_lines(small.desk, draft(small, step), [LineDraft("Heating", unit_price=step.amount)] * step.flag)


ACTIONS: dict[str, Callable[[Book, Step], object]] = {
    "receive": receive,
    "apply": put,
    "unapply": take_off,
    "refund": give_back,
    "credit": credit,
    "write off": lambda small, step: write_off(small.desk, bill(small, step), reason_code="Bad debt"),
    "draft": bill_anew,
    "edit": lambda small, step: edit_draft(small.desk, draft(small, step), {"Description": f"{step.amount}"}),
    "price": price,
    "delete": lambda small, step: delete_drafts(small.desk, [draft(small, step)]),
    "cancel": lambda small, step: cancel(small.desk, [draft(small, step)]),
    "post": lambda small, step: post(small.desk, [draft(small, step)]),
    "note": lambda small, step: add_note(small.desk, bill(small, step), f"{step.amount}"),
}


def standing(desk: Workspace, *, with_drafts: bool) -> Mapping[str, Any]:
    """Give what counts of every document, and the aging as of today; drafts where they are wanted."""
    figures: dict[str, Any] = {"aging": desk.ask(aging, AgingRequest(TODAY)).totals}
    live = (*COUNTS, "Draft") if with_drafts else COUNTS
    with desk.book.reading() as connection:
        for table in (invoice, payment, credit_memo):
            for row in connection.execute(table.select().where(table.c.status.in_(live))).mappings():
                kept = {name: row[name] for name in ("status", "balance")}
                if table is invoice:
                    kept |= {name: row[name] for name in ("settlement_status", "total_amount_with_tax", "description")}
                figures[f"{table.name} {row['id']}"] = kept
    return figures


THERE = (
    Step("receive", (0, 0), Decimal(70), on(2, 1), flag=True),
    Step("receive", (0, 0), Decimal(45), on(2, 1), flag=False),
    Step("draft", (0, 0), Decimal(80), on(2, 1), flag=False),
)
"""What is there before: a payment that lies on an invoice, one that lies on none, and a draft."""


@pytest.fixture(params=["sqlite", "postgresql"])
def small_books(request: pytest.FixtureRequest, world: World) -> Callable[[], AbstractContextManager[Book]]:
    """A small book of its own as often as one is asked for: every example begins anew."""
    folder = request.getfixturevalue("tmp_path")
    numbers = count()

    @contextmanager
    def location() -> Iterator[str]:
        if request.param == "sqlite":
            place = folder / f"{next(numbers)}.duedesk"
            shutil.copyfile(request.getfixturevalue("empty_file"), place)
            yield str(place)
            return
        databases = request.getfixturevalue("server_databases")
        name = databases.make()
        yield databases.url(name)
        databases.drop(name)

    @contextmanager
    def make() -> Iterator[Book]:
        with location() as place, closing(open_book(place, now=world.now(), user=world.user)) as book:
            yield small_book(Workspace(book, world))

    return make


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=st.lists(steps(), max_size=5), last=steps())
def test_what_is_done_and_undone_leaves_all_as_it_was(
    small_books: Callable[[], AbstractContextManager[Book]], before: list[Step], last: Step
) -> None:
    with small_books() as small:
        for step in (*THERE, *before):
            with suppress(RequestError):
                take(small, step)
        _do_undo_and_redo(small, last)


def _do_undo_and_redo(small: Book, step: Step) -> None:
    desk, drafts = small.desk, step.action != "post"  # what was posted is voided, and no draft again
    before, earlier = standing(desk, with_drafts=drafts), undo_plan(desk)
    try:
        take(small, step)
    except RequestError:
        assert standing(desk, with_drafts=drafts) == before
        return
    after, plan = standing(desk, with_drafts=drafts), undo_plan(desk)
    if plan is None or plan == earlier:  # it changed nothing
        assert after == before
        return
    assert plan.is_possible, plan.sentence
    undo(desk, plan)
    assert standing(desk, with_drafts=drafts) == before, plan.sentence
    assert findings(desk) == []
    again = redo_plan(desk)
    if again is not None and again.is_possible:
        undo(desk, again)
        assert standing(desk, with_drafts=drafts) == after, again.sentence
        assert findings(desk) == []
