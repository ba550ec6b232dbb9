"""What may stand in a formula of a file: names, sheets, tables and functions that are there, and no text too long."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from exchange.workbooks.soundness.package import units

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_SHEET = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][A-Za-z0-9_.]*))!")
_COLUMN = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)\[((?:[^\[\]']|'.)*)\]")
_WORD = re.compile(r"(?<![A-Za-z0-9_.$'\]])([A-Za-z_][A-Za-z0-9_.]*)(\(?)")
_CELL = re.compile(r"(?<![A-Za-z0-9_.])\$?[A-Z]{1,3}\$?[0-9]+(?![A-Za-z0-9_.(])")
_BARE_CELL = re.compile(r"[A-Za-z]{1,3}[0-9]*|[Rr][0-9]*[Cc][0-9]*|TRUE|FALSE", re.IGNORECASE)
_MOST_CHARACTERS, _LONGEST_TEXT = 8_192, 255
_NAMES_OF_FUNCTIONS = (
    "ABS AND AVERAGE CEILING CHOOSE COLUMN COLUMNS COUNT COUNTA COUNTBLANK COUNTIF COUNTIFS DATE DAY EDATE EOMONTH "
    "EXACT FALSE FLOOR HLOOKUP IF IFERROR INDEX INDIRECT INT ISBLANK ISERROR ISLOGICAL ISNUMBER ISTEXT LARGE LEFT LEN "
    "LOOKUP LOWER MATCH MAX MEDIAN MID MIN MOD MONTH N NOT OFFSET OR PERCENTILE RIGHT ROUND ROUNDDOWN ROUNDUP ROW ROWS "
    "SEARCH SIGN SMALL SQRT SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT T TEXT TRIM TRUE TRUNC UPPER VALUE "
    "VLOOKUP WEEKDAY YEAR"
)
_FUNCTIONS = frozenset(_NAMES_OF_FUNCTIONS.split())
"""Functions of Excel 2007, whose names stand in files as they are; newer ones need _xlfn. before them."""


@dataclass
class Known:
    """What formulas of a workbook may name."""

    sheets: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    tables: dict[str, set[str]] = field(default_factory=dict)
    """By the name of a table the names of its columns."""


def formula_faults(formula: str, known: Known, *, has_tables: bool = True) -> Iterator[str]:
    """Say what is wrong with a formula; rules of conditional formats and of entries may name no table."""
    if units(formula) > _MOST_CHARACTERS:
        yield f"it has {units(formula)} characters"
    if formula.startswith("=") or not formula.strip():
        yield "it is empty or begins with a sign of equality"
    for text in _TEXT.findall(formula):
        if units(text) - 2 > _LONGEST_TEXT:
            yield "a text in it has over 255 characters"
    yield from _named(_TEXT.sub('""', formula), known, has_tables=has_tables)


def _named(bare: str, known: Known, *, has_tables: bool) -> Iterator[str]:
    """Say what a formula without its texts names that is not there."""
    for quoted, plain in _SHEET.findall(bare):
        if (quoted.replace("''", "'") or plain) not in known.sheets:
            yield f"there is no sheet {quoted or plain}"
        if _BARE_CELL.fullmatch(plain):
            yield f"{plain} is no sheet's name without apostrophes"
    bare = _SHEET.sub("", bare)
    for table, column in _COLUMN.findall(bare):
        if not has_tables:
            yield f"it may not name the table {table}"
        elif re.sub("'(.)", r"\1", column) not in known.tables.get(table, set()):
            yield f"there is no {table}[{column}]"
    bare = _COLUMN.sub("0", bare)
    if any(sign in bare for sign in "[]{}!"):
        yield "it has brackets that are no table's, or a sheet's name that is none without apostrophes"
    if bare.count("(") != bare.count(")") or '"' in bare.replace('""', ""):
        yield "its brackets or quotes are not closed"
    yield from _words(bare, known)


def _words(bare: str, known: Known) -> Iterator[str]:
    for word, call in _WORD.findall(_CELL.sub("0", bare)):
        if call and word not in _FUNCTIONS:
            yield f"{word} is no function of Excel 2007, and has no _xlfn."
        elif not call and word not in known.names | {"TRUE", "FALSE"}:
            yield f"nothing is called {word}"
