"""What a verb will do to the invoices that were picked, as it stands now: which it fits, which not and why."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.bulk.verbs import BulkVerb, refusal
from duedesk.domain.days import LATEST_DAY
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.money import ZERO
from duedesk.store.queries.lists import listing

_PATHS = ("DocumentNumber", "BillingAccount.Name", "Status", "CurrencyIsoCode", "TotalAmountWithTax", "Balance")


@dataclass(frozen=True, slots=True)
class Item:
    """One invoice that was picked."""

    key: int
    name: str
    account: str
    status: str
    currency: str
    total: Decimal
    balance: Decimal


@dataclass(frozen=True, slots=True)
class LeftOut:
    """One invoice that the verb does not fit, and why."""

    item: Item
    reason: str


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a verb is about to be said to."""

    verb: BulkVerb
    items: tuple[Item, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def count(self) -> int:
        """Give how many invoices it fits."""
        return len(self.items)

    @property
    def left_count(self) -> int:
        """Give how many it does not fit."""
        return len(self.left_out)

    @property
    def amounts(self) -> tuple[tuple[str, Decimal], ...]:
        """Give what it is about, by currency: what is open where it gives that up, else the totals."""
        gives_up = self.verb is BulkVerb.WRITE_OFF
        return tuple((item.currency, item.balance if gives_up else item.total) for item in self.items)

    @property
    def are_drafts(self) -> bool:
        """Tell whether it fits drafts alone."""
        return {item.status for item in self.items} <= {"Draft", "Draft In Progress"}

    @property
    def keys(self) -> tuple[int, ...]:
        """Give the keys of the invoices it fits."""
        return tuple(item.key for item in self.items)


@dataclass(frozen=True, slots=True)
class AllOutlook:
    """What a verb is about to be said to, where that is all that a list finds: counted, and not read one by one.

    `among` holds the keys of those that are selected, where that is many of them and not all.
    """

    verb: BulkVerb
    asked: Filter
    count: int
    amounts: tuple[tuple[str, Decimal], ...]
    left_out: tuple[tuple[str, int], ...] = ()
    """What bars the others, and how many each."""
    are_drafts: bool = False
    among: "array[int] | None" = None

    @property
    def left_count(self) -> int:
        """Give how many it does not fit."""
        return sum(number for _, number in self.left_out)


def look_at(workspace: Workspace, verb: BulkVerb, keys: Sequence[int]) -> Outlook:
    """Read the invoices as they stand now, and sort out which of them the verb fits."""
    if not keys:
        raise nothing_selected()
    items = read_items(workspace, keys)
    fits: list[Item] = []
    left_out: list[LeftOut] = []
    for item in items:
        reason = refusal(verb, item.status, is_open=item.balance > ZERO)
        if reason:
            left_out.append(LeftOut(item, reason))
        else:
            fits.append(item)
    if not items:
        raise RequestError("None of them is in the book any more.", "Refresh the list.")
    return Outlook(verb, tuple(fits), tuple(left_out))


def nothing_selected() -> RequestError:
    """Give what is said where a verb finds nothing to be said to."""
    return RequestError("Nothing is selected.", "Select an invoice in the list.")


def read_items(workspace: Workspace, keys: Sequence[int]) -> tuple[Item, ...]:
    """Read invoices as they stand now, whatever their dates, in the order of their keys as given."""
    rows = workspace.ask(listing.rows, Filter(LATEST_DAY), _PATHS, keys)
    return tuple(_item(row.key, *row.values) for row in rows)


def _item(key: int, number: object, account: object, status: object, currency: object, *amounts: object) -> Item:
    total, balance = (amount if isinstance(amount, Decimal) else ZERO for amount in amounts)
    name = str(number) if number else f"Draft #{key}"
    return Item(key, name, str(account or ""), str(status), str(currency), total, balance)


def in_currencies(amounts: Iterable[tuple[str, Decimal]]) -> str:
    """Add amounts up by currency, in words: `10,200.00 EUR and 300.00 USD`."""
    sums: dict[str, Decimal] = {}
    for currency, amount in amounts:
        sums[currency] = sums.get(currency, ZERO) + amount
    parts = [written.money(amount, currency) for currency, amount in sorted(sums.items())]
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"
