"""Rows that say of invoices what the book says, in the order in which they came: compared as text, hardly read.

Only for files of numbers, days, a total and accounts; what differs in anything is left to the rules of the lane.
"""

from decimal import Decimal
from operator import le

from duedesk.actions.importing.by_columns.drafting import added, texts
from duedesk.actions.importing.by_columns.there import There
from duedesk.actions.importing.drafts import InvoiceDrafts
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.money import from_units
from duedesk.exchange.binding import BoundEntry
from duedesk.exchange.cells import Run
from duedesk.exchange.columns import ColumnReader, NotPlain

_NEEDS_RULES = {"Status", "Balance", "TotalAmount", "TotalTaxAmount", "BillingAccountId"}
"""Fields that are held against others, or against the book otherwise than by being the same."""

_AS_TEXT = {"DocumentNumber", "TotalAmountWithTax"}
"""Fields of which no cell is read."""

_NAMING = {"AccountNumber", "Name"}
_PATIENCE = 3
"""Blocks by which those that are not the same may outnumber those that are, until they are no longer looked at so."""


class Same:
    """The rows of one file that say nothing new."""

    def __init__(
        self, shared: Shared, file: FileRows, drafts: InvoiceDrafts, reader: ColumnReader, there: There
    ) -> None:
        self._shared, self._file, self._drafts, self._reader, self._there = shared, file, drafts, reader, there
        sections = {section.name: section for section in file.source.sections}
        self._invoice = {entry.field.name: entry for entry in sections["Invoice"].entries}
        naming = sections["Account"].entries if "Account" in sections else ()
        self._naming = {entry.field.name: entry for entry in naming}
        self._left = _PATIENCE if self._has_columns() else 0
        self._keys: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def take(self, run: Run) -> dict[str, Decimal] | None:
        """Take rows and give what they come to by currency; None, and nothing is taken, where one may be another."""
        if not self._left or not self._there.goes_on:
            return None
        try:
            come_to = self._taken(run)
        except NotPlain:
            come_to = None
        if come_to is None:
            self._left -= 1
            return None
        self._left = min(self._left + 1, _PATIENCE)
        self._shared.tally.leave("Invoice", len(run))
        self._file.accept((), len(run))
        return come_to

    def _has_columns(self) -> bool:
        sections = self._file.source.sections
        if {section.name for section in sections} != {"Invoice", "Account"} or any(
            section.when is not None for section in sections
        ):
            return False
        compared = [self._invoice.get(name) for name in ("DocumentNumber", "CurrencyIsoCode", "TotalAmountWithTax")]
        named = [*compared, self._naming.get("AccountNumber"), *self._naming.values()]
        return (
            all(entry is not None and entry.position is not None for entry in named)
            and self._naming.keys() <= _NAMING
            and self._invoice.keys() >= {"InvoiceDate", "DueDate"}
            and self._invoice.keys().isdisjoint(_NEEDS_RULES)
        )

    def _taken(self, run: Run) -> dict[str, Decimal] | None:
        said = self._there.next(len(run))
        numbers = run.text(_at(self._invoice["DocumentNumber"]))
        if said is None or numbers != said.numbers:
            return None
        currencies = run.columns[_at(self._invoice["CurrencyIsoCode"])]
        totals = self._invoice["TotalAmountWithTax"]
        is_same = (
            run.text(_at(self._invoice["CurrencyIsoCode"])) == said.currencies
            and self._account_keys(run) == said.accounts
            and self._reader.units(totals, run.columns[_at(totals)], currencies) == said.totals
        )
        if not is_same:
            return None
        fields = self._reader.fields("Invoice", run.columns, currencies, self._invoice.keys() - _AS_TEXT)
        days = texts(fields, "InvoiceDate")
        if (
            not all(map(le, days, texts(fields, "DueDate")))
            or "\n".join(days) != said.invoice_dates
            or not self._drafts.pass_by(numbers, run.number)
        ):
            return None
        self._there.pass_by(said)
        if said.sum is not None:
            return {currencies[0]: from_units(said.sum)}
        return added(list(map(int, said.totals.split("\n"))), currencies)

    def _account_keys(self, run: Run) -> str | None:
        """Give the key of the account of each row, a line each; None where one is not named just as in the book."""
        if not self._keys:
            plain = self._shared.accounts.by_number()
            self._keys = {number: str(one.key) for number, one in plain.items()}
            self._names = {number: one.name for number, one in plain.items()}
        numbers, name = run.columns[_at(self._naming["AccountNumber"])], self._naming.get("Name")
        is_named = name is None or list(map(self._names.get, numbers)) == run.columns[_at(name)]
        try:
            return "\n".join(map(self._keys.__getitem__, numbers)) if is_named else None
        except KeyError:
            return None


def _at(entry: BoundEntry) -> int:
    """Give the position of a column, which is there."""
    if entry.position is None:
        raise NotPlain
    return entry.position
