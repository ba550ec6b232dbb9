"""How the letters of a book look and where they ask to be paid: read, checked, stored with a journal entry."""

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from string import Template
from typing import Any

from sqlalchemy import Connection, insert, update

from duedesk.actions.deed import deed
from duedesk.actions.workspace import Workspace
from duedesk.documents.dress import Dress, Window
from duedesk.documents.payment_codes import Account, Party, checked_link
from duedesk.documents.references import checked_iban
from duedesk.domain.changes import Changes
from duedesk.domain.currencies import is_currency
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.languages import LANGUAGES
from duedesk.domain.names import tidy
from duedesk.store.queries.settings import stored_setting
from duedesk.store.tables.desk import setting

LETTER_STYLE = "letter_style"
_IN_LINK = ("letter", "amount", "currency")


@dataclass(frozen=True, slots=True)
class LetterStyle:
    """The dress of letters, the account for each currency, and the link to pay by where there is no such account."""

    dress: Dress = field(default_factory=Dress)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    link: str = ""
    """Begins with https:// and may name $letter, $amount and $currency."""


def letter_style(connection: Connection) -> LetterStyle:
    """Give the style of the book's letters; the plain one where none was set. BookError where it cannot be read."""
    stored = stored_setting(connection, LETTER_STYLE)
    if stored is None:
        return LetterStyle()
    try:
        return _read(json.loads(stored))
    except (ValueError, TypeError, KeyError, RequestError):
        raise BookError("The style of letters stored in the book cannot be read.", "Set it anew.") from None


def save_letter_style(workspace: Workspace, style: LetterStyle) -> Changes:
    """Store the style of the book's letters and journal what it was; nothing is written where nothing changed.

    RequestError where an account, the link or the language is at fault.
    """
    checked = _checked(style)
    written = json.dumps(_written(checked), ensure_ascii=False, sort_keys=True)
    with deed(workspace, "save_letter_style") as act:
        before = stored_setting(act.connection, LETTER_STYLE)
        if written == before or (before is None and checked == LetterStyle()):
            return act.changes
        details = {"before": _without_logo(before), "after": _without_logo(written)}
        values = {"value": written, "journal_id": act.record("Style and accounts of letters set", details)}
        changed = act.connection.execute(update(setting).where(setting.c.name == LETTER_STYLE).values(**values))
        if changed.rowcount == 0:
            act.connection.execute(insert(setting).values(name=LETTER_STYLE, **values))
    return replace(act.changes, objects=frozenset({"Setting"}))


def _checked(style: LetterStyle) -> LetterStyle:
    if style.dress.language not in LANGUAGES:
        raise RequestError(
            f"There are no letters in the language “{style.dress.language}”.", f"There are {', '.join(LANGUAGES)}."
        )
    if style.link:
        try:
            checked_link(Template(style.link).substitute(dict.fromkeys(_IN_LINK, "1")))
        except (KeyError, ValueError):
            raise RequestError(
                "The payment link names something else than it may.", f"It may name ${', $'.join(_IN_LINK)}."
            ) from None
    return replace(style, accounts={code: _checked_account(code, one) for code, one in style.accounts.items()})


def _checked_account(currency: str, account: Account) -> Account:
    if not is_currency(currency):
        raise RequestError(f"“{currency}” is no currency.", "Write its code of three letters: EUR.")
    holder = Party(**{name: tidy(said) for name, said in asdict(account.holder).items()})
    if not holder.name:
        raise RequestError(f"The account for {currency} has no holder.", "Say whose it is.")
    if holder.country and not (len(holder.country) == 2 and holder.country.isalpha()):
        raise RequestError(f"“{holder.country}” is no code of a country.", "Write two letters: CH.")
    bic = account.bic.replace(" ", "").upper()
    if bic and not (len(bic) in {8, 11} and bic.isalnum()):
        raise RequestError(f"“{account.bic}” is no BIC.", "It has 8 or 11 letters and digits.")
    return Account(replace(holder, country=holder.country.upper()), checked_iban(account.iban), bic, currency)


def _written(style: LetterStyle) -> dict[str, Any]:
    dress = style.dress
    return {
        "logo": base64.b64encode(dress.logo).decode(),
        "colour": dress.colour,
        "window": dress.window.value,
        "language": dress.language,
        **({"archival": True} if dress.is_archival else {}),
        "accounts": {code: asdict(one) for code, one in style.accounts.items()},
        "link": style.link,
    }


def _read(said: dict[str, Any]) -> LetterStyle:
    logo = base64.b64decode(said["logo"], validate=True)
    accounts = {
        code: Account(Party(**one["holder"]), one["iban"], one["bic"], one["currency"])
        for code, one in said["accounts"].items()
    }
    dress = Dress(logo, said["colour"], Window(said["window"]), said["language"], said.get("archival") is True)
    return LetterStyle(dress, accounts, said["link"])


def _without_logo(written: str | None) -> dict[str, Any] | None:
    """Give the stored style for the journal, a logo only by its size."""
    if written is None:
        return None
    said: dict[str, Any] = json.loads(written)
    return {**said, "logo": f"{len(said['logo'])} characters"}
