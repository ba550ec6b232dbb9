"""What somebody typed into a cell, read as a day, an amount or a text; where the cell stands is for others to say."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from duedesk.domain.currencies import is_currency
from duedesk.exchange.amounts import DecimalMark, read_amount
from duedesk.exchange.cells import Broken, Cell, quoted, shown
from duedesk.exchange.dates import DateStyle, DayOrder, read_day
from duedesk.exchange.faults import Unreadable


@dataclass(frozen=True, slots=True)
class Reading:
    """How days and amounts are written where somebody typed them as text, and the latest day allowed."""

    latest: date
    dates: DateStyle
    decimal: DecimalMark | None = None
    is_said: bool = False
    """Whether a person said how days are written."""

    def counted_from(self, is_1904: bool) -> "Reading":  # noqa: FBT001 - a workbook says one or the other
        """Count the days of numbers from 1904 where a workbook does."""
        return replace(self, dates=replace(self.dates, counts_from_1904=is_1904))

    def in_order(self, order: DayOrder | None) -> "Reading":
        """Read days in the order a file proves, unless another was said; where the house's is another, neither."""
        if order is None or self.is_said or self.dates.formats:
            return self
        settled = order if self.dates.order in {None, order} else None
        return replace(self, dates=replace(self.dates, order=settled))

    def day(self, cell: Cell) -> date | None:
        """Read a day, None from an empty cell; Unreadable, in words, where it is none or in doubt."""
        read = read_day(cell, self.dates, self.latest)
        return None if read is None else read.day

    def amount(self, cell: Cell, currency: str) -> Decimal | None:
        """Read an amount in what may be the code of a currency, None from an empty cell; Unreadable where it is none.

        An amount that is not above nothing is none either.
        """
        code = currency.upper()
        amount = read_amount(cell, code if is_currency(code) else "", self.decimal)
        if amount is not None and amount <= 0:
            raise Unreadable(f"{quoted(shown(cell))} is not above 0.")
        return amount


def typed_text(cell: Cell) -> str:
    """Read a text; Unreadable where the cell holds an error or a formula that was never calculated."""
    if isinstance(cell, Broken):
        raise Unreadable(f"{quoted(cell.shown)} {cell.why}.", "Write it as a text.")
    return shown(cell).strip()
