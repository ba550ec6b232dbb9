"""Puts the draft that is shown into the hand of the reader, saves what was typed, and asks before it is dropped."""

from functools import partial

from duedesk.actions.invoices.editing import edit_draft
from duedesk.actions.invoices.lines import set_lines
from duedesk.actions.workspace import Workspace
from duedesk.desk.page import PageCommand
from duedesk.desk.pages.record.editing import READ_AGAIN, UNSAVED, Editing, begin_editing
from duedesk.desk.pages.record.sheets import DETAILS, LINES
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.domain.changes import Changes
from duedesk.domain.errors import DuedeskError
from duedesk.domain.filters import Value
from duedesk.domain.line_pricing import LineDraft
from duedesk.store.queries.records.draft_editing import EditableDraft, contacts_of, editable_draft


class Drafting:
    """What the page of an invoice does while its draft is edited."""

    def __init__(self, page: InvoicePage) -> None:
        self._page = page
        self.editing: Editing | None = None

    def begin(self) -> None:
        """Read the draft and show its editors."""
        self._read(lambda draft: self._show(draft, {}, None))

    def read_again(self) -> None:
        """Read the draft as it is in the book now, and put what was typed on top of it."""
        if self.editing is not None:
            values, lines = self.editing.values, self.editing.changed_lines
            self._read(lambda draft: self._show(draft, values, lines))

    def save(self) -> None:
        """Save the fields, then the lines; what is refused is said above the head, and what was typed stays."""
        editing = self.editing
        if editing is None:
            return
        editing.lines.table.finish()
        if not editing.is_changed:
            self.end()
            return
        self._page.bar.say("")
        if editing.values:
            done = partial(self._save_lines, editing.changed_lines)
            self._do(partial(_save_fields, editing.draft, editing.values), done)
        else:
            self._save_lines(editing.changed_lines, None)

    def leave(self) -> None:
        """Leave the draft as it is in the book; asks once where something was typed."""
        editing = self.editing
        if editing is not None and editing.is_changed and not editing.was_warned:
            editing.was_warned = True
            self._page.bar.say(UNSAVED)
        else:
            self.end()

    def end(self) -> None:
        """Take the editors away."""
        editing, self.editing = self.editing, None
        if editing is None:
            return
        self._page.head.put(None)
        for name in (LINES, DETAILS):
            self._page.tabs.called(name).take_back()
        for widget in (editing.form.head, editing.form.details, editing.lines):
            widget.hide()
            widget.deleteLater()
        self._page.bar.say("")
        if self._page.record is not None:
            self._page.display(self._page.record)
        self._page.offer()
        self._page.tabs.begin()

    def can_leave(self) -> bool:
        """Tell whether the page may be left: not while something was typed and is not saved."""
        if self.editing is None or not self.editing.is_changed:
            return True
        self._page.bar.say(UNSAVED)
        return False

    def show_figure(self) -> None:
        """Show again what the draft in hand comes to."""
        if self.editing is not None:
            self.editing.weigh()

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done while the draft is edited."""
        return () if self.editing is None else self.editing.commands(self.save, self.leave)

    def _read(self, then: object) -> None:
        key, workspace = self._page.key, self._page.desk.workspace
        if key is not None and callable(then):
            self._page.desk.tasks.read(
                self._page,
                lambda: workspace.ask(editable_draft, key),
                then,
                failed=self._page.refuse,
                slot="draft",
            )

    def _show(self, draft: EditableDraft, values: dict[str, Value], lines: tuple[LineDraft, ...] | None) -> None:
        self.end()
        page = self._page
        editing = begin_editing(page.desk, draft, lambda figure: page.head.show_figure(figure, "Total"))
        self.editing = editing
        page.head.put(editing.form.head)
        page.tabs.called(LINES).put(editing.lines)
        page.tabs.called(DETAILS).put(editing.form.details)
        editing.form.account_changed.connect(self._offer_contacts)
        editing.take(values, lines)
        page.offer()
        page.tabs.bring(LINES)
        editing.lines.table.begin()

    def _offer_contacts(self, account_key: int) -> None:
        workspace, editing = self._page.desk.workspace, self.editing
        if editing is not None:
            self._page.desk.tasks.read(
                editing.form,
                lambda: workspace.ask(contacts_of, account_key),
                editing.form.offer_contacts,
                slot="contacts",
            )

    def _save_lines(self, lines: tuple[LineDraft, ...] | None, saved: Changes | None) -> None:
        editing = self.editing
        if editing is None:
            return
        if lines is None:
            self._done(saved)
            return
        version = editing.draft.version + (1 if saved is not None and saved.objects else 0)
        self._do(partial(_save_lines, editing.draft.key, lines, version), self._done)

    def _do(self, action: object, then: object) -> None:
        if callable(action) and callable(then):
            self._page.carry_out(action, title="Saving the draft", then=then, refused=self._refuse)

    def _done(self, changes: Changes | None) -> None:
        self.end()
        if changes is not None and changes.summary:
            self._page.say_done(f"{changes.summary}.")

    def _refuse(self, error: DuedeskError) -> None:
        is_conflict = "changed by somebody else" in error.message
        self._page.bar.say(f"{error} {READ_AGAIN}" if is_conflict else str(error))


def _save_fields(draft: EditableDraft, values: dict[str, Value], workspace: Workspace) -> Changes:
    return edit_draft(workspace, draft.key, values, version=draft.version)


def _save_lines(key: int, lines: tuple[LineDraft, ...], version: int, workspace: Workspace) -> Changes:
    return set_lines(workspace, key, lines, version=version)
