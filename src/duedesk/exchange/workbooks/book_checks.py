"""What the sheet Checks of a report's workbook proves: rows, sums, each summary against the ledger's figures."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from duedesk.domain.money import ZERO, is_payable, minor_digits
from duedesk.exchange.sheet_stream import Formula
from duedesk.exchange.workbooks.check_rows import Check, CheckRows
from duedesk.exchange.workbooks.facts import Making
from duedesk.exchange.workbooks.specs import Controls, Figure, Kind
from duedesk.exchange.workbooks.styles import RATE, WHOLE, Styles, amount_format
from duedesk.exchange.workbooks.summary_plan import (
    SummaryBlock,
    SummaryLine,
    WrittenSummary,
    bucket_labels,
    quoted_sheet,
)
from duedesk.exchange.workbooks.written_table import WrittenTable

_RATE_DIGITS = 8
_NOTHING = Formula("0", ZERO)
"""What a workbook gives for a line or a currency that it has not."""


def checked_book(
    styles: Styles,
    making: Making,
    *,
    facts: Iterable[tuple[str, str | datetime]],
    tables: Sequence[WrittenTable],
    summaries: Sequence[tuple[WrittenSummary, Controls]],
    checks: Mapping[str, Sequence[Check]],
) -> CheckRows:
    """Check everything; give the rows that say so, and whether all of it holds."""
    body = CheckRows(styles)
    body.heading("As written (where this does not hold, it was changed by hand)")
    body.fact("Book", making.book_name)
    body.fact("Written at (UTC)", making.made_at)
    for name, value in facts:
        body.fact(name, value)
    for planned, _ in summaries:
        _inputs(body, planned)
    for table in tables:
        _table(body, table, _in_no_summary(table, [planned for planned, _ in summaries]))
    for planned, controls in summaries:
        _totals(body, planned, controls)
    for group, some in checks.items():
        body.heading(group)
        for check in some:
            body.check(check)
    for planned, controls in summaries:
        _lines(body, planned, controls)
    return body


def a_check(
    name: str,
    expected: Decimal,
    found: Formula,
    *,
    currency: str = "",
    is_count: bool = False,
    is_rate: bool = False,
    line: int | None = None,
) -> Check:
    """Make a check of an amount, of a count or of a rate."""
    if is_rate:
        return Check(name, expected, found, RATE, _RATE_DIGITS, currency, line)
    digits = 0 if is_count else _digits((expected, found.value), currency)
    number_format = WHOLE if is_count else amount_format(currency, Decimal("0.0001") if digits > 3 else ZERO)
    return Check(name, expected, found, number_format, digits, currency, line)


def _inputs(body: CheckRows, planned: WrittenSummary) -> None:
    for one in planned.spec.inputs:
        if one.kind is Kind.DAY:
            body.day(one.label, one.value, one.name)  # type: ignore[arg-type]  # an input of a day holds one
    head = planned.spec.buckets
    if head is None:
        return
    labels = bucket_labels(head)
    for index in range(1, len(labels) - 1):
        _, last = head.buckets.days(index)
        if last is not None:
            found = Formula(f"{quoted_sheet(planned.sheet)}!{planned.column(index)}{planned.first_days_row + 1}", last)
            body.check(a_check(f"Last day of {labels[index]}", Decimal(last), found, is_count=True))


def _in_no_summary(table: WrittenTable, summaries: Sequence[WrittenSummary]) -> list[str]:
    """Give the amounts written into a table that no figure adds up over all its rows."""
    figures = [one for planned in summaries if planned.table is table for one in planned.figures if not one.where]
    summed = {heading for one in figures for heading in (one.of, one.less)}
    return [one.heading for one in table.columns if one.total and not one.formula and one.heading not in summed]


def _table(body: CheckRows, table: WrittenTable, alone: Sequence[str]) -> None:
    """Check what was written: how many rows, and the sums of amounts that no summary adds up."""
    body.heading(", ".join(part.sheet for part in table.parts))
    body.check(a_check("Rows", Decimal(table.rows), table.count(), is_count=True))
    found = table.texts_among_numbers()
    if found.text != "0":
        body.check(a_check("Amounts of more than 15 digits: text, and in no sum", ZERO, found, is_count=True))
    for currency in table.currencies if table.rows else ():
        for heading in alone:
            total = table.total(heading, currency)
            body.check(
                a_check(f"{heading}, all rows", table.tally(heading, currency=currency), total, currency=currency)
            )


def _totals(body: CheckRows, planned: WrittenSummary, controls: Controls) -> None:
    """Check each figure of a currency that the ledger knows, its sum over all rows, and that parts make the whole."""
    blocks = {block.currency: block for block in planned.blocks}
    known = {currency for currency, _ in controls.totals}
    for currency in sorted(known | set(blocks)):
        body.heading(" ".join(filter(None, (f"{planned.sheet}, totals", currency))))
        for figure in planned.figures:
            if figure.formula:
                continue
            block = blocks.get(currency)
            expected = controls.totals.get((currency, figure.heading))
            _total(body, planned, block, figure, expected, currency)


def _total(
    body: CheckRows,
    planned: WrittenSummary,
    block: SummaryBlock | None,
    figure: Figure,
    expected: Decimal | None,
    currency: str,
) -> None:
    table, is_count = planned.table, figure.kind is Kind.COUNT
    found, rest = _NOTHING, None
    if block is not None:
        found = Formula(planned.total_cell(figure.heading, currency), block.totals[figure.heading] or ZERO)
        if figure.heading == planned.spec.whole:
            rest = _rest(planned, block.totals, block.figures_row, currency)
    if expected is not None:
        check = a_check(figure.heading, expected, found, currency=currency, is_count=is_count)
        body.check(replace(check, rest=rest))
    if figure.of and not figure.where and block is not None and table.rows:
        whole = table.total(figure.of, currency)
        name = f"{figure.heading}, all rows"
        control = block.totals[figure.heading] or ZERO if expected is None else expected
        body.check(a_check(name, control, whole, currency=currency, is_count=is_count))


def _lines(body: CheckRows, planned: WrittenSummary, controls: Controls) -> None:
    """Check the whole of each line against the ledger's, and that its parts make it."""
    if not controls.lines:
        return
    left: dict[tuple[Hashable, str], Decimal] = dict(controls.lines)
    for block in planned.blocks:
        body.heading(" ".join(filter(None, (f"{planned.sheet}, lines", block.currency))))
        for line in block.lines:
            expected = left.pop((line.key, block.currency), ZERO)
            value = line.values[planned.spec.whole] or ZERO
            found = Formula(
                f"{quoted_sheet(planned.sheet)}!{planned.letter(planned.spec.whole)}{line.sheet_row}", value
            )
            check = a_check(_name(line), expected, found, currency=block.currency, line=line.number)
            rest = _rest(planned, line.values, line.sheet_row, block.currency)
            body.check(replace(check, rest=rest))
    for (key, currency), expected in left.items():
        if expected:
            body.check(a_check(f"{key}, which has no line", expected, _NOTHING, currency=currency))


