"""A workbook that comes back: what was typed into its marked columns, against the book as it is now; it reads neither.

The marked columns leave empty, so that what stands in them when the workbook comes back was typed. Whoever takes it
back is shown every difference and what would become of it before anything is written.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.days import in_words
from duedesk.domain.disputes import LONGEST_CODE, REASONS
from duedesk.domain.errors import Problem, RequestError
from duedesk.domain.money import ZERO, grouped, is_payable, minor_digits
from duedesk.domain.names import fold, tidy
from duedesk.domain.promises import check_promise_day, promised_amount

COMMENT = "Comment"
PROMISED_FOR = "Promised for"
PROMISED_AMOUNT = "Promised amount"
DISPUTE_REASON = "Dispute reason"

MARKED = (COMMENT, PROMISED_FOR, PROMISED_AMOUNT, DISPUTE_REASON)
"""The headings of the columns that finance types into, as they stand in every workbook that can come back."""

LONGEST_COMMENT = 10_000


class What(StrEnum):
    """What a difference is about."""

    COMMENT = "comment"
    PROMISE = "promise"
    DISPUTE = "dispute"


class Fate(StrEnum):
    """What becomes of a difference."""

    TAKE = "take"
    """It is taken over."""
    ALREADY = "already"
    """It stands so in the book: nothing is to be done."""
    MEANWHILE = "meanwhile"
    """Something happened in the book since that speaks against it: it is taken over only where that is said."""
    REFUSED = "refused"
    """It cannot be taken over."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A row of a workbook in which something was typed. `open_then` is what the sheet says was open, where it does."""

    file: str
    row: int
    number: str
    comment: str = ""
    day: date | None = None
    amount: Decimal | None = None
    reason: str = ""
    kind: str = "Invoice"
    open_then: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """All that was typed into a workbook that was made at a moment (None where it does not say when)."""

    file: str
    rows: tuple[TypedRow, ...]
    problems: tuple[Problem, ...] = ()
    made_at: datetime | None = None
    seen: int = 0
    """Rows of its tables, with and without anything typed."""


@dataclass(frozen=True, slots=True)
class NoteNow:
    """A note on an invoice."""

    text: str
    is_taken_away: bool = False


@dataclass(frozen=True, slots=True)
class PromiseNow:
    """A promise on an invoice; `from_workbook` says that one brought it.

    `holds` tells that it may still be kept: not withdrawn, its day not past, something of it unpaid.
    """

    key: int
    amount: Decimal
    day: date
    recorded_at: datetime
    recorded_by: str = ""
    holds: bool = True
    is_withdrawn: bool = False
    from_workbook: bool = False


@dataclass(frozen=True, slots=True)
class DisputeNow:
    """A dispute of an invoice."""

    reason: str
    amount: Decimal
    is_resolved: bool = False


