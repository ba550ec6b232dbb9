"""LibreOffice as a second opinion: it opens a workbook, calculates it anew and gives back what it found."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

_FORMULA_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")


class Office:
    """One LibreOffice with a profile of its own, so that it is nobody else's."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("soffice") or shutil.which("libreoffice")
        if program is None:
            pytest.skip("there is no LibreOffice to calculate the workbook with")
        self._program = program
        self._profile = folder / "profile"

    def calculated(self, path: Path, *, entered: Mapping[tuple[str, str], int] | None = None) -> Workbook:
        """Open a copy of which all results are taken out, so that only calculating can bring them back.

        `entered` gives numbers that somebody types over what stands in a cell.
        """
        bare = self._bare(path, entered or {})
        out = path.parent / "calculated"
        self.convert(bare, "xlsx", out)
        return load_workbook(out / bare.name, data_only=True)

    def all_calculated(
        self, paths: Sequence[Path], *, entered: Mapping[Path, Mapping[tuple[str, str], int]] | None = None
    ) -> list[Workbook]:
        """Open copies of several, as `calculated` does one, at once: the program is long to start."""
        bare = [self._bare(path, (entered or {}).get(path, {})) for path in paths]
        out = paths[0].parent / "calculated"
        self._convert(bare, "xlsx", out)
        return [load_workbook(out / one.name, data_only=True) for one in bare]

    def convert(self, path: Path, form: str, folder: Path) -> None:
        """Convert a file; fail where LibreOffice does not open it."""
        self._convert([path], form, folder)

    @staticmethod
    def _bare(path: Path, entered: Mapping[tuple[str, str], int]) -> Path:
        bare = path.with_name(f"bare-{path.name}")
        names = load_workbook(path, read_only=True).sheetnames
        members = {name: f"xl/worksheets/sheet{place}.xml" for place, name in enumerate(names, 1)}
        with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
            for member in source.namelist():
                content = _FORMULA_RESULT.sub(rb"\1", source.read(member))
                for (sheet, cell), value in entered.items():
                    if members[sheet] == member:
                        typed = re.compile(rb'(<c r="%b"[^>]*><v>)[^<]*' % cell.encode())
                        content, found = typed.subn(rb"\g<1>%d" % value, content)
                        assert found == 1
                target.writestr(member, content)
        return bare

    def _convert(self, paths: Sequence[Path], form: str, folder: Path) -> None:
        where = f"-env:UserInstallation={self._profile.as_uri()}"
        command = [self._program, where, "--headless", "--convert-to", form, "--outdir", str(folder), *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        made = [folder / path.with_suffix(f".{form}").name for path in paths]
        assert all(one.exists() for one in made), done.stdout + done.stderr
