"""All that an account owes is held back from dunning or no longer, or has a policy: asked here, done by the actions."""

from datetime import date

from duedesk.actions.dunning.holds import Held, hold_account
from duedesk.actions.workspace import Workspace
from duedesk.desk.records.hold_verb import account_holds, ask_hold, ask_release
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.records.policy_verb import ask_policy
from duedesk.store.queries.dunning.holds import HoldRow
from duedesk.store.queries.records.account import AccountRecord


def hold_it(page: OneRecordPage[AccountRecord]) -> None:
    """Keep letters back for all that the account owes."""
    if page.record is None:
        return
    key = page.record.key

    def do(workspace: Workspace, reason: str, words: str, until: date) -> Held:
        return hold_account(workspace, key, reason_code=reason, words=words, until=until)

    says = "No letter asks for any of its invoices until the day has passed, also for those yet to come."
    ask_hold(page, page.record.name, says, do)


def give_policy(page: OneRecordPage[AccountRecord]) -> None:
    """Give the account a dunning policy of its own, or none."""
    if page.record is not None:
        ask_policy(page, page.record.key, page.record.name, of_accounts=True)


def release_it(page: OneRecordPage[AccountRecord]) -> None:
    """End the holds of the account that stand."""
    if page.record is None:
        return
    workspace, key, as_of = page.desk.workspace, page.record.key, page.as_of

    def then(holds: tuple[HoldRow, ...]) -> None:
        if holds:
            ask_release(page, holds)
        else:
            page.say_done("No hold of the account stands.")

    page.desk.tasks.read(page, lambda: account_holds(workspace, key, as_of), then, failed=page.say_failed, slot="holds")
