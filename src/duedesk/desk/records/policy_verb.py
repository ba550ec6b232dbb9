"""An invoice or an account is given a dunning policy of its own, or none: both ask in a panel beside the page."""

from functools import partial
from typing import Any

from duedesk.actions.dunning.levels import assign_dunning_policy
from duedesk.actions.workspace import Workspace
from duedesk.desk.records.asking import ask
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.domain.filters import Filter
from duedesk.store.queries.dunning.policies import policies, policy_called
from duedesk.store.queries.lists import listing

NONE = "None of its own"


def ask_policy(page: OneRecordPage[Any], key: int, named: str, *, of_accounts: bool = False) -> None:
    """Ask which policy it shall have, and say which it has now."""
    workspace, as_of = page.desk.workspace, page.as_of
    object_name = "Account" if of_accounts else "Invoice"

    def read() -> tuple[str, tuple[str, ...]]:
        with workspace.book.reading() as connection:
            asked = Filter(as_of, object=object_name)
            rows = listing.rows(connection, asked, ("DunningPolicy.Name",), [key])
            own = next((str(row.values[0] or "") for row in rows), "")
            return own, tuple(one.name for one in policies(connection) if one.is_active)

    def then(found: tuple[str, tuple[str, ...]]) -> None:
        own, names = found
        asks = Asks(
            f"Dunning policy of {named}",
            "Give it",
            _says(of_accounts=of_accounts),
            facts=(("Now", own or NONE),),
            reason=WordsAsked(
                "Policy", required=True, choices=(*names, NONE), missing="Which policy?", hint="Choose one."
            ),
        )
        ask(page, asks, partial(_assign, key, of_accounts))

    page.desk.tasks.read(page, read, then, failed=page.say_failed, slot="policies")


def _says(*, of_accounts: bool) -> str:
    if of_accounts:
        return (
            "It duns what the account owes, but for invoices with a policy of their own. Without one its type's holds."
        )
    return "It duns this invoice alone, whatever its account has. Without one the account's holds."


def _assign(key: int, of_accounts: bool, said: Answers, workspace: Workspace) -> Changes:  # noqa: FBT001
    chosen = said.reason.strip()
    policy = None if chosen.casefold() == NONE.casefold() else workspace.ask(policy_called, chosen).key
    return assign_dunning_policy(workspace, {key: policy}, of_accounts=of_accounts)
