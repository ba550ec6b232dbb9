"""How the page of issued letters says things: states, ways, sums; it reads nothing."""

from collections.abc import Iterable
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.domain.money import ZERO
from duedesk.store.queries.letters.deliveries import DeliveryRow
from duedesk.store.queries.letters.issued import IssuedLetter

NOTICE = "Notice"
CHANNELS = {"print": "Print", "mail": "Mail"}


def totals(amounts: Iterable[tuple[str, Decimal]]) -> tuple[str, ...]:
    """Sum amounts by currency and write them."""
    found: dict[str, Decimal] = {}
    for code, amount in amounts:
        found[code] = found.get(code, ZERO) + amount
    return tuple(written.money(total, code) for code, total in sorted(found.items()))


def level(number: int, *, is_courtesy: bool) -> str:
    """Write a level as a pill has room for it."""
    return NOTICE if is_courtesy else str(number)


def one_line(address: str) -> str:
    """Write an address of several lines in one."""
    return ", ".join(filter(None, map(str.strip, address.splitlines())))


def way(one: DeliveryRow) -> str:
    """Say in a line how one delivery went, without what was said to it."""
    to = f" to {one_line(one.address)}" if one.address else ""
    said = f"{CHANNELS.get(one.channel, one.channel)}{to}: {one.status.lower()}"
    if one.bounced_at is not None:
        return f"{said}, came back {written.moment(one.bounced_at)}"
    if one.sent_at is not None:
        return f"{said} {written.moment(one.sent_at)}"
    if one.next_try_at is not None:
        return f"{said}, next try {written.moment(one.next_try_at)}"
    return said


def facts(one: IssuedLetter) -> tuple[tuple[str, str], ...]:
    """Give what is known of a letter, by name; what it does not have is left out."""

    def money(amount: Decimal) -> str:
        return written.money(amount, one.currency) if amount else ""

    def charged(amount: Decimal, number: str) -> str:
        return f"{money(amount)}{f', invoice {number}' if number else ''}" if amount else ""

    until = f" until {written.day(one.interest_until)}" if one.interest and one.interest_until else ""
    told = (
        ("Level", f"{level(one.level, is_courtesy=one.is_courtesy)}{f' of {one.policy}' if one.policy else ''}"),
        ("Of", written.day(one.letter_date)),
        ("Pay by", written.day(one.deadline) if one.deadline else ""),
        ("Overdue", money(one.principal)),
        ("Not applied, taken off", money(one.unapplied)),
        ("Fee", charged(one.fee, one.fee_invoice)),
        (f"Interest{until}", charged(one.interest, one.interest_invoice)),
        ("To", one_line(one.address)),
        ("Issued", f"{written.moment(one.issued_at)} by {one.issued_by}"),
        ("Note", one.note),
        ("Cancelled", f"{written.day(one.cancelled_on)} by {one.cancelled_by}" if one.cancelled_on else ""),
        ("Because", one.cancellation_reason),
    )
    return tuple((name, text) for name, text in told if text)
