"""The look on the screen: a palette and one small style sheet made from the tokens; it follows the system if asked."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from duedesk.desk import fonts
from duedesk.desk.colours import mix, on_accent, readable
from duedesk.desk.style_sheet import style_sheet
from duedesk.resources import Look, LookName, look

ROW_HEIGHT = 28
"""Pixels of a table row and of a control."""

PAGE_MARGIN, GAP = 20, 12
"""Pixels around a page, and between the things on it."""

_DARK_BELOW = 0.5
"""A window colour less light than this means that the system is dark."""


class LookChoice(StrEnum):
    """Which look the reader asks for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """The look in force; it changes when the reader chooses another, or when the system does."""

    changed = Signal(object)
    """The Look that is in force now."""

    def __init__(self, app: QApplication, choice: LookChoice, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._system_palette = app.palette()
        self._hints = app.styleHints()  # kept: the object behind a temporary is deleted
        self._hints.colorSchemeChanged.connect(self._follow_system)
        self.choice = choice
        self.look = look(self._wanted())
        dress(app, self.look)

    def choose(self, choice: LookChoice) -> None:
        """Take the look that the reader asks for."""
        self.choice = choice
        self._take(self._wanted())

    def _follow_system(self) -> None:
        if self.choice is LookChoice.SYSTEM:
            self._take(self._wanted())

    def _take(self, name: LookName) -> None:
        if look(name) == self.look:
            return
        self.look = look(name)
        dress(self._app, self.look)
        self.changed.emit(self.look)

    def _wanted(self) -> LookName:
        if self.choice is not LookChoice.SYSTEM:
            return LookName(self.choice.value)
        scheme = self._hints.colorScheme()
        if scheme is Qt.ColorScheme.Unknown:  # no platform theme says it; its palette may
            is_dark = self._system_palette.window().color().lightnessF() < _DARK_BELOW
            return LookName.DARK if is_dark else LookName.LIGHT
        return LookName.DARK if scheme is Qt.ColorScheme.Dark else LookName.LIGHT


def dress(app: QApplication, shown: Look) -> None:
    """Put a look on the whole application."""
    app.setStyle("Fusion")
    fonts.install(app)
    app.setPalette(palette(shown))
    app.setStyleSheet(style_sheet(shown))


def palette(shown: Look) -> QPalette:
    """Give the palette of a look; all that the style sheet does not name is drawn from it."""
    made = QPalette()
    role = QPalette.ColorRole
    colours = {
        role.Window: shown.background,
        role.WindowText: shown.text,
        role.Base: shown.panel,
        role.AlternateBase: shown.hover,
        role.Text: shown.text,
        role.Button: shown.panel,
        role.ButtonText: shown.text,
        role.BrightText: shown.overdue,
        role.PlaceholderText: shown.quiet_text,
        role.Highlight: shown.accent,
        role.HighlightedText: on_accent(shown),
        role.Accent: shown.accent,
        role.Link: readable(shown.accent, on=shown.background, towards=shown.text),
        role.LinkVisited: readable(shown.accent, on=shown.background, towards=shown.text),
        role.ToolTipBase: shown.panel,
        role.ToolTipText: shown.text,
        role.Light: shown.panel,
        role.Midlight: shown.hover,
        role.Mid: shown.line,
        role.Dark: mix(shown.line, shown.text, 0.2),
        role.Shadow: mix(shown.line, shown.text, 0.4),
    }
    for one, colour in colours.items():
        made.setColor(one, QColor(colour))
    faint = QColor(mix(shown.quiet_text, shown.panel, 0.35))
    for one in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, one, faint)
    return made
