"""Letters as they stand in a book once they are issued, put there for tests of how they leave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import count

from sqlalchemy import Connection, insert

from build import Builder
from conftest import NOW, USER
from duedesk.actions.workspace import Workspace
from duedesk.domain.mailing import Login, MailServer, Security
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.deliveries import DeliveryRow, deliveries
from duedesk.store.tables.dunning import dunning_letter, dunning_letter_item
from duedesk.store.tables.party import contact

PDF = b"%PDF-1.7 of letter "
SERVER = MailServer(
    "127.0.0.1", "dunning@seller.test", "Seller Ltd", security=Security.NONE, login=Login.NONE, per_minute=6000
)


def documents(_connection: Connection, letters: Sequence[int]) -> Mapping[int, bytes]:
    """Give a PDF of each letter."""
    return {key: PDF + str(key).encode() for key in letters}


@dataclass
class Issued:
    """A book with letters."""

    book: Book
    world: World
    letters: list[int] = field(default_factory=list)
    invoices: list[int] = field(default_factory=list)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def workspace(self) -> Workspace:
        """The workspace of its clerk."""
        return Workspace(self.book, self.world)

    def account(self, name: str, email: str | None = None, **said: object) -> tuple[int, int]:
        """Add an account with a contact; give both keys."""
        with self.book.writing() as connection:
            key = Builder(connection).account(name)
            values = {"account_id": key, "last_name": "Buyer", "name": "Buyer", "email": email, "created_date": NOW}
            made = connection.execute(insert(contact).values(**values, **said).returning(contact.c.id))
            return key, int(made.scalar_one())

    def letter(
        self,
        to: tuple[int, int],
        *,
        address: str | None = None,
        channel: str = "mail",
        language: str = "en",
    ) -> int:
        """Issue a letter over one invoice of 100.00, to an account and its contact; give its key."""
        number = next(self._numbers)
        with self.book.writing() as connection:
            build = Builder(connection)
            invoice = build.invoice(f"INV-{number}", to[0], "100.00", on="2026-09-01")
            build.settle()
            values = {
                "number": f"DL-{number}",
                "account_id": to[0],
                "contact_id": to[1],
                "currency_iso_code": "EUR",
                "level": 1,
                "letter_date": date(2026, 11, 20),
                "principal": Decimal(100),
                "total": Decimal(100),
                "status": "Issued",
                "channel": channel,
                "address": address,
                "language_code": language,
                "issued_at": NOW,
                "issued_by": USER,
            }
            made = connection.execute(insert(dunning_letter).values(values).returning(dunning_letter.c.id))
            key = int(made.scalar_one())
            item = {
                "dunning_letter_id": key,
                "invoice_id": invoice,
                "currency_iso_code": "EUR",
                "due_date": date(2026, 9, 1),
                "balance": Decimal(100),
                "asked_amount": Decimal(100),
                "level_after": 1,
            }
            connection.execute(insert(dunning_letter_item).values(item))
        self.letters.append(key)
        self.invoices.append(invoice)
        return key

    def rows(self, letter: int | None = None) -> tuple[DeliveryRow, ...]:
        """Give the deliveries of a letter, or of all, newest first."""
        return self.book.ask(deliveries, letters=None if letter is None else [letter])

    def states(self, letter: int) -> list[str]:
        """Give channel and status of the deliveries of a letter, oldest first."""
        return [f"{row.channel} {row.status}" for row in reversed(self.rows(letter))]
