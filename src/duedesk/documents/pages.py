"""How many pages a PDF has; it changes none."""

from typing import Any


def page_count(pdf: bytes) -> int:
    """Give the number of pages."""
    import pypdfium2  # noqa: PLC0415 - only where letters are made

    document: Any = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()
