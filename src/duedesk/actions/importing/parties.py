"""The accounts that the rows of an import speak of, found in the book or made; contacts and owners stand beside.

An account is known by its Id, then its number, then its name, and by its name only where neither of the others is
given. Names that differ for one account are reported, never merged or corrected.
"""

from dataclasses import dataclass

from sqlalchemy import Connection, update

from duedesk.actions.importing.links import Links, Warn
from duedesk.actions.importing.report import MOST_SPELLINGS, RowFault, Spellings, Tally
from duedesk.actions.importing.stage import Stage, direct_values, stored
from duedesk.domain.names import fold, fold_number, tidy
from duedesk.exchange.cells import quoted
from duedesk.exchange.reading import Record
from duedesk.store import known
from duedesk.store.tables import party

_LOOK_ALIKES = str.maketrans(dict(zip("аеорсухіјѕԁһкмтвнαονρτυικ", "aeopcyxijsdhkmtbhaovptuik", strict=True)))
"""Letters of other scripts that a reader takes for Latin ones."""

_ACCOUNT = ("id", "name", "folded_name", "created_date", "journal_id")
_LINKED = ("external_id", "owner_id", "payment_term_id", "dunning_policy_id")
_NOT_DIRECT = {"Id", "Name", "OwnerId", "ParentId", "PaymentTermId", "DunningPolicyId", "CreatedDate"}


@dataclass(slots=True, eq=False)
class Account:
    """An account as the import knows it; there is one object for each."""

    key: int
    external_id: str | None
    number: str | None
    name: str
    term_days: int | None


