"""Shows a drawn chart: a piece of it is told under the mouse, reached by keys and clicked; it draws no figures."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from duedesk.charts.picture import ChartPicture, ChartRegion
from duedesk.desk.widgets.labels import tooltip
from duedesk.resources import Look

_OPENS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class ChartView(QWidget):
    """A picture with regions; `in_words` says what a region is."""

    chosen = Signal(object)
    """A region was clicked, or Enter pressed on it: the ChartRegion."""
    pointed = Signal(object)
    """Another region is under the mouse or reached by keys: the ChartRegion, or None."""
    copy_asked = Signal()
    """Ctrl+C was pressed on it."""
    resized = Signal()
    """The picture has to be drawn in another size."""

    def __init__(self, look: Look, in_words: Callable[[ChartRegion], str]) -> None:
        super().__init__()
        self._look = look
        self._in_words = in_words
        self._picture: ChartPicture | None = None
        self._image = QImage()
        self._pointed: ChartRegion | None = None
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def picture(self) -> ChartPicture | None:
        """Give the picture that is shown."""
        return self._picture

    @property
    def pointed_at(self) -> ChartRegion | None:
        """Give the region under the mouse, or reached by keys."""
        return self._pointed

    def set_picture(self, picture: ChartPicture | None, description: str = "") -> None:
        """Show another picture, and say in words what is on it; what was pointed at stays so while it is there."""
        self._picture = picture
        self._image = QImage()
        if picture is not None:
            kind = QImage.Format.Format_RGBA8888
            self._image = QImage(picture.rgba, picture.width, picture.height, 4 * picture.width, kind)
            self._image.setDevicePixelRatio(picture.pixel_ratio)
        self.setAccessibleDescription(description)
        self._point_at(self._same_as(self._pointed))
        self.update()

    def unmark(self) -> None:
        """Mark no region any more."""
        self._point_at(None)

    def set_look(self, look: Look) -> None:
        """Mark in another look; the picture itself is drawn anew by whoever made it."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        """Give a size in which a year of bars can be read."""
        return QSize(640, 240)

    def event(self, event: QEvent) -> bool:
        """Tell what is under the mouse."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            region = self._region_at(QPointF(event.pos()))
            self.setToolTip(tooltip("" if region is None else self._in_words(region)))
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what is under the mouse."""
        self._point_at(self._region_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing."""
        super().leaveEvent(event)
        self._point_at(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        region = self._region_at(event.position())
        if region is not None and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(region)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk over the regions, and open the one reached."""
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif key in _OPENS and self._pointed is not None:
            self.chosen.emit(self._pointed)
        elif key in _STEPS and self._picture is not None and self._picture.regions:
            across, up = _STEPS[key]
            if self._picture.lies:
                across, up = -up, across
            self._point_at(self._beside(self._picture.regions, across, up))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw the picture, and the mark on it."""
        if self._picture is None:
            return
        painter = QPainter(self)
        drawn = self._image.deviceIndependentSize()
        fits = drawn.toSize() == self.size()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=not fits)
        if fits:
            painter.drawImage(0, 0, self._image)
        else:  # until the picture of this size has come
            painter.drawImage(QRectF(self.rect()), self._image)
        if self._pointed is not None and fits:
            painter.setPen(QPen(QColor(self._look.text), 1))
            one = self._pointed
            painter.drawRect(QRectF(round(one.x) - 0.5, round(one.y) - 0.5, round(one.width), max(one.height, 1)))

    def _region_at(self, at: QPointF) -> ChartRegion | None:
        return None if self._picture is None else self._picture.region_at(at.x(), at.y())

    def _point_at(self, region: ChartRegion | None) -> None:
        if region == self._pointed:
            return
        self._pointed = region
        self.setCursor(Qt.CursorShape.ArrowCursor if region is None else Qt.CursorShape.PointingHandCursor)
        self.pointed.emit(region)
        self.update()

    def _same_as(self, region: ChartRegion | None) -> ChartRegion | None:
        """Give the region of this picture that is what another was on the one before."""
        if region is None or self._picture is None:
            return None
        place = (region.column_index, region.bucket_index)
        return next((one for one in self._picture.regions if (one.column_index, one.bucket_index) == place), None)

    def _beside(self, regions: tuple[ChartRegion, ...], across: int, up: int) -> ChartRegion:
        """Give the region next to the marked one: along its bar, or in the same bucket of the nearest bar aside."""
        here = self._pointed
        if here is None:
            return regions[-1] if across < 0 else regions[0]
        if up:
            same_bar = [one for one in regions if one.column_index == here.column_index]
            at = same_bar.index(here) + up if here in same_bar else 0
            return same_bar[min(max(at, 0), len(same_bar) - 1)] if same_bar else here
        aside = [one for one in regions if (one.column_index - here.column_index) * across > 0]
        return min(
            aside,
            key=lambda one: (
                abs(one.column_index - here.column_index),
                abs(one.bucket_index - here.bucket_index),
            ),
            default=here,
        )
