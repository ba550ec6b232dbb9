"""How amounts are written: a strict grammar on ASCII digits, and what the writing proves of the decimal mark.

An amount that can be read in two ways is asked about, never guessed, and none is ever rounded.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.currencies import MINOR_DIGITS, SIGNS
from duedesk.domain.errors import Severity
from duedesk.domain.money import LARGEST_AMOUNT, is_payable, minor_digits
from duedesk.exchange.cells import Broken, Cell, Figure, Moment, quoted
from duedesk.exchange.faults import Unreadable


class DecimalMark(StrEnum):
    """What stands between the units and their fractions."""

    POINT = "."
    COMMA = ","

    @property
    def other(self) -> "DecimalMark":
        """Give the mark that then groups thousands."""
        return DecimalMark.COMMA if self is DecimalMark.POINT else DecimalMark.POINT


@dataclass(frozen=True, slots=True)
class Written:
    """An amount taken apart: its sign, the currency written beside it, and the digits with their marks."""

    is_negative: bool
    beside: str
    body: str


LONGEST = 64
"""Characters of an amount."""

_BLANKS = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " "))
_GROUPERS = "'’ "
_BODY = re.compile(r"[0-9][0-9.,'’ ]*\Z|\.[0-9]+\Z")
_SHAPE = re.compile(
    r"(?P<open>\()? ?(?P<sign>[-+−–])? ?"
    r"(?P<before>[^\W\d_]{0,3}\$|[^\W\d_]{1,3}\.?|[^\w\s.,'’()+−–-])? ?(?P<sign2>[-+−–])? ?"
    r"(?P<body>[0-9.](?:[0-9.,'’ ]*[0-9])?)"
    r" ?(?P<after>[^\W\d_]{1,3}\.?|[^\w\s.,'’()+−–-])? ?(?P<trailing>[-−–])? ?(?P<close>\))?\Z",
)
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2}|\.[0-9]{4,})?\Z", re.ASCII)

_SHARED_SIGNS = {
    "$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BMD BSD BBD BZD FJD GYD JMD LRD NAD SBD SRD TTD XCD KYD BND UYU",
    "¥": "JPY CNY",
    "￥": "JPY CNY",
    "円": "JPY",
    "元": "CNY TWD HKD",
    "KR": "SEK NOK DKK ISK",
    "FR": "CHF XAF XOF XPF",
    "SFR": "CHF",
    "ZŁ": "PLN",
    "KČ": "CZK",
    "FT": "HUF",
    "LEI": "RON MDL",
    "R$": "BRL",
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "S$": "SGD",
    "RM": "MYR",
    "R": "ZAR",
    "RS": "INR PKR LKR NPR MUR",
    "₽": "RUB",
    "฿": "THB",
    "₱": "PHP",
    "₦": "NGN",
    "₡": "CRC",
    "₲": "PYG",
    "₸": "KZT",
    "₾": "GEL",
    "₵": "GHS",
    "₼": "AZN",
    "֏": "AMD",
}
_CURRENCIES_OF = {sign: frozenset(codes.split()) for sign, codes in (_SHARED_SIGNS | SIGNS).items()}

_ONE_MARK = re.compile(r"([0-9]{1,3})[.,][0-9]{3}\Z", re.ASCII)


def take_apart(text: str) -> Written:
    """Take an amount apart; Unreadable where it is none."""
    written = text.translate(_BLANKS).strip()
    match = _SHAPE.match(written) if len(written) <= LONGEST and written.isprintable() else None
    if match is None or bool(match["open"]) != bool(match["close"]):
        raise _no_amount(text)
    signs = [sign for sign in (match["open"], match["sign"], match["sign2"], match["trailing"]) if sign]
    body = match["body"]
    beside = [one for one in (match["before"], match["after"]) if one]
    if len(signs) > 1 or len(beside) > 1 or not _BODY.match(body):
        raise _no_amount(text)
    return Written(bool(signs) and signs[0] != "+", beside[0].upper().rstrip(".") if beside else "", body)


def proven_mark(text: str) -> DecimalMark | None:
    """Give the decimal mark that an amount proves by how it is written; None where it proves none."""
    try:
        body = take_apart(text).body
    except Unreadable:
        return None
    has_point, has_comma = "." in body, "," in body
    if not has_point and not has_comma:
        return None
    if has_point and has_comma:
        mark = DecimalMark.POINT if body.rfind(".") > body.rfind(",") else DecimalMark.COMMA
    else:
        mark = DecimalMark.POINT if has_point else DecimalMark.COMMA
        if body.count(mark) > 1:
            mark = mark.other
        elif _is_open(body):
            return None
    return mark if _number(body, mark) is not None else None


def read_amount(cell: Cell, currency: str, mark: DecimalMark | None) -> Decimal | None:
    """Read an amount in a currency, None from an empty cell; Unreadable, in words, where it is none.

    `mark` is the file's decimal mark, None where neither the user nor the file says which.
    """
    if isinstance(cell, str):
        text = cell.strip()
        if not text:
            return None
        amount = _from_text(text, currency, mark)
    elif isinstance(cell, Figure):
        text, amount = cell.raw, cell.amount
    elif isinstance(cell, Broken):
        raise Unreadable(f"{quoted(cell.shown)} {cell.why}.", "Mend it in the spreadsheet, or leave the row out.")
    else:
        raise Unreadable(f"a {'date' if isinstance(cell, Moment) else 'yes or no'} is no amount.")
    if abs(amount) > LARGEST_AMOUNT:
        raise Unreadable(f"{quoted(text)} is larger than the largest amount, {LARGEST_AMOUNT:,}.")
    if not currency:  # it is the invoice's, and held against it later
        _check_decimals(text, amount)
    elif not is_payable(amount, currency):
        digits = minor_digits(currency)
        raise Unreadable(
            f"{quoted(text)} has more decimals than {currency}, which has {digits or 'none'}.",
            "It is not rounded here; correct it at the source.",
        )
    return amount


def read_number(cell: Cell, mark: DecimalMark | None) -> Decimal | None:
    """Read a quantity or a rate with at most four decimals, None from an empty cell; Unreadable where it is none."""
    if isinstance(cell, str):
        text = cell.strip().removesuffix("%").rstrip()
        if not text:
            return None
        number = _from_text(text, "", mark)
    elif isinstance(cell, Figure):
        text, number = cell.raw, cell.amount
    else:
        return read_amount(cell, "", mark)
    if abs(number) > LARGEST_AMOUNT:
        raise Unreadable(f"{quoted(text)} is larger than the largest number, {LARGEST_AMOUNT:,}.")
    _check_decimals(text, number)
    return number


def _check_decimals(text: str, number: Decimal) -> None:
    if number != number.quantize(Decimal("0.0001")):
        raise Unreadable(f"{quoted(text)} has more than four decimals.", "Correct it at the source.")


def _from_text(text: str, currency: str, mark: DecimalMark | None) -> Decimal:
    if _PLAIN.match(text) and (mark is not DecimalMark.COMMA or "." not in text):
        return Decimal(text)
    written = take_apart(text)
    if written.beside:
        _check_beside(written.beside, currency, text)
    body = written.body
    if mark is None:
        mark = proven_mark(body)
        if mark is None and _is_open(body):
            mark = _currencys_own_mark(text, body, currency)
    number = _number(body, mark or DecimalMark.POINT)
    if number is None:
        raise _wrong_mark(text, mark)
    return -number if written.is_negative else number


def _currencys_own_mark(text: str, body: str, currency: str) -> DecimalMark:
    """Decide `1.234` where the currency has three decimals, which are then written out; ask in any other."""
    mark = DecimalMark.POINT if "." in body else DecimalMark.COMMA
    if minor_digits(currency) == 3:
        return mark
    small, large = body.replace(",", "."), body.replace(mark, "")
    raise Unreadable(
        f"{quoted(text)} may be {small} or {large}.",
        'Say what stands before the decimals: --decimal "." or --decimal "," (decimal in [source] of the mapping).',
        Severity.QUESTION,
    )


def _is_open(body: str) -> bool:
    """Tell whether a single mark may be a decimal mark or part the thousands: one to three digits, then three."""
    match = _ONE_MARK.match(body)
    return match is not None and not match[1].startswith("0")


def _number(body: str, mark: DecimalMark) -> Decimal | None:
    """Read digits with this decimal mark; None where they are not grouped as numbers are."""
    whole, _, fraction = body.partition(mark)
    if mark in fraction or (fraction and not (fraction.isascii() and fraction.isdigit())):
        return None
    if _ and not fraction:
        return None
    if len(whole) + len(fraction) > 40:
        return None
    groupers = {one for one in whole if not one.isdigit()}
    if len(groupers) > 1 or not groupers <= {mark.other, *_GROUPERS}:
        return None
    if groupers and not _is_grouped(whole.split(groupers.pop()), is_indian=mark is DecimalMark.POINT):
        return None
    digits = "".join(one for one in whole if one.isdigit())
    return Decimal(f"{digits or 0}.{fraction or 0}") if digits or fraction else None


def _is_grouped(groups: list[str], *, is_indian: bool) -> bool:
    first, *middle, last = groups
    if len(last) != 3 or not first or first.startswith("0"):
        return False
    by_three = len(first) <= 3 and all(len(group) == 3 for group in middle)
    return by_three or (is_indian and len(first) <= 2 and all(len(group) == 2 for group in middle))


def _check_beside(beside: str, currency: str, text: str) -> None:
    of_sign = _CURRENCIES_OF.get(beside)
    if of_sign is None:
        if beside not in MINOR_DIGITS:
            raise _no_amount(text)
        of_sign = frozenset({beside})
    if currency not in of_sign:
        said = f"is not in {currency}, the currency of the row" if currency else "is money"
        raise Unreadable(f"{quoted(text)} {said}.", "Correct the amount or the currency.")


def _wrong_mark(text: str, mark: DecimalMark | None) -> Unreadable:
    if mark is not None and proven_mark(text) is mark.other:
        named = {DecimalMark.POINT: "point", DecimalMark.COMMA: "comma"}
        return Unreadable(
            f"{quoted(text)} has a decimal {named[mark.other]}; this file writes a decimal {named[mark]}.",
            f'If that is wrong, say --decimal "{mark.other}" (decimal in [source] of the mapping).',
        )
    return _no_amount(text)


def _no_amount(text: str) -> Unreadable:
    return Unreadable(f"{quoted(text)} is no amount.", "Write digits, such as 1234.50.")
