"""`duedesk invoices` lists what a condition finds; count and totals are of all of it."""

from decimal import Decimal

import pytest

from cli.sessions import AS_OF, say
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World


def test_the_list_ends_with_its_totals(world: World, ledger: str) -> None:
    said = say(world, "invoices", "--book", ledger, "--as-of", AS_OF, "--order-by", "BillingAccount.Name, Balance DESC")
    assert said.out == (
        "Invoice  Account             Invoice date  Due         Overdue  Status  Currency     Total  Balance\n"
        "INV-1    Acme Ltd            2026-01-05    2026-02-04       65  Posted  EUR       1,000.00   600.00\n"
        "INV-2    Acme Ltd            2026-03-05    2026-04-04        6  Posted  EUR         250.00   250.00\n"
        "INV-5    Acme Ltd            2025-03-05    2025-04-04           Voided  EUR          99.00     0.00\n"
        "INV-4    Evil \ufffd[31mName Two  2025-03-05    2025-04-04      371  Posted  USD          12.50    12.50\n"
        "INV-3    東京商事株式会社    2026-03-05    2026-04-04        6  Posted  JPY        120,000  120,000\n"
        "\n"
        "5 invoices\n"
        "EUR 850.00 open, of it 850.00 overdue\n"
        "JPY 120,000 open, of it 120,000 overdue\n"
        "USD 12.50 open, of it 12.50 overdue\n"
    )


def test_a_limit_cuts_the_rows_and_not_the_count(world: World, any_ledger: str) -> None:
    said = say(
        world, "invoices", "--book", any_ledger, "--as-of", AS_OF, "--limit", "2", "--json",
        "--where", "Balance > 0", "--order-by", "DueDate DESC, DocumentNumber",
        "--fields", "documentnumber, BillingAccount.name,DueDate,balance,isduedatederived",
    )  # fmt: skip
    assert said.document == {
        "count": 4,
        "totals": [
            {"currency": "EUR", "balance": "850.00"},
            {"currency": "JPY", "balance": "120000"},
            {"currency": "USD", "balance": "12.50"},
        ],
        "rows": [
            {
                "DocumentNumber": "INV-2",
                "BillingAccount.Name": "Acme Ltd",
                "DueDate": "2026-04-04",
                "Balance": "250.00",
                "IsDueDateDerived": False,
            },
            {
                "DocumentNumber": "INV-3",
                "BillingAccount.Name": "東京商事株式会社",
                "DueDate": "2026-04-04",
                "Balance": "120000",
                "IsDueDateDerived": False,
            },
        ],
    }
    text = say(world, "invoices", "--as-of", AS_OF, "--limit", "2")
    assert text.out.splitlines()[4] == "2 of 5 invoices"


def test_json_rows_hold_every_field_of_the_catalogue(world: World, any_ledger: str) -> None:
    said = say(world, "invoices", "--book", any_ledger, "--where", "DocumentNumber = 'INV-1'", "--json")
    (row,) = said.document["rows"]
    assert list(row) == [field.name for field in CATALOG.object("Invoice").read_fields]
    assert row["Balance"] == "600.00"
    assert row["DaysInvoiceOverdue"] == 292
    assert row["CreatedDate"] == "2026-01-05T09:00:00.000000Z"
    assert row["FullSettlementDate"] is None
    assert row["NetPaymentsApplied"] == "400.00"


def test_a_past_day_and_what_was_known_by_then(world: World, ledger: str) -> None:
    def balance(*options: str) -> Decimal:
        fields = ("--fields", "Balance", "--where", "DocumentNumber = 'INV-1'", "--json")
        return Decimal(say(world, "invoices", "--book", ledger, *options, *fields).document["rows"][0]["Balance"])

    assert balance("--as-of", "2026-02-21") == 570
    assert balance("--as-of", "2026-02-21", "--known-on", "2026-02-15") == 600
    assert balance("--as-of", "2026-02-21", "--known-on", "2026-02-01") == 1000


def test_search_looks_at_numbers_and_names(world: World, ledger: str) -> None:
    def found(text: str) -> list[str]:
        said = say(world, "invoices", "--book", ledger, "--search", text, "--json")
        return [row["DocumentNumber"] for row in said.document["rows"]]

    assert found("東京") == ["INV-3"]
    assert found("ACME") == ["INV-1", "INV-2", "INV-5"]
    assert found("v-4") == ["INV-4"]
    assert found("%") == []


def test_nothing_found_is_an_answer(world: World, ledger: str) -> None:
    said = say(world, "invoices", "--book", ledger, "--where", "Balance > 1000000")
    assert (said.code, said.out.splitlines()[1:]) == (0, ["", "0 invoices"])
    as_json = say(world, "invoices", "--where", "Balance > 1000000", "--json")
    assert as_json.document == {"count": 0, "totals": [], "rows": []}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (
            ("--where", "Balanse > 3"),
            (
                "Invoice has no field “Balanse”, at character 1. "
                "Did you mean Balance? `duedesk describe Invoice` lists them."
            ),
        ),
        (
            ("--where", "Balance > 3 AND Status ~ 'Posted'"),
            "Character 24, “~ 'Posted'”, cannot be read. In: Balance > 3 AND Status ~ 'Posted'",
        ),
        (
            ("--where", "Balance >"),
            "At character 10 there is the end where a value; text stands in 'quotes' should stand. In: Balance >",
        ),
        (
            ("--order-by", "Nothing"),
            "Invoice has no field “Nothing”, at character 1. `duedesk describe Invoice` lists them.",
        ),
        (
            ("--fields", "Balance,,DueDate"),
            "Invoice has no field “”. `duedesk describe Invoice` lists them.",
        ),
        (("--search", "\ud800"), "“\ufffd” holds a character that no text can hold."),
    ],
)
def test_a_request_at_fault_gets_its_sentence(
    world: World, ledger: str, options: tuple[str, str], sentence: str
) -> None:
    said = say(world, "invoices", "--book", ledger, *options)
    assert (said.code, said.out, said.err) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize(
    ("verb", "limit"),
    [("invoices", "-1"), ("invoices", "many"), ("rates", "-1"), ("habits", "0"), ("search INV", "0"), ("recent", "-5")],
)
def test_a_limit_that_is_none_is_a_matter_of_usage(world: World, ledger: str, verb: str, limit: str) -> None:
    said = say(world, *verb.split(), "--book", ledger, f"--limit={limit}")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"usage: duedesk {verb.split(maxsplit=1)[0]}")
    assert f"argument --limit: “{limit}” is no number here; give a whole one, " in said.err
