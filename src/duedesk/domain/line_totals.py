"""What the lines of an invoice add up to: every Total* field, and each line's own amounts with tax; it prices nothing.

A charge counts with the tax lines that name it and the tax it carries itself, an adjustment likewise. A line that was
turned into credit counts no more: `ConvertedNegAmount` says what it took out of the invoice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from duedesk.domain.errors import RequestError
from duedesk.domain.money import ZERO, round_amount


class LineType(StrEnum):
    """What a line is."""

    CHARGE = "Charge"
    ADJUSTMENT = "Adjustment"
    TAX = "Tax"


class ChargeType(StrEnum):
    """What a charge is for: once, for a time, or for what was used in a time."""

    ONE_TIME = "One-time"
    SUBSCRIPTION = "Subscription"
    USAGE = "Usage"


@dataclass(frozen=True, slots=True)
class LineFigures:
    """The amounts of one line; `related` is the key of the line an adjustment or tax line is about.

    `tax_amount` is the tax the line carries itself, `tax` all that lies on a charge or adjustment.
    """

    key: int
    type: LineType
    line_amount: Decimal
    tax_amount: Decimal = ZERO
    related: int | None = None
    tax: Decimal = ZERO
    converted: Decimal = ZERO

    @property
    def own(self) -> Decimal:
        """Give what the line itself puts on the invoice, with the tax it carries."""
        return self.tax_amount if self.type is LineType.TAX else self.line_amount + self.tax_amount

    def columns(self) -> dict[str, Decimal]:
        """Give the line's own amounts by the names they are stored under."""
        amounts = {"converted_neg_amount": self.converted}
        for name, type_ in (("charge", LineType.CHARGE), ("adjustment", LineType.ADJUSTMENT)):
            amount, tax = (self.line_amount, self.tax) if self.type is type_ else (ZERO, ZERO)
            amounts |= {
                f"{name}_amount": amount,
                f"{name}_tax_amount": tax,
                f"{name}_amount_with_tax": amount + tax,
            }
        return amounts


@dataclass(frozen=True, slots=True)
class Totals:
    """What an invoice's lines add up to."""

    charge: Decimal = ZERO
    charge_tax: Decimal = ZERO
    adjustment: Decimal = ZERO
    adjustment_tax: Decimal = ZERO
    tax: Decimal = ZERO
    converted: Decimal = ZERO

    @property
    def amount(self) -> Decimal:
        """Give the total before tax."""
        return self.charge + self.adjustment

    @property
    def with_tax(self) -> Decimal:
        """Give the total that is owed."""
        return self.amount + self.tax

    def columns(self) -> dict[str, Decimal]:
        """Give the totals by the names they are stored under on the invoice."""
        return {
            "total_charge_amount": self.charge,
            "total_charge_tax_amount": self.charge_tax,
            "total_charge_amount_with_tax": self.charge + self.charge_tax,
            "total_adjustment_amount": self.adjustment,
            "total_adjustment_tax_amount": self.adjustment_tax,
            "total_adjustment_amount_with_tax": self.adjustment + self.adjustment_tax,
            "total_amount": self.amount,
            "total_tax_amount": self.tax,
            "total_amount_with_tax": self.with_tax,
            "total_converted_neg_amount": self.converted,
        }


def total(lines: Iterable[LineFigures]) -> Totals:
    """Add up the lines of an invoice."""
    added = dict.fromkeys(("charge", "charge_tax", "adjustment", "adjustment_tax", "tax", "converted"), ZERO)
    for line in lines:
        added["converted"] += line.converted
        if line.converted:
            continue
        added["tax"] += line.tax_amount
        if line.type is not LineType.TAX:
            name = line.type.value.lower()
            added[name] += line.line_amount
            added[f"{name}_tax"] += line.tax
    return Totals(**added)


def with_tax_assigned(lines: Sequence[LineFigures], currency: str) -> tuple[LineFigures, ...]:
    """Give the lines with the tax that lies on each charge and adjustment: its own, and that of tax lines naming it.

    What a tax line without a charge holds is shared out over all of them; a split that is there already and adds up
    stays as it is.
    """
    taxed = [line for line in lines if line.type is not LineType.TAX]
    assigned: dict[int, Decimal] = {line.key: line.tax_amount for line in taxed}
    loose = ZERO
    for line in lines:
        if line.type is LineType.TAX:
            if line.related in assigned:
                assigned[line.related] += line.tax_amount
            else:
                loose += line.tax_amount
    if sum((line.tax for line in taxed), ZERO) == sum((line.tax_amount for line in lines), ZERO):
        return tuple(lines)
    if loose:
        shares = _shared(loose, [line.line_amount for line in taxed], currency)
        for line, share in zip(taxed, shares, strict=True):
            assigned[line.key] += share
    return tuple(replace(line, tax=assigned.get(line.key, ZERO)) for line in lines)


def without_negative(lines: Sequence[LineFigures]) -> tuple[LineFigures, ...]:
    """Take negative charges out of an invoice, with the adjustments and tax lines about them.

    RequestError where tax lies on the whole invoice, so that nobody can say what part of it is a charge's.
    """
    about: dict[int, list[LineFigures]] = {}
    for line in lines:
        if line.related is not None:
            about.setdefault(line.related, []).append(line)
    gone: dict[int, LineFigures] = {}
    for charge in lines:
        if charge.type is LineType.CHARGE and charge.line_amount < 0:
            family = _family(charge, about)
            if sum((line.own for line in family), ZERO) < 0:
                gone |= {line.key: replace(line, converted=line.own) for line in family}
    if gone and any(line.type is LineType.TAX and line.related is None and line.tax_amount for line in lines):
        raise RequestError(
            "A tax line names no charge, so the tax on the negative lines is not known.",
            "Let each tax line name its charge.",
        )
    return tuple(gone.get(line.key, line) for line in lines)


def _family(line: LineFigures, about: Mapping[int, Sequence[LineFigures]]) -> list[LineFigures]:
    return [line, *(one for near in about.get(line.key, ()) for one in _family(near, about))]


def _shared(whole: Decimal, bases: Sequence[Decimal], currency: str) -> list[Decimal]:
    """Share an amount out in proportion, so that the parts add up to it exactly."""
    base = sum(bases, ZERO)
    if not bases:
        return []
    if base == 0:
        return [whole, *(ZERO for _ in bases[1:])]
    parts, reached, given = [], ZERO, ZERO
    for one in bases:
        reached += one
        upto = whole if reached == base else round_amount(whole * reached / base, currency)
        parts.append(upto - given)
        given = upto
    parts[-1] += whole - given
    return parts
