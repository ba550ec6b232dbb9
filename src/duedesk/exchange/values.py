"""Values that are neither amounts nor dates: texts, addresses for mail, currencies, picklists, flags, counts.

Each reader takes a cell and gives what the field stores, None where nothing stands there; Unreadable says in words why
not. Nothing is cut to fit and nothing is replaced in silence.
"""

import re
import unicodedata

from duedesk.domain.catalog import Field, Kind
from duedesk.domain.currencies import SIGNS, is_currency
from duedesk.domain.names import tidy
from duedesk.exchange.cells import Broken, Cell, Figure, Truth, quoted, shown
from duedesk.exchange.faults import Unreadable
from duedesk.exchange.salesforce import stand_in

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
"""Characters no text has, and none of which a sheet, a letter or a screen should get; NEL is a line end."""

_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
"""Characters that nobody sees: in a name they may belong, in a number they make two of one."""

_IDENTIFIERS = {"Id", "DocumentNumber", "AccountNumber", "InvoiceNumber", "PaymentNumber", "CreditMemoNumber"}
_LOST = "\ufffd"
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*\Z", re.ASCII)
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+(?:[A-Za-z]{2,63}|xn--[A-Za-z0-9-]{1,59})\Z")
_KEPT_BY_SPREADSHEETS = 10**15
_YES = {"true", "yes", "y", "1", "on", "wahr", "ja", "vrai", "oui"}
_NO = {"false", "no", "n", "0", "off", "falsch", "nein", "faux", "non"}


def read_text(cell: Cell, field: Field) -> str | None:
    """Read a text no longer than the field; areas keep their lines, all others become one."""
    if isinstance(cell, Figure) and abs(cell.amount) >= _KEPT_BY_SPREADSHEETS:
        raise Unreadable(
            f"{quoted(shown(cell))} has more than the 15 digits a spreadsheet keeps.", "Format the column as text."
        )
    text = _plain(cell)
    unseen = _CONTROL.search(text)
    if unseen is not None:
        raise Unreadable(f"it holds the control character U+{ord(unseen[0]):04X}.", "Remove it at the source.")
    if _LOST in text:
        raise Unreadable("a letter in it was lost before it came here (U+FFFD).", "Export it again, as UTF-8.")
    if field.name in _IDENTIFIERS and (unseen := _UNSEEN.search(text)) is not None:
        raise Unreadable(f"it holds the invisible character U+{ord(unseen[0]):04X}.", "Remove it at the source.")
    if field.kind is Kind.TEXTAREA:
        text = "\n".join(tidy(line) for line in text.splitlines()).strip("\n")
    else:
        text = tidy(text)
    if len(text) > field.max_length:
        raise Unreadable(
            f"{quoted(text)} has {len(text):,} characters; {field.label} takes {field.max_length:,}.", "Shorten it."
        )
    return text or None


def read_email(cell: Cell, field: Field) -> str | None:
    """Read one address, and only one, that mail can go to."""
    written = _plain(cell)
    text = written.strip(" \t\r\n")
    if not text:
        return None
    local, at, domain = text.rpartition("@")
    if not at or not _LOCAL.match(local) or not _DOMAIN.match(domain) or len(local) > 64:
        raise Unreadable(
            f"{quoted(text)} is not one e-mail address.", "Write one address, such as accounts@example.com."
        )
    if len(text) > min(field.max_length, 254):
        raise Unreadable(f"{quoted(text)} is longer than an address may be.", "Correct it.")
    return text


def read_currency(cell: Cell) -> tuple[str | None, str]:
    """Read a currency code and what a person should know of how it was read."""
    written = tidy(_plain(cell))
    if not written:
        return None, ""
    code = SIGNS.get(written, written.upper() if written.isascii() else written)
    if is_currency(code):
        return code, "" if code == written else f"{quoted(written)} is read as {code}"
    if written in {"$", "¥", "￥"}:
        raise Unreadable(f"{quoted(written)} is the sign of several currencies.", "Write the code, such as USD.")
    raise Unreadable(f"{quoted(written)} is no currency.", "Write its code of three letters, such as EUR.")


def read_choice(cell: Cell, field: Field) -> tuple[str | None, str]:
    """Read a value of a picklist, whatever its case, and what a person should know of how it was read."""
    written = tidy(_plain(cell))
    if not written:
        return None, ""
    if written in field.values:
        return written, ""
    for value in field.values:
        if value.casefold() == written.casefold():
            return value, f"{quoted(written)} is read as {value}"
    instead = stand_in(field, written)
    if instead is not None:
        read = f"is read as {instead}" if instead else f"is no {field.label.lower()} here, and is left empty"
        return instead or None, f"{quoted(written)} {read}"
    raise Unreadable(f"{quoted(written)} is no {field.label.lower()}.", f"Write one of {', '.join(field.values)}.")


def read_flag(cell: Cell) -> bool | None:
    """Read yes or no."""
    if isinstance(cell, Truth):
        return cell.value
    written = _plain(cell).strip().casefold()
    if not written:
        return None
    if written in _YES or written in _NO:
        return written in _YES
    raise Unreadable(f"{quoted(written)} is neither yes nor no.", "Write true or false.")


def read_count(cell: Cell) -> int | None:
    """Read a whole number of days or pieces."""
    written = _plain(cell).strip()
    if not written:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(?:\.0+)?", written, re.ASCII):
        raise Unreadable(f"{quoted(written)} is no whole number.", "Write digits.")
    return int(written.partition(".")[0])


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell if cell.isascii() else unicodedata.normalize("NFC", cell)
    if isinstance(cell, Broken):
        raise Unreadable(f"{quoted(cell.shown)} {cell.why}.", "Mend it in the spreadsheet, or leave the row out.")
    return shown(cell)
