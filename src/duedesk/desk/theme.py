"""The look on the screen: a palette and one small style sheet made from the tokens; it follows the system if asked."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from duedesk.desk import fonts
from duedesk.desk.colours import mix, readable
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

    def __init__(self, app: QApplication, choice: LookChoice = LookChoice.SYSTEM) -> None:
        super().__init__(app)
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


def on_tint(shown: Look, colour: str) -> str:
    """Give a text colour that can be read on the tint of what is selected."""
    return readable(colour, on=shown.accent_tint, towards=shown.text)


def on_accent(shown: Look) -> str:
    """Give the text colour of a button filled with the accent."""
    return readable(shown.panel, on=shown.accent, towards=shown.background)


def pill_ground(shown: Look) -> str:
    """Give the ground of a pill that says nothing special."""
    return mix(shown.line, shown.panel, 0.35)


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


def style_sheet(shown: Look) -> str:
    """Give the style sheet of a look: lines, corners and hover, which a palette cannot say."""
    selected = on_tint(shown, shown.accent)
    edge = mix(shown.line, shown.quiet_text, 0.25)
    return f"""
QFrame[card="true"] {{ background: {shown.panel}; border: 1px solid {shown.line}; border-radius: 10px; }}
QFrame[bar="true"] {{ background: {shown.panel}; border: none; }}
QFrame[rule="true"] {{ background: {shown.line}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="quiet"], QLabel[role="small"] {{ color: {shown.quiet_text}; }}
QLabel[role="overdue"] {{ color: {shown.overdue}; }}
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox {{ background: {shown.panel}; border: 1px solid {shown.line};
  border-radius: 6px; padding: 0 8px; min-height: 26px; selection-background-color: {shown.accent}; }}
QLineEdit:hover, QComboBox:hover {{ border-color: {edge}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {{ border-color: {shown.accent}; }}
QLineEdit[wrong="true"] {{ border-color: {shown.overdue}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QPushButton {{ background: {shown.panel}; border: 1px solid {shown.line}; border-radius: 6px; padding: 0 12px;
  min-height: 26px; }}
QPushButton:hover {{ background: {shown.hover}; }}
QPushButton:focus {{ border-color: {shown.accent}; }}
QPushButton:pressed {{ background: {shown.line}; }}
QPushButton[primary="true"] {{ background: {shown.accent}; border-color: {shown.accent}; color: {on_accent(shown)}; }}
QPushButton[primary="true"]:focus {{ border-color: {shown.text}; }}
QPushButton[primary="true"]:disabled {{ background: {shown.panel}; border-color: {shown.line};
  color: {mix(shown.quiet_text, shown.panel, 0.35)}; }}
QPushButton[link="true"] {{ background: transparent; border-color: transparent; padding: 0 6px; }}
QPushButton[link="true"]:focus {{ border-color: {shown.accent}; }}
QPushButton[chip="true"] {{ border-radius: 13px; padding: 0 11px; min-height: 24px; max-height: 24px;
  color: {readable(shown.quiet_text, on=shown.panel, towards=shown.text)}; }}
QPushButton[chip="true"]:checked {{ background: {shown.accent_tint}; border-color: {shown.accent}; color: {selected}; }}
QPushButton[chip="true"]:focus {{ border-color: {shown.text}; }}
QPushButton[rail="true"] {{ border: 1px solid transparent; border-radius: 8px; padding: 0 11px; min-height: 30px;
  text-align: left; }}
QPushButton[rail="true"]:checked {{ background: {shown.accent_tint}; color: {selected}; }}
QPushButton[rail="true"]:focus {{ border-color: {shown.accent}; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 2px; }}
QToolButton:hover {{ background: {shown.hover}; }}
QToolButton:focus {{ border-color: {shown.accent}; }}
QTableView {{ background: {shown.panel}; border: none; outline: none; selection-background-color: {shown.accent_tint};
  selection-color: {shown.text}; }}
QHeaderView {{ background: {shown.panel}; border: none; }}
QHeaderView::section {{ background: {shown.panel}; color: {shown.quiet_text}; border: none;
  border-bottom: 1px solid {shown.line}; padding: 0 12px; font-weight: normal; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {shown.line}; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent; padding: 0 14px;
  height: 32px; color: {shown.quiet_text}; }}
QTabBar::tab:selected {{ color: {shown.text}; border-bottom-color: {shown.accent}; }}
QTabBar::tab:focus {{ border-bottom-color: {shown.text}; }}
QMenuBar {{ background: {shown.panel}; border-bottom: 1px solid {shown.line}; padding: 1px 8px; }}
QMenuBar::item {{ padding: 4px 10px; border-radius: 6px; background: transparent; }}
QMenuBar::item:selected, QMenuBar::item:pressed {{ background: {shown.accent_tint}; color: {shown.text}; }}
QMenu {{ background: {shown.panel}; border: 1px solid {shown.line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px; border-radius: 6px; }}
QMenu::item:selected {{ background: {shown.accent_tint}; color: {shown.text}; }}
QMenu::item:disabled {{ color: {mix(shown.quiet_text, shown.panel, 0.35)}; }}
QMenu::separator {{ height: 1px; background: {shown.line}; margin: 4px 8px; }}
QToolTip {{ background: {shown.panel}; color: {shown.text}; border: 1px solid {shown.line}; padding: 4px 6px; }}
QProgressBar {{ background: {shown.line}; border: none; border-radius: 3px; max-height: 6px; }}
QProgressBar::chunk {{ background: {shown.accent}; border-radius: 3px; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; }}
QScrollBar:horizontal {{ height: 12px; }}
QScrollBar::handle {{ background: {edge}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {shown.quiet_text}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
