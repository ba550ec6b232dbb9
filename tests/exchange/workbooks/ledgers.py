"""Small agings with real figures, and the same made from many items; for tests of workbooks."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

from duedesk.domain.aging import Aging, AgingRequest, AgingRow, Basis, Buckets, OpenItem, RowKey, total_by_currency
from duedesk.domain.grouping import ACCOUNT, CURRENCY, OWNER
from duedesk.domain.money import ZERO

AS_OF = date(2026, 11, 23)
MADE = datetime(2026, 11, 23, 8, 10, tzinfo=UTC)
DIGITS = {"EUR": 2, "JPY": 0, "BHD": 3}


def request(
    *, by: tuple[str, ...] = (ACCOUNT,), basis: Basis = Basis.DUE, edges: tuple[int, ...] = (30, 60, 90)
) -> AgingRequest:
    """An aging of all currencies as of 23 November 2026."""
    return AgingRequest(AS_OF, by=by, basis=basis, buckets=Buckets(edges))


def invoice(
    asked: AgingRequest,
    number: str,
    balance: str,
    *,
    key: RowKey = 1,
    account: str = "Harbor & Finch Ltd",
    account_number: str = "00017",
    currency: str = "EUR",
    on: date = date(2026, 9, 1),
    due: date = date(2026, 10, 1),
    total: str | None = None,
) -> OpenItem:
    """An open invoice of Harbor & Finch, 53 days overdue, unless told otherwise."""
    days = (AS_OF - due).days
    age = days if asked.basis is Basis.DUE else (AS_OF - on).days
    return OpenItem(
        kind="Invoice",
        number=number,
        account=account,
        account_number=account_number,
        owner="Ana Reyes",
        currency=currency,
        item_date=on,
        due_date=due,
        days_overdue=days,
        bucket=asked.buckets.index(age),
        total=Decimal(total or balance),
        balance=Decimal(balance),
        key=key,
    )


def unapplied(
    number: str,
    amount: str,
    *,
    kind: str = "Payment",
    key: RowKey = 1,
    account: str = "Harbor & Finch Ltd",
    account_number: str = "00017",
    currency: str = "EUR",
) -> OpenItem:
    """A payment or credit memo that is not applied; `amount` is what is left of it, negative."""
    return OpenItem(
        kind=kind,
        number=number,
        account=account,
        account_number=account_number,
        owner="Ana Reyes",
        currency=currency,
        item_date=date(2026, 11, 2),
        due_date=None,
        days_overdue=None,
        bucket=None,
        total=Decimal(amount),
        balance=Decimal(amount),
        key=key,
    )


def small(asked: AgingRequest) -> list[OpenItem]:
    """Three accounts in three currencies: part payments, cash on account, a credit memo, one that owes nothing."""
    sakura = {"key": 2, "account": "Sakura Trading 株式会社", "account_number": "00018"}
    oasis = {"key": 3, "account": "الواحة للتجارة", "account_number": ""}
    return [
        invoice(asked, "INV-1001", "5305.90", due=date(2026, 10, 30)),
        invoice(asked, "INV-1002", "1637.31", total="2000.00"),
        invoice(asked, "INV-1003", "5528.10", on=date(2026, 6, 2), due=date(2026, 7, 2)),
        invoice(asked, "INV-1009", "12000.00", on=date(2026, 11, 20), due=date(2026, 12, 20)),
        unapplied("PAY-301", "-810.00"),
        invoice(asked, "INV-2001", "119500", currency="JPY", due=date(2026, 8, 24), **sakura),  # type: ignore[arg-type]
        invoice(asked, "INV-2002", "80000", currency="JPY", due=date(2026, 11, 23), **sakura),  # type: ignore[arg-type]
        unapplied("CM-77", "-199500", kind="Credit memo", currency="JPY", **sakura),  # type: ignore[arg-type]
        invoice(asked, "INV-3001", "1042.125", currency="BHD", due=date(2026, 9, 24), **oasis),  # type: ignore[arg-type]
        invoice(asked, "INV-3002", "0.005", currency="BHD", due=date(2026, 8, 23), **oasis),  # type: ignore[arg-type]
    ]


def many(asked: AgingRequest, count: int, *, accounts: int) -> Iterator[OpenItem]:
    """As many items as wanted, the same each time, made one by one."""
    chance = Random(7)
    for number in range(count):
        key = chance.randrange(accounts)
        currency = ("EUR", "EUR", "JPY", "BHD")[key % 4]
        amount = f"{Decimal(chance.randrange(100, 9_000_000)).scaleb(-DIGITS[currency]):.4f}"  # as the book gives it
        on = AS_OF - timedelta(days=chance.randrange(1, 200))
        due = on + timedelta(days=chance.choice((14, 30, 60)))
        named = {"account": f"Account {key:05d}", "account_number": f"{key:05d}", "currency": currency}
        row = {ACCOUNT: key, OWNER: 1}.get(asked.by[0], currency)
        if number % 16 == 0:
            yield unapplied(f"PAY-{number}", f"-{amount}", key=row, **named)
        else:
            yield invoice(asked, f"INV-{number}", amount, key=row, on=on, due=due, **named)


def aging_of(asked: AgingRequest, items: Iterable[OpenItem]) -> Aging:
    """Add items up to their aging, by another way than the workbook does."""
    rows: dict[tuple[RowKey, str], AgingRow] = {}
    nothing = (ZERO,) * len(asked.buckets)
    for item in items:
        names = {ACCOUNT: item.account, OWNER: item.owner, CURRENCY: item.currency}
        number = item.account_number if asked.by == (ACCOUNT,) else ""
        empty = AgingRow(item.key, names[asked.by[0]], item.currency, nothing, ZERO, ZERO, number)
        row = rows.get((item.key, item.currency), empty)
        rows[item.key, item.currency] = AgingRow(
            key=item.key,
            name=row.name,
            currency=row.currency,
            buckets=tuple(
                amount + (item.balance if place == item.bucket else ZERO) for place, amount in enumerate(row.buckets)
            ),
            unapplied=row.unapplied + (item.balance if item.bucket is None else ZERO),
            balance=row.balance + item.balance,
            number=row.number,
        )
    ordered = tuple(sorted(rows.values(), key=lambda row: (row.name.casefold(), row.number, row.currency)))
    return Aging(asked, ordered, total_by_currency(ordered))
