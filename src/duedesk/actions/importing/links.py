"""Owners and payment terms that the rows of an import refer to, by Id or by name; found in the book or made."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from duedesk.actions.importing.came_from import CameFrom
from duedesk.actions.importing.policies import Policies
from duedesk.actions.importing.report import RowFault, Tally
from duedesk.actions.importing.stage import Stage, direct_values, stored
from duedesk.actions.importing.waiting import WaitingSchedule
from duedesk.domain.names import fold
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store import known
from duedesk.store.bulk import StoredValue
from duedesk.store.tables import party, posting

Warn = Callable[[str, str], None]
"""Told what a person should know of the row at hand, and in which column."""

_TERM_DAYS = re.compile(r"\D{0,30}(\d{1,3})\D{0,30}\Z", re.ASCII)
_SALESFORCE_ID = re.compile(r"(?=.*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\Z", re.ASCII)


_NOT_DIRECT_OF_TERM = {"Id", "Name", "Period", "IsDefault", "CreatedDate"}


@dataclass(frozen=True, slots=True)
class Term:
    """A payment term: its key and its days."""

    key: int
    days: int


class Links:
    """Owners and payment terms by Id or name."""

    def __init__(self, connection: Connection, stage: Stage, tally: Tally, journal_id: int, now: str) -> None:
        self._stage, self._tally, self._journal_id, self._now = stage, tally, journal_id, now
        self._connection = connection
        self._owners: dict[str, int] = {}
        self._unnamed: set[str] = set()
        for key, external_id, name in known.owners(connection):
            self._owners[fold(name)] = key
            if external_id is not None:
                self._owners[external_id] = key
                if name == external_id:
                    self._unnamed.add(external_id)
        self._runs: dict[str, int] = {}
        self.came_from = CameFrom(connection, stage)
        self.policies = Policies(connection, stage)
        self.schedules: dict[str, WaitingSchedule] = {}
        """Payment schedules whose items have not come by yet, by Id or number."""
        self._terms: dict[str, Term] = {}
        for key, external_id, name, days in known.terms(connection):
            self._terms[fold(name)] = Term(key, days)
            if external_id is not None:
                self._terms[external_id] = Term(key, days)

    def owner(self, said: str | None) -> int | None:
        """Give the key of an owner by Id or name; one that is not known is made under what the file says."""
        if said is None:
            return None
        key = self._owners.get(said) or self._owners.get(fold(said))
        if key is None:
            is_id = _SALESFORCE_ID.match(said) is not None
            key = self._make_owner(said, said if is_id else None, "User", self._now)
            if is_id:
                self._unnamed.add(said)
                self._tally.note("Owners that are not in the files are kept under their Ids.")
        return key

    def owner_name(self, said: str) -> str:
        """Give the name of an owner by Id; what is said, where nobody of that Id is known."""
        key = self._owners.get(said)
        if key is None:
            return said
        self._stage.write()
        return str(self._connection.scalar(select(party.owner.c.name).where(party.owner.c.id == key)) or said)

    def batch_run(self, said: str | None) -> int | None:
        """Give the key of a batch run by Id; one that is not in the files is made under its Id."""
        if said is None:
            return None
        table = posting.invoice_batch_run
        if said not in self._runs:
            self._stage.write()
            there = self._connection.scalar(select(table.c.id).where(table.c.external_id == said))
            self._runs[said] = there or self._make_run(said)
        return self._runs[said]

    def set_days(self, key: int, days: int) -> None:
        """Learn the days of a term from its items."""
        for name, term in self._terms.items():
            if term.key == key:
                self._terms[name] = Term(key, days)

    def _make_run(self, external_id: str) -> int:
        table = posting.invoice_batch_run
        key = self._stage.key(table)
        columns = ("id", "external_id", "status", "created_date", "journal_id")
        self._stage.rows(table, columns).append((key, external_id, "Completed", self._now, self._journal_id))
        self._tally.make("InvoiceBatchRun")
        self._tally.note("Batch runs that are not in the files are kept under their Ids.")
        return key

    def take_owner(self, record: Record) -> bool:
        """Take a row that is a user or group; True where it is a new one."""
        name, external_id = record.text("Name"), record.text("Id")
        if name is None:
            raise RowFault("the owner has no name.", "Give it one.", column="Name")
        if external_id is not None and external_id in self._unnamed:
            self._unnamed.discard(external_id)
            self._stage.write()
            self._connection.execute(
                update(party.owner)
                .where(party.owner.c.external_id == external_id)
                .values(name=name, type=record.text("Type") or "User", is_active=record.value("IsActive") is not False)
            )
            self._owners[fold(name)] = self._owners[external_id]
            self._tally.make("User")
            return True
        if (external_id or "") in self._owners:
            return False
        if fold(name) in self._owners:
            if external_id is not None:
                raise RowFault(f"there is another owner called {quoted(name)}.", "Names of owners must differ.")
            return False
        created = stored(record.moment("CreatedDate")) or self._now
        is_active = record.value("IsActive") is not False
        self._make_owner(name, external_id, record.text("Type") or "User", str(created), is_active=is_active)
        return True

    def term(self, said: str | None, warn: Warn) -> Term | None:
        """Give a payment term by Id or name; one that says its days, as `Net 30`, is made."""
        if said is None:
            return None
        found = self._terms.get(said) or self._terms.get(fold(said))
        if found is not None:
            return found
        days = _TERM_DAYS.match(said)
        if days is None or _SALESFORCE_ID.match(said):
            warn(f"the payment term {quoted(said)} is not known, and is left empty.", "PaymentTermId")
            return None
        return self._make_term(said, None, int(days[1]), self._now)

    def take_term(self, record: Record) -> bool:
        """Take a row that is a payment term; True where it is a new one."""
        name, external_id = record.text("Name"), record.text("Id")
        days = record.value("Period")
        if name is None:
            raise RowFault("the payment term has no name.", "Give it one.", column="Name")
        if (external_id or "") in self._terms or fold(name) in self._terms:
            return False
        if not isinstance(days, int):
            said = _TERM_DAYS.match(name)
            if said is None and record.has("Period"):
                raise RowFault(f"the payment term {quoted(name)} does not say its days.", "Give them.", column="Period")
            days = int(said[1]) if said is not None else 0  # its items may say them
        created = str(stored(record.moment("CreatedDate")) or self._now)
        columns, values = direct_values("PaymentTerm", record, _NOT_DIRECT_OF_TERM)
        is_default = record.value("IsDefault") is True and not self._has_default()
        self._make_term(
            name, external_id, days, created, dict(zip(columns, values, strict=True)), is_default=is_default
        )
        return True

    def _has_default(self) -> bool:
        """Tell whether the book has a term that is taken where none is said; there is one at most."""
        self._stage.write()
        default = select(party.payment_term.c.id).where(party.payment_term.c.is_default)
        return self._connection.scalar(default.limit(1)) is not None

    def _make_owner(
        self, name: str, external_id: str | None, kind: str, created: str, *, is_active: bool = True
    ) -> int:
        key = self._stage.key(party.owner)
        columns = ("id", "external_id", "name", "type", "created_date", "journal_id", "is_active")
        row = (key, external_id, name, kind, created, self._journal_id, is_active)
        self._stage.rows(party.owner, columns).append(row)
        self._owners[fold(name)] = key
        if external_id is not None:
            self._owners[external_id] = key
        self._tally.make("User")
        return key

    def _make_term(
        self,
        name: str,
        external_id: str | None,
        days: int,
        created: str,
        more: dict[str, StoredValue] | None = None,
        *,
        is_default: bool = False,
    ) -> Term:
        term = Term(self._stage.key(party.payment_term), days)
        values = {"status": "Active", **{column: value for column, value in (more or {}).items() if value is not None}}
        columns = ("id", "external_id", "name", "period", "is_default", "created_date", "journal_id", *values)
        self._stage.rows(party.payment_term, columns).append(
            (term.key, external_id, name, days, is_default, created, self._journal_id, *values.values())
        )
        self._terms[fold(name)] = term
        if external_id is not None:
            self._terms[external_id] = term
        self._tally.make("PaymentTerm")
        return term
