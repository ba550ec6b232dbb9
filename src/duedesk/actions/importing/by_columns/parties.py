"""Accounts and contacts that rows name, each way of naming them looked up once; `parties` says how."""

from collections.abc import Sequence
from typing import cast

from duedesk.actions.importing.parties import Account
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.cells import Run
from duedesk.exchange.columns import ColumnReader, NotPlain

Named = tuple[str, ...]
"""The cells of a row that name its account and contact."""

_MOST_KEPT = 50_000


class Parties:
    """The accounts and contacts of one file."""

    def __init__(self, shared: Shared, file: FileRows, reader: ColumnReader) -> None:
        self._shared, self._file = shared, file
        naming = [
            entry
            for section in file.source.sections
            for entry in section.entries
            if section.name in {"Account", "Contact"} or entry.field.name == "BillingAccountId"
        ]
        self._positions = sorted({entry.position for entry in naming if entry.position is not None})
        self._read = reader.row_of(naming)
        self._accounts: dict[Named, Account] = {}
        self._contacts: dict[Named, int | None] = {}

    def named(self, run: Run) -> list[Named]:
        """Give what names the parties of each row."""
        if not self._positions:
            return [()] * len(run)
        return list(zip(*(run.columns[position] for position in self._positions), strict=True))

    def accounts(self, run: Run, named: Sequence[Named], is_new: Sequence[bool]) -> list[Account]:
        """Give the account of each row, made for a new invoice where it is not known; NotPlain where one is in doubt.

        Rows before one in doubt are plain: what was made for them stays.
        """
        if len(self._accounts) > _MOST_KEPT:
            self._accounts.clear()
        found = list(map(self._accounts.get, named))
        if None in found:
            for at, name in enumerate(named):
                if name not in self._accounts:
                    self._accounts[name] = self._account(run, at, may_make=is_new[at])
            found = list(map(self._accounts.get, named))
        return cast("list[Account]", found)

    def contacts(
        self, run: Run, named: Sequence[Named], accounts: Sequence[Account], is_new: Sequence[bool]
    ) -> list[int | None] | None:
        """Give the key of the contact of each row, made for a new invoice; None where the file names none."""
        if not self._file.has("Contact"):
            return None
        if len(self._contacts) > _MOST_KEPT:
            self._contacts.clear()
        if not self._contacts.keys() >= set(named):
            for at, name in enumerate(named):
                if name not in self._contacts and is_new[at]:
                    record = self._file.record(self._read(run.row(at)), "Contact")
                    made = self._shared.contacts.find_or_make(record, accounts[at]) if record is not None else None
                    self._contacts[name] = made
        return list(map(self._contacts.get, named))

    def _account(self, run: Run, at: int, *, may_make: bool) -> Account:
        read = self._read(run.row(at))
        invoice = self._file.record(read, "Invoice")
        reference = invoice.text("BillingAccountId") if invoice is not None else None
        record, known = self._file.record(read, "Account"), self._shared.accounts
        warnings: list[Problem] = []
        try:
            account = known.find(record, reference)
            if account is None and may_make:
                warn = self._file.warner(read, warnings)
                account = known.find_or_make(record, reference, self._shared.links, warn)
        except RowFault:
            raise NotPlain from None
        self._file.accept(warnings, 0)
        if account is None:
            raise NotPlain
        return account
