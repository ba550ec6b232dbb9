"""From a line as a person writes it to its amounts: quantity times price, tax on top or taken out; it adds nothing up.

Net: tax comes on top of the unit price. Gross: GrossUnitPrice includes it, and it is taken out. An amount is before tax
in both, and so is a unit price with its amount beside it. Tax at one rate is worked out on the sum of the lines and
shared out, so that the parts add up to the tax of the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext

from duedesk.domain.errors import RequestError
from duedesk.domain.line_totals import ChargeType, LineFigures, LineType, with_tax_assigned
from duedesk.domain.money import LARGEST_AMOUNT, ZERO, is_payable, plain, round_amount, to_units

GROSS = "Gross"
LONGEST_NAME = 255
LONGEST_DESCRIPTION = 1000
_DIGITS = 60
_HUNDRED = Decimal(100)
_STEP_OF_PRICES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line as it is written down.

    `amount` is LineAmount, before tax; it may be left out where quantity and price are given. `related` is the place
    among the lines (from 0) of the charge that an adjustment or a tax line is about.
    """

    name: str
    type: str = LineType.CHARGE
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    gross_unit_price: Decimal | None = None
    amount: Decimal | None = None
    tax_rate: Decimal | None = None
    tax_amount: Decimal | None = None
    tax_name: str = ""
    tax_code: str = ""
    related: int | None = None
    charge_type: str | None = None
    service_from: date | None = None
    service_to: date | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its amounts; the keys in `figures` are the places of the lines."""

    draft: LineDraft
    figures: LineFigures
    quantity: Decimal | None
    unit_price: Decimal | None


@dataclass(slots=True)
class _Taxed:
    """A tax to be worked out: on which line, at which rate, for which line that carries it."""

    on: int
    carrier: int
    rate: Decimal
    group: tuple[str, str]
    tax: Decimal = ZERO


def price(lines: Sequence[LineDraft], *, currency: str, locale: str | None) -> tuple[PricedLine, ...]:
    """Work out the amounts of an invoice's lines; RequestError where a line says too little, or what cannot be."""
    for place, line in enumerate(lines):
        _check(line, place, lines, currency, is_gross=locale == GROSS)
    with localcontext() as context:
        context.prec = _DIGITS
        amounts = [_amount(line, currency) for line in lines]
        given = _given_taxes(lines)
        worked_out = _taxes(lines, amounts, currency, given)
    taxes = dict(given)
    for one in worked_out:
        taxes[one.carrier] = taxes.get(one.carrier, ZERO) + one.tax
    for place, line in enumerate(lines):
        if line.gross_unit_price is not None:
            amounts[place] -= _tax_on(place, lines, taxes)
    figures = [
        LineFigures(
            place,
            LineType(line.type),
            taxes.get(place, ZERO) if line.type == LineType.TAX else amounts[place],
            taxes.get(place, ZERO),
            line.related,
        )
        for place, line in enumerate(lines)
    ]
    return tuple(
        PricedLine(line, figure, *_quantity_and_price(line, figure, lines))
        for line, figure in zip(lines, with_tax_assigned(figures, currency), strict=True)
    )


def _check(line: LineDraft, place: int, lines: Sequence[LineDraft], currency: str, *, is_gross: bool) -> None:
    named = f"Line {place + 1}" + (f" ({line.name[:40]})" if line.name else "")
    if not line.name.strip():
        raise RequestError(f"{named} has no name.")
    for what, text, most in (("name", line.name, LONGEST_NAME), ("description", line.description, LONGEST_DESCRIPTION)):
        if len(text) > most:
            raise RequestError(f"{named} has a {what} longer than {most} characters.")
    if line.type not in set(LineType):
        raise RequestError(f"{named} is no {line.type}.", f"There are {', '.join(LineType)}.")
    _check_related(line, named, lines)
    _check_service(line, named)
    _check_amounts(line, named, currency, is_gross=is_gross)
    if is_gross and line.unit_price is not None and line.amount is None and _is_taxed_by_rate(place, lines):
        raise RequestError(
            f"{named} has a price before tax on an invoice whose prices are with tax.",
            "Give GrossUnitPrice, the price with its tax, or make the tax locale Net.",
        )


