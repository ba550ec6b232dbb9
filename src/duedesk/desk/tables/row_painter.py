"""Paints whole rows of the record table in one go; what they say was written behind the window, it reads nothing.

Python is slow a call and Qt is quick a text: so each row is laid out once as texts that Qt keeps shaped, and painted
kind by kind, with one font and one ink set for all rows in sight. Pills and squares are kept as small pictures.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPixmap,
    QStaticText,
    QTextLayout,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from duedesk.desk import fonts
from duedesk.desk.colours import ink_on, pill_colours
from duedesk.desk.tables.columns import Column, Shown
from duedesk.desk.tables.paint import (
    CURRENCY_GAP,
    CURRENCY_WIDTH,
    LEVEL_SQUARE,
    PADDING,
    SQUARE,
    currency_rect,
    fitted,
    text_rect,
)
from duedesk.desk.tables.rows import GroupHead, ShownRow
from duedesk.desk.theme import ROW_HEIGHT
from duedesk.domain.aging import DEFAULT_BUCKETS
from duedesk.resources import Look

_KEPT = 512
"""Rows kept laid out: more than two screens show."""

_TEXTS_KEPT = 4_096
"""Texts kept shaped: a date, a currency or a name stands in many rows."""

_PILL_HEIGHT, _PILL_PADDING = 18, 8
_FOCUS = 2
"""Pixels of the bar before the row in hand."""

_OF_OTHER_TYPE = "\u0250"
"""From this letter on a text may be set in other type than the desk's own, which stands higher or lower in its line."""

_WITHOUT_TEXT = frozenset({Shown.BALANCE, Shown.DAYS})
"""What is drawn where there is no text, too: a currency, a square."""

Text = tuple[int, int, QStaticText, float]
"""Where a text begins, how far below the top of its row, the text, and how much lower it is drawn than other texts."""

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


@dataclass(frozen=True, slots=True)
class _Cell:
    """Where the text of a column begins and ends, and where the currency behind it begins, in pixels."""

    section: int
    shown: Shown
    is_right: bool
    left: int
    right: int
    currency: int

    @classmethod
    def of(cls, column: Column, section: int, left: int, width: int) -> "_Cell":
        whole = QRect(left, 0, width, ROW_HEIGHT)
        rect = text_rect(column, whole)
        return cls(section, column.shown, column.is_right, rect.left(), rect.right() + 1, currency_rect(whole).left())


