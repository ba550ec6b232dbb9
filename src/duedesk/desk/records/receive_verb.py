"""Asks for money that came in, on whatever page it is told, and puts it on the invoice it was told on."""

from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from duedesk.actions.cash.applying import ForInvoice
from duedesk.actions.cash.receiving import PaymentDraft, receive_payment
from duedesk.desk.records.asking import ask
from duedesk.desk.records.page import OneRecordPage
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes

if TYPE_CHECKING:
    from duedesk.actions.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Payer:
    """Who paid, in which currency; and on which invoice it is put, where it is told on one."""

    account_key: int
    account: str
    currency: str
    invoice_key: int | None = None
    invoice: str = ""
    open: Decimal | None = None


def ask_receive(page: OneRecordPage[Any], payer: Payer) -> None:
    """Ask how much came in, when and under what reference, and record it."""
    asks = Asks(
        "Payment received",
        "Record it",
        f"From {payer.account}.",
        amount=AmountAsked("Amount", payer.currency, payer.open),
        reason=WordsAsked("Reference"),
        words=WordsAsked("Comments", lines=3),
        on=page.as_of,
        on_label="Received on",
        check=f"Put it on {payer.invoice}, as far as that is open" if payer.invoice_key is not None else "",
        is_checked=True,
    )
    ask(page, asks, partial(_receive, payer))


def _receive(payer: Payer, said: Answers, workspace: "Workspace") -> Changes:
    is_put = payer.invoice_key is not None and said.is_checked
    draft = PaymentDraft(
        payer.account_key,
        said.amount or Decimal(0),
        payer.currency,
        said.on,
        reference=said.reason,
        comments=said.words,
        invoices=(ForInvoice(payer.invoice_key),) if is_put and payer.invoice_key is not None else (),
    )
    return receive_payment(workspace, draft).changes
