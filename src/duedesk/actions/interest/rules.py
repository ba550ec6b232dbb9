"""The rules of late interest that hold in a book: what comes with the program, and on top of it what the book says."""

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import Connection

from duedesk.actions.interest import shipped
from duedesk.domain.errors import BookError
from duedesk.domain.interest.profiles import LateChoice, LateRules
from duedesk.domain.interest.reference_rates import RateTable
from duedesk.store.queries.interest_kept import book_rates
from duedesk.store.queries.settings import stored_setting

LATE_INTEREST = "late_interest"
"""The setting that holds the choices by country and the least amounts by currency."""


def late_rules(connection: Connection) -> LateRules:
    """Give the rules; BookError where what the book says of them cannot be read."""
    choices, minimums = read_choices(connection)
    table = RateTable(shipped.series(), (*shipped.rates(), *book_rates(connection)))
    return LateRules(shipped.profiles(), table, choices, minimums)


def read_choices(connection: Connection) -> tuple[Mapping[str, LateChoice], Mapping[str, Decimal]]:
    """Give what the book chose by country, and the least interest charged by currency."""
    stored = stored_setting(connection, LATE_INTEREST)
    if stored is None:
        return {}, {}
    try:
        said = json.loads(stored)
        choices = {str(country): _choice(one) for country, one in said.get("countries", {}).items()}
        return choices, {str(code): Decimal(least) for code, least in said.get("minimums", {}).items()}
    except (ValueError, TypeError, KeyError, AttributeError, InvalidOperation):
        raise BookError(
            "What is stored in the book of late interest cannot be read.", "Set it anew: `duedesk late-interest`."
        ) from None


def written(choices: Mapping[str, LateChoice], minimums: Mapping[str, Decimal]) -> dict[str, Any]:
    """Give choices and least amounts as they are stored."""
    return {
        "countries": {
            country: {
                "profile": one.profile,
                "percent": None if one.percent is None else f"{one.percent:f}",
                "charges_consumers": one.charges_consumers,
                "basis": one.basis,
            }
            for country, one in sorted(choices.items())
        },
        "minimums": {code: f"{least:f}" for code, least in sorted(minimums.items())},
    }


def _choice(said: dict[str, Any]) -> LateChoice:
    percent = said["percent"]
    rate = None if percent is None else Decimal(percent)
    return LateChoice(str(said["profile"]), rate, bool(said["charges_consumers"]), str(said["basis"]))
