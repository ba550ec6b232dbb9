"""The clerk looks up what was issued, opens it as it is kept, and takes it back knowing what that does."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QLabel

from actions.dunning.dunned import run, standing_on, write
from desk.waiting import Settled
from duedesk.actions.dunning.cancelling import cancel_letter
from duedesk.actions.dunning.issuing import issue
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.letter_documents import printed_again
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowIssued
from duedesk.desk.page import FootLine, Said
from duedesk.desk.pages.issued.line_table import LineTable
from duedesk.desk.pages.issued.page import IssuedPage
from duedesk.desk.verbs.ask import AskPanel
from duedesk.store.queries.letters.issued import letter_numbered
from dunning_records import DunningBuilder

APRIL = date(2026, 4, 1)


def texts(table: LineTable[Any]) -> list[tuple[str, ...]]:
    rows = map(table.records.row, range(table.records.rowCount()))
    return [row.texts for row in rows if row is not None]


def give(page: IssuedPage, key: str, settled: Settled) -> None:
    next(one for one in page.commands() if key in {*one.keys, one.heard}).run()
    settled()


def test_letters_are_looked_up_and_opened_to_the_byte(
    page: IssuedPage, workspace: Workspace, settled: Settled, tmp_path: Path
) -> None:
    feet: list[FootLine] = []
    page.footed.connect(feet.append)
    page.refresh()
    settled()
    assert [row[0] for row in texts(page.letters.list)] == ["DL-2026-00002", "DL-2026-00001"]
    assert (feet[-1].shown, feet[-1].totals) == ("2 letters; on their way as today", ("1,605.00 EUR",))

    page.bar.search.setText("acme")
    page.bar.narrowed.emit()
    settled()
    line = page.letters.list.line
    assert line is not None
    assert (line.number, line.state) == ("DL-2026-00001", "To print")
    assert "Fee: 2.50 EUR, invoice INV-2026-00001" in page.letters.card.told

    give(page, "Enter", settled)
    assert page.letters.card.sheets.sheets.is_complete
    page.letters.saving.save(line, tmp_path / "kept")
    settled()
    assert (tmp_path / "kept.pdf").read_bytes() == printed_again(workspace, line.key).pdf

    key = workspace.ask(letter_numbered, "DL-2026-00002").key
    page.show_issued(ShowIssued(letter=key))
    settled()
    assert page.letters.card.number.text() == "DL-2026-00002"


def test_a_letter_is_taken_back_knowing_what_that_does(
    page: IssuedPage, workspace: Workspace, settled: Settled
) -> None:
    said: list[Said] = []
    page.said.connect(said.append)
    settled()
    page.letters.list.selectRow(1)
    give(page, "Del", settled)
    panel = page.view.side.panel
    assert isinstance(panel, AskPanel)
    told = [label.text() for label in panel.findChildren(QLabel)]
    assert told[told.index("Levels") + 1] == "I-1: 1 → 0\nI-2: 1 → 0\nI-3: 1 → 0"
    assert told[told.index("Voided") + 1] == "Fee INV-2026-00001, 2.50 EUR"

    panel.do()
    settled()
    assert panel.fault.startswith("A reason is needed.")
    panel.words.setPlainText("Sent to the wrong address")  # type: ignore[union-attr]
    give(page, "Ctrl+Return", settled)
    assert said[-1].sentence == "Letter DL-2026-00001 cancelled: Sent to the wrong address."
    assert workspace.ask(letter_numbered, "DL-2026-00001").is_cancelled
    page.stand_on(workspace.world.today(), None)
    settled()
    page.letters.list.selectRow(1)
    page.bar.states.choose("cancelled")
    page.bar.narrowed.emit()
    settled()
    assert [row[0] for row in texts(page.letters.list)] == ["DL-2026-00001"]
    assert next(one for one in page.commands() if "Del" in one.keys).barred() == "it is cancelled already"


def test_runs_say_what_dropped_out_and_lead_to_their_letters(
    page: IssuedPage, workspace: Workspace, settled: Settled
) -> None:
    april = standing_on(workspace, APRIL)
    seen = proposal(april, APRIL)
    write(workspace, lambda build: build.pay(4, "500", on="2026-03-31", account=2))
    issue(april, seen, note="As every month")
    page.stand_on(APRIL, None)
    settled()
    page.bring("Runs")
    settled()
    assert [row[0] for row in texts(page.runs.list)] == ["DR-2026-00002", "DR-2026-00001"]
    page.runs.list.selectRow(0)
    assert page.runs.card.told == ("B-1: Nothing of it is owed any more.",)
    give(page, "Enter", settled)
    assert page.view is page.letters
    assert {row.run for row in page.letters.list.lines} == {"DR-2026-00002"}
    page.bar.run_left.emit()
    assert {row.run for row in page.letters.list.lines} == {"DR-2026-00001", "DR-2026-00002"}


def test_the_proposal_is_held_against_the_last_run(page: IssuedPage, workspace: Workspace, settled: Settled) -> None:
    def meanwhile(build: DunningBuilder) -> None:
        build.invoice("N-1", 2, "90", on="2026-02-01", due="2026-03-01")
        build.pay(4, "500", on="2026-03-31", account=2)

    write(workspace, meanwhile)
    page.stand_on(APRIL, None)
    page.bring("Compared")
    settled()
    shown = [(row[0], row[1], row[3], row[-1]) for row in texts(page.compared.list)]
    assert shown == [
        ("New", "N-1", "– → 1", "It is 31 days overdue; level 1 begins after 5."),
        ("Raised", "I-1", "1 → 2", "It is 60 days overdue; level 2 begins after 20."),
        ("Raised", "I-2", "1 → 2", "It is 51 days overdue; level 2 begins after 20."),
        ("Raised", "I-3", "1 → 2", "It is 29 days overdue; level 2 begins after 20."),
        ("Gone", "B-1", "1 → –", "Nothing of it is owed any more."),
    ]
    page.bar.states.choose("gone")
    page.bar.narrowed.emit()
    assert [row[1] for row in texts(page.compared.list)] == ["B-1"]


def test_only_what_had_been_issued_is_listed_and_as_it_stood(
    page: IssuedPage, workspace: Workspace, settled: Settled
) -> None:
    for letter in run(standing_on(workspace, APRIL), APRIL).letters:
        cancel_letter(standing_on(workspace, date(2026, 4, 20)), letter.key, "Wrong")
    feet: list[FootLine] = []
    page.footed.connect(feet.append)

    def shown(day: date, known: datetime | None = None) -> tuple[list[tuple[str, str]], list[tuple[str, str]], int]:
        page.stand_on(day, known)
        settled()
        letters = [(one.number[-1], one.status) for one in page.letters.rows]
        return letters, [(one.name[-1], one.status) for one in page.runs.runs], len(page.deliveries.rows)

    first, one = [("2", "Issued"), ("1", "Issued")], ("1", "Issued")
    assert shown(date(2026, 4, 19)) == ([("4", "Issued"), ("3", "Issued"), *first], [("2", "Issued"), one], 4)
    page.show_issued(ShowIssued(letter=workspace.ask(letter_numbered, "DL-2026-00004").key))
    settled()
    assert page.letters.card.told[-2].startswith("Issued: 01 Apr 2026"), "that it was cancelled was not known"
    assert shown(date(2026, 4, 20)) == (
        [("4", "Cancelled"), ("3", "Cancelled"), *first],
        [("2", "Cancelled"), one],
        4,
    )
    assert shown(date(2026, 4, 20), datetime(2026, 3, 31, tzinfo=UTC)) == (first, [one], 2)
    assert shown(date(2026, 3, 31)) == (first, [one], 2)
    page.bring("Deliveries")
    assert feet[-1].shown == "2 deliveries, shown as they stand today"
    page.bring("Letters")
    assert shown(date(2026, 3, 9)) == ([], [], 0)
    assert page.letters.empty._sentence.text() == "No letter was issued by 09 Mar 2026"
