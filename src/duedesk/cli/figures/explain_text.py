"""An explanation as text and as JSON; it asks nothing."""

from collections.abc import Iterator
from decimal import Decimal

from duedesk.cli.json_text import Json
from duedesk.cli.layout import Column, table
from duedesk.cli.lists.record_text import moment
from duedesk.domain.days import write_moment
from duedesk.domain.explaining.figures import DAYS, PERCENT, Explanation, Step, amount_text, in_units, left_out_in_words
from duedesk.domain.money import grouped


def as_json(told: Explanation) -> Json:
    """Give an explanation as the document that `--json` prints."""
    return {
        "title": told.title,
        "unit": told.unit,
        "figure": None if told.figure is None else amount_text(told.figure, told.unit),
        "said": list(told.said),
        "unit_of_steps": told.steps_in,
        "steps": [_step(one, told) for one in told.steps],
        "left_out": told.left_out,
        "left_amount": amount_text(told.left_amount, told.steps_in),
        "ends_in": amount_text(told.ends_in, told.unit),
    }


def _step(one: Step, told: Explanation) -> Json:
    return {
        "what": one.what,
        "record": one.number,
        "effective_date": None if one.on is None else one.on.isoformat(),
        "recorded_at": None if one.recorded_at is None else write_moment(one.recorded_at),
        "by": one.who,
        "amount": None if one.amount is None else amount_text(one.amount, told.steps_in),
        "sum": None if one.running is None else amount_text(one.running, told.unit),
        "within": bool(one.level),
    }


def lines_of(told: Explanation) -> Iterator[str]:
    """Give an explanation in lines: what is said, and the steps as a table."""

    def written(amount: Decimal | None, unit: str) -> str:
        if amount is None:
            return ""
        return in_units(amount) if unit in {DAYS, PERCENT} else grouped(amount, unit)

    figure = "" if told.figure is None else f": {written(told.figure, told.unit)} {told.unit}"
    yield f"{told.title}{figure}"
    yield from told.said
    if not told.steps:
        return
    yield ""
    columns = [*map(Column, ("Effective", "Recorded", "What", "Record", "By"))]
    columns += [Column(name, is_figure=True) for name in (("Amount", "Sum") if told.is_sum else ("Amount",))]
    rows = [
        (
            "" if one.on is None else one.on.isoformat(),
            "" if one.recorded_at is None else moment(one.recorded_at),
            f"{'  ' * one.level}{one.what}",
            one.number,
            one.who,
            written(one.amount, told.steps_in),
            *((written(one.running, told.unit),) if told.is_sum else ()),
        )
        for one in told.steps
    ]
    if told.left_out:
        left = (written(told.left_amount, told.unit), written(told.ends_in, told.unit))
        rows.append(("", "", left_out_in_words(told), "", "", *left))
    yield from table(columns, rows)
