"""What a file is by its headers: an object under its API names, or a ledger under names that are well known.

What cannot be told without doubt is asked, with the headers, never chosen.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.objects import CATALOG
from duedesk.exchange.cells import quoted
from duedesk.exchange.faults import FileLeftOut, FileQuestion
from duedesk.exchange.headers import Header, folded, listed
from duedesk.exchange.mapping import ColumnName, Entry, Section, is_worked_out
from duedesk.exchange.salesforce import ALIASES, CLAIMS, GROUPS, LEFT_OUT, ORDER
from duedesk.exchange.synonyms import SYNONYMS

ENOUGH = 3
"""Known names that make a row a header."""

_COMMON = frozenset(
    (
        "id",
        "name",
        "status",
        "type",
        "currencyisocode",
        "createddate",
        "description",
        "ownerid",
        "amount",
        "effectivedate",
        "balance",
        "comments",
        "recordkey",
        "journalkey",
        "phone",
        "email",
        "title",
        "website",
    )
)
"""Fields that tell no object from another."""

_READ_ONLY_EXTRAS = {"applieddate", "unapplieddate", "lastvieweddate", "lastreferenceddate"}
"""Not stored with the record, but they say when an application took effect, or when the record was looked at."""

_BESIDE = {
    place for place in SYNONYMS if place[1].startswith("Billing") or place[1] in {"Phone", "Description", "LastName"}
}
"""Fields that are good to have: of several columns that may be meant, the first is taken."""

_MARK = re.compile(r"^\*\s*|\s*\*$")
_HOW = "Write a mapping that says which column is which field, and give it with --mapping; the README shows one."


@dataclass(frozen=True, slots=True)
class Recognised:
    """What the columns of a file were taken for."""

    sections: tuple[Section, ...]
    is_api: bool


def order_of(object_name: str) -> int:
    """Give the place of an object in the order of imports."""
    return ORDER.index(object_name)


def known_names(names: Sequence[str]) -> int:
    """Count the names of a row that are known, as fields of one object or as well-known headers."""
    api = max((len(_api_fields(one, names)) for one in CATALOG), default=0)
    wanted = {folded(name) for name in names if name}
    return max(api, sum(any(wanted & tier for tier in tiers) for tiers in SYNONYMS.values()))


def recognise(header: Header, stem: str) -> Recognised:
    """Tell what the columns are; FileQuestion where they leave it in doubt."""
    by_api = recognise_object(header, stem)
    if by_api is not None:
        return Recognised(by_api, is_api=True)
    return Recognised(_recognise_ledger(header), is_api=False)


def recognise_object(header: Header, stem: str) -> tuple[Section, ...] | None:
    """Tell which object the columns are by their API names; None where they are none's."""
    names = [name for name in header.names if name]
    named = _named_object(stem)
    found = named if named is not None and len(_api_fields(named, names)) >= 2 else _best_object(header, names)
    if found is None:
        return None
    if found.name in LEFT_OUT:
        raise FileLeftOut(f"{header.file} is left out: {LEFT_OUT[found.name]}.")
    if found.name == "Invoice" and not _has_account(names):
        return None
    return _api_sections(header, found, is_group=_is_of_groups(stem))


def claimed_fields(header: Header, object_name: str) -> Section | None:
    """Give what tells a record, and what a file says of it that is worked out here; None where it says nothing."""
    described = CATALOG.object(object_name)
    there = {name.casefold(): name for name in header.names if name}
    claims = [name for name in CLAIMS.get(object_name, ()) if name.casefold() in there]
    if not claims:
        return None
    names = dict.fromkeys(("Id", described.name_field, "CurrencyIsoCode", *claims))
    entries = (
        Entry(described.field(name), ColumnName(there[name.casefold()])) for name in names if name.casefold() in there
    )
    return Section(described, tuple(entries))


def _named_object(stem: str) -> ObjectType | None:
    """Give the object a file is named after: `PaymentLineInvoice.csv`, `Invoice-2026-01.csv`."""
    word = re.match(r"[A-Za-z]+", stem)
    if word is None:
        return None
    if _is_of_groups(stem):
        return CATALOG.object("User")
    for one in CATALOG:
        if word[0].casefold() in {one.name.casefold(), one.name.casefold() + "s"}:
            return one
    return None


def _is_of_groups(stem: str) -> bool:
    word = re.match(r"[A-Za-z]+", stem)
    return word is not None and word[0].casefold() in GROUPS


def _best_object(header: Header, names: Sequence[str]) -> ObjectType | None:
    scores = []
    for one in CATALOG:
        held = _api_fields(one, names)
        telling = [field for field in held if field.name.casefold() not in _COMMON]
        if len(held) >= ENOUGH and telling and 2 * len(held) >= len(names):
            scores.append((len(held), len(telling), one))
    scores.sort(key=lambda score: score[:2], reverse=True)
    if not scores:
        return None
    if len(scores) > 1 and scores[0][:2] == scores[1][:2]:
        either = f"{scores[0][2].name} or {scores[1][2].name}"
        raise FileQuestion(
            header.file,
            f"The columns of {header.file} are those of {either}.",
            f"Name the file after what it holds: {scores[0][2].name}.csv.",
        )
    return scores[0][2]


def _api_fields(object_type: ObjectType, names: Sequence[str]) -> list[Field]:
    return [object_type.field(name) for name in set(names) if "." not in name and object_type.has_field(name)]


def _has_account(names: Sequence[str]) -> bool:
    return any(name.casefold() == "billingaccountid" or name.casefold().startswith("billingaccount.") for name in names)


