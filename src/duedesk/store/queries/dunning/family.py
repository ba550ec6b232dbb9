"""The accounts whose letters may speak of an invoice: its own; where letters go to head offices, all of its group."""

from sqlalchemy import Connection, select

from duedesk.domain.dunning.policy import HEAD_OFFICE
from duedesk.store.queries.dunning.facts import Facts
from duedesk.store.tables.dunning import dunning_policy
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


def family_of(connection: Connection, invoice_key: int) -> list[int]:
    """Give the keys of the accounts that are proposed together with an invoice; none where it is not to be seen."""
    own = connection.scalar(select(invoice.c.billing_account_id).where(invoice.c.id == invoice_key))
    if own is None:
        return []
    to_heads = select(dunning_policy.c.id).where(dunning_policy.c.letter_per == HEAD_OFFICE).limit(1)
    if connection.scalar(to_heads) is None:
        return [own]
    columns = (account.c.id, account.c.parent_id)
    parents = {row[0]: row[1] for row in connection.execute(select(*columns).where(account.c.parent_id.is_not(None)))}
    groups = Facts(heads=parents)
    head = groups.head_of(own)
    return [head, *(key for key in parents if groups.head_of(key) == head)]
