"""The words that a statement of account prints in a language; dates and figures are written by `labels`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template

from duedesk.domain.errors import RequestError
from duedesk.resources import resource


@dataclass(frozen=True, slots=True)
class StatementLabels:
    """The words of one language; `kinds` and `events` say what Duedesk calls a line."""

    title: str
    account_currency: str
    as_of: str
    from_day: str
    to: str
    date: str
    number: str
    kind: str
    due: str
    overdue: str
    amount: str
    open: str
    charged: str
    credited: str
    balance: str
    opening: str
    closing: str
    nothing_open: str
    nothing_moved: str
    not_due: str
    over: str
    between: str
    unapplied: str
    reference: str
    days_overdue: str
    """Heads a column of days, in a workbook."""
    up_to: str
    heading: str
    kinds: Mapping[str, str]
    events: Mapping[str, str]

    def section(self, currency: str) -> str:
        """Head the lines of one currency among several."""
        return Template(self.heading).substitute(currency=currency)

    def bucket(self, first: int | None, last: int | None) -> str:
        """Name a range of days overdue."""
        if last is None:
            return Template(self.over).substitute(days=(first or 1) - 1)
        return self.not_due if first is None else Template(self.between).substitute(first=first, last=last)


@cache
def read_statement_labels(language: str) -> StatementLabels:
    """Read the words of a language; RequestError where there are none."""
    path = resource("letters", language, "statement.toml")
    if not language.isalpha() or not path.is_file():
        raise RequestError(f"There are no statements in the language “{language}”.", "English is en.")
    return StatementLabels(**tomllib.loads(path.read_text(encoding="utf-8")))
