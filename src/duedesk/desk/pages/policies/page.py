"""Dunning policies: all of them, the levels of one, the form of what is in hand, and what tomorrow's run would be."""

from datetime import date, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout

from duedesk.desk.navigation import ShowLetterTexts
from duedesk.desk.page import Desk, FootLine, Page, PageCommand
from duedesk.desk.pages.policies.body import Body
from duedesk.desk.pages.policies.drafts import Drafts, with_another_level, with_notice, without_level
from duedesk.desk.pages.policies.editing import Editing
from duedesk.desk.pages.policies.storing import Storing
from duedesk.desk.pages.policies.words import foot_of
from duedesk.desk.theme import GAP, PAGE_MARGIN
from duedesk.desk.verbs.keys import panel_commands
from duedesk.domain.changes import Changes
from duedesk.domain.dunning.trial import Trial
from duedesk.domain.errors import DuedeskError, RequestError

_PAUSE_MS = 300
"""A pause in typing after which the run is worked out again."""


class PoliciesPage(Page):
    """What is typed is tried on the run of the next day; nothing of it is in the book until it is saved."""

    title = "Dunning policies"

    def __init__(self, desk: Desk, as_of: date) -> None:
        super().__init__(desk, as_of)
        self.drafts = Drafts()
        self.body = Body(desk)
        self.form = self.body.form
        self.editing = Editing(self.body, self.drafts)
        self.storing = Storing(self, self.body.side, self.editing)
        self._trial: Trial | None = None
        self._tried: object = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.try_run)
        if self.can_go(ShowLetterTexts):
            self.body.add_command("Letter texts…", self.show_texts, of_levels=False)
        self.body.add_command("New policy", self.make, of_levels=False)
        self.body.add_command("Add a notice", self.add_notice, of_levels=True)
        self.body.add_command("Add a level", self.add_level, of_levels=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(PAGE_MARGIN, 0, PAGE_MARGIN, GAP)
        column.addWidget(self.body)
        self._connect()

    def show_policies(self) -> None:
        """Show the policies as they are."""
        self.storing.read()

    def refresh(self, changes: Changes | None = None) -> None:
        """Read the policies and work the run out again; what was typed stays."""
        if changes is None or changes.objects:
            self._tried = None
            self.storing.read()

    def begin(self) -> None:
        """Begin in the list of policies."""
        self.body.policies.setFocus()

    def take_look(self) -> None:
        """Draw in the look of the desk."""
        self.body.set_look(self.desk.look)

    def can_leave(self) -> bool:
        """Tell whether nothing is typed that is not saved."""
        unsaved = next((one for one in self.drafts.policies if self.drafts.is_changed(one.key)), None)
        if unsaved is not None:
            if unsaved.key != self.editing.key:
                self.editing.take(unsaved.key)
            self.say_failed(RequestError(f"{unsaved.name} is not saved.", "Ctrl+S saves it, Ctrl+R drops the changes."))
        return unsaved is None

    def commands(self) -> tuple[PageCommand, ...]:
        """Give what can be done with the policies, or in the panel that is open."""
        panel = panel_commands(self.body.side.panel)
        if panel:
            return panel
        texts = PageCommand("Letter te&xts", self.show_texts, ("Ctrl+L",))
        return (
            PageCommand("&Save", self.storing.save, ("Ctrl+S",), barred=self._nothing_to_save),
            PageCommand("&Drop the changes", self.editing.drop, ("Ctrl+R",), barred=self._nothing_changed),
            PageCommand("&Change", self.form.begin, heard="Enter", barred=self._none),
            PageCommand("&New policy", self.make, ("Ctrl+N",), barred=self.barred, follows_rule=True),
            PageCommand("Add a &level", self.add_level, ("Ctrl+Shift+N",), barred=self._none),
            PageCommand("Add a notice &before the due date", self.add_notice, ("Ctrl+B",), barred=self._none),
            PageCommand("&Remove the level", self.remove_level, ("Ctrl+Del",), barred=self._no_level),
            PageCommand("Delete the &policy", self.storing.delete, ("Ctrl+Shift+Del",), barred=self._none),
            PageCommand("What changes, or by le&vel", self.body.trial.turn, ("Ctrl+E",), follows_rule=True),
            *((texts,) if self.can_go(ShowLetterTexts) else ()),
        )

    def make(self) -> None:
        """Begin another policy."""
        self.editing.take(self.drafts.make().key)
        self.form.begin()

    def add_level(self) -> None:
        """Add a level after the last."""
        policy = self.editing.policy
        steps = 0 if policy is None else sum(not one.is_courtesy for one in policy.levels)
        self._change(lambda: self.editing.change(with_another_level, steps + 1))

    def add_notice(self) -> None:
        """Add a notice before the due date."""
        self._change(lambda: self.editing.change(with_notice, 0))

    def remove_level(self) -> None:
        """Take the level in hand away."""
        level = self.editing.level
        if level is not None:
            self.editing.change(lambda policy: without_level(policy, level.number))

    def show_texts(self) -> None:
        """Go to what the letters say."""
        self.go(ShowLetterTexts())

    def try_run(self) -> None:
        """Work out what the run of the next day would be by what is typed."""
        self._pause.stop()
        faults = (self.drafts.fault(one.key) for one in self.drafts.policies)
        fault = next((one for one in faults if one is not None), None)
        if fault is not None:
            self.body.trial.refuse(fault.message)
            return
        wanted = (self.as_of, self.drafts.saved, self.drafts.changed)
        if self.drafts.saved and wanted != self._tried:
            self._tried = wanted
            self.storing.try_run()

    def _connect(self) -> None:
        self.editing.changed.connect(self._on_changed)
        self.form.save_asked.connect(self.storing.save)
        self.form.drop_asked.connect(self.editing.drop)
        self.body.side.changed.connect(self.commands_changed)
        for table in (self.body.policies, self.body.levels):
            table.opened.connect(self.form.begin)
            table.doubleClicked.connect(lambda _: self.form.begin())
        self.storing.tried.connect(self._show_trial)
        self.storing.untried.connect(self._refuse)
        self.storing.waits.connect(self.body.trial.wait)

    def _on_changed(self) -> None:
        if self._trial is not None:
            self._show_trial(self._trial)
        self.commands_changed.emit()
        if self._tried is None:
            self.try_run()
        else:
            self._pause.start()

    def _show_trial(self, trial: Trial) -> None:
        self._trial = trial
        policy = self.editing.policy
        if policy is not None:
            self.body.trial.show_trial(trial, policy, self.as_of + timedelta(days=1))
        self.footed.emit(foot_of(self.drafts, trial))

    def _refuse(self, error: DuedeskError) -> None:
        self.body.trial.refuse(error.message)
        self.footed.emit(FootLine())

    def _change(self, work: object) -> None:
        try:
            work()  # type: ignore[operator] # a call without arguments
        except RequestError as error:
            self.say_failed(error)

    def _none(self) -> str:
        return self.barred() or ("" if self.editing.policy is not None else "no policy is in hand")

    def _no_level(self) -> str:
        return self.barred() or ("" if self.editing.level is not None else "no level is in hand")

    def _nothing_changed(self) -> str:
        key = self.editing.key
        return "" if key is not None and self.drafts.is_changed(key) else "nothing was changed"

    def _nothing_to_save(self) -> str:
        key = self.editing.key
        fault = None if key is None else self.drafts.fault(key)
        return self.barred() or self._nothing_changed() or ("" if fault is None else "something is wrong with it")
