"""How a forecast is said: how an account pays and why one thinks so, when money is expected; it reckons nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from duedesk.domain.days import in_words
from duedesk.domain.forecast.curves import NEAR, SEGMENT_WEIGHT
from duedesk.domain.forecast.error import ForecastError
from duedesk.domain.forecast.habits import Habit
from duedesk.domain.forecast.promises import Word
from duedesk.domain.money import ZERO, grouped


@dataclass(frozen=True, slots=True)
class Outlook:
    """How an account pays, and of an open invoice of it by when it is expected: half of such are paid by then.

    `expected_on` is None where half are never paid, or where nothing of it waits for a habit.
    """

    habit: Habit
    currency: str = ""
    age: int | None = None
    expected_on: date | None = None
    promised: Sequence[tuple[date, Decimal]] = field(default=())
    disputed: Decimal = ZERO
    by_habit: Decimal = ZERO
    word: Word | None = None
    """What a promise of the account is worth, where something is promised."""

    @property
    def sentence(self) -> str:
        """Say how the account pays, or those like it pay: `pays about 12 days late, 9 of 11 times`."""
        near, times = self.habit.times
        if not times:
            return "nothing was paid yet that could tell"
        who, its = ("pays", "its") if self.habit.is_own else ("accounts like it pay", "their")
        if self.habit.usual is None:
            return f"{who} less than half of {its} invoices; {times:,} in the year before"
        often = f"{near:,} of {times:,} times" if near else f"though none of {times:,} times within {NEAR} days of that"
        return f"{who} {usual_in_words(self.habit.usual)}, {often}"

    @property
    def reason(self) -> str:
        """Say what that is known from."""
        own, segment = self.habit.own.times, self.habit.segment
        about = f"“about” is within {NEAR} days"
        if own:
            paid = f"{own:,} of its invoices {'were' if own > 1 else 'was'} paid in the year before; {about}."
            return f"{paid} {_capital(segment.name)} count as {SEGMENT_WEIGHT} more."
        if segment.seen.times:
            paid = f"{segment.seen.times:,} paid invoices of {segment.name} stand for it; {about}."
            return f"It paid nothing in the year before: {paid}"
        return "No invoice was paid in the year before."

    @property
    def expectation(self) -> str:
        """Say when the money of an open invoice is expected; nothing where nothing is open."""
        said = [
            f"{grouped(amount, self.currency)} {self.currency} promised for {in_words(day)}"
            for day, amount in self.promised
        ]
        if self.word is not None and self.word.sentence:
            said[-1] += f" ({self.word.sentence})"
        if self.disputed:
            said.append(f"{grouped(self.disputed, self.currency)} {self.currency} disputed")
        if self.by_habit and self.habit.times[1]:
            said.append(f"expected by {in_words(self.expected_on)}" if self.expected_on else "not expected to be paid")
        return ", ".join(said)

    @property
    def line(self) -> str:
        """Say all of it in one line, nothing where nothing was ever paid and nothing is promised."""
        habit = f"{self.sentence} – {self.reason}" if self.habit.times[1] else ""
        said = " · ".join(part for part in (self.expectation, habit) if part)
        return _capital(said)


def usual_in_words(days: int) -> str:
    """Say how late something is paid as a rule: `about 12 days late`."""
    if days == 0:
        return "about on the due date"
    many = abs(days)
    return f"about {many} day{'' if many == 1 else 's'} {'late' if days > 0 else 'early'}"


NOTHING_TESTED = "On the past days that were looked at nothing came in that could be compared."


def error_in_words(error: ForecastError) -> str:
    """Say how far off past forecasts were: by week, in all, to which side, and how often the band held."""
    if error.error is None or error.error_of_total is None or error.covered is None or error.bias is None:
        return NOTHING_TESTED
    days = len(error.origins)
    return (
        f"On {days} past day{'' if days == 1 else 's'} a week was off by {whole_percent(error.error)} % of what came "
        f"in, all weeks together by {whole_percent(error.error_of_total)} %; {bias_in_words(error.bias)}. "
        f"{error.covered_weeks} of {len(error.weeks)} weeks ({whole_percent(error.covered)} %) lay within P10 to P90; "
        "80 % is meant."
    )


def error_in_short(error: ForecastError) -> str:
    """Say the same in few words, for a chart: `past weeks off by 20 %, bias +1 %, 85 % within P10–P90`."""
    if error.error is None or error.bias is None or error.covered is None:
        return "nothing came in on past days that could be compared"
    return (
        f"past weeks off by {whole_percent(error.error)} %, bias {signed_percent(error.bias)} %, "
        f"{whole_percent(error.covered)} % within P10–P90"
    )


def bias_in_words(bias: Decimal) -> str:
    """Say to which side forecasts were off: `3 % too much was expected`."""
    share = whole_percent(abs(bias))
    if share == "0":
        return "no bias to either side"
    return f"{share} % too {'much' if bias > 0 else 'little'} was expected"


def whole_percent(share: Decimal) -> str:
    """Write per cent without decimals, with a true minus sign."""
    return f"{share.quantize(Decimal(1), ROUND_HALF_UP) + 0}".replace("-", "−")


def signed_percent(share: Decimal) -> str:
    """Write per cent without decimals, with its sign."""
    written = whole_percent(share)
    return written if written[0] in "−0" else f"+{written}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
