"""A clerk with a login of their own issues letters over what they see, and a keeper takes them back."""

import pytest
from sqlalchemy import select

from actions.access.test_own_login import At, at
from actions.dunning.dunned import LEVELS, told
from duedesk.actions.dunning.cancelling import cancel_letter
from duedesk.actions.dunning.issuing import issue
from duedesk.actions.dunning.proposing import proposal
from duedesk.domain.errors import RequestError
from duedesk.store.book import Book
from duedesk.store.queries.letters.issued import runs
from duedesk.store.tables.party import owner
from dunning_records import DunningBuilder

__all__ = ["at"]


def test_a_clerk_issues_over_what_they_see_and_a_keeper_takes_back(at: At, server_book: Book) -> None:
    with server_book.writing() as connection:
        build = DunningBuilder(connection)
        build.policy(*LEVELS)
        cem = connection.scalar(select(owner.c.id).where(owner.c.login == "cem"))
        dee = connection.scalar(select(owner.c.id).where(owner.c.login == "dee"))
        build.invoice("C-1", 1, "100", on="2026-01-01", owner=cem)
        other = build.account("Other", owner=dee)
        build.invoice("D-1", other, "100", on="2026-01-01", owner=dee)
        build.settle()
    cem, sue = at("cem"), at("sue")
    done = issue(cem, proposal(cem, cem.world.today()), key="x")
    assert told(cem, done) == ["DL-2026-00001 Acme Ltd 1: 100.00 +0.00 +2.50 +0.00 = 102.50 C-1:0>1"]
    with pytest.raises(RequestError, match="Cem \\(Clerk\\) may not void what is posted"):
        cancel_letter(cem, done.letters[0].key, "Wrong")
    assert cancel_letter(sue, done.letters[0].key, "Wrong").voided == (done.letters[0].fee_invoice,)
    assert [one.status for one in cem.ask(runs)] == ["Cancelled"], "though it was not hers"
    again = issue(sue, proposal(sue, sue.world.today()))
    assert [line.split()[-1] for line in told(sue, again)] == ["C-1:0>1", "D-1:0>1"]
