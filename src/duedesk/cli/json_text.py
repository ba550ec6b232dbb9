"""One JSON document: amounts as text with their currency's digits, dates as ISO 8601; verbs say what stands in it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TextIO, TypeAlias

from duedesk.cli.terminal import Terminal
from duedesk.domain.catalog import Field, Kind
from duedesk.domain.days import write_moment
from duedesk.domain.filters import Value
from duedesk.domain.money import plain

_WIDEST_LINE = 160

_UNSEEN = re.compile("[\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
"""JSON may hold these as they are; a terminal would obey some of them."""

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None


def write_json(terminal: Terminal, document: Json) -> None:
    """Write a document over several lines, as people read it and machines do not mind."""
    terminal.write("".join(_laid_out(document, terminal.out, "")) + "\n")


def write_json_rows(
    terminal: Terminal,
    head: Mapping[str, Json],
    rows: Iterable[Json],
    *,
    behind: Callable[[], Mapping[str, Json]] = dict,
) -> None:
    """Write a document whose `rows` come one by one, a line each, behind what is known of them before.

    `behind` gives what is known of them when they have all been written.
    """
    parts = [f'"{name}": {_text(value, terminal.out)}' for name, value in head.items()]
    terminal.write("{" + ",\n ".join([*parts, '"rows": [']))
    comma = ""
    for row in rows:
        terminal.write(f"{comma}\n  {_text(row, terminal.out)}")
        comma = ","
    end = "".join(f',\n "{name}": {_text(value, terminal.out)}' for name, value in behind().items())
    terminal.write(f"\n ]{end}}}\n" if comma else f"]{end}}}\n")


def json_value(field: Field, value: Value, currency: str) -> Json:
    """Give what a field holds as JSON; a figure is text, so that no reader makes a binary fraction of it."""
    if isinstance(value, Decimal):
        return plain(value, currency) if field.kind is Kind.CURRENCY else plain_number(value)
    if isinstance(value, datetime):
        return write_moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def plain_number(number: Decimal) -> str:
    """Write a rate or a quantity with the digits it needs, never with an exponent."""
    return f"{number.normalize():f}"


def _laid_out(value: Json, out: TextIO, margin: str) -> Iterator[str]:
    """Give what fits a line on one line, and else its parts each on their own."""
    line = _text(value, out)
    if len(margin) + len(line) <= _WIDEST_LINE or not value or isinstance(value, str | int):
        yield line
        return
    inner = margin + "  "
    parts = [(f"{_text(name, out)}: ", held) for name, held in value.items()] if isinstance(value, Mapping) else []
    opening, closing = "{}" if parts else "[]"
    yield opening
    for place, (name, held) in enumerate(parts or (("", held) for held in value)):
        yield f"{',' if place else ''}\n{inner}{name}"
        yield from _laid_out(held, out, inner)
    yield f"\n{margin}{closing}"


def _text(value: Json, out: TextIO) -> str:
    # Where the output cannot hold every letter, JSON can still say them all.
    is_ascii = (out.encoding or "utf-8").lower().replace("-", "") not in {"utf8", "utf8sig"}
    text = json.dumps(value, ensure_ascii=is_ascii)
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
