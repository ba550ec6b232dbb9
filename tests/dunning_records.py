"""Short ways to put policies, holds, promises and letters into a book for a test, beside what `build` puts there."""

from sqlalchemy import Connection, update

from build import Builder, _at, _units
from duedesk.domain.days import parse_day
from duedesk.domain.dunning.policy import PolicyLevel
from duedesk.domain.dunning.proposal import Proposal, ProposedLetter
from duedesk.domain.money import ZERO, to_units
from duedesk.store.bulk import StoredValue
from duedesk.store.dunning_levels import restate_levels
from duedesk.store.queries.dunning.proposal import propose
from duedesk.store.tables import dunning

_OF_LEVEL = (
    *("number", "name", "days_overdue", "grace_days", "interval_days", "charges_interest", "deadline_days", "channel"),
    *("tone", "lists_not_due", "at_the_end", "is_courtesy", "is_active", "may_be_jumped_to"),
)
"""What a level and its row call alike."""


class DunningBuilder(Builder):
    """Puts records of dunning into the book as well."""

    def policy(self, *levels: PolicyLevel, name: str = "House", is_default: bool = True, **said: StoredValue) -> int:
        """A dunning policy with these levels, the default unless told; `said` are further columns."""
        if is_default:
            self.connection.execute(update(dunning.dunning_policy).values(is_default=False))
        values = {"letter_per": "account", "catches_up": "one level", "is_default": is_default, **said}
        key = self._add(dunning.dunning_policy, name=name, created_date=_at("2024-01-01"), **values)
        for one in levels:
            level = self._add(
                dunning.dunning_level,
                dunning_policy_id=key,
                created_date=_at("2024-01-01"),
                fee_kind=None if one.fee is None else one.fee.kind,
                fee_per=None if one.fee is None else one.fee.per,
                fee_percent=None if one.fee is None or one.fee.percent is None else to_units(one.fee.percent),
                **{name: getattr(one, name) for name in _OF_LEVEL},
            )
            fees = {} if one.fee is None else one.fee.amounts
            for currency in {*one.minimums, *fees}:
                self._add(
                    dunning.dunning_level_amount,
                    dunning_level_id=level,
                    currency_iso_code=currency,
                    minimum_amount=to_units(one.minimums.get(currency, ZERO)),
                    fee_amount=to_units(fees.get(currency, ZERO)),
                    created_date=_at("2024-01-01"),
                )
        return key

    def hold(
        self, *, on: str, until: str, invoice: int | None = None, account: int | None = None, reason: str = "Insolvency"
    ) -> int:
        """A hold on an invoice or an account."""
        key = self.keys.take(dunning.dunning_hold, 1)[0]
        return self._add(
            dunning.dunning_hold,
            name=f"H-{key}",
            invoice_id=invoice,
            account_id=account,
            reason_code=reason,
            start_date=on,
            end_date=until,
            recorded_at=_at(on),
            recorded_by="Ana Reyes",
        )

    def promise(self, invoice: int, amount: str, *, on: str, day: str, currency: str = "EUR") -> int:
        """A promise given on a day for another."""
        key = self.keys.take(dunning.payment_promise, 1)[0]
        return self._add(
            dunning.payment_promise,
            name=f"P-{key}",
            invoice_id=invoice,
            currency_iso_code=currency,
            promised_amount=_units(amount),
            promise_date=day,
            received_date=on,
            recorded_at=_at(on, 8),
            recorded_by="Ana Reyes",
        )

    def letter(self, proposed: ProposedLetter, on: str) -> int:
        """A letter as it was proposed, issued on a day."""
        principal = sum((to_units(one.asked) for one in proposed.items), 0)
        unapplied, fee = to_units(proposed.unapplied), to_units(proposed.fee)
        key = self.keys.take(dunning.dunning_letter, 1)[0]
        made = self._add(
            dunning.dunning_letter,
            number=f"DL-{key}",
            account_id=proposed.account_key,
            currency_iso_code=proposed.currency,
            dunning_policy_id=proposed.policy_key,
            level=proposed.level,
            is_courtesy=proposed.is_courtesy,
            letter_date=on,
            principal=principal,
            fee=fee,
            unapplied=unapplied,
            total=principal + fee + unapplied,
            status="Issued",
            channel=proposed.channel,
            issued_at=_at(on),
            issued_by="Ana Reyes",
        )
        for one in proposed.items:
            self._add(
                dunning.dunning_letter_item,
                dunning_letter_id=made,
                invoice_id=one.invoice_key,
                currency_iso_code=proposed.currency,
                due_date=one.due_date.isoformat(),
                balance=to_units(one.balance),
                asked_amount=to_units(one.asked),
                level_before=one.level_before,
                level_after=one.level_after,
            )
        return made


def issue(connection: Connection, as_of: str) -> Proposal:
    """Propose a run of a day, and put its letters into the book as issued."""
    proposal = propose(connection, parse_day(as_of))
    build = DunningBuilder(connection)
    for letter in proposal.letters:
        build.letter(letter, as_of)
    restate_levels(connection)
    return proposal
