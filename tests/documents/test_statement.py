"""A statement as PDF: in every language the ledger's figures, what is open by age, what moved and where to pay."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from pypdfium2 import PdfDocument

from duedesk.documents.letter import Letterhead
from duedesk.documents.statement import StatementPaper, render_statement
from duedesk.documents.statement_labels import read_statement_labels
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES
from duedesk.domain.reports.statements import Addressee, MovedLine, OpenLine, Statement, StatementFrame

D = Decimal
TODAY = date(2026, 11, 23)
TO = Addressee(1, "*Société* #Lenoir_", "00042", ("", "", "", "", "France"), ("12 rue [du] Port", "76600 Le Havre"))
HEAD = Letterhead("Northlight", ("Westzeedijk 412",), bank_lines=("IBAN NL91",), contact_lines=("ask@northlight",))


def words(paper: StatementPaper) -> str:
    """The text of the first page, as one line."""
    with PdfDocument(render_statement(paper)) as document:
        return " ".join(document[0].get_textpage().get_text_bounded().replace("\xa0", " ").split())


def open_statement(lines: int = 1) -> Statement:
    one = Statement(TO, "EUR", closing=D("1000.50"))
    for number in range(lines):
        due = TODAY - timedelta(days=45)
        one.open_lines.append(OpenLine("Invoice", f"INV-{number}", due, due, 45, D(1200), D("1100.50"), ""))
    one.open_lines.append(OpenLine("Payment", "P-1", TODAY, None, None, D(-100), D(-100), ""))
    return one


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_open_in_every_language(language: str) -> None:
    own = read_statement_labels(language)
    said = words(StatementPaper(HEAD, TO, (open_statement(),), StatementFrame(TODAY), language=language))
    english = read_statement_labels("en")
    assert (set(own.kinds), set(own.events)) == (set(english.kinds), set(english.events))
    shown = (own.title, own.bucket(31, 60), own.unapplied, own.kinds["Payment"])
    assert [one for one in shown if one not in said] == []
    assert "*Société* #Lenoir_" in said
    assert "12 rue [du] Port" in said
    if language == "en":
        assert "45 days 1,200.00 1,100.50" in said
        assert "Balance, EUR 1,000.50" in said


def test_what_moved_ends_in_the_closing_balance() -> None:
    one = Statement(TO, "JPY", D(500), D(900))
    one.moved_lines.append(MovedLine(TODAY, "invoiced", "Invoice posted", "INV-1", TODAY, "", D(600), D(1100)))
    one.moved_lines.append(MovedLine(TODAY, "paid", "Payment received", "P-1", None, "ref", D(-200), D(900)))
    paper = StatementPaper(HEAD, TO, (one, open_statement(0)), StatementFrame(TODAY, date(2026, 11, 1)))
    said = words(paper)
    assert "Opening balance 500" in said
    assert "Closing balance, JPY 600 200 900" in said
    assert "In EUR" in said
    assert render_statement(paper) == render_statement(paper)
    with pytest.raises(RequestError, match="no letters in the language"):
        render_statement(StatementPaper(HEAD, TO, (one,), StatementFrame(TODAY), language="xx"))
