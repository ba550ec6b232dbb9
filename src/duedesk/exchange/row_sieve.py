"""Rows of a sheet's XML that have nothing in the columns asked for, taken out before a parser spends time on them.

It looks at bytes and is sure of them, or lets all through: rows and cells must begin as every spreadsheet program
writes them, and nothing may stand between them that could hide one.
"""

import re
from collections.abc import Iterable

_LONGEST_ROW = 8 << 20
_ROW, _CELL, _END = b"<row ", b"<c ", b"</row>"
_PLACED_ROW, _PLACED_CELL = b'<row r="', b'<c r="'
_HIDING = (b"<!", b"<?", b"<row>", b"<c>")


class RowSieve:
    """Sifts the blocks of a sheet; the first goes through whole, as a table's headings stand in it."""

    def __init__(self, letters: Iterable[str]) -> None:
        columns = "|".join(sorted(letters)).encode()
        self._filled = re.compile(rb'<c r="(?:%b)\d+"[^>]*(?<!/)>' % columns)
        self._held = b""
        self._is_first = True
        self._is_off = False
        self.passed_over = 0
        """Rows that were taken out."""

    def sift(self, block: bytes) -> bytes:
        """Give what a parser is to see of the next block; what is not a whole row yet is held back."""
        if self._is_first or self._is_off:
            self._is_first = False
            whole, self._held = self._cut(block)
            return whole
        whole, self._held = self._cut(self._held + block)
        if not whole:
            self._is_off = len(self._held) > _LONGEST_ROW
        elif not _is_plain(whole):
            self._is_off = True
        else:
            return self._chosen(whole)
        return whole

    def rest(self) -> bytes:
        """Give what is held when there is no more."""
        held, self._held = self._held, b""
        return held

    def _cut(self, block: bytes) -> tuple[bytes, bytes]:
        """Cut a block behind its last row."""
        if self._is_off:
            return self._held + block, b""
        end = block.rfind(_END) + len(_END)
        return (b"", block) if end < len(_END) else (block[:end], block[end:])

    def _chosen(self, rows: bytes) -> bytes:
        chosen = []
        behind = 0
        for found in self._filled.finditer(rows):
            if found.start() >= behind:
                begin = rows.rfind(_ROW, behind, found.start())
                behind = rows.find(_END, found.end()) + len(_END)
                chosen.append(rows[begin:behind])
        self.passed_over += rows.count(_END) - len(chosen)
        return b"".join(chosen)


def _is_plain(rows: bytes) -> bool:
    """Tell whether each row and cell says where it stands, and nothing hides one."""
    return (
        rows.startswith(_ROW)
        and not any(one in rows for one in _HIDING)
        and rows.count(_ROW) == rows.count(_PLACED_ROW)
        and rows.count(_CELL) == rows.count(_PLACED_CELL)
    )
