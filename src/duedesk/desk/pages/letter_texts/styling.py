"""Style and letterhead of all letters, opened beside the texts: read, shown in their forms and stored."""

from collections.abc import Callable

from duedesk.actions.letter_style import LetterStyle, letter_style, save_letter_style
from duedesk.actions.settings import letterhead, save_letterhead
from duedesk.desk.forms.letterhead_form import LetterheadForm
from duedesk.desk.page import Page
from duedesk.desk.pages.letter_texts.style_form import StyleForm
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.documents.letter import Letterhead
from duedesk.domain.changes import Changes


class Styling:
    """One form at a time; `then` is called when something was stored."""

    def __init__(self, page: Page, side: SidePlace, then: Callable[[], None]) -> None:
        self._page = page
        self._side = side
        self._then = then

    def ask_style(self) -> None:
        """Open the form of the style."""
        workspace = self._page.desk.workspace
        self._page.desk.tasks.read(
            self._side,
            lambda: workspace.ask(letter_style),
            self._show_style,
            failed=self._page.say_failed,
            slot="style",
        )

    def ask_letterhead(self) -> None:
        """Open the form of the letterhead."""
        book = self._page.desk.workspace.book
        self._page.desk.tasks.read(
            self._side, lambda: letterhead(book), self._show_letterhead, failed=self._page.say_failed, slot="style"
        )

    def _show_style(self, style: LetterStyle) -> None:
        form, workspace = StyleForm(style), self._page.desk.workspace

        def save(wanted: LetterStyle) -> None:
            self._page.desk.tasks.write(
                form,
                lambda _: save_letter_style(workspace, wanted),
                self._done,
                title="Saving the style of letters",
                failed=form.show_fault,
            )

        form.asked.connect(save)
        form.left.connect(self._side.close_panel)
        self._side.open_panel(form)
        form.begin()

    def _show_letterhead(self, held: Letterhead) -> None:
        form, workspace = LetterheadForm(), self._page.desk.workspace

        def save(wanted: Letterhead) -> None:
            self._page.desk.tasks.write(
                form,
                lambda _: save_letterhead(workspace, wanted),
                self._done,
                title="Saving the letterhead",
                failed=lambda error: form.show_fault(str(error)),
            )

        form.saved.connect(save)
        form.left.connect(self._side.close_panel)
        self._side.open_panel(form)
        form.show_letterhead(held)

    def _done(self, changes: Changes) -> None:
        self._side.close_panel()
        if changes.summary:
            self._page.say_done(f"{changes.summary}.")
        self._then()
