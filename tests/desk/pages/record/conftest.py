"""A book with a few invoices, and a desk over it that every page can be reached from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from build import Builder
from duedesk.actions.invoices.drafting import InvoiceDraft, LineDraft, create_draft
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import ShowAccount, ShowInvoice, ShowInvoices, ShowLetter
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.record.page import RecordPage
from duedesk.domain.world import World
from duedesk.resources import LookName, look
from duedesk.store.book import Book

AS_OF = date(2026, 11, 23)


@dataclass
class Story:
    """The keys of the records in the book."""

    acme: int
    late: int
    settled: int
    draft: int


@pytest.fixture
def story(file_book: Book) -> Story:
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme & Söhne <b>GmbH</b>", "D-100")
        late = build.invoice("INV-1", acme, "1000.00", on="2026-07-21", due="2026-08-20")
        build.pay(late, "250.00", on="2026-09-29", account=acme)
        build.pay(late, "100.00", on="2026-10-12", account=acme)
        settled = build.invoice("INV-2", acme, "80.00", on="2026-09-01", due="2026-12-01")
        build.pay(settled, "80.00", on="2026-10-05", account=acme)
        draft = build.invoice(None, acme, "55.00", on="2026-11-01", status="Draft")
        build.settle()
    return Story(acme, late, settled, draft)


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def desk(file_book: Book, world: World, tasks: Tasks) -> Desk:
    reachable = frozenset({ShowInvoices, ShowInvoice, ShowLetter, ShowAccount})
    return Desk(Workspace(file_book, world), tasks, look(LookName.LIGHT), None, reachable)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> RecordPage:
    made = RecordPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    return made


@dataclass
class Ledger:
    """A book with two open invoices, money that is not applied, a credit, and a draft."""

    acme: int
    late: int
    second: int
    money: int
    memo: int
    draft: int


@pytest.fixture
def ledger(file_book: Book, workspace: Workspace) -> Ledger:
    with file_book.writing() as connection:
        build = Builder(connection)
        acme = build.account("Acme & Söhne <b>GmbH</b>", "D-100")
        late = build.invoice("INV-1", acme, "1000.00", on="2026-07-21", due="2026-08-20")
        build.pay(late, "250.00", on="2026-09-29", account=acme)
        second = build.invoice("INV-2", acme, "80.00", on="2026-09-01", due="2026-12-01")
        money = build.payment(acme, "500.00", on="2026-10-01", number="PAY-1")
        memo = build.credit_memo(acme, "40.00", on="2026-10-05", number="CM-1")
        build.settle()
    draft = create_draft(
        workspace, InvoiceDraft(acme, (LineDraft("Work", quantity=Decimal(2), unit_price=Decimal(50)),), currency="EUR")
    )
    return Ledger(acme, late, second, money, memo, draft.key)


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk, ledger: Ledger) -> RecordPage:
    page = RecordPage(desk, AS_OF)
    qtbot.addWidget(page)
    page.resize(1100, 760)
    page.show()
    desk.tasks.changed.connect(page.refresh)
    return page


@pytest.fixture
def said(opened: RecordPage) -> list[Said]:
    heard: list[Said] = []
    opened.said.connect(heard.append)
    return heard
