"""A credit memo is given for an invoice: a draft, or posted and put on it at once."""

from decimal import Decimal
from functools import partial

from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import say_done
from duedesk.desk.verbs.credit import Creditable, CreditAsked, CreditPanel
from duedesk.domain.changes import Made
from duedesk.domain.credit_memo import MemoLine


def ask_credit(page: InvoicePage) -> None:
    """Give a credit memo for the invoice that is shown."""
    if page.record is None:
        return
    one = page.record.invoice
    tax = next((held.value for held in one.fields if held.field.name == "TotalTaxAmount"), None)
    credited = Creditable(
        f"invoice {one.number}", one.currency, one.total, tax if isinstance(tax, Decimal) else Decimal(0), one.balance
    )
    may_post = page.record.standing.may("post_memo")
    panel = CreditPanel(credited, page.as_of, page.desk.workspace.world.today, may_post=may_post)
    panel.asked.connect(
        lambda asked: page.carry_out(partial(_credit, one.key, asked), title="Crediting", then=partial(say_done, page))
    )
    page.open_panel(panel)


def _credit(key: int, asked: CreditAsked, workspace: Workspace) -> Made:
    line = MemoLine(asked.amount - asked.tax, name=asked.reason or "Credit", tax=asked.tax)
    draft = MemoDraft(
        (line,),
        source_invoice_key=key,
        effective_date=asked.on,
        reason=asked.reason,
        description=asked.description,
        post=asked.posts,
        invoices=(ForInvoice(key),) if asked.posts else (),
    )
    return create_memo(workspace, draft)
