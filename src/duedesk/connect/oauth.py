"""Fetching a token by which a mail server lets us in, with one that was granted once (RFC 6749, section 6).

Nothing is followed elsewhere, and nothing is sent over a line that everybody can read.
"""

import json
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from duedesk.connect.mail import MailError

_PATIENCE_SECONDS = 30
_LONGEST_ANSWER = 64 * 1024
_LONGEST_SAYING = 200


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """Where tokens are fetched, who we are there, and the token that fetches others; `scope` is asked for if given."""

    url: str
    client_id: str
    client_secret: str
    refresh_token: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A token for a short while, and another one to fetch the next with where the provider changed it."""

    access_token: str
    refresh_token: str = ""


class _Nowhere(HTTPRedirectHandler):
    """Follows nothing: secrets go where they were meant to."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> None:
        """Follow nothing."""


def access_token(asked: TokenRequest) -> Fetched:
    """Fetch a token; MailError says what the provider answered, or that it did not."""
    fields = {
        "grant_type": "refresh_token",
        "client_id": asked.client_id,
        "refresh_token": asked.refresh_token,
        **({"client_secret": asked.client_secret} if asked.client_secret else {}),
        **({"scope": asked.scope} if asked.scope else {}),
    }
    head = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
    request = Request(asked.url, urlencode(fields).encode("ascii"), head, method="POST")  # noqa: S310 - checked below
    host = _checked_host(asked.url)
    try:
        with build_opener(_Nowhere()).open(request, timeout=_PATIENCE_SECONDS) as answer:
            said = _read(answer.read(_LONGEST_ANSWER))
    except HTTPError as error:
        with error:
            _refuse(host, error.code, _read(error.read(_LONGEST_ANSWER)))
    except (URLError, OSError, TimeoutError, ValueError) as error:
        why = getattr(error, "reason", error)
        raise MailError(f"{host} gave no token: {_one_line(str(why))}.", "Check the address of tokens.") from error
    token = said.get("access_token")
    if not isinstance(token, str) or not token:
        raise MailError(f"{host} answered without a token.", "Check the address of tokens.")
    again = said.get("refresh_token")
    return Fetched(token, again if isinstance(again, str) else "")


def _checked_host(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"https", "http"} or not parts.hostname:
        raise MailError(f"“{_one_line(url)}” is no address of tokens.", "It begins with https://.")
    return parts.hostname


def _refuse(host: str, code: int, said: dict[str, Any]) -> NoReturn:
    """Say why a provider refused."""
    error = _one_line(str(said.get("error") or code))
    words = _one_line(str(said.get("error_description") or ""))
    hints = {
        "invalid_grant": "The refresh token is over or was taken back: grant another one.",
        "invalid_client": "Check the client id and its secret.",
    }
    raise MailError(f"{host} gave no token: {error}{f' ({words})' if words else ''}.", hints.get(error, ""))


def _read(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _one_line(text: str) -> str:
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())[:_LONGEST_SAYING].rstrip(".")