def _rest(planned: WrittenSummary, values: dict[str, Decimal | None], row: int, currency: str) -> Formula | None:
    """Give by how much the parts of a row miss its whole."""
    labels = bucket_labels(planned.spec.buckets) if planned.spec.buckets is not None else ()
    parts = (*labels, *planned.spec.parts)
    if not parts or not planned.spec.whole:
        return None
    sheet = quoted_sheet(planned.sheet)
    cells = "+".join(f"{sheet}!{planned.letter(name)}{row}" for name in parts)
    amounts = [values.get(name) or ZERO for name in parts]
    whole = values.get(planned.spec.whole) or ZERO
    digits = _digits((*amounts, whole), currency)
    return Formula(f"ROUND({cells}-{sheet}!{planned.letter(planned.spec.whole)}{row},{digits})", sum(amounts, -whole))


def _name(line: SummaryLine) -> str:
    said = [str(text) for text in line.texts if text is not None and text != line.currency]
    return " ".join(filter(None, said)) or line.currency


def _digits(amounts: Iterable[object], currency: str) -> int:
    """Give the digits to compare at: all four only where amounts have more than their currency."""
    exact = (one for one in amounts if isinstance(one, Decimal))
    return minor_digits(currency) if all(is_payable(one, currency) for one in exact) else 4
