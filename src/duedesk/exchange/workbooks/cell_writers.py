"""How the values of a table's column become the XML of cells: one function a column, made once; it knows no sheet.

The row's number is left open as `ROW`, so that formulas of one kind are written once for all rows.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape

from duedesk.domain.money import grouped, minor_digits
from duedesk.exchange.sheet_stream import (
    FORMULA_LIKE,
    LATER,
    Value,
    escaped_text,
    is_exact,
    is_sound_day,
    result_text,
    serial,
)
from duedesk.exchange.workbooks.specs import Column, Kind
from duedesk.exchange.workbooks.styles import (
    DATE,
    MOMENT,
    PERCENT,
    RATE,
    TEXT,
    WHOLE,
    WIDEST_TEXT,
    Dress,
    Styles,
    amount_format,
    text_lines,
    text_width,
)

ROW = "\x01"
"""Stands for the row's number in what is written; no text from outside keeps a control character."""

LINE_MORE = "\x03"
"""Stands in a cell once for each line that its text takes more than one."""

Write = Callable[[Value], str]
"""Gives what follows a cell's reference, up to its end."""

_KEPT = 20_000
"""Different values of a column whose XML is kept: names, days and currencies come again and again."""
_EXACT_LENGTH = 15
_CURRENCY = "Currency"


@dataclass(slots=True)
class Widest:
    """How wide a column has to be for what was written in it, and how many numbers in it had too many digits."""

    characters: int = 0
    too_long: int = 0


def is_aside(column: Column, before: Column | None) -> bool:
    """Tell whether a column of words keeps away from what is before it: from figures, and a currency from anything."""
    if before is None or column.kind.is_figure:
        return False
    return before.kind.is_figure or column.heading == _CURRENCY


def writer_of(
    column: Column, formula: str, styles: Styles, currency: str, widest: Widest, *, aside: bool = False
) -> Write:
    """Give the function that writes a column's values in rows of a currency.

    `formula` is the column's, its references made cells already; empty where it has none.
    """
    dress = replace(dress_of(column, styles, currency), indent=int(aside))
    if formula:
        return _calculated(formula, styles.number(dress), widest)
    match column.kind:
        case Kind.MONEY:
            awkward = replace(dress, number_format=amount_format("", Decimal("0.0001")))
            return _money(styles.number(dress), styles.number(awkward), currency, widest)
        case Kind.DAY | Kind.MOMENT:
            return _kept(_dated(styles.number(dress)))
        case Kind.COUNT:
            return _kept(_number(styles.number(dress), widest))
        case Kind.DECIMAL | Kind.PERCENT:
            return _number(styles.number(dress), widest)
        case _:
            return _kept(_text(dress, styles, widest, column.width))


def line_writer(column: Column, styles: Styles) -> Write:
    """Give the function that writes the number of a row's line, which is told when the summary is laid out."""
    style = styles.number(dress_of(column, styles, ""))
    return _kept(lambda number: f' s="{style}"><v>{LATER}{number}{LATER}</v></c>')


def dress_of(column: Column, styles: Styles, currency: str) -> Dress:
    """Give what the cells of a column wear."""
    formats = {
        Kind.MONEY: amount_format(currency),
        Kind.DAY: DATE,
        Kind.MOMENT: MOMENT,
        Kind.COUNT: WHOLE,
        Kind.DECIMAL: RATE,
        Kind.PERCENT: PERCENT,
    }
    # A formula in a cell of the format text would turn into a text as soon as somebody enters the cell.
    number_format = column.number_format or formats.get(column.kind, "General" if column.formula else TEXT)
    dress = Dress(number_format, align="right" if column.kind.is_figure else "left")
    if column.marked or column.is_input:
        dress = replace(dress, fill=styles.look.accent_tint, is_open=True, wrap=column.kind is Kind.TEXT)
    return dress


class _Kept(dict[Value, str]):
    """What was written of each value, looked up without a call of Python's; some columns never repeat one."""

    def __init__(self, write: Write) -> None:
        super().__init__()
        self._write = write

    def __missing__(self, value: Value) -> str:
        if len(self) >= _KEPT:
            self.clear()
        written = self[value] = self._write(value)
        return written


def _kept(write: Write) -> Write:
    return _Kept(write).__getitem__


