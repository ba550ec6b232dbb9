"""What stands behind a figure adds up to the figure, on any day, as known on any other, by any age."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desk.pages.aging.conftest import AS_OF
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.pages.aging.behind import behind_bar, behind_row, behind_total
from duedesk.desk.pages.aging.questions import bars
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.filters import All, Compare, Filter, Operator
from duedesk.domain.grouping import CURRENCY, OWNER
from duedesk.domain.money import ZERO
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries import listing
from duedesk.store.queries.aging import aging

EARLIER = date(2026, 10, 31)
BEFORE_THE_PAYMENT_CAME_IN = datetime(2026, 11, 15, 23, 59, tzinfo=UTC)

REQUESTS = [
    AgingRequest(AS_OF),
    AgingRequest(EARLIER),
    AgingRequest(EARLIER, BEFORE_THE_PAYMENT_CAME_IN),
    AgingRequest(AS_OF, BEFORE_THE_PAYMENT_CAME_IN, (OWNER,)),
    AgingRequest(AS_OF, by=(CURRENCY,), basis=Basis.INVOICE),
    AgingRequest(EARLIER, basis=Basis.INVOICE, buckets=Buckets((7, 21, 60, 120, 180))),
    AgingRequest(AS_OF, currency="USD"),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_every_figure_is_the_sum_of_the_invoices_behind_it(filled: Book, world: World, request_: AgingRequest) -> None:
    workspace = Workspace(filled, world)
    found = workspace.ask(aging, request_)

    assert found.rows
    for row in found.rows:
        for bucket, amount in enumerate(row.buckets):
            assert _balance(workspace, behind_row(request_, row, bucket), row.currency) == amount
        assert _balance(workspace, behind_row(request_, row, None), row.currency) == row.open
    for total in found.totals:
        for bucket, amount in enumerate(total.buckets):
            assert _balance(workspace, behind_total(request_, total.currency, bucket), total.currency) == amount


def test_every_piece_of_a_bar_is_the_sum_of_the_invoices_behind_it(filled: Book, world: World) -> None:
    workspace, request = Workspace(filled, world), AgingRequest(AS_OF)
    shown = bars(workspace, request, "EUR")

    assert sum(shown[-1].amounts, ZERO) == Decimal(100 + 40 + 650 + 3000)
    for bar in shown:
        for bucket, amount in enumerate(bar.amounts):
            assert _balance(workspace, behind_bar(request, bar.day, "EUR", bucket), "EUR") == amount


def test_the_filter_is_exactly_this(filled: Book, world: World) -> None:
    request = AgingRequest(AS_OF, BEFORE_THE_PAYMENT_CAME_IN)
    row = next(row for row in Workspace(filled, world).ask(aging, request).rows if row.name.startswith("Bolt"))

    to = behind_row(request, row, 3)

    assert to == ShowInvoices(
        Filter(
            AS_OF,
            known_on=BEFORE_THE_PAYMENT_CAME_IN,
            where=All(
                (
                    Compare("Balance", Operator.GT, Decimal(0)),
                    Compare("DaysInvoiceOverdue", Operator.WITHIN, (61, 90)),
                    Compare("BillingAccount.RecordKey", Operator.EQ, row.key),
                    Compare("CurrencyIsoCode", Operator.EQ, "EUR"),
                )
            ),
        ),
        "Bolt & Söhne <b>GmbH</b> · 61–90 days overdue · EUR · known on 15 Nov 2026",
    )


def _balance(workspace: Workspace, to: ShowInvoices, currency: str) -> Decimal:
    assert to.asked is not None
    totals = workspace.ask(listing.totals, to.asked)
    assert {one.currency for one in totals} <= {currency}
    return sum((one.balance for one in totals), ZERO)
