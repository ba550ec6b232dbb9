"""The words a statement's sheet bears in one language; who writes it reads them, as no language is known here."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_FIELD = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class StatementWords:
    """The words of one language. Names of buckets have fields: `$first to $last days`, `Over $days days`."""

    title: str
    days: str
    """The day or the period, as it stands at the foot of a print."""
    account: str
    currency: str
    as_of: str
    from_day: str
    to: str
    date: str
    number: str
    kind: str
    reference: str
    due: str
    days_overdue: str
    amount: str
    open: str
    charged: str
    credited: str
    balance: str
    opening: str
    closing: str
    nothing_open: str
    not_due: str
    between: str
    over: str
    unapplied: str
    up_to: str
    pay_to: str
    page_of: str
    """With the codes of a footer: `Page &P of &N`."""
    kinds: Mapping[str, str]
    events: Mapping[str, str]

    @property
    def open_head(self) -> tuple[str, ...]:
        """Head the columns of what is open; figures from the sixth on."""
        return (
            self.date,
            self.number,
            self.kind,
            self.reference,
            self.due,
            self.days_overdue,
            self.amount,
            self.open,
        )

    @property
    def moved_head(self) -> tuple[str, ...]:
        """Head the columns of what moved the balance."""
        return (
            self.date,
            self.number,
            self.kind,
            self.reference,
            self.due,
            self.charged,
            self.credited,
            self.balance,
        )


def spelt_by_cells(text: str, cells: Mapping[str, str]) -> str:
    """Give the formula that writes a text with fields, each filled from a cell: `"Over "&G9&" days"`."""
    pieces = _FIELD.split(text)
    said = [f'{cells[piece]}&""' if at % 2 else _quoted(piece) for at, piece in enumerate(pieces) if piece]
    return "&".join(said)


def filled(text: str, values: Mapping[str, int]) -> str:
    """Give what that formula gives."""
    return _FIELD.sub(lambda found: str(values[found[1]]), text)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
