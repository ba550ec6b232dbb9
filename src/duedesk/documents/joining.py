"""PDF files one after another in one, object by object: of what went before it only remembers where it stands.

It takes what `pikepdf` has just saved with its objects in the open, and no other files: there every string is escaped,
every reference is written `12 0 R`, and the table of places is one piece.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

_CATALOG, _PAGES, _INFO = 1, 2, 3
_OWN = 3
"""Objects that the whole has of its own; those of the parts follow."""

# A string is passed over as it is; what is left and looks like a reference is one.
_STRING_OR_REFERENCE = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9A-Fa-f]*>|\b(\d+) 0 R\b", re.DOTALL)
_TABLE = re.compile(rb"startxref\n(\d+)\n%%EOF\s*\Z")
_HEAD = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A file to join, and its pages."""

    path: Path
    pages: int


def join(parts: Sequence[Part], target: Path, title: str) -> int:
    """Write the parts into `target` in their order and give the pages there are."""
    places = array("Q", [0] * (_OWN + 1))
    with target.open("wb") as out:
        out.write(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")
        roots = [_copy(part, out, places) for part in parts]
        pages = sum(part.pages for part in parts)
        kids = b" ".join(b"%d 0 R" % root for root in roots)
        own = {
            _CATALOG: b"<< /Pages %d 0 R /Type /Catalog /ViewerPreferences << /DisplayDocTitle true >> >>" % _PAGES,
            _PAGES: b"<< /Count %d /Kids [ %b ] /Type /Pages >>" % (pages, kids),
            _INFO: b"<< /Title <feff%b> >>" % title.encode("utf-16-be").hex().encode(),
        }
        for number, said in own.items():
            places[number] = out.tell()
            out.write(b"%d 0 obj\n%b\nendobj\n" % (number, said))
        _finish(out, places)
    return pages


def _copy(part: Part, out: BinaryIO, places: "array[int]") -> int:
    """Copy the objects of a part under numbers that follow those there are; give the number of its root of pages."""
    data = part.path.read_bytes()
    shift = len(places) - 1
    root = _root_of_pages(data)
    for number, said in _objects(data):
        head, stream, rest = said.partition(b"\nstream\n")
        renumbered = _STRING_OR_REFERENCE.sub(
            lambda found: found[0] if found[1] is None else b"%d 0 R" % (int(found[1]) + shift), head
        )
        if number == root:
            renumbered = renumbered.replace(b"<<", b"<< /Parent %d 0 R" % _PAGES, 1)
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % (number + shift) + renumbered + stream + rest)
    return root + shift


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the objects by number as they are written, what stands before `N 0 obj` left out."""
    table = _TABLE.search(data, len(data) - 64)
    head = _HEAD.match(data, int(table[1])) if table is not None else None
    if table is None or head is None:
        raise LookupError("the part is not as it was saved")
    entries = range(1, int(head[1]))
    first = head.end()
    starts = [int(data[first + number * _ENTRY : first + number * _ENTRY + 10]) for number in entries]
    order = sorted([*starts, int(table[1])])
    after = dict(pairwise(order))
    for number, start in zip(entries, starts, strict=True):
        _, _, said = data[start : after[start]].partition(b" 0 obj\n")
        yield number, said


def _root_of_pages(data: bytes) -> int:
    found = re.search(rb"<< /Pages (\d+) 0 R /Type /Catalog >>", data)
    if found is None:
        raise LookupError("the part has no root of pages")
    return int(found[1])


def _finish(out: BinaryIO, places: "array[int]") -> None:
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % len(places))
    out.writelines(b"%010d 00000 n \n" % place for place in places[1:])
    size = b"/Info %d 0 R /Root %d 0 R /Size %d" % (_INFO, _CATALOG, len(places))
    out.write(b"trailer << %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, table))
