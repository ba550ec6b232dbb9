"""Letters made of a proposal: to whom, in which language, asking for what, paid how, and after which letter."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sqlalchemy import insert, update

from conftest import NOW, USER
from duedesk.actions.dunning.charging import NumberedLetter
from duedesk.actions.dunning.composing import Sender, compose
from duedesk.actions.dunning.previewing import preview
from duedesk.actions.dunning.unprintable import unprintable
from duedesk.actions.letter_style import LetterStyle, letter_style, save_letter_style
from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.actions.workspace import Workspace
from duedesk.documents.dress import Dress, Window
from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.letter import Letterhead
from duedesk.documents.payment_codes import Account, CodeKind, Party
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.tables import party
from dunning_records import DunningBuilder, issue

DAY = date(2026, 3, 25)


def composed(workspace: Workspace) -> list[DunningLetter]:
    """Compose every letter a run of the day proposes."""
    with workspace.book.reading() as connection:
        proposal = propose(connection, DAY)
        numbered = [
            NumberedLetter(index, f"DL-2026-{index:05}", letter, proposal.level_of(letter), None)
            for index, letter in enumerate(proposal.letters, 1)
        ]
        sender = Sender(letterhead(workspace.book), letter_style(connection), USER)
        return list(compose(connection, sender, proposal, numbered))


def fill(book: Book) -> None:
    """Put an Austrian customer with a contact and a Swiss one without into a book, each dunned once."""
    with book.writing() as connection:
        build = DunningBuilder(connection)
        acme, swiss = build.account("Acme GmbH", "10"), build.account("Bern AG", "20")
        build.invoice("I-1", acme, "120", on="2026-01-15", due="2026-02-01")
        build.invoice("I-2", swiss, "70", on="2026-01-15", due="2026-02-01", currency="CHF")
        connection.execute(
            insert(party.contact).values(
                account_id=acme,
                salutation="Frau",
                last_name="Muster",
                name="Erika Muster",
                language_code="de-AT",
                created_date=NOW,
            )
        )
        place = {"billing_street": "Marktgasse 1", "billing_city": "Bern", "billing_postal_code": "3011"}
        connection.execute(
            update(party.account).where(party.account.c.id == swiss).values(billing_country="Schweiz", **place)
        )
        build.settle()
        issue(connection, "2026-02-20")


def test_a_proposal_becomes_letters_in_the_contacts_language_with_a_code_to_pay_by(book: Book, world: World) -> None:
    fill(book)
    workspace = Workspace(book, world)
    save_letterhead(workspace, Letterhead(name="Brookwell AG", country="Schweiz"))
    holder = Party("Brookwell AG", "Seestrasse", "14", "8002", "Zürich", "CH")
    accounts = {
        "EUR": Account(holder, "DE89 3704 0044 0532 0130 00", "COBADEFFXXX"),
        "CHF": Account(holder, "CH93 0076 2011 6238 5295 7", "", "CHF"),
    }
    save_letter_style(workspace, LetterStyle(Dress(window=Window.DIN_A, language="fr"), accounts))
    by_name = {letter.account_name: letter for letter in composed(workspace)}
    german, french = by_name["Acme GmbH"], by_name["Bern AG"]
    assert (german.language, german.dress.window, german.previous_date) == ("de", Window.DIN_A, date(2026, 2, 20))
    assert german.texts is not None
    assert german.texts.salutation == "Sehr geehrte Frau Muster,"
    assert german.text_version == "de/level-2/shipped"
    assert german.recipient_lines == ("Acme GmbH", "Frau Erika Muster")
    (euros,) = german.sections
    assert euros.payment is not None
    assert (euros.to_pay, euros.payment.kind, euros.items[0].total) == (Decimal(120), CodeKind.EPC, Decimal(120))
    (francs,) = french.sections
    assert francs.payment is not None
    assert (french.language, francs.payment.kind, francs.payment.debtor) == (
        "fr",
        CodeKind.SWISS,
        Party("Bern AG", "Marktgasse 1", "", "3011", "Bern", "CH"),
    )
    assert french.recipient_lines == ("Bern AG", "Marktgasse 1", "3011 Bern")
    assert_previewed(workspace)


def assert_previewed(workspace: Workspace) -> None:
    """Each letter is looked at before it has a number, and so before it can be paid."""
    proposal = workspace.ask(propose, DAY)
    for letter in proposal.letters:
        assert preview(workspace, proposal, letter.key).startswith(b"%PDF")


def test_signs_that_no_font_has_are_said_before_a_letter_is_set(book: Book) -> None:
    fill(book)
    letters = book.ask(propose, DAY).letters
    assert unprintable(letters) == ()
    odd = replace(letters[0], to=replace(letters[0].to, name="𛰀𛰁 שלום Ltd"))
    (said,) = unprintable([odd])
    assert said.startswith("No font here has 𛰀 𛰁; a sign stands in their place. Install a font that has them")
