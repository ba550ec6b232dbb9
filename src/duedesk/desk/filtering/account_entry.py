"""The field for an account in the filter builder: looked up by its name or number, kept by its key; it asks nothing."""

from duedesk.desk.filtering.asking import Choices
from duedesk.desk.filtering.entries import Entry, across
from duedesk.desk.widgets.account_search import AccountPicker
from duedesk.domain.building import Values


class AccountEntry(Entry):
    """An account, looked up by its name or number."""

    def __init__(self, choices: Choices, values: Values) -> None:
        super().__init__()
        self.field = AccountPicker(choices.tasks, choices.suggest)
        self.field.setPlaceholderText("name or number")
        key = values[0] if values else None
        if isinstance(key, int):
            self.field.set_account(key, choices.offered.names.get(("Account", key), f"#{key}"))
        self.field.picked.connect(lambda _: self.changed.emit())
        across(self, self.field)

    def values(self) -> Values | None:
        """Give the key of the account."""
        return () if self.field.key is None else (self.field.key,)

    def say(self, name: str) -> None:
        """Name the field."""
        self.field.setAccessibleName(name)
