"""What a book chooses of late interest: a profile for a country, a rate of its own, and the least that is charged."""

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import insert, update

from duedesk.actions.deed import Deed, deed
from duedesk.actions.interest import shipped
from duedesk.actions.interest.rules import LATE_INTEREST, late_rules, written
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import RequestError
from duedesk.domain.interest.profiles import ELSEWHERE, LateChoice, LateRules
from duedesk.domain.interest.reference_rates import checked_percent
from duedesk.domain.money import grouped, is_payable, to_units
from duedesk.domain.names import tidy
from duedesk.store.tables.desk import setting

LONGEST_BASIS = 255
"""Characters of what a letter says its interest rests on."""


def choose_late_interest(workspace: Workspace, country: str, choice: LateChoice | None) -> Changes:
    """Choose what is charged to customers of a country (empty: of every other); None goes back to what holds unchosen.

    What it was before stands in the journal; nothing is written where nothing changed. RequestError for a country,
    a profile or a rate that is none.
    """
    with deed(workspace, "choose_late_interest") as act:
        rules = late_rules(act.connection)
        code = country_code(rules, country)
        after = {held: one for held, one in rules.choices.items() if held != code}
        if choice is not None:
            after[code] = _checked(choice)
        if after != rules.choices:
            chosen = LateRules(rules.profiles, rules.rates, after)
            profile = chosen.profile(code)
            rate = "" if choice is None or choice.percent is None else f" at {choice.percent:f}%"
            said = "nothing" if profile is None else f"{profile.name}{rate}"
            _store(act, f"Late interest for {chosen.name_of(code)}: {said}", rules, after, rules.minimums)
    return _seen(act)


def set_least_interest(workspace: Workspace, currency: str, least: Decimal | None) -> Changes:
    """Set the least interest that a letter charges in a currency; None takes the limit away."""
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: USD.")
    if least is not None and (to_units(least) <= 0 or not is_payable(least, currency)):
        raise RequestError(f"{least} is no least amount in {currency}.", "Give an amount above 0, or none.")
    with deed(workspace, "set_least_interest") as act:
        rules = late_rules(act.connection)
        after = {code: held for code, held in rules.minimums.items() if code != currency}
        if least is not None:
            after[currency] = least
        if after != rules.minimums:
            said = f"taken away in {currency}" if least is None else f"set to {grouped(least, currency)} {currency}"
            _store(act, f"Least interest of a letter {said}", rules, rules.choices, after)
    return _seen(act)


def country_code(rules: LateRules, country: str) -> str:
    """Give the code of a country that is named or coded; RequestError where it is neither known nor a code."""
    said = country.strip()
    if not said or said.casefold() in {"other", "others"}:
        return ELSEWHERE
    code = rules.country(said)
    if code == ELSEWHERE and len(said) == 2 and said.isascii() and said.isalpha():
        return said.upper()
    if code == ELSEWHERE:
        raise RequestError(f"“{said}” is no country that is known here.", "Write its code of two letters: CH.")
    return code


def _checked(choice: LateChoice) -> LateChoice:
    if choice.profile and choice.profile not in shipped.profiles():
        raise RequestError(f"There is no profile “{choice.profile}”.", f"There are {', '.join(shipped.profiles())}.")
    if choice.percent is not None:
        if not choice.profile:
            raise RequestError("A rate of one's own needs a profile.", "Choose the one whose law applies.")
        if checked_percent(choice.percent) < 0:
            raise RequestError(f"{choice.percent} is no rate of interest.", "Give 0 or more.")
    basis = tidy(choice.basis)
    if len(basis) > LONGEST_BASIS:
        raise RequestError(f"The wording is longer than {LONGEST_BASIS} characters.", "Shorten it.")
    return replace(choice, basis=basis)


def _store(
    act: Deed, summary: str, before: LateRules, choices: Mapping[str, LateChoice], minimums: Mapping[str, Decimal]
) -> None:
    after = written(choices, minimums)
    journal_id = act.record(summary, {"before": written(before.choices, before.minimums), "after": after})
    values = {"value": json.dumps(after), "journal_id": journal_id}
    changed = act.connection.execute(update(setting).where(setting.c.name == LATE_INTEREST).values(**values))
    if changed.rowcount == 0:
        act.connection.execute(insert(setting).values(name=LATE_INTEREST, **values))


def _seen(act: Deed) -> Changes:
    return replace(act.changes, objects=frozenset({"Setting"})) if act.changes.journal_id else act.changes
