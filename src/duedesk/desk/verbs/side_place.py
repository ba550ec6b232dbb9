"""The place beside a list: what usually stands there, and for a while a panel in its stead; it knows neither."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from duedesk.desk.verbs.panel import VerbPanel
from duedesk.domain.errors import RequestError

WIDTH, NARROW_WIDTH, NARROW = 340, 304, 1200
"""Pixels of a panel, in a wide window and in one that is narrower than the last."""


class SidePlace(QWidget):
    """Takes no room while there is nothing to show; it owns the panel that stands there."""

    changed = Signal()
    """Another panel stands there, or none."""

    def __init__(self, usual: QWidget | None = None) -> None:
        super().__init__()
        self._usual = usual
        self._panel: QWidget | None = None
        self._wants_usual = usual is not None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        if usual is not None:
            self._line.addWidget(usual)
        else:
            self.hide()

    @property
    def panel(self) -> QWidget | None:
        """Give the panel that stands there for a while."""
        return self._panel

    @property
    def shows_usual(self) -> bool:
        """Tell whether what usually stands there is wanted."""
        return self._wants_usual

    def show_usual(self, *, shows: bool) -> None:
        """Show what usually stands there, or leave the room to the list."""
        self._wants_usual = shows
        self._fit()

    def open_panel(self, panel: QWidget) -> None:
        """Put a panel there in place of the one before."""
        self._take_down()
        self._panel = panel
        panel.setFixedWidth(NARROW_WIDTH if self.window().width() < NARROW else WIDTH)
        self._line.addWidget(panel)
        panel.show()
        self._fit()
        self.changed.emit()

    def close_panel(self) -> None:
        """Take the panel down."""
        if self._panel is not None:
            self._take_down()
            self._fit()
            self.changed.emit()

    def can_leave(self) -> bool:
        """Tell whether the panel holds nothing that would have to be typed again; one that does says so itself."""
        panel = self._panel
        if not isinstance(panel, VerbPanel) or not panel.has_input():
            return True
        panel.show_fault(RequestError("This is not done yet.", "Ctrl+Enter does it, Esc drops it."))
        return False

    def _take_down(self) -> None:
        panel, self._panel = self._panel, None
        if panel is not None:
            self._line.removeWidget(panel)
            panel.hide()
            panel.deleteLater()

    def _fit(self) -> None:
        if self._usual is not None:
            self._usual.setVisible(self._wants_usual and self._panel is None)
        self.setVisible(self._panel is not None or (self._usual is not None and self._wants_usual))
