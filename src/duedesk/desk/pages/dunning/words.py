"""How the page of dunning says things: levels, decisions, sums; it reads nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from duedesk.desk import format as written
from duedesk.desk.page import FootLine
from duedesk.domain.days import in_words
from duedesk.domain.dunning.policy import MAIL, Policy
from duedesk.domain.dunning.proposal import ProposedItem, ProposedLetter
from duedesk.domain.dunning.triage import Triage
from duedesk.domain.money import ZERO

NOTICE = "Notice"
CHANNELS = {"print": "Print", "mail": "Mail"}


def level_of(letter: ProposedLetter) -> str:
    """Write the level of a letter and the one before: `1 → 2`."""
    if letter.is_courtesy:
        return NOTICE
    before = max((one.level_before for one in letter.items), default=0)
    return f"{before} → {letter.level}"


def level_of_item(item: ProposedItem, *, is_courtesy: bool) -> str:
    """Write the level of an invoice before and after."""
    return NOTICE if is_courtesy else f"{item.level_before} → {item.level_after}"


def decided_in_words(proposed: ProposedLetter, decided: ProposedLetter | None, triage: Triage) -> str:
    """Say what was decided on a letter; nothing where it goes out as proposed."""
    whole = triage.letters.get(proposed.key)
    if whole is not None:
        said = "Taken out" if whole.until is None else f"Postponed to {in_words(whole.until)}"
        return f"{said}: {whole.words}" if whole.words else said
    if decided is None:
        return "Nothing of it is left"
    parts = []
    if decided.level != proposed.level:
        parts.append(f"level {decided.level} chosen")
    if decided.channel != proposed.channel:
        parts.append("by mail" if decided.channel == MAIL else "printed")
    out = sum(item.invoice_key in triage.invoices for item in proposed.items) if triage.invoices else 0
    if out:
        parts.append(f"{out:,} of {written.plural(len(proposed.items), 'invoice')} taken out")
    if proposed.key in triage.waivers:
        parts.append(f"charges nothing: {triage.waivers[proposed.key]}")
    if proposed.key in triage.addresses:
        parts.append("another address")
    if decided.note:
        parts.append(f"“{decided.note}”")
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]


def totals_of(letters: Iterable[ProposedLetter]) -> Mapping[str, Decimal]:
    """Sum what letters ask for, by currency."""
    totals: dict[str, Decimal] = {}
    for one in letters:
        totals[one.currency] = totals.get(one.currency, ZERO) + one.total
    return dict(sorted(totals.items()))


def foot_of_letters(letters: tuple[ProposedLetter, ...], taken_out: int) -> FootLine:
    """Say how many letters go out and what they ask for, by currency."""
    levels = Counter(one.level for one in letters if not one.is_courtesy)
    shown = written.plural(len(letters), "letter") + (f", {taken_out:,} taken out" if taken_out else "")
    totals = tuple(written.money(total, code) for code, total in totals_of(letters).items())
    proof = ", ".join(f"{count:,} of level {level}" for level, count in sorted(levels.items()))
    return FootLine(shown, totals, proof)


def foot_of_left_out(balances: Iterable[tuple[str, Decimal]], shown: int, among: int) -> FootLine:
    """Say how many overdue invoices are in no letter and what is open of them, by currency."""
    totals: dict[str, Decimal] = {}
    for code, balance in balances:
        totals[code] = totals.get(code, ZERO) + balance
    count = f"{shown:,} of {among:,}" if shown != among else f"{among:,}"
    said = f"{count} overdue invoice{'s'[: among != 1]} in no letter"
    return FootLine(said, tuple(written.money(total, code) for code, total in sorted(totals.items())))


def facts_of(one: ProposedLetter, policy: Policy | None) -> str:
    """Say in a line what a letter is: level, invoices, deadline, and where it goes."""
    named = "" if policy is None else policy.name
    level = "Notice before the due date" if one.is_courtesy else f"Level {one.level}"
    told = [f"{level} of {named}" if named else level, written.plural(len(one.items), "invoice")]
    told += [f"pay by {written.day(one.deadline)}"]
    told += [f"{CHANNELS.get(one.channel, one.channel).lower()}: {', '.join(one.address.splitlines())}"] * bool(
        one.address
    )
    return "  ·  ".join(told) if one.address else "  ·  ".join([*told, "no address is known"])


def no_letters(as_of: date) -> str:
    """Say that no letter is due."""
    return f"No letter is due on {in_words(as_of)}"


def proposing(as_of: date) -> str:
    """Say that the letters of a day are being proposed."""
    return f"Proposing the letters of {in_words(as_of)}…"
