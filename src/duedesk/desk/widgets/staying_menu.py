"""A menu in which several things are ticked before it closes; what a tick means is for others."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu


class StayingMenu(QMenu):
    """Stays open where something that can be ticked is clicked, or ticked with the space bar."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick and stay."""
        if self._ticks(self.actionAt(event.position().toPoint())):
            self.actionAt(event.position().toPoint()).trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar and stay."""
        if event.key() == Qt.Key.Key_Space and self._ticks(self.activeAction()):
            self.activeAction().trigger()
        else:
            super().keyPressEvent(event)

    def _ticks(self, action: QAction | None) -> bool:
        return action is not None and action.isCheckable() and action.isEnabled()
