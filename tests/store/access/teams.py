"""Random teams over random ledgers: owners, groups in groups, shares and rules; and, in plain Python, who sees what."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from sqlalchemy import Connection, insert, update

from build import Builder
from conftest import NOW
from duedesk.domain.access import Role, Visibility
from duedesk.domain.ledger import Application, settle
from duedesk.domain.money import ZERO
from duedesk.store.standing import VISIBILITY
from duedesk.store.tables.desk import setting
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import group_member, owner
from duedesk.store.tables.sharing import invoice_owner_sharing_rule, invoice_share
from store.ledgers import DAYS, FIRST_DAY, Document, RandomLedger, Source, moment

LAST_DAY = FIRST_DAY + timedelta(days=DAYS + 20)


@dataclass
class Team:
    """Ten users and three groups over a ledger, made from one seed and written to a book as they are made."""

    connection: Connection
    random: Random
    visibility: Visibility = Visibility.PRIVATE
    users: dict[str, int] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    groups: list[int] = field(default_factory=list)
    members: list[tuple[int, int]] = field(default_factory=list)
    shares: list[tuple[int, int, str]] = field(default_factory=list)
    rules: list[tuple[int, int, str]] = field(default_factory=list)
    ledger: RandomLedger = field(init=False)

    def make(self, invoices: int = 40) -> "Team":
        """Write everything."""
        self.ledger = RandomLedger(Builder(self.connection), self.random).make(invoices)
        for place, role in enumerate([*Role, *[Role.CLERK] * 6]):
            name = f"user{place}"
            self.users[name] = self._owner(f"User {place}", "User", role=role, login=name)
            self.roles[name] = role
        self.groups = [self._owner(f"Queue {place}", "Group") for place in range(3)]
        everybody = [*self.users.values(), *self.groups]
        pairs = {(group, self.random.choice(everybody)) for group in self.groups for _ in range(3)}
        self.members = sorted(pair for pair in pairs if pair[0] != pair[1])
        for group, member in self.members:
            self.connection.execute(insert(group_member).values(group_id=group, user_or_group_id=member))
        self._give_owners(everybody)
        for place in range(2):
            rule = (self.random.choice(everybody), self.random.choice(everybody), self.random.choice(("Read", "Edit")))
            self.rules.append(rule)
            values = dict(zip(("group_id", "user_or_group_id", "invoice_access_level"), rule, strict=True))
            self.connection.execute(
                insert(invoice_owner_sharing_rule).values(name=f"Rule {place}", created_date=NOW, **values)
            )
        self._share(everybody)
        self._pay_several()
        self.ledger.build.settle()
        self.connection.execute(insert(setting).values(name=VISIBILITY, value=f'"{self.visibility}"'))
        return self

    def _owner(self, name: str, kind: str, **values: str) -> int:
        row = {"name": name, "type": kind, "created_date": NOW, **values}
        return int(self.connection.execute(insert(owner).values(**row).returning(owner.c.id)).scalar_one())

    def _give_owners(self, everybody: list[int]) -> None:
        for document in self.ledger.invoices:
            document.owner = self.random.choice([*everybody, *everybody, None])
            chosen = update(invoice).where(invoice.c.id == document.key)
            self.connection.execute(chosen.values(owner_id=document.owner))

    def _share(self, everybody: list[int]) -> None:
        for document in self.random.sample(self.ledger.invoices, len(self.ledger.invoices) // 4):
            share = (document.key, self.random.choice(everybody), self.random.choice(("Read", "Edit")))
            self.shares.append(share)
            values = dict(zip(("parent_id", "user_or_group_id", "access_level"), share, strict=True))
            self.connection.execute(insert(invoice_share).values(row_cause="Manual", created_date=NOW, **values))

    def _pay_several(self) -> None:
        """Put payments on two invoices of one account each, so that some lie on what is seen and on what is not."""
        for one in self.ledger.invoices[:40]:
            for other in self.ledger.invoices[:40]:
                same = (one.account, one.currency) == (other.account, other.currency)
                if one.number < other.number and same and self._open(one) >= 2 and self._open(other) >= 2:
                    self._pay_both(one, other)

    @staticmethod
    def _open(document: Document) -> Decimal:
        return settle(document.posting, document.applications).balance

    def _pay_both(self, *documents: Document) -> None:
        on = FIRST_DAY + timedelta(days=DAYS + self.random.randrange(15))
        recorded = max(on, *(one.recorded for one in documents))
        account, currency = documents[0].account, documents[0].currency
        source = Source(account, None, currency, Decimal(5), on, moment(recorded))
        source.owner = next(one.owner for one in self.ledger.sources if one.account == account)
        self.ledger.sources.append(source)
        day, known = on.isoformat(), recorded.isoformat()
        key = self.ledger.build.payment(account, "5", on=day, currency=currency, recorded=known)
        for document in documents:
            part = Decimal(self.random.choice((1, 2)))
            self.ledger.build.apply(
                document.key, str(part), on=day, account=account, payment=key, currency=currency, recorded=known
            )
            applied = Application("payment", -part, on, moment(recorded))
            document.applications.append(applied)
            source.applications.append(applied)

    # The oracle: nothing below knows of closures or SQL; it asks again and again until nothing is added.

    def stands_in(self, user: str) -> set[int]:
        """Give the user and every group they are in."""
        return _grown({self.users[user]}, [(member, group) for group, member in self.members])

    def sees(self, user: str, document: Document, level: str = "Read") -> bool:
        """Tell whether a user may read (or edit) an invoice."""
        role, mine = self.roles[user], self.stands_in(user)
        if role in {Role.SUPERVISOR, Role.FINANCE} or (role is Role.AUDITOR and level == "Read"):
            return True
        if role is Role.AUDITOR:
            return False
        if self.visibility is Visibility.WRITE or (self.visibility is Visibility.READ and level == "Read"):
            return True
        enough = {"Read", "Edit"} if level == "Read" else {"Edit"}
        owners = set(mine)
        for group, shared_with, given in self.rules:
            if shared_with in mine and given in enough:
                owners |= _grown({group}, self.members)
        shared = any(key == document.key and who in mine and given in enough for key, who, given in self.shares)
        return document.owner is None or document.owner in owners or shared

    def accounts_of(self, user: str) -> set[int]:
        """Give the accounts whose payments and credit memos a user sees."""
        accounts = {one.account: one.owner for one in self.ledger.sources}
        if self.roles[user] is not Role.CLERK or self.visibility is not Visibility.PRIVATE:
            return set(accounts)
        mine = self.stands_in(user)
        for group, shared_with, _ in self.rules:
            if shared_with in self.stands_in(user):
                mine |= _grown({group}, self.members)
        invoiced = {one.account for one in self.ledger.invoices}
        own = {one for one, its in accounts.items() if its in mine or (its is None and one not in invoiced)}
        return own | {one.account for one in self.ledger.invoices if self.sees(user, one)}

    def seen_by(self, user: str) -> RandomLedger:
        """Give the part of the ledger that a user may know of."""
        accounts = self.accounts_of(user)
        return replace_ledger(
            self.ledger,
            [one for one in self.ledger.invoices if self.sees(user, one)],
            [one for one in self.ledger.sources if one.account in accounts],
        )


def replace_ledger(ledger: RandomLedger, invoices: list[Document], sources: list[Source]) -> RandomLedger:
    """Give a ledger of some of the documents of another."""
    return replace(ledger, invoices=invoices, sources=sources)


def open_by(documents: list[Document], as_of: date) -> dict[str, Decimal]:
    """Give what is open of the documents on a day, by currency."""
    sums: dict[str, Decimal] = {}
    for one in documents:
        balance = settle(one.posting, one.applications, as_of=as_of).balance
        sums[one.currency] = sums.get(one.currency, ZERO) + balance
    return {currency: amount for currency, amount in sums.items() if amount}


def _grown(start: set[int], steps: list[tuple[int, int]]) -> set[int]:
    grown = set(start)
    while more := {there for here, there in steps if here in grown} - grown:
        grown |= more
    return grown
