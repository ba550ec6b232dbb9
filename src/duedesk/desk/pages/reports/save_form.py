"""The form in which a report is kept under a name, with a schedule and a folder; it stores nothing itself."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from duedesk.desk.pages.reports.words import day_in_words
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.errors import RequestError
from duedesk.domain.reports.offered import Report
from duedesk.domain.reports.saved import ENDINGS, SCHEDULES, SavedReport, ToSave, schedule_in_words

_BY_ITSELF = "A timer of the system writes it by “duedesk report --due”: Settings, Automation shows how."


class SaveForm(VerbPanel):
    """A name, when it is written by itself, and where to."""

    def __init__(self, report: Report, said: Mapping[str, str], folder: str, was: SavedReport | None = None) -> None:
        super().__init__(f"Save: {report.title}", "Save")
        self._report, self._said = report, dict(said)
        if (day := said.get("as-of", ""))[:4].isdigit():
            self.say(f"Each time as of {day_in_words(day)}: “As of” in the form has days that move.")
        self.name = QLineEdit(report.title if was is None else was.name)
        self.name.selectAll()
        words = [(_upper(schedule_in_words(one)), one) for one in ("", *SCHEDULES)]
        self.every = Choice(words, "" if was is None else was.schedule)
        self.folder = QLineEdit(folder if was is None or not was.folder else was.folder)
        endings = [("Excel workbook", ENDINGS[0]), ("CSV, the rows alone", ENDINGS[1])]
        self.ending = Choice(endings, ENDINGS[0] if was is None else was.ending)
        place = QWidget()
        place.setFocusProxy(self.folder)
        line = QHBoxLayout(place)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self.folder, 1)
        line.addWidget(button("Choose…", self._choose))
        self.add_field("Name", self.name, "A report of yours that has this name already is replaced.")
        self.add_field("Written", self.every, _BY_ITSELF)
        self.add_field("Folder", place, "A day that was missed is caught up once; no older file is written over.")
        self.folder.setAccessibleName("Folder")
        self.add_field("As", self.ending)

    def first_field(self) -> QWidget:
        """Begin at the name."""
        return self.name

    def gather(self) -> ToSave:
        """Give the report as it is to be kept."""
        every, ending = str(self.every.chosen or ""), str(self.ending.chosen)
        folder = self.folder.text().strip()
        if folder and not Path(folder).is_dir():
            raise RequestError(f"There is no folder {folder}.", "Choose one that is there.")
        return ToSave(self.name.text().strip(), self._report.name, self._said, folder, ending, every)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where the report is written", self.folder.text())
        if chosen:
            self.folder.setText(chosen)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]
