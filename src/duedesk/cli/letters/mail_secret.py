"""The password of the mail server for one session: from the keyring, a file, or asked for; it is never an argument."""

import argparse
import getpass
import sys
from pathlib import Path

from duedesk.connect.mail import Mailer
from duedesk.connect.signing_in import secret_for
from duedesk.domain.errors import Question, RequestError
from duedesk.domain.mailing import Login, MailServer

_LONGEST = 8192
_STANDARD_INPUT = "-"


def add_password(parser: argparse.ArgumentParser) -> None:
    """Add `--password-from`."""
    parser.add_argument(
        "--password-from", metavar="F", help="a file that holds the password or token; - reads standard input (keyring)"
    )


def opened_mailer(server: MailServer, options: argparse.Namespace) -> Mailer:
    """Give a session with the mail server; Question where its password is not known and nobody is there to ask."""
    return Mailer(server, None if server.login is Login.NONE else _secret(server, options))


def given_secret(options: argparse.Namespace) -> str | None:
    """Give the password that `--password-from` names; None where it names none."""
    return None if options.password_from is None else secret_from(options.password_from)


def secret_from(place: str) -> str:
    """Read a secret from a file, or standard input where the place is `-`; RequestError where there is none."""
    try:
        if place == _STANDARD_INPUT:
            text = sys.stdin.readline(_LONGEST)
        else:
            with Path(place).open(encoding="utf-8") as file:
                text = file.readline(_LONGEST)
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"The password cannot be read from {place}.") from error
    secret = text.rstrip("\r\n")
    if not secret:
        raise RequestError("The password is empty.")
    return secret


def _secret(server: MailServer, options: argparse.Namespace) -> str:
    given = given_secret(options) or secret_for(server)
    if given:
        return given
    if sys.stdin.isatty():
        return getpass.getpass(f"Password of {server.user} at {server.host}: ")
    raise Question(
        f"What is the password of {server.user} at {server.host}?",
        "--password-from FILE reads it; `duedesk mail-settings --keep-password` keeps it in the keyring.",
    )
