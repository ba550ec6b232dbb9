"""How every chart is lettered: Inter with tabular figures, and how wide a text is; it draws nothing.

Nothing global of matplotlib is changed but its list of fonts.
"""

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from threading import Lock

from matplotlib.font_manager import FontPath, FontProperties, fontManager, get_font

FAMILY = "Inter"
TEXT_SIZE = 11.0
"""Logical pixels; a figure of 72 dots an inch makes a point one of them."""

_SHIPPED = (
    "fontpkg_inter",
    "fontpkg_noto_sans_arabic",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_thai",
    "fontpkg_heebo",
    "noto_cjk_sans_otc",
)
_FONT_FILES = (".ttf", ".ttc")
_FAMILIES = (
    *(FAMILY, "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai", "Heebo"),
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK KR"),
    *("Segoe UI", "Arial Unicode MS", "DejaVu Sans"),  # for what none of those that are shipped has
)
_UNSEEN = {"Cc", "Cs", "Cn", "Co"}
_TURNS = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
TABULAR = ("tnum",)
_WIDTHS_HELD = 2_048
_fonts_lock = Lock()


@lru_cache(maxsize=_WIDTHS_HELD)
def text_width(text: str, size: float = TEXT_SIZE) -> float:
    """Give the width of a line of text in logical pixels."""
    if not text:
        return 0.0
    families = families_for(text)
    font = get_font([_path(family) for family in families])
    font.set_size(size, 72)
    places = font.set_text(text, 0.0, features=TABULAR)
    if len(families) == 1:  # the place of the last letter and its advance: figures then line up to the pixel
        return float(places[-1][0]) / 64 + font.load_char(ord(text[-1])).linearHoriAdvance / 65536
    width, _ = font.get_width_height()  # several fonts, or right to left: the ink
    return width / 64


def elided(text: str, width: float, size: float = TEXT_SIZE) -> str:
    """Cut a text to `width` logical pixels, ending in an ellipsis; nothing where not even one letter fits."""
    if text_width(text, size) <= width:
        return text
    short, long = 0, len(text)
    while long - short > 1:
        middle = (short + long) // 2
        if text_width(text[:middle].rstrip() + "…", size) <= width:
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


def families_for(text: str) -> tuple[str, ...]:
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
    return tuple(name for name in _FAMILIES if name in names)


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
            folder = files(package)
            held = (*folder.iterdir(), *((folder / "files").iterdir() if (folder / "files").is_dir() else ()))
            for font in held:
                is_one = font.name.endswith(_FONT_FILES) and "Italic" not in font.name
                if is_one and str(font) not in known:
                    fontManager.addfont(str(font))
