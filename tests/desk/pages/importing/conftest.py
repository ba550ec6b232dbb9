"""A page of imports that stands alone over an empty book, and files to take in."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from duedesk.desk.page import Desk
from duedesk.desk.pages.importing.page import ImportPage

TODAY = date(2026, 11, 23)


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Write a file and give its path."""

    def write(text: str, name: str = "bills.csv", encoding: str = "utf-8") -> str:
        place = tmp_path / name
        place.write_bytes(text.encode(encoding))
        return str(place)

    return write


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> ImportPage:
    """The page, told of changes as the window tells it."""
    made = ImportPage(desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    return made
