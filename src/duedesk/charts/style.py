"""How every chart is drawn: Inter with tabular figures, hairlines, the colours of a look; it knows no chart.

Nothing global of matplotlib is changed but its list of fonts, and its settings file is not heeded: what is drawn says
itself how. A chart may therefore be drawn on any thread, several at a time.
"""

import unicodedata
from functools import cache
from importlib.resources import files
from threading import Lock

from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontPath, FontProperties, fontManager, get_font
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

FAMILY = "Inter"
TEXT_SIZE = 11.0
"""Logical pixels; a figure of 72 dots an inch makes a point one of them."""

_SHIPPED = (
    "fontpkg_inter",
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_thai",
)
_ON_SYSTEMS = (  # for scripts that are too large to ship
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Yu Gothic", "Microsoft YaHei", "Malgun Gothic", "Hiragino Sans"),
    *("PingFang SC", "Apple SD Gothic Neo", "WenQuanYi Zen Hei", "Noto Sans Hebrew", "Segoe UI", "Arial Unicode MS"),
    "DejaVu Sans",
)
_UNSEEN = {"Cc", "Cs", "Cn", "Co"}
_TURNS = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
_TABULAR = ("tnum",)
_fonts_lock = Lock()


class Canvas:
    """A picture in the making, addressed in logical pixels from the top left."""

    def __init__(self, *, width: int, height: int, pixel_ratio: float, background: str) -> None:
        self.width = width
        self.height = height
        self.ratio = pixel_ratio
        pixels = (max(round(width * pixel_ratio), 1), max(round(height * pixel_ratio), 1))
        dpi = 72.0 * pixel_ratio
        # A hair more than the whole number: the canvas cuts what a division has left just below it.
        size = ((pixels[0] + 0.01) / dpi, (pixels[1] + 0.01) / dpi)
        self._figure = Figure(figsize=size, dpi=dpi, facecolor=background, edgecolor="none")
        self._figure.set_layout_engine("none")
        self._canvas = FigureCanvasAgg(self._figure)
        self._pixels = pixels
        self._layers = 0

    def snapped(self, length: float) -> float:
        """Move an edge to the nearest device pixel, so that it is sharp."""
        return round(length * self.ratio) / self.ratio

    def fill(self, boxes: list[tuple[float, float, float, float]], colours: list[str]) -> None:
        """Fill boxes (left, top, width, height), each in its colour; edges are sharp where they are snapped."""
        shapes = [
            [self._at(x, y), self._at(x + width, y), self._at(x + width, y + height), self._at(x, y + height)]
            for x, y, width, height in boxes
        ]
        self._add(
            PolyCollection(shapes, facecolors=colours, linewidths=0, antialiaseds=False, transform=IdentityTransform())
        )

    def hairlines(self, ys: list[float], left: float, right: float, colour: str) -> None:
        """Draw horizontal lines of one device pixel."""
        half = 0.5 / self.ratio
        lines = [[self._at(left, self.snapped(y) + half), self._at(right, self.snapped(y) + half)] for y in ys]
        self._add(
            LineCollection(
                lines, colors=colour, linewidths=1.0 / self.ratio, antialiaseds=False, transform=IdentityTransform()
            )
        )

    def write(self, text: str, x: float, baseline: float, colour: str, *, align: str = "left") -> None:
        """Write one line of text, taken literally."""
        # Placed by our own measure: matplotlib measures the figures it aligns without their tabular form.
        before = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * text_width(text)
        x_pixels, y_pixels = self._at(x - before, baseline)
        self._add(
            Text(
                x_pixels,
                y_pixels,
                text,
                color=colour,
                horizontalalignment="left",
                verticalalignment="baseline",
                fontproperties=FontProperties(family=_families_for(text), size=TEXT_SIZE),
                fontfeatures=_TABULAR,
                parse_math=False,
                usetex=False,
                transform=IdentityTransform(),
            )
        )

    def rgba(self) -> tuple[int, int, bytes]:
        """Draw, and give the width and height in device pixels and the bytes."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        return *self._pixels, bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]

    def _add(self, artist: Artist) -> None:
        """Put one more thing on top of what is there."""
        self._figure.add_artist(artist, clip=False)
        self._layers += 1
        artist.set_zorder(self._layers)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return x * self.ratio, self._pixels[1] - y * self.ratio


def text_width(text: str) -> float:
    """Give the width of a line of text in logical pixels."""
    if not text:
        return 0.0
    families = _families_for(text)
    font = get_font([_path(family) for family in families])
    font.set_size(TEXT_SIZE, 72)
    places = font.set_text(text, 0.0, features=_TABULAR)
    if len(families) == 1:  # the place of the last letter and its advance: figures then line up to the pixel
        return float(places[-1][0]) / 64 + font.load_char(ord(text[-1])).linearHoriAdvance / 65536
    width, _ = font.get_width_height()  # several fonts, or right to left: the ink
    return width / 64


def elided(text: str, width: float) -> str:
    """Cut a text to `width` logical pixels, ending in an ellipsis; nothing where not even one letter fits."""
    if text_width(text) <= width:
        return text
    short, long = 0, len(text)
    while long - short > 1:
        middle = (short + long) // 2
        if text_width(text[:middle].rstrip() + "…") <= width:
            short = middle
        else:
            long = middle
    return text[:short].rstrip() + "…" if short else ""


def drawable(text: str) -> str:
    """Bring a text from outside to one line of characters that some font has; the others become a box.

    What turns the direction of writing goes: it would turn the ellipsis too. The joiners of Persian and Hindi stay.
    """
    seen = "".join("" if one in _TURNS else " " if unicodedata.category(one) in _UNSEEN else one for one in text)
    line = " ".join(seen.split())
    if line.isascii():
        return line
    faces = [get_font(_path(family)) for family in _families()]
    return "".join(one if any(face.get_char_index(ord(one)) for face in faces) else "□" for one in line)


def _families_for(text: str) -> tuple[str, ...]:
    """Give Inter alone where that will do: a thread that first draws reads one font file, not ten."""
    if text.isascii():
        return (FAMILY,)
    inter = get_font(_path(FAMILY))
    return (FAMILY,) if all(inter.get_char_index(ord(one)) for one in text) else _families()


@cache
def _families() -> tuple[str, ...]:
    """Give the fonts to draw with, first choice first."""
    _make_known()
    names = {entry.name for entry in fontManager.ttflist}
    shipped = (FAMILY, "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai")
    return tuple(name for name in (*shipped, *_ON_SYSTEMS) if name in names)


@cache
def _path(family: str) -> FontPath:
    _make_known()
    return fontManager.findfont(FontProperties(family=family), fallback_to_default=False)


def _make_known() -> None:
    """Put the shipped fonts on matplotlib's list, once."""
    with _fonts_lock:
        known = {entry.fname for entry in fontManager.ttflist}
        for package in _SHIPPED:
            # As text: the importlib path of an installed package is a file, matplotlib asks for its name.
            paths = [str(one) for one in (files(package) / "files").iterdir() if "Italic" not in one.name]
            for path in paths:
                if path not in known:
                    fontManager.addfont(path)
