"""`duedesk letter-style`: shows and sets how letters look and where they ask to be paid; it prints no letter."""

import argparse
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from duedesk.actions.letter_style import LetterStyle, letter_style, save_letter_style
from duedesk.cli.book_option import add_book, opened_book
from duedesk.cli.cash.cash_options import currency
from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import aligned
from duedesk.cli.options import add_json, words
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.documents.dress import Window
from duedesk.documents.payment_codes import Account, Party
from duedesk.documents.references import in_groups
from duedesk.domain.errors import RequestError
from duedesk.domain.languages import LANGUAGES

_PARTS = ("IBAN", "BIC", "holder", "street", "house number", "postal code", "town", "country")


def add_parser(verbs: Verbs) -> None:
    """Add `letter-style`."""
    parser = verbs.add_parser(
        "letter-style",
        description="How dunning letters look and where they ask to be paid. Without an option it is shown. An account "
        f"is written “{' | '.join(_PARTS)}”; a Swiss QR-bill needs all but the BIC, an EPC code the first three.",
    )
    add_book(parser)
    parser.add_argument("--logo", metavar="FILE", type=Path, help="a PNG or SVG; - takes it away")
    parser.add_argument("--colour", metavar="#RRGGBB", help="of the sender's name")
    parser.add_argument("--window", choices=tuple(Window), type=Window, help="where the address stands")
    parser.add_argument("--language", choices=LANGUAGES, help="of letters to whoever's own is not known")
    parser.add_argument(
        "--archival", choices=("yes", "no"), help="PDF/A-3b with the items attached, instead of tagged PDF/UA-1"
    )
    parser.add_argument("--link", metavar="URL", type=words, help="to pay by; may name $letter, $amount, $currency")
    parser.add_argument("--account", nargs=2, metavar=("CURRENCY", "ACCOUNT"), help="empty takes it away")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened_book(options, terminal) as workspace:
        style = workspace.ask(letter_style)
        wanted = _with(style, options)
        if wanted != style:
            save_letter_style(workspace, wanted)
            style = workspace.ask(letter_style)
    if options.json:
        write_json(terminal, _json(style))
        return DONE
    dress = style.dress
    logo = f"{len(dress.logo):,} bytes" if dress.logo else "none"
    shown = {"window": dress.window.value, "language": dress.language, "colour": dress.colour, "logo": logo}
    shown["kind"] = "PDF/A-3b, items attached" if dress.is_archival else "PDF/UA-1, tagged"
    shown |= {f"account {code}": f"{in_groups(one.iban)}, {one.holder.name}" for code, one in style.accounts.items()}
    for line in aligned((shown | {"link": style.link}).items()):
        terminal.say(line)
    return DONE


def _with(style: LetterStyle, options: argparse.Namespace) -> LetterStyle:
    changed: dict[str, Any] = {
        name: said for name in ("colour", "window", "language") if (said := getattr(options, name)) is not None
    }
    if options.archival is not None:
        changed["is_archival"] = options.archival == "yes"
    if options.logo is not None:
        try:
            changed["logo"] = b"" if str(options.logo) == "-" else options.logo.read_bytes()
        except OSError as error:
            raise RequestError(f"{options.logo} cannot be read: {error.strerror}.") from None
    accounts = dict(style.accounts)
    if options.account is not None:
        code, said = currency(options.account[0]), options.account[1]
        accounts.pop(code, None)
        if said.strip():
            accounts[code] = _account(code, said)
    link = style.link if options.link is None else options.link
    return replace(style, dress=replace(style.dress, **changed), accounts=accounts, link=link)


def _account(code: str, said: str) -> Account:
    parts = [part.strip() for part in said.split("|")]
    if not 3 <= len(parts) <= len(_PARTS):
        raise RequestError("That is no account.", f"Write “{' | '.join(_PARTS)}”.")
    iban, bic, *holder = parts
    return Account(Party(*holder), iban, bic, code)


def _json(style: LetterStyle) -> dict[str, Json]:
    dress = style.dress
    accounts: dict[str, Json] = {
        code: {**asdict(one), "holder": asdict(one.holder)} for code, one in style.accounts.items()
    }
    return {
        "window": dress.window.value,
        "language": dress.language,
        "archival": dress.is_archival,
        "colour": dress.colour,
        "logo_bytes": len(dress.logo),
        "accounts": accounts,
        "link": style.link,
    }
