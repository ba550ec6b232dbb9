"""Paints whole rows of the record table in one go; what they say was written behind the window, it reads nothing.

Python is slow a call and Qt is quick a text: so each row is laid out once as texts that Qt keeps shaped, and painted
kind by kind, with one font and one ink set for all rows in sight. Pills and squares are kept as small pictures.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPixmap, QStaticText, QTransform
from PySide6.QtWidgets import QWidget

from duedesk.desk import fonts
from duedesk.desk.colours import pill_colours
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.paint import PADDING, SQUARE, currency_rect, fitted, text_rect
from duedesk.desk.tables.rows import GroupHead, ShownRow
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.resources import Look

_KEPT = 512
"""Rows kept laid out: more than two screens show."""

_PILL_HEIGHT, _PILL_PADDING = 18, 8
_FOCUS = 2
"""Pixels of the bar before the row in hand."""

_SHAPED_ALIKE = "\u0250"
"""Below this letter the desk's own type has every letter, and a text stands on one baseline however it is drawn."""

Text = tuple[int, int, QStaticText | str]
"""Where a text begins, how far below the top of its row, and the text."""

Style = tuple[int, int]
"""Which font, and which ink as a number."""


@dataclass(slots=True)
class Laid:
    """A row, or a part of one, ready to be painted: texts by style, pictures with their places."""

    row: ShownRow
    texts: dict[Style, list[Text]] = field(default_factory=dict)
    pictures: list[tuple[int, int, QPixmap]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the view: where it stands, what it holds (None: on its way), and how it is marked."""

    top: int
    row: ShownRow | GroupHead | None
    is_selected: bool = False
    is_current: bool = False
    is_hovered: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Columns side by side: `cells` are (section, left, width) from left to right; `shift` is scrolled away."""

    cells: tuple[tuple[int, int, int], ...]
    left: int
    right: int
    shift: int = 0


class RowPainter:
    """Knows fonts, inks and the columns; keeps the rows that it has laid out until one of those changes."""

    def __init__(self, look: Look, device: QWidget) -> None:
        self._device = device
        self._fonts = (fonts.font(), fonts.font(strong=True), fonts.font(fonts.SMALL))
        self._metrics = tuple(map(QFontMetrics, self._fonts))
        self._below = [(ROW_HEIGHT + one.ascent() - one.descent() + 1) // 2 - one.ascent() for one in self._metrics]
        self._kept: OrderedDict[tuple[int, int, bool], Laid] = OrderedDict()
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self._laid_for: tuple[object, ...] = ()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Paint in another look."""
        self._look = look
        self._text, self._quiet = QColor(look.text).rgba(), QColor(look.quiet_text).rgba()
        self._selected, self._hover = QColor(look.accent_tint), QColor(look.hover)
        self._panel, self._line, self._accent = QColor(look.panel), QColor(look.line), QColor(look.accent)
        self._head = QColor(look.background)
        self.forget()

    @property
    def ground(self) -> QColor:
        """Give what lies under the rows."""
        return self._panel

    def forget(self) -> None:
        """Lay everything out anew: other rows, columns or colours."""
        self._kept.clear()
        self._pictures.clear()

    def paint(
        self, painter: QPainter, lines: Sequence[Line], columns: Sequence[Column], stretches: Sequence[Stretch]
    ) -> None:
        """Paint rows, stretch by stretch: what is frozen comes last and covers what is scrolled under it."""
        now = (tuple(columns), tuple(one.cells for one in stretches), self._device.devicePixelRatioF())
        if now != self._laid_for:
            self._laid_for = now
            self.forget()
        for place, stretch in enumerate(stretches):
            if len(stretches) > 1:
                painter.setClipRect(QRect(stretch.left, 0, stretch.right - stretch.left, self._device.height()))
            self._paint_grounds(painter, lines, stretch, is_over=place > 0)
            self._paint_stretch(painter, lines, columns, stretch, place)
        painter.setClipping(False)
        for line in lines:
            if isinstance(line.row, GroupHead):
                self._paint_head(painter, line, line.row)
            if line.is_current:
                painter.fillRect(0, line.top + 2, _FOCUS, ROW_HEIGHT - 4, self._accent)

    def _paint_grounds(self, painter: QPainter, lines: Sequence[Line], stretch: Stretch, *, is_over: bool) -> None:
        width = stretch.right - stretch.left
        for line in lines:
            ground = self._ground(line)
            if ground is not None or is_over:
                painter.fillRect(stretch.left, line.top, width, ROW_HEIGHT, ground or self._panel)

    def _ground(self, line: Line) -> QColor | None:
        if line.is_selected:
            return self._selected
        if line.is_hovered:
            return self._hover
        return self._head if isinstance(line.row, GroupHead) else None

    def _paint_stretch(
        self, painter: QPainter, lines: Sequence[Line], columns: Sequence[Column], stretch: Stretch, place: int
    ) -> None:
        by_style: dict[Style, list[tuple[int, list[Text]]]] = {}
        painter.translate(-stretch.shift, 0)
        for line in lines:
            if not isinstance(line.row, ShownRow) or not line.row.texts:
                continue
            laid = self._laid(line.row, columns, stretch, place, is_selected=line.is_selected)
            for style, texts in laid.texts.items():
                by_style.setdefault(style, []).append((line.top, texts))
            for left, below, picture in laid.pictures:
                painter.drawPixmap(left, line.top + below, picture)
        for (font, ink), rows in by_style.items():
            painter.setFont(self._fonts[font])
            painter.setPen(QColor.fromRgba(ink))
            shaped, ascent = painter.drawStaticText, self._metrics[font].ascent()
            for top, texts in rows:
                for left, below, text in texts:
                    if isinstance(text, str):
                        painter.drawText(left, top + below + ascent, text)
                    else:
                        shaped(left, top + below, text)
        painter.translate(stretch.shift, 0)

    def _laid(
        self, row: ShownRow, columns: Sequence[Column], stretch: Stretch, place: int, *, is_selected: bool
    ) -> Laid:
        name = (row.key, place, is_selected)
        laid = self._kept.get(name)
        if laid is None or laid.row is not row:
            laid = self._kept[name] = Laid(row)
            for section, left, width in stretch.cells:
                self._lay(
                    laid, columns[section], row, row.texts[section], QRect(left, 0, width, ROW_HEIGHT), is_selected
                )
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return laid

    def _lay(self, laid: Laid, column: Column, row: ShownRow, text: str, cell: QRect, is_selected: bool) -> None:  # noqa: FBT001
        rect = text_rect(column, cell)
        match column.shown:
            case Shown.STATUS:
                self._lay_pill(laid, rect, text)
            case Shown.DAYS:
                if row.bucket is not None:
                    laid.pictures.append((rect.left(), ROW_HEIGHT // 2 - SQUARE // 2, self._square(row.bucket)))
                rect.setLeft(rect.left() + SQUARE + 4)
                self._put(laid, rect, text, (0, self._text if row.bucket else self._quiet), right=True)
            case Shown.BALANCE:
                is_open = row.bucket is not None
                ink = self._text if is_open or is_selected else self._quiet
                self._put(laid, rect, text, (1 if is_open else 0, ink), right=True)
                currency = (0, self._text if is_selected else self._quiet)
                self._put(laid, currency_rect(cell), row.currency, currency, right=False)
            case Shown.MONEY:
                self._put(laid, rect, text, (0, self._text), right=True)
                if text:
                    self._put(laid, currency_rect(cell), row.currency, (0, self._quiet), right=False)
            case _:
                self._put(laid, rect, text, (0, self._text), right=column.is_right)

    def _put(self, laid: Laid, rect: QRect, text: str, style: Style, *, right: bool) -> None:
        """Lay a text; a figure is shown whole or not at all, words are cut with an ellipsis."""
        if not text:
            return
        metrics = self._metrics[style[0]]
        width = metrics.horizontalAdvance(text)
        if width > rect.width():
            text = fitted(metrics, text, rect.width(), is_figure=right)
            width = metrics.horizontalAdvance(text)
        left = rect.right() + 1 - width if right else rect.left()
        shown: QStaticText | str = text
        if max(text.rstrip("…"), default=" ") < _SHAPED_ALIKE:
            shown = QStaticText(text)
            shown.setTextFormat(Qt.TextFormat.PlainText)
            shown.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
            shown.prepare(QTransform(), self._fonts[style[0]])
        laid.texts.setdefault(style, []).append((left, self._below[style[0]], shown))

    def _lay_pill(self, laid: Laid, rect: QRect, text: str) -> None:
        if not text:
            return
        width = min(self._metrics[2].horizontalAdvance(text) + 2 * _PILL_PADDING, rect.width())
        ground, ink = pill_colours(self._look, text)
        picture = self._picture(width, _PILL_HEIGHT, _PILL_HEIGHT / 2, QColor(ground))
        laid.pictures.append((rect.left(), (ROW_HEIGHT - _PILL_HEIGHT) // 2, picture))
        within = QRect(rect.left() + _PILL_PADDING, 0, width - 2 * _PILL_PADDING + 1, ROW_HEIGHT)
        self._put(laid, within, text, (2, QColor(ink).rgba()), right=False)

    def _square(self, bucket: int) -> QPixmap:
        return self._picture(SQUARE, SQUARE, 2, QColor(self._look.bucket(bucket, len(DEFAULT_BUCKETS))))

    def _picture(self, width: int, height: int, radius: float, colour: QColor) -> QPixmap:
        """Give a rounded rectangle, drawn once."""
        name = (width, height, radius, colour.rgba())
        held = self._pictures.get(name)
        if held is None:
            ratio = self._device.devicePixelRatioF()
            held = QPixmap(round(width * ratio), round(height * ratio))
            held.setDevicePixelRatio(ratio)
            held.fill(Qt.GlobalColor.transparent)
            painter = QPainter(held)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(0, 0, width, height), radius, radius)
            painter.end()
            self._pictures[name] = held
        return held

    def _paint_head(self, painter: QPainter, line: Line, head: GroupHead) -> None:
        """Paint the head of a group across the width: its mark, what it is, how many, and what they add up to."""
        width = self._device.width()
        baseline = line.top + self._below[1] + self._metrics[1].ascent()
        painter.fillRect(0, line.top + ROW_HEIGHT - 1, width, 1, self._line)
        self._paint_mark(painter, PADDING, line.top + ROW_HEIGHT // 2, is_folded=head.is_folded)
        left, right = PADDING + 16, width - PADDING
        painter.setFont(self._fonts[0])
        painter.setPen(QColor.fromRgba(self._text))
        sums = fitted(self._metrics[0], head.sums, (right - left) * 2 // 3, is_figure=False)
        right -= self._metrics[0].horizontalAdvance(sums)
        painter.drawText(right, baseline, sums)
        count_width = self._metrics[0].horizontalAdvance(head.count) + 2 * PADDING
        label = fitted(self._metrics[1], head.label, max(right - left - count_width, 60), is_figure=False)
        painter.setFont(self._fonts[1])
        painter.drawText(left, baseline, label)
        left += self._metrics[1].horizontalAdvance(label) + PADDING
        painter.setFont(self._fonts[0])
        painter.setPen(QColor.fromRgba(self._quiet))
        if left + count_width - PADDING <= right:
            painter.drawText(left, baseline, head.count)

    def _paint_mark(self, painter: QPainter, left: int, middle: int, *, is_folded: bool) -> None:
        points = ((0, -4), (5, 0), (0, 4)) if is_folded else ((-1, -2), (7, -2), (3, 3))
        path = QPainterPath()
        path.moveTo(QPointF(left + points[0][0], middle + points[0][1]))
        for across, down in points[1:]:
            path.lineTo(QPointF(left + across, middle + down))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, QColor.fromRgba(self._quiet))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
