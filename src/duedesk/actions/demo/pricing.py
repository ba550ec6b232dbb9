"""What stands on the sample's invoices: lines with prices and tax, in whole ten-thousandths; it knows no payment."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from duedesk.actions.demo.days import Days
from duedesk.actions.demo.parties import Customer
from duedesk.actions.demo.rows import Rows
from duedesk.actions.demo.sources import Product
from duedesk.domain.money import UNITS_PER_ONE, minor_digits
from duedesk.domain.reports.revenue_schedule import months_from

_FROM_EURO = {"EUR": (100, 1), "USD": (110, 5_000), "JPY": (16_000, 100 * UNITS_PER_ONE)}
"""Percent of the price in euros, and the step to which a list price is rounded."""

_PERCENT = 1_000_000
"""Ten-thousandths of a percent in one."""

_DISCOUNTS = (5, 10, 15)


class Totals(NamedTuple):
    """What the lines of an invoice add up to; adjustments are negative."""

    charge: int
    charge_tax: int
    adjustment: int
    adjustment_tax: int

    @property
    def total(self) -> int:
        """Give the total with tax."""
        return sum(self)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A product at its price in one currency."""

    product: Product
    price: int


@dataclass(slots=True)
class Sheet:
    """The invoice whose lines are made: its key, its customer, the currency, the day, when it was recorded."""

    invoice_id: int
    customer: Customer
    currency: str
    day: int
    created: str


def minor_step(currency: str) -> int:
    """Give the currency's minor unit in ten-thousandths: 100 for a cent, 10,000 for a yen."""
    return int(UNITS_PER_ONE // 10 ** minor_digits(currency))


def rounded(value: int, divisor: int, step: int) -> int:
    """Round `value / divisor` half up to a multiple of `step`, for what is not negative."""
    whole = divisor * step
    return (2 * value + whole) // (2 * whole) * step


def tax_of(amount: int, rate: int, step: int, *, gross: bool = False) -> int:
    """Give the tax on a net amount, or the tax within a gross one."""
    return rounded(amount * rate, _PERCENT + rate if gross else _PERCENT, step)


class Pricing:
    """Writes the lines of invoices. `brief` invoices have one or two lines besides the tax."""

    def __init__(self, random: Random, days: Days, rows: Rows, products: tuple[Product, ...], *, brief: bool) -> None:
        self._random = random
        self._days = days
        self._rows = rows
        self._brief = brief
        self._ends: dict[tuple[str, int], str] = {}
        self._offers = {
            currency: tuple(_Offer(one, max(1, rounded(one.price * percent, 100, step))) for one in products)
            for currency, (percent, step) in _FROM_EURO.items()
        }

    def write_lines(self, sheet: Sheet) -> Totals:
        """Make the lines of an invoice and give their sums; tax is worked out on the whole and shared out."""
        draw, customer, step = self._random.random, sheet.customer, minor_step(sheet.currency)
        drawn = [self._draw(customer, sheet.currency, step) for _ in range(self._count())]
        amounts = [amount for _, _, amount in drawn]
        percent = 0
        if draw() < 0.08:
            percent = _DISCOUNTS[int(draw() * len(_DISCOUNTS))]
            amounts.append(-rounded(amounts[0] * percent, 100, step))
        taxes = self._shared_tax(amounts, customer, step)
        if customer.gross:
            amounts = [amount - tax for amount, tax in zip(amounts, taxes, strict=True)]
        keys = [self._charge(sheet, *line) for line in zip(drawn, amounts, taxes, strict=False)]
        adjustment = (amounts.pop(), taxes.pop()) if percent else (0, 0)
        if percent:
            self._adjust(sheet, percent, *adjustment, keys[0])
        totals = Totals(sum(amounts), sum(taxes), *adjustment)
        if customer.tax_rate:
            self._tax(sheet, totals.charge_tax + totals.adjustment_tax, keys[0] if len(keys) == 1 else None)
        return totals

    def _count(self) -> int:
        return 1 + int(self._random.random() * (1.1 if self._brief else 4))

    def _draw(self, customer: Customer, currency: str, step: int) -> tuple[_Offer, int, int]:
        """Draw an offer with its quantity (in ten-thousandths) and the amount of its line."""
        draw, offers = self._random.random, self._offers[currency]
        offer = offers[int(draw() * len(offers))]
        quantity = UNITS_PER_ONE * (1 + int(draw() * draw() * offer.product.most * customer.scale / 2))
        if offer.product.halves and draw() < 0.4:
            quantity -= UNITS_PER_ONE // 2
        return offer, quantity, max(step, rounded(quantity * offer.price, UNITS_PER_ONE, step))

    def _shared_tax(self, amounts: list[int], customer: Customer, step: int) -> list[int]:
        """Give each line its part of the tax on the whole, so that the parts add up to it exactly."""
        rate, gross, reached, taxed, parts = customer.tax_rate, customer.gross, 0, 0, []
        for amount in amounts:
            reached += amount
            upto = tax_of(reached, rate, step, gross=gross)
            parts.append(upto - taxed)
            taxed = upto
        return parts

    def _charge(self, sheet: Sheet, drawn: tuple[_Offer, int, int], net: int, tax: int) -> int:
        (offer, quantity, _), customer, product = drawn, sheet.customer, drawn[0].product
        price = offer.price
        if customer.gross:
            price -= tax_of(price, customer.tax_rate, 1, gross=True)
        start, end = self._service(sheet.day, product.service)
        key = self._rows.line_key()
        self._rows.charges.append(
            (
                key,
                sheet.invoice_id,
                product.name,
                "Charge",
                product.local.get(customer.country.language),
                quantity,
                price,
                net,
                net,
                tax,
                net + tax,
                start,
                end,
                sheet.created,
                self._rows.journal_id,
            )
        )
        return key

    def _service(self, day: int, months: int) -> tuple[str | None, str | None]:
        """Give the first and last day of a service that runs for whole months, as they are stored."""
        if not months:
            return None, None
        start, end = self._days.month_of(day)
        if months > 1:
            if (start, months) not in self._ends:
                last = months_from(date.fromisoformat(start), date.fromisoformat(end) + timedelta(days=31 * months))
                self._ends[start, months] = (last[months] - timedelta(days=1)).isoformat()
            end = self._ends[start, months]
        return start, end

    def _adjust(self, sheet: Sheet, percent: int, net: int, tax: int, charge: int) -> None:
        self._rows.adjustments.append(
            (
                self._rows.line_key(),
                sheet.invoice_id,
                f"Discount {percent} %",
                "Adjustment",
                net,
                net,
                tax,
                net + tax,
                charge,
                sheet.created,
                self._rows.journal_id,
            )
        )

    def _tax(self, sheet: Sheet, tax: int, charge: int | None) -> None:
        country, rate = sheet.customer.country, sheet.customer.tax_rate
        self._rows.taxes.append(
            (
                self._rows.line_key(),
                sheet.invoice_id,
                sheet.customer.tax_line,
                "Tax",
                tax,
                rate,
                country.tax_name,
                country.tax_code,
                tax,
                charge,
                sheet.created,
                self._rows.journal_id,
            )
        )
