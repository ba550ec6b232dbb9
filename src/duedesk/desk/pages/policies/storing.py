"""What the page of policies asks the book and stores in it, behind the window; what is typed stays with its drafts."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal

from duedesk.actions.dunning.policies import delete_policy, save_policy
from duedesk.actions.dunning.trying import tried
from duedesk.desk.page import Page
from duedesk.desk.pages.policies.conflict_panel import ConflictPanel
from duedesk.desk.pages.policies.editing import Editing
from duedesk.desk.verbs.side_place import SidePlace
from duedesk.desk.widgets.felt_wait import felt_wait
from duedesk.domain.changes import Changes
from duedesk.domain.dunning.policy import Policy
from duedesk.domain.dunning.trial import Trial
from duedesk.domain.errors import DuedeskError
from duedesk.store.queries.dunning.policies import policies

_CONFLICT = "changed by somebody else"


class Storing(QObject):
    """A policy that was changed meanwhile is shown beside the reader's own; one of both is taken."""

    tried = Signal(object)
    """What a run would be: a Trial."""
    untried = Signal(object)
    """Why there is none: the DuedeskError."""
    waits = Signal()
    """It takes long enough to be felt."""

    def __init__(self, page: Page, side: SidePlace, editing: Editing) -> None:
        super().__init__(page)
        self._page = page
        self._side = side
        self._editing = editing
        self._waiting = felt_wait(self, self.waits.emit)

    def read(self) -> None:
        """Read the policies again; what was typed stays."""
        workspace = self._page.desk.workspace

        def take(found: tuple[Policy, ...]) -> None:
            self._editing.drafts.take(found)
            self._editing.show()

        self._page.desk.tasks.read(
            self, lambda: workspace.ask(policies), take, failed=self._page.say_failed, slot="policies"
        )

    def try_run(self) -> None:
        """Work out the run of the day after the one the reader stands on."""
        drafts = self._editing.drafts
        workspace, day, typed = self._page.desk.workspace, self._page.as_of + timedelta(days=1), drafts.changed
        self._waiting.start()

        def take(trial: Trial) -> None:
            self._waiting.stop()
            self.tried.emit(trial)

        def fail(error: DuedeskError) -> None:
            self._waiting.stop()
            self.untried.emit(error)

        self._page.desk.tasks.read(self, lambda: tried(workspace, day, typed), take, failed=fail, slot="trial")

    def save(self) -> None:
        """Save the policy in hand."""
        policy = self._editing.policy
        if policy is None or self._editing.drafts.fault(policy.key) is not None:
            return
        workspace, wanted = self._page.desk.workspace, replace(policy, key=max(policy.key, 0))

        def done(changes: Changes) -> None:
            self._editing.drafts.drop(policy.key)
            self._side.close_panel()
            if policy.key < 0:
                self._take_by_name(policy.name)
            self._page.say_done(f"{changes.summary}.", "Ctrl+Z undoes it.")

        self._page.desk.tasks.write(
            self,
            lambda _: save_policy(workspace, wanted),
            done,
            title=f"Saving {policy.name}",
            failed=partial(self._fail, policy),
        )

    def delete(self) -> None:
        """Delete the policy in hand; one that the book has not yet is only forgotten."""
        policy = self._editing.policy
        if policy is None:
            return
        if policy.key < 0:
            self._editing.drop()
            return
        workspace, key = self._page.desk.workspace, policy.key

        def done(changes: Changes) -> None:
            self._editing.drafts.drop(key)
            self._page.say_done(f"{changes.summary}.", "Ctrl+Z undoes it.")

        self._page.desk.tasks.write(
            self,
            lambda _: delete_policy(workspace, key),
            done,
            title=f"Deleting {policy.name}",
            failed=self._page.say_failed,
        )

    def _take_by_name(self, name: str) -> None:
        """Take the policy in hand that has just got its key, once it has been read."""
        workspace = self._page.desk.workspace

        def take(found: tuple[Policy, ...]) -> None:
            self._editing.drafts.take(found)
            self._editing.key = next((one.key for one in found if one.name == name.strip()), None)
            self._editing.show()

        self._page.desk.tasks.read(
            self, lambda: workspace.ask(policies), take, failed=self._page.say_failed, slot="policies"
        )

    def _fail(self, policy: Policy, error: DuedeskError) -> None:
        if _CONFLICT not in error.message:
            self._page.say_failed(error)
            return
        workspace = self._page.desk.workspace

        def show(found: tuple[Policy, ...]) -> None:
            there = next((one for one in found if one.key == policy.key), None)
            if there is not None:
                self._show_both(there, policy)

        self._page.desk.tasks.read(self, lambda: workspace.ask(policies), show, failed=self._page.say_failed)

    def _show_both(self, there: Policy, here: Policy) -> None:
        panel = ConflictPanel(there, here)

        def keep_mine() -> None:
            self._editing.drafts.put(replace(here, version=there.version))
            self._side.close_panel()
            self.save()

        def take_theirs() -> None:
            self._editing.drafts.drop(there.key)
            self._side.close_panel()
            self.read()

        panel.asked.connect(lambda _: keep_mine())
        panel.theirs_taken.connect(take_theirs)
        panel.left.connect(self._side.close_panel)
        self._side.open_panel(panel)
        panel.begin()
