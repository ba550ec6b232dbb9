"""A page of dunning that stands alone over a small book."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from actions.dunning.dunned import dunned
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.dunning.page import DunningPage

TODAY = date(2026, 2, 20)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workspace: Workspace) -> DunningPage:
    """Acme and Bolt, ten days after the last of their invoices that are due fell due; the page hears of changes."""
    dunned(workspace)
    made = DunningPage(desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    desk.tasks.changed.connect(made.refresh)
    made.show_view()
    return made
