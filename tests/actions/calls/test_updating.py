"""Fields are set by name: all or nothing, each fault with its record and field, and undone by their opposite."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from actions.access.people import at_the_desk, keep_person
from build import Builder
from duedesk.actions.calls import get_deleted, get_updated, retrieve, update
from duedesk.actions.invoices.drafting import delete_drafts
from duedesk.actions.maintenance import check
from duedesk.actions.undo import undo, undo_plan
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.bulk import Keys, insert_rows
from duedesk.store.tables import party
from duedesk.store.tables.desk import journal_entry

SINCE = datetime(2026, 11, 23, tzinfo=UTC)
UNTIL = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def workspace(book: Book, world: World) -> Workspace:
    with book.writing() as connection:
        build = Builder(connection)
        ana = build.owner("Ana Reyes")
        acme, zoe = build.account("Acme Ltd", "0001", ana), build.account("Zoe & Sons", "0002")
        build.invoice("INV-1", acme, "100.00", on="2026-01-05")
        build.invoice(None, zoe, "10.00", on="2026-01-05", status="Draft")
        key = Keys(connection).take(party.contact, 1)[0]
        columns = ["id", "account_id", "first_name", "last_name", "name", "created_date"]
        moment = "2026-01-01T00:00:00.000000Z"
        insert_rows(connection, party.contact, columns, [(key, acme, "Ada", "Byron", "Ada Byron", moment)])
        columns = ["id", "name", "status", "created_date", "is_default", "period"]
        rows = [
            (key, name, "Active", moment, is_default, days)
            for key, (name, days, is_default) in enumerate((("Net 30", 30, True), ("Net 10", 10, False)), 1)
        ]
        insert_rows(connection, party.payment_term, columns, rows)
        build.settle()
    return Workspace(book, world)


def held(workspace: Workspace, object_name: str, called: str, *names: str) -> list[Value]:
    return list(retrieve(workspace, object_name, called, names).values())


def test_an_account_is_changed_and_found_under_its_new_name(workspace: Workspace) -> None:
    changes = update(
        workspace,
        "account",
        {"0001": {"name": "  Acme  Holding ", "ParentId": "0002", "CurrencyIsoCode": "gbp", "OwnerId": "Ana Reyes"}},
    )
    assert changes.concern("Account")
    assert changes.summary == "Account 0001: Account, Parent account, Currency changed"
    assert held(workspace, "Account", "0001", "Name", "ParentId", "CurrencyIsoCode", "FoldedName") == [
        "Acme Holding",
        "2",
        "GBP",
        "acme holding",
    ]


def test_several_records_are_one_action(workspace: Workspace) -> None:
    changes = update(workspace, "Account", {"0001": {"Phone": "1"}, "0002": {"Phone": "2"}})
    assert changes.summary == "2 accounts: Phone changed"
    with workspace.book.reading() as connection:
        assert len(connection.execute(select(journal_entry)).all()) == 1


def test_a_contact_goes_by_its_names(workspace: Workspace) -> None:
    update(workspace, "Contact", {"Ada Byron": {"LastName": "Lovelace", "Email": "ada@example.test"}})
    assert held(workspace, "Contact", "1", "Name", "Email") == ["Ada Lovelace", "ada@example.test"]


def test_there_is_one_default_term(workspace: Workspace) -> None:
    values: dict[str, Value] = {"IsDefault": "true", "DiscountPercent": "2", "DiscountDays": 5}
    update(workspace, "PaymentTerm", {"Net 10": values})
    assert held(workspace, "PaymentTerm", "Net 10", "IsDefault") == [True]
    assert held(workspace, "PaymentTerm", "Net 30", "IsDefault") == [False]


def test_a_draft_is_changed_and_a_posted_invoice_is_not(workspace: Workspace) -> None:
    update(workspace, "Invoice", {2: {"Description": "Second try", "DueDate": "2026-03-01"}})
    assert held(workspace, "Invoice", "2", "Description", "Version", "DueDate")[:2] == ["Second try", 2]
    with pytest.raises(RequestError, match="INV-1"):
        update(workspace, "Invoice", {"2": {"Description": "Third"}, "INV-1": {"Description": "No"}})
    assert held(workspace, "Invoice", "2", "Description") == ["Second try"], "all or nothing"
    assert check(workspace).findings == ()


def test_what_stands_already_is_no_action(workspace: Workspace) -> None:
    assert update(workspace, "Account", {"0001": {"Name": "Acme Ltd", "Phone": ""}}).journal_id is None


@pytest.mark.parametrize(
    ("object_name", "values", "message"),
    [
        ("Account", {"Nam": "x"}, "Account 0001: Account has no field “Nam”."),
        ("Account", {"CreatedDate": "2026-01-01"}, "Account 0001: CreatedDate cannot be set."),
        ("Account", {"Name": " "}, "Account 0001: Name cannot be empty."),
        ("Account", {"Phone": "1" * 41}, "Account 0001: Phone has at most 40 characters, not 41."),
        ("Account", {"Name": "a\0b"}, "Account 0001: Name holds a character that no text can hold."),
        ("Account", {"OwnerId": "Nobody"}, "Account 0001: OwnerId: There is no user or group “Nobody”."),
        ("Account", {"CurrencyIsoCode": "XXQ"}, "Account 0001: CurrencyIsoCode: “XXQ” is no currency."),
        ("Account", {"AccountNumber": "0002"}, "Account 0001: “0002” is another account's already."),
        ("Account", {"ParentId": "0001"}, "Account 0001: ParentId: an account cannot stand above itself."),
        ("Account", {"Name": "x", "name": "y"}, "Account 0001: Name is given twice."),
        ("PaymentTerm", {"Status": "Gone"}, "Payment term Net 30: “Gone” is no value for Status."),
        (
            "PaymentTerm",
            {"Period": "many"},
            "Payment term Net 30: “many” is no value for Period, which is of type int.",
        ),
        ("PaymentTerm", {"Period": -1}, "Payment term Net 30: Period is from 0 to 3650 days, not -1."),
        ("PaymentTerm", {"IsDefault": "perhaps"}, "Payment term Net 30: “perhaps” is no value for IsDefault,"),
        ("PaymentTerm", {"Status": "Inactive"}, "Payment term Net 30: IsDefault: only an active payment term"),
        ("PaymentTerm", {"DiscountDays": 5}, "Payment term Net 30: DiscountPercent and DiscountDays go together"),
        ("Invoice", {"Balance": "5"}, "Invoice INV-1: Balance cannot be set."),
        ("Invoice", {"TaxLocaleType": "Netto"}, "Invoice INV-1: “Netto” is no value for TaxLocaleType."),
    ],
)
def test_a_fault_names_the_record_and_the_field(
    workspace: Workspace, object_name: str, values: dict[str, Value], message: str
) -> None:
    called = {"Account": "0001", "PaymentTerm": "Net 30", "Invoice": "INV-1"}[object_name]
    with pytest.raises(RequestError) as refused:
        update(workspace, object_name, {called: values})
    assert refused.value.message.startswith(message)


def test_all_faults_are_told_at_once_and_nothing_is_changed(workspace: Workspace) -> None:
    with pytest.raises(RequestError) as refused:
        update(workspace, "Account", {"0001": {"Phone": "1"}, "0002": {"Nam": "x"}, "0003": {"Phone": "3"}})
    assert "Account 0002: Account has no field “Nam”." in str(refused.value)
    assert "There is no account “0003”." in str(refused.value)
    assert held(workspace, "Account", "0001", "Phone") == [None]
    with pytest.raises(RequestError, match="Payments are not changed by this call"):
        update(workspace, "Payment", {"P-1": {"Comments": "x"}})


@pytest.mark.parametrize(
    ("object_name", "called", "values"),
    [
        ("Account", "0001", {"Name": "Other", "OwnerId": None, "Phone": "1", "ParentId": "0002"}),
        ("Contact", "1", {"LastName": "Lovelace", "AccountId": "0002"}),
        ("PaymentTerm", "Net 30", {"Period": 20, "DiscountPercent": "2.5", "DiscountDays": 10}),
        ("Invoice", "2", {"Description": "x", "InvoiceDate": "2026-02-01", "DueDate": "2026-03-01"}),
    ],
)
def test_an_update_is_undone_and_done_again(
    workspace: Workspace, object_name: str, called: str, values: dict[str, Value]
) -> None:
    fields = [field for field in CATALOG.object(object_name).fields if field.is_read]
    names = [field.name for field in fields if field.name not in {"Version", "Name"}]
    before = held(workspace, object_name, called, *names)
    update(workspace, object_name, {called: values})
    assert held(workspace, object_name, called, *names) != before
    plan = undo_plan(workspace)
    assert plan is not None
    assert plan.is_possible, plan.sentence
    undo(workspace, plan)
    after = held(workspace, object_name, called, *names)
    assert {name: pair for name, *pair in zip(names, before, after, strict=True) if pair[0] != pair[1]} == {}
    assert check(workspace).findings == ()


def later(workspace: Workspace) -> Workspace:
    return replace(workspace, world=replace(workspace.world, now=lambda: datetime(2026, 11, 24, 9, tzinfo=UTC)))


def test_what_was_updated_and_what_was_deleted(workspace: Workspace) -> None:
    at = later(workspace)
    update(at, "Account", {"0002": {"Phone": "2"}})
    delete_drafts(at, [2])
    updated = get_updated(at, "account", SINCE, UNTIL)
    assert [(one.key, one.changed_at.day) for one in updated.records] == [(2, 24)]
    assert updated.latest_date_covered == datetime(2026, 11, 24, 9, tzinfo=UTC)
    assert [one.id for one in get_deleted(at, "Invoice", SINCE, UNTIL).records] == ["2"]
    assert get_updated(at, "Invoice", SINCE, UNTIL).records == (), "what is gone was not updated"
    assert get_updated(at, "Account", UNTIL, UNTIL.replace(day=26)).records == ()


@pytest.mark.parametrize("call", [get_updated, get_deleted])
def test_a_span_has_a_beginning_and_an_end(workspace: Workspace, call: Callable[..., object]) -> None:
    with pytest.raises(RequestError, match="is not before"):
        call(workspace, "Invoice", UNTIL, SINCE)
    with pytest.raises(RequestError, match="There is no object"):
        call(workspace, "Bill", SINCE, UNTIL)


def test_a_role_may_update_what_it_may_change_by_hand(book: Book, workspace: Workspace) -> None:
    keep_person(book, "Fin", Role.FINANCE)
    keep_person(book, "Cleo", Role.CLERK)
    keep_person(book, "Aud", Role.AUDITOR)
    clerk, auditor = (at_the_desk(book, workspace.world, name) for name in ("Cleo", "Aud"))
    assert update(clerk, "Account", {"0001": {"Phone": "1"}}).concern("Account")
    for at, object_name, values in (
        (clerk, "PaymentTerm", {"Net 30": {"Description": "x"}}),
        (clerk, "Account", {"0001": {"OwnerId": "Fin"}}),
        (auditor, "Account", {"0001": {"Phone": "2"}}),
    ):
        with pytest.raises(RequestError, match="may not"):
            update(at, object_name, values)
