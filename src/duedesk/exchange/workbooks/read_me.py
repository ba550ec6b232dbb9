"""The sheet Read me: what the workbook says, what may be changed in it, what each column is; it calculates nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from openpyxl.worksheet.worksheet import Worksheet

from duedesk.exchange.sheet_stream import Cell, SheetRows
from duedesk.exchange.workbooks.specs import Column, Figure, Heading, Kind
from duedesk.exchange.workbooks.styles import TEXT, Dress, Styles, set_up_print
from duedesk.exchange.workbooks.summary_plan import WrittenSummary

READ_ME = "Read me"
_WIDTHS = (30, 16, 100)
_ON_ONE_PAGE = 56
_LINE = 112
"""Characters that a line of the widest column holds."""
_OF_LINE = "The number that the rows behind a line and the sheet Checks call it by."
_KINDS = {
    Kind.TEXT: "Text",
    Kind.ID: "Number or id",
    Kind.DAY: "Date",
    Kind.MOMENT: "Moment, UTC",
    Kind.MONEY: "Amount",
    Kind.DECIMAL: "Figure",
    Kind.PERCENT: "Share",
    Kind.COUNT: "Count",
}


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of one sheet: what it shows, and its columns as heading, kind and explanation."""

    sheet: str
    sentence: str
    columns: tuple[tuple[str, str, str], ...] = ()


def told_of(sheet: str, sentence: str, columns: Sequence[Column]) -> Told:
    """Tell of a table's sheet by its columns."""
    return Told(sheet, sentence, tuple((one.heading, _kind(one), _explained(one)) for one in columns))


def told_of_summary(planned: WrittenSummary) -> Told:
    """Tell of a summary's sheet by its figures, and of the number its lines are called by."""
    line = (("Line", "Count", _OF_LINE),) if planned.is_numbered else ()
    figures = tuple((one.heading, f"{_KINDS[one.kind]}, formula", _of_figure(one)) for one in planned.figures)
    return Told(planned.sheet, planned.spec.explanation, (*line, *figures))


def write_read_me(
    rows: SheetRows, styles: Styles, heading: Heading, *, notes: Sequence[str], sheets: Sequence[Told]
) -> None:
    """Write the sheet."""
    look = styles.look
    text = styles.number(Dress(TEXT))
    quiet = styles.number(Dress(TEXT, colour=look.quiet_text))
    bold = styles.number(Dress(TEXT, bold=True))
    foot = Dress(TEXT, colour=look.quiet_text, foot=look.quiet_text)
    rows.append([(heading.title, styles.number(Dress(bold=True, size=16)))], height=26)
    rows.append([(heading.subtitle, quiet)], height=18)
    for note in filter(None, (heading.sentence, *notes)):
        for line in wrap(note, _LINE + 40):
            rows.append([(line, text)])
    for told in sheets:
        rows.append([])
        rows.append([(told.sheet, bold)], height=19)
        if told.sentence:
            rows.append([(told.sentence, text)])
        if told.columns:
            rows.append([(head, styles.number(foot)) for head in ("Column", "Holds", "What it is")])
        for name, kind, said in told.columns:
            for number, line in enumerate(wrap(said, _LINE) or [""]):
                cells: list[Cell | None] = [None, None, (line, text)]
                rows.append([(name, text), (kind, quiet), (line, text)] if number == 0 else cells)


def finish_read_me(sheet: Worksheet, heading: Heading, rows: int) -> None:
    """Lay the sheet out for so many rows; no page is turned for a few of them."""
    for letter, width in zip("ABC", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.sheet_view.showGridLines = False
    set_up_print(sheet, title=heading.title, subtitle=heading.subtitle)
    if rows <= _ON_ONE_PAGE:
        sheet.page_setup.fitToHeight = 1


def _kind(column: Column) -> str:
    return f"{_KINDS[column.kind]}, formula" if column.formula else _KINDS[column.kind]


def _explained(column: Column) -> str:
    said = column.explanation
    if column.marked:
        said = f"{said} To be filled in here; it can be read in again.".strip()
    return said


def _of_figure(figure: Figure) -> str:
    if figure.explanation:
        return figure.explanation
    if figure.formula:
        return f"= {figure.formula}"
    picked = " and ".join(f"{name} is {value}" for name, value in figure.where)
    where = f" where {picked}" if picked else ""
    less = f" less {figure.less}" if figure.less else ""
    return f"Sum of {figure.of}{less}{where}." if figure.of else f"How many rows{where}."
