"""The words a dunning letter prints besides its sentences, by language; dates and numbers are the labels' own."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from string import Template

from duedesk.documents.labels import read_labels
from duedesk.resources import resource


@dataclass(frozen=True, slots=True)
class SwissLabels:
    """The titles of a Swiss QR-bill, as its standard words them."""

    receipt: str
    payment_part: str
    account: str
    reference: str
    payable_by: str
    payable_by_blank: str
    currency: str
    amount: str
    acceptance: str


@dataclass(frozen=True, slots=True)
class DunningLabels:
    """Labels of dunning letters in one language; those that begin with a verb of filling take fields."""

    letter: str
    invoices: str
    set_aside: str
    unapplied: str
    interest: str
    see_page: str
    """Follows the interest; {page} is the page of the appendix."""
    fee: str
    to_pay: str
    not_due: str
    scan: str
    or_transfer: str
    transfer: str
    pay_online: str
    reference: str
    amount: str
    crossed: str
    """Said below the account, for who has paid already."""
    appendix: str
    appendix_invoice: str
    period: str
    balance: str
    rate: str
    interest_amount: str
    interest_total: str
    until: str
    days: str
    branch: str
    branch_invoices: str
    branch_heading: str
    branch_total: str
    qr_alt: str
    logo_alt: str
    swiss: SwissLabels

    def interest_to(self, day: str) -> str:
        """Name the row of the interest: `Late payment interest to 23 November 2026`."""
        return Template(self.interest).substitute(date=day)

    def days_between(self, first: str, last: str) -> str:
        """Write a period of the appendix."""
        return Template(self.until).substitute(first=first, last=last)

    def set_aside_row(self, amount: str) -> str:
        """Say what of an invoice is not asked for."""
        return Template(self.set_aside).substitute(amount=amount)


@cache
def read_dunning_labels(language: str) -> DunningLabels:
    """Read the labels of dunning letters in a language; RequestError where there are none."""
    read_labels(language)  # which says whether there is such a language
    said = tomllib.loads(resource("letters", language, "labels.toml").read_text(encoding="utf-8"))["dunning"]
    return DunningLabels(**{**said, "swiss": SwissLabels(**said["swiss"])})


def basis_in(language: str, basis: str) -> str:
    """Say in a language what late interest rests on; what a company wrote in its own words stays as it is."""
    return _bases().get(basis, {}).get(language, basis)


@cache
def _bases() -> Mapping[str, Mapping[str, str]]:
    said = tomllib.loads(resource("letters", "bases.toml").read_text(encoding="utf-8"))
    return {one["en"]: one for one in said["basis"]}
