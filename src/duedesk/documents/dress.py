"""How the letters of a house look: logo, colour, language, the envelope's window; it knows nothing of what is owed."""

import base64
import re
import struct
import zlib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from duedesk.domain.errors import RequestError

_LARGEST_LOGO = 400_000
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG_HEAD = re.compile(rb"^(\xef\xbb\xbf)?\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", re.DOTALL)
_LOADS = re.compile(rb"<!DOCTYPE|<!ENTITY|(?:href|src)\s*=\s*[\"']\s*(?!data:image/|#)", re.IGNORECASE)


class Window(StrEnum):
    """Where the address stands, so that the window of the envelope shows it; all but the American are on A4."""

    DIN_A = "din-a"
    DIN_B = "din-b"
    FRENCH = "french"
    US = "us"


@dataclass(frozen=True, slots=True)
class Dress:
    """What a house's letters wear. The language is that of whoever's own is not known; the colour is #RRGGBB.

    One that `is_archival` is PDF/A-3b with its items attached, instead of tagged for reading aloud.
    """

    logo: bytes = b""
    colour: str = ""
    window: Window = Window.DIN_B
    language: str = "en"
    is_archival: bool = False

    def __post_init__(self) -> None:
        if self.colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", self.colour):
            raise RequestError(f"“{self.colour}” is not a colour.", "Write it like #2F6FED.")
        if self.logo:
            logo_as_svg(self.logo)


@lru_cache(maxsize=4)
def logo_as_svg(logo: bytes) -> str:
    """Give a logo as the text of an SVG, which goes to the typesetter as it is; RequestError where it is neither."""
    if len(logo) > _LARGEST_LOGO:
        raise RequestError(
            f"The logo has {len(logo):,} bytes and may have {_LARGEST_LOGO:,}.", "Save it smaller, or as SVG."
        )
    if logo.startswith(_PNG) and len(logo) > 24:
        width, height = struct.unpack(">II", logo[16:24])
        if not 0 < width <= 10_000 or not 0 < height <= 10_000 or not _is_sound(logo):
            raise RequestError("The logo is a damaged PNG.", "Save it again as PNG or SVG.")
        coded = base64.b64encode(logo).decode()
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
            f'href="data:image/png;base64,{coded}"/></svg>'
        )
    if _SVG_HEAD.match(logo):
        if _LOADS.search(logo):
            raise RequestError("The logo refers to something outside itself.", "Save it as a plain SVG, or as PNG.")
        try:
            return logo.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise RequestError("The logo is an SVG in another encoding than UTF-8.", "Save it as UTF-8.") from None
    raise RequestError("The logo is neither PNG nor SVG.", "Save it as one of the two.")


def _is_sound(png: bytes) -> bool:
    """Tell whether all parts of a PNG are there with the right check sums."""
    at = len(_PNG)
    while at + 12 <= len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        body = png[at + 4 : at + 8 + length]
        if zlib.crc32(body).to_bytes(4) != png[at + 8 + length : at + 12 + length]:
            return False
        if body[:4] == b"IEND":
            return True
        at += 12 + length
    return False
