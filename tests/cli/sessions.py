"""What a person types and gets back, and the small ledger most of these tests are about."""

import io
import json
from dataclasses import dataclass
from typing import Any

from build import Builder
from duedesk.cli.application import run
from duedesk.domain.world import World
from duedesk.store.book import Book

AS_OF = "2026-04-10"


@dataclass(frozen=True)
class Said:
    """What the terminal gave back."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The answer, read as JSON."""
        return json.loads(self.out)


def say(world: World, *arguments: str) -> Said:
    """Type `duedesk ...` and give what comes back."""
    out, err = io.StringIO(), io.StringIO()
    code = run(arguments, world, out, err)
    return Said(code, out.getvalue(), err.getvalue())


def keep_small_ledger(book: Book) -> None:
    """Put three accounts into a book: one that pays in part, one in yen, and one whose name plays tricks."""
    with book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme = build.account("Acme Ltd", "0001", ana)
        tokyo = build.account("東京商事株式会社", "0002")
        tricky = build.account("Evil \x1b[31m\u202eName\nTwo", "0003", ana)
        first = build.invoice("INV-1", acme, "1000.00", on="2026-01-05", due="2026-02-04", owner=ana)
        build.invoice("INV-2", acme, "250.00", on="2026-03-05", due="2026-04-04")
        build.invoice("INV-3", tokyo, "120000", on="2026-03-05", due="2026-04-04", currency="JPY")
        build.invoice("INV-4", tricky, "12.50", on="2025-03-05", due="2025-04-04", currency="USD")
        build.invoice("INV-5", acme, "99.00", on="2025-03-05", due="2025-04-04", status="Voided", voided="2026-03-03")
        paid = build.payment(acme, "500", on="2026-02-10", number="P-1")
        build.apply(first, "400", on="2026-02-10", account=acme, payment=paid)
        credited = build.credit_memo(acme, "30", on="2026-02-20", number="C-1")
        put = build.apply(first, "30", on="2026-02-20", account=acme, credit_memo=credited)
        build.apply(first, "30", on="2026-02-25", account=acme, credit_memo=credited, takes_back=put)
        build.settle()
