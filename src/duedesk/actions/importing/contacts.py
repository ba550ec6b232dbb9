"""The people and addresses that the rows of an import name, found in the book or made."""

from sqlalchemy import Connection

from duedesk.actions.importing.parties import Account, Accounts
from duedesk.actions.importing.report import RowFault, Tally
from duedesk.actions.importing.stage import Stage, direct_values, stored
from duedesk.domain.names import fold
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store import known
from duedesk.store.tables import party

_COLUMNS = ("id", "external_id", "account_id", "last_name", "name", "created_date", "journal_id")
_NOT_DIRECT = {"Id", "AccountId", "LastName", "Name", "CreatedDate"}
_LONGEST_LAST_NAME = 80
_LONGEST_NAME = 121


class Contacts:
    """The contacts of the book and of the files so far."""

    def __init__(self, connection: Connection, stage: Stage, tally: Tally, journal_id: int, now: str) -> None:
        self._stage, self._tally, self._journal_id, self._now = stage, tally, journal_id, now
        self._by_id: dict[str, int] = {}
        self._by_address: dict[tuple[int | None, str], int] = {}
        for key, external_id, account, email, name in known.contacts(connection):
            self._keep(key, external_id, account, email, name)

    def of_id(self, external_id: str) -> int | None:
        """Give the key of a contact by its Id."""
        return self._by_id.get(external_id)

    def find_or_make(self, record: Record, account: Account) -> int | None:
        """Give the contact a row names at an account; None where it names none.

        A contact is known by its Id, else by its address for mail, else by its name. One that has only an address
        goes by the account's name.
        """
        email = record.text("Email")
        if email is not None and not record.has("Id"):
            there = self._by_address.get((account.key, email.casefold()))
            if there is not None:
                return there
        name = _full_name(record)
        if email is None and name is None:
            return None
        key = self._find(record, account.key, email, name)
        if key is None:
            key = self._make(record, account.key, email, name or account.name)
        return key

    def take(self, record: Record, accounts: Accounts) -> bool:
        """Take a row that is a contact; True where it is a new one."""
        reference = record.text("AccountId")
        account = accounts.find(None, reference) if reference is not None else None
        if reference is not None and account is None:
            raise RowFault(
                f"there is no account with the Id {quoted(reference)}.",
                "Import the accounts in the same go: name their file beside this one.",
                column="AccountId",
            )
        email, name = record.text("Email"), _full_name(record)
        if name is None:
            raise RowFault("the contact has no name.", "Give the last name.", column="LastName")
        key = account.key if account is not None else None
        if self._find(record, key, email, name) is not None:
            return False
        self._make(record, key, email, name)
        return True

    def _find(self, record: Record, account: int | None, email: str | None, name: str | None) -> int | None:
        external_id = record.text("Id")
        if external_id is not None:
            return self._by_id.get(external_id)
        if email is not None:
            return self._by_address.get((account, email.casefold()))
        return self._by_address.get((account, fold(name or "")))

    def _make(self, record: Record, account: int | None, email: str | None, name: str) -> int:
        external_id = record.text("Id")
        key = self._stage.key(party.contact)
        columns, values = direct_values("Contact", record, _NOT_DIRECT)
        last_name = record.text("LastName") or name[:_LONGEST_LAST_NAME]
        created = stored(record.moment("CreatedDate")) or self._now
        self._stage.rows(party.contact, (*_COLUMNS, *columns)).append(
            (key, external_id, account, last_name, name[:_LONGEST_NAME], created, self._journal_id, *values)
        )
        self._keep(key, external_id, account, email, name)
        self._tally.make("Contact")
        return key

    def _keep(self, key: int, external_id: str | None, account: int | None, email: str | None, name: str) -> None:
        if external_id is not None:
            self._by_id[external_id] = key
        self._by_address.setdefault((account, email.casefold() if email else fold(name)), key)


def _full_name(record: Record) -> str | None:
    parts = (record.text("FirstName"), record.text("LastName"))
    return record.text("Name") or " ".join(part for part in parts if part) or None
