"""What files say of their own records, held against what their applications and lines make of them in the book.

The book counts its own way; every figure that differs is told with both sides, and those of invoices are kept.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from sqlalchemy import RowMapping, bindparam, update

from duedesk.actions.importing.report import Mismatch
from duedesk.actions.importing.rows import FileRows, Shared, money
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.exchange.cells import Row
from duedesk.exchange.reading import Record, Value
from duedesk.exchange.salesforce import CLAIMS
from duedesk.store import known
from duedesk.store.tables.ledger import invoice

_BLOCK = 1_000

_LIVE = {"Invoice": OWED_STATUSES, "Payment": ("Processed",), "CreditMemo": OWED_STATUSES}
_WHILE_LIVE = {"Balance", "SettlementStatus", "FullSettlementDate"}
"""What another system says of a draft or a voided document of this kind means nothing."""

_KEPT = {
    "Balance": "imported_balance",
    "NetPaymentsApplied": "imported_net_payments_applied",
    "NetCreditsApplied": "imported_net_credits_applied",
    "SettlementStatus": "imported_settlement_status",
}
"""Where an invoice keeps what its source says otherwise."""


def compare_claims(shared: Shared, file: FileRows, latest: date) -> None:
    """Go over a file a second time, now that its figures are worked out, and tell of those that differ."""
    claims, reader = file.source.claims, file.source.claims_reader(latest=latest)
    if claims is None or reader is None:
        return
    fields = [entry.field for entry in claims.entries if entry.field.name in CLAIMS[claims.name]]
    rows = (row for row in file.source.rows() if isinstance(row, Row))
    while block := list(islice(rows, _BLOCK)):
        reads = [read for row in block if not (read := reader.read(row)).problems]
        records = [(read.row.number, record) for read in reads if (record := read.records[0]) is not None]
        figures = _Figures(shared, claims.name, [record for _, record in records])
        kept: list[dict[str, Any]] = []
        for number, record in records:
            stands = figures.of(record)
            if stands is None:
                continue
            for field in fields:
                theirs, ours = record.value(field.name), stands[field.column]
                if theirs is None or theirs == ours or not _means_something(claims.name, field.name, stands):
                    continue
                currency = str(stands["currency_iso_code"])
                called = stands["number"] or stands["external_id"] or ""
                shared.tally.differ(
                    Mismatch(
                        file.source.name,
                        number,
                        claims.name,
                        str(called),
                        field.name,
                        _written(theirs, currency),
                        _written(ours, currency),
                    )
                )
                if claims.name == "Invoice" and field.name in _KEPT:
                    kept.append({"key": stands["id"], "column": _KEPT[field.name], "value": theirs})
        _keep(shared, kept)


class _Figures:
    """What stands in the book of the records of some rows, as far as this import brought them."""

    def __init__(self, shared: Shared, object_name: str, records: Sequence[Record]) -> None:
        self._name_field = "PaymentNumber" if object_name == "Payment" else "DocumentNumber"
        self._by_id: dict[str, RowMapping] = {}
        self._by_number: dict[str, RowMapping] = {}
        ids, numbers = set(_texts(records, "Id")), set(_texts(records, self._name_field))
        for row in known.brought(shared.connection, object_name, shared.journal_id, ids, numbers):
            if row["external_id"] is not None:
                self._by_id[row["external_id"]] = row
            if row["number"] is not None:
                self._by_number[row["number"]] = row

    def of(self, record: Record) -> RowMapping | None:
        """Give what stands of a record."""
        by_id = self._by_id.get(record.text("Id") or "")
        return by_id or self._by_number.get(record.text(self._name_field) or "")


def _texts(records: Sequence[Record], name: str) -> Iterator[str]:
    return (text for record in records if (text := record.text(name)) is not None)


def _means_something(object_name: str, field: str, stands: RowMapping) -> bool:
    return field not in _WHILE_LIVE or stands["status"] in _LIVE[object_name]


def _written(value: Value, currency: str) -> str:
    if value is None:
        return "nothing"
    return money(value, currency) if isinstance(value, Decimal) else str(value)


def _keep(shared: Shared, kept: list[dict[str, Any]]) -> None:
    for column in dict.fromkeys(one["column"] for one in kept):
        rows = [{"row_key": one["key"], "said": one["value"]} for one in kept if one["column"] == column]
        said = update(invoice).where(invoice.c.id == bindparam("row_key")).values({column: bindparam("said")})
        shared.connection.execute(said, rows)
