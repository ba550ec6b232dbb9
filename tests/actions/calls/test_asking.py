"""The calls that ask: records come as mappings, amounts as decimals, as of any day."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from cli.sessions import keep_small_ledger
from duedesk.actions.calls import describe_layout, describe_sobjects, query, retrieve, search
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store.book import Book


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    keep_small_ledger(book)
    return Workspace(book, world)


def test_a_query_gives_rows_by_name(workspace: Workspace) -> None:
    found = query(workspace, "SELECT DocumentNumber, Balance, DueDate FROM Invoice WHERE DocumentNumber = 'INV-1'")
    assert found.rows == ({"DocumentNumber": "INV-1", "Balance": Decimal(600), "DueDate": date(2026, 2, 4)},)
    assert (found.count, [column.name for column in found.columns]) == (1, ["DocumentNumber", "Balance", "DueDate"])
    assert query(workspace, "SELECT COUNT() FROM Invoice").count == 5


def test_as_of_a_day_and_as_known_on_another(workspace: Workspace) -> None:
    text = "SELECT Balance FROM Invoice WHERE DocumentNumber = 'INV-1'"
    assert query(workspace, text, as_of=date(2026, 2, 9)).rows == ({"Balance": Decimal(1000)},)
    assert query(workspace, text, as_of=date(2026, 2, 20)).rows == ({"Balance": Decimal(570)},)
    known_on = datetime(2026, 2, 15, tzinfo=UTC)
    assert query(workspace, text, as_of=date(2026, 2, 20), known_on=known_on).rows == ({"Balance": Decimal(600)},)


def test_one_record_by_whatever_it_is_called(workspace: Workspace) -> None:
    whole = retrieve(workspace, "Invoice", "INV-2")
    assert list(whole) == [field.name for field in CATALOG.object("Invoice").read_fields]
    assert whole["Balance"] == Decimal(250)
    assert retrieve(workspace, "account", "0001", ["name"]) == {"Name": "Acme Ltd"}
    assert retrieve(workspace, "Account", "Acme Ltd", ["AccountNumber"]) == {"AccountNumber": "0001"}
    assert retrieve(workspace, "Account", "1", ["AccountNumber"]) == {"AccountNumber": "0001"}
    with pytest.raises(RequestError, match="There is no payment “P-9”"):
        retrieve(workspace, "Payment", "P-9")
    with pytest.raises(RequestError, match="was not in the book on 2025-01-01"):
        retrieve(workspace, "Invoice", "INV-1", as_of=date(2025, 1, 1))


def test_what_is_called_alike_is_not_chosen_between(book: Book, workspace: Workspace) -> None:
    from build import Builder

    with book.writing() as connection:
        Builder(connection).account("Acme Ltd", "0009")
    with pytest.raises(RequestError, match="Several accounts are called “Acme Ltd”"):
        retrieve(workspace, "Account", "Acme Ltd")


def test_search_gives_records_of_every_kind(workspace: Workspace) -> None:
    assert {one.object for one in search(workspace, "1")} >= {"Invoice", "Payment", "CreditMemo"}
    assert [one.name for one in search(workspace, "acme", objects=["account"])] == ["Acme Ltd"]
    with pytest.raises(RequestError, match="There is no object"):
        search(workspace, "x", objects=["Bill"])


def test_objects_are_described_with_all_their_properties() -> None:
    (invoice,) = describe_sobjects(["invoice"])
    assert (invoice.label_plural, invoice.name_field) == ("Invoices", "DocumentNumber")
    account = next(field for field in invoice.fields if field.name == "BillingAccountId")
    assert (account.reference_to, account.relationship_name, account.updateable) == (
        ("Account",),
        "BillingAccount",
        True,
    )
    assert "update" in invoice.calls
    assert [one.name for one in describe_sobjects()] == [one.name for one in CATALOG]
    for one in CATALOG:
        layout = describe_layout(one.name)
        assert sorted(name for part in layout.sections for name in part.fields) == sorted(
            f.name for f in one.read_fields
        )
