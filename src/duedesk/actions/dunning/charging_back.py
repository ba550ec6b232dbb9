"""Fees and interest of letters that are cancelled: their invoices locked and voided, their days free again."""

from collections.abc import Sequence

from sqlalchemy import select

from duedesk.actions.cash import applying, standing
from duedesk.actions.deed import Deed
from duedesk.actions.interest.charging import cancel_charge
from duedesk.actions.invoices.releasing import credits_of, invoices_under
from duedesk.actions.invoices.voiding import void
from duedesk.actions.workspace import Workspace
from duedesk.domain.invoice import OWED_STATUSES
from duedesk.domain.money import grouped
from duedesk.store.settlement import chosen
from duedesk.store.tables.dunning import dunning_letter


def hold_charged(act: Deed, keys: Sequence[int], items: Sequence[int]) -> list[standing.Held]:
    """Lock what voiding will lock as well, in its order and before the journal; give what the letters charged."""
    letter = dunning_letter.c
    found: set[int] = set()
    for column in (letter.fee_invoice_id, letter.interest_invoice_id):
        charged = select(column).where(chosen(act.connection, letter.id, keys), column.is_not(None))
        found.update(act.connection.scalars(charged))
    over = sorted(found)
    memos = [credit.key for credits_ in credits_of(act.connection, over).values() for credit in credits_]
    held = standing.hold(act, "Invoice", [*items, *over, *invoices_under(act, memos)])
    puts = [put for key in over for put in standing.standing(act.connection, source=("Invoice", key))]
    applying.hold_sources(act, [*(put.source for put in puts), *(("CreditMemo", key) for key in memos)])
    return [held[key] for key in over if held[key].side.status in OWED_STATUSES]


def paid_on(charged: Sequence[standing.Held]) -> list[str]:
    """Say what of it was paid, and is free again once it is voided."""
    found = []
    for one in charged:
        paid = -sum(amount for _, amount in one.side.steps)
        if paid:
            money = f"{grouped(paid, one.side.currency)} {one.side.currency}"
            found.append(f"{money} lay on {one.side.title[:1].lower()}{one.side.title[1:]} and is free again")
    return found


def take_charges_back(
    workspace: Workspace, act: Deed, letters: Sequence[int], charged: Sequence[int], why: str
) -> None:
    """Void the invoices that letters charged, and let the days of their interest be charged again."""
    if charged:
        within = Workspace(workspace.book, workspace.world, act)
        void(within, charged, reason=f"Letter cancelled: {why}"[:1000], with_credit_memos=True)
    for key in letters:
        cancel_charge(act, key)