def _is_taxed_by_rate(place: int, lines: Sequence[LineDraft]) -> bool:
    about = (line for line in lines if line.type == LineType.TAX and line.related == place)
    return any(line.tax_rate for line in (lines[place], *about))


def _check_related(line: LineDraft, named: str, lines: Sequence[LineDraft]) -> None:
    if line.type == LineType.CHARGE:
        if line.related is not None:
            raise RequestError(f"{named} is a charge and is about no other line.", "Make it an adjustment.")
        return
    if line.related is None or not 0 <= line.related < len(lines):
        raise RequestError(f"{named} does not say which charge it is about.", "Give its RelatedLineId.")
    other = lines[line.related].type
    if other == LineType.TAX or (line.type == LineType.ADJUSTMENT and other != LineType.CHARGE):
        raise RequestError(f"{named} is about a line that is no charge.", "Let it name the charge.")


def _check_service(line: LineDraft, named: str) -> None:
    begin, end = line.service_from, line.service_to
    if line.charge_type is not None:
        if line.charge_type not in set(ChargeType):
            raise RequestError(f"{named} has no such charge type.", f"There are {', '.join(ChargeType)}.")
        if line.type != LineType.CHARGE:
            raise RequestError(f"{named} is no charge and has no charge type.")
        if line.charge_type != ChargeType.ONE_TIME and (begin is None or end is None):
            raise RequestError(f"{named} is a {line.charge_type.lower()} charge without a service period.")
        if line.charge_type == ChargeType.USAGE and line.quantity is None:
            raise RequestError(f"{named} is a usage charge without a quantity.", "Say how much was used.")
    if begin is not None and end is not None and end < begin:
        raise RequestError(f"{named} has a service period that ends before it begins.")


def _check_amounts(line: LineDraft, named: str, currency: str, *, is_gross: bool) -> None:
    numbers = (line.quantity, line.unit_price, line.gross_unit_price, line.amount, line.tax_rate, line.tax_amount)
    for number in numbers:
        if number is not None:
            to_units(number)
    for number in (line.amount, line.tax_amount):
        if number is not None and not is_payable(number, currency):
            raise RequestError(f"{named}: {number} has more decimals than {currency} has.")
    if line.tax_rate is not None and not 0 <= line.tax_rate <= _HUNDRED:
        raise RequestError(f"{named} has a tax rate of {line.tax_rate:f} percent.", "Give one from 0 to 100.")
    if line.type == LineType.TAX:
        _check_tax_line(line, named)
    elif line.gross_unit_price is not None:
        _check_gross_price(line, named, is_gross=is_gross)
    elif line.amount is None and line.unit_price is None:
        raise RequestError(f"{named} has no amount.", "Give it, or a quantity and a price.")
    elif line.amount is not None and line.unit_price is not None and line.quantity is not None:
        made = line.quantity * line.unit_price
        held = _held(made, currency, line)
        at_most = abs(line.quantity) * _STEP_OF_PRICES / 2 + abs(held - made)
        if abs(made - line.amount) > at_most:
            product = f"{line.quantity:f} at {line.unit_price:f} is {plain(held, currency)}"
            raise RequestError(f"{named}: {product}, not {plain(line.amount, currency)}.", "Leave the amount out.")


def _check_gross_price(line: LineDraft, named: str, *, is_gross: bool) -> None:
    if not is_gross:
        raise RequestError(
            f"{named} has a price with tax on an invoice whose prices are before tax.",
            "Give UnitPrice, or make the tax locale Gross.",
        )
    if line.amount is not None or line.unit_price is not None:
        raise RequestError(f"{named} has a price with tax and one without.", "Give one of them.")


