"""How cells of every workbook look: the light look's colours, formats by currency; it knows no report."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.workbook.properties import CalcProperties
from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from duedesk.domain.money import grouped, is_payable, minor_digits
from duedesk.exchange.sheet_stream import cell_text
from duedesk.exchange.workbooks.print_pages import pages_across
from duedesk.resources import Look

FONT = "Arial"
"""On every machine that opens workbooks, and its figures have one width."""
_SIZE, _ROW_HEIGHT = 10, 15

DATE = "dd mmm yyyy"
MOMENT = "dd mmm yyyy hh:mm"
TEXT = "@"
PERCENT = "0.00%"
RATE = "#,##0.00##########"
WHOLE = '#,##0;"−"#,##0;0'


WIDEST_TEXT, _MARGIN = 34, 4
"""The width of a column of texts at most, and what of it is empty."""
_MOST_LINES = 6
_LONGEST_FOOTER = 150
"""Characters: Excel takes 255 for all three parts, and signs of its own count."""
_LONGEST_PROPERTY = 255
_QUICK = 50_000_000
"""Cells that sums look through in a second or two."""


@dataclass(frozen=True, slots=True)
class Dress:
    """What a cell wears. `foot` is the colour of a line below it, thick where it stands for a bucket."""

    number_format: str = "General"
    colour: str = ""
    bold: bool = False
    size: int = _SIZE
    align: str = ""
    indent: int = 0
    stand: str = "center"
    fill: str = ""
    head: str = ""
    foot: str = ""
    thick: bool = False
    wrap: bool = False
    is_open: bool = False
    """Whether it may be typed into where somebody protects the sheet."""


class Styles:
    """The styles of one workbook by number, each made once; `quoted` is for text that looks like a formula."""

    def __init__(self, workbook: Workbook, look: Look) -> None:
        self.look = look
        # The font of cells nobody dressed, and the one that widths of columns are counted in.
        plain = Font(name=FONT, size=_SIZE, color=_argb(look.text))
        workbook._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # noqa: SLF001
        self.quoted: dict[int, int] = {}
        self._workbook = workbook
        self._numbers: dict[Dress, int] = {}

    def number(self, dress: Dress) -> int:
        """Give the number of a style."""
        if dress not in self._numbers:
            cell = WriteOnlyCell(self._workbook.worksheets[0])
            cell.font = Font(name=FONT, size=dress.size, bold=dress.bold, color=_argb(dress.colour or self.look.text))
            cell.number_format = dress.number_format
            cell.alignment = Alignment(
                horizontal=dress.align or None, vertical=dress.stand, indent=dress.indent, wrap_text=dress.wrap or None
            )
            if dress.fill:
                cell.fill = PatternFill("solid", fgColor=_argb(dress.fill))
            if dress.head or dress.foot:
                cell.border = Border(top=_line(dress.head), bottom=_line(dress.foot, thick=dress.thick))
            if dress.is_open:
                cell.protection = Protection(locked=False)
            plain = cell.style_id
            cell.quotePrefix = True
            self._numbers[dress] = plain
            self.quoted[plain] = cell.style_id
        return self._numbers[dress]


def amount_format(currency: str, amount: Decimal = Decimal(0)) -> str:
    """Give the number format of an amount: the digits of its currency, or all four where it has more; nothing is –."""
    digits = minor_digits(currency) if is_payable(amount, currency) else 4
    figure = "#,##0" + ("." + "0" * digits if digits else "")
    return f'{figure};"−"{figure};"–"'


@lru_cache(maxsize=4096)
def text_width(text: str) -> int:
    """Give the column width that shows a text, up to where a column gets in the way of the others."""
    return min(_whole_width(text) + _MARGIN, WIDEST_TEXT)


def text_lines(text: str, width: int | None = None) -> int:
    """Give how many lines a text takes in a column of a width, else the widest; a text of a page is cut, and takes one.

    What takes more than a few lines is no name.
    """
    lines = -(-_whole_width(text) // ((width or WIDEST_TEXT) - _MARGIN // 2))
    lines += lines > 2  # long words leave ends of lines empty
    return lines if 1 < lines <= _MOST_LINES else 1


def line_height(lines: int) -> float | None:
    """Give the height in points of a row of so many lines; one takes no more than any row."""
    return None if lines < 2 else 13.5 * lines


def _whole_width(text: str) -> int:
    wide = 0 if text.isascii() else sum(east_asian_width(letter) in "WF" for letter in text)
    return (len(text) - wide) * 4 // 5 + wide * 2


def figure_width(amounts: Iterable[Decimal], currency: str) -> int:
    """Give the column width that shows all of these amounts: Excel shows hashes for what is wider."""
    return max((len(grouped(amount, currency)) for amount in amounts), default=0) + 3


def tint(colour: str, share: float) -> str:
    """Mix a colour into white: 0 is white, 1 the colour itself."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def rgb(colour: str) -> str:
    """Give a colour as rules write it: no sign, and opaque."""
    return _argb(colour)


