"""Numbers are taken without gap or double, whatever the book already holds, and come back where nothing was done."""

from dataclasses import replace
from datetime import date
from random import Random

import pytest
from sqlalchemy import select, update

from build import Builder
from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.series import Want, lock_series, save_series, take_number
from duedesk.actions.workspace import Workspace
from duedesk.domain.errors import RequestError
from duedesk.domain.numbering import Series, SeriesKind
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.posting import number_series

DAY = date(2026, 11, 23)


def draft(workspace: Workspace) -> int:
    with workspace.book.writing() as connection:
        build = Builder(connection)
        return build.invoice(None, build.account(), "1.00", on="2026-11-01", status="Draft")


def give(workspace: Workspace, key: int, day: date = DAY, series_key: int | None = None) -> str:
    """Number a draft, as posting does."""
    with deed(workspace, "number_invoice") as act:
        act.hold("Invoice", [key])
        number = take_number(act, "Invoice", day, series_key)
        act.record(f"Invoice {number} numbered")
        act.connection.execute(update(invoice).where(invoice.c.id == key).values(document_number=number))
    return number


def series_key(workspace: Workspace, name: str) -> int:
    with workspace.book.reading() as connection:
        key: int = connection.execute(select(number_series.c.id).where(number_series.c.name == name)).scalar_one()
        return key


def test_numbers_run_on_from_one_in_each_year(workspace: Workspace) -> None:
    given = [give(workspace, draft(workspace), date(year, 3, 1)) for year in (2026, 2026, 2025, 2026)]
    assert given == ["INV-2026-00001", "INV-2026-00002", "INV-2025-00001", "INV-2026-00003"]


def test_numbers_go_on_above_what_the_book_holds(workspace: Workspace) -> None:
    with workspace.book.writing() as connection:
        build = Builder(connection)
        acme = build.account()
        for number in ("INV-2026-00007", "INV-2026-00012", "INV-2026-00099X", "INV-2025-00500", "inv-2026-00800"):
            build.invoice(number, acme, "1.00", on="2026-01-01")
    assert give(workspace, draft(workspace)) == "INV-2026-00013"


def test_the_default_series_writes_as_many_digits_as_the_book_does(workspace: Workspace) -> None:
    with workspace.book.writing() as connection:
        build = Builder(connection)
        build.invoice("INV-2026-0000041", build.account(), "1.00", on="2026-01-01")
    assert give(workspace, draft(workspace)) == "INV-2026-0000042"


def test_a_number_that_came_in_from_elsewhere_is_stepped_over(workspace: Workspace) -> None:
    give(workspace, draft(workspace))
    with workspace.book.writing() as connection:
        build = Builder(connection)
        build.invoice("INV-2026-00002", build.account(), "1.00", on="2026-01-01")
    assert give(workspace, draft(workspace)) == "INV-2026-00003"


def test_what_fails_gives_its_number_back(workspace: Workspace) -> None:
    def take_and_fail(act: Deed) -> None:
        assert take_number(act, "Invoice", DAY) == "INV-2026-00001"
        raise RequestError("No.")

    with pytest.raises(RequestError), deed(workspace, "number_invoice") as act:
        take_and_fail(act)
    assert give(workspace, draft(workspace)) == "INV-2026-00001"


def test_each_object_has_numbers_of_its_own(workspace: Workspace) -> None:
    with deed(workspace, "number_all") as act:
        taken = [take_number(act, name, DAY) for name in ("Invoice", "CreditMemo", "Payment", "Refund", "Payment")]
    assert taken == ["INV-2026-00001", "CM-2026-00001", "PAY-000001", "REF-000001", "PAY-000002"]


def test_a_series_can_be_chosen_and_made_the_default(workspace: Workspace) -> None:
    save_series(workspace, "Berlin", object_name="Invoice", series=Series("B-{year}/", 3))
    save_series(workspace, "Paris", object_name="Invoice", series=Series("P-", 4))
    assert give(workspace, draft(workspace)) == "B-2026/001"
    assert give(workspace, draft(workspace), DAY, series_key(workspace, "Paris")) == "P-0001"
    save_series(workspace, "Paris", object_name="Invoice", is_default=True)
    assert give(workspace, draft(workspace)) == "P-0002"


def test_a_series_that_has_given_numbers_stays_as_it_is(workspace: Workspace) -> None:
    save_series(workspace, "Berlin", object_name="Invoice", series=Series("B-", 3))
    save_series(workspace, "Berlin", object_name="Invoice", series=Series("BER-", 3))
    give(workspace, draft(workspace))
    with pytest.raises(RequestError, match="stays as it is"):
        save_series(workspace, "Berlin", object_name="Invoice", series=Series("B-", 3))


def test_two_series_never_have_one_prefix(workspace: Workspace) -> None:
    save_series(workspace, "Berlin", object_name="Invoice", series=Series("B-", 3))
    with pytest.raises(RequestError, match="Berlin has the prefix"):
        save_series(workspace, "Bonn", object_name="Invoice", series=Series("B-", 5))


def test_a_series_numbers_one_kind_of_document(workspace: Workspace) -> None:
    save_series(workspace, "Memos", object_name="CreditMemo", series=Series("M-", 3))
    with pytest.raises(RequestError, match="not in the book"):
        give(workspace, draft(workspace), DAY, series_key(workspace, "Memos"))
    with pytest.raises(RequestError, match="numbers CreditMemo"):
        save_series(workspace, "Memos", object_name="Invoice", series=Series("N-", 3))
    with pytest.raises(RequestError, match="not numbered"):
        save_series(workspace, "Letters", object_name="Letter", series=Series("L-", 3))


def test_random_numbers_are_never_given_twice(workspace: Workspace) -> None:
    series = Series("R-", 4, SeriesKind.RANDOM)
    save_series(workspace, "Random", object_name="Invoice", series=series)
    given = []
    for _ in range(6):  # the same chance each time, so that every number but the first is drawn again
        alike = replace(workspace, world=replace(workspace.world, random=Random(7)))
        given.append(give(alike, draft(workspace)))
    assert len(set(given)) == 6
    assert all(len(number) == 6 for number in given)


def test_the_counters_of_many_numbers_are_held_beforehand(workspace: Workspace) -> None:
    with deed(workspace, "number_many") as act:
        lock_series(act, [Want("Invoice", date(year, 1, 1)) for year in (2027, 2025, 2026, 2025)])
        assert take_number(act, "Invoice", date(2025, 6, 1)) == "INV-2025-00001"
