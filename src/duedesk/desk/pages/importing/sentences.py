"""What the page of imports says of an outcome, in words; it decides nothing."""

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.desk.pages.importing.plan import Counted, Outcome, Request
from duedesk.desk.pages.importing.problem_rows import in_words

NOTHING_YET = (
    "Drop files here, or choose them.",
    "CSV files and Excel workbooks; several are one import. Nothing is written until you have seen what they hold.",
)


def ready(outcome: Outcome) -> tuple[str, str]:
    """Say that nothing stands in the way, and what would come in."""
    if outcome.is_known_already:
        return "Nothing new: the book holds all of this already.", "The same file twice changes nothing."
    if not any(count.new for count in outcome.counts):
        return "There is nothing in it to take in.", ""
    return "Nothing stands in the way.", f"{_listed(outcome.counts)} would come in."


def done(outcome: Outcome) -> tuple[str, str]:
    """Say what came in, and where the rows are that did not."""
    came = f"{_listed(outcome.counts)} came in." if any(count.new for count in outcome.counts) else "Nothing was new."
    if not outcome.bad_rows:
        return came, ""
    left = f"{written.plural(outcome.bad_rows, 'row')} left out"
    return came, f"{left}, with the reasons, in {outcome.rejected}." if outcome.rejected else f"{left}."


def foot(request: Request, outcome: Outcome | None) -> FootLine:
    """Say at the foot what was read."""
    if outcome is None:
        return FootLine(written.plural(len(request.files), "file") if request.files else "")
    totals = tuple(written.money(amount, currency) for currency, amount in outcome.sums)
    proof = in_words(outcome) if not outcome.is_written else ""
    read = f"{written.plural(outcome.row_count, 'row')} read" if outcome.row_count else ""
    return FootLine(read, totals, proof, holds=outcome.can_import)


def _listed(counts: tuple[Counted, ...]) -> str:
    parts = [f"{written.count(count.new)} {_plain(count)}" for count in counts if count.new]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _plain(count: Counted) -> str:
    """Give the name of an object in a sentence: `invoice` after one, else `invoices`."""
    word = count.what[0].lower() + count.what[1:]
    return word.removesuffix("s") if count.new == 1 else word
