"""Texts of letters: each save is a version that stays; letters as issued come back to the byte or not at all."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DatabaseError

from documents.dunning_samples import NUMBER, dunning
from duedesk.actions.deed import deed
from duedesk.actions.dunning.putting_aside import PutAside
from duedesk.actions.letter_documents import keep_documents, printed_again
from duedesk.actions.letter_printing import print_letters, save_as_issued
from duedesk.actions.letter_texts import all_texts, current_texts, one_text, save_letter_text, versions_of
from duedesk.actions.workspace import Workspace
from duedesk.documents.dunning_pdf import render_dunning_letter
from duedesk.documents.dunning_wording import Kind, worded
from duedesk.documents.wording_text import as_toml
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.languages import LANGUAGES
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.letters.documents import folding_order, letters_named
from duedesk.store.tables.dunning import dunning_letter
from duedesk.store.tables.party import account


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    return Workspace(book, world)


def test_a_text_is_saved_as_another_version_and_holds_from_then_on(workspace: Workspace) -> None:
    shipped = workspace.ask(one_text, Kind.LEVEL_1, "de")
    assert (shipped.name, shipped.recorded_by) == ("de/level-1/shipped", "")
    toml = as_toml(shipped.wording)
    assert save_letter_text(workspace, Kind.LEVEL_1, "de", toml).changes.journal_id is None
    mine = toml.replace("Zahlungserinnerung vom", "Freundliche Erinnerung vom")
    saved = save_letter_text(workspace, Kind.LEVEL_1, "de", mine)
    assert saved.text.name == "de/level-1/1"
    again = save_letter_text(workspace, Kind.LEVEL_1, "de", mine.replace("Freundliche", "Höfliche")).text
    with workspace.book.reading() as connection:
        held = current_texts(connection).text(Kind.LEVEL_1, "de")
        assert (held.name, held.wording) == ("de/level-1/2", again.wording)
        assert [one.version for one in versions_of(connection, Kind.LEVEL_1, "de")] == [2, 1, 0]
        assert one_text(connection, Kind.LEVEL_1, "de", 1).wording == saved.text.wording
        assert len(all_texts(connection)) == len(LANGUAGES) * len(Kind)
    with pytest.raises(RequestError, match=r"names a field that does not exist: \$customer"):
        save_letter_text(workspace, Kind.LEVEL_1, "de", mine.replace("$letter_date", "$customer"))
    with pytest.raises(RequestError, match="no version 7"):
        workspace.ask(one_text, Kind.LEVEL_1, "de", 7)
    with pytest.raises(DatabaseError), workspace.book.writing() as connection:
        connection.execute(text("UPDATE letter_text SET subject = '\"x\"'"))


def test_a_letter_is_kept_as_issued_and_given_back_to_the_byte(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.book.reading() as connection:
        wording = one_text(connection, Kind.LEVEL_2, "de")
    letter = worded(dunning(language="de"), wording.wording, wording.name)
    pdf = render_dunning_letter(letter)
    with deed(workspace, "issue_letters") as act, PutAside() as put_aside:
        to = act.connection.execute(
            insert(account).values(name="Lenoir", folded_name="lenoir", created_date=act.now).returning(account.c.id)
        ).scalar_one()
        key = act.connection.execute(
            insert(dunning_letter)
            .values(
                number=NUMBER,
                account_id=to,
                currency_iso_code="EUR",
                letter_date=date(2026, 11, 23),
                principal=letter.sections[0].principal,
                total=letter.sections[0].to_pay,
                status="Issued",
                channel="print",
                issued_at=act.now,
                issued_by="Ana Reyes",
                journal_id=act.record("Letter issued"),
            )
            .returning(dunning_letter.c.id)
        ).scalar_one()
        put_aside.add(key, letter, pdf)
        keep_documents(act, put_aside)
    kept = printed_again(workspace, key)
    assert (kept.pdf, kept.sha256, kept.text_version) == (pdf, hashlib.sha256(pdf).hexdigest(), "de/level-2/shipped")
    assert (kept.page_count, kept.number, '"to_pay": "20731.05"' in kept.items) == (1, NUMBER, True)
    assert workspace.ask(folding_order, [key, 77]) == (key,)
    seen: list[tuple[int, int]] = []
    merged = print_letters(workspace, [key], tmp_path / "all.pdf", progress=lambda *done: seen.append(done))
    assert (merged.letters, merged.pages, seen) == (1, 2, [(1, 1)])
    save_as_issued(workspace, workspace.ask(letters_named, [NUMBER])[0], tmp_path / "one.pdf")
    assert (tmp_path / "one.pdf").read_bytes() == pdf
    with pytest.raises(RequestError, match="no letter DL-9"):
        workspace.ask(letters_named, [NUMBER, "DL-9"])
    with pytest.raises(RequestError, match="not kept"):
        printed_again(workspace, 77)
    with pytest.raises(DatabaseError), workspace.book.writing() as connection:
        connection.execute(text("DELETE FROM issued_letter_document"))
    with workspace.book.writing() as connection:
        on_file = connection.dialect.name == "sqlite"
        drop = "DROP TRIGGER issued_letter_document_keeps_update" + ("" if on_file else " ON issued_letter_document")
        connection.execute(text(drop))
        connection.execute(text("UPDATE issued_letter_document SET sha256 = 'x'"))
    with pytest.raises(BookError, match="bytes have changed"):
        printed_again(workspace, key)
