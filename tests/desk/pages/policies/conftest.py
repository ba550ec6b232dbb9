"""A page of policies that stands alone over a small book."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from actions.dunning.dunned import dunned
from desk.waiting import Settled
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import Desk
from duedesk.desk.pages.policies.page import PoliciesPage

TODAY = date(2026, 2, 19)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, workspace: Workspace, settled: Settled) -> PoliciesPage:
    """Acme and Bolt the day before a run; the page hears of changes."""
    dunned(workspace)
    made = PoliciesPage(desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    qtbot.waitActive(made)
    desk.tasks.changed.connect(made.refresh)
    made.show_policies()
    settled()
    return made
