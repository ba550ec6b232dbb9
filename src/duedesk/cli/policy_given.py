"""A dunning policy given to accounts or invoices that are named in a terminal, or taken away again."""

from collections.abc import Sequence

from duedesk.actions.dunning.levels import assign_dunning_policy
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.dunning_policies import policy_called
from duedesk.store.queries.records import invoice_key

NONE = "none"
"""What takes a policy away again."""


def give_policy(workspace: Workspace, name: str, accounts: Sequence[str], invoices: Sequence[str]) -> Changes:
    """Give the policy of a name to accounts, or else to invoices; RequestError where one is not found."""
    key = None if name.casefold() == NONE else workspace.ask(policy_called, name).key
    if accounts:
        keys = [workspace.ask(find_account, one).key for one in accounts]
    else:
        keys = [workspace.ask(invoice_key, one) for one in invoices]
    return assign_dunning_policy(workspace, dict.fromkeys(keys, key), of_accounts=bool(accounts))
