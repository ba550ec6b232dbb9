"""The workbook of concentration: who owes most, by share and added up, and how concentrated all of it is.

Shares, sums and the index of Herfindahl are formulas over what each account leaves open.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from duedesk.domain.aging import AgingRow
from duedesk.domain.metrics import FORMULAS, HUNDRED, Share, concentration, herfindahl
from duedesk.domain.money import ZERO
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.facts import Making, WorkbookFacts
from duedesk.exchange.workbooks.pages import SHARE, Page, Piece, head, note
from duedesk.exchange.workbooks.report_book import ReportBook
from duedesk.exchange.workbooks.specs import ChartSpec, Column, Heading, Kind, Row, Series, TableSheet
from duedesk.exchange.workbooks.written_table import WrittenTable

_TOP = (5, 10, 20)
_CHARTED = 20
_MOST_CHARTS = 3
_CLASSES = (("ClassA", "A up to", Decimal("0.8")), ("ClassB", "B up to", Decimal("0.95")))
_DIGITS = 12
_INDEX = '#,##0;"−"#,##0;"–"'
_HEADS = (
    "Currency",
    "Accounts",
    "Open",
    "Largest",
    *(f"Top {top}" for top in _TOP),
    "Class A",
    "Herfindahl",
    "As many",
)


@dataclass(frozen=True, slots=True)
class _Debtor:
    """An account in one currency with its rank and shares."""

    rank: int
    row: AgingRow
    share: Decimal
    so_far: Decimal


def write_concentration(
    path: Path, rows: Sequence[AgingRow], totals: Sequence[AgingRow], *, heading: Heading, making: Making
) -> WorkbookFacts:
    """Write the accounts of an aging by what they leave open; RequestError where the disk refuses.

    `totals` are the aging's own, one row a currency, which Checks holds against the workbook.
    """
    currencies = [one.currency for one in totals if one.open > 0]
    debtors = {currency: list(_debtors(rows, currency)) for currency in currencies}
    with ReportBook(path, heading, making) as book:
        table = book.table(_ACCOUNTS, (_row(one) for held in debtors.values() for one in held))
        _page(book, table, rows, debtors)
        for total in totals:
            if total.open > 0:
                book.check("Open", total.open, table.total("Open", total.currency), currency=total.currency)
        first = 2
        for currency, held in list(debtors.items())[:_MOST_CHARTS]:
            book.chart(_pareto(book, table, currency, first, min(len(held), _CHARTED)))
            first += len(held)
    return book.facts


_BEFORE = "[@Share so far]-[@Share]"
_ACCOUNTS = TableSheet(
    "By account",
    "Accounts",
    (
        Column("Rank", Kind.COUNT, "1 owes most in its currency."),
        Column("Account number", Kind.ID, "The customer's number."),
        Column("Account", Kind.TEXT, "The customer."),
        Column("Currency", Kind.TEXT, "Currencies are never added together."),
        Column("Not due", Kind.MONEY, "What of it is not due yet.", total=True),
        Column("Overdue", Kind.MONEY, "What of it is past due.", total=True),
        Column("Open", Kind.MONEY, "What invoices leave open.", formula="[@Not due]+[@Overdue]", total=True),
        Column(
            "Share",
            Kind.PERCENT,
            f"{FORMULAS['share'].capitalize()}.",
            formula="[@Open]/SUMIFS(OpenTotals,OpenCurrencies,[@Currency])",
            width=12,
        ),
        Column(
            "Share so far",
            Kind.PERCENT,
            "The shares down to this row, added up: Pareto's curve.",
            formula="IF([@Rank]=1,0,OFFSET([@Share],-1,1))+[@Share]",
            width=15,
        ),
        Column(
            "Class",
            Kind.TEXT,
            "A: the first that together reach the first limit; B: up to the second; C: the rest.",
            formula=f'IF(ROUND({_BEFORE},9)<ClassA,"A",IF(ROUND({_BEFORE},9)<ClassB,"B","C"))',
            width=10,
        ),
    ),
    tally_by=("Class",),
    explanation="A row is an account with something open in one currency, largest first.",
)


def _debtors(rows: Sequence[AgingRow], currency: str) -> Iterator[_Debtor]:
    held = {row.key: row for row in rows if row.currency == currency}
    so_far = ZERO
    for rank, one in enumerate(concentration(rows, currency), 1):
        so_far += one.percent / HUNDRED
        yield _Debtor(rank, held[one.key], one.percent / HUNDRED, so_far)


def _row(one: _Debtor) -> Row:
    row = one.row
    shares = (round(one.share, _DIGITS), round(one.so_far, _DIGITS))
    who = (one.rank, row.number, row.name, row.currency)
    return (*who, row.open - row.overdue, row.overdue, row.open, *shares, _class_of(one))


def _class_of(one: _Debtor) -> str:
    before = round(one.so_far - one.share, 9)
    limits = [limit for _, _, limit in _CLASSES]
    return "A" if before < limits[0] else "B" if before < limits[1] else "C"


def _page(
    book: ReportBook, table: WrittenTable, rows: Sequence[AgingRow], debtors: Mapping[str, Sequence[_Debtor]]
) -> None:
    page = book.page("Concentration", "How much of what is open the largest accounts owe, one row a currency.")
    for place, (name, label, limit) in enumerate(_CLASSES):
        beside = note("Share that the accounts of a class reach together.", indent=1) if place == 0 else None
        at = page.put([Piece(label), Piece(limit, Kind.PERCENT, number_format="0%", is_input=True), beside])
        book.sheets.name(name, page.at(2, at))
    page.put()
    page.put([head(one, is_figure=place > 0) for place, one in enumerate(_HEADS)], height=19)
    first = page.next_row
    for currency, held in debtors.items():
        _currency(book, page, table, concentration(rows, currency), currency, held)
    last = max(first, page.next_row - 1)
    book.sheets.name("OpenCurrencies", page.at(1, first, last))
    book.sheets.name("OpenTotals", page.at(3, first, last))
    if not debtors:
        page.put([note("Nothing is open.")])
    page.put()
    for said in (
        f"Herfindahl: {FORMULAS['herfindahl']}.",
        "As many: so many debtors of one size would be as concentrated (10,000 ÷ Herfindahl).",
        "Class A: how many accounts together reach the first limit.",
    ):
        page.put([note(said)])


def _currency(
    book: ReportBook,
    page: Page,
    table: WrittenTable,
    shares: Sequence[Share],
    currency: str,
    held: Sequence[_Debtor],
) -> None:
    here = ("Currency", f"$A{page.next_row}")
    index = herfindahl(shares)
    squares = "+".join(
        f"SUMPRODUCT(({code}=$A{page.next_row})*{share}^2)"
        for code, share in zip(table.refs("Currency"), table.refs("Share"), strict=True)
    )
    tops = [
        Piece(
            Formula(table.sumifs("Share", here, ("Rank", f'"<={top}"')), _share_of(held, top)),
            Kind.PERCENT,
            number_format=SHARE,
            is_ruled=True,
        )
        for top in (1, *_TOP)
    ]
    total = sum((one.row.open for one in held), ZERO)
    in_a = sum(_class_of(one) == "A" for one in held)
    row = page.put(
        [
            Piece(currency, is_ruled=True),
            Piece(Formula(table.sumifs("", here), len(held)), Kind.COUNT, is_ruled=True),
            Piece(Formula(table.sumifs("Open", here), total), Kind.MONEY, currency, is_ruled=True, is_bold=True),
            *tops,
            Piece(Formula(table.sumifs("", here, ("Class", '"A"')), in_a), Kind.COUNT, is_ruled=True),
            Piece(Formula(f"({squares})*10000", _rounded(index)), Kind.DECIMAL, number_format=_INDEX, is_ruled=True),
            Piece(
                Formula(f"10000/I{page.next_row}", _rounded(10_000 / index)),
                Kind.DECIMAL,
                number_format="#,##0.0",
                is_ruled=True,
            ),
        ]
    )
    cell = page.at(9, row)
    book.check(f"Herfindahl, {currency}", round(index, 4), Formula(f"ROUND({cell},4)", round(index, 4)))
    whole = f"SUMIFS({table.refs('Share')[0]},{table.refs('Currency')[0]},{page.at(1, row)})"
    last = Formula(f"ROUND({whole},6)", round(_share_of(held, len(held)), 6))
    book.check(f"Shares added up, {currency}", Decimal(1), last)


def _share_of(held: Sequence[_Debtor], top: int) -> Decimal:
    return _rounded(sum((one.share for one in held[:top]), ZERO))


def _rounded(figure: Decimal) -> Decimal:
    return round(figure, _DIGITS)


def _pareto(book: ReportBook, table: WrittenTable, currency: str, first: int, count: int) -> ChartSpec:
    look = book.sheets.styles.look
    sheet = table.parts[0].sheet

    def cells(heading: str) -> str:
        return f"'{sheet}'!${table.letter(heading)}${first}:${table.letter(heading)}${first + count - 1}"

    series = (
        Series("Share", cells("Share"), look.accent),
        Series("Share so far", cells("Share so far"), look.buckets[2]),
    )
    title = f"The {count} largest in {currency}, by rank" if count > 1 else f"The largest in {currency}"
    return ChartSpec(title, cells("Rank"), series, form="pareto", number_format="0%")