class Accounts:
    """The accounts of the book and of the files so far."""

    def __init__(self, connection: Connection, stage: Stage, tally: Tally, journal_id: int, now: str) -> None:
        self._connection, self._stage, self._tally = connection, stage, tally
        self._journal_id, self._now = journal_id, now
        self._by_id: dict[str, Account] = {}
        self._by_number: dict[str, Account] = {}
        self._by_spelt_number: dict[str, list[Account]] = {}
        self._by_name: dict[str, list[Account]] = {}
        self._found: dict[tuple[str | None, str | None, str | None], Account] = {}
        self._spellings: dict[int, dict[str, None]] = {}
        self._accounts: dict[int, Account] = {}
        self._disguised: dict[str, str] = {}
        for one in known.accounts(connection):
            self._keep(Account(one.id, one.external_id, one.number, one.name, one.term_days), one.folded_name)

    def find(self, record: Record | None, reference: str | None) -> Account | None:
        """Find the account a row speaks of; None where it is a new one, RowFault where the row contradicts itself."""
        asked = self._asked(record, reference)
        account = self._found.get(asked)
        if account is None:
            account = self._find(*asked)
            if account is not None:
                self._meet(asked, account)
        return account

    def find_or_make(self, record: Record | None, reference: str | None, links: Links, warn: Warn) -> Account:
        """Find the account a row speaks of or make it; RowFault where the row does not say which it is."""
        account = self.find(record, reference)
        if account is not None:
            return account
        asked = self._asked(record, reference)
        external_id, number, name = asked
        if record is None or (number is None and name is None):
            if external_id is not None:
                raise RowFault(
                    f"there is no account with the Id {quoted(external_id)}.",
                    "Import the accounts in the same go: name their file beside this one.",
                )
            raise RowFault("the row names no account.", "Give its number or its name.")
        account = self._make(record, asked, links, warn)
        self._meet(asked, account)
        return account

    def by_number(self) -> dict[str, Account]:
        """Give the accounts that a number written in just this way means, where it and their name are plain."""
        return {
            number: one
            for number, one in self._by_number.items()
            if f"{number}{one.name}".isprintable() and (tidy(number), tidy(one.name)) == (number, one.name)
        }

    def take(self, record: Record, links: Links, warn: Warn) -> bool:
        """Take a row that is an account; True where it is a new one."""
        if self.find(record, None) is not None:
            return False
        self.find_or_make(record, None, links, warn)
        return True

    def set_parents(self, parents: dict[str, str], warn: Warn) -> None:
        """Write which account is whose parent, by their Ids, once all of them are there."""
        pairs = []
        for child, parent in parents.items():
            if parent in self._by_id and child in self._by_id:
                pairs.append({"child": self._by_id[child].key, "parent": self._by_id[parent].key})
            else:
                warn(f"there is no account with the Id {quoted(parent)}; the parent is left empty.", "ParentId")
        for pair in pairs:
            self._connection.execute(
                update(party.account)
                .where(party.account.c.id == pair["child"], party.account.c.parent_id.is_(None))
                .values(parent_id=pair["parent"])
            )

    def spellings(self) -> tuple[Spellings, ...]:
        """Give the accounts whose name or number stands in more than one spelling."""
        return tuple(
            Spellings(self._accounts[key].number or "", self._accounts[key].name, tuple(names))
            for key, names in self._spellings.items()
        )

    @staticmethod
    def _asked(record: Record | None, reference: str | None) -> tuple[str | None, str | None, str | None]:
        if record is None:
            return reference, None, None
        return record.text("Id") or reference, record.text("AccountNumber"), record.text("Name")

    def _find(self, external_id: str | None, number: str | None, name: str | None) -> Account | None:
        if external_id is not None and external_id in self._by_id:
            account = self._by_id[external_id]
            if number is not None and account.number is not None and number != account.number:
                raise RowFault(
                    f"the account {quoted(external_id)} has the number {quoted(account.number)}, not {quoted(number)}.",
                    "Correct one of them.",
                )
            return account
        if number is not None:
            account_of_number = self._by_number.get(number) or self._of_spelt_number(number, name)
            if account_of_number is None:
                return None
            if external_id is not None and account_of_number.external_id not in {None, external_id}:
                raise RowFault(
                    f"the account number {quoted(number)} belongs to the account {account_of_number.external_id}.",
                    "Two accounts cannot share a number; correct one of them.",
                )
            return account_of_number
        if name is None:
            return None
        namesakes = self._by_name.get(fold(name), [])
        if external_id is not None:
            namesakes = [one for one in namesakes if one.external_id is None and one.number is None]
        if len(namesakes) > 1:
            numbers = ", ".join(quoted(one.number or f"without a number, key {one.key}") for one in namesakes[:5])
            raise RowFault(f"{quoted(name)} is the name of several accounts: {numbers}.", "Give the account's number.")
        return namesakes[0] if namesakes else None

    def _of_spelt_number(self, number: str, name: str | None) -> Account | None:
        """Find the one account whose number is this one spelt differently; another name makes it another account."""
        alike = self._by_spelt_number.get(fold_number(number), [])
        alike = [one for one in alike if name is None or fold(name) == fold(one.name)]
        return alike[0] if len(alike) == 1 else None

    def _meet(self, asked: tuple[str | None, str | None, str | None], account: Account) -> None:
        """Take note that a row means this account, by which name, and of an Id it did not have."""
        self._found[asked] = account
        external_id, number, name = asked
        for said, kept in ((number, account.number), (name, account.name)):
            if said is not None and kept is not None and said != kept:
                spellings = self._spellings.setdefault(account.key, {})
                if len(spellings) < MOST_SPELLINGS:
                    spellings[said] = None
        if external_id is not None and account.external_id is None:
            account.external_id = external_id
            self._by_id[external_id] = account
            self._stage.write()  # it may be one of those not written yet
            self._connection.execute(
                update(party.account).where(party.account.c.id == account.key).values(external_id=external_id)
            )

    def _make(
        self, record: Record, asked: tuple[str | None, str | None, str | None], links: Links, warn: Warn
    ) -> Account:
        external_id, number, name = asked
        shown = name or number or ""
        folded = fold(shown)
        columns, values = direct_values("Account", record, _NOT_DIRECT)
        owner = links.owner(record.text("OwnerId"))
        term = links.term(record.text("PaymentTermId"), warn)
        key = self._stage.key(party.account)
        rows = self._stage.rows(party.account, (*_ACCOUNT, *_LINKED, *columns))
        created = stored(record.moment("CreatedDate")) or self._now
        rows.append(
            (
                *(key, shown, folded, created, self._journal_id, external_id, owner),
                term.key if term else None,
                links.policies.key(record.text("DunningPolicyId"), warn),
                *values,
            )
        )
        if name is None:
            self._tally.note("Accounts without a name are kept under their number.")
        account = Account(key, external_id, number, shown, term.days if term else None)
        self._warn_of_look_alike(shown, folded, warn)
        self._keep(account, folded)
        self._tally.make("Account")
        return account

    def _keep(self, account: Account, folded: str) -> None:
        self._accounts[account.key] = account
        if account.external_id is not None:
            self._by_id[account.external_id] = account
        if account.number is not None:
            self._by_number[account.number] = account
            self._by_spelt_number.setdefault(fold_number(account.number), []).append(account)
        self._by_name.setdefault(folded, []).append(account)
        plain = folded.translate(_LOOK_ALIKES)
        if plain != folded:
            self._disguised[plain] = account.name

    def _warn_of_look_alike(self, name: str, folded: str, warn: Warn) -> None:
        plain = folded.translate(_LOOK_ALIKES)
        twin = self._disguised.get(folded)
        if twin is None and plain != folded and plain in self._by_name:
            twin = self._by_name[plain][0].name
        if twin is not None:
            warn(f"{quoted(name)} looks like {quoted(twin)} and is written with letters of another script.", "")
