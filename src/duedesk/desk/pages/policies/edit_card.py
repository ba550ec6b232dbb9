"""The card at the side: the form of what is in hand, below it what the field means, and saving; it stores nothing."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from duedesk.desk.pages.policies.field_form import FieldForm
from duedesk.desk.pages.policies.forms import LevelForm, PolicyForm
from duedesk.desk.widgets.buttons import button
from duedesk.desk.widgets.frames import rule, scrolled
from duedesk.desk.widgets.labels import Role, elided_label, plain_label
from duedesk.domain.dunning.policy import Policy, PolicyLevel
from duedesk.domain.dunning.policy_words import Explained
from duedesk.domain.errors import DuedeskError

_MARGIN = 16
_LINES = 5
"""Lines kept free for what a field means, so that nothing moves when the cursor does."""
_BEGIN = Explained("", "Each field is explained here while the cursor is in it.")


class EditCard(QFrame):
    """One form at a time: that of a policy, or that of a level."""

    changed = Signal()
    """Something was typed."""
    save_asked = Signal()
    drop_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", True)  # noqa: FBT003 - Qt's own signature
        self.title = elided_label("", Role.STRONG)
        self.policy_form, self.level_form = PolicyForm(), LevelForm()
        self._forms = QStackedWidget()
        for form in (self.policy_form, self.level_form):
            self._forms.addWidget(scrolled(form))
            form.changed.connect(self.changed)
            form.explained.connect(self.explain)
        self._label = plain_label("", Role.STRONG)
        self._words = plain_label("", Role.QUIET, wraps=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._fault = plain_label("", Role.OVERDUE, wraps=True, selectable=True)
        self.save_button = button("Save  Ctrl+S", self.save_asked.emit, primary=True)
        self.save_button.setAccessibleName("Save")
        self.drop_button = button("Drop changes", self.drop_asked.emit)
        self._lay_out()
        self.explain(_BEGIN)
        self.show_state(is_changed=False, fault=None)

    @property
    def form(self) -> FieldForm:
        """Give the form in front."""
        return self.policy_form if self._forms.currentIndex() == 0 else self.level_form

    @property
    def is_of_policy(self) -> bool:
        """Tell whether the form of a policy is in front."""
        return self._forms.currentIndex() == 0

    @property
    def explained(self) -> str:
        """Give what is said of the field that has the cursor."""
        return f"{self._label.text()} {self._words.text()}".strip()

    @property
    def fault(self) -> str:
        """Give what is said to be wrong."""
        return self._fault.text()

    def show_policy(self, policy: Policy) -> None:
        """Show the form of a policy."""
        self.title.setText(policy.name)
        self.policy_form.show_policy(policy)
        self._bring(0)

    def show_level(self, policy: Policy, level: PolicyLevel) -> None:
        """Show the form of a level."""
        named = "Notice before the due date" if level.is_courtesy else f"Level {level.number}"
        self.title.setText(f"{policy.name} · {named}")
        last = max((one.number for one in policy.levels), default=0)
        self.level_form.show_level(level, is_last=level.number == last)
        self._bring(1)

    def explain(self, one: Explained) -> None:
        """Say what a field means."""
        self._label.setText(one.label)
        self._label.setVisible(bool(one.label))
        self._words.setText(one.words)

    def show_state(self, *, is_changed: bool, fault: DuedeskError | None) -> None:
        """Say whether something is not saved, and why it could not be."""
        self._fault.setText("" if fault is None else str(fault))
        self._fault.setVisible(fault is not None)
        lines = _LINES if fault is None else 2
        self._words.setMinimumHeight(self._words.fontMetrics().lineSpacing() * lines + 2)
        self.save_button.setEnabled(is_changed and fault is None)
        self.drop_button.setEnabled(is_changed)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        field = next(iter(self.form.fields.values()))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _bring(self, place: int) -> None:
        if self._forms.currentIndex() != place:
            self._forms.setCurrentIndex(place)
            self.explain(_BEGIN)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 14, 1, 14)  # clear of the line and its round corners
        column.setSpacing(8)
        self.title.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        column.addWidget(self.title)
        column.addWidget(self._forms, 1)
        column.addWidget(rule())
        means = QWidget()
        inside = QVBoxLayout(means)
        inside.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        inside.setSpacing(2)
        for widget in (self._label, self._words, self._fault):
            inside.addWidget(widget)
        column.addWidget(means)
        line = QHBoxLayout()
        line.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        line.setSpacing(8)
        line.addStretch(1)
        line.addWidget(self.drop_button)
        line.addWidget(self.save_button)
        column.addLayout(line)