def _check_tax_line(line: LineDraft, named: str) -> None:
    if line.quantity is not None or line.unit_price is not None or line.gross_unit_price is not None:
        raise RequestError(f"{named} is a tax line and has neither quantity nor price.", "Give its rate or its amount.")
    if line.amount is not None and line.tax_amount is not None and line.amount != line.tax_amount:
        raise RequestError(f"{named} is a tax line with two amounts.", "Give one of them.")
    if line.amount is None and line.tax_amount is None and line.tax_rate is None:
        raise RequestError(f"{named} has no amount.", "Give the tax, or its rate.")


def _amount(line: LineDraft, currency: str) -> Decimal:
    """Give a charge's or adjustment's amount, with tax where its price is; nothing for a tax line."""
    if line.type == LineType.TAX:
        return ZERO
    quantity = Decimal(1) if line.quantity is None else line.quantity
    if line.gross_unit_price is not None:
        return _held(quantity * line.gross_unit_price, currency, line)
    if line.amount is not None:
        return line.amount
    return _held(quantity * (line.unit_price or ZERO), currency, line)


def _held(amount: Decimal, currency: str, line: LineDraft) -> Decimal:
    if abs(amount) > LARGEST_AMOUNT:
        raise RequestError(f"{line.name[:40]} comes to more than {LARGEST_AMOUNT:,}.")
    return round_amount(amount, currency)


def _given_taxes(lines: Sequence[LineDraft]) -> dict[int, Decimal]:
    """Give the taxes that are said in figures, by the place of the line that carries them."""
    given = {}
    for place, line in enumerate(lines):
        said = line.tax_amount
        if said is None and line.type == LineType.TAX:
            said = line.amount
        if said is not None:
            given[place] = said
    return given


def _taxes(
    lines: Sequence[LineDraft], amounts: Sequence[Decimal], currency: str, given: Mapping[int, Decimal]
) -> list[_Taxed]:
    """Work the taxes out that are said as rates, rate by rate on the sum of the lines."""
    wanted = []
    for place, line in enumerate(lines):
        if line.tax_rate is not None and place not in given:
            on = place if line.type != LineType.TAX or line.related is None else line.related
            wanted.append(_Taxed(on, place, line.tax_rate, (line.tax_name, line.tax_code)))
    within: dict[int, Decimal] = {}
    for one in wanted:
        within[one.on] = within.get(one.on, ZERO) + one.rate
    reached: dict[tuple[object, ...], tuple[Decimal, Decimal]] = {}
    for one in wanted:
        is_gross = lines[one.on].gross_unit_price is not None
        divisor = _HUNDRED + within[one.on] if is_gross else _HUNDRED
        group = (one.rate, divisor, *one.group)
        base, taxed = reached.get(group, (ZERO, ZERO))
        base += amounts[one.on]
        upto = round_amount(base * one.rate / divisor, currency)
        one.tax = upto - taxed
        reached[group] = (base, upto)
    return wanted


def _tax_on(place: int, lines: Sequence[LineDraft], taxes: Mapping[int, Decimal]) -> Decimal:
    about = [other for other, line in enumerate(lines) if line.type == LineType.TAX and line.related == place]
    return sum((taxes.get(one, ZERO) for one in (place, *about)), ZERO)


def _quantity_and_price(
    line: LineDraft, figures: LineFigures, lines: Sequence[LineDraft]
) -> tuple[Decimal | None, Decimal | None]:
    """Give quantity and net price as they are stored; of a price with tax the tax is taken out, to four decimals."""
    if line.gross_unit_price is None:
        is_priced = line.type != LineType.TAX and line.unit_price is not None and line.quantity is None
        return (Decimal(1) if is_priced else line.quantity), line.unit_price
    quantity = Decimal(1) if line.quantity is None else line.quantity
    rates = [one.tax_rate for one in lines if one.type == LineType.TAX and one.related == figures.key]
    rate = sum((one for one in (line.tax_rate, *rates) if one is not None), ZERO)
    net = line.gross_unit_price * _HUNDRED / (_HUNDRED + rate)
    if rate == 0 and quantity:
        net = figures.line_amount / quantity
    return quantity, net.quantize(_STEP_OF_PRICES, ROUND_HALF_UP)
