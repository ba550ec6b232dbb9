"""What a verb did to invoices, and how each stands now, as text and as JSON."""

import argparse
from collections.abc import Mapping, Sequence
from decimal import Decimal

from duedesk.actions.workspace import Workspace
from duedesk.cli.json_text import Json, json_value, write_json
from duedesk.cli.terminal import Terminal
from duedesk.domain.changes import Changes
from duedesk.domain.filters import Filter
from duedesk.domain.life_cycle import called
from duedesk.domain.money import grouped
from duedesk.domain.objects import CATALOG
from duedesk.store.queries.lists import listing

_SHOWN = (
    "CurrencyIsoCode",
    "RecordKey",
    "DocumentNumber",
    "Status",
    "InvoiceDate",
    "DueDate",
    "TotalAmountWithTax",
    "Balance",
    "TotalConvertedNegAmount",
)


def say_done(
    options: argparse.Namespace, terminal: Terminal, workspace: Workspace, changes: Changes, keys: Sequence[int]
) -> None:
    """Say what was done, and how each invoice stands now."""
    asked = Filter(terminal.world.today())
    rows = [
        dict(zip(_SHOWN, row.values, strict=True)) for row in workspace.ask(listing.rows, asked, _SHOWN, list(keys))
    ]
    if options.json:
        described = CATALOG.object("Invoice")
        shown: list[Json] = [
            {name: json_value(described.field(name), value, str(row["CurrencyIsoCode"])) for name, value in row.items()}
            for row in rows
        ]
        write_json(terminal, {"done": changes.summary, "journal": changes.journal_id, "invoices": shown})
        return
    terminal.say(f"{changes.summary}." if changes.summary else "Everything is so already.")
    for row in rows:
        terminal.say(f"  {_in_words(row)}")


def _in_words(row: Mapping[str, object]) -> str:
    number, key, status = row["DocumentNumber"], row["RecordKey"], str(row["Status"])
    currency, total = str(row["CurrencyIsoCode"]), row["TotalAmountWithTax"]
    name = called(str(number) if number else None, int(str(key)), status)
    due = f", due {row['DueDate']}" if row["DueDate"] else ""
    figure = f"{currency} {grouped(total, currency)}" if isinstance(total, Decimal) else ""
    return f"{name}: {status}, {figure}{due}"
