"""Roll-forwards, metrics and disputes of somebody who does not see all: they hold, and tell of nothing hidden."""

from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from build import Builder
from duedesk.domain.access import Visibility
from duedesk.domain.aging import AgingRequest
from duedesk.domain.grouping import CURRENCY
from duedesk.domain.ledger import settle
from duedesk.domain.money import ZERO
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.asof import Standpoint
from duedesk.store.queries.disputes import standing_disputes
from duedesk.store.queries.forecast.cash import forecast
from duedesk.store.queries.forecast.outlook import account_outlook, invoice_outlook
from duedesk.store.queries.metrics import metrics
from duedesk.store.queries.reports.scope import ReportScope
from duedesk.store.queries.roll_forward import roll_forward
from store.access.teams import LAST_DAY, Team, open_by
from store.access.test_visible import kept, read_by, way
from store.ledgers import FIRST_DAY, RandomLedger
from store.queries.test_ledger_reports import hold_together

__all__ = ["kept", "way"]
ONE = Decimal(1)


@pytest.mark.parametrize("way", ["file", "own login"], indirect=True)
def test_figures_hold_for_what_is_seen(kept: Book, way: str) -> None:
    with kept.writing() as connection:
        team = Team(connection, Random(2), Visibility.PRIVATE).make()
        for one in team.ledger.invoices:
            Builder(connection).dispute(one.key, "1", on=FIRST_DAY.isoformat(), currency=one.currency)
    middle = FIRST_DAY + timedelta(days=60)
    for user in list(team.users)[::3]:
        seen = team.seen_by(user)
        with read_by(kept, team, user, way) as book:
            for start, end in ((FIRST_DAY, middle), (middle, LAST_DAY)):
                rows = book.ask(roll_forward, start, end)
                assert [one.difference for one in rows if one.difference] == []
                assert sum(one.closing for one in rows) == sum(
                    row.balance for row in book.ask(aging, AgingRequest(end, by=(CURRENCY,))).rows
                )
            if way == "file" or user == "user0":
                with book.reading() as reader:
                    hold_together(reader, ReportScope(middle, FIRST_DAY + timedelta(days=20)))
            months = book.ask(metrics, LAST_DAY, months=1)
            assert {one.currency: one.closing for one in months if one.closing} == open_by(seen.invoices, LAST_DAY)
            names = {one.invoice_key for one in book.ask(standing_disputes, Standpoint(LAST_DAY))}
            assert names <= {one.key for one in seen.invoices}
            apart = book.ask(aging, AgingRequest(LAST_DAY, by=(CURRENCY,), apart_disputed=True))
            assert apart.mismatches == ()
            open_ = [settle(one.posting, one.applications, as_of=LAST_DAY).balance for one in seen.invoices]
            assert sum((row.disputed for row in apart.rows), ZERO) == sum((min(ONE, one) for one in open_), ZERO)
            _check_forecast(book, seen, team.ledger)


def _check_forecast(book: Book, seen: RandomLedger, every: RandomLedger) -> None:
    """Hold what is forecast, and how accounts pay, against what somebody sees: what is hidden tells nothing."""
    found = book.ask(forecast, LAST_DAY, weeks=2)
    assert {one.currency: one.open for one in found} == open_by(seen.invoices, LAST_DAY)
    keys = {one.key for one in seen.invoices}
    assert {key for one in found for place in one.behind for key in place} <= keys
    for one in every.invoices[:3]:
        outlook = book.ask(invoice_outlook, one.key, LAST_DAY)
        assert outlook is None or one.key in keys
        own = book.ask(account_outlook, one.account, LAST_DAY).habit.own
        standing = [
            settle(other.posting, other.applications, as_of=LAST_DAY)
            for other in seen.invoices
            if other.account == one.account and other.posting.invoice_date is not None
        ]
        paid = [each for each in standing if each.full_settlement_date and each.net_payments_applied]
        assert own.times == len(paid)
