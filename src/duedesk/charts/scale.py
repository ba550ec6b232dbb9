"""The scale beside a chart: round steps and short figures such as 4 M or 250 k; it draws nothing."""

from dataclasses import dataclass
from decimal import Decimal

from duedesk.domain.money import ZERO, minor_digits

_UNITS = (
    (Decimal(10) ** 12, 12, "tn"),
    (Decimal(10) ** 9, 9, "bn"),
    (Decimal(10) ** 6, 6, "M"),
    (Decimal(10) ** 4, 3, "k"),  # 1,000 and 5,000 are short enough as they are
)
_HEADROOM = Decimal("1.04")
"""The longest bar stops short of the upper edge by this much."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Round amounts from nothing up to no more than `top`, and the figures to write beside them."""

    top: Decimal
    ticks: tuple[Decimal, ...]
    figures: tuple[str, ...]


def scale_for(largest: Decimal, currency: str, *, most_steps: int) -> Scale:
    """Make the scale for bars up to `largest`, with at most `most_steps` (two or more) steps above nothing."""
    return scale_of(largest, minor_digits(currency), most_steps=most_steps)


def scale_of(largest: Decimal, digits: int, *, most_steps: int, unit: str = "") -> Scale:
    """Make the scale for what is no money: days, shares of a hundred; `unit` stands behind each figure but nothing."""
    if largest <= 0:
        return Scale(Decimal(1), (ZERO,), ("0",))
    top = largest * _HEADROOM
    step = _step(top, digits, max(most_steps, 2))
    ticks = tuple(step * count for count in range(int(top / step) + 1))
    figures = _figures(ticks, step)
    return Scale(top, ticks, (figures[0], *(f"{figure}{unit}" for figure in figures[1:])))


def _step(top: Decimal, digits: int, most_steps: int) -> Decimal:
    """Give the smallest of 1, 2 and 5 times a power of ten that fits often enough; not below so many digits."""
    power = Decimal(1).scaleb(max(top.adjusted() - 2, -digits))
    while True:
        for factor in (1, 2, 5):
            if top / (power * factor) < most_steps + 1:
                return power * factor
        power *= 10


def _figures(ticks: tuple[Decimal, ...], step: Decimal) -> tuple[str, ...]:
    """Write the ticks in one unit with the same decimals, so that they read as one column."""
    exponent, unit = next(((power, name) for least, power, name in _UNITS if ticks[-1] >= least), (0, ""))
    decimals = max(0, exponent - step.adjusted())
    return tuple(f"{tick.scaleb(-exponent):,.{decimals}f}\u00a0{unit}".rstrip() if tick else "0" for tick in ticks)
