"""Opens the panel in which an account's money is put on its invoices, on whatever page it is asked for."""

from functools import partial
from typing import TYPE_CHECKING, Any

from duedesk.actions.cash.applying import Part, apply
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.apply import ApplyPanel
from duedesk.desk.verbs.apply_lists import ApplyLists
from duedesk.desk.verbs.applying import ApplyAsked, ApplyOffer, SourceKey
from duedesk.domain.changes import Changes
from duedesk.domain.days import LATEST_DAY
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.records.account_items import open_invoices, unapplied

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace

NOW = Standpoint(LATEST_DAY)
"""What can be applied is what is left and open when all that is recorded has happened, whatever day is looked at."""


def open_apply(
    page: OneRecordPage[Any],
    account: tuple[int, str],
    currency: str,
    *,
    source: SourceKey | None = None,
    invoice: int | None = None,
) -> None:
    """Read what an account, by key and name, has left and owes, and open the panel over it.

    `source` or `invoice` is what the reader came from: it is proposed.
    """
    key, name = account

    def show(offer: ApplyOffer) -> None:
        lists = ApplyLists(page.desk.look, page.desk.tasks, offer)
        panel = ApplyPanel(offer, lists, page.as_of, page.desk.workspace.world.today)
        panel.asked.connect(lambda asked: _do(page, asked))
        page.open_panel(panel)

    workspace = page.desk.workspace
    page.desk.tasks.read(
        page,
        lambda: _offer(workspace, key, name, currency, source, invoice),
        show,
        failed=page.refuse,
        slot="panel",
    )


def _offer(
    workspace: "Workspace", key: int, name: str, currency: str, source: SourceKey | None, invoice: int | None
) -> ApplyOffer:
    with workspace.book.reading() as connection:
        return ApplyOffer(
            name,
            currency,
            unapplied(connection, key, NOW, currency=currency),
            open_invoices(connection, key, NOW, currency=currency),
            source,
            invoice,
        )


def _do(page: OneRecordPage[Any], asked: ApplyAsked) -> None:
    page.carry_out(partial(_apply, asked), title="Applying", then=lambda done: page.say_done(f"{done.summary}."))


def _apply(asked: ApplyAsked, workspace: "Workspace") -> Changes:
    parts = [Part(one.source[0], one.source[1], one.target, one.amount) for one in asked.pairs]  # type: ignore[arg-type] # Payment or CreditMemo
    return apply(workspace, parts, on=asked.on)
