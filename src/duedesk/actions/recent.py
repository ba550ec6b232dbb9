"""The books last opened, remembered for the next start in the user's own folder; it opens none."""

import json
import os
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from platformdirs import user_state_dir

from duedesk.domain.errors import DuedeskError
from duedesk.exchange.files import write_safely

KEPT = 10
"""Books remembered."""


def state_folder() -> Path:
    """Give the folder in which this user's Duedesk keeps what is no data: the last books, reports of failures."""
    return Path(user_state_dir("duedesk", appauthor=False))


def remember_book(location: str) -> None:
    """Put a book in front of those last opened; where the folder cannot be written, it is forgotten in silence.

    The password in a server's address is not kept: it belongs in the server's own password file.
    """
    named = lasting_address(location)
    kept = recent_books()
    if kept[:1] == (named,):
        return
    books = [named, *(one for one in kept if one != named)][:KEPT]
    with suppress(OSError, DuedeskError):
        _file().parent.mkdir(parents=True, exist_ok=True)
        with write_safely(_file()) as draft:
            draft.write_text(json.dumps({"books": books}, indent=1), encoding="utf-8")


def last_book() -> str | None:
    """Give the location of the book last opened; None where there was none."""
    return next(iter(recent_books()), None)


def recent_books() -> tuple[str, ...]:
    """Give the locations of the books last opened, newest first, whether they still stand there or not."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        return tuple(one for one in kept["books"] if isinstance(one, str))
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def _file() -> Path:
    return state_folder() / "recent.json"


def lasting_address(location: str) -> str:
    """Give the location of a book as it holds wherever one stands, without a password."""
    if "://" not in location:
        return os.path.abspath(location)  # noqa: PTH100 - resolve() would follow a link that may be moved on purpose
    parts = urlsplit(location)
    if parts.password is None:
        return location
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user.partition(':')[0]}@{host}"))
