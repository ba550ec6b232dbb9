"""Which rules the rows of a file meet: chosen by what the file speaks of."""

from collections.abc import Sequence
from typing import Protocol

from duedesk.actions.importing.applications import ApplicationRows
from duedesk.actions.importing.cash_rows import CashRows
from duedesk.actions.importing.invoices import InvoiceRows
from duedesk.actions.importing.lines import LineRows
from duedesk.actions.importing.other_rows import plain_rows
from duedesk.actions.importing.party_rows import PartyRows
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow


class Taker(Protocol):
    """What knows the rules of a file's rows."""

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take a block of rows."""

    def end(self) -> list[Problem]:
        """Give what stands in the way once all rows have gone by."""


def takers(shared: Shared, file: FileRows) -> list[Taker]:
    """Choose the rules by what the file speaks of; applications are gone through twice."""
    for name in ("PaymentLineInvoice", "CreditMemoInvApplication"):
        if file.has(name):
            rows = ApplicationRows(shared, file, name)
            return [_Only(rows, "Applied"), _Only(rows, "Unapplied")]
    plain = plain_rows(shared, file)
    if plain is not None:
        return [plain]
    if file.has("Invoice"):
        return [InvoiceRows(shared, file)]
    if file.has("InvoiceLine"):
        return [LineRows(shared, file)]
    for name in ("Payment", "CreditMemo"):
        if file.has(name):
            return [CashRows(shared, file, name)]
    return [PartyRows(shared, file)]


class _Only:
    """One of the two passes over a file of applications."""

    def __init__(self, rows: ApplicationRows, wanted: str) -> None:
        self._rows, self._wanted = rows, wanted

    def take(self, rows: Sequence[ReadRow]) -> None:
        self._rows.take(rows, wanted=self._wanted)

    def end(self) -> list[Problem]:
        return self._rows.end() if self._wanted == "Unapplied" else []
