"""A page of settings over an empty book, told of changes as the window tells it."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from desk.waiting import Settled
from duedesk.desk.page import Desk, Said
from duedesk.desk.pages.settings.page import SettingsPage

TODAY = date(2026, 11, 23)


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, settled: Settled) -> SettingsPage:
    made = SettingsPage(desk, TODAY)
    qtbot.addWidget(made)
    made.resize(1240, 760)
    made.show()
    qtbot.waitActive(made)
    desk.tasks.changed.connect(made.refresh)
    settled()
    return made


@pytest.fixture
def said(page: SettingsPage) -> list[Said]:
    told: list[Said] = []
    page.said.connect(told.append)
    return told
