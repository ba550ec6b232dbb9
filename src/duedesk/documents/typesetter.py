"""Set PDF from the shipped layouts by typst, and tell which characters no font has; it knows no letter.

All data goes in as one JSON value, so that text from outside is never markup. A compiler belongs to one thread and
is kept, which makes a letter a matter of milliseconds.
"""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, TypeVar, cast

import typst

from duedesk.documents.printable import REPLACEMENT, clusters
from duedesk.domain.errors import RequestError
from duedesk.resources import resource

_PACKAGED = {
    "fontpkg_inter": "files",
    "fontpkg_noto_sans_arabic": "files",
    "fontpkg_noto_sans_devanagari": "files",
    "fontpkg_noto_sans_thai": "files",
    "fontpkg_heebo": "files",
    "noto_cjk_sans_otc": "",
}
"""Packages that bring a font, and the folder in each where it lies."""
_FAMILIES = ("Inter", "Noto Sans Arabic", "Noto Sans Devanagari", "Noto Sans Thai", "Heebo")  # the last has Hebrew

# Chinese, Japanese and Korean share characters and write them differently: the reader's own forms come first.
_EAST_ASIAN = {
    "JP": ("Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", "Meiryo"),
    "KR": ("Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic"),
    "SC": ("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei"),
    "TC": ("Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei"),
}
_OTHER_SANS = ("Noto Sans Hebrew", "Noto Sans", "Segoe UI", "Arial Unicode MS", "DejaVu Sans")

Standard = Literal["ua-1", "a-3b"]
AUDIBLE: Standard = "ua-1"
"""PDF/UA-1: tagged, titled, with its language; and a character without a glyph is an error rather than a box."""
ARCHIVAL: Standard = "a-3b"
"""PDF/A-3b: whatever is needed to show it is inside, and files may be attached."""

_PROBE = b"""
#let probe = json(bytes(sys.inputs.data))
#set document(title: "probe")
#set text(font: probe.fonts)
#for each in probe.texts { par(each) }
"""

_Data = TypeVar("_Data")

_known_printable: set[str] = set()
"""What has been set before and needs no second look; fonts do not go away while the program runs."""


class _Kept(threading.local):
    """What a thread keeps."""

    compiler: typst.Compiler | None = None


_kept = _Kept()


@cache
def font_book() -> typst.Fonts:
    """Find all fonts, once: those that come with the program, then those of the system."""
    folders: list[Path] = []
    for package, folder in _PACKAGED.items():
        spec = find_spec(package)
        if spec is not None and spec.origin is not None:
            folders.append(Path(spec.origin).parent / folder)
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=folders)


def font_families(script: str = "") -> list[str]:
    """Name the families in the order they are asked for a character; `script` is JP, KR, SC or TC."""
    there = set(font_book().families())
    preferred = _EAST_ASIAN.get(script, ())
    others = (name for names in _EAST_ASIAN.values() for name in names)
    # A family that is named and not there makes typst warn and search; the rest of the system's are its last resort.
    return [name for name in dict.fromkeys((*_FAMILIES, *preferred, *others, *_OTHER_SANS)) if name in there]


def bill_families() -> list[str]:
    """Name those of the families that the standard of the Swiss QR-bill asks for that are here."""
    there = set(font_book().families())
    return [name for name in ("Liberation Sans", "Arial", "Helvetica", "Frutiger") if name in there]


def typeset(layout: str, data: object, *, dated: date, standard: Standard = AUDIBLE) -> bytes:
    """Set `data` (what JSON can hold) by the layout `letter.typ` in `resources/letters` and give the PDF.

    The same data gives the same bytes. Characters without a glyph are replaced by a visible sign: ask
    `without_glyph` first and say so. RequestError where typst refuses.
    """
    source = _layout(layout)
    try:
        return _compile(source, data, dated, standard)
    except typst.TypstError as error:
        missing = without_glyph(strings(data))
        if not missing:
            raise _refused(error) from error
    try:
        return _compile(source, changed(data, lambda text: _replaced(text, missing)), dated, standard)
    except typst.TypstError as error:
        raise _refused(error) from error


def without_glyph(texts: Iterable[str]) -> tuple[str, ...]:
    """Give the characters, with their marks, that no font here can print, in the order they come."""
    asked = dict.fromkeys(cluster for text in texts if not text.isascii() for cluster in clusters(text))
    unknown = [cluster for cluster in asked if not cluster.isascii() and cluster not in _known_printable]
    missing = _failing(unknown, font_families())
    _known_printable.update(set(unknown).difference(missing))
    return tuple(missing)


def strings(data: object) -> Iterator[str]:
    """Give every text in what JSON can hold, names of members left out."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for part in data.values():
            yield from strings(part)
    elif isinstance(data, (list, tuple)) and not _is_numbers(data):
        for part in data:
            yield from strings(part)


def changed(data: _Data, change: Callable[[str], str]) -> _Data:
    """Give the same data with every text changed."""
    if isinstance(data, str):
        return cast("_Data", change(data))
    if isinstance(data, dict):
        return cast("_Data", {name: changed(part, change) for name, part in data.items()})
    if isinstance(data, (list, tuple)) and not _is_numbers(data):
        return cast("_Data", [changed(part, change) for part in data])
    return data


def _is_numbers(data: Sequence[object]) -> bool:
    """Tell whether a list is one of numbers, as the thousands of dots of a payment code are."""
    return bool(data) and isinstance(data[0], int)


@cache
def _layout(name: str) -> bytes:
    return resource("letters", name).read_bytes()


def _compile(source: bytes, data: object, dated: date, standard: Standard = AUDIBLE) -> bytes:
    if _kept.compiler is None:
        _kept.compiler = typst.Compiler(root=resource("letters"), font_paths=font_book())
    made = _kept.compiler.compile(
        source,
        format="pdf",
        sys_inputs={"data": json.dumps(data)},
        pdf_standards=[standard],
        timestamp=datetime.combine(dated, time(12), UTC),
    )
    return cast("bytes", made)


def _failing(unknown: list[str], families: list[str]) -> list[str]:
    """Halve until what cannot be set stands alone; nearly always the first attempt says that all can."""
    if not unknown:
        return []
    try:
        _compile(_PROBE, {"fonts": families, "texts": unknown}, date(2000, 1, 1))
    except typst.TypstError:
        if len(unknown) == 1:
            return unknown
        middle = len(unknown) // 2
        return _failing(unknown[:middle], families) + _failing(unknown[middle:], families)
    return []


def _replaced(text: str, missing: tuple[str, ...]) -> str:
    if text.isascii():
        return text
    return "".join(REPLACEMENT if cluster in missing else cluster for cluster in clusters(text))


def _refused(error: typst.TypstError) -> RequestError:
    said = error.message.splitlines()[0] if error.message else "no reason was given"
    return RequestError(f"The letter could not be set: {said}.", "Nothing was printed.")
