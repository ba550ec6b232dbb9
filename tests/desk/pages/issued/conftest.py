"""A page of issued letters that stands alone over a small book with a run."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from actions.dunning.dunned import dunned, run
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.issued.page import IssuedPage

ISSUED = date(2026, 3, 10)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workspace: Workspace) -> IssuedPage:
    """A letter to Acme and one to Bolt, of the first level; the page hears of changes."""
    dunned(workspace)
    run(workspace, ISSUED)
    made = IssuedPage(desk, ISSUED)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    made.refresh()
    return made
