"""What a payment may say of itself; where it is applied is not its matter."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from duedesk.domain.applying import check_amount
from duedesk.domain.currencies import is_currency
from duedesk.domain.days import EARLIEST_DAY, LATEST_DAY, in_words, parse_day
from duedesk.domain.errors import RequestError
from duedesk.domain.money import to_units
from duedesk.domain.names import tidy

TYPES = ("Sale", "Capture")
PROCESSING_MODES = ("External", "Salesforce")
EDITABLE = (
    "AccountId",
    "Amount",
    "CurrencyIsoCode",
    "EffectiveDate",
    "GatewayRefNumber",
    "Comments",
    "Type",
    "ProcessingMode",
)
"""What a draft may be given anew."""


def checked_value(name: str, value: Any) -> Any:
    """Give the value of an editable field as it is stored: a date and an amount may come as text; RequestError."""
    if name not in EDITABLE:
        raise RequestError(f"{name} of a payment is not edited.", f"There are {', '.join(EDITABLE)}.")
    if name == "Amount":
        try:
            return Decimal(value)
        except (InvalidOperation, TypeError, ValueError):
            raise RequestError(f"“{value}” is no amount.") from None
    if name == "EffectiveDate":
        return value if isinstance(value, date) else parse_day(str(value))
    if name == "AccountId":
        return int(value)
    text = tidy(str(value or ""))
    for field, allowed in (("Type", TYPES), ("ProcessingMode", PROCESSING_MODES)):
        if name == field and text not in allowed:
            raise RequestError(f"“{text}” is no {field} of a payment.", f"There are {', '.join(allowed)}.")
    return text


def check_payment(values: Mapping[str, Any]) -> None:
    """Refuse a payment of nothing, in no currency or on no day: RequestError. `values` are by API name, all there."""
    currency, amount, day = values["CurrencyIsoCode"], values["Amount"], values["EffectiveDate"]
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: USD.")
    check_amount(amount, currency)
    to_units(amount)
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise RequestError(f"{in_words(day)} is no day of a ledger.", f"From {EARLIEST_DAY} to {LATEST_DAY}.")
    for name, most in (("GatewayRefNumber", 255), ("Comments", 1000)):
        if len(values[name] or "") > most:
            raise RequestError(f"{name} has more than {most} characters.", "Write less.")
