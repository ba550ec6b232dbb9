"""Structured references that a bank hands back to the creditor, made from the number of a letter; it moves no money."""

import re

from duedesk.domain.errors import RequestError

_LONGEST_RF = 21
_QRR_DIGITS = 26


def rf_reference(number: str) -> str:
    """Make the creditor reference of ISO 11649: `RF`, two check digits, and the letters and digits of the number."""
    kept = re.sub(r"[^0-9A-Z]", "", number.upper())
    if not kept or len(kept) > _LONGEST_RF:
        raise RequestError(
            f"No payment reference can be made of the letter number “{number}”.",
            f"It needs 1 to {_LONGEST_RF} letters or digits.",
        )
    from stdnum.iso7064 import mod_97_10  # noqa: PLC0415 - only where a letter is made

    return f"RF{mod_97_10.calc_check_digits(f'{kept}RF')}{kept}"


def qrr_reference(number: str) -> str:
    """Make the Swiss QR reference: 26 digits, led by zeros, and a check digit."""
    digits = re.sub(r"[^0-9]", "", number)
    if not digits.strip("0") or len(digits) > _QRR_DIGITS:
        raise RequestError(
            f"No Swiss QR reference can be made of the letter number “{number}”.",
            f"It needs 1 to {_QRR_DIGITS} digits that are not all zero.",
        )
    from stdnum.ch import esr  # noqa: PLC0415

    padded = digits.zfill(_QRR_DIGITS)
    return f"{padded}{esr.calc_check_digit(padded)}"


def in_groups(reference: str) -> str:
    """Write a reference as people read it: `RF47 DL20 2600 318`, a Swiss one `21 00000 00003 13947 14300 09017`."""
    if len(reference) == _QRR_DIGITS + 1 and reference.isdigit():
        return " ".join([reference[:2], *(reference[at : at + 5] for at in range(2, len(reference), 5))])
    return " ".join(reference[at : at + 4] for at in range(0, len(reference), 4))


def checked_iban(iban: str) -> str:
    """Give an IBAN without spaces; RequestError where its check digits or its length are wrong."""
    from stdnum import iban as rules  # noqa: PLC0415
    from stdnum.exceptions import ValidationError  # noqa: PLC0415

    try:
        return str(rules.validate(iban, check_country=False))
    except ValidationError:
        raise RequestError(f"“{iban}” is not an IBAN.", "Compare it with what the bank gave.") from None


def is_qr_iban(iban: str) -> bool:
    """Tell whether a Swiss or Liechtenstein IBAN is one for QR references: its bank number is 30000 to 31999."""
    return iban[:2] in {"CH", "LI"} and iban[4:9].isdigit() and 30000 <= int(iban[4:9]) <= 31999
