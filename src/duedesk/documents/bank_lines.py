"""The bank account that a letterhead names in words, found for the payment code; it asks no book."""

import re

from duedesk.documents.letter import Letterhead
from duedesk.documents.payment_codes import Account, Party
from duedesk.documents.references import checked_iban
from duedesk.domain.errors import RequestError

_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\b")
_BIC = re.compile(r"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b")


def account_in(head: Letterhead) -> Account | None:
    """Give the first IBAN in the bank lines of a letterhead that checks, with the BIC beside it."""
    for line in head.bank_lines:
        for found in _IBAN.finditer(line):
            try:
                iban = checked_iban(found.group())
            except RequestError:
                continue
            return Account(Party(head.name), iban, _bic(head, found.group()))
    return None


def _bic(head: Letterhead, iban: str) -> str:
    """Give the BIC that a line names as such."""
    for line in head.bank_lines:
        rest = line.replace(iban, " ")
        if re.search(r"\b(BIC|SWIFT)\b", rest, re.IGNORECASE) and (found := _BIC.search(rest)):
            return found.group()
    return ""
