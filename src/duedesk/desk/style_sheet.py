"""The style sheet of a look: lines, corners and hover, which a palette cannot say; everything else is the palette's."""

from duedesk.desk.colours import mix, on_accent, on_tint, readable
from duedesk.resources import Look


def style_sheet(shown: Look) -> str:
    """Give the style sheet of a look."""
    return _surfaces(shown) + _controls(shown) + _views(shown)


def _edge(shown: Look) -> str:
    return mix(shown.line, shown.quiet_text, 0.25)


def _surfaces(shown: Look) -> str:
    edge = _edge(shown)
    return f"""
QFrame[card="true"] {{ background: {shown.panel}; border: 1px solid {shown.line}; border-radius: 10px; }}
QFrame[bar="true"] {{ background: {shown.panel}; border: none; }}
QFrame[rule="true"] {{ background: {shown.line}; border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="quiet"], QLabel[role="small"] {{ color: {shown.quiet_text}; }}
QLabel[overlay="true"] {{
    background: {shown.panel}; border: 1px solid {shown.accent}; border-radius: 6px; padding: 5px 10px;
}}
QLabel[role="overdue"] {{ color: {shown.overdue}; }}
QLabel[role="good"] {{ color: {readable(shown.buckets[0], on=shown.panel, towards=shown.text)}; }}
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


def _controls(shown: Look) -> str:
    selected, edge = on_tint(shown, shown.accent), _edge(shown)
    return f"""
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox {{ background: {shown.panel}; border: 1px solid {shown.line};
  border-radius: 6px; padding: 0 8px; min-height: 26px; selection-background-color: {shown.accent}; }}
QLineEdit:hover, QComboBox:hover {{ border-color: {edge}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus {{ border-color: {shown.accent}; }}
QLineEdit[tinted="true"] {{ background: {shown.accent_tint}; border-color: {shown.accent}; color: {selected}; }}
QLineEdit[missing="true"], QComboBox[missing="true"], QPushButton[missing="true"] {{
    border: 1px dashed {shown.quiet_text}; }}
QLineEdit[wrong="true"] {{ border-color: {shown.overdue}; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QPushButton {{ background: {shown.panel}; border: 1px solid {shown.line}; border-radius: 6px; padding: 0 12px;
  min-height: 26px; }}
QPushButton:hover {{ background: {shown.hover}; }}
QPushButton:focus {{ border-color: {shown.accent}; }}
QPushButton:pressed, QPushButton:checked {{ background: {shown.line}; }}
QPushButton[primary="true"] {{ background: {shown.accent}; border-color: {shown.accent}; color: {on_accent(shown)}; }}
QPushButton[primary="true"]:focus {{ border-color: {shown.text}; }}
QPushButton[primary="true"]:disabled {{ background: {shown.panel}; border-color: {shown.line};
  color: {mix(shown.quiet_text, shown.panel, 0.35)}; }}
QPushButton[link="true"] {{ background: transparent; border-color: transparent; padding: 0 6px; }}
QPushButton[link="true"]:focus {{ border-color: {shown.accent}; }}
QPushButton[field="true"] {{ color: {shown.quiet_text}; text-align: left; padding: 0 10px; }}
QLineEdit#find {{ border: none; background: transparent; font-size: 15px; min-height: 30px; }}
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
"""


def _views(shown: Look) -> str:
    return f"""
QTableView {{ background: {shown.panel}; border: none; outline: none; selection-background-color: {shown.accent_tint};
  selection-color: {shown.text}; }}
QHeaderView {{ background: {shown.panel}; border: none; }}
QHeaderView::section {{ background: {shown.panel}; color: {shown.quiet_text}; border: none;
  border-bottom: 1px solid {shown.line}; padding: 0 12px; font-weight: normal; }}
QListView[found="true"] {{ background: transparent; border: none; outline: none; padding: 4px 0; }}
QListView[sections="true"] {{ background: transparent; border: none; outline: none; }}
QListView[ticks="true"] {{ background: {shown.panel}; border: 1px solid {shown.line}; border-radius: 6px;
  outline: none; }}
QListView[ticks="true"]:focus {{ border-color: {shown.accent}; }}
QListView[sections="true"]::item {{ padding: 0 8px; border-radius: 6px; border: 1px solid transparent; }}
QListView[sections="true"]::item:hover {{ background: {shown.hover}; }}
QListView[sections="true"]::item:selected {{ background: {shown.accent_tint}; color: {shown.text}; }}
QListView[offers="true"] {{ background: {shown.panel}; border: 1px solid {shown.line}; outline: none; }}
QListView[offers="true"]::item {{ height: 28px; padding: 0 8px; border: none; }}
QListView[offers="true"]::item:selected, QListView[offers="true"]::item:hover {{ background: {shown.accent_tint};
  color: {shown.text}; }}
QCalendarWidget QWidget#qt_calendar_navigationbar {{ background: {shown.panel}; }}
QCalendarWidget QToolButton {{ color: {shown.text}; min-height: 24px; padding: 0 8px; margin: 2px; }}
QCalendarWidget QToolButton::menu-indicator {{ image: none; }}
QCalendarWidget QTableView {{ selection-background-color: {shown.accent}; selection-color: {on_accent(shown)}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {shown.line}; }}
QTabBar::tab {{ background: transparent; border: none; border-bottom: 2px solid transparent; padding: 0 14px;
  height: 32px; color: {shown.quiet_text}; }}
QTabBar::tab:selected {{ color: {shown.text}; border-bottom-color: {shown.accent}; }}
QTabBar::tab:focus {{ border-bottom-color: {shown.text}; }}
"""
