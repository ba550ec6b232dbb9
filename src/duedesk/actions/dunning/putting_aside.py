"""Letters that are set and not kept yet, put aside on disk: memory stays as it is however many there are."""

import hashlib
from collections.abc import Iterator, Mapping
from tempfile import TemporaryFile
from types import TracebackType
from typing import Any, NamedTuple

from duedesk.documents.attached_items import items_as_json
from duedesk.documents.dunning_letter import DunningLetter
from duedesk.documents.pages import page_count


class _Place(NamedTuple):
    """Where a letter lies, and what is said of it."""

    pdf_size: int
    items_size: int
    said: Mapping[str, Any]


class PutAside:
    """Takes letters one by one and gives them back in their order, one by one; nothing of it is left when it closes."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - it lives as long as this does
        self._places: list[_Place] = []

    def __enter__(self) -> "PutAside":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all of it."""
        self._file.close()

    def __len__(self) -> int:
        return len(self._places)

    def add(self, letter_key: int, letter: DunningLetter, pdf: bytes) -> None:
        """Put a letter aside with what is kept of it."""
        items = items_as_json(letter).encode()
        said = {
            "dunning_letter_id": letter_key,
            "sha256": hashlib.sha256(pdf).hexdigest(),
            "size": len(pdf),
            "page_count": page_count(pdf),
            "language_code": letter.language,
            "text_version": letter.text_version,
        }
        self._file.write(pdf)
        self._file.write(items)
        self._places.append(_Place(len(pdf), len(items), said))

    def rows(self) -> Iterator[dict[str, Any]]:
        """Give what is kept of each letter, as the row of its document has it."""
        self._file.seek(0)
        for place in self._places:
            pdf, items = self._file.read(place.pdf_size), self._file.read(place.items_size)
            yield {**place.said, "pdf": pdf, "items": items.decode()}
