"""What the foot says below the list of invoices; it adds nothing up."""

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.invoices.questions import BookFacts
from duedesk.store.queries.listing import CurrencyTotal

_HOLDS = "buckets + unapplied = balance ✓"
_BROKEN = "buckets + unapplied ≠ balance"


def foot_line(shown: int, totals: tuple[CurrencyTotal, ...], book: BookFacts | None) -> FootLine:
    """Say how many are shown of how many, what they add up to, and whether the aging holds.

    Where nothing is open the totals are what was billed, and say so.
    """
    of_all = "" if book is None else f" of {written.count(book.invoices)}"
    noun = "invoice" if shown == 1 and (book is None or book.invoices == 1) else "invoices"
    is_open = any(total.balance for total in totals)
    figures = tuple(
        f"{total.currency} {written.amount(total.balance if is_open else total.total, total.currency)}"
        for total in totals
        if total.balance or not is_open
    )
    if figures and not is_open:
        figures = ("billed", *figures)
    proof = "" if book is None else _HOLDS if book.holds else _BROKEN
    return FootLine(f"{written.count(shown)}{of_all} {noun}", figures, proof, holds=book is None or book.holds)