def _text(dress: Dress, styles: Styles, widest: Widest, width: int | None) -> Write:
    style = styles.number(dress)
    plain, quoted = _texts_of(style, styles)
    longest, shortest_long = 0, (width or WIDEST_TEXT) // 2  # of letters two wide

    def written(value: Value) -> str:
        nonlocal longest
        text = "" if value is None else str(value)
        if not text:
            return f' s="{style}"/>'
        length = len(text)
        if length > longest or not text.isascii():  # of other scripts the shorter one may be the wider one
            longest = max(longest, length)
            widest.characters = max(widest.characters, text_width(text))
        if length > shortest_long and (lines := text_lines(text, width)) > 1:
            one, other = _texts_of(styles.number(replace(dress, wrap=True)), styles)
            before = LINE_MORE * (lines - 1) + (other if text.startswith(FORMULA_LIKE) else one)
            return f"{before}{escaped_text(text)}</t></is></c>"
        return f"{quoted if text.startswith(FORMULA_LIKE) else plain}{escaped_text(text)}</t></is></c>"

    return written


def _texts_of(style: int, styles: Styles) -> tuple[str, str]:
    """Give what stands before a text in a style, and before one that looks like a formula."""
    before = ' t="inlineStr"><is><t xml:space="preserve">'
    return f' s="{style}"{before}', f' s="{styles.quoted[style]}"{before}'


def _dated(style: int) -> Write:
    as_text = f' s="{style}" t="inlineStr"><is><t>'

    def written(value: Value) -> str:
        if not isinstance(value, date):
            return f' s="{style}"/>'
        if not is_sound_day(value):
            return f"{as_text}{value}</t></is></c>"
        moment = value.astimezone(UTC) if isinstance(value, datetime) else value
        return f' s="{style}"><v>{serial(moment)}</v></c>'

    return written


def _money(style: int, awkward: int, currency: str, widest: Widest) -> Write:
    """Write amounts with the digits of their currency, which amounts of ten-thousandths mostly end in zeros behind."""
    blank, head = f' s="{style}"/>', f' s="{style}"><v>'
    digits = minor_digits(currency)
    zeros = "0" * (4 - digits)
    cut = -len(zeros) if digits else -5

    def written(value: Value) -> str:
        if value is None:
            return blank
        text = str(value)
        if text[-5:-4] != "." or not text.endswith(zeros) or len(text) - 5 > _EXACT_LENGTH - 4:
            return _awkward_money(value, (style, awkward), digits, widest)
        widest.characters = max(widest.characters, len(text))
        return f"{head}{text[:cut] if cut else text}</v></c>"

    return written


def _awkward_money(value: Value, styles: tuple[int, int], digits: int, widest: Widest) -> str:
    """Write an amount that has other digits than those of ten-thousandths, or more than its currency."""
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    shown = amount.normalize()
    exponent = shown.as_tuple().exponent
    style = styles[isinstance(exponent, int) and -exponent > digits]
    widest.characters = max(widest.characters, len(grouped(amount, "")))
    if not is_exact(amount):
        widest.too_long += 1
        return f' s="{style}" t="inlineStr"><is><t>{amount:f}</t></is></c>'
    return f' s="{style}"><v>{shown:f}</v></c>'


def _number(style: int, widest: Widest) -> Write:
    blank, head = f' s="{style}"/>', f' s="{style}"><v>'

    def written(value: Value) -> str:
        if value is None:
            return blank
        if isinstance(value, Decimal) and not is_exact(value):
            widest.too_long += 1
            return f' s="{style}" t="inlineStr"><is><t>{value:f}</t></is></c>'
        text = f"{value:f}" if isinstance(value, Decimal) else str(value)
        widest.characters = max(widest.characters, len(text))
        return f"{head}{text}</v></c>"

    return written


def _calculated(formula: str, style: int, widest: Widest) -> Write:
    """Write the column's formula with what it gives in a row."""
    text, blank = escape(formula), f' s="{style}"/>'

    def written(value: Value) -> str:
        if value is None:
            return blank
        if isinstance(value, date):
            value = int(serial(value))
        if not isinstance(value, str | int | Decimal):
            raise TypeError(value)
        kind, result = result_text(value)
        widest.characters = max(widest.characters, len(result) + 2)
        return f' s="{style}"{kind}><f>{text}</f><v>{result}</v></c>'

    return _kept(written)
