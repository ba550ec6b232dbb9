"""What waits as drafts that a mail program opens: asked where to, and written behind the window; it sends nothing."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from duedesk.actions.delivering.documents import issued_documents
from duedesk.actions.delivering.drafting import Drafted, write_drafts
from duedesk.actions.delivering.handing_over import Round
from duedesk.desk.page import Page
from duedesk.domain.changes import Changes


class Drafting(QObject):
    """For whoever has no mail server, and for a sample book."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page

    def ask(self) -> None:
        """Ask for the folder."""
        chosen = QFileDialog.getExistingDirectory(self._page, "Write drafts to")
        if chosen:
            self.write(Path(chosen))

    def write(self, folder: Path) -> None:
        """Write a draft for each message that waits."""
        workspace, tasks = self._page.desk.workspace, self._page.desk.tasks

        def done(drafted: Drafted) -> None:
            tasks.changed.emit(Changes(frozenset({"LetterDelivery"})))
            count = len(drafted.files)
            sentence = f"{count:,} draft{'s'[: count != 1]} written to {folder.name}." if count else "Nothing waits."
            hint = "A mail program opens them; then say of each whether it was sent." if count else ""
            self._page.say_done(sentence, "; ".join(dict.fromkeys(drafted.withdrawn.values())) or hint)

        tasks.write(
            self,
            lambda _: write_drafts(workspace, folder, Round(issued_documents)),
            done,
            title="Writing drafts",
            failed=self._page.say_failed,
        )
