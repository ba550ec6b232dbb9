"""The workbook of metrics: DSO, best possible DSO, days delinquent, CEI and countback, month by month, as formulas.

Amounts come from the ledger; every figure is worked out in the workbook, its formula in words beside it.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from duedesk.domain.days import in_words
from duedesk.domain.metrics import FORMULAS, HUNDRED, MonthFigures
from duedesk.domain.money import ZERO
from duedesk.exchange.sheet_stream import Formula, Value, serial_day
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.pages import DAYS, SHARE, Piece, head, note
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import ChartSpec, Column, Heading, Kind, Row, Series, TableSheet
from duedesk.exchange.workbooks.written_table import WrittenTable
from duedesk.resources import Look

Months = Sequence[tuple[Decimal, int]]
"""What was invoiced in each month before a day, newest first, and the days of each."""

_DIGITS = 10
"""Digits behind the point that what a formula gives is written with."""

_BEST, _ADD, _BACK = "Best possible DSO", "Average days delinquent", "Countback DSO"
_NOT_DUE, _OVER = "Not due yet", "Days of the period"

_POSSIBLE = f"[@Opening]+[@Invoiced]/[@Months]-[@{_NOT_DUE}]"

_FIGURES: tuple[tuple[str, str, str, str], ...] = (
    ("DSO", "days", "dso", f'IF([@Invoiced]>0,[@Receivables]/[@Invoiced]*[@{_OVER}],"")'),
    (_BEST, "days", "best_possible_dso", f'IF([@Invoiced]>0,[@{_NOT_DUE}]/[@Invoiced]*[@{_OVER}],"")'),
    (_ADD, "days", "add", f'IF([@Invoiced]>0,[@DSO]-[@{_BEST}],"")'),
    (
        "CEI",
        "%",
        "cei",
        f'IF({_POSSIBLE}>0,([@Opening]+[@Invoiced]/[@Months]-[@Receivables])/({_POSSIBLE}),"")',
    ),
    (_BACK, "days", "countback", ""),
    ("Current", "%", "percent_current", f'IF([@Receivables]>0,[@{_NOT_DUE}]/[@Receivables],"")'),
    ("Overdue", "%", "percent_overdue", f'IF([@Receivables]>0,1-[@{_NOT_DUE}]/[@Receivables],"")'),
)
"""Each figure: its heading, its unit, its name in `domain.metrics`, and its formula over the amounts of its row."""


def write_metrics(
    path: Path,
    figures: Sequence[tuple[MonthFigures, Months]],
    *,
    heading: Heading,
    making: Making,
) -> WorkbookFacts:
    """Write the figures of the ends of months, by currency, oldest first; RequestError where the disk refuses."""
    with ReportBook(path, heading, making) as book:
        months = book.table(_months(), [_month(one) for one, _ in figures])
        book.table(_COUNTBACK, _countback(figures))
        _page(book, months, [one for one, _ in figures])
        _check(book, months, [one for one, _ in figures])
        for currency in sorted({one.currency for one, _ in figures}):
            for chart in _charts(months, [one for one, _ in figures], currency, book.sheets.styles.look):
                book.chart(chart)
        book.note("A figure is empty where nothing was invoiced, or where the months do not use the receivables up.")
    return book.facts


def _months() -> TableSheet:
    back = (
        'IF(SUMIFS(Countback[Counts],Countback[Currency],[@Currency],Countback[End],[@End])<[@Receivables],"",'
        "SUMIFS(Countback[Days used],Countback[Currency],[@Currency],Countback[End],[@End]))"
    )
    return TableSheet(
        "By month",
        "Months",
        (
            Column("Currency", Kind.TEXT, "Currencies are never added together."),
            Column("End", Kind.DAY, "The end of a month, or the as-of day."),
            Column("First day", Kind.DAY, "The first day of the period, within it."),
            Column("Months", Kind.COUNT, "N: months of the period."),
            Column(_OVER, Kind.COUNT, "Days from the first to the end, both within.", formula="[@End]-[@First day]+1"),
            Column("Opening", Kind.MONEY, "What invoices left open at the end of the day before the first."),
            Column("Invoiced", Kind.MONEY, FORMULAS["sales"].capitalize() + ".", total=True),
            Column("Receivables", Kind.MONEY, FORMULAS["closing"].capitalize() + ".", total=True),
            Column(_NOT_DUE, Kind.MONEY, "Receivables that are not due yet at the end.", total=True),
            *(
                Column(
                    name,
                    Kind.PERCENT if unit == "%" else Kind.DECIMAL,
                    _sentence(key),
                    formula=formula or back,
                    width=max(14, len(name)),
                    number_format=SHARE if unit == "%" else DAYS,
                )
                for name, unit, key, formula in _FIGURES
            ),
        ),
        tally_by=("End",),
        explanation="A row is one currency at the end of one month: amounts of the ledger, figures worked out here.",
    )


_COUNTBACK = TableSheet(
    "Countback",
    "Countback",
    (
        Column("Currency", Kind.TEXT),
        Column("End", Kind.DAY, "The end that is counted back from."),
        Column("Back", Kind.COUNT, "Which month up to it, each ending on that day of a month: 1 is the newest."),
        Column("Days", Kind.COUNT, "Days of that month."),
        Column("Invoiced", Kind.MONEY, "What was invoiced in it, less what was voided by the end."),
        Column("Counts", Kind.MONEY, "Invoiced, nothing where it is below nothing.", formula="MAX(0,[@Invoiced])"),
        Column(
            "Rest",
            Kind.MONEY,
            "What is left of the receivables before this month is taken off.",
            formula="SUMIFS(Months[Receivables],Months[Currency],[@Currency],Months[End],[@End])-SUMIFS(Countback["
            'Counts],Countback[Currency],[@Currency],Countback[End],[@End],Countback[Back],"<"&[@Back])',
        ),
        Column(
            "Days used",
            Kind.DECIMAL,
            "All days of a month that is used up, of the last one in part; added up they are the countback DSO.",
            formula="IF([@Rest]<=0,0,IF([@Counts]>=[@Rest],[@Rest]/[@Counts]*[@Days],[@Days]))",
            width=14,
            number_format=DAYS,
        ),
    ),
    explanation="A row is one month that countback looks at, newest first, for each end of a month.",
)


def _sentence(key: str) -> str:
    said = FORMULAS[key]
    return f"{said[0].upper()}{said[1:]}."


def _month(one: MonthFigures) -> Row:
    amounts = (one.opening, one.sales, one.closing, one.current)
    return (
        one.currency,
        one.end,
        one.first_day,
        one.months,
        one.days,
        *amounts,
        *(_given(one, *of) for of in _FIGURES),
    )


def _given(one: MonthFigures, _name: str, unit: str, key: str, _formula: str) -> Value:
    """Give what the formula of a figure gives; the empty text where there is none."""
    figure = one.key_figure(key)
    if figure is None:
        return ""
    return _exact(figure / HUNDRED if unit == "%" else figure)


def _countback(figures: Sequence[tuple[MonthFigures, Months]]) -> Iterator[Row]:
    for one, months in figures:
        before = ZERO
        for back, (sales, days) in enumerate(months, 1):
            counts, rest = max(ZERO, sales), one.closing - before
            used = ZERO if rest <= 0 else rest / counts * days if counts >= rest else Decimal(days)
            yield (one.currency, one.end, back, days, sales, counts, rest, _exact(used))
            before += counts


def _page(book: ReportBook, months: WrittenTable, figures: Sequence[MonthFigures]) -> None:
    """Write the figures of the last end and of the one before, each with its formula in words."""
    page = book.page("Metrics", "The figures at an end of a month, with the formula of each; any other end can be set.")
    ends = sorted({one.end for one in figures})
    if not ends:
        page.put([note("Nothing was invoiced.")])
        return
    shown = ends[-1:-3:-1]
    row = page.put([Piece("At the end of"), None, *(Piece(end, Kind.DAY, is_input=True) for end in shown)])
    page.put([note("Set a blue day to any other end on the sheet By month: the figures follow.")])
    for currency in sorted({one.currency for one in figures}):
        page.title(currency)
        days = [
            Piece(
                Formula(f"{letter}${row}", serial_day(end)),
                Kind.DAY,
                is_head=True,
                is_quiet=True,
                number_format="dd mmm yyyy",
            )
            for letter, end in zip("CD", shown, strict=False)
        ]
        page.put(
            [head("Figure"), head("Unit"), *days, head("How it is worked out", indent=1)],
            height=19,
        )
        by_end = {one.end: one for one in figures if one.currency == currency}
        for name, unit, amount_of, said in _LINES:
            values = []
            for letter, end in zip("CD", shown, strict=False):
                text = months.sumifs(name, ("Currency", f'"{currency}"'), ("End", f"{letter}${row}"))
                figure = amount_of(by_end[end]) if end in by_end else None
                values.append(_piece(Formula(text, _exact(figure or ZERO)), unit, currency))
            page.put(
                [
                    Piece(name, is_bold=not _is_amount(unit)),
                    Piece(unit or currency, is_quiet=True),
                    *values,
                    Piece(said, is_quiet=True, runs_over=True, indent=1),
                ]
            )
    page.widen(1, 28)
    page.widen(5, 90)


def _is_amount(unit: str) -> bool:
    return not unit


def _piece(value: Formula, unit: str, currency: str) -> Piece:
    if _is_amount(unit):
        return Piece(value, Kind.MONEY, currency)
    return Piece(value, Kind.DECIMAL, number_format=SHARE if unit == "%" else DAYS, is_bold=True)


def _figure(unit: str, key: str) -> Callable[[MonthFigures], Decimal | None]:
    def figure(one: MonthFigures) -> Decimal | None:
        found = one.key_figure(key)
        return found / HUNDRED if found is not None and unit == "%" else found

    return figure


_LINES: tuple[tuple[str, str, Callable[[MonthFigures], Decimal | None], str], ...] = (
    ("Opening", "", lambda one: one.opening, "what invoices left open when the period began"),
    ("Invoiced", "", lambda one: one.sales, FORMULAS["sales"]),
    ("Receivables", "", lambda one: one.closing, FORMULAS["closing"]),
    (_NOT_DUE, "", lambda one: one.current, "receivables that are not due yet"),
    *((name, unit, _figure(unit, key), f"= {FORMULAS[key]}") for name, unit, key, _ in _FIGURES),
)


def _check(book: ReportBook, months: WrittenTable, figures: Sequence[MonthFigures]) -> None:
    """Hold the figures of the last end, and the sums of all ends, against those that Duedesk itself works out."""
    ends = sorted({one.end for one in figures})
    for currency in sorted({one.currency for one in figures}):
        of_it = [one for one in figures if one.currency == currency]
        here = ("Currency", f'"{currency}"')
        last = [one for one in of_it if one.end == ends[-1]]
        if last:
            _check_sums(book, months, last, in_words(ends[-1]), here, ("End", str(serial_day(ends[-1]))))
        _check_sums(book, months, of_it, "all ends added up", here)


def _check_sums(
    book: ReportBook, months: WrittenTable, figures: Sequence[MonthFigures], said: str, *criteria: tuple[str, str]
) -> None:
    code = figures[0].currency
    for name, unit, amount_of, _ in _LINES:
        figure = sum((amount_of(one) or ZERO for one in figures), ZERO)
        expected = figure if _is_amount(unit) else round(figure, 4)
        text = months.sumifs(name, *criteria)
        found = Formula(text if _is_amount(unit) else f"ROUND({text},4)", expected)
        book.check(f"{name}, {said}, {code}", expected, found, currency=code if _is_amount(unit) else "")


def _charts(months: WrittenTable, figures: Sequence[MonthFigures], currency: str, look: Look) -> Iterator[ChartSpec]:
    rows = [place for place, one in enumerate(figures, 2) if one.currency == currency]
    if len(rows) < 2:
        return

    def cells(name: str) -> str:
        letter = months.letter(name)
        return f"'{months.parts[0].sheet}'!${letter}${rows[0]}:${letter}${rows[-1]}"

    yield ChartSpec(
        f"Days of sales, {currency}",
        cells("End"),
        (
            Series("DSO", cells("DSO"), look.accent),
            Series(_BEST, cells(_BEST), look.buckets[0]),
            Series(_BACK, cells(_BACK), look.buckets[2]),
        ),
        form="lines",
        number_format="0",
    )
    yield ChartSpec(
        f"Collection effectiveness and what is overdue, {currency}",
        cells("End"),
        (Series("CEI", cells("CEI"), look.accent), Series("Overdue", cells("Overdue"), look.overdue)),
        form="lines",
        number_format="0%",
    )


def _exact(figure: Decimal) -> Decimal:
    return round(figure, _DIGITS)
