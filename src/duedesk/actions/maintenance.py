"""Keep a book whole: prove it, and copy it away; neither changes a figure."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import hexdigits

from duedesk.actions.permission import permit
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import BookError, RequestError
from duedesk.store import journal
from duedesk.store.book import back_up
from duedesk.store.proof.book import prove
from duedesk.store.proof.findings import Finding

_SEAL = 64
"""Characters of a seal."""


@dataclass(frozen=True, slots=True)
class Proved:
    """One proof and the number of records it went over."""

    name: str
    records: int


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was proved, and what did not hold.

    `newest` is the newest entry of the journal and its seal; None where there is none. Kept somewhere else, the seal
    tells later that nothing before it was written anew, by whomever.
    """

    proved: tuple[Proved, ...]
    findings: tuple[Finding, ...]
    newest: tuple[int, str] | None = None


def check(
    workspace: Workspace, progress: Callable[[Proved], None] | None = None, *, seal: str | None = None
) -> CheckReport:
    """Prove every stored figure of the book from its events, and every rule of the ledger.

    `seal` is one that was noted at an earlier time: the journal must still hold its entry. RequestError where it is
    none, and for somebody who does not see all of the book: what is hidden would seem to be missing.
    """
    noted = None if seal is None else _read_seal(seal)
    proved: list[Proved] = []

    def step(name: str, records: int) -> None:
        proved.append(Proved(name, records))
        if progress is not None:
            progress(proved[-1])

    with workspace.book.reading() as connection:
        permit(connection, workspace.world.user, "check")
        findings = list(prove(connection, as_of=workspace.world.today(), step=step))
        newest = journal.newest_entry(connection)
        if noted is not None and not journal.holds_seal(connection, noted):
            findings.append(Finding("The journal", f"the entry sealed {noted}", "gone or written anew", "as it was"))
    return CheckReport(tuple(proved), tuple(findings), newest)


def _read_seal(text: str) -> str:
    """Read a seal as somebody noted it; RequestError where it can be none."""
    seal = text.strip().lower()
    if len(seal) != _SEAL or not set(seal) <= set(hexdigits):
        raise RequestError(
            f"“{text}” is no seal.", f"A seal has {_SEAL} letters and digits, as `duedesk check` prints it."
        )
    return seal


def backup(workspace: Workspace, target: Path | None = None) -> Path:
    """Copy the book to a file (beside it under today's date where none is named) and prove that it reads back."""
    if not workspace.book.is_file:
        raise BookError("A book on a server is not copied from here.", "Use pg_dump, or ask who runs the server.")
    with workspace.book.reading() as connection:
        permit(connection, workspace.world.user, "backup")
    source = Path(workspace.book.location)
    target = target or source.with_name(f"{source.stem}-{workspace.world.now():%Y%m%d-%H%M%S}{source.suffix}")
    if target.exists():
        raise BookError(f"{target} exists already.", "Choose another name; nothing is written over.")
    back_up(workspace.book, target)
    return target
