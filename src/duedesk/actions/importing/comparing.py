"""What a row and the book say of one invoice, held side by side; accounts are compared elsewhere."""

from duedesk.actions.importing.drafts import InvoiceDraft
from duedesk.domain.money import plain
from duedesk.exchange.cells import quoted
from duedesk.store.known import KnownInvoice


def differences(draft: InvoiceDraft, found: KnownInvoice) -> list[str]:
    """Say in which ways the book has the invoice other than the row, both values named."""
    different = []
    if draft.total is not None and draft.total != found.total:
        there = plain(found.total, found.currency)
        different.append(f"the total {there}, not {plain(draft.total, draft.currency)}")
    if draft.currency != found.currency:
        different.append(f"the currency {found.currency}, not {draft.currency}")
    if draft.invoice_date is not None and draft.invoice_date != found.invoice_date:
        different.append(f"the date {found.invoice_date}, not {draft.invoice_date}")
    if draft.number is not None and found.number is not None and draft.number != found.number:
        different.append(f"the number {quoted(found.number)}, not {quoted(draft.number)}")
    if draft.external_id is not None and found.external_id not in {None, draft.external_id}:
        different.append(f"the Id {found.external_id}, not {draft.external_id}")
    return different
