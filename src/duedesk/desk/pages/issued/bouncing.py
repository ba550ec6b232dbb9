"""Mail that came back, read out of a mailbox file: asked for, read and noted behind the window, and told."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from duedesk.actions.delivering.bouncing import CameBack, note_bounces
from duedesk.connect.bounces import read_bounces
from duedesk.desk.page import Page

_FILES = "Mailboxes and messages (*.mbox *.mbx *.eml);;All files (*)"


class Bouncing(QObject):
    """One file at a time."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Ask for the file."""
        chosen, _ = QFileDialog.getOpenFileName(self._page, "Mail that came back", "", _FILES)
        if chosen:
            self.read(Path(chosen))

    def read(self, path: Path) -> None:
        """Read what came back, note it and tell it."""
        workspace = self._page.desk.workspace

        def do() -> tuple[int, int, CameBack]:
            found = read_bounces(path)
            return found.messages, found.unreadable, note_bounces(workspace, found.bounces)

        def done(answer: tuple[int, int, CameBack]) -> None:
            messages, unreadable, back = answer
            if back.changes.objects:
                self._page.desk.tasks.changed.emit(back.changes)
            told = (
                (len(back.failed), "came back and is printed instead"),
                (len(back.contacts), "addresses are marked"),
                (back.known, "known already"),
                (back.not_ours, "of no letter in this book"),
                (unreadable, "could not be read"),
            )
            counts = ", ".join(f"{count:,} {what}" for count, what in told if count) or "none of them came back"
            self._page.say_done(f"{messages:,} message{'s'[: messages != 1]} read: {counts}.")

        self._page.desk.tasks.write(
            self, lambda _: do(), done, title="Reading mail that came back", failed=self._page.say_failed
        )
