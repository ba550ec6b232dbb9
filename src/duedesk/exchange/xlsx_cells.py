"""What a cell of an Excel sheet holds, made of what its XML says; where the cell stands is not asked."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

from duedesk.exchange.cells import Broken, Cell, Figure, Moment, Truth
from duedesk.exchange.serials import serial_moment
from duedesk.exchange.xlsx_parts import LONGEST_CELL, NumberFormat, WorkbookParts, unescaped

NUMBER = re.compile(r"[-+]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][-+]?\d{1,3})?\Z", re.ASCII)
"""A number as a spreadsheet writes it."""

_PLAIN = NumberFormat()

SharedText = Callable[[int], str | None]
"""Gives a shared text by its place; None where there is none."""


class CellValues:
    """Makes cells of a workbook, whose texts may be shared."""

    def __init__(self, parts: WorkbookParts, shared: SharedText) -> None:
        self._parts, self._text_of = parts, shared

    def cell(self, kind: str, style: str, value: str | None, formula: str | None) -> Cell:
        """Give a cell of a kind (`t`) and style (`s`); the value of an inline text is that text."""
        if kind == "inlineStr":
            return unescaped(value or "")
        if not value:
            if formula is not None and kind != "str":
                return Broken(f"={formula}", "is a formula that was never calculated")
            return ""
        return self._valued(kind, style, value)

    def _valued(self, kind: str, style: str, value: str) -> Cell:
        if kind == "s":
            return self._shared(value)
        if kind == "str":
            return unescaped(value)
        if kind == "b":
            return Truth(value.strip() in {"1", "true"})
        if kind == "e":
            return Broken(value, "is an error of the spreadsheet")
        if kind == "d":
            return iso_moment(value)
        return self._number(value.strip(), style)

    def _shared(self, value: str) -> Cell:
        place = place_of(value)
        text = None if place is None else self._text_of(place)
        if text is None:
            raise self._parts.package.damaged()
        return too_long(text, len(text)) if len(text) > LONGEST_CELL else text

    def _number(self, value: str, style: str) -> Cell:
        if not NUMBER.match(value):
            return Broken(value, "is no number, though the spreadsheet says so")
        place = int(style) if style.isascii() and style.isdigit() and len(style) < 7 else 0
        formats = self._parts.formats
        form = formats[place] if place < len(formats) else _PLAIN
        if not form.is_date:
            return Figure(value, form.digits)
        moment = serial_moment(float(value), counts_from_1904=self._parts.counts_from_1904)
        return Moment(moment) if moment else Broken(value, "is no day of the calendar, though it is shown as a date")


def all_texts(parts: WorkbookParts) -> SharedText:
    """Give the shared texts of a workbook that were read with it."""
    texts: Sequence[str] = parts.texts
    return lambda place: texts[place] if place < len(texts) else None


def place_of(value: str) -> int | None:
    """Read the place of a shared text."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else None


def too_long(start: str, length: int) -> Broken:
    """Give what stands in place of a text that no cell of a spreadsheet holds."""
    return Broken(start[:100], f"holds {length:,} characters; a cell holds at most {LONGEST_CELL:,}")


def iso_moment(value: str, shown: str = "") -> Cell:
    """Give a moment as spreadsheets write it in ISO 8601; what is none is told by what the cell shows."""
    try:
        return Moment(datetime.fromisoformat(value.strip()).replace(tzinfo=None))
    except ValueError:
        return Broken(shown or value, "is no date, though the spreadsheet says so")
