"""Owners and payment terms that the rows of an import refer to, by Id or by name; found in the book or made."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, update

from duedesk.actions.importing.report import RowFault, Tally
from duedesk.actions.importing.stage import Stage, stored
from duedesk.domain.names import fold
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store import known
from duedesk.store.tables import party

Warn = Callable[[str, str], None]
"""Told what a person should know of the row at hand, and in which column."""

_TERM_DAYS = re.compile(r"\D{0,30}(\d{1,3})\D{0,30}\Z", re.ASCII)
_SALESFORCE_ID = re.compile(r"(?=.*\d)[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\Z", re.ASCII)


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

    def take_owner(self, record: Record) -> bool:
        """Take a row that is a user or group; True where it is a new one."""
        name, external_id = record.text("Name"), record.text("Id")
        if name is None:
            raise RowFault("the owner has no name.", "Give it one.", column="Name")
        if external_id is not None and external_id in self._unnamed:
            self._unnamed.discard(external_id)
            self._stage.write()
            self._connection.execute(
                update(party.owner).where(party.owner.c.external_id == external_id).values(name=name)
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
        self._make_owner(name, external_id, record.text("Type") or "User", str(created))
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
            if said is None:
                raise RowFault(f"the payment term {quoted(name)} does not say its days.", "Give them.", column="Period")
            days = int(said[1])
        self._make_term(name, external_id, days, str(stored(record.moment("CreatedDate")) or self._now))
        return True

    def _make_owner(self, name: str, external_id: str | None, kind: str, created: str) -> int:
        key = self._stage.key(party.owner)
        columns = ("id", "external_id", "name", "type", "created_date", "journal_id")
        self._stage.rows(party.owner, columns).append((key, external_id, name, kind, created, self._journal_id))
        self._owners[fold(name)] = key
        if external_id is not None:
            self._owners[external_id] = key
        self._tally.make("User")
        return key

    def _make_term(self, name: str, external_id: str | None, days: int, created: str) -> Term:
        term = Term(self._stage.key(party.payment_term), days)
        columns = ("id", "external_id", "name", "status", "period", "created_date", "journal_id")
        self._stage.rows(party.payment_term, columns).append(
            (term.key, external_id, name, "Active", days, created, self._journal_id)
        )
        self._terms[fold(name)] = term
        if external_id is not None:
            self._terms[external_id] = term
        self._tally.make("PaymentTerm")
        return term
