"""A small book of two owners, three accounts and two currencies, and a desk over it."""

from collections.abc import Iterator
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from build import Builder
from duedesk.actions.workspace import Workspace
from duedesk.desk.background import Tasks
from duedesk.desk.navigation import ShowImport, ShowInvoice, ShowInvoices
from duedesk.desk.page import Desk
from duedesk.desk.pages.aging.page import AgingPage
from duedesk.domain.world import World
from duedesk.resources import LookName, look
from duedesk.store.book import Book

AS_OF = date(2026, 11, 23)


@pytest.fixture
def filled(file_book: Book) -> Book:
    """Acme owes in two currencies and has cash on account, Bolt owes late, Cask has no owner and has paid since."""
    with file_book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme = build.account("Acme Ltd", "D-100", owner=ana)
        bolt = build.account("Bolt & Söhne <b>GmbH</b>", "D-200", owner=build.owner("Jonas Weber"))
        cask = build.account("Cask Brewing", "D-300")
        build.invoice("A-1", acme, "100.00", on="2026-11-01", due="2026-12-01", owner=ana)
        build.invoice("A-2", acme, "40.00", on="2026-10-01", due="2026-10-24", owner=ana)
        part = build.invoice("A-3", acme, "900.00", on="2026-05-01", due="2026-06-01", owner=ana)
        build.pay(part, "250.00", on="2026-10-10", account=acme)
        build.invoice("A-4", acme, "77.00", on="2026-09-01", due="2026-10-01", currency="USD", owner=ana)
        build.payment(acme, "15.00", on="2026-11-10")
        build.invoice("B-1", bolt, "3000.00", on="2026-08-01", due="2026-09-10")
        build.invoice("B-2", bolt, "60.00", on="2026-07-01", due="2026-07-31", status="Voided", voided="2026-11-05")
        paid = build.invoice("C-1", cask, "500.00", on="2026-08-15", due="2026-09-14", recorded="2026-08-20")
        payment = build.payment(cask, "500.00", on="2026-10-30", recorded="2026-11-20")
        build.apply(paid, "500.00", on="2026-10-30", account=cask, payment=payment, recorded="2026-11-20")
        build.settle()
    return file_book


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def desk_over(book: Book, world: World, tasks: Tasks) -> Desk:
    """Give a desk from which invoices can be reached, and files taken in."""
    reachable = frozenset({ShowInvoices, ShowInvoice, ShowImport})
    return Desk(Workspace(book, world), tasks, look(LookName.LIGHT), None, reachable)


@pytest.fixture
def desk(filled: Book, world: World, tasks: Tasks) -> Desk:
    return desk_over(filled, world, tasks)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> AgingPage:
    made = AgingPage(desk, AS_OF)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    return made
