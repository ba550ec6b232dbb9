"""The profiles and reference rates that come with the program, read from `resources/rates`; it knows no book."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from duedesk.domain.interest.accrual import Fixing, InterestTerms
from duedesk.domain.interest.day_counts import DayCount
from duedesk.domain.interest.profiles import LateProfile, Tier
from duedesk.domain.interest.reference_rates import OWN, ReferenceRate, Series
from duedesk.resources import resource


@cache
def profiles() -> dict[str, LateProfile]:
    """Give the profiles by their codes."""
    found = (_profile(file.stem.upper(), _read(file)) for file in sorted(resource("rates", "profiles").glob("*.toml")))
    return {profile.code: profile for profile in found}


@cache
def series() -> dict[str, Series]:
    """Give the series of rates by their codes; a company's own is the last."""
    found = (_series(_read(file)) for file in sorted(resource("rates", "series").glob("*.toml")))
    return {one.code: one for one in (*found, OWN)}


@cache
def rates() -> tuple[ReferenceRate, ...]:
    """Give the rates of all series by day."""
    return tuple(
        ReferenceRate(said["code"], date.fromisoformat(day), Decimal(percent), said["source"])
        for said in map(_read, sorted(resource("rates", "series").glob("*.toml")))
        for day, percent in sorted(said["percent"].items())
    )


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _series(said: dict[str, Any]) -> Series:
    return Series(said["code"], said["name"], source=said["source"], url=said["url"])


def _profile(code: str, said: dict[str, Any]) -> LateProfile:
    lump = said.get("compensation", {})
    return LateProfile(
        code=code,
        name=said["name"],
        source=said["source"],
        url=said["url"],
        as_of=said["as_of"],
        countries={country: tuple(names) for country, names in said["countries"].items()},
        remark=said.get("remark", ""),
        business=_terms(said.get("business")),
        consumer=_terms(said.get("consumer")),
        contract_basis=said.get("contract", {}).get("basis", ""),
        currency=lump.get("currency", ""),
        tiers=tuple(_tier(tier) for tier in lump.get("tiers", ())),
    )


def _terms(said: dict[str, str] | None) -> InterestTerms | None:
    if said is None:
        return None
    return InterestTerms(
        said["basis"],
        percent=_number(said.get("percent")),
        series=said.get("series", ""),
        margin=Decimal(said.get("margin", "0")),
        step=_number(said.get("step")),
        fixing=Fixing(said.get("fixing", Fixing.FLOATING)),
        day_count=DayCount(said.get("day_count", DayCount.ACT_365)),
    )


def _tier(said: dict[str, str]) -> Tier:
    return Tier(Decimal(said["amount"]), up_to=_number(said.get("up_to")), below=_number(said.get("below")))


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
