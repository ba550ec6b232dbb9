"""What was decided on a proposal, as `duedesk dun` takes it: a file of decisions, and what is waived."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from duedesk.cli.options import words
from duedesk.domain.dunning.proposal import Proposal
from duedesk.domain.dunning.triage import Triage, read_triage
from duedesk.domain.errors import RequestError

_LARGEST = 5_000_000
_BY_LETTER = ("letters", "levels", "channels", "addresses", "notes", "waivers")
_PARTS = {"invoices", "by", *_BY_LETTER}


def add_decisions(parser: argparse.ArgumentParser) -> None:
    """Add what may be decided before letters are issued; letters go by the key that `dun --json` gives them."""
    parser.add_argument(
        "--triage",
        metavar="F.json",
        type=Path,
        help='decisions: {"letters": {KEY: {"words": WHY, "until": D}}, "invoices", "levels", "channels", "notes", '
        '"waivers"}',
    )
    parser.add_argument(
        "--waive",
        metavar="KEY=WHY",
        type=_waiver,
        action="append",
        default=[],
        help="charge neither fee nor interest in this letter, and why",
    )
    parser.add_argument("--key", metavar="K", type=words, default="", help="of the run: the same key issues it once")
    parser.add_argument("--override", metavar="WHY", type=words, default="", help="issue although the book is old")


def decisions(options: argparse.Namespace, found: Proposal, user: str) -> tuple[Triage, dict[str, str]]:
    """Read what was decided on a proposal and what is waived.

    RequestError where the file holds no decisions, or names what nothing is called: a misspelt word must not let a
    letter go. Decisions that were kept may be on letters that are not proposed any more; `idle` gives them.
    """
    waived = dict(options.waive)
    if not options.key and (unknown := _unknown(waived, found)):
        raise RequestError(f"No letter “{unknown[0]}” is proposed.", "`duedesk dun --json` gives each letter's key.")
    if options.triage is None:
        return Triage(by=user), waived
    try:
        with options.triage.open("rb") as file:
            said = json.loads(file.read(_LARGEST))
    except OSError as error:
        raise RequestError(f"{options.triage} cannot be read: {error.strerror}.") from error
    except ValueError:
        raise RequestError(f"{options.triage} is no JSON.", "Write it as `dun --help` shows.") from None
    if not isinstance(said, dict) or not isinstance(invoices := said.get("invoices", {}), dict):
        raise RequestError(f"{options.triage} holds no decisions.", "Write them as `dun --help` shows.")
    if unknown := sorted(set(said) - _PARTS):
        raise RequestError(
            f"{options.triage} decides on “{unknown[0]}”, which nothing is called.",
            f"There are {', '.join(sorted(_PARTS))}.",
        )
    keys = {item.number: str(item.invoice_key) for _, item in found.items}
    gone = [number for number in invoices if number not in keys]
    if gone and not options.key:
        raise RequestError(f"Invoice “{gone[0]}” is in no letter that is proposed.", "Leave it out of the decisions.")
    named = {keys[number]: one for number, one in invoices.items() if number in keys}
    return replace(read_triage({**said, "invoices": named}), by=user), waived


def idle(decided: Triage, found: Proposal) -> list[str]:
    """Give the keys that decisions were made on and no letter of a proposal has."""
    return sorted({key for part in _BY_LETTER for key in _unknown(getattr(decided, part), found)})


def _unknown(keys: Iterable[str], found: Proposal) -> list[str]:
    proposed = {letter.key for letter in found.letters}
    return [key for key in keys if key not in proposed]


def _waiver(text: str) -> tuple[str, str]:
    key, _, why = words(text).partition("=")
    if not key or not why:
        raise argparse.ArgumentTypeError("write the letter's key, an equals sign and the reason: 12/EUR/1=Goodwill")
    return key, why