@dataclass(frozen=True, slots=True)
class InvoiceNow:
    """An invoice as it stands in the book."""

    key: int
    number: str
    account: str
    currency: str
    is_posted: bool
    balance: Decimal
    notes: tuple[NoteNow, ...] = ()
    promises: tuple[PromiseNow, ...] = ()
    disputes: tuple[DisputeNow, ...] = ()

    @property
    def contested(self) -> Decimal:
        """Give what disputes that stand contest of it."""
        return sum((one.amount for one in self.disputes if not one.is_resolved), ZERO)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that was typed, what stands in the book in its place, and what becomes of it.

    `then` and `now` are what the book holds and what the workbook says, in words; `remark` says why it is left, or
    what to know of it. `replaces` are the promises that are withdrawn for it.
    """

    row: TypedRow
    what: What
    fate: Fate
    then: str
    now: str
    remark: str = ""
    account: str = ""
    invoice_key: int | None = None
    replaces: tuple[int, ...] = ()

    @property
    def place(self) -> tuple[str, int, What]:
        """Give what tells it from every other difference of its workbook."""
        return self.row.file, self.row.row, self.what


def differences(typed: Typed, book: Mapping[str, InvoiceNow], today: date) -> tuple[Difference, ...]:
    """Compare what was typed with the invoices of the book by their numbers, row by row."""
    promised: dict[int, TypedRow] = {}
    return tuple(one for row in typed.rows for one in _of_row(row, typed, book, today, promised))


def counts(found: Sequence[Difference]) -> dict[Fate, int]:
    """Count differences by what becomes of them."""
    return {fate: sum(one.fate is fate for one in found) for fate in Fate}


def in_short(found: Sequence[Difference]) -> str:
    """Say what differences are, such as `2 comments, 1 promise`."""
    said = []
    for what in What:
        count = sum(one.what is what for one in found)
        if count:
            said.append(f"{count:,} {what}{'' if count == 1 else 's'}")
    return ", ".join(said) or "nothing"


def _of_row(
    row: TypedRow, typed: Typed, book: Mapping[str, InvoiceNow], today: date, promised: dict[int, TypedRow]
) -> Iterator[Difference]:
    invoice = book.get(row.number)
    why = ""
    if row.kind and row.kind != "Invoice":
        why = f"{row.number} is no invoice: only invoices take what is typed."
    elif not row.number:
        why = "The row has no number any more."
    elif invoice is None:
        why = f"There is no invoice “{row.number}” in the book."
    for what, now in _said(row, "" if invoice is None else invoice.currency):
        if invoice is None or why:
            yield Difference(row, what, Fate.REFUSED, "", now, why)
            continue
        one = Difference(row, what, Fate.TAKE, "", now, "", invoice.account, invoice.key)
        if what is What.COMMENT:
            yield _comment(one, invoice)
        elif what is What.DISPUTE:
            yield _moved(_dispute(one, invoice), invoice)
        else:
            before = promised.setdefault(invoice.key, row)
            if before is not row:
                remark = f"It is promised in row {before.row} already: one workbook brings one promise an invoice."
                yield replace(one, fate=Fate.REFUSED, remark=remark)
            else:
                yield _moved(_promise(one, invoice, typed.made_at, today), invoice)


def _said(row: TypedRow, currency: str) -> Iterator[tuple[What, str]]:
    """Give what was typed in a row, in words."""
    if row.comment:
        yield What.COMMENT, row.comment
    if row.day is not None:
        amount = "all that is open" if row.amount is None else _money(row.amount, currency)
        yield What.PROMISE, f"{amount} by {in_words(row.day)}"
    elif row.amount is not None:
        yield What.PROMISE, f"{_money(row.amount, currency)} without a day"
    if row.reason:
        yield What.DISPUTE, row.reason


def _comment(one: Difference, invoice: InvoiceNow) -> Difference:
    same = [note for note in invoice.notes if _same_note(note.text, one.row.comment)]
    if len(one.row.comment) > LONGEST_COMMENT:
        return replace(one, fate=Fate.REFUSED, remark=f"A comment has at most {LONGEST_COMMENT:,} characters.")
    if any(not note.is_taken_away for note in same):
        return replace(one, fate=Fate.ALREADY, remark="It stands there.")
    if same:
        return replace(one, fate=Fate.MEANWHILE, remark="That note was taken away.")
    return one


def _promise(one: Difference, invoice: InvoiceNow, made_at: datetime | None, today: date) -> Difference:
    row, holding = one.row, [promise for promise in invoice.promises if promise.holds]
    one = replace(one, then=" and ".join(_promised(promise, invoice.currency) for promise in holding))
    if row.day is None:
        return replace(one, fate=Fate.REFUSED, remark=f"“{PROMISED_FOR}” is empty: a promise is for a day.")
    if row.amount is not None and not is_payable(row.amount, invoice.currency):
        digits = minor_digits(invoice.currency)
        return replace(one, fate=Fate.REFUSED, remark=f"{invoice.currency} has {digits or 'no'} decimals.")
    same = [one for one in invoice.promises if one.day == row.day and row.amount in {None, one.amount}]
    if any(not promise.is_withdrawn for promise in same):
        return replace(one, fate=Fate.ALREADY, remark="It is promised so.")
    if remark := _why_not_promised(row, row.day, invoice, today):
        return replace(one, fate=Fate.REFUSED, remark=remark)
    replaced = replace(one, replaces=tuple(promise.key for promise in holding))
    if same:
        return replace(replaced, fate=Fate.MEANWHILE, remark="It was recorded so, and withdrawn.")
    newer = [one for one in holding if made_at is not None and one.recorded_at > made_at and not one.from_workbook]
    if newer:
        who = f" by {newer[-1].recorded_by}" if newer[-1].recorded_by else ""
        remark = f"Promised otherwise{who} on {in_words(newer[-1].recorded_at.date())}, after the workbook was made."
        return replace(replaced, fate=Fate.MEANWHILE, remark=remark)
    return replaced


def _why_not_promised(row: TypedRow, day: date, invoice: InvoiceNow, today: date) -> str:
    """Say why a promise cannot be recorded; those that hold go before it is, so that all that is open is there."""
    if remark := _nothing_open(invoice):
        return remark
    try:
        check_promise_day(day, today)
        promised_amount(row.amount, invoice.balance, ZERO, invoice.currency, invoice.number)
    except RequestError as error:
        return error.message
    return ""


def _dispute(one: Difference, invoice: InvoiceNow) -> Difference:
    reason = tidy(one.row.reason)
    standing = [dispute for dispute in invoice.disputes if not dispute.is_resolved]
    one = replace(one, then=" and ".join(f"{x.reason}, {_money(x.amount, invoice.currency)}" for x in standing))
    if len(reason) > LONGEST_CODE:
        remark = f"A reason has at most {LONGEST_CODE} characters. Say the rest in a comment."
        return replace(one, fate=Fate.REFUSED, remark=remark)
    if any(fold(dispute.reason) == fold(reason) for dispute in standing):
        return replace(one, fate=Fate.ALREADY, remark="It is contested so.")
    if remark := _nothing_open(invoice):
        return replace(one, fate=Fate.REFUSED, remark=remark)
    if standing:
        remark = f"It is contested already: {standing[0].reason}. Resolve that first."
        return replace(one, fate=Fate.REFUSED, remark=remark)
    if any(fold(dispute.reason) == fold(reason) for dispute in invoice.disputes):
        return replace(one, fate=Fate.MEANWHILE, remark="It was contested so, and resolved.")
    return one if reason in REASONS else replace(one, remark="A reason of its own: it is none of the list.")


def _nothing_open(invoice: InvoiceNow) -> str:
    if not invoice.is_posted:
        return f"{invoice.number} is not posted."
    return "" if invoice.balance > 0 else "It was paid meanwhile: nothing is open."


def _moved(one: Difference, invoice: InvoiceNow) -> Difference:
    """Say that another amount is open than when the workbook was made."""
    then = one.row.open_then
    if one.fate is not Fate.TAKE or then is None or then == invoice.balance:
        return one
    currency = invoice.currency
    return replace(one, remark=f"{_money(then, currency)} was open; {_money(invoice.balance, currency)} is now.")


def _promised(promise: PromiseNow, currency: str) -> str:
    return f"{_money(promise.amount, currency)} by {in_words(promise.day)}"


def _same_note(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    return " ".join("".join(each for each in text if each.isprintable() or each.isspace()).split())


def _money(amount: Decimal, currency: str) -> str:
    return f"{grouped(amount, currency)} {currency}".strip()


Wanted = Callable[[Difference], bool]
"""Tells whether a difference is to be taken over."""


def wanted_by_default(one: Difference) -> bool:
    """Take over what nothing speaks against."""
    return one.fate is Fate.TAKE


def wanted_in_spite(one: Difference) -> bool:
    """Take over also what something speaks against that happened in the book meanwhile."""
    return one.fate in {Fate.TAKE, Fate.MEANWHILE}
