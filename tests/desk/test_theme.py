"""The look on the screen: what the palette says, when it follows the system, and that it is put on whole."""

from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from duedesk.desk import fonts
from duedesk.desk.colours import READABLE, contrast
from duedesk.desk.theme import LookChoice, Theme, dress, palette
from duedesk.desk.widgets.labels import Role, plain_label
from duedesk.resources import Look, LookName, look

LIGHT, DARK = look(LookName.LIGHT), look(LookName.DARK)
PAIRS = (
    (QPalette.ColorRole.WindowText, QPalette.ColorRole.Window),
    (QPalette.ColorRole.Text, QPalette.ColorRole.Base),
    (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Button),
    (QPalette.ColorRole.PlaceholderText, QPalette.ColorRole.Base),
    (QPalette.ColorRole.HighlightedText, QPalette.ColorRole.Highlight),
    (QPalette.ColorRole.ToolTipText, QPalette.ColorRole.ToolTipBase),
    (QPalette.ColorRole.Link, QPalette.ColorRole.Window),
)


class Hints(QObject):
    """A system that says which scheme it is in."""

    colorSchemeChanged = Signal(object)  # noqa: N815 - Qt's own name

    def __init__(self, scheme: Qt.ColorScheme) -> None:
        super().__init__()
        self.scheme = scheme

    def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's own name
        return self.scheme


class System:
    """An application of a system; dressing it goes to the real one."""

    def __init__(self, app: QApplication, scheme: Qt.ColorScheme, window: str) -> None:
        self._app = app
        self.hints = Hints(scheme)
        self.given = QPalette(QColor(window))

    def palette(self) -> QPalette:
        return self.given

    def styleHints(self) -> Hints:  # noqa: N802 - Qt's own name
        return self.hints

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)


@pytest.fixture
def theme_of(qapp: QApplication) -> Any:
    """Make a theme on a system with a scheme and a window colour."""

    def make(scheme: Qt.ColorScheme, window: str, choice: LookChoice = LookChoice.SYSTEM) -> tuple[Theme, System]:
        system = System(qapp, scheme, window)
        return Theme(system, choice), system  # type: ignore[arg-type] # it does what Theme asks of one

    return make


@pytest.mark.parametrize("shown", [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")])
def test_every_text_of_the_palette_can_be_read(shown: Look) -> None:
    made = palette(shown)
    found = [
        (ink, contrast(made.color(ink).name().upper(), made.color(ground).name().upper())) for ink, ground in PAIRS
    ]

    assert [(ink, round(ratio, 2)) for ink, ratio in found if ratio < READABLE] == []


def test_the_style_sheet_is_understood_whole(qapp: QApplication, qtbot: QtBot) -> None:
    for shown in (DARK, LIGHT):
        dress(qapp, shown)  # Qt warns of what it cannot read, and a warning fails the test
        label = plain_label("5 days overdue", Role.OVERDUE)
        qtbot.addWidget(label)
        label.ensurePolished()
        assert label.palette().color(QPalette.ColorRole.WindowText).name().upper() == shown.overdue


def test_figures_are_tabular_and_strong_is_stronger(light: Look) -> None:
    metrics, strong = QFontMetrics(fonts.font()), QFontMetrics(fonts.font(strong=True))

    assert metrics.horizontalAdvance("1,111.11") == metrics.horizontalAdvance("8,888.88")
    assert strong.horizontalAdvance("1,111.11") == strong.horizontalAdvance("8,888.88")
    assert strong.horizontalAdvance("Balance") > metrics.horizontalAdvance("Balance")


def test_the_look_of_a_system_that_says_nothing_is_told_from_its_window(theme_of: Any) -> None:
    assert theme_of(Qt.ColorScheme.Unknown, "#EFEFEF")[0].look == LIGHT
    assert theme_of(Qt.ColorScheme.Unknown, "#202326")[0].look == DARK


def test_the_look_follows_the_system(theme_of: Any, qtbot: QtBot) -> None:
    theme, system = theme_of(Qt.ColorScheme.Light, "#EFEFEF")
    assert theme.look == LIGHT

    system.hints.scheme = Qt.ColorScheme.Dark
    with qtbot.waitSignal(theme.changed) as changed:
        system.hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert changed.args == [DARK]


def test_a_look_that_was_chosen_stays(theme_of: Any, qtbot: QtBot) -> None:
    theme, system = theme_of(Qt.ColorScheme.Light, "#EFEFEF", LookChoice.DARK)
    assert theme.look == DARK

    system.hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.look == DARK

    with qtbot.waitSignal(theme.changed):
        theme.choose(LookChoice.SYSTEM)
    assert theme.look == LIGHT


def test_choosing_what_is_there_already_changes_nothing(theme_of: Any, qtbot: QtBot) -> None:
    theme, _ = theme_of(Qt.ColorScheme.Light, "#EFEFEF")

    with qtbot.assertNotEmitted(theme.changed):
        theme.choose(LookChoice.LIGHT)
    assert theme.choice is LookChoice.LIGHT


def test_a_label_takes_the_weight_of_its_role(light: Look, qtbot: QtBot) -> None:
    label: QLabel = plain_label("15,400.00", Role.STRONG)
    qtbot.addWidget(label)

    assert label.font().variableAxisValue(_weight_axis()) == 600


def _weight_axis() -> Any:
    from PySide6.QtGui import QFont

    return QFont.Tag("wght")
