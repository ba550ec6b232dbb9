"""The sheet Checks: what Duedesk says as plain numbers beside what the formulas give, and whether they agree.

It corrects nothing. A check that fails where the as-of date or a last day was changed by hand says so in its own row.
"""

from datetime import datetime
from decimal import Context, Decimal

from duedesk.domain.aging import AgingRow, Basis
from duedesk.domain.days import in_words
from duedesk.domain.grouping import label_of
from duedesk.domain.money import ZERO, is_payable, minor_digits
from duedesk.exchange.sheet_stream import MOST_DIGITS, Formula
from duedesk.exchange.workbooks.aging_converted import Conversion, rate_name
from duedesk.exchange.workbooks.aging_plan import (
    AGING,
    BALANCE,
    CONVERTED,
    LAST_DAY_ROW,
    Block,
    Line,
    Plan,
    Tally,
)
from duedesk.exchange.workbooks.check_rows import Check, CheckRows
from duedesk.exchange.workbooks.styles import (
    RATE,
    WHOLE,
    Styles,
    amount_format,
)

_RATE_DIGITS = 8
_LONGEST = Context(prec=MOST_DIGITS)
"""As many digits as a number of Excel has."""
_FROM = {Basis.DUE: "Due date", Basis.INVOICE: "Invoice date"}


def checked(
    styles: Styles, plan: Plan, tally: Tally, conversion: Conversion | None, *, book_name: str, made_at: datetime
) -> CheckRows:
    """Check everything; give the rows that say so, and whether all of it holds."""
    body = CheckRows(styles)
    _as_written(body, plan, book_name=book_name, made_at=made_at)
    _detail(body, plan, tally)
    for block in plan.blocks:
        _currency(body, plan, block, tally)
    for block in plan.blocks:
        body.heading(f"Lines, {block.currency}")
        for line in block.lines:
            body.check(_line(plan, line, tally))
    if conversion is not None:
        _conversion(body, conversion)
    return body


def _as_written(body: CheckRows, plan: Plan, *, book_name: str, made_at: datetime) -> None:
    request = plan.request
    body.heading("As written (where this does not hold, it was changed by hand)")
    body.fact("Book", book_name)
    body.fact("Written at (UTC)", made_at)
    body.fact("One line for each", " / ".join(map(label_of, request.by)))
    body.fact("Age counted from", _FROM[request.basis])
    body.fact("Known on (UTC)", request.known_on or "all that was recorded when this was written")
    body.fact("Currency", request.currency or "all, never added together")
    body.day("As of", request.as_of, "AsOf")
    for index in range(1, len(plan.labels) - 1):
        _, last = request.buckets.days(index)
        if last is not None:
            found = Formula(f"{AGING}!{plan.column(index)}{LAST_DAY_ROW}", last)
            body.check(Check(f"Last day of {plan.labels[index]}", Decimal(last), found, WHOLE, 0))


def _detail(body: CheckRows, plan: Plan, tally: Tally) -> None:
    body.heading("Detail")
    items, lines = "COUNTA(ItemBalance)", "COUNT(ItemLine)"
    texts = f"{items}-COUNT(ItemBalance)+COUNTA(ItemTotal)-COUNT(ItemTotal)"
    if plan.is_apart:
        texts += "+COUNTA(ItemDisputed)-COUNT(ItemDisputed)"
    for name, control, formula, value in (
        ("Open items", tally.items, items, tally.items),
        ("Items that stand in no line of Aging", 0, f"{items}-{lines}", tally.strays),
        ("Amounts of more than 15 digits: text, and in no sum", 0, texts, tally.too_long),
    ):
        body.check(Check(name, Decimal(control), Formula(formula, value), WHOLE, 0))


def _currency(body: CheckRows, plan: Plan, block: Block, tally: Tally) -> None:
    """Check each column of a currency, its balance in two ways, and that buckets and unapplied give the balance."""
    currency, row, sums = block.currency, block.figures_row, tally.total(block)
    whole = sum(sums, ZERO)
    controls = [*plan.figures(block.control), block.control.balance]
    digits, number_format = _digits(block.control, sums), amount_format(currency, _awkward(controls + sums, currency))
    body.heading(f"Totals, {currency}")
    for place, name in enumerate([*plan.headings, BALANCE]):
        found = Formula(f"{AGING}!{plan.column(place)}{row}", [*sums, whole][place])
        rest = _rest(plan, row, digits) if name == BALANCE else None
        body.check(Check(name, controls[place], found, number_format, digits, currency, rest=rest))
    every = Formula(f"SUMIFS(ItemBalance,ItemCurrency,C{body.next_row})", tally.by_currency.get(currency, ZERO))
    body.check(Check("Balance of all items", block.control.balance, every, number_format, digits, currency))


def _line(plan: Plan, line: Line, tally: Tally) -> Check:
    row, sums = line.row, tally.sums[line.number]
    digits = _digits(row, sums)
    return Check(
        name=" ".join(part for part in (line.above.name if line.above else "", row.number, row.name) if part),
        control=row.balance,
        formula=Formula(f"{AGING}!{plan.balance}{line.sheet_row}", tally.balance(line)),
        number_format=amount_format(row.currency, _awkward([*sums, row.balance], row.currency)),
        digits=digits,
        currency=row.currency,
        line=line.number,
        rest=_rest(plan, line.sheet_row, digits),
    )


def _conversion(body: CheckRows, conversion: Conversion) -> None:
    """Check the rates, the totals of each column and the balance of each row that are in one currency."""
    plan, currency = conversion.plan, conversion.currency
    number_format, digits = amount_format(currency), minor_digits(currency)
    body.heading(f"Converted, {currency} (each figure rounded for itself)")
    for rate in conversion.rates:
        name = f"1 {rate.from_currency} in {currency}, of {in_words(rate.on)}"
        worth = _LONGEST.plus(rate.rate)
        body.check(Check(name, worth, Formula(rate_name(rate.from_currency), worth), RATE, _RATE_DIGITS, currency))
    for row in (conversion.total, *conversion.rows):
        names = [*plan.headings, BALANCE] if row is conversion.total else [BALANCE]
        controls = (*plan.figures(row.control), row.control.balance)
        for place in range(len(controls) - len(names), len(controls)):
            name = f"{row.name}, {names[place]}" if row is conversion.total else row.name
            found = Formula(f"{CONVERTED}!{plan.column(place)}{row.sheet_row}", conversion.formula(row, place).value)
            body.check(Check(name, controls[place], found, number_format, digits, currency))


def _rest(plan: Plan, row: int, digits: int) -> Formula:
    """Give by how much buckets and unapplied of a row of Aging miss its balance."""
    parts = f"{AGING}!{plan.first_bucket}{row}:{plan.unapplied}{row}"
    return Formula(f"ROUND(SUM({parts})-{AGING}!{plan.balance}{row},{digits})", ZERO)


def _digits(row: AgingRow, sums: list[Decimal]) -> int:
    """Give the digits to compare at: all four only where amounts have more than their currency.

    Sums of binary numbers are off by a trace that must not count.
    """
    amounts = [*sums, *row.buckets, row.disputed, row.unapplied, row.balance]
    return 4 if _awkward(amounts, row.currency) else minor_digits(row.currency)


def _awkward(amounts: list[Decimal], currency: str) -> Decimal:
    return next((amount for amount in amounts if not is_payable(amount, currency)), ZERO)
