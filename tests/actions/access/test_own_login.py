"""People at work with logins of their own on a server that keeps the rules itself: the program does its work there too.

Cem is a clerk, Dee another; nothing is public. Fay is finance, Aud audits.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from build import Builder
from conftest import NOW
from duedesk.actions.access.sharing import assign_owner, set_visibility, share
from duedesk.actions.access.users import UserDraft, save_user
from duedesk.actions.cash.applying import ForInvoice, Part, apply
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.actions.cash.writing_off import write_off
from duedesk.actions.following.feed import add_note
from duedesk.actions.following.views import note_view
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.importing.taking import import_files
from duedesk.actions.invoices.batch_runs import start_batch_run
from duedesk.actions.invoices.drafting import InvoiceDraft, create_draft
from duedesk.actions.invoices.posting import post
from duedesk.actions.invoices.voiding import void
from duedesk.actions.maintenance import check
from duedesk.actions.settings import save_letterhead
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace, open_workspace
from duedesk.documents.letter import Letterhead
from duedesk.domain.access import Level, Role, Visibility
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.line_pricing import LineDraft
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.access import owner_key, who_am_i
from duedesk.store.queries.lists import listing
from duedesk.store.queries.records.feed import feed
from duedesk.store.queries.records.payment import payment_record
from duedesk.store.tables.desk import journal_entry
from duedesk.store.tables.following import history_entry
from duedesk.store.tables.party import account, owner
from store.access.logins import keep_login, location_of

PEOPLE = {"cem": Role.CLERK, "dee": Role.CLERK, "sue": Role.SUPERVISOR, "fay": Role.FINANCE, "aud": Role.AUDITOR}

At = Callable[[str], Workspace]


@pytest.fixture
def at(server_book: Book, world: World) -> Iterator[At]:
    """Give the desk of somebody, opened with their own login."""
    with server_book.writing() as connection:
        for login, role in PEOPLE.items():
            row = {"name": login.title(), "type": "User", "login": login, "role": role, "created_date": NOW}
            connection.execute(insert(owner).values(**row))
        cem = connection.scalar(select(owner.c.id).where(owner.c.login == "cem"))
        Builder(connection).account("Acme Ltd", owner=cem)
    for login, role in PEOPLE.items():
        keep_login(server_book, login, role)
    with ExitStack() as desks:

        def open_for(login: str) -> Workspace:
            desk = open_workspace(location_of(server_book, login), world)
            return desks.enter_context(closing(desk))

        set_visibility(open_for("sue"), Visibility.PRIVATE)
        yield open_for


def _invoice(desk: Workspace, amount: str, owner_name: str | None = None) -> int:
    made = _draft(desk, amount, owner_name)
    post(desk, [made])
    return made


def _draft(desk: Workspace, amount: str, owner_name: str | None = None) -> int:
    key = desk.ask(lambda connection: connection.scalar(select(account.c.id)))
    draft = InvoiceDraft(
        account_key=key or 0,
        lines=(LineDraft("Work", amount=Decimal(amount)),),
        currency="EUR",
        owner_key=desk.ask(owner_key, owner_name) if owner_name else None,
    )
    return create_draft(desk, draft).key


def test_whoever_opens_is_whom_the_server_knows(at: At) -> None:
    desk = at("cem")
    me = desk.ask(who_am_i)
    assert (desk.world.user, me.user, me.name, me.role, me.sees_all) == ("cem", "cem", "Cem", Role.CLERK, False)


def test_a_clerk_does_a_day_of_work(at: At) -> None:
    cem, sue = at("cem"), at("sue")
    mine, hidden = _invoice(cem, "100"), _invoice(sue, "200", "Dee")
    assert list(cem.ask(listing.keys, Filter(cem.world.today()))) == [mine]
    paid = receive_payment(
        cem, PaymentDraft(_account(cem), Decimal(150), "EUR", invoices=(ForInvoice(mine, Decimal(20)),))
    )
    apply(sue, [Part("Payment", paid.key, hidden, Decimal(90))])
    seen = cem.ask(payment_record, paid.key, as_of=cem.world.today())
    assert (seen.applied, seen.balance, len(seen.applications)) == (Decimal(110), Decimal(40), 1)
    with pytest.raises(RequestError, match=r"40\.00"):
        apply(cem, [Part("Payment", paid.key, mine, Decimal(50))])
    apply(cem, [Part("Payment", paid.key, mine, Decimal(40))])
    add_note(cem, mine, "They promised the rest.")
    note_view(cem, "Invoice", mine)
    assert [post.text for post in cem.ask(feed, mine)] == ["They promised the rest."]
    plan = undo_plan(cem)
    assert plan is not None
    undo(cem, plan)
    assert check(sue).findings == ()
    with cem.book.reading() as connection:
        assert set(
            connection.scalars(select(history_entry.c.record_key).where(history_entry.c.object_name == "Invoice"))
        ) == {mine}
        assert set(connection.scalars(select(journal_entry.c.actor))) == {"cem"}


def _account(desk: Workspace) -> int:
    return desk.ask(lambda connection: connection.scalar(select(account.c.id))) or 0


def test_numbers_go_on_above_what_is_hidden(at: At) -> None:
    cem, dee, sue = at("cem"), at("dee"), at("sue")
    keys = [_invoice(sue, "10", "Dee"), _invoice(cem, "10"), _invoice(sue, "10", "Dee"), _invoice(cem, "10")]
    assert sorted(sue.ask(listing.keys, Filter(sue.world.today()))) == keys
    rows = sue.ask(listing.rows, Filter(sue.world.today()), ["DocumentNumber"], keys)
    numbers = [str(row.values[0]) for row in rows]
    assert numbers == sorted(set(numbers))
    assert list(dee.ask(listing.keys, Filter(sue.world.today()))) == [keys[0], keys[2]]
    assert check(at("fay")).findings == ()


def test_what_a_clerk_may_not_do_is_refused_in_words(at: At) -> None:
    cem, sue = at("cem"), at("sue")
    mine, hidden = _invoice(cem, "100"), _invoice(sue, "200", "Dee")
    with pytest.raises(RequestError, match=r"Cem \(Clerk\) may not void what is posted"):
        void(cem, [mine], reason="No")
    with pytest.raises(RequestError, match="no longer in the book"):
        add_note(cem, hidden, "Hello?")
    share(sue, hidden, with_=sue.ask(owner_key, "Cem"), level=Level.READ)
    add_note(cem, hidden, "Who reads may write a note.")
    with pytest.raises(RequestError, match=r"Cem \(Clerk\) may read Invoice \S+ and not change it\. It belongs to Dee"):
        write_off(cem, hidden, amount=Decimal(1), reason_code="Small balance")
    share(sue, hidden, with_=sue.ask(owner_key, "Cem"), level=Level.EDIT)
    write_off(cem, hidden, amount=Decimal(1), reason_code="Small balance")
    assert check(sue).findings == ()


def test_an_invoice_that_is_given_away_is_gone(at: At) -> None:
    cem, sue = at("cem"), at("sue")
    mine = _invoice(cem, "100")
    assign_owner(sue, [mine], owner=sue.ask(owner_key, "Dee"))
    assert list(cem.ask(listing.keys, Filter(cem.world.today()))) == []
    assert list(at("dee").ask(listing.keys, Filter(cem.world.today()))) == [mine]


def test_finance_sets_and_an_auditor_reads(at: At) -> None:
    fay, aud = at("fay"), at("aud")
    mine = _invoice(at("cem"), "100")
    save_letterhead(fay, Letterhead(name="Nordwind"))
    assert check(aud).findings == ()
    note_view(aud, "Invoice", mine)
    with pytest.raises(RequestError, match=r"Aud \(Auditor\) may not write notes"):
        add_note(aud, mine, "Seen")


def test_users_are_minded_with_a_login_of_ones_own(at: At) -> None:
    sue = at("sue")
    gil = save_user(sue, UserDraft("Gil", "gil", Role.CLERK)).key
    save_user(sue, UserDraft("Gil Ito", "gil", Role.CLERK), key=gil)
    with pytest.raises(BookError, match="The server does not allow that"), sue.book.writing() as connection:
        connection.execute(owner.update().where(owner.c.id == gil).values(role=Role.FINANCE))


def test_a_login_without_a_part_in_the_book_is_told_so(at: At, server_book: Book, world: World) -> None:
    keep_login(server_book, "mallory", None)
    with pytest.raises(BookError, match="is closed to this login"):
        open_workspace(location_of(server_book, "mallory"), world)
    keep_login(server_book, "mallory", Role.CLERK)
    with pytest.raises(BookError, match=r"does not know “mallory”, or no longer\. Ask Fay \(Finance\) or Sue"):
        open_workspace(location_of(server_book, "mallory"), world)


def test_finance_imports_with_a_login_of_their_own(at: At, tmp_path: Path) -> None:
    file = tmp_path / "invoice.csv"
    file.write_text(
        "DocumentNumber,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,BillingAccount.Name,OwnerId\n"
        "X-1,2026-01-01,2026-01-31,10.00,EUR,Acme Ltd,Cem\nX-2,2026-01-01,2026-01-31,20.00,EUR,Newco,Dee\n"
    )
    fay = at("fay")
    report = import_files(fay, [file])
    assert report.outcome is ImportOutcome.IMPORTED, report
    assert check(fay).findings == ()
    assert len(at("cem").ask(listing.keys, Filter(fay.world.today()))) == 1
    with pytest.raises(RequestError, match=r"Cem \(Clerk\) may not import"):
        import_files(at("cem"), [file])


def test_a_run_posts_what_may_be_posted_and_says_what_may_not(at: At) -> None:
    cem, sue = at("cem"), at("sue")
    mine, theirs = _draft(cem, "10"), _draft(sue, "20", "Dee")
    share(sue, theirs, with_=sue.ask(owner_key, "Cem"))
    outcome = start_batch_run(cem, Filter(cem.world.today()))
    assert (outcome.run.posted, outcome.run.found) == (1, 2)
    rows = sue.ask(listing.rows, Filter(sue.world.today()), ["Status"], [mine, theirs])
    assert [row.values[0] for row in rows] == ["Posted", "Draft"]
    assert check(sue).findings == ()
