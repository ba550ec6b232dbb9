"""What a customer contests of the invoice is recorded, and ended again; both ask in a panel beside the page."""

from functools import partial

from duedesk.actions.disputes import Disputed, dispute, resolve
from duedesk.actions.workspace import Workspace
from duedesk.desk import format as written
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records.asking import ask
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked
from duedesk.domain.changes import Changes
from duedesk.domain.days import in_words
from duedesk.domain.disputes import REASONS, RESOLUTIONS
from duedesk.store.queries.disputes import DisputeRow


def ask_dispute(page: InvoicePage) -> None:
    """Record that the customer contests what is open of the invoice, or a part of it."""
    if page.record is None:
        return
    one = page.record.invoice
    reason = WordsAsked(
        "Reason", required=True, choices=REASONS, missing="A dispute needs a reason.", hint="Choose one, or write it."
    )
    asks = Asks(
        f"Dispute {one.number}",
        "Record",
        "What is contested stays open and is shown apart in the aging, until the dispute is resolved.",
        amount=AmountAsked("Contested", one.currency, one.balance - page.record.contested),
        reason=reason,
        words=WordsAsked("What the customer says", lines=3),
        on=page.as_of,
        on_label="Received on",
    )

    def then(done: Disputed) -> None:
        page.say_done(f"{written.money(done.amount, one.currency)} of {one.number} disputed.")

    ask(page, asks, partial(_dispute, one.key), then=then)


def ask_resolve(page: InvoicePage) -> None:
    """End the dispute that stands, the oldest where there are several."""
    if page.record is None or not page.record.standing_disputes:
        return
    first, *more = page.record.standing_disputes
    resolution = WordsAsked(
        "Resolution", required=True, choices=RESOLUTIONS, missing="Say how it ends.", hint="Choose one, or write it."
    )
    asks = Asks(
        f"Resolve dispute {first.name}",
        "Resolve",
        f"{len(more)} more stand after this one." if more else "",
        facts=_facts(first),
        reason=resolution,
        words=WordsAsked("What was agreed", lines=3),
        on=page.as_of,
        on_label="Resolved on",
    )
    ask(page, asks, partial(_resolve, first.key))


def _facts(one: DisputeRow) -> tuple[tuple[str, str], ...]:
    told = (
        ("Contested", written.money(one.amount, one.currency)),
        ("Since", in_words(one.received_date)),
        ("Reason", one.reason),
        ("In words", one.words),
    )
    return tuple((name, text) for name, text in told if text)


def _dispute(key: int, said: Answers, workspace: Workspace) -> Disputed:
    return dispute(workspace, key, reason_code=said.reason, amount=said.amount, words=said.words, on=said.on)


def _resolve(key: int, said: Answers, workspace: Workspace) -> Changes:
    return resolve(workspace, key, resolution=said.reason, words=said.words, on=said.on)
