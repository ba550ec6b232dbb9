"""The sample's two years, told day by day: what is posted, what comes in, what happens; what each is, others say."""

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from sqlalchemy import Connection

from duedesk.actions.demo.cash import Cash
from duedesk.actions.demo.credits import Credits
from duedesk.actions.demo.days import Days
from duedesk.actions.demo.dunning import decide_on_letters
from duedesk.actions.demo.parties import Parties
from duedesk.actions.demo.posting import LEAST_FOR_ALL_STATES, Posting
from duedesk.actions.demo.pricing import Pricing
from duedesk.actions.demo.rates import write_rates
from duedesk.actions.demo.rows import Rows
from duedesk.actions.demo.sources import read_sources
from duedesk.actions.demo.stage import Stage
from duedesk.store.bulk import CHUNK

BRIEF_FROM = 100_000
"""From so many invoices on each has a few lines only."""

MOST_ACCOUNTS = 20_000
_UNFINISHED_DAYS_AGO = 4


def accounts_for(invoices: int) -> int:
    """Give the number of accounts of a book: 150 for 2,000 invoices, 20,000 for a million."""
    if invoices < 2_000:
        return max(1, invoices * 150 // 2_000)
    return min(MOST_ACCOUNTS, 150 + (invoices - 2_000) // 50)


class Story:
    """All that happens in one sample book; only so much of it is in memory as is still to come."""

    def __init__(
        self,
        connection: Connection,
        journal_id: int,
        random: Random,
        as_of: date,
        invoices: int,
    ) -> None:
        self._rows = rows = Rows(connection, journal_id)
        self._invoices, self._as_of = invoices, as_of
        write_rates(connection, journal_id, as_of)
        sources = read_sources()
        self.seller = sources.seller
        self._days = Days(as_of)
        width = max(5, len(str(invoices - 1)))
        customers = Parties(random, self._days, rows, sources).customers(accounts_for(invoices))
        self._stage = Stage(random, self._days, rows)
        self._cash = Cash(self._stage)
        self._credits = Credits(self._stage, self._cash, sources.seller.returns, width)
        pricing = Pricing(random, self._days, rows, sources.products, brief=invoices > BRIEF_FROM)
        self._posting = Posting(
            self._stage,
            self._cash,
            self._credits,
            pricing,
            customers,
            sources.seller.disputes,
            invoices,
            width,
        )

    def tell(self) -> Iterator[int]:
        """Write the story and give after each day how many invoices are made."""
        done = 0
        for day, count in self._days.postings(self._invoices):
            self._posting.post_day(day, count)
            self._cash.receive(day)
            self._stage.play(day)
            if day == self._days.last - _UNFINISHED_DAYS_AGO:
                self._leave_unfinished(day)
            self._rows.write(at_least=CHUNK)
            done += count
            yield done
        self._rows.write()

    def decide_on_letters(self, connection: Connection, now: datetime) -> None:
        """Write what the clerks decided on letters; the figures are stated by now."""
        decide_on_letters(connection, now, self._rows.journal_id, self._as_of)

    def _leave_unfinished(self, day: int) -> None:
        """Leave some work on the clerks' desks, where the book is large enough to show it."""
        bill = self._posting.latest
        if bill is not None and self._invoices >= LEAST_FOR_ALL_STATES:
            self._credits.unfinished(bill, day)
            self._cash.draft(bill, day)
