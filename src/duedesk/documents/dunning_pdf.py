"""Dunning letters as PDF: tagged for reading aloud, or archival with the items attached; it lays nothing out itself."""

from duedesk.documents.attached_items import items_as_csv, items_as_json
from duedesk.documents.dress import logo_as_svg
from duedesk.documents.dunning_content import content
from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.printable import never_printed, printable
from duedesk.documents.typesetter import ARCHIVAL, changed, strings, typeset, without_glyph
from duedesk.domain.errors import RequestError


def render_dunning_letter(letter: DunningLetter) -> bytes:
    """Set a letter as its dress says: a tagged PDF (PDF/UA-1), or an archival one; its fonts are inside.

    The same letter gives the same bytes.

    What `missing_dunning_glyphs` names is replaced by a visible sign. RequestError names the letter where it has no
    text, no labels in its language, or cannot be set.
    """
    if letter.dress.is_archival:
        return render_archival_letter(letter)
    return typeset("dunning.typ", printed_content(letter), dated=letter.letter_date)


def render_archival_letter(letter: DunningLetter) -> bytes:
    """Set a letter as archival PDF/A-3b with its items attached as CSV and JSON."""
    attached = [
        {"name": "items.csv", "kind": "text/csv", "text": items_as_csv(letter)},
        {"name": "items.json", "kind": "application/json", "text": items_as_json(letter)},
    ]
    content = {**printed_content(letter), "attached": attached}
    return typeset("dunning.typ", content, dated=letter.letter_date, standard=ARCHIVAL)


def missing_dunning_glyphs(letter: DunningLetter) -> tuple[str, ...]:
    """Give the characters of a letter that no font here can print, before it is printed."""
    raw = list(strings(_content_of(letter)))
    unassigned = dict.fromkeys(character for text in raw if not text.isascii() for character in never_printed(text))
    return (*unassigned, *without_glyph(map(printable, raw)))


def printed_content(letter: DunningLetter) -> dict[str, object]:
    """Give what the layout is handed of a letter; RequestError where it has no text."""
    logo = logo_as_svg(letter.dress.logo) if letter.dress.logo else ""
    return {**changed(_content_of(letter), printable), "logo": logo}


def _content_of(letter: DunningLetter) -> dict[str, object]:
    if letter.texts is None:
        raise RequestError(f"The letter {letter.number} has no text.", "Choose a wording for its level and language.")
    return content(letter, letter.texts)
