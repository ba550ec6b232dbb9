"""`duedesk search`, `get`, `update`, `updated` and `deleted`."""

from dataclasses import replace
from datetime import UTC, datetime

from cli.sessions import AS_OF, say
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World


def test_search_finds_whatever_holds_the_text(world: World, any_ledger: str) -> None:
    found = say(world, "search", "--book", any_ledger, "-1", "--json").document
    assert [(one["object"], one["name"]) for one in found["rows"]] == [
        ("Invoice", "INV-1"),
        ("Payment", "P-1"),
        ("CreditMemo", "C-1"),
    ]
    assert found["rows"][0]["amount"] == "1000.00"
    said = say(world, "search", "--book", any_ledger, "acme", "--in", "Account")
    assert said.out.splitlines()[1:] == [said.out.splitlines()[1], "", "1 record"]
    assert say(world, "search", "--book", any_ledger, "x", "--in", "Refund").err.startswith("Refund is not searched.")


def test_a_record_by_its_number_with_all_its_fields(world: World, any_ledger: str) -> None:
    record = say(world, "get", "--book", any_ledger, "--as-of", AS_OF, "invoice", "INV-1", "--json").document
    assert list(record) == [field.name for field in CATALOG.object("Invoice").read_fields]
    assert (record["Balance"], record["DueDate"], record["DaysInvoiceOverdue"]) == ("600.00", "2026-02-04", 65)
    named = say(world, "get", "--book", any_ledger, "Account", "0001", "--fields", "Name, AccountNumber")
    assert named.out == "Name           Acme Ltd\nAccountNumber  0001\n"
    assert say(world, "get", "--book", any_ledger, "Payment", "1", "--fields", "PaymentNumber").out == (
        "PaymentNumber  P-1\n"
    )
    assert say(world, "get", "--book", any_ledger, "Invoice", "INV-9").err.startswith("There is no invoice “INV-9”.")


def test_fields_are_set_and_said(world: World, any_ledger: str) -> None:
    said = say(world, "update", "--book", any_ledger, "Account", "0001", "Phone=+44 20 1", "BillingCity=Leeds")
    assert (said.code, said.out) == (0, "Account 0001: Phone, Billing city changed.\n")
    again = say(world, "update", "--book", any_ledger, "Account", "0001", "Phone=+44 20 1", "--json")
    assert again.document == {"changed": False, "journal": None}
    said = say(world, "update", "--book", any_ledger, "Account", "0001", "Phone")
    assert said.err == "“Phone” sets nothing. Write FIELD=VALUE: Description='Second try'.\n"
    said = say(world, "update", "--book", any_ledger, "Invoice", "INV-1", "Description=x")
    assert said.code == 1
    assert "INV-1" in said.err


def test_what_changed_since(world: World, any_ledger: str) -> None:
    later = replace(world, now=lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    say(later, "update", "--book", any_ledger, "Account", "0002", "Phone=+81 3")
    found = say(later, "updated", "--book", any_ledger, "Account", "--since", "2026-11-24", "--json").document
    assert found == {"rows": [], "count": 0, "latestDateCovered": "2026-11-24T09:00:00.000000Z"}, "up to now, without"
    end = ("--until", "2026-11-24")
    found = say(later, "updated", "--book", any_ledger, "Account", "--since", "2026-11-24", *end, "--json").document
    assert found["rows"] == [{"id": "2", "key": 2, "date": "2026-11-24T09:00:00.000000Z"}]
    said = say(later, "deleted", "--book", any_ledger, "Invoice", "--since", "2026-11-24", *end)
    assert said.out.splitlines()[-1] == "0 records"
    said = say(later, "updated", "--book", any_ledger, "Account", "--since", "2026-11-25", *end)
    assert (said.code, said.err.split(" ")[0]) == (1, "2026-11-25T00:00:00+00:00")
