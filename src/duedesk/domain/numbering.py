"""How documents are numbered: prefix, year and digits of a series; it gives no number away."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from duedesk.domain.errors import RequestError

YEAR = "{year}"
MOST_DIGITS = 9
LONGEST_PREFIX = 40


class SeriesKind(StrEnum):
    """How the next number is found."""

    SEQUENTIAL = "Sequential"
    RANDOM = "Random"


@dataclass(frozen=True, slots=True)
class Series:
    """A number series: `INV-{year}-` with five digits gives INV-2026-00001, and begins anew each year."""

    prefix: str
    digits: int = 5
    kind: SeriesKind = SeriesKind.SEQUENTIAL

    def period(self, day: date) -> str:
        """Give the part of time in which the numbers run on: the document's year, or all time."""
        return f"{day.year:04d}" if YEAR in self.prefix else ""

    def prefix_on(self, day: date) -> str:
        """Give what stands before the number of a document of that day."""
        return self.prefix.replace(YEAR, f"{day.year:04d}")

    def number(self, place: int, day: date) -> str:
        """Write a number: with more digits where the place needs them."""
        return f"{self.prefix_on(day)}{place:0{self.digits}d}"

    def draw(self, random: Random, day: date) -> str:
        """Draw a number of a random series; it may be taken."""
        return self.number(random.randrange(10**self.digits), day)


DEFAULTS = {
    "Invoice": Series("INV-{year}-"),
    "CreditMemo": Series("CM-{year}-"),
    "Payment": Series("PAY-", 6),
    "Refund": Series("REF-", 6),
    "DunningLetter": Series("DL-{year}-"),
    "DunningRun": Series("DR-{year}-"),
}
"""What numbers an object where nobody has made a series."""


def check_series(series: Series) -> None:
    """Refuse a series that cannot be written: RequestError."""
    if not 1 <= series.digits <= MOST_DIGITS:
        raise RequestError(f"A number has from 1 to {MOST_DIGITS} digits, not {series.digits}.")
    if len(series.prefix) > LONGEST_PREFIX:
        raise RequestError(f"The prefix is longer than {LONGEST_PREFIX} characters.")
    if any(brace in series.prefix.replace(YEAR, "") for brace in "{}"):
        raise RequestError(f"“{series.prefix}” is no prefix.", "Only {year} stands in braces: INV-{year}-.")
    if not series.prefix.isprintable() or series.prefix != series.prefix.lstrip():
        raise RequestError("The prefix begins with a space or holds a character that cannot be written.")
    if series.prefix[-1:].isdigit() or series.prefix.endswith(YEAR):
        raise RequestError(
            f"“{series.prefix}” ends in a digit, which would run into the number.", "End it with a mark: INV-{year}-."
        )
    if series.kind is SeriesKind.RANDOM and series.digits < 4:
        raise RequestError("A random number needs at least 4 digits.", "There would soon be none left.")
