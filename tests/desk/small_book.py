"""A small book for tests of the desk: three accounts and nine invoices in as many states as a list can show."""

from dataclasses import dataclass
from datetime import date

from build import Builder
from duedesk.store.book import Book

AS_OF = date(2026, 11, 23)


@dataclass
class Small:
    """The keys of a small book: three accounts, nine invoices in three currencies.

    As of 23 November 2026 six are open, four of them overdue (95, 34, 23 and 3 days); one is settled, one a draft,
    one was voided.
    """

    harbor: int
    tromso: int
    sakura: int
    late: int
    part: int
    not_due: int
    settled: int
    draft: int
    voided: int


def put_small_book(file_book: Book) -> Small:
    """Put the small book into an empty one."""
    with file_book.writing() as connection:
        build = Builder(connection)
        harbor = build.account("Harbor & Finch <b>Ltd</b>", "C-10")
        tromso = build.account("Tromsø Fisk AS", "C-20")
        sakura = build.account("Sakura Trading 株式会社", "C-30")
        late = build.invoice("INV-001", tromso, "15400.00", on="2026-07-21", due="2026-08-20")
        part = build.invoice("INV-002", harbor, "640.20", on="2026-09-20", due="2026-10-20", currency="USD")
        build.pay(part, "384.12", on="2026-10-29", account=harbor, currency="USD")
        build.invoice("INV-003", tromso, "1250.40", on="2026-10-01", due="2026-10-31")
        build.invoice("INV-004", sakura, "35500", on="2026-10-21", due="2026-11-20", currency="JPY")
        not_due = build.invoice("INV-005", tromso, "480.00", on="2026-11-13", due="2026-12-13")
        build.invoice("INV-006", harbor, "99.99", on="2026-11-20", due="2026-12-20", currency="USD")
        settled = build.invoice("INV-007", harbor, "80.00", on="2026-09-01", due="2026-10-01")
        build.pay(settled, "80.00", on="2026-09-28", account=harbor)
        draft = build.invoice(None, sakura, "55", on="2026-11-01", currency="JPY", status="Draft")
        voided = build.invoice("INV-008", tromso, "10.00", on="2026-08-01", status="Voided", voided="2026-08-05")
        build.settle()
    return Small(harbor, tromso, sakura, late, part, not_due, settled, draft, voided)
