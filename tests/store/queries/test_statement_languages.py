"""Whose language a statement is written in: of the contact billed last, else of the only one there is."""

from build import Builder
from duedesk.store.book import Book
from duedesk.store.queries.reports.statement_languages import languages_of
from duedesk.store.tables.party import contact
from exchange.workbooks.ledgers import MADE


def test_the_contact_billed_last_says_the_language(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        billed, alone, several, nobody = (build.account(name) for name in ("Billed", "Alone", "Several", "Nobody"))
        people = {
            code: connection.execute(
                contact.insert().returning(contact.c.id),
                {"account_id": of, "name": code, "last_name": code, "language_code": code, "created_date": MADE},
            ).scalar_one()
            for of, code in ((billed, "de"), (billed, "fr"), (alone, "nl-BE"), (several, "es"), (several, "it"))
        }
        for number, day, code in (
            ("I-1", "2026-01-05", "de"),
            ("I-2", "2026-02-05", "fr"),
            ("I-3", "2026-01-09", "de"),
        ):
            build.invoice(number, billed, "10", on=day, due="2026-03-01", contact=people[code])
        found = languages_of(connection, [billed, alone, several, nobody])
    assert found == {billed: "fr", alone: "nl-BE"}
