"""Sheets of paper below each other on the surface of the desk; who renders them, and from what, is not known here."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QSizePolicy

from duedesk.resources import Look

PIXELS_PER_POINT = 96 / 72
"""At this scale a sheet is as large as on paper; it is never shown larger."""

_AROUND, _BETWEEN = 8, 16
_KEPT_AROUND = 2
"""Sheets above and below the visible ones whose pictures are kept."""

_WHEEL_STEP = 40


@dataclass(frozen=True, slots=True)
class SheetsWanted:
    """Sheets, by their place, that are to be rendered at so many device pixels a point."""

    places: tuple[int, ...]
    scale: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One rendered sheet."""

    place: int
    scale: float
    image: QImage


class SheetView(QAbstractScrollArea):
    """Shows sheets as wide as there is room for, and asks for the pictures of those in sight."""

    wanted = Signal(object)
    """Sheets are to be rendered: a SheetsWanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sizes: tuple[tuple[float, float], ...] = ()
        self._sheets: dict[int, Sheet] = {}
        self._asked: SheetsWanted | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Preview")

    @property
    def sheet_count(self) -> int:
        """Give the number of sheets."""
        return len(self._sizes)

    @property
    def is_complete(self) -> bool:
        """Tell whether every sheet in sight is drawn at the scale it is shown in."""
        return bool(self._sizes) and not self._missing()

    def show_sheets(self, sizes: tuple[tuple[float, float], ...]) -> None:
        """Show sheets of these widths and heights in points, white until their pictures come; empty shows nothing."""
        self._sizes = sizes
        self._sheets.clear()
        self._asked = None
        self.verticalScrollBar().setValue(0)
        self._lay_out()

    def take(self, sheets: tuple[Sheet, ...]) -> None:
        """Take rendered sheets."""
        for sheet in sheets:
            if sheet.place < len(self._sizes):
                sheet.image.setDevicePixelRatio(self.devicePixelRatioF())
                self._sheets[sheet.place] = sheet
        seen = self._in_sight()
        for place in [place for place in self._sheets if not _is_near(place, seen)]:
            del self._sheets[place]
        self._asked = None
        self.viewport().update()
        self._ask()

    def set_look(self, look: Look) -> None:
        """Draw the edges in another look; paper stays white."""
        self._look = look
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """Leave room for a line to be guessed."""
        return QSize(240, 160)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature
        """Draw what is in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place in self._in_sight():
            rect = self._rect(place)
            painter.fillRect(rect, Qt.GlobalColor.white)
            sheet = self._sheets.get(place)
            if sheet is not None and sheet.scale == self._device_scale():
                painter.drawImage(rect.topLeft(), sheet.image)  # dot by dot: a pixel more or less would blur all
            elif sheet is not None:
                painter.drawImage(rect, sheet.image)
            painter.setPen(QColor(self._look.line))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the sheets into the room there is."""
        super().resizeEvent(event)
        self._lay_out()

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: ARG002 - Qt's signature
        """Show other sheets."""
        self.viewport().update()
        self._ask()

    def changeEvent(self, event: QEvent) -> None:
        """Ask again where the screen is finer or coarser now."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self._ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first or last sheet with Home and End; the arrows and page keys scroll."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        bar = self.verticalScrollBar()
        height = self._top(len(self._sizes)) - _BETWEEN + _AROUND if self._sizes else 0
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(_WHEEL_STEP)
        bar.setRange(0, max(height - self.viewport().height(), 0))
        self.viewport().update()
        self._ask()

    def _scale(self) -> float:
        """Give the pixels of the screen, as the desk counts them, that a point takes.

        There is always room for the scroll bar: a sheet that fits only without it would have it come and go for ever.
        """
        widest = max((width for width, _ in self._sizes), default=1.0)
        room = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        return min((room - 2 * _AROUND) / widest, PIXELS_PER_POINT)

    def _top(self, place: int) -> int:
        scale = self._scale()
        return _AROUND + sum(round(height * scale) + _BETWEEN for _, height in self._sizes[:place])

    def _rect(self, place: int) -> QRect:
        scale = self._scale()
        width, height = (round(side * scale) for side in self._sizes[place])
        left = (self.viewport().width() - width) // 2
        return QRect(left, self._top(place) - self.verticalScrollBar().value(), width, height)

    def _in_sight(self) -> tuple[int, ...]:
        seen = self.viewport().rect()
        return tuple(place for place in range(len(self._sizes)) if self._rect(place).intersects(seen))

    def _missing(self) -> tuple[int, ...]:
        wanted = self._device_scale()
        drawn = {place for place, sheet in self._sheets.items() if sheet.scale == wanted}
        return tuple(place for place in self._in_sight() if place not in drawn)

    def _device_scale(self) -> float:
        return self._scale() * self.devicePixelRatioF()

    def _ask(self) -> None:
        missing = self._missing() if self._sizes and self._scale() > 0 else ()
        wanted = SheetsWanted(missing, self._device_scale())
        if missing and wanted != self._asked:
            self._asked = wanted
            self.wanted.emit(wanted)


def _is_near(place: int, seen: tuple[int, ...]) -> bool:
    return bool(seen) and seen[0] - _KEPT_AROUND <= place <= seen[-1] + _KEPT_AROUND
