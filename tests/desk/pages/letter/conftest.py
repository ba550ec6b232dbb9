"""A page of letters that stands alone over a small book."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from build import Builder
from duedesk.desk.page import Desk
from duedesk.desk.pages.letter.page import LetterPage
from duedesk.store.book import Book

TODAY = date(2026, 11, 23)


class Lenoir:
    """Société Lenoir has two invoices overdue for 2,030.50 EUR, and one that is not due yet."""

    def __init__(self, book: Book) -> None:
        with book.writing() as connection:
            build = Builder(connection)
            self.key = build.account("Société Lenoir", "C-10482")
            build.invoice("INV-2026-04402", self.key, "1250.40", on="2026-09-14", due="2026-10-14")
            build.invoice("INV-2026-04418", self.key, "780.10", on="2026-10-02", due="2026-11-01")
            build.invoice("INV-2026-04500", self.key, "99.00", on="2026-11-20", due="2026-12-20")
            self.punctual = build.account("Delmar Foods", "C-2")
            self.many = build.account("Ben & Sons Haulage", "C-3")
            for number in range(1, 81):
                build.invoice(f"INV-{number:03}", self.many, "10.00", on="2026-01-05", due="2026-02-04")
            build.settle()


@pytest.fixture
def lenoir(file_book: Book) -> Lenoir:
    return Lenoir(file_book)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> LetterPage:
    """The page, told of changes as the window tells it."""
    made = LetterPage(desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    return made
