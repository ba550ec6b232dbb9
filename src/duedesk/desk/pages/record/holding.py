"""An invoice is held back from dunning, released, promised, given a policy; and it is said why it is not dunned."""

from datetime import date, timedelta
from functools import partial

from duedesk.actions.dunning.holds import Held, hold_invoices
from duedesk.actions.dunning.promises import Part, Promised, promise
from duedesk.actions.dunning.proposing import Answer, why
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.record.shown import InvoicePage
from duedesk.desk.records import hold_verb
from duedesk.desk.records.asking import ask
from duedesk.desk.records.policy_verb import ask_policy
from duedesk.desk.verbs.ask import AmountAsked, Answers, Asks, WordsAsked

_A_WEEK = timedelta(days=7)


def ask_hold(page: InvoicePage) -> None:
    """Keep letters back for the invoice."""
    if page.record is not None:
        one = page.record.invoice
        says = "No letter asks for it until the day has passed; it stays open and ages on."
        hold_verb.ask_hold(page, one.number, says, partial(_hold, one.key))


def ask_release(page: InvoicePage) -> None:
    """End the holds that stand."""
    if page.record is not None and page.record.standing_holds:
        hold_verb.ask_release(page, page.record.standing_holds)


def ask_own_policy(page: InvoicePage) -> None:
    """Give the invoice a dunning policy of its own, or none."""
    if page.record is not None:
        ask_policy(page, page.record.invoice.key, page.record.invoice.number)


def ask_promise(page: InvoicePage) -> None:
    """Record what the customer promises to pay, and until when."""
    if page.record is None:
        return
    one = page.record.invoice
    open_ = one.balance - page.record.contested - page.record.promised
    asks = Asks(
        f"Promise on {one.number}",
        "Record",
        "What is promised is not dunned until the day has passed.",
        amount=AmountAsked("Promised", one.currency, max(open_, 0 * open_)),
        words=WordsAsked("Who said so, and how", lines=2),
        on=page.as_of + _A_WEEK,
        on_label="To be paid by",
    )
    ask(page, asks, partial(_promise, one.key))


def tell_why(page: InvoicePage) -> None:
    """Say above the page why a run of the day would dun the invoice, or not."""
    if page.record is None:
        return
    workspace, key, as_of = page.desk.workspace, page.record.invoice.key, page.as_of

    def tell(answer: Answer) -> None:
        page.say_done(f"{answer.number} is {'' if answer.is_dunned else 'not '}dunned. {answer.sentence}")

    page.desk.tasks.read(page, lambda: why(workspace, key, as_of), tell, failed=page.say_failed, slot="why")


def _hold(key: int, workspace: Workspace, reason: str, words: str, until: date) -> Held:
    return hold_invoices(workspace, [key], reason_code=reason, words=words, until=until)


def _promise(key: int, said: Answers, workspace: Workspace) -> Promised:
    day = said.on or workspace.world.today()
    return promise(workspace, [Part(key, said.amount)], day=day, words=said.words)
