"""The forms of a policy and of a level: each gives what its fields hold, or the sentence why that cannot be read."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from duedesk.desk.amount_entry import read_figure
from duedesk.desk.amounts_entry import read_amounts
from duedesk.desk.pages.policies.field_form import FieldForm, put_text, whole
from duedesk.domain.dunning.policy import AT_THE_END, FIXED, ITEM, LETTER, PERCENT, TONES, Fee, Policy, PolicyLevel
from duedesk.domain.dunning.policy_words import (
    BEFORE_DUE,
    CATCHING_UP,
    CHANNEL_NAMES,
    LETTER_PERS,
    OF_LEVEL,
    OF_POLICY,
    Explained,
    amounts_in_words,
)
from duedesk.domain.errors import RequestError

_NONE, _A_LETTER, _AN_ITEM, _PERCENT = "", "letter", "item", "percent"
_FEES: Mapping[object, str] = {
    _NONE: "None",
    _A_LETTER: "An amount a letter",
    _AN_ITEM: "An amount an invoice",
    _PERCENT: "A percentage",
}
_ENDS: Mapping[object, str] = {None: "Nothing", **{one: one.capitalize() for one in AT_THE_END}}
_TONE_NAMES: Mapping[object, str] = {one: one.capitalize() for one in TONES}


class PolicyForm(FieldForm):
    """What holds of all levels."""

    def __init__(self) -> None:
        super().__init__(OF_POLICY)
        (self.name,) = self.add_line("name")
        (self.letter_per,) = self.add_choice(letter_per=LETTER_PERS)
        (self.catches_up,) = self.add_choice(catches_up=CATCHING_UP)
        self.account_type, self.promises = self.add_line("account_type", "promise_grace_days")
        (self.description,) = self.add_line("description")
        self.ticks = {
            name: self.add_tick(name)
            for name in (*("is_default", "is_active", "whole_account_at_highest", "duns_charges", "charges_consumers"),)
        }
        self.column.addStretch(1)
        self._policy = Policy(0, "", ())

    def show_policy(self, policy: Policy) -> None:
        """Show a policy."""
        self._policy = policy
        with self.filling():
            put_text(self.name, policy.name)
            put_text(self.description, policy.description)
            put_text(self.account_type, policy.account_type or "")
            put_text(self.promises, str(policy.promise_grace_days))
            self.letter_per.choose(policy.letter_per)
            self.catches_up.choose(policy.catches_up)
            for name, tick in self.ticks.items():
                tick.setChecked(getattr(policy, name))

    def gather(self, policy: Policy) -> Policy:
        """Give the policy as it is typed, its levels as they are; RequestError where a number is none."""
        ticked: dict[str, Any] = {name: tick.isChecked() for name, tick in self.ticks.items()}
        return replace(
            policy,
            name=self.name.text(),
            description=self.description.text(),
            account_type=self.account_type.text().strip() or None,
            promise_grace_days=whole(self.promises, OF_POLICY["promise_grace_days"].label),
            letter_per=str(self.letter_per.chosen),
            catches_up=str(self.catches_up.chosen),
            **ticked,
        )


class LevelForm(FieldForm):
    """One level; what a notice before the due date has not is not shown."""

    def __init__(self) -> None:
        super().__init__(OF_LEVEL)
        (self.name,) = self.add_line("name")
        self.days, self.grace = self.add_line("days_overdue", "grace_days")
        self.interval, self.deadline = self.add_line("interval_days", "deadline_days")
        self.channel, self.tone = self.add_choice(channel=CHANNEL_NAMES, tone=_TONE_NAMES)
        (self.minimums,) = self.add_line("minimums")
        (self.fee,) = self.add_choice(fee=_FEES)
        (self.fee_amount,) = self.add_line("fee_amount")
        (self.at_the_end,) = self.add_choice(at_the_end=_ENDS)
        self.ticks = {
            name: self.add_tick(name) for name in ("charges_interest", "lists_not_due", "may_be_jumped_to", "is_active")
        }
        self.column.addStretch(1)
        self.fee.currentIndexChanged.connect(lambda _: self._show_fee())
        self._is_notice = False

    def show_level(self, level: PolicyLevel, *, is_last: bool) -> None:
        """Show a level; only the last one has an end."""
        self._is_notice = level.is_courtesy
        self.label("days_overdue", self.explanation("days_overdue").label)
        for name in ("grace_days", "interval_days", "deadline_days", "fee", "charges_interest", "may_be_jumped_to"):
            self.show_field(name, shown=not level.is_courtesy)
        self.show_field("tone", shown=not level.is_courtesy)
        self.show_field("lists_not_due", shown=not level.is_courtesy)
        self.show_field("at_the_end", shown=not level.is_courtesy and (is_last or level.at_the_end is not None))
        with self.filling():
            put_text(self.name, level.name)
            put_text(self.days, str(abs(level.days_overdue)))
            put_text(self.grace, str(level.grace_days))
            put_text(self.interval, str(level.interval_days))
            put_text(self.deadline, str(level.deadline_days))
            put_text(self.minimums, amounts_in_words(level.minimums))
            self.channel.choose(level.channel)
            self.tone.choose(level.tone)
            self.at_the_end.choose(level.at_the_end)
            self._fill_fee(level.fee)
            for name, tick in self.ticks.items():
                tick.setChecked(getattr(level, name))
        self._show_fee()

    def gather(self, level: PolicyLevel) -> PolicyLevel:
        """Give the level as it is typed; RequestError names what cannot be read."""
        days = whole(self.days, self.explanation("days_overdue").label)
        if self._is_notice and days == 0:
            raise RequestError("The notice goes out a day before the due date at least.", "Write 1 or more.")
        end = self.at_the_end.chosen
        ticked: dict[str, Any] = {name: tick.isChecked() for name, tick in self.ticks.items()}
        return replace(
            level,
            name=self.name.text(),
            days_overdue=-days if self._is_notice else days,
            grace_days=whole(self.grace, OF_LEVEL["grace_days"].label),
            interval_days=whole(self.interval, OF_LEVEL["interval_days"].label),
            deadline_days=whole(self.deadline, OF_LEVEL["deadline_days"].label),
            minimums=_without_nothing(read_amounts(self.minimums.text(), "Minimum")),
            fee=None if self._is_notice else self._read_fee(),
            channel=str(self.channel.chosen),
            tone=str(self.tone.chosen),
            at_the_end=end if isinstance(end, str) else None,
            **ticked,
        )

    def explanation(self, name: str) -> Explained:
        """Give what a field is called and does; the days of a notice are those before."""
        return BEFORE_DUE if name == "days_overdue" and self._is_notice else super().explanation(name)

    def _fill_fee(self, fee: Fee | None) -> None:
        if fee is None:
            self.fee.choose(_NONE)
            self.fee_amount.setText("")
        elif fee.percent is not None:
            self.fee.choose(_PERCENT)
            put_text(self.fee_amount, f"{fee.percent.normalize():f}")
        else:
            self.fee.choose(_AN_ITEM if fee.per == ITEM else _A_LETTER)
            put_text(self.fee_amount, amounts_in_words(fee.amounts))

    def _read_fee(self) -> Fee | None:
        kind, text = self.fee.chosen, self.fee_amount.text()
        if kind == _NONE:
            return None
        if kind == _PERCENT:
            percent = read_figure(text, "percentage", "Write a figure, such as 2.5.")
            return Fee(PERCENT, LETTER, percent)
        return Fee(FIXED, ITEM if kind == _AN_ITEM else LETTER, None, _without_nothing(read_amounts(text, "Fee")))

    def _show_fee(self) -> None:
        kind = self.fee.chosen
        self.show_field("fee_amount", shown=kind != _NONE and not self._is_notice)
        self.label("fee_amount", "Percent of what is asked for" if kind == _PERCENT else "Fee, by currency")


def _without_nothing(amounts: Mapping[str, Decimal]) -> Mapping[str, Decimal]:
    return {code: amount for code, amount in amounts.items() if amount}
