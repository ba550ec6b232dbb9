"""Many letters in one PDF for the printer, each beginning on a front page; it sorts and changes none of them.

What has been read goes to disk part by part, so that memory stays as it is however many letters there are.
"""

import io
import tempfile
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from duedesk.documents.joining import Part, join
from duedesk.domain.errors import RequestError

Progress = Callable[[int], None]
"""Called with the letters that are done; what it raises ends the merging, and nothing is left behind."""

_LETTERS_A_PART = 100


@dataclass(frozen=True, slots=True)
class Merged:
    """How many letters a file holds on how many pages, blank backs counted."""

    letters: int
    pages: int


def merge_letters(
    pdfs: Iterable[bytes], target: Path, *, is_duplex: bool = True, title: str = "", progress: Progress | None = None
) -> Merged:
    """Put letters one after another into the file `target`; printed on both sides each begins on a front page.

    RequestError where there is none, or one cannot be read.
    """
    import pikepdf  # noqa: PLC0415 - only where letters are merged

    letters = 0
    with tempfile.TemporaryDirectory(prefix="duedesk-letters-") as folder:
        parts: list[Part] = []
        part = pikepdf.Pdf.new()
        with ExitStack() as opened:
            for pdf in pdfs:
                _append(part, opened.enter_context(_open(pdf, letters + 1)), is_duplex=is_duplex)
                letters += 1
                if progress is not None:
                    progress(letters)
                if letters % _LETTERS_A_PART == 0:
                    parts.append(_put_aside(part, Path(folder) / f"{len(parts)}.pdf"))
                    opened.close()
                    part = pikepdf.Pdf.new()
            if letters % _LETTERS_A_PART:
                parts.append(_put_aside(part, Path(folder) / f"{len(parts)}.pdf"))
        if not letters:
            raise RequestError("There is no letter to print.", "Choose letters that are kept as they were issued.")
        return Merged(letters, join(parts, target, title))


def _open(pdf: bytes, number: int) -> Any:
    import pikepdf  # noqa: PLC0415

    try:
        return pikepdf.Pdf.open(io.BytesIO(pdf))
    except pikepdf.PdfError as error:
        raise RequestError(f"Letter {number} of those to print cannot be read: {error}.") from None


def _append(part: Any, letter: Any, *, is_duplex: bool) -> None:
    part.pages.extend(letter.pages)
    if is_duplex and len(letter.pages) % 2:
        left, bottom, right, top = map(float, letter.pages[-1].mediabox)
        part.add_blank_page(page_size=(right - left, top - bottom))


def _put_aside(part: Any, place: Path) -> Part:
    import pikepdf  # noqa: PLC0415

    pages = len(part.pages)
    part.save(place, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    part.close()
    return Part(place, pages)
