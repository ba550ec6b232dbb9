"""Files of disputes: what was contested of which invoice, since when, and how it ended; known by Id or by name.

What stands in the book already is left as it is; a dispute is written once and ended once.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Row, select

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.plain_rows import PlainRows
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import money
from duedesk.actions.importing.stage import stored, units
from duedesk.actions.importing.waiting import Values
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import ZERO
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import ReadRow, Record
from duedesk.store.tables.disputes import dispute
from duedesk.store.tables.ledger import invoice

_CORRECT = "Correct one of them."
_RESOLUTION = ("Resolution", "ResolvedAt", "ResolvedBy", "ResolutionDescription")


class DisputeRows(PlainRows):
    """Disputes, standing or resolved."""

    object_name = "Dispute"
    needs: ClassVar = ("Name", "InvoiceId", "DisputedAmount", "ReasonCode", "ReceivedDate")

    def complete(self, record: Record, values: Values, warn: Warn) -> bool:  # noqa: ARG002 - one signature for all
        """Hold a dispute against its invoice, and its end against its beginning."""
        found = select(invoice).where(invoice.c.id == values.get("invoice_id"))
        contested = self.shared.connection.execute(found).first()
        amount, received = record.amount("DisputedAmount"), record.day("ReceivedDate")
        if contested is None or amount is None or received is None:
            return True  # what is missing is said
        _check_contested(contested, amount, received, record.text("CurrencyIsoCode"))
        values["currency_iso_code"], values["disputed_amount"] = contested.currency_iso_code, units(amount)
        recorded = min(record.moment("RecordedAt") or self.shared.moment, self.shared.moment)
        values["recorded_at"] = stored(recorded)
        values["recorded_by"] = record.text("RecordedBy") or self.shared.user
        resolved = record.day("ResolvedOn")
        if resolved is None:
            if any(record.text(name) is not None for name in ("Resolution", "ResolutionDescription")):
                raise RowFault("the dispute has a resolution and no day of it.", "Give the day, or leave both empty.")
            values |= {self.described.field(name).column: None for name in _RESOLUTION if record.has(name)}
            return True
        if resolved < received:
            raise RowFault(f"it was resolved on {resolved} and received on {received}.", _CORRECT)
        if record.text("Resolution") is None:
            raise RowFault("the dispute was resolved and does not say how.", "Give its resolution.")
        values["resolved_at"] = stored(min(max(record.moment("ResolvedAt") or recorded, recorded), self.shared.moment))
        values["resolved_by"] = record.text("ResolvedBy") or self.shared.user
        return True

    def _take(self, read: ReadRow, record: Record, there: Mapping[str, int], warn: Warn) -> bool:
        name = record.text("Name")
        if name is not None and (record.text("Id") or "") not in there and self._stands(name, record):
            return False
        return super()._take(read, record, there, warn)

    def _stands(self, name: str, record: Record) -> bool:
        """Tell whether the book has a dispute of this name; RowFault where it is another one."""
        self.shared.stage.write()
        row = self.shared.connection.execute(select(dispute).where(dispute.c.name == name)).first()
        if row is None:
            return False
        said = (record.amount("DisputedAmount"), record.day("ReceivedDate"), record.text("ReasonCode"))
        if said != (row.disputed_amount, row.received_date, row.reason_code):
            raise RowFault(f"there is another dispute called {quoted(name)}.", "Names of disputes must differ.")
        return True


def _check_contested(contested: Row[tuple[object, ...]], amount: Decimal, received: date, currency: str | None) -> None:
    """Refuse what could not be contested of an invoice: RowFault."""
    number = quoted(contested.document_number or "")
    if contested.status not in {*OWED_STATUSES, "Voided"}:
        raise RowFault(f"the invoice {number} is not posted; nothing of it is contested.", "Leave the row out.")
    if currency not in {None, contested.currency_iso_code}:
        raise RowFault(f"the dispute is in {currency}, its invoice in {contested.currency_iso_code}.", _CORRECT)
    if amount <= ZERO or amount > contested.total_amount_with_tax:
        total = money(contested.total_amount_with_tax, contested.currency_iso_code)
        raise RowFault(f"the amount must be more than nothing and no more than the {total} of {number}.", "Correct it.")
    if contested.invoice_date is not None and received < contested.invoice_date:
        raise RowFault(f"it was received on {received}, before its invoice of {contested.invoice_date}.", _CORRECT)
