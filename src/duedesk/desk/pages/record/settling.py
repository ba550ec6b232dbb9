"""What settles an invoice, asked for and carried out: taken off again, or credited."""

from decimal import Decimal
from functools import partial

from duedesk.actions.cash.applying import ForInvoice, Made, unapply
from duedesk.actions.cash.crediting import MemoDraft, create_memo
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import ask, say_done
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.desk.verbs.credit import Creditable, CreditAsked, CreditPanel
from duedesk.domain.changes import Changes
from duedesk.domain.credit_memo import MemoLine
from duedesk.store.queries.movements import Movement


def ask_unapply(page: InvoicePage, held: Movement) -> None:
    """Take a payment or credit off the invoice that is shown, or a part of it."""
    if page.record is None or held.key is None:
        return
    one = page.record.invoice
    asks = Asks(
        f"Unapply {held.what.lower()} {held.number}".strip(),
        "Unapply",
        f"{written.money(held.rest, one.currency)} of it is on this invoice since {written.day(held.on)}.",
        amount=AmountAsked("Take off", one.currency, held.rest, "Less takes a part of it off."),
        words=WordsAsked("Comments"),
        on=page.as_of,
        on_label="Unapplied on",
    )
    ask(page, asks, partial(_unapply, held.key))


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


def _unapply(key: int, said: Answers, workspace: Workspace) -> Changes:
    amounts = {} if said.amount is None else {key: said.amount}
    return unapply(workspace, [key], on=said.on, comments=said.words, amounts=amounts)


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
