"""The forms of loss rates: a field a bucket, what they come to on today's book, and a further bucket."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.loss_rates import set_loss_rates
from duedesk.desk import format as written
from duedesk.desk.amount_entry import read_figure
from duedesk.desk.pages.settings.section import Store
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.labels import Role, plain_label, set_role
from duedesk.domain.aging import LAST_EDGE
from duedesk.domain.errors import RequestError
from duedesk.domain.money import round_amount
from duedesk.domain.reports.allowance import LossRates, allowance

_HINT = "Write per cent, such as 3.6."


@dataclass(frozen=True, slots=True)
class RatesHeld:
    """The rates, one a bucket, and what is open today in each bucket by currency."""

    rates: LossRates
    open: Mapping[str, tuple[Decimal, ...]]


class RatesForm(VerbPanel):
    """The rates of all buckets, and the allowance that follows from them as they are typed."""

    def __init__(self, held: RatesHeld, place: int) -> None:
        super().__init__("Loss rates", "Save", "Per cent that is expected to be lost of what is open.")
        self._held, self._place = held, place
        self._buckets = held.rates.buckets
        self.rates = [QLineEdit(in_percent(rate)) for _, rate in held.rates.steps]
        for label, field in zip(self._buckets.labels, self.rates, strict=True):
            self.add_field(label if label == self._buckets.labels[0] else f"{label} days overdue", field)
            field.textChanged.connect(lambda _: self._preview())
        self.preview = plain_label("", wraps=True, selectable=True)
        self.fields.addWidget(plain_label("Allowance on today's book", Role.QUIET))
        self.fields.addWidget(self.preview)
        self._preview()

    def first_field(self) -> QWidget:
        """Begin at the bucket in hand."""
        return self.rates[self._place]

    def has_input(self) -> bool:
        """Tell whether a rate was changed."""
        return [field.text() for field in self.rates] != [in_percent(rate) for _, rate in self._held.rates.steps]

    def gather(self) -> Store:
        """Give what stores the rates; RequestError where one is none."""
        return partial(set_loss_rates, rates=self._read())

    def _read(self) -> LossRates:
        return LossRates.over(self._buckets, [_rate(field) for field in self.rates])

    def _preview(self) -> None:
        try:
            rates = self._read().of(self._buckets)
        except RequestError as error:
            set_role(self.preview, Role.OVERDUE)
            self.preview.setText(str(error))
            return
        set_role(self.preview, Role.TEXT)
        lost = {code: allowance(amounts, rates) for code, amounts in self._held.open.items()}
        self.preview.setText(sums(lost, "\n") or "Nothing is open today.")


class BucketForm(VerbPanel):
    """From which day overdue on another rate holds, and that rate."""

    def __init__(self, rates: LossRates) -> None:
        super().__init__("New bucket", "Save", "It ends the bucket before it and begins one of its own.")
        self._rates = rates
        self.day, self.rate = QLineEdit(), QLineEdit()
        self.add_field("From so many days overdue on", self.day)
        self.add_field("Expected to be lost, per cent", self.rate)

    def first_field(self) -> QWidget:
        """Begin at the day."""
        return self.day

    def has_input(self) -> bool:
        """Tell whether something was typed."""
        return bool(self.day.text().strip() or self.rate.text().strip())

    def gather(self) -> Store:
        """Give what stores the rates with it; RequestError where it is no bucket."""
        text = self.day.text().strip()
        day = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(LAST_EDGE)) else 0
        if not 1 < day <= LAST_EDGE:
            raise RequestError(f"“{text}” is no day a bucket can begin on.", f"Write one from 2 to {LAST_EDGE:,}.")
        if day in {held for held, _ in self._rates.steps}:
            raise RequestError(f"A bucket begins on day {day} already.", "Change its rate in the list.")
        rates = LossRates(tuple(sorted((*self._rates.steps, (day, _rate(self.rate))))))
        return partial(set_loss_rates, rates=rates)


def in_percent(rate: Decimal) -> str:
    """Write a rate as it is typed: `3.6`."""
    return f"{rate.normalize():f}"


def sums(amounts: Mapping[str, Decimal], between: str = "  ·  ") -> str:
    """Write amounts by currency; those that are nothing are left out."""
    rounded = {code: round_amount(amount, code) for code, amount in amounts.items()}
    return between.join(written.money(amount, code) for code, amount in rounded.items() if amount)


def _rate(field: QLineEdit) -> Decimal:
    rate = read_figure(field.text(), "loss rate", _HINT)
    if rate is None:
        raise RequestError("A loss rate is missing.", _HINT)
    return rate
