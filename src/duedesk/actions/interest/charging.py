"""The interest that a letter charges: worked out for its invoices, kept day by day, taken back with the letter.

It posts no invoice and writes no letter: whoever issues one does that, in the same action, with the total from here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from duedesk.actions.deed import Deed
from duedesk.actions.interest.rules import late_rules
from duedesk.actions.interest.stating import interest_of
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.accrual import InterestCharge, InterestStatement, NotCharged, charge, waive
from duedesk.domain.interest.profiles import LateRules, NoInterest
from duedesk.domain.money import ZERO
from duedesk.store.bulk import Keys
from duedesk.store.tables.interest import interest_charge

_Letter = TypeVar("_Letter")


@dataclass(frozen=True, slots=True)
class LetterInterest:
    """What a letter charges of interest, the statement of each invoice by its key, and why others bear none."""

    charged: InterestCharge
    stated: Mapping[int, InterestStatement]
    without: Mapping[int, NoInterest]

    @property
    def warnings(self) -> tuple[str, ...]:
        """Give what is missing, each once."""
        return tuple(dict.fromkeys(said for one in self.stated.values() for said in one.warnings))

    def waived(self, reason: str) -> "LetterInterest":
        """Charge nothing, for a reason; RequestError where none is given or nothing has run."""
        return replace(self, charged=waive(self.charged, reason))


def letters_interest(
    connection: Connection, letters: Mapping[_Letter, Sequence[int]], until: date, rules: LateRules | None = None
) -> dict[_Letter, LetterInterest]:
    """Work out what each of many letters charges on its invoices: the book is asked once for all of them."""
    held = rules or late_rules(connection)
    every = [key for keys in letters.values() for key in keys]
    found = {one.invoice.key: one.stated for one in interest_of(connection, every, until, held)}
    return {
        letter: _together([(key, found[key]) for key in keys if key in found], held) for letter, keys in letters.items()
    }


def _together(found: Sequence[tuple[int, InterestStatement | NoInterest]], rules: LateRules) -> LetterInterest:
    stated = {key: one for key, one in found if isinstance(one, InterestStatement)}
    currency = next((one.currency for one in stated.values()), "")
    without = {key: one for key, one in found if isinstance(one, NoInterest)}
    return LetterInterest(charge(list(stated.values()), rules.minimum(currency)), stated, without)


def keep_charge(act: Deed, letter_key: int, interest: LetterInterest) -> None:
    """Keep which days of which invoice a letter has charged or waived; nothing where it charges none.

    RequestError where another letter has charged the same days meanwhile: whoever issues holds the invoices first.
    """
    if not interest.charged.counts_as_charged:
        return
    rows = list(_rows(interest))
    keys = Keys(act.connection).take(interest_charge, len(rows))
    same = {
        "dunning_letter_id": letter_key,
        "currency_iso_code": interest.charged.statements[0].currency,
        "recorded_at": act.now,
        "recorded_by": act.world.user,
        "journal_id": act.journal_id,
    }
    if not rows:
        return
    try:
        act.connection.execute(
            insert(interest_charge), [{"id": key, **same, **row} for key, row in zip(keys, rows, strict=True)]
        )
    except IntegrityError as error:
        raise RequestError(
            "Another letter has charged interest for the same days meanwhile.", "Look at the proposal again."
        ) from error
    for key in keys:
        act.made("InterestCharge", key)


def cancel_charge(act: Deed, letter_key: int) -> None:
    """Let the days that a letter charged be charged again: it is cancelled."""
    row = interest_charge.c
    keys = act.connection.scalars(select(row.id).where(row.dunning_letter_id == letter_key, ~row.is_cancelled)).all()
    if keys:
        act.hold("InterestCharge", keys)
        act.connection.execute(update(interest_charge).where(row.id.in_(keys)).values(is_cancelled=True))


def _rows(interest: LetterInterest) -> Iterator[dict[str, Any]]:
    charged = interest.charged
    is_waived = charged.why_not is NotCharged.WAIVED
    for key, stated in interest.stated.items():
        if stated.total == 0 or stated.charged_until is None:
            continue
        yield {
            "invoice_id": key,
            "charged_from": stated.periods[0].first_day,
            "charged_until": stated.charged_until,
            "amount": ZERO if is_waived else stated.total,
            "waived_amount": stated.total if is_waived else ZERO,
            "waived_reason": charged.reason if is_waived else None,
            "basis": stated.terms.basis,
        }
