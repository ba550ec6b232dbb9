"""Texts of letters are edited beside the letter, checked, saved as versions and taken back; and their style is set."""

from datetime import date

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from actions.dunning.dunned import dunned
from desk.waiting import Settled
from duedesk.actions.letter_style import letter_style
from duedesk.actions.letter_texts import one_text
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.letter_texts.page import LetterTextsPage
from duedesk.desk.pages.letter_texts.style_form import StyleForm
from duedesk.documents.dress import Window
from duedesk.documents.dunning_wording import Kind


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Settled) -> LetterTextsPage:
    """The second reminder in German, seen on the letter to Acme."""
    dunned(workspace)
    made = LetterTextsPage(desk, date(2026, 2, 20))
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    made.show_text("level-2", "de")
    settled()
    return made


def give(page: LetterTextsPage, key: str, settled: Settled) -> None:
    next(one for one in page.commands() if key in {*one.keys, one.heard}).run()
    settled()


def test_a_text_is_changed_seen_saved_and_taken_back(
    page: LetterTextsPage, workspace: Workspace, settled: Settled
) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    assert page.bar.letter.currentText() == "Acme Ltd, EUR"
    assert page.bar.version.currentText() == "As shipped · holds now"
    assert page.preview.sheets.sheet_count == 1

    closing = page.card.edit.parts["closing"].boxes[0]
    closing.setFocus()
    closing.setPlainText("Bis bald, ")
    closing.moveCursor(closing.textCursor().MoveOperation.End)
    menu = page.card.field_menu()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "Name of the account\t$account").trigger()
    assert closing.toPlainText() == "Bis bald, $account"
    assert not page.can_leave()
    assert said[-1].sentence == "The text is not saved."
    page.draw()
    settled()
    give(page, "Ctrl+S", settled)
    assert said[-1].sentence == "Saved as de/level-2/1."
    assert page.bar.version.currentText().startswith("Version 1 · 23 Nov 2026 10:00 · Ana Reyes · holds now")
    assert page.card.edit.parts["closing"].said == "Bis bald, $account"

    page.bar.version.setCurrentIndex(1)
    page.bar.version.activated.emit(1)
    assert page.card.save_button.text().startswith("Take it back")
    give(page, "Ctrl+S", settled)
    held, first = (workspace.ask(one_text, Kind.LEVEL_2, "de", version) for version in (None, 0))
    assert (held.version, held.wording) == (2, first.wording)
    assert page.can_leave()


def test_a_field_that_is_unknown_or_would_be_missing_is_told_before_it_is_saved(
    page: LetterTextsPage, settled: Settled
) -> None:
    edit = page.card.edit
    edit.add_paragraph()
    box = edit.paragraphs[-1][0].boxes[0]
    box.setPlainText("Am $previous_day schrieben wir.")
    assert "names a field that does not exist: $previous_day" in page.card.fault
    box.setPlainText("Am $previous_date schrieben wir.")
    assert page.card.fault == (
        "Paragraph 3 names $previous_date, which some letters do not have. Let the sentence depend on whether a letter "
        "went before, and name it under “After an earlier letter” alone."
    )
    assert not page.card.save_button.isEnabled()

    sentence = edit.paragraphs[-1][0]
    sentence.depends.choose("previous")
    sentence.depends.activated.emit(1)
    assert [one.toPlainText() for one in sentence.boxes] == ["Am $previous_date schrieben wir."] * 2
    sentence.boxes[1].setPlainText("")
    assert page.card.fault == ""
    assert page.card.save_button.isEnabled()
    give(page, "Ctrl+R", settled)
    assert len(edit.paragraphs) == 2


def test_the_style_of_letters_is_set_beside_them(page: LetterTextsPage, workspace: Workspace, settled: Settled) -> None:
    page.styling.ask_style()
    settled()
    form = page.side.panel
    assert isinstance(form, StyleForm)
    form.colour.setText("blue")
    form.do()
    assert form.fault == "“blue” is not a colour. Write it like #2F6FED."
    form.colour.setText("#2F6FED")
    form.window_place.choose(Window.US)
    form.iban.setText("DE02 1203 0000 0000 2020 51")
    form.holder["name"].setText("Northlight")
    form.do()
    settled()
    style = workspace.ask(letter_style)
    assert (style.dress.colour, style.dress.window) == ("#2F6FED", Window.US)
    assert (style.accounts["EUR"].iban, page.side.panel) == ("DE02120300000000202051", None)
