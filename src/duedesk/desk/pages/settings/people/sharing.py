"""The section of sharing: what clerks see of each other's invoices by default, and the rules that open more."""

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QLineEdit, QWidget

from duedesk.actions.access.sharing import GIVEN, RuleDraft, delete_rule, save_rule, set_visibility
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.desk.widgets.choice import Choice
from duedesk.domain.access import HOW_FAR_IT_HOLDS, Visibility
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.store.queries.access import RuleRow, groups, sharing_rules, users, who_am_i

_WORDS = {
    Visibility.PRIVATE: "Nothing of it",
    Visibility.READ: "They read it",
    Visibility.WRITE: "They read and edit it",
}


@dataclass(frozen=True, slots=True)
class _Beside:
    """Who can own and who can be shared with."""

    people: tuple[tuple[str, int], ...]


class SharingSection(Section):
    """The default, and the rules."""

    name = "Sharing"
    nouns = ("rule", "rules")
    new = "New sharing rule…"
    remark = f"Owners see their own; rules and the default open more. {HOW_FAR_IT_HOLDS}"
    concerns = ("InvoiceOwnerSharingRule", "Setting", "User")
    columns = (
        text_column("Name", "Rule", 150, stretches=True),
        text_column("OwnedBy", "What is owned by", 150),
        text_column("SharedWith", "Is shared with", 150),
        text_column("Access", "Access", 150),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the default and the rules by name."""
        with workspace.book.reading() as connection:
            default = who_am_i(connection).visibility
            rules = sharing_rules(connection)
            people = [(f"{group.name} (group)", group.key) for group in groups(connection)]
            people += [(user.name, user.key) for user in users(connection) if user.is_active]
        entries = [Entry(("By default", "Anybody else", "Every clerk", _WORDS[default]), default)]
        entries += [
            Entry((rule.name, rule.owned_by, rule.shared_with, f"They {rule.level.value.lower()} it"), rule)
            for rule in rules
        ]
        return Content(tuple(entries), _Beside(tuple(people)))

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of a rule, or of the default."""
        held = None if entry is None else entry.held
        if isinstance(held, Visibility):
            return DefaultForm(held)
        people = content.beside.people if isinstance(content.beside, _Beside) else ()
        return RuleForm(held if isinstance(held, RuleRow) else None, people)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Take a rule away; the default stays."""
        rule = entry.held
        return ("Delete rule", partial(delete_rule, key=rule.key)) if isinstance(rule, RuleRow) else None


class DefaultForm(VerbPanel):
    """What clerks may do with invoices that others own and nobody shared."""

    def __init__(self, held: Visibility) -> None:
        super().__init__("By default", "Save", "What clerks see of invoices that others own and nobody shared.")
        self.default = Choice([(words, one) for one, words in _WORDS.items()], held)
        self.add_field("Every clerk", self.default)

    def first_field(self) -> QWidget:
        """Begin at the only field."""
        return self.default

    def gather(self) -> Store:
        """Give what stores the default."""
        return partial(set_visibility, default=Visibility(str(self.default.currentData())))


class RuleForm(VerbPanel):
    """A rule: whose invoices, with whom, how far."""

    def __init__(self, held: RuleRow | None, people: tuple[tuple[str, int], ...]) -> None:
        super().__init__("New sharing rule" if held is None else held.name, "Save")
        self._held = held
        self.name = QLineEdit("" if held is None else held.name)
        self.owned_by = Choice(people, None if held is None else held.owned_by_key)
        self.shared_with = Choice(people, None if held is None else held.shared_with_key)
        levels = [(f"They {level.value.lower()} it", level) for level in GIVEN]
        self.level = Choice(levels, None if held is None else held.level)
        self.add_field("Name", self.name)
        self.add_field("What is owned by", self.owned_by, "And by all who are in it, where it is a group.")
        self.add_field("Is shared with", self.shared_with)
        self.add_field("Access", self.level)

    def first_field(self) -> QWidget:
        """Begin at the name of a new one."""
        return self.name if self._held is None else self.owned_by

    def gather(self) -> Store:
        """Give what stores the rule; RequestError where there is nobody to share with."""
        owned_by, shared_with = (field.currentData() for field in (self.owned_by, self.shared_with))
        if owned_by is None or shared_with is None:
            raise RequestError("There is nobody to share with.", "Make users or groups first.")
        draft = RuleDraft(self.name.text(), owned_by, shared_with, self.level.currentData())
        return partial(_save_rule, draft=draft, key=None if self._held is None else self._held.key)


def _save_rule(workspace: Workspace, draft: RuleDraft, key: int | None) -> Changes:
    return save_rule(workspace, draft, key=key).changes
