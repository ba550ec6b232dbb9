"""Import into a book by its place: one that is not there yet is made, and is gone again where nothing came in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from duedesk.actions.importing.report import ImportOutcome, ImportReport
from duedesk.actions.importing.taking import Progress, import_files
from duedesk.actions.workspace import Workspace, create_workspace, open_workspace
from duedesk.domain.errors import BookError
from duedesk.domain.world import World
from duedesk.exchange.mapping import Mapping, SourceOptions
from duedesk.store.book import discard_book
from duedesk.store.engine import is_server


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What is to be imported, and how."""

    files: Sequence[Path]
    mapping: Mapping | None = None
    options: SourceOptions = SourceOptions()  # noqa: RUF009 - it is frozen
    dry_run: bool = False
    skip_bad: bool = False
    rejected_to: Path | None = None


def import_into(
    location: str,
    world: World,
    request: ImportRequest,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportReport:
    """Import into the book at `location`, made where there is none; a dry run makes none."""
    with _book(location, world, dry_run=request.dry_run) as opened:
        report = import_files(
            opened.workspace,
            request.files,
            mapping=request.mapping,
            options=request.options,
            dry_run=request.dry_run,
            skip_bad=request.skip_bad,
            rejected_to=request.rejected_to,
            progress=progress,
            cancelled=cancelled,
        )
        opened.is_kept = not opened.is_new or report.outcome is ImportOutcome.IMPORTED
    return report


@dataclass(slots=True)
class _Opened:
    workspace: Workspace
    is_new: bool
    is_kept: bool = False


@contextmanager
def _book(location: str, world: World, *, dry_run: bool) -> Iterator[_Opened]:
    if is_server(location):
        with _kept_or_discarded(_on_server(location, world)) as opened:
            yield opened
    elif Path(location).exists():
        with _kept_or_discarded(_Opened(open_workspace(location, world), is_new=False, is_kept=True)) as opened:
            yield opened
    elif dry_run:
        with TemporaryDirectory(prefix="duedesk-") as folder:
            tried = _Opened(create_workspace(str(Path(folder) / Path(location).name), world), is_new=True)
            with _kept_or_discarded(tried) as opened:
                yield opened
    else:
        with _kept_or_discarded(_Opened(create_workspace(location, world), is_new=True)) as opened:
            yield opened


def _on_server(location: str, world: World) -> _Opened:
    try:
        return _Opened(open_workspace(location, world), is_new=False, is_kept=True)
    except BookError as error:
        if "holds no book yet" not in error.message:
            raise
        return _Opened(create_workspace(location, world), is_new=True)


@contextmanager
def _kept_or_discarded(opened: _Opened) -> Iterator[_Opened]:
    try:
        yield opened
    finally:
        if opened.is_kept:
            opened.workspace.close()
        else:
            discard_book(opened.workspace.book)