class RowPainter:
    """Knows fonts, inks and the columns; keeps the rows that it has laid out until one of those changes."""

    def __init__(self, look: Look, device: QWidget) -> None:
        self._device = device
        self._fonts = (fonts.font(), fonts.font(strong=True), fonts.font(fonts.SMALL))
        self._metrics = tuple(map(QFontMetrics, self._fonts))
        self._below = [(ROW_HEIGHT + one.ascent() - one.descent() + 1) // 2 - one.ascent() for one in self._metrics]
        self._kept: OrderedDict[tuple[int, int, bool], Laid] = OrderedDict()
        self._shaped: dict[tuple[int, str], tuple[QStaticText, int, float]] = {}
        self._pills: dict[str, tuple[QColor, int]] = {}
        self._cells: dict[int, list[_Cell]] = {}
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
        self._pills.clear()
        self._cells.clear()

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
        for stretch in stretches[1:]:
            painter.fillRect(stretch.right - 1, lines[0].top, 1, len(lines) * ROW_HEIGHT, self._line)
        places = [self._sum_place(columns, stretches, are_open=are_open) for are_open in (False, True)]
        for line in lines:
            if isinstance(line.row, GroupHead):
                self._paint_head(painter, line, line.row, places[line.row.are_open])
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
            draw = painter.drawStaticText
            for top, texts in rows:
                for left, below, text, down in texts:
                    if down:
                        draw(QPointF(left, top + below + down), text)
                    else:
                        draw(left, top + below, text)
        painter.translate(stretch.shift, 0)

    def _laid(
        self, row: ShownRow, columns: Sequence[Column], stretch: Stretch, place: int, *, is_selected: bool
    ) -> Laid:
        name = (row.key, place, is_selected)
        laid = self._kept.get(name)
        if laid is None or laid.row is not row:
            laid = self._kept[name] = Laid(row)
            cells = self._cells.get(place)
            if cells is None:
                cells = self._cells[place] = [
                    _Cell.of(columns[at], at, left, width) for at, left, width in stretch.cells
                ]
            for cell in cells:
                text = row.texts[cell.section]
                if text or cell.shown in _WITHOUT_TEXT:
                    self._lay(laid, cell, row, text, is_selected=is_selected)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return laid

    def _lay(self, laid: Laid, cell: "_Cell", row: ShownRow, text: str, *, is_selected: bool) -> None:
        match cell.shown:
            case Shown.STATUS | Shown.LEVEL:
                self._lay_pill(laid, cell, text)
            case Shown.DAYS:
                if row.bucket is not None:
                    self._lay_square(laid, cell, row.bucket, row.level)
                style = (0, self._text if row.bucket else self._quiet)
                left = cell.left + (LEVEL_SQUARE if row.level else SQUARE) + 4
                self._put(laid, left, cell.right, text, style, flush_right=True)
            case Shown.BALANCE:
                is_open = row.bucket is not None
                ink = self._text if is_open or is_selected else self._quiet
                self._put(laid, cell.left, cell.right, text, (1 if is_open else 0, ink), flush_right=True)
                currency = (0, self._text if is_selected else self._quiet)
                self._put(laid, cell.currency, cell.currency + CURRENCY_WIDTH, row.currency, currency)
            case Shown.MONEY:
                self._put(laid, cell.left, cell.right, text, (0, self._text), flush_right=True)
                self._put(laid, cell.currency, cell.currency + CURRENCY_WIDTH, row.currency, (0, self._quiet))
            case _:
                self._put(laid, cell.left, cell.right, text, (0, self._text), flush_right=cell.is_right)

    def _put(self, laid: Laid, left: int, right: int, text: str, style: Style, *, flush_right: bool = False) -> None:
        """Lay a text; a figure is shown whole or not at all, words are cut with an ellipsis."""
        if not text:
            return
        font, room = style[0], right - left
        shown, width, down = self._shaped_text(font, text)
        if width > room:
            cut = fitted(self._metrics[font], text, room, is_figure=flush_right)
            shown, width, down = self._shaped_text(font, cut)
        texts = laid.texts.get(style)
        if texts is None:
            texts = laid.texts[style] = []
        texts.append((right - width if flush_right else left, self._below[font], shown, down))

    def _shaped_text(self, font: int, text: str) -> tuple[QStaticText, int, float]:
        """Give a text as it is painted quickest, and its width; each is shaped once, for many are the same.

        Last is how much lower it is drawn to stand on the baseline of the desk's own type.
        """
        held = self._shaped.get((font, text))
        if held is None:
            if len(self._shaped) >= _TEXTS_KEPT:
                self._shaped.clear()
            held = self._shaped[font, text] = self._shape(font, text)
        return held

    def _shape(self, font: int, text: str) -> tuple[QStaticText, int, float]:
        shown = QStaticText(text)
        shown.setTextFormat(Qt.TextFormat.PlainText)
        shown.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        shown.prepare(QTransform(), self._fonts[font])
        down = 0.0
        if max(text.rstrip("…"), default=" ") >= _OF_OTHER_TYPE:
            down = self._metrics[font].ascent() - _ascent(text, self._fonts[font])
        return shown, round(shown.size().width()), down

    def _lay_pill(self, laid: Laid, cell: "_Cell", text: str) -> None:
        held = self._pills.get(text)
        if held is None:
            ground, ink = pill_colours(self._look, text)
            held = self._pills[text] = QColor(ground), QColor(ink).rgba()
        width = min(self._shaped_text(2, text)[1] + 2 * _PILL_PADDING, cell.right - cell.left)
        picture = self._picture(width, _PILL_HEIGHT, _PILL_HEIGHT / 2, held[0])
        laid.pictures.append((cell.left, (ROW_HEIGHT - _PILL_HEIGHT) // 2, picture))
        left = cell.left + _PILL_PADDING
        self._put(laid, left, left + width - 2 * _PILL_PADDING + 1, text, (2, held[1]))

    def _lay_square(self, laid: Laid, cell: "_Cell", bucket: int, level: int) -> None:
        """Lay the square of a bucket, larger where a dunning level stands in it."""
        colour = self._look.bucket(bucket, len(DEFAULT_BUCKETS))
        side, said = (LEVEL_SQUARE, str(level)) if level else (SQUARE, "")
        left = cell.left + (SQUARE - side) // 2
        picture = self._picture(side, side, side // 4, QColor(colour))
        laid.pictures.append((left, (ROW_HEIGHT - side) // 2, picture))
        if said:
            ink = QColor(ink_on(self._look, colour)).rgba()
            left += (side - self._shaped_text(2, said)[1] + 1) // 2
            self._put(laid, left, left + side, said, (2, ink))

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

    def _paint_head(self, painter: QPainter, line: Line, head: GroupHead, sum_place: tuple[int, int]) -> None:
        """Paint the head of a group across the width: its mark, what it is, how many, and what they add up to."""
        baseline = line.top + self._below[1] + self._metrics[1].ascent()
        painter.fillRect(0, line.top + ROW_HEIGHT - 1, self._device.width(), 1, self._line)
        self._paint_mark(painter, PADDING, line.top + ROW_HEIGHT // 2, is_folded=head.is_folded)
        left, (right, currency_left) = PADDING + 16, sum_place
        painter.setFont(self._fonts[0])
        painter.setPen(QColor.fromRgba(self._text))
        amount, currency = head.sums[0] if head.sums else ("", "")
        right -= self._metrics[0].horizontalAdvance(amount)
        painter.drawText(right, baseline, amount)
        painter.setPen(QColor.fromRgba(self._quiet))
        painter.drawText(currency_left, baseline, currency)
        right -= 2 * PADDING
        count_width = self._metrics[0].horizontalAdvance(head.count) + PADDING
        label = fitted(self._metrics[1], head.label, max(right - left - count_width, 60), is_figure=False)
        painter.setFont(self._fonts[1])
        painter.setPen(QColor.fromRgba(self._text))
        painter.drawText(left, baseline, label)
        left += self._metrics[1].horizontalAdvance(label) + PADDING
        painter.setFont(self._fonts[0])
        painter.setPen(QColor.fromRgba(self._quiet))
        for said in (f"{head.count}     {head.others}".rstrip(), f"{head.count}{_more(head)}", head.count):
            if left + self._metrics[0].horizontalAdvance(said) <= right:
                painter.drawText(left, baseline, said)
                break

    def _sum_place(self, columns: Sequence[Column], stretches: Sequence[Stretch], *, are_open: bool) -> tuple[int, int]:
        """Give where the sum of a group ends and its currency begins: below the head of what it adds up."""
        width = self._device.width() - PADDING
        cells = {
            columns[at].path: _Cell.of(columns[at], at, left - stretch.shift, across)
            for stretch in stretches
            for at, left, across in stretch.cells
        }
        money, of = cells.get("Balance"), cells.get("Balance" if are_open else "TotalAmountWithTax")
        if money is None or of is None or money.currency > width - CURRENCY_WIDTH + 1 or of.right < width // 3:
            return width - CURRENCY_WIDTH - CURRENCY_GAP, width - CURRENCY_WIDTH + 1
        return of.right, money.currency

    def _paint_mark(self, painter: QPainter, left: int, middle: int, *, is_folded: bool) -> None:
        points = ((0, -4), (5, 0), (0, 4)) if is_folded else ((-1, -2), (7, -2), (3, 3))
        path = QPainterPath()
        path.moveTo(QPointF(left + points[0][0], middle + points[0][1]))
        for across, down in points[1:]:
            path.lineTo(QPointF(left + across, middle + down))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, QColor.fromRgba(self._quiet))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


def _more(head: GroupHead) -> str:
    """Say of a group in how many other currencies it is, where there is no room for their sums."""
    more = len(head.sums) - 1
    return "" if more < 1 else f"     and in {more} other {'currency' if more == 1 else 'currencies'}"


def _ascent(text: str, font: QFont) -> float:
    """Give how far a line of text rises above its baseline, in whatever type its letters are found."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return line.ascent()
