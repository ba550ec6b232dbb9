"""A Salesforce org made from a seed: records that keep every rule, and the export its Data Loader would write of them.

Every column that the reference lists is in the files; what Duedesk does not keep holds something all the same.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from duedesk.domain.catalog import Field, Kind, Origin
from duedesk.domain.money import ZERO, plain
from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA

AS_OF = date(2026, 11, 23)
FIRST = date(2026, 1, 1)
PREFIXES = {
    "User": "005",
    "Group": "00G",
    "Account": "001",
    "Contact": "003",
    "PaymentTerm": "0hT",
    "PaymentTermItem": "0hI",
    "InvoiceBatchRun": "5BR",
    "Invoice": "3tt",
    "InvoiceLine": "5TV",
    "Payment": "0aQ",
    "PaymentLineInvoice": "1PL",
    "CreditMemo": "50g",
    "CreditMemoLine": "9yx",
    "CreditMemoInvApplication": "4sF",
    "Refund": "0cb",
    "PaymentSchedule": "0pS",
    "PaymentScheduleItem": "0pI",
    "InvoiceShare": "0sh",
    "GroupMember": "011",
    "InvoiceFeed": "0D5",
}
SYSTEM = ("Id", "IsDeleted", "CreatedDate", "CreatedById", "LastModifiedDate", "LastModifiedById", "SystemModstamp")
BESIDE_THE_REFERENCE = {
    "User": ("Username", "LastName", "FirstName", "Name", "Email", "IsActive", "ProfileId"),
    "Group": ("Name", "DeveloperName", "Type", "Email"),
    "Contact": (
        *("AccountId", "Salutation", "FirstName", "LastName", "Name", "Title", "Email", "Phone", "MailingStreet"),
        *("MailingCity", "MailingState", "MailingPostalCode", "MailingCountry", "Department", "OwnerId"),
    ),
    "InvoiceShare": ("ParentId", "UserOrGroupId", "AccessLevel", "RowCause"),
    "GroupMember": ("GroupId", "UserOrGroupId"),
    "InvoiceFeed": ("ParentId", "Type", "Title", "Body", "InsertedById", "LikeCount", "CommentCount"),
}
"""Columns of objects that the reference does not list, or lists without a type."""

Record = dict[str, Any]


@dataclass
class Org:
    """The records of an org by object, values as the catalogue's kinds hold them."""

    random: Random
    reference: Mapping[str, Any]
    records: dict[str, list[Record]] = field(default_factory=dict)

    def add(self, object_name: str, on: date, **values: Any) -> Record:
        """Add a record made on a day."""
        there = self.records.setdefault(object_name, [])
        created = datetime.combine(on, time(8, self.random.randrange(60), self.random.randrange(60)), UTC)
        record = {
            "Id": f"{PREFIXES[object_name]}{len(there) + 1:012d}AA{'ABC'[len(there) % 3]}",
            "CreatedDate": created,
        }
        blank = {one.name: _blank(object_name, one) for one in own_fields(object_name)}
        there.append(blank | record | values)
        return there[-1]

    def columns(self, object_name: str) -> list[str]:
        """Give every column of an object's export."""
        listed = self.reference.get(object_name, {}).get("fields", {})
        names = [part for name in listed for part in name.split()]
        return list(dict.fromkeys([*SYSTEM, *names, *BESIDE_THE_REFERENCE.get(object_name, ())]))

    def write(self, folder: Path) -> list[Path]:
        """Write the export, one file an object, in no order."""
        paths = []
        for object_name, records in self.records.items():
            columns = self.columns(object_name)
            self.random.shuffle(columns)
            path = folder / f"{object_name}.csv"
            rows = list(records)
            self.random.shuffle(rows)
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows([self._cell(object_name, record, name) for name in columns] for record in rows)
            paths.append(path)
        self.random.shuffle(paths)
        return paths

    def _cell(self, object_name: str, record: Record, name: str) -> str:
        if name in record:
            return self._written(object_name, name, record)
        kind = self.reference.get(object_name, {}).get("fields", {}).get(name, {}).get("type", "string")
        there = {"boolean": "false", "currency": "12.34", "double": "1.5", "int": "7", "date": "2026-02-03"}
        there |= {"dateTime": "2026-02-03T04:05:06.000Z", "datetime": "2026-02-03T04:05:06.000+0000"}
        if CATALOG.has(object_name) and CATALOG.object(object_name).has_field(name):
            return ""
        return "" if self.random.random() < 0.3 else there.get(kind, "x")

    def _written(self, object_name: str, name: str, record: Record) -> str:
        value = record[name]
        match value:
            case None:
                return ""
            case bool():
                return "true" if value else "false"
            case Decimal():
                return plain(value, record.get("CurrencyIsoCode", "EUR"))
            case datetime():
                zone = self.random.choice(("Z", "+0000"))
                return f"{value:%Y-%m-%dT%H:%M:%S}.000{zone}"
            case date():
                kind = self.reference.get(object_name, {}).get("fields", {}).get(name, {}).get("type", "date")
                return f"{value}T00:00:00.000Z" if kind.casefold() == "datetime" else value.isoformat()
            case _:
                return str(value)


def own_fields(object_name: str) -> list[Field]:
    """Give the fields of Salesforce that the catalogue has of an object."""
    if not CATALOG.has(object_name):
        return []
    return [one for one in CATALOG.object(object_name).fields if one.origin is Origin.SALESFORCE]


def _blank(object_name: str, one: Field) -> Any:
    """Give what a field holds of which nothing is said: no amount is 0 where the book keeps none apart."""
    columns = METADATA.tables[CATALOG.object(object_name).table].c
    if one.kind is Kind.BOOLEAN:
        return False
    is_amount = one.kind is Kind.CURRENCY and one.is_stored and not columns[one.column].nullable
    return ZERO if is_amount else None
