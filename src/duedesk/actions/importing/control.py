"""What a file says of itself in a last line, `#SUM,356.99`, held against its rows; it mends neither."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from duedesk.actions.importing.rows import FileRows, money
from duedesk.domain.errors import Problem, Severity
from duedesk.domain.money import ZERO
from duedesk.exchange.amounts import read_amount
from duedesk.exchange.cells import Cell, quoted, shown
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.reading import ReadRow
from duedesk.exchange.table import Control

_FIELDS = (
    ("Invoice", "TotalAmountWithTax"),
    ("Invoice", "TotalAmount"),
    ("Payment", "Amount"),
    ("CreditMemo", "TotalAmountWithTax"),
    ("PaymentLineInvoice", "Amount"),
    ("CreditMemoInvApplication", "Amount"),
    ("InvoiceLine", "LineAmount"),
)
"""The amounts that a file's own sum is taken to be of: the first of them that the file gives."""


class ControlSums:
    """Adds the rows of a file up as they go by, whether they are taken or not."""

    def __init__(self, file: FileRows) -> None:
        self._file = file
        sections = file.source.sections
        self._place = next(
            (place for place in _FIELDS if any(one.name == place[0] and one.has(place[1]) for one in sections)), None
        )
        self._entry = next(
            (
                entry
                for one in sections
                for entry in one.entries
                if self._place is not None and (one.name, entry.field.name) == self._place
            ),
            None,
        )
        self._rows = 0
        self._unread = 0
        self._sums: dict[str, Decimal] = {}
        self._controls: list[Control] = []

    def see(self, controls: Iterable[Control]) -> None:
        """Keep control lines until all rows have gone by."""
        self._controls += (control for control in controls if not control.is_header)

    def add(self, count: int, amounts: Mapping[str, Decimal]) -> None:
        """Count rows, with what they come to in each currency."""
        self._rows += count
        if self._place is not None:
            for currency, amount in amounts.items():
                self._sums[currency] = self._sums.get(currency, ZERO) + amount

    def added(self, reads: Iterable[ReadRow]) -> dict[str, Decimal]:
        """Add up rows that were read one by one; those without an amount are counted."""
        found: dict[str, Decimal] = {}
        if self._place is None:
            return found
        for read in reads:
            record = self._file.record(read, self._place[0]) if read.records else None
            amount = record.amount(self._place[1]) if record is not None else None
            if amount is None:
                self._unread += 1
            else:
                currency = read.currency or ""
                found[currency] = found.get(currency, ZERO) + amount
        return found

    def problems(self) -> list[Problem]:
        """Give what does not agree; nothing of the file may then be taken."""
        return [problem for control in self._controls if (problem := self._check(control)) is not None]

    def _check(self, control: Control) -> Problem | None:
        if control.is_count:
            return self._check_count(control)
        if len(self._sums) > 1:
            return self._problem(control, "The rows are in several currencies.", "It was not checked.", warns=True)
        currency, total = next(iter(self._sums.items()), ("", ZERO))
        try:
            said = read_amount(self._cell(control), currency, self._entry.decimal if self._entry else None)
        except Unreadable as fault:
            return self._problem(control, f"The control sum cannot be read: {fault.text}", fault.remedy)
        if said is None or self._entry is None:
            return self._problem(control, "The control line holds no sum.", "Leave the line out.")
        if said == total:
            return None
        if self._unread:
            text = f"{self._unread:,} rows have no amount that could be read, so the control sum proves nothing."
            return self._problem(control, text, "", warns=True)
        difference = money(abs(said - total), currency)
        return self._problem(
            control,
            f"The rows add up to {money(total, currency)}, the file's own control sum says {money(said, currency)}: "
            f"the difference is {difference}.",
            "The file is incomplete or was changed; export it again.",
        )

    def _check_count(self, control: Control) -> Problem | None:
        said = shown(self._cell(control)).strip()
        if said == str(self._rows):
            return None
        return self._problem(
            control,
            f"The file has {self._rows:,} rows, its own control line says {quoted(said)}.",
            "The file is incomplete or was changed; export it again.",
        )

    def _cell(self, control: Control) -> Cell:
        """Give the cell under the column that is added up, else the first one behind the label."""
        at = self._entry.position if self._entry is not None else None
        if at is not None and at < len(control.cells) and shown(control.cells[at]).strip() not in {"", control.label}:
            return control.cells[at]
        rest = [cell for cell in control.cells if shown(cell).strip()]
        return rest[1] if len(rest) > 1 else ""

    def _problem(self, control: Control, text: str, remedy: str, *, warns: bool = False) -> Problem:
        severity = Severity.WARNING if warns else Severity.ERROR
        return Problem(self._file.source.name, text, remedy, control.row, "", severity)
