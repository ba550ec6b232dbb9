"""Notes and files of the invoice that is shown are added, saved, taken away; how they look is in `records.posts`."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from duedesk.actions.following.feed import Added, add_note, attach_file, save_file, take_away
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.record.sheets import POSTS
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.posts import Posts
from duedesk.desk.records.viewing import keep_view
from duedesk.domain.errors import Cancelled, DuedeskError, RequestError
from duedesk.store.queries.records.feed import FeedPost
from duedesk.store.queries.records.whole_invoice import WholeInvoice


class Notes:
    """Does what the notes and files of a page ask for."""

    def __init__(self, page: InvoicePage) -> None:
        self._page = page
        self.posts = posts = Posts()
        posts.note_given.connect(self.add)
        posts.file_asked.connect(self.choose)
        posts.save_asked.connect(self.save)
        posts.removal_asked.connect(self.remove)

    def begin(self, key: int) -> None:
        """Begin with another invoice: keep that it was looked at, and drop the note that another was given."""
        self.posts.clear_note()
        keep_view(self._page, "Invoice", key)

    def show(self, whole: WholeInvoice, barred: str) -> None:
        """Show the notes and files of an invoice."""
        self.posts.show_posts(whole.posts, barred or ("" if whole.standing.may("add_note") else "read only"))

    def bring(self) -> None:
        """Bring the notes and files to the front, and the cursor to where a note is written."""
        self._page.tabs.bring(POSTS)
        self.posts.note.setFocus()

    def can_leave(self) -> bool:
        """Tell whether the page may be left: not while a note is written and not added."""
        if not self.posts.text:
            return True
        self._page.tabs.bring(POSTS)
        self.posts.show_fault(RequestError("This note is not added yet.", "Ctrl+Enter adds it, Esc drops it."))
        return False

    def add(self, text: str) -> None:
        """Add a note."""
        key = self._page.key
        if key is not None:
            self._page.carry_out(
                lambda workspace: add_note(workspace, key, text),
                title="Adding a note",
                then=lambda _: self.posts.clear_note(),
                refused=self._refuse,
            )

    def choose(self) -> None:
        """Ask for files, and attach them."""
        files, _ = QFileDialog.getOpenFileNames(self._page, "Attach files")
        self.attach([Path(file) for file in files])

    def attach(self, files: Sequence[Path]) -> None:
        """Attach files, one after the other, to the invoice that is shown."""
        key = self._page.key
        if key is None:
            return
        for file in files:
            self._page.carry_out(
                partial(_attach, key, file),
                title=f"Attaching {file.name}",
                then=lambda _: self.posts.show_fault(None),
                refused=self._refuse,
            )

    def save(self, post: FeedPost) -> None:
        """Ask where a file shall be saved, and save it; what stands there the reader has agreed to."""
        target, _ = QFileDialog.getSaveFileName(self._page, "Save the file as", Path(post.name).name)
        if target:
            workspace, key = self._page.desk.workspace, post.key
            self._page.desk.tasks.read(
                self._page,
                lambda: save_file(workspace, key, Path(target), over=True),
                lambda saved: self._page.say_done(f"Saved as {saved}."),
                failed=self._refuse,
            )

    def remove(self, post: FeedPost) -> None:
        """Take a note or file away."""
        self._page.carry_out(
            lambda workspace: take_away(workspace, post.key),
            title="Taking a note away",
            refused=self._refuse,
        )

    def _refuse(self, error: DuedeskError) -> None:
        self.posts.show_fault(None if isinstance(error, Cancelled) else error)


def _attach(key: int, file: Path, workspace: Workspace) -> Added:
    return attach_file(workspace, key, file)
