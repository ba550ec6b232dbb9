"""The tour draws every page of a book and of an empty one, in both looks and sizes, and changes nothing."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage, QImageReader

from desk.small_book import Small
from duedesk.actions.workspace import Workspace
from duedesk.desk import tour as touring
from duedesk.desk.tour import make_tour
from duedesk.desk.tour_stops import facts_of
from duedesk.domain.errors import BookError, RequestError
from duedesk.domain.filters import Filter
from duedesk.domain.reports.offered import REPORTS
from duedesk.resources import LookName
from duedesk.store.queries.lists import listing

PAGES = (
    "invoices",
    "invoices-narrowed",
    "invoice",
    "invoice-write-off",
    "invoice-dispute",
    "draft",
    "draft-edited",
    "draft-post",
    "payment",
    "payment-apply",
    "account",
    "aging",
    "aging-concentration",
    "aging-roll-forward",
    "letter",
    "import",
    "find",
    "find-query",
    "invoices-new-draft",
    "invoices-filter",
    "query",
    "query-groups",
    "query-saved",
    "batch-runs",
    "settings",
    "settings-sharing",
    "settings-rates",
    "settings-term",
)

pytestmark = pytest.mark.usefixtures("qapp")


def test_every_page_is_drawn_and_every_paper_made(workspace: Workspace, small: Small, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    before = workspace.ask(listing.totals, Filter(facts_of(workspace).as_of))
    made = make_tour(workspace, tmp_path / "tour", progress=lambda done, total: told.append((done, total)))
    names = {file.name for file in made}

    for page in (*PAGES, "invoices-empty", "welcome"):
        for look_name in ("light", "dark"):
            for width, height in ((1440, 900), (1024, 700)):
                name = f"{page}-{look_name}-{width}x{height}.png"
                assert name in names
                size = QImageReader(str(tmp_path / "tour" / name)).size()
                assert (size.width(), size.height()) == (width, height)
    assert sum(name.endswith(".xlsx") for name in names) == len(REPORTS)
    assert {"aging-2026-11-20.xlsx", "forecast-2026-11-20.xlsx"} < names
    levels = sorted(name for name in names if name.startswith("dunning-letter-level-"))
    assert levels == [f"dunning-letter-level-{level}-2026-11-20.pdf" for level in range(1, len(levels) + 1)]
    assert len(levels) > 1
    assert sum(name.endswith(".pdf") for name in names) == len(levels) + 2
    assert sorted(names) == sorted(file.name for file in (tmp_path / "tour").iterdir())
    assert told == [(done, len(made)) for done in range(1, len(made) + 1)]
    assert workspace.ask(listing.totals, Filter(facts_of(workspace).as_of)) == before


@pytest.fixture
def one_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the tour draw in one look and one size: that it does so in both is told above."""
    monkeypatch.setattr(touring, "LookName", (LookName.DARK,))
    monkeypatch.setattr(touring, "SIZES", ((1024, 700),))


@pytest.mark.usefixtures("one_look")
def test_the_same_book_gives_the_same_pictures(workspace: Workspace, small: Small, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        make_tour(workspace, tmp_path / folder, pages_only=True)
    names = [file.name for file in (tmp_path / "one").iterdir()]

    assert not any(name.endswith((".pdf", ".xlsx")) for name in names)
    differing = [name for name in names if QImage(str(tmp_path / "one" / name)) != QImage(str(tmp_path / "two" / name))]
    assert differing == []


@pytest.mark.usefixtures("one_look")
def test_an_empty_book_has_a_tour_too(workspace: Workspace, tmp_path: Path) -> None:
    names = {file.name for file in make_tour(workspace, tmp_path)}

    assert "invoices-dark-1024x700.png" in names
    assert "aging-2026-11-23.xlsx" in names
    pictures = [name for name in names if name.endswith(".png")]
    assert not any(name.startswith(("invoice-", "letter-")) for name in pictures), "a report may be called so"
    assert not any(name.endswith(".pdf") for name in names)


def test_a_folder_that_cannot_be_made_is_refused_in_words(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("a file", encoding="utf-8")

    with pytest.raises(RequestError, match="cannot be made"):
        make_tour(workspace, tmp_path / "blocked" / "tour")


def test_a_page_that_fails_fails_the_tour(
    workspace: Workspace, small: Small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise BookError("book.duedesk is locked by another program.")

    monkeypatch.setattr(touring, "facts_of", refuse)
    with pytest.raises(BookError, match="locked"):
        make_tour(workspace, tmp_path, pages_only=True)