def _api_sections(header: Header, object_type: ObjectType, *, is_group: bool) -> tuple[Section, ...]:
    entries = [Entry(object_type.field("Type"), value="Group")] if is_group else []
    of_account: list[Entry] = []
    account = CATALOG.object("Account")
    for name in dict.fromkeys(name for name in header.names if name):
        relation, _, rest = name.partition(".")
        if rest:
            if relation.casefold() in {"billingaccount", "account"} and account.has_field(rest):
                field = account.field(rest)
                if not is_worked_out(account, field):
                    of_account.append(Entry(field, ColumnName(name)))
        elif is_group and name.casefold() == "type":
            continue  # a queue or a public group: both own records alike
        elif (alias := ALIASES.get((object_type.name, name.casefold()))) is not None:
            if not any(entry.field.name == alias for entry in entries):
                entries.append(Entry(object_type.field(alias), ColumnName(name)))
        elif object_type.has_field(name):
            field = object_type.field(name)
            is_taken = field.is_stored or field.name.casefold() in _READ_ONLY_EXTRAS
            if is_taken and not is_worked_out(object_type, field):
                entries.append(Entry(field, ColumnName(name)))
    sections = [Section(object_type, tuple(entries))]
    if of_account and object_type.name in {"Invoice", "Payment", "CreditMemo"}:
        sections.append(Section(account, tuple(of_account)))
    return tuple(sections)


def _recognise_ledger(header: Header) -> tuple[Section, ...]:
    chosen = {place: name for place, tiers in SYNONYMS.items() if (name := _choose(header, place, tiers)) is not None}
    _check_enough(header, chosen)
    _check_payment(header, chosen)
    _share_lines(header, chosen)
    sections = []
    for object_name in ("Account", "Contact", "Invoice", "InvoiceLine", "Payment"):
        object_type = CATALOG.object(object_name)
        entries = tuple(
            Entry(object_type.field(field), ColumnName(name))
            for (owner, field), name in chosen.items()
            if owner == object_name
        )
        if entries:
            when = ColumnName(chosen["Payment", "EffectiveDate"]) if object_name == "Payment" else None
            sections.append(Section(object_type, entries, when))
    return tuple(sections)


def _share_lines(header: Header, chosen: dict[tuple[str, str], str]) -> None:
    """Where rows are lines of invoices, description and tax amount are the line's; else nothing is said of lines."""
    if ("InvoiceLine", "LineAmount") not in chosen:
        for place in [place for place in chosen if place[0] == "InvoiceLine"]:
            del chosen[place]
        return
    if ("Invoice", "Description") in chosen:
        chosen["InvoiceLine", "Description"] = chosen.pop(("Invoice", "Description"))
    tax = next((name for name in header.names if folded(name) == "taxamount"), None)
    if tax is not None and chosen.get(("Invoice", "TotalTaxAmount")) != tax:
        chosen["InvoiceLine", "TaxAmount"] = tax


def _choose(header: Header, place: tuple[str, str], tiers: Sequence[frozenset[str]]) -> str | None:
    for tier in tiers:
        found = [name for name in header.names if name and folded(_MARK.sub("", name)) in tier]
        if found and place in _BESIDE:
            return found[0]
        if len(set(found)) > 1:
            raise FileQuestion(
                header.file,
                f"{listed(dict.fromkeys(found))} may each be {place[0]} {place[1]}.",
                _HOW,
                row=header.row,
            )
        if len(found) > 1:
            raise header.ask_doubled(found[0])
        if found:
            return found[0]
    return None


def _check_enough(header: Header, chosen: dict[tuple[str, str], str]) -> None:
    has_total = ("Invoice", "TotalAmountWithTax") in chosen or (
        ("Invoice", "TotalAmount") in chosen and ("Invoice", "TotalTaxAmount") in chosen
    )
    missing = [
        said
        for said, is_there in (
            ("the invoice number", ("Invoice", "DocumentNumber") in chosen),
            ("the account", ("Account", "AccountNumber") in chosen or ("Account", "Name") in chosen),
            ("the total", has_total),
            ("the invoice date", ("Invoice", "InvoiceDate") in chosen),
        )
        if not is_there
    ]
    if not missing:
        return
    if len(missing) == 4:
        raise FileQuestion(
            header.file,
            f"Row {header.row} of {header.file} does not name columns that are known: {listed(header.names)}.",
            f"If the headers stand in another row, say --header-row, 0 if there are none. {_HOW}",
            row=header.row,
        )
    raise FileQuestion(
        header.file,
        f"Which column of {header.file} holds {' and '.join(missing)}? There are {listed(header.names)}.",
        _HOW,
        row=header.row,
    )


def _check_payment(header: Header, chosen: dict[tuple[str, str], str]) -> None:
    """Ask where a file tells of payments but not both their day and their amount: they must not be lost in silence."""
    day, amount = chosen.get(("Payment", "EffectiveDate")), chosen.get(("Payment", "Amount"))
    if bool(day) == bool(amount):
        return
    if ("Invoice", "Balance") in chosen:
        chosen.pop(("Payment", "EffectiveDate"), None)
        chosen.pop(("Payment", "Amount"), None)
        return
    held, lacking = (day, "what was paid") if day else (amount, "when it was paid")
    raise FileQuestion(
        header.file,
        f"{quoted(held or '')} tells of payments, but no column says {lacking}.",
        "Say in [payment] of a mapping which column is which field, and give it with --mapping; the README shows one.",
        row=header.row,
    )
