"""What the payment codes on a letter say: EPC for SEPA, the Swiss QR-bill, a payment link; it draws nothing.

EPC069-12 version 002 asks for euros and at most 331 bytes; the Swiss Implementation Guidelines 2.3 for francs or euros
and structured addresses. Error correction M is what both ask for.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlsplit

from duedesk.documents.references import checked_iban, is_qr_iban, qrr_reference, rf_reference
from duedesk.domain.errors import RequestError
from duedesk.domain.money import plain

_EPC_LARGEST, _SWISS_LARGEST = Decimal("999999999.99"), Decimal("999999999.99")
_LONGEST_LINK = 500
_MASK = 2
"""Any of the eight may be read; choosing the best costs more than setting the letter."""

_SWISS_FROM_LATIN = {"–": "-", "—": "-", "’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "…": "...", "\xa0": " "}


class CodeKind(StrEnum):
    """How a letter can be paid by scanning it."""

    EPC = "epc"
    SWISS = "swiss"
    LINK = "link"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Party:
    """A name with a structured address, as the Swiss QR-bill asks for; the country has two letters."""

    name: str
    street: str = ""
    house_number: str = ""
    postal_code: str = ""
    town: str = ""
    country: str = ""

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing that a Swiss bill has to have."""
        return bool(self.name and self.postal_code and self.town and len(self.country) == 2)


@dataclass(frozen=True, slots=True)
class Account:
    """The bank account that letters of a currency ask to be paid on, and its holder."""

    holder: Party
    iban: str
    bic: str = ""
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to be paid to which account, with the reference and the code that says so."""

    amount: Decimal
    currency: str
    kind: CodeKind = CodeKind.NONE
    account: Account | None = None
    reference: str = ""
    """What the payer quotes: RF..., 27 digits, or any text where there is neither."""
    debtor: Party | None = None
    link: str = ""

    @property
    def payload(self) -> str:
        """Give what the code holds; empty where there is none."""
        if self.kind is CodeKind.EPC:
            return _epc(self)
        if self.kind is CodeKind.SWISS:
            return _swiss(self)
        return self.link if self.kind is CodeKind.LINK else ""


def payment_of(
    number: str,
    amount: Decimal,
    currency: str,
    account: Account | None,
    *,
    debtor: Party | None = None,
    link: str = "",
) -> Payment:
    """Choose the code for a letter: a Swiss bill on a Swiss account, EPC in euros, else the link, else none.

    RequestError where the account or the link is at fault. Where a code cannot hold the amount there is none.
    """
    if account is not None:
        account = replace(account, iban=checked_iban(account.iban))
    if link:
        checked_link(link)
    if not any(character.isalnum() for character in number):  # a letter that is only looked at has no number yet
        return Payment(amount, currency, CodeKind.NONE, account, number)
    swiss = account is not None and account.iban[:2] in {"CH", "LI"} and account.holder.is_whole
    fits = 0 < amount <= _EPC_LARGEST
    if account is not None and swiss and currency in {"CHF", "EUR"} and fits:
        reference = qrr_reference(number) if is_qr_iban(account.iban) else rf_reference(number)
        return Payment(amount, currency, CodeKind.SWISS, account, reference, debtor)
    if account is not None and currency == "EUR" and fits:
        return Payment(amount, currency, CodeKind.EPC, account, rf_reference(number))
    kind = CodeKind.LINK if link else CodeKind.NONE
    return Payment(amount, currency, kind, account, rf_reference(number), link=link)


def matrix(payload: str) -> tuple[int, tuple[int, ...]]:
    """Give the width of a code in modules and its modules row by row, 0 dark and 255 light, without a margin."""
    import segno  # noqa: PLC0415 - only where a letter is made

    try:
        code = segno.make(payload, error="m", mask=_MASK, micro=False, boost_error=False, encoding="utf-8")
    except (segno.DataOverflowError, ValueError):
        raise RequestError("The payment code of the letter would be too large to scan.") from None
    modules = tuple(0 if module & 1 else 255 for row in code.matrix for module in row)
    return len(code.matrix), modules


def _epc(payment: Payment) -> str:
    account = payment.account
    if account is None or payment.currency != "EUR":
        raise RequestError("An EPC code asks for euros on an account.")
    is_structured = payment.reference.startswith("RF")
    lines = (
        *("BCD", "002", "1", "SCT", account.bic.replace(" ", "")),
        _short(account.holder.name, 70),
        checked_iban(account.iban),
        f"EUR{plain(payment.amount, 'EUR')}",
        "",
        payment.reference if is_structured else "",
        "" if is_structured else _short(payment.reference, 140),
    )
    return "\n".join(lines).rstrip("\n")


def _swiss(payment: Payment) -> str:
    account = payment.account
    if account is None or not account.holder.is_whole:
        raise RequestError("A Swiss QR-bill asks for the structured address of the account's holder.")
    iban = checked_iban(account.iban)
    kind = "QRR" if is_qr_iban(iban) else "SCOR" if payment.reference.startswith("RF") else "NON"
    if payment.amount > _SWISS_LARGEST:
        raise RequestError("A Swiss QR-bill asks for less than a billion.")
    return "\n".join(
        (
            *("SPC", "0200", "1", iban),
            *_swiss_party(account.holder),
            *([""] * 7),  # the final creditor: for a later version of the standard
            *(plain(payment.amount, payment.currency), payment.currency),
            *(_swiss_party(payment.debtor) if payment.debtor and payment.debtor.is_whole else [""] * 7),
            *(kind, "" if kind == "NON" else payment.reference),
            *("", "EPD"),
        )
    )


def _swiss_party(party: Party) -> Iterator[str]:
    yield "S"
    yield _latin(party.name, 70)
    yield _latin(party.street, 70)
    yield _latin(party.house_number, 16)
    yield _latin(party.postal_code, 16)
    yield _latin(party.town, 35)
    yield party.country.upper()


def _latin(text: str, longest: int) -> str:
    """Bring a text to what the Swiss bill may hold, Latin letters and no turns of line; a dot stands for the rest."""
    mapped = "".join(_SWISS_FROM_LATIN.get(character, character) for character in text)
    return _short("".join(one if _is_allowed(one) else "." for one in mapped), longest)


def _is_allowed(character: str) -> bool:
    return " " <= character <= "~" or "\xa0" <= character <= "\u017f" or character in "ȘșȚț€"


def _short(text: str, longest: int) -> str:
    return " ".join(text.split())[:longest].rstrip()


def checked_link(link: str) -> None:
    """Make sure that a link can be paid by; RequestError where it is none."""
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.netloc or len(link) > _LONGEST_LINK or not link.isprintable():
        raise RequestError(
            f"“{link[:60]}” is no payment link.", f"It begins with https:// and has at most {_LONGEST_LINK} characters."
        )
