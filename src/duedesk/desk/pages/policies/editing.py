"""What is in hand of the policies, and what is typed into it: lists, form and drafts in step; it stores nothing."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from duedesk.desk.pages.policies.body import Body
from duedesk.desk.pages.policies.drafts import Drafts, with_level
from duedesk.domain.dunning.policy import Policy, PolicyLevel
from duedesk.domain.errors import DuedeskError


class Editing(QObject):
    """A policy is in hand, and one of its levels, or the policy itself."""

    changed = Signal()
    """Something else is in hand, or was typed."""

    def __init__(self, body: Body, drafts: Drafts) -> None:
        super().__init__(body)
        self._body = body
        self.drafts = drafts
        self.key: int | None = None
        self.number: int | None = None
        body.policies.chosen.connect(lambda place: self.take(body.policies.policies[place].key))
        body.policies.entered.connect(lambda: self.take(self.key))
        body.levels.chosen.connect(lambda place: self.take(self.key, body.levels.levels[place].number))
        body.levels.entered.connect(self._enter_levels)
        body.form.changed.connect(self._on_typed)

    @property
    def policy(self) -> Policy | None:
        """Give the policy in hand, as it is edited."""
        return None if self.key is None else self.drafts.policy(self.key)

    @property
    def level(self) -> PolicyLevel | None:
        """Give the level in hand; None where the policy itself is."""
        policy = self.policy
        if policy is None or self.number is None:
            return None
        return next((one for one in policy.levels if one.number == self.number), None)

    def take(self, key: int | None, number: int | None = None) -> None:
        """Take a policy in hand, or one of its levels, and show its form."""
        if (key, number) != (self.key, self.number):
            self.key, self.number = key, number
            self.show()

    def show(self) -> None:
        """Show everything as it is edited."""
        policies = self.drafts.policies
        if self.policy is None:
            self.key, self.number = (policies[0].key if policies else None), None
        if self.level is None:
            self.number = None
        self._show_lists()
        policy, level = self.policy, self.level
        if policy is not None:
            if level is None:
                self._body.form.show_policy(policy)
            else:
                self._body.form.show_level(policy, level)
        self._tell()

    def change(self, work: Callable[[Policy], Policy], number: int | None = None) -> None:
        """Change the policy in hand, and take one of its levels; RequestError passes on."""
        if self.policy is not None:
            self.drafts.put(work(self.policy))
            self.number = number
            self.show()

    def drop(self) -> None:
        """Forget what was typed into the policy in hand."""
        if self.key is not None:
            self.drafts.drop(self.key)
            self.show()

    def _enter_levels(self) -> None:
        levels = self._body.levels
        if levels.levels:
            self.take(self.key, levels.levels[max(levels.place, 0)].number)

    def _on_typed(self) -> None:
        policy, level, form = self.policy, self.level, self._body.form
        if policy is None:
            return
        try:
            if level is None:
                self.drafts.put(form.policy_form.gather(policy))
            else:
                self.drafts.put(with_level(policy, form.level_form.gather(level)))
        except DuedeskError as error:
            self.drafts.refuse(policy.key, error)
        self._show_lists()
        self._tell()

    def _show_lists(self) -> None:
        body, policy = self._body, self.policy
        body.policies.show_policies(self.drafts, self.key)
        body.levels.show_levels(() if policy is None else policy.levels, self.number)
        body.levels_title.setText("" if policy is None else f"Levels of {policy.name}")

    def _tell(self) -> None:
        key = self.key
        fault = None if key is None else self.drafts.fault(key)
        self._body.form.show_state(is_changed=key is not None and self.drafts.is_changed(key), fault=fault)
        self.changed.emit()
