"""The section of what runs by itself every day: shown as a system takes it, copied or saved; nothing is installed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from duedesk.actions.automation import (
    JOBS,
    LAUNCHD,
    SYSTEMD,
    WINDOWS,
    Job,
    home_of,
    parse_time,
    save_timer,
    this_system,
    timer,
)
from duedesk.actions.dunning.guarding import parted
from duedesk.actions.workspace import Workspace
from duedesk.desk.fonts import SMALL
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.exchange.timers.daily import Timer
from duedesk.store.queries.dunning.policies import policies

_SYSTEMS = (("Linux: systemd", SYSTEMD), ("macOS: launchd", LAUNCHD), ("Windows: Task Scheduler", WINDOWS))
_LINES = 15
"""Lines of a file in sight."""

Make = Callable[..., Timer]
"""Makes a timer of a job for a system, at a time of day, with a folder for letters."""

_REMARK = "Your system runs these every day when you give it the files shown here. Duedesk installs nothing itself."


@dataclass(frozen=True, slots=True)
class _Beside:
    make: Make


class AutomationSection(Section):
    """What can run by itself."""

    name = "Automation"
    nouns = ("timer", "timers")
    remark = _REMARK
    concerns = ("Setting", "DunningPolicy")
    columns = (
        text_column("What", "What", 110, stretches=True),
        text_column("Command", "Command", 172),
        text_column("At", "At", 66),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read what there is, and which policies go by themselves."""
        alone, _ = workspace.ask(parted)
        names = [one.name for one in workspace.ask(policies) if one.key in alone]
        goes = f"Issued with nobody looking: {', '.join(names)}."
        nobody = "No policy is issued with nobody looking: `duedesk send-guard --alone` says which may."
        entries = tuple(Entry((one.label, f"duedesk {' '.join(one.verb)}", f"{one.at:%H:%M}"), one) for one in JOBS)
        return Content(entries, _Beside(partial(timer, workspace)), f"{_REMARK} {goes if names else nobody}")

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Show a timer."""
        if entry is None or not isinstance(entry.held, Job) or not isinstance(content.beside, _Beside):
            raise LookupError(entry)
        return TimerPanel(entry.held, content.beside.make)


class TimerPanel(VerbPanel):
    """The files of a timer for a system and a time of day, to be copied or saved."""

    def __init__(self, job: Job, make: Make) -> None:
        super().__init__(job.about.partition(": ")[2].capitalize(), "Save")
        self._job, self._make = job, make
        self.system = Choice(_SYSTEMS, this_system())
        self.at = QLineEdit(f"{job.at:%H:%M}")
        self.letters = QLineEdit()
        self.letters.setPlaceholderText("nowhere")
        self.files = QPlainTextEdit()
        self.files.setReadOnly(True)
        self.files.setTabChangesFocus(True)
        self.files.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(SMALL)
        self.files.setFont(fixed)
        self.files.setFixedHeight(self.files.fontMetrics().lineSpacing() * _LINES)
        self.folder = QLineEdit()
        self.add_field("System", self.system)
        self.add_field("Every day at", self.at)
        if job.name == "dun":
            self.add_field("Write the letters as PDF to", self.letters)
        self.add_field("Files", self.files)
        self.copy_button = button("Copy", self.copy)
        self.fields.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addSpacing(6)
        self.add_field("Save to", self.folder, "They are written there and nothing is begun: the last lines say how.")
        self.system.currentIndexChanged.connect(lambda _: self._show_elsewhere())
        self.at.editingFinished.connect(self._show)
        self.letters.editingFinished.connect(self._show)
        self._show_elsewhere()

    def first_field(self) -> QWidget:
        """Begin at the system."""
        return self.system

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the folder with Enter, which led here as well: from there it writes the files, as Ctrl+Enter does.

        A key that is held down writes nothing.
        """
        is_enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        is_in_passing = not event.modifiers() & Qt.KeyboardModifier.ControlModifier and any(
            one.hasFocus() for one in (self.system, self.at, self.letters, self.files)
        )
        if is_enter and (is_in_passing or event.isAutoRepeat()):
            if not event.isAutoRepeat():
                self.folder.setFocus(Qt.FocusReason.TabFocusReason)  # which selects what stands there
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy what is shown."""
        QGuiApplication.clipboard().setText(self.files.toPlainText())

    def gather(self) -> Store:
        """Give what writes the files; RequestError where the time is none, or no folder is named."""
        made, named = self._made(), self.folder.text().strip()
        if not named:
            raise RequestError("No folder is named.", "Say where the files go.")
        return partial(_saved, made, Path(named).expanduser())

    def _made(self) -> Timer:
        at: time = parse_time(self.at.text())
        return self._make(self._job, str(self.system.chosen), at=at, letters=self.letters.text().strip())

    def _show_elsewhere(self) -> None:
        self._show()
        made = self._make(self._job, str(self.system.chosen))
        self.folder.setText(str(home_of(made)))

    def _show(self) -> None:
        try:
            made = self._made()
        except RequestError as error:
            self.show_fault(error)
            return
        self.show_fault(None)
        self.files.setPlainText(shown(made))


def shown(made: Timer) -> str:
    """Give the files of a timer under their names, and how to begin."""
    parts = [f"# {file.name}\n{file.text}" for file in made.files]
    begin = "\n".join(("# To begin", *made.begin, *(f"# {remark}" for remark in made.remarks)))
    return "\n".join((*parts, begin))


def _saved(made: Timer, folder: Path, workspace: Workspace) -> Changes:
    """Write the files; the book stays as it is."""
    del workspace
    paths = save_timer(made, folder)
    count = "1 file" if len(paths) == 1 else f"{len(paths)} files"
    return Changes(summary=f"{count} written to {folder}; nothing is begun yet")
