"""What stands behind a figure adds up to the figure, on any day, as known on any other, by any age."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from desk.pages.aging.conftest import AS_OF
from duedesk.actions.workspace import Workspace
from duedesk.desk.navigation import ShowInvoices
from duedesk.desk.pages.aging.behind import behind_piece, behind_row, behind_total
from duedesk.desk.pages.aging.drawing import Easel, Frame, Scene
from duedesk.desk.pages.aging.kinds import ChartKind
from duedesk.desk.pages.aging.questions import Asked, points_of
from duedesk.desk.pages.aging.scenes import accounts_scene, concentration_scene, days_of_chart, trend_scene
from duedesk.desk.pages.aging.slots import DaySlot, RowIndex
from duedesk.domain.aging import AgingRequest, Basis, Buckets
from duedesk.domain.filters import All, Compare, Filter, Operator
from duedesk.domain.grouping import ACCOUNT, COUNTRY, CURRENCY, OWNER
from duedesk.domain.money import ZERO
from duedesk.domain.world import World
from duedesk.resources import LookName, look
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing

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
    AgingRequest(EARLIER, by=(OWNER, ACCOUNT)),
    AgingRequest(AS_OF, by=(CURRENCY, COUNTRY)),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=str)
def test_every_figure_is_the_sum_of_the_invoices_behind_it(filled: Book, world: World, request_: AgingRequest) -> None:
    workspace = Workspace(filled, world)
    found = workspace.ask(aging, request_)

    assert found.rows
    for row in found.rows:
        for bucket, amount in enumerate(row.buckets):
            assert _balance(workspace, behind_row(Asked(request_), row, bucket), row.currency) == amount
        assert _balance(workspace, behind_row(Asked(request_), row, None), row.currency) == row.open
        for part in row.parts:
            for bucket, amount in enumerate(part.buckets):
                to = behind_row(Asked(request_), part, bucket, row)
                assert _balance(workspace, to, part.currency) == amount
    for total in found.totals:
        for bucket, amount in enumerate(total.buckets):
            assert _balance(workspace, behind_total(request_, total.currency, bucket), total.currency) == amount


@pytest.mark.parametrize("kind", [ChartKind.TREND, ChartKind.ACCOUNTS, ChartKind.CONCENTRATION])
def test_every_piece_of_a_chart_is_the_sum_of_the_invoices_behind_it(
    filled: Book, world: World, kind: ChartKind
) -> None:
    workspace, request = Workspace(filled, world), AgingRequest(EARLIER)
    slot = DaySlot(workspace.ask(aging, request), RowIndex())
    scene = _scene(workspace, request, slot, kind)
    picture = Easel().draw(scene, Frame(640, 240, 1.0, look(LookName.LIGHT)))

    assert sum((one.amount for one in picture.regions if scene.kind is not ChartKind.TREND), ZERO) in {
        0,
        slot.open("EUR"),
    }
    assert any(column.is_rest for column in picture.columns) or kind is ChartKind.TREND
    for region in picture.regions:
        to = behind_piece(request, kind, picture.columns, region, "EUR")
        assert _balance(workspace, to, "EUR") == region.amount


def _scene(workspace: Workspace, request: AgingRequest, slot: DaySlot, kind: ChartKind) -> Scene:
    """Make a scene in which all but the largest account are the rest."""
    if kind is ChartKind.ACCOUNTS:
        return accounts_scene(slot, request.buckets, "EUR", slot.largest("EUR", 1))
    if kind is ChartKind.CONCENTRATION:
        return concentration_scene(slot, "EUR", slot.largest("EUR", 1))
    points = points_of(workspace, Asked(request), days_of_chart(request.as_of))
    made = trend_scene(points, request.as_of, request.buckets, "EUR")
    assert made is not None
    return made


def test_what_was_converted_leads_to_the_invoices_of_every_currency(filled: Book, world: World) -> None:
    workspace, request = Workspace(filled, world), AgingRequest(AS_OF)
    acme = workspace.ask(aging, request).rows[0]
    to = behind_row(Asked(request, "EUR"), acme, None)

    assert to.asked is not None
    assert {one.currency for one in workspace.ask(listing.totals, to.asked)} == {"EUR", "USD"}


def test_the_filter_is_exactly_this(filled: Book, world: World) -> None:
    request = AgingRequest(AS_OF, BEFORE_THE_PAYMENT_CAME_IN)
    row = next(row for row in Workspace(filled, world).ask(aging, request).rows if row.name.startswith("Bolt"))

    to = behind_row(Asked(request), row, 3)

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
