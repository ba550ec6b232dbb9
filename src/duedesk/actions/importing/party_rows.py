"""Files of accounts, contacts, owners or terms, a row each; an account may bring a contact along."""

from collections.abc import Sequence
from functools import partial

from duedesk.actions.importing.links import Warn
from duedesk.actions.importing.report import RowFault
from duedesk.actions.importing.rows import FileRows, Shared
from duedesk.domain.errors import Problem
from duedesk.exchange.reading import ReadRow, Record


class PartyRows:
    """The rows of a file of parties."""

    def __init__(self, shared: Shared, file: FileRows) -> None:
        self._shared, self._file = shared, file
        self._parents: dict[str, str] = {}
        names = ("PaymentTerm", "User", "Account", "Contact")
        self._object = next(name for name in names if file.has(name))

    def take(self, rows: Sequence[ReadRow]) -> None:
        """Take rows."""
        take = {
            "PaymentTerm": lambda record, _: self._shared.links.take_term(record),
            "User": lambda record, _: self._shared.links.take_owner(record),
            "Contact": lambda record, _: self._shared.contacts.take(record, self._shared.accounts),
        }
        if self._object in take:
            self._file.take_each(rows, self._object, take[self._object])
            return
        for read in rows:
            self._file.take_each([read], "Account", partial(self._account, read))

    def end(self) -> list[Problem]:
        """Write who is whose parent; nothing stands in the way."""
        self._shared.stage.write()
        self._shared.accounts.set_parents(self._parents, lambda text, _: self._shared.tally.note(text))
        return []

    def _account(self, read: ReadRow, record: Record, warn: Warn) -> bool:
        parent, external_id = record.text("ParentId"), record.text("Id")
        if record.text("Name") is None and record.text("AccountNumber") is None:
            raise RowFault("the account has neither a name nor a number.", "Give it one.")
        is_new = self._shared.accounts.find(record, None) is None
        account = self._shared.accounts.find_or_make(record, None, self._shared.links, warn)
        if is_new and parent is not None and external_id is not None:
            self._parents[external_id] = parent
        contact = self._file.record(read, "Contact")
        if contact is not None:
            self._shared.contacts.find_or_make(contact, account)
        return is_new
