"""What a reminder needs: the overdue invoices of one account, whom to write to, and what is not applied yet."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, func, select, type_coerce

from duedesk.domain.errors import RequestError
from duedesk.domain.invoice import days_overdue
from duedesk.domain.money import ZERO
from duedesk.store.queries.asof import Standpoint, invoices_as_of
from duedesk.store.queries.by_instalment import has_instalments, open_part, parts_of
from duedesk.store.queries.unapplied import SOURCES
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account, contact


@dataclass(frozen=True, slots=True)
class ReminderItem:
    """One overdue invoice or instalment as it stood; amounts in its own currency."""

    number: str
    currency: str
    invoice_date: date
    due_date: date
    days_overdue: int
    total: Decimal
    balance: Decimal
    balance_now: Decimal
    """What is open of it by all that is recorded, whatever the date."""
    contact_key: int | None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address as it is stored; what is not known is empty."""

    street: str
    city: str
    state: str
    postal_code: str
    country: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """The account a letter goes to, the person there if one is known, and where it goes."""

    account: str
    account_number: str
    salutation: str
    contact: str
    last_name: str
    address: PostalAddress


def reminder_items(connection: Connection, account_key: int, as_of: date) -> tuple[ReminderItem, ...]:
    """Give the posted invoices of an account that were open and past due at the end of `as_of`, by due date.

    Of one that is paid in instalments each that is past due is an item of its own.
    """
    own = connection.scalars(select(invoice.c.id).where(invoice.c.billing_account_id == account_key)).all()
    document = invoices_as_of(connection, Standpoint(as_of), only=own)
    now, by_instalment = invoice.alias("now"), has_instalments(connection)
    part = parts_of(document, by_instalment=by_instalment)
    balance_now = open_part(now.c.balance) if by_instalment else now.c.balance
    found = connection.execute(
        select(
            document.c.document_number,
            document.c.currency_iso_code,
            document.c.invoice_date,
            part.due.label("due_date"),
            part.total.label("total"),
            part.balance.label("balance"),
            document.c.bill_to_contact_id,
            balance_now.label("balance_now"),
        )
        .select_from(part.source.join(now, now.c.id == document.c.id))
        .where(
            document.c.billing_account_id == account_key,
            document.c.status == "Posted",
            document.c.balance != NOTHING,
            part.balance != NOTHING,
            part.due < as_of,
        )
        .order_by(part.due, document.c.document_number, document.c.id)
    )
    return tuple(
        ReminderItem(
            number=row.document_number or "",
            currency=row.currency_iso_code,
            invoice_date=row.invoice_date,
            due_date=row.due_date,
            days_overdue=days_overdue(row.due_date, as_of),
            total=row.total,
            balance=row.balance,
            balance_now=row.balance_now,
            contact_key=row.bill_to_contact_id,
        )
        for row in found
    )


def recipient(connection: Connection, account_key: int, contact_key: int | None) -> Recipient:
    """Give whom to write to: the contact that was billed, else the account's only one, else nobody by name.

    The address is the account's; where it has none, the contact's. RequestError where the account is gone.
    """
    there = connection.execute(select(account).where(account.c.id == account_key)).mappings().first()
    if there is None:
        raise RequestError("That account is no longer in the book.")
    people = select(contact).where(contact.c.account_id == account_key).limit(2)
    if contact_key is not None:
        people = select(contact).where(contact.c.id == contact_key)
    found = connection.execute(people).mappings().all()
    person = found[0] if len(found) == 1 else None

    def address_of(kind: str) -> PostalAddress:
        row = person if kind == "mailing" else there
        parts = ("street", "city", "state", "postal_code", "country")
        return PostalAddress(*((row[f"{kind}_{part}"] or "" if row is not None else "") for part in parts))

    billing = address_of("billing")
    has_place = billing.street or billing.city or billing.postal_code
    return Recipient(
        account=there["name"],
        account_number=there["account_number"] or "",
        salutation=person["salutation"] or "" if person is not None else "",
        contact=person["name"] if person is not None else "",
        last_name=person["last_name"] if person is not None else "",
        address=billing if has_place or person is None else address_of("mailing"),
    )


def unapplied_amounts(connection: Connection, account_key: int, as_of: date) -> tuple[tuple[str, Decimal], ...]:
    """Give by currency what payments and credit memos of an account had not been applied by the end of `as_of`."""
    standpoint = Standpoint(as_of)
    sums: dict[str, Decimal] = {}
    for source in SOURCES:
        rest = type_coerce(func.sum(source.left(standpoint)), Amount)
        found = connection.execute(
            select(source.table.c.currency_iso_code, rest)
            .where(source.account_id == account_key, source.is_counted(standpoint))
            .group_by(source.table.c.currency_iso_code)
        )
        for currency, amount in found:
            sums[currency] = sums.get(currency, ZERO) + amount
    return tuple((currency, sums[currency]) for currency in sorted(sums) if sums[currency])
