"""The section of loss rates: what of each bucket an allowance expects to lose, and what that is on today's book."""

from functools import partial

from duedesk.actions.loss_rates import read_loss_rates, set_loss_rates
from duedesk.actions.workspace import Workspace
from duedesk.desk.pages.settings.reports.rates_form import BucketForm, RatesForm, RatesHeld, in_percent, sums
from duedesk.desk.pages.settings.section import Content, Entry, Section, Store, figure_column, text_column
from duedesk.desk.verbs.panel import VerbPanel
from duedesk.domain.aging import AgingRequest
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.reports.allowance import DEFAULT_RATES, LossRates, allowance
from duedesk.store.queries.aging.figures import aging

_FIRST_JOINED = 2
"""The first bucket that can go over into the one before: what is not due and what is late stay apart."""


class LossRatesSection(Section):
    """One rate a bucket."""

    name = "Loss rates"
    nouns = ("bucket", "buckets")
    new = "New bucket…"
    remark = "What the allowance for doubtful debts expects to lose of open invoices, by days overdue."
    concerns = ("Setting", "Invoice", "Payment", "CreditMemo")
    columns = (
        text_column("Days", "Days overdue", 120),
        figure_column("Rate", "Expected to be lost", 150),
        text_column("Allowance", "Allowance today", 180, stretches=True),
    )

    def read(self, workspace: Workspace) -> Content:
        """Read the rates, and what is open today in each bucket."""
        with workspace.book.reading() as connection:
            stored = read_loss_rates(connection)
            buckets = stored.buckets
            asked = AgingRequest(workspace.world.today(), by=(CURRENCY,), buckets=buckets)
            totals = aging(connection, asked).totals
        rates = LossRates.over(buckets, stored.of(buckets))
        held = RatesHeld(rates, {one.currency: one.buckets for one in totals if any(one.buckets)})
        remark = self.remark
        if stored == DEFAULT_RATES:
            remark += " They are those of IFRS 9, Illustrative Example 12, until this book has its own."
        return Content(tuple(_entry(held, place) for place in range(len(buckets))), held, remark)

    def form(self, entry: Entry | None, content: Content) -> VerbPanel:
        """Make the form of all rates, with the cursor in that of the entry; or that of a further bucket."""
        held, place = (content.beside, 0) if entry is None else _held(entry)
        if not isinstance(held, RatesHeld):
            held = RatesHeld(DEFAULT_RATES, {})
        return BucketForm(held.rates) if entry is None else RatesForm(held, place)

    def removing(self, entry: Entry) -> tuple[str, Store] | None:
        """Let a bucket go over into the one before."""
        held, place = _held(entry)
        if place < _FIRST_JOINED:
            return None
        steps = tuple(step for at, step in enumerate(held.rates.steps) if at != place)
        return "Join with the one before", partial(set_loss_rates, rates=LossRates(steps))


def _held(entry: Entry) -> tuple[RatesHeld, int]:
    match entry.held:
        case (RatesHeld() as held, int(place)):
            return held, place
        case _:
            raise TypeError(entry)


def _entry(held: RatesHeld, place: int) -> Entry:
    _, rate = held.rates.steps[place]
    lost = {code: allowance([buckets[place]], [rate]) for code, buckets in held.open.items()}
    texts = (held.rates.buckets.labels[place], f"{in_percent(rate)} %", sums(lost))
    return Entry(texts, (held, place))