def set_up_print(
    sheet: Worksheet, *, title: str, head_rows: str = "", subtitle: str = "", repeated: int = 0, columns: int = 0
) -> None:
    """Print on A4, landscape, with the head rows and the page's number on every page.

    Columns, whose widths are set, are as wide as the page together; where they would be too small to be read, they take
    several pages, with the first `repeated` of them on each. `columns` are those that are printed, all where it is 0.
    """
    sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _ROW_HEIGHT, True
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    letters = sheet.column_dimensions
    last = max(map(column_index_from_string, letters), default=0)
    widths = [letters[get_column_letter(place)].width for place in range(1, last + 1)]
    sheet.page_setup.fitToWidth = pages_across(widths[: columns or last], repeated)
    if sheet.page_setup.fitToWidth > 1:
        sheet.page_setup.pageOrder = "overThenDown"
        if repeated:
            sheet.print_title_cols = f"A:{get_column_letter(repeated)}"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    if head_rows:
        sheet.print_title_rows = head_rows
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    footer = HeaderFooterItem()
    footer.left.text = _footer_text(title if not subtitle else f"{title} · {subtitle}")
    footer.right.text = "Page &P of &N"
    for part in (footer.left, footer.right):
        part.font, part.size = f"{FONT},Regular", 8
    sheet.HeaderFooter = HeaderFooter(oddFooter=footer, scaleWithDoc=False)


def _footer_text(text: str) -> str:
    """Give a text as a footer takes it: nothing in it is a command, and all parts together fit."""
    room = _LONGEST_FOOTER - text[:_LONGEST_FOOTER].count("&")  # each is written twice
    cut = text if len(text) <= room else f"{text[: room - 1]}…"
    return cell_text(cut).replace("&", "&&")


def set_up_properties(workbook: Workbook, *, title: str, subtitle: str, cells_to_calculate: int) -> None:
    """Say what the file is, what was asked for, and that it is Duedesk's; no person and no machine.

    It is calculated anew when it is opened unless that would take longer than a person waits: what is stored is right.
    """
    workbook.properties.creator = "Duedesk"
    workbook.properties.title = cell_text(title)[:_LONGEST_PROPERTY]
    workbook.properties.subject = cell_text(subtitle)[:_LONGEST_PROPERTY]
    workbook.calculation = CalcProperties(calcId=191029, fullCalcOnLoad=cells_to_calculate <= _QUICK)


def tint_where(formula: str, colour: str, *, bold: bool = False) -> Rule:
    """Give a rule that fills the cells for which a formula holds, and sets them bold where asked."""
    dress = DifferentialStyle(fill=PatternFill(bgColor=_argb(colour)), font=Font(bold=True) if bold else None)
    return Rule(type="expression", formula=[formula], dxf=dress)


def _argb(colour: str) -> str:
    return "FF" + colour.removeprefix("#")


def _line(colour: str, *, thick: bool = False) -> Side:
    return Side(style="thick" if thick else "thin", color=_argb(colour)) if colour else Side()
