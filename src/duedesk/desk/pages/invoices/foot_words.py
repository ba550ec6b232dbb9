"""What the foot says below the list of invoices; it adds nothing up."""

from collections.abc import Sequence

from duedesk.desk import format as written
from duedesk.desk.explaining.foot import foot_commands
from duedesk.desk.page import FootLine, Page, PageCommand
from duedesk.desk.pages.invoices.questions import BookFacts
from duedesk.desk.tables.figures_in_words import briefly, is_billed, selection, sums
from duedesk.desk.tables.summing import Selected
from duedesk.desk.tables.view import RecordTable
from duedesk.domain.filters import Filter
from duedesk.store.queries.lists.figures import Figures
from duedesk.store.queries.lists.listing import CurrencyTotal

_HOLDS = "buckets + unapplied = balance ✓"
_BROKEN = "buckets + unapplied ≠ balance"


def about_foot(
    page: Page, asked: Filter | None, totals: Sequence[CurrencyTotal], table: RecordTable
) -> tuple[PageCommand, ...]:
    """Give what tells how the sums and averages at the foot are made up."""
    return foot_commands(page, asked, _figures(totals), table)


def foot_line(
    shown: int,
    totals: Sequence[CurrencyTotal],
    book: BookFacts | None,
    selected: Selected | None = None,
    group: str = "",
) -> FootLine:
    """Say how many are shown of how many, what they add up to, and whether the aging holds.

    Where several rows are selected, they are told of first. Where nothing is open the totals are what was billed, and
    say so.
    """
    figures = _figures(totals)
    proof = "" if book is None or not book.invoices else _HOLDS if book.holds else _BROKEN
    holds = book is None or book.holds
    noun = "invoice" if shown == 1 and (book is None or book.invoices == 1) else "invoices"
    if selected is not None:
        said, in_words = selection(selected, shown, figures, noun, group)
        return FootLine(said, in_words, proof, briefly(figures, selected), holds=holds)
    of_all = "" if book is None else f" of {written.count(book.invoices if book.there is None else book.there)}"
    in_words = sums(figures)
    if in_words and is_billed(figures):
        in_words = ("billed", *in_words)
    return FootLine(f"{written.count(shown)}{of_all} {noun}", in_words, proof, briefly(figures), holds=holds)


def _figures(totals: Sequence[CurrencyTotal]) -> tuple[Figures, ...]:
    return tuple(Figures(one.currency, one.count, one.total, one.balance) for one in totals)
