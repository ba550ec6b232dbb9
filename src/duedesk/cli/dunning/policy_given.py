"""What is done in a terminal with a policy that is named: given to accounts or invoices, deleted, used or not."""

import argparse
from collections.abc import Sequence
from dataclasses import replace

from duedesk.actions.dunning.levels import assign_dunning_policy
from duedesk.actions.dunning.policies import delete_policy, save_policy
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.store.queries.accounts import find_account
from duedesk.store.queries.dunning.policies import policy_called
from duedesk.store.queries.records.invoice import invoice_key

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


def change_policy(options: argparse.Namespace, workspace: Workspace) -> Changes:
    """Give the policy that is named, delete it, make it the default, use it or use it no more."""
    if options.account or options.invoice:
        return give_policy(workspace, options.name, options.account or (), options.invoice or ())
    policy = workspace.ask(policy_called, options.name)
    if options.delete:
        return delete_policy(workspace, policy.key)
    if options.default:
        return save_policy(workspace, replace(policy, is_default=True))
    return save_policy(workspace, replace(policy, is_active=options.on))
