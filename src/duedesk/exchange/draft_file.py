"""A draft invoice in a small TOML or JSON file: fields by API name, and under Lines a table each; it means nothing yet.

BillingAccountId = "Acme Ltd"
CurrencyIsoCode = "EUR"

[[Lines]]
Name = "Hosting"
Quantity = 2
UnitPrice = 49.50
TaxRate = 19
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from duedesk.domain.errors import RequestError

LARGEST = 1_000_000
"""Bytes of a draft; a ledger is imported instead."""

LINES = "Lines"


@dataclass(frozen=True, slots=True)
class DraftFile:
    """What the file says, as text: fields by API name, and the fields of each line; `lines` None where it says none."""

    fields: Mapping[str, str]
    lines: tuple[Mapping[str, str], ...] | None = None


def read_draft_file(path: Path) -> DraftFile:
    """Read a draft; RequestError where it cannot be read or is laid out otherwise."""
    try:
        if path.stat().st_size > LARGEST:
            raise RequestError(f"{path.name} is too large for one draft.", "Import a ledger with `duedesk import`.")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise RequestError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise RequestError(f"{path.name} is no text in UTF-8.") from None
    document = _parsed(path, text)
    if not isinstance(document, dict):
        raise RequestError(f"{path.name} is no table of fields.", 'Write FIELD = "value", and [[Lines]] for lines.')
    lines = document.pop(LINES, None)
    if lines is not None and not (isinstance(lines, list) and all(isinstance(line, dict) for line in lines)):
        raise RequestError(f"{path.name}: Lines are no tables.", "Write [[Lines]] above each.")
    return DraftFile(_texts(document), None if lines is None else tuple(map(_texts, lines)))


def _parsed(path: Path, text: str) -> Any:
    try:
        if path.suffix.casefold() == ".json":
            return json.loads(text, parse_float=Decimal)
        return tomllib.loads(text, parse_float=Decimal)
    except (tomllib.TOMLDecodeError, json.JSONDecodeError) as error:
        raise RequestError(f"{path.name} cannot be read: {error}.") from None
    except RecursionError:
        raise RequestError(f"{path.name} is nested too deep.") from None


def _texts(table: Mapping[str, Any]) -> dict[str, str]:
    return {name: _text(name, value) for name, value in table.items()}


def _text(name: str, value: Any) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case datetime() | time():
            raise RequestError(f"{name} is a moment.", "Give a date: 2026-11-23.")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}" if value.is_finite() else str(value)
        case int() | str():
            return str(value)
        case _:
            raise RequestError(f"{name} is no single value.")
