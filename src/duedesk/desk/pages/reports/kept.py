"""What the desk remembers of reports: what was last said of each, and the files they became; the book keeps nothing."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from duedesk.desk.settings import Settings
from duedesk.domain.reports.offered import REPORTS, ReportName

MOST_FILES = 40
_FILES, _FOLDER = "reports/files", "reports/folder"


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that a report became: where it is, of which report, with what said, when."""

    path: str
    report: str
    said: Mapping[str, str]
    at: str
    day: str

    @property
    def name(self) -> ReportName:
        """Give the report."""
        return ReportName(self.report)

    @property
    def when(self) -> datetime:
        """Give when it was written."""
        return datetime.fromisoformat(self.at)


class Kept:
    """Reads and keeps; what cannot be read is as if it had never been kept."""

    def __init__(self, settings: Settings | None) -> None:
        self._settings = settings
        self._held: dict[str, str] = {}

    def said(self, name: ReportName) -> dict[str, str]:
        """Give what was last said of a report's parameters."""
        return _texts(_read(self._text(f"reports/{name.value}")))

    def keep_said(self, name: ReportName, said: Mapping[str, str]) -> None:
        """Keep what was said of a report's parameters."""
        self._keep(f"reports/{name.value}", json.dumps(dict(said), sort_keys=True))

    def files(self) -> tuple[RecentFile, ...]:
        """Give the files written last, newest first, whether they still stand there or not."""
        held = _read(self._text(_FILES))
        found = []
        for one in held if isinstance(held, list) else ():
            if isinstance(one, dict) and one.get("report") in {name.value for name in REPORTS}:
                texts = {key: str(one.get(key, "")) for key in ("path", "report", "at", "day")}
                found.append(RecentFile(**texts, said=_texts(one.get("said"))))
        return tuple(one for one in found if _is_moment(one.at))

    def keep_file(self, file: RecentFile) -> None:
        """Put a file in front of those that were written before."""
        files = [file, *(one for one in self.files() if one.path != file.path)][:MOST_FILES]
        self._keep(_FILES, json.dumps([asdict(one) for one in files]))
        self._keep(_FOLDER, str(Path(file.path).parent))

    @property
    def folder(self) -> str:
        """Give the folder that was last written to; empty where there is none any more."""
        held = self._text(_FOLDER)
        return held if held and Path(held).is_dir() else ""

    def _text(self, name: str) -> str:
        return self._held.get(name, "") if self._settings is None else self._settings.text(name)

    def _keep(self, name: str, text: str) -> None:
        if self._settings is None:
            self._held[name] = text
        else:
            self._settings.keep_text(name, text)


def _read(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except ValueError:
        return None


def _texts(held: object) -> dict[str, str]:
    return {str(key): str(text) for key, text in held.items()} if isinstance(held, dict) else {}


def _is_moment(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
