"""Dunning policies as documents that go into a file and come back, and as people read them in a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from duedesk.cli.json_text import Json, plain_number
from duedesk.cli.layout import Column, table
from duedesk.domain.dunning.policy import ONE_LEVEL, Fee, Policy, PolicyLevel
from duedesk.domain.errors import RequestError
from duedesk.domain.money import grouped, plain

_FLAGS = ("whole_account_at_highest", "duns_charges", "charges_consumers")
_OF_LEVEL: Mapping[str, tuple[type, ...]] = {
    "number": (int,),
    "name": (str,),
    "days_overdue": (int,),
    "grace_days": (int,),
    "interval_days": (int,),
    "deadline_days": (int,),
    "channel": (str,),
    "tone": (str,),
    "charges_interest": (bool,),
    "lists_not_due": (bool,),
    "may_be_jumped_to": (bool,),
    "at_the_end": (str, type(None)),
}
_OF_POLICY: Mapping[str, tuple[type, ...]] = {
    "description": (str,),
    "letter_per": (str,),
    "catches_up": (str,),
    "promise_grace_days": (int,),
    "account_type": (str, type(None)),
    **dict.fromkeys(_FLAGS, (bool,)),
}


def policy_json(policy: Policy) -> dict[str, Json]:
    """Give a policy as a document; `read_policy` reads it."""
    return {
        "name": policy.name,
        "default": policy.is_default,
        "active": policy.is_active,
        **{name: getattr(policy, name) for name in _OF_POLICY},
        "levels": [_level_json(level) for level in policy.levels],
    }


def read_policy(name: str, said: Mapping[str, Any], there: Policy | None) -> Policy:
    """Read a document; what it leaves out of a policy that is there stays, levels are given whole.

    RequestError names what cannot be read.
    """
    known = {*_OF_POLICY, "name", "default", "active", "levels"}
    _no_others(said, known, "A policy")
    values: dict[str, Any] = {field: _typed(said, field, kinds, "A policy") for field, kinds in _OF_POLICY.items()}
    values |= {"is_default": said.get("default"), "is_active": said.get("active")}
    given = {field: value for field, value in values.items() if value is not None}
    if there is not None:
        kept = {field: getattr(there, field) for field in (*_OF_POLICY, "is_default", "is_active")}
        given = {**kept, **given, "key": there.key}
    levels = said.get("levels")
    if levels is None and there is not None:
        return Policy(name=name, levels=there.levels, **given)
    if not isinstance(levels, Sequence) or isinstance(levels, str):
        raise RequestError("A policy has a list of levels.", "In TOML: [[levels]].")
    read = tuple(_level(one, place) for place, one in enumerate(levels, 1))
    return Policy(name=name, levels=read, **{"key": 0, **given})


def policy_lines(policy: Policy) -> Iterator[str]:
    """Give a policy for people: what holds of all of it, and its levels."""
    late = "one level at a time" if policy.catches_up == ONE_LEVEL else "a late run jumps to the level deserved"
    said = [f"one letter per {policy.letter_per}", late]
    said += ["the default"] if policy.is_default else []
    said += [f"of accounts of type {policy.account_type}"] if policy.account_type else []
    said += [] if policy.is_active else ["not in use"]
    yield f"{policy.name}: {', '.join(said)}."
    columns = (
        Column("Level", is_figure=True),
        Column("Name"),
        Column("Days", is_figure=True),
        Column("Grace", is_figure=True),
        Column("Between", is_figure=True),
        Column("Minimum"),
        Column("Fee"),
        Column("Pay within", is_figure=True),
        Column("By"),
        Column("Tone"),
        Column(""),
    )
    yield from table(columns, map(_row, policy.levels))


def _row(level: PolicyLevel) -> tuple[str, ...]:
    amounts = ", ".join(f"{grouped(amount, code)} {code}" for code, amount in level.minimums.items())
    beside = [] if level.is_active else ["off"]
    beside += ["with interest"] if level.charges_interest else []
    beside += [level.at_the_end] if level.at_the_end else []
    days = (level.days_overdue, level.grace_days, level.interval_days)
    return (
        str(level.number),
        level.name,
        *map(str, days),
        amounts,
        _fee_words(level.fee),
        str(level.deadline_days),
        level.channel,
        level.tone,
        ", ".join(beside),
    )


def _fee_words(fee: Fee | None) -> str:
    if fee is None:
        return ""
    if fee.percent is not None:
        return f"{plain_number(fee.percent)} %"
    amounts = ", ".join(f"{grouped(amount, code)} {code}" for code, amount in fee.amounts.items())
    return f"{amounts} per {fee.per}" if fee.per == "item" else amounts


def _level_json(level: PolicyLevel) -> Json:
    fee: Json = None
    if level.fee is not None:
        one = level.fee
        percent = None if one.percent is None else plain_number(one.percent)
        fee = {"kind": one.kind, "per": one.per, "percent": percent, "amounts": _amounts_json(one.amounts)}
    return {
        **{name: getattr(level, name) for name in _OF_LEVEL},
        "active": level.is_active,
        "minimums": _amounts_json(level.minimums),
        "fee": fee,
    }


def _amounts_json(amounts: Mapping[str, Decimal]) -> dict[str, Json]:
    return {code: plain(amount, code) for code, amount in amounts.items()}


def _level(said: Any, place: int) -> PolicyLevel:
    what = f"Level {place} of the file"
    if not isinstance(said, Mapping):
        raise RequestError(f"{what} is no level.", "Give its number, name and days_overdue.")
    _no_others(said, {*_OF_LEVEL, "active", "minimums", "fee"}, what)
    values = {name: _typed(said, name, kinds, what) for name, kinds in _OF_LEVEL.items()}
    if missing := [name for name in ("number", "name", "days_overdue") if values[name] is None]:
        raise RequestError(f"{what} has no {missing[0]}.", "Every level has a number, a name and days_overdue.")
    given = {name: value for name, value in values.items() if value is not None}
    return PolicyLevel(
        **given,
        is_courtesy=given["number"] == 0,
        is_active=said.get("active") is not False,
        minimums=_amounts(said.get("minimums"), what),
        fee=_fee(said.get("fee"), what),
    )


def _fee(said: Any, what: str) -> Fee | None:
    if said is None:
        return None
    if not isinstance(said, Mapping):
        raise RequestError(f"{what}: the fee is none.", 'Such as { kind = "fixed", amounts = { EUR = "5.00" } }.')
    _no_others(said, {"kind", "per", "percent", "amounts"}, f"{what}: the fee")
    percent = said.get("percent")
    return Fee(
        str(said.get("kind", "fixed")),
        str(said.get("per", "letter")),
        None if percent is None else _number(percent, what),
        _amounts(said.get("amounts"), what),
    )


def _amounts(said: Any, what: str) -> dict[str, Decimal]:
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise RequestError(f"{what}: amounts stand by currency.", 'Such as { EUR = "5.00" }.')
    return {str(code): _number(amount, what) for code, amount in said.items()}


def _number(said: Any, what: str) -> Decimal:
    try:
        read = Decimal(said) if isinstance(said, str | int) and not isinstance(said, bool) else Decimal("NaN")
    except InvalidOperation:
        read = Decimal("NaN")
    if not read.is_finite():
        raise RequestError(f"{what}: “{said}” is no amount.", 'Write it in quotation marks: "5.00".')
    return read


def _typed(said: Mapping[str, Any], name: str, kinds: tuple[type, ...], what: str) -> Any:
    value = said.get(name)
    if value is None or type(value) in kinds:
        return value
    raise RequestError(f"{what}: {name} cannot be “{value}”.", f"It is a {_KIND_WORDS[kinds[0]]}.")


_KIND_WORDS = {int: "whole number", str: "text", bool: "true or false"}


def _no_others(said: Mapping[str, Any], known: set[str], what: str) -> None:
    if others := sorted(set(said) - known):
        raise RequestError(f"{what} has no “{others[0]}”.", f"There are {', '.join(sorted(known))}.")
