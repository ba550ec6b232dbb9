"""The items of a letter as CSV and JSON, for machines: amounts as strings, ISO dates; it prints nothing."""

import csv
import io
import json
from collections.abc import Iterator

from duedesk.documents.dunning_letter import DunningItem, DunningLetter, DunningSection
from duedesk.domain.money import plain

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def items_as_json(letter: DunningLetter) -> str:
    """Give the letter's items, sums and references as JSON, the same for the same letter."""
    said = {
        "letter": letter.number,
        "date": letter.letter_date.isoformat(),
        "as_of": letter.as_of.isoformat(),
        "deadline": letter.deadline.isoformat() if letter.deadline else None,
        "account": {"name": letter.account_name, "number": letter.account_number},
        "level": letter.level,
        "language": letter.language,
        "text_version": letter.text_version,
        "sections": [_section(section) for section in letter.sections],
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True, indent=1)


def items_as_csv(letter: DunningLetter) -> str:
    """Give one row an invoice. A text that a spreadsheet would take for a formula is led by an apostrophe."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\r\n")
    rows.writerow(("Letter", "Invoice", "Branch", "Currency", *_NAMES))
    for section in letter.sections:
        for item in (*section.items, *section.not_due):
            branch = item.branch.name if item.branch else ""
            head = (letter.number, item.number, branch, section.currency)
            rows.writerow((*map(_safe, head), *_values(item, section)))
    return written.getvalue()


_NAMES = ("InvoiceDate", "DueDate", "DaysOverdue", "Total", "Asked", "SetAside", "Level", "IsDue")


def _values(item: DunningItem, section: DunningSection) -> Iterator[str]:
    yield item.invoice_date.isoformat()
    yield item.due_date.isoformat()
    yield str(item.days_overdue)
    for amount in (item.total, item.asked, item.set_aside):
        yield plain(amount, section.currency)
    yield str(item.level)
    yield "false" if item in section.not_due else "true"


def _section(section: DunningSection) -> dict[str, object]:
    currency = section.currency
    return {
        "currency": currency,
        "items": [_item(item, section) for item in section.items],
        "not_due": [_item(item, section) for item in section.not_due],
        "principal": plain(section.principal, currency),
        "unapplied": plain(section.unapplied, currency),
        "fee": plain(section.fee, currency),
        "interest": plain(section.interest, currency),
        "to_pay": plain(section.to_pay, currency),
        "reference": section.payment.reference if section.payment else "",
    }


def _item(item: DunningItem, section: DunningSection) -> dict[str, object]:
    branch = {"branch": item.branch.name} if item.branch else {}
    return {"invoice": item.number, **dict(zip(_NAMES, _values(item, section), strict=True)), **branch}


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
