"""Why the list of invoices is empty, and what to do next, as values; it does none of it."""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from duedesk.desk import format as written
from duedesk.desk.pages.invoices.narrowing import Narrowing, State
from duedesk.desk.pages.invoices.questions import BookFacts
from duedesk.desk.widgets.empty_list import NO_INVOICES, last_dated, stand_on


class Next(Enum):
    """What a reader can do about an empty list."""

    IMPORT = auto()
    SHOW_ALL = auto()
    GO_TO_LAST_DAY = auto()


@dataclass(frozen=True, slots=True)
class Reason:
    """A sentence, a hint, and the ways on: the words of a button and what it does."""

    sentence: str
    hint: str
    ways: tuple[tuple[str, Next], ...]


def why_empty(narrowing: Narrowing, book: BookFacts, as_of: date, *, can_import: bool) -> Reason:
    """Say why nothing is listed on a day."""
    if not book.invoices:
        ways = (("Import a file", Next.IMPORT),) if can_import else ()
        return Reason(*NO_INVOICES, ways)
    show_all = ("Show all invoices", Next.SHOW_ALL)
    if book.there == 0:
        hint = f"As far as was known, none of its {written.plural(book.invoices, 'invoice')} was in it by then."
        return Reason(f"The book held no invoice on {written.day(as_of)}", hint, _last_day(book, as_of))
    if narrowing in {Narrowing(), Narrowing(frozenset({State.OVERDUE}))}:
        word = "overdue" if State.OVERDUE in narrowing.states else "open"
        sentence = f"Nothing is {word} on {written.day(as_of)}"
        if book.last_day is not None and book.last_day != as_of:
            return Reason(sentence, last_dated(book.last_day), (*_last_day(book, as_of), show_all))
        there = written.plural(book.invoices if book.there is None else book.there, "invoice")
        return Reason(sentence, f"None of the {there} that the book held then is {word}.", (show_all,))
    hint = f"None of the {written.plural(book.invoices, 'invoice')} in this book is what the bar asks for."
    return Reason("No invoice found", hint, (show_all,))


def _last_day(book: BookFacts, as_of: date) -> tuple[tuple[str, Next], ...]:
    if book.last_day is None or book.last_day == as_of:
        return ()
    return ((stand_on(book.last_day), Next.GO_TO_LAST_DAY),)
