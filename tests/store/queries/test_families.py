"""By parent account, on both databases: what a parent owes itself stands in its family, in a row and in the list."""

# A Decimal equals the int of its worth.
# mypy: disable-error-code="comparison-overlap"

from dataclasses import replace
from datetime import date
from decimal import Decimal

from build import Builder
from duedesk.domain.aging import AgingRequest, RowKey
from duedesk.domain.filters import OPEN, Compare, Condition, Filter, Operator, in_group
from duedesk.domain.grouping import ACCOUNT, PARENT
from duedesk.store.book import Book
from duedesk.store.queries.aging.figures import aging
from duedesk.store.queries.lists import listing
from duedesk.store.queries.lists.groups import groups
from duedesk.store.tables.party import account

AS_OF = date(2026, 2, 1)


def test_a_parent_heads_its_own_family_in_the_aging_and_in_the_list(book: Book) -> None:
    with book.writing() as connection:
        build = Builder(connection)
        holding, north, south, lone = (build.account(name, name) for name in ("Holding", "North", "South", "Lone"))
        below = account.c.id.in_([north, south])
        connection.execute(account.update().where(below).values(parent_id=holding))
        for number, owes, amount in (("1", holding, "5"), ("2", north, "7"), ("3", south, "11"), ("4", lone, "13")):
            build.invoice(number, owes, amount, on="2026-01-01", due="2026-01-31")
        build.payment(holding, "2", on="2026-01-15")
        build.settle()
    rows = {row.key: row for row in book.ask(aging, AgingRequest(AS_OF, by=(PARENT,))).rows}
    named = {key: (row.name, sum(row.buckets), row.unapplied) for key, row in rows.items()}
    assert named == {holding: ("Holding", 23, -2), None: ("No account family", 13, 0)}

    def found(condition: Condition) -> list[object]:
        asked = Filter(AS_OF).narrowed(OPEN, condition)
        keys = book.ask(listing.keys, asked)
        total = sum((one.balance for one in book.ask(listing.totals, asked)), Decimal(0))
        return [total, *(row.values[0] for row in book.ask(listing.rows, asked, ("DocumentNumber",), keys))]

    def behind(key: RowKey) -> Compare:
        assert key is None or isinstance(key, int)
        return in_group(PARENT, key)

    assert found(behind(holding)) == [23, "1", "2", "3"]
    assert found(behind(None)) == [13, "4"]
    assert found(replace(behind(holding), operator=Operator.NE)) == [13, "4"]
    assert found(replace(behind(None), operator=Operator.NE)) == [23, "1", "2", "3"]
    assert found(Compare("BillingAccount.Family.Name", Operator.EQ, "holding")) == [23, "1", "2", "3"]
    for day in (AS_OF, date(2026, 1, 10)):
        listed = book.ask(groups, Filter(day), PARENT)
        assert [(one.value, one.label, one.count) for one in listed] == [
            (holding, "Holding", 3),
            (None, "No account family", 1),
        ]
    (first, _) = book.ask(aging, AgingRequest(AS_OF, by=(PARENT, ACCOUNT))).rows
    assert [part.name for part in first.parts] == ["Holding", "North", "South"]
    asked = Filter(AS_OF, object="Account")
    shown = book.ask(listing.rows, asked, ("FamilyId", "Family.Name"), [holding, south, lone])
    assert [row.values for row in shown] == [(str(holding), "Holding"), (str(holding), "Holding"), (None, None)]
    assert book.ask(listing.count, replace(asked, where=Compare("FamilyId", Operator.EQ, str(holding)))) == 3
    assert [one.count for one in book.ask(groups, asked, "FamilyId")] == [3, 1]
