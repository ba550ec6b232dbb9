"""XML out of a zip, chunk by chunk, with no document type and no entities; what the elements mean is for others."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn
from xml.parsers import expat

from duedesk.exchange.faults import FileRefused
from duedesk.exchange.row_sieve import RowSieve

_CHUNK = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Handlers:
    """What is told of each element (by its name without prefix), its end, and the text in it."""

    start: Start
    end: End
    text: Text


class Package:
    """A zip that has passed the gate, opened for reading."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._path = path

    def parts(self) -> tuple[str, ...]:
        """Name the parts."""
        try:
            with zipfile.ZipFile(self._path) as package:
                return tuple(package.namelist())
        except (zipfile.BadZipFile, OSError) as error:
            raise self.damaged() from error

    def parse(self, part: str, handlers: Handlers) -> Iterator[None]:
        """Parse a part; it stops after every chunk, so that what was found can be taken away."""

        def begin(parser: expat.XMLParserType) -> None:
            parser.StartElementHandler = lambda name, attributes: handlers.start(name.rpartition(":")[2], attributes)
            parser.EndElementHandler = lambda name: handlers.end(name.rpartition(":")[2])
            parser.CharacterDataHandler = handlers.text

        return self.parse_bare(part, begin)

    def parse_bare(
        self, part: str, begin: Callable[[expat.XMLParserType], None], sieve: RowSieve | None = None
    ) -> Iterator[None]:
        """Parse a part chunk by chunk with a parser whose handlers `begin` sets, and may set anew at any time.

        What a sieve takes out is not parsed.
        """
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.buffer_size = _CHUNK
        parser.StartDoctypeDeclHandler = self._refuse_declaration
        parser.EntityDeclHandler = self._refuse_declaration
        begin(parser)
        try:
            with zipfile.ZipFile(self._path) as package, package.open(part) as source:
                while chunk := source.read(_CHUNK if sieve is None else _CHUNK << 4):
                    parser.Parse(chunk if sieve is None else sieve.sift(chunk), False)  # noqa: FBT003 - by place only
                    yield
                parser.Parse(b"" if sieve is None else sieve.rest(), True)  # noqa: FBT003
                yield
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, ValueError) as error:
            raise self.damaged() from error

    def parse_whole(self, part: str, handlers: Handlers) -> None:
        """Parse a part that is small."""
        for _ in self.parse(part, handlers):
            pass

    def damaged(self) -> FileRefused:
        """Say that the workbook is damaged."""
        return FileRefused(
            self.name, f"{self.name} is a damaged workbook.", "Open it in the spreadsheet program and save it again."
        )

    def _refuse_declaration(self, *_: object) -> NoReturn:
        raise FileRefused(self.name, f"{self.name} declares a document type or entities.", "Ask who sent it.")
