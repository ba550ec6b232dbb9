"""What every chart is drawn on: boxes, lines and words in logical pixels, kept once drawn or moved; it knows no chart.

The settings file of matplotlib is not heeded: what is drawn says itself how. A chart may therefore be drawn on any
thread, several at a time; one canvas is for one thread at a time. What is put on after `keep` may move: then only that
is drawn, on a copy of what is kept.
"""

from collections.abc import Sequence
from io import BytesIO
from math import cos, pi, sin
from typing import TypeVar

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from duedesk.charts.style import TABULAR, TEXT_SIZE, families_for, text_width

Box = tuple[float, float, float, float]
"""Left, top, width, height."""
Point = tuple[float, float]

_Drawn = TypeVar("_Drawn", bound=Artist)

_CIRCLE = [(cos(pi * corner / 8), sin(pi * corner / 8)) for corner in range(16)]
"""Corners enough to make a dot look round."""


class Canvas:
    """A picture in the making, addressed in logical pixels from the top left; `edge` is left bare all around it."""

    def __init__(self, *, width: int, height: int, pixel_ratio: float, background: str, edge: int = 0) -> None:
        self.width = width
        self.height = height
        self.ratio = pixel_ratio
        self._edge = edge
        pixels = (max(round((width + 2 * edge) * pixel_ratio), 1), max(round((height + 2 * edge) * pixel_ratio), 1))
        dpi = 72.0 * pixel_ratio
        # A hair more than the whole number: the canvas cuts what a division has left just below it.
        size = ((pixels[0] + 0.01) / dpi, (pixels[1] + 0.01) / dpi)
        self._figure = Figure(figsize=size, dpi=dpi, facecolor=background, edgecolor="none")
        self._figure.set_layout_engine("none")
        self._canvas = FigureCanvasAgg(self._figure)
        self._pixels = pixels
        self._layers = 0
        self._kept: object = None
        self._moving: list[Artist] = []

    def snapped(self, length: float) -> float:
        """Move an edge to the nearest device pixel, so that it is sharp."""
        return round(length * self.ratio) / self.ratio

    def fill(self, boxes: Sequence[Box], colours: Sequence[str]) -> PolyCollection:
        """Fill boxes, each in its colour; edges are sharp where they are snapped."""
        shapes = PolyCollection([], linewidths=0, antialiaseds=False, transform=IdentityTransform())
        self.refill(shapes, boxes, colours)
        return self._add(shapes)

    def refill(self, shapes: PolyCollection, boxes: Sequence[Box], colours: Sequence[str]) -> None:
        """Fill other boxes in the place of those of `fill`."""
        if boxes:  # as one array: four times as quick as a path a box
            x, y, width, height = np.asarray(boxes, dtype=float).T
            right, low = x + width, y + height
            corners = np.stack((np.stack((x, right, right, x), 1), np.stack((y, y, low, low), 1)), 2)
            placed = corners * (self.ratio, -self.ratio) + self._at(0, 0)
            shapes.set_verts(placed)  # type: ignore[arg-type] # it takes an array, its stubs do not say so
        else:
            shapes.set_verts([])
        shapes.set_facecolor(list(colours))

    def hairlines(self, ys: Sequence[float], left: float, right: float, colour: str) -> None:
        """Draw horizontal lines of one device pixel."""
        half = 0.5 / self.ratio
        self._hairlines([[(left, self.snapped(y) + half), (right, self.snapped(y) + half)] for y in ys], colour)

    def uprights(self, xs: Sequence[float], top: float, bottom: float, colour: str) -> None:
        """Draw vertical lines of one device pixel."""
        half = 0.5 / self.ratio
        self._hairlines([[(self.snapped(x) + half, top), (self.snapped(x) + half, bottom)] for x in xs], colour)

    def line(self, points: Sequence[Point], colour: str, *, width: float = 1.5, dashed: bool = False) -> LineCollection:
        """Draw a line through points."""
        style = (0, (3, 3)) if dashed else "solid"
        drawn = LineCollection(
            [],
            colors=colour,
            linewidths=width,
            linestyles=[style],
            antialiaseds=True,
            capstyle="round",
            transform=IdentityTransform(),
        )
        self.redraw_line(drawn, points)
        return self._add(drawn)

    def redraw_line(self, drawn: LineCollection, points: Sequence[Point]) -> None:
        """Lead the line of `line` through other points."""
        drawn.set_segments([[self._at(*point) for point in points]] if points else [])

    def dots(self, points: Sequence[Point], colour: str, *, radius: float = 3.0) -> PolyCollection:
        """Put a dot on each point."""
        dots = PolyCollection([], facecolors=colour, linewidths=0, antialiaseds=True, transform=IdentityTransform())
        self.redot(dots, points, radius=radius)
        return self._add(dots)

    def redot(self, dots: PolyCollection, points: Sequence[Point], *, radius: float = 3.0) -> None:
        """Put the dots of `dots` on other points."""
        dots.set_verts([[self._at(x + radius * dx, y + radius * dy) for dx, dy in _CIRCLE] for x, y in points])

    def write(
        self, text: str, x: float, baseline: float, colour: str, *, align: str = "left", size: float = TEXT_SIZE
    ) -> Text:
        """Write one line of text, taken literally."""
        # Placed by our own measure: matplotlib measures the figures it aligns without their tabular form.
        # In the size of the device: hinted letters of twice the size are not twice as wide.
        width = text_width(text, size * self.ratio) / self.ratio
        before = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width
        x_pixels, y_pixels = self._at(x - before, baseline)
        return self._add(
            Text(
                x_pixels,
                y_pixels,
                text,
                color=colour,
                horizontalalignment="left",
                verticalalignment="baseline",
                fontproperties=FontProperties(family=families_for(text), size=size),
                fontfeatures=TABULAR,
                parse_math=False,
                usetex=False,
                transform=IdentityTransform(),
            )
        )

    def take_off(self, artists: Sequence[Artist]) -> None:
        """Take off what was put on after `keep`."""
        for artist in artists:
            artist.remove()
            self._moving.remove(artist)

    def keep(self) -> None:
        """Draw what is there once and for all; what is put on from now on may move."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        self._kept = self._canvas.copy_from_bbox(self._figure.bbox)  # type: ignore[no-untyped-call]

    def rgba(self) -> tuple[int, int, bytes]:
        """Draw, and give the width and height in device pixels and the bytes."""
        if self._kept is None:
            self._canvas.draw()  # type: ignore[no-untyped-call]
        else:
            self._canvas.restore_region(self._kept)  # type: ignore[no-untyped-call]
            for artist in self._moving:
                self._figure.draw_artist(artist)
        return *self._pixels, bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]

    def pdf(self) -> bytes:
        """Give what is drawn as one page that stays sharp at any size; made on a canvas of ratio 1."""
        page = BytesIO()
        ground, undated = self._figure.get_facecolor(), {"CreationDate": None}
        self._figure.savefig(page, format="pdf", facecolor=ground, metadata=undated)
        return page.getvalue()

    def _hairlines(self, lines: list[list[Point]], colour: str) -> None:
        self._add(
            LineCollection(
                [[self._at(*point) for point in one] for one in lines],
                colors=colour,
                linewidths=1.0 / self.ratio,
                antialiaseds=False,
                transform=IdentityTransform(),
            )
        )

    def _add(self, artist: _Drawn) -> _Drawn:
        """Put one more thing on top of what is there."""
        self._figure.add_artist(artist, clip=False)
        self._layers += 1
        artist.set_zorder(self._layers)
        if self._kept is not None:
            self._moving.append(artist)
        return artist

    def _at(self, x: float, y: float) -> Point:
        return (x + self._edge) * self.ratio, self._pixels[1] - (y + self._edge) * self.ratio
