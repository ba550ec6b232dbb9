"""How amounts by currency are read from one line, `50 EUR; USD 60.00`; it knows no field."""

import re
from collections.abc import Mapping
from decimal import Decimal

from duedesk.desk import amount_entry
from duedesk.domain.errors import RequestError

_PARTS = re.compile(r";|\n|,\s")
_CODE = re.compile(r"(?i)\b[a-z]{3}\b")


def read_amounts(text: str, what: str) -> Mapping[str, Decimal]:
    """Read amounts by currency; RequestError where one is none, or has no currency, or a currency has two."""
    found: dict[str, Decimal] = {}
    for part in filter(None, map(str.strip, _PARTS.split(text))):
        codes = _CODE.findall(part)
        amount = amount_entry.read(_CODE.sub("", part).strip())
        if len(codes) != 1 or amount is None:
            raise RequestError(f"{what}: “{part}” is no amount with its currency.", "Write it so: 50 EUR; 60 USD.")
        code = codes[0].upper()
        if code in found:
            raise RequestError(f"{what}: {code} stands there twice.", "Write one amount a currency.")
        found[code] = amount
    return found
