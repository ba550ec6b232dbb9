"""Where text stands in a cell and in the head above it: one arithmetic for both, so that they line up to the pixel."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from duedesk.desk.tables.columns import Column

PADDING = 10
"""Pixels left of the text of a cell, and right of it."""

SQUARE, LEVEL_SQUARE = 8, 15
"""Pixels of the square of a bucket, and of one with a dunning level in it."""

CURRENCY_WIDTH, CURRENCY_GAP = 30, 6
"""Pixels kept for the currency behind a balance, and before it."""


def text_rect(column: Column, cell: QRect) -> QRect:
    """Give where the text or figure of a column stands within its cell or head."""
    inner = cell.adjusted(PADDING, 0, -PADDING, 0)
    if column.has_currency:
        inner.setRight(inner.right() - CURRENCY_WIDTH - CURRENCY_GAP)
    return inner


def currency_rect(cell: QRect) -> QRect:
    """Give where the currency behind a balance stands."""
    inner = cell.adjusted(PADDING, 0, -PADDING, 0)
    inner.setLeft(inner.right() - CURRENCY_WIDTH + 1)
    return inner


def draw(painter: QPainter, rect: QRect, text: str, *, right: bool = False) -> None:
    """Draw a line of text in the middle of a rectangle's height; it is expected to fit.

    The baseline is that of the desk's own type: a name in another script would otherwise stand higher or lower.
    """
    metrics = painter.fontMetrics()
    baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent() + 1) // 2
    left = rect.right() + 1 - metrics.horizontalAdvance(text) if right else rect.left()
    painter.drawText(left, baseline, text)


def fitted(metrics: QFontMetrics, text: str, width: int, *, is_figure: bool) -> str:
    """Give the text as it fits: words are cut with an ellipsis, a figure is shown whole or not at all."""
    if metrics.horizontalAdvance(text) <= width:
        return text
    return "…" if is_figure else metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
