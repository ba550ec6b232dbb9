"""Drafts, posting, voiding, canceling, batch runs, series and terms, as somebody types them."""

from pathlib import Path

import pytest

from cli.sessions import Said, say
from duedesk.domain.world import World

DRAFT = """
BillingAccountId = "0001"
CurrencyIsoCode = "eur"
InvoiceDate = 2026-11-01
Description = "November"

[[Lines]]
Name = "Hosting"
Quantity = 2
UnitPrice = 49.50
TaxRate = 19

[[Lines]]
Name = "Goodwill"
Type = "Adjustment"
LineAmount = -9
TaxRate = 19
RelatedLineId = "Hosting"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A draft in a file."""
    place = tmp_path / "november.toml"
    place.write_text(DRAFT, "utf-8")
    return place


def new(world: World, book: str, *said: str) -> Said:
    return say(
        world,
        "draft",
        "new",
        "--book",
        book,
        "--set",
        "BillingAccountId=Acme Ltd",
        "--set",
        "CurrencyIsoCode=EUR",
        *said,
    )


def test_a_draft_is_made_from_a_file_and_posted(world: World, any_ledger: str, file: Path) -> None:
    made = say(world, "draft", "new", "--book", any_ledger, "--from", str(file))
    assert (made.code, made.err) == (0, "")
    assert made.out == "Draft #6 of Acme Ltd made.\n  Draft #6: Draft, EUR 107.10\n"
    assert "Hosting" in say(world, "show", "#6", "--book", any_ledger).out
    posted = say(world, "post", "#6", "--book", any_ledger, "--json").document
    assert posted["done"] == "Invoice INV-2026-00001 posted"
    assert posted["invoices"] == [
        {
            "CurrencyIsoCode": "EUR",
            "RecordKey": 6,
            "DocumentNumber": "INV-2026-00001",
            "Status": "Posted",
            "InvoiceDate": "2026-11-01",
            "DueDate": "2026-11-01",
            "TotalAmountWithTax": "107.10",
            "Balance": "107.10",
            "TotalConvertedNegAmount": "0.00",
        }
    ]
    assert say(world, "check", "--book", any_ledger).code == 0


def test_a_draft_is_made_edited_and_deleted_from_options(world: World, ledger: str) -> None:
    assert new(world, ledger, "--line", "Name=Work; Quantity=1.5; UnitPrice=100").code == 0
    edited = say(
        world,
        "draft",
        "edit",
        "#6",
        "--book",
        ledger,
        "--set",
        "Description=Second try",
        "--line",
        "Name=Work; LineAmount=80",
    )
    assert edited.out == "Lines of Draft #6 set.\n  Draft #6: Draft, EUR 80.00\n"
    assert "Second try" in say(world, "show", "#6", "--book", ledger).out
    stale = say(world, "draft", "edit", "#6", "--book", ledger, "--set", "Description=Mine", "--version", "1")
    assert stale.code == 1
    assert "is “Second try” in the book and “Mine” in yours" in stale.err
    assert (
        say(world, "draft", "submit", "#6", "--book", ledger).out
        == "Draft #6 submitted.\n  Invoice #6: Pending, EUR 80.00\n"
    )
    assert say(world, "reopen", "#6", "--book", ledger).code == 0
    assert say(world, "draft", "delete", "#6", "--book", ledger).out == "Draft #6 deleted.\n"
    assert "credit memo “#6”" in say(world, "show", "#6", "--book", ledger).err


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        (["new"], "An invoice needs an account"),
        (["new", "INV-1"], "A new draft has no name yet"),
        (["new", "--set", "BillingAccountId=Nobody"], "There is no account “Nobody”"),
        (["new", "--set", "BillingAccountId=0001", "--set", "Balance=5"], "Balance cannot be set"),
        (["new", "--set", "BillingAccountId=0001", "--line", "Name=A; Colour=red"], "has no field “Colour”"),
        (["new", "--set", "BillingAccountId=0001", "--line", "Name=A; UnitPrice=ten"], "Line 1: “ten” is no value"),
        (["new", "--set", "BillingAccountId=0001", "--line", "Name=A; LineAmount=1; RelatedLineId=B"], "no line “B”"),
        (["new", "--set", "nothing"], "“nothing” sets nothing"),
        (["edit"], "Say which invoices"),
        (["edit", "INV-1"], "There is nothing to edit"),
        (["edit", "INV-1", "--set", "Description=x"], "Invoice INV-1 is posted and cannot be edited"),
        (["edit", "INV-1", "--set", "ShouldExcludePayment=true"], "is given when a draft is made"),
        (["edit", "INV-1", "INV-2", "--set", "Description=x"], "One draft is edited at a time"),
        (["delete", "INV-1"], "Invoice INV-1 is posted and cannot be deleted"),
        (["delete", "INV-1", "--set", "Description=x"], "Only a new draft"),
        (["new", "--from", "nowhere.toml"], "nowhere.toml cannot be read"),
    ],
)
def test_what_cannot_be_drafted_gets_one_sentence(world: World, ledger: str, said: list[str], complaint: str) -> None:
    refused = say(world, "draft", *said, "--book", ledger)
    assert refused.code == 1
    assert complaint in refused.err
    assert refused.out == ""


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.toml", "Lines = 5", "Lines are no tables"),
        ("a.toml", "= 5", "a.toml cannot be read"),
        ("a.json", "[]", "a.json is no table of fields"),
        ("a.json", '{"Description": ["x"]}', "Description is no single value"),
        ("a.toml", "DueDate = 2026-11-01T10:00:00Z", "DueDate is a moment"),
        ("a.json", "[" * 100_000, "a.json is nested too deep"),
        ("a.toml", "A = 1\n" * 200_000, "a.toml is too large"),
    ],
)
def test_a_file_that_is_no_draft_is_refused(
    world: World, ledger: str, tmp_path: Path, name: str, text: str, complaint: str
) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    refused = say(world, "draft", "new", "--book", ledger, "--from", str(tmp_path / name))
    assert refused.code == 1
    assert complaint in refused.err


def test_an_invoice_is_voided_with_a_reason(world: World, ledger: str) -> None:
    assert say(world, "void", "INV-2", "--book", ledger).code == 2
    done = say(world, "void", "INV-2", "--reason", "Billed twice", "--book", ledger)
    assert done.out == "Invoice INV-2 voided: Billed twice.\n  Invoice INV-2: Voided, EUR 250.00, due 2026-04-04\n"
    assert "is voided and cannot be voided" in say(world, "void", "INV-2", "--reason", "x", "--book", ledger).err
    assert say(world, "check", "--book", ledger).code == 0


def test_a_memo_that_came_of_an_invoice_is_asked_for(world: World, ledger: str) -> None:
    new(world, ledger, "--line", "Name=Plan; LineAmount=100", "--line", "Name=Returned; LineAmount=-25")
    posted = say(world, "post", "#6", "--convert-negative-lines", "--book", ledger, "--json").document
    assert posted["invoices"][0]["TotalConvertedNegAmount"] == "-25.00"
    asked = say(world, "void", "INV-2026-00001", "--reason", "x", "--book", ledger)
    assert asked.code == 1
    assert "CM-2026-00001 of 25.00 EUR came from invoice INV-2026-00001: void it too?" in asked.err
    assert "--with-credit-memos or --keep-credit-memos" in asked.err
    assert say(world, "void", "INV-2026-00001", "--reason", "x", "--keep-credit-memos", "--book", ledger).code == 0


def test_drafts_are_posted_and_canceled_by_a_condition(world: World, ledger: str) -> None:
    for _ in range(2):
        new(world, ledger, "--line", "Name=Work; LineAmount=10")
    where = ("--where", "Status = 'Draft'")
    assert say(world, "cancel", *where, "--reason", "Ordered twice", "--book", ledger).code == 0
    assert "finds no invoice" in say(world, "post", *where, "--book", ledger).err
    assert "not both" in say(world, "post", "#6", *where, "--book", ledger).err
    assert say(world, "reopen", "#6", "#7", "--book", ledger).code == 0
    assert say(world, "post", *where, "--book", ledger).out.startswith("2 invoices posted.\n")
    refused = say(world, "cancel", "INV-2026-00001", "--book", ledger)
    assert "is posted and cannot be canceled. Void it instead." in refused.err


def test_a_batch_run_says_what_failed(world: World, any_ledger: str) -> None:
    new(world, any_ledger, "--line", "Name=Work; LineAmount=10")
    new(world, any_ledger, "--line", "Name=Refund; LineAmount=-10")
    where = ("--where", "BillingAccount.Name = 'Acme Ltd'", "--order-by", "CreatedDate")
    done = say(world, "batch-run", "start", *where, "--comments", "Month end", "--book", any_ledger)
    assert done.code == 1
    assert "Batch run BR-00001: Completed With Errors; of 2 drafts 1 posted, 1 failed, 0 skipped" in done.out
    assert "comes to −10.00 EUR" in done.out
    shown = say(world, "batch-run", "show", "BR-00001", "--book", any_ledger, "--json").document
    assert (shown["criteria"], shown["comments"]) == ("BillingAccount.Name = 'Acme Ltd'", "Month end")
    assert [item["status"] for item in shown["items"]] == ["Posted", "Error"]
    listed = say(world, "batch-run", "--book", any_ledger)
    assert "BR-00001" in listed.out
    assert say(world, "batch-run", "--book", any_ledger, "--json").document["runs"][0]["failed"] == 1
    for said in (
        ("resume", "BR-00001"),
        ("stop", "BR-00001"),
        ("resume",),
        ("show", "BR-9"),
        ("start", "BR-9"),
        ("start",),
    ):
        refused = say(world, "batch-run", *said, "--book", any_ledger)
        assert refused.code == 1
        assert refused.err != ""


def test_series_are_listed_made_and_chosen(world: World, ledger: str) -> None:
    made = say(world, "series", "Berlin", "--prefix", "B-{year}/", "--digits", "3", "--default", "--book", ledger)
    assert made.out.startswith("Number series Berlin saved.\n")
    new(world, ledger, "--line", "Name=Work; LineAmount=10")
    assert "INV" not in say(world, "post", "#6", "--book", ledger).out
    listed = say(world, "series", "--book", ledger, "--json").document
    assert listed["series"] == [
        {
            "name": "Berlin",
            "object": "Invoice",
            "kind": "Sequential",
            "prefix": "B-{year}/",
            "digits": 3,
            "default": True,
            "period": "2026",
            "next": 2,
        }
    ]
    assert "B-2026/002" in say(world, "series", "--book", ledger).out
    refused = say(world, "series", "berlin", "--digits", "5", "--book", ledger)
    assert "has given numbers and stays as it is" in refused.err
    assert say(world, "series", "berlin", "--book", ledger).out.count("Berlin") == 1


def test_terms_are_listed_and_made(world: World, ledger: str) -> None:
    say(world, "term", "2/10 net 30", "--net", "30", "--discount", "2/10", "--default", "--book", ledger)
    thirds = ("--item", "33.33% 30 days", "--item", "33.33% 60 days", "--item", "rest 90 days")
    made = say(world, "term", "Thirds", *thirds, "--description", "In three", "--book", ledger)
    assert made.out.startswith("Payment term Thirds saved.\n")
    listed = say(world, "term", "--book", ledger)
    assert "2/10 net 30 days" in listed.out
    assert "33.33% 30 days; 33.33% 60 days; rest 90 days" in listed.out
    found = say(world, "term", "thirds", "--book", ledger, "--json").document["terms"][0]
    assert (found["description"], found["default"], len(found["items"])) == ("In three", False, 3)
    assert say(world, "term", "THIRDS", "--default", "--book", ledger).code == 0
    names = [one["name"] for one in say(world, "term", "--book", ledger, "--json").document["terms"]]
    assert sorted(names, key=str.casefold).count("Thirds") == 1
    assert "THIRDS" not in names
    for said in (("Net",), ("Net", "--net", "-1"), ("--net", "5"), ("A", "--net", "5", "--item", "5 days")):
        assert say(world, "term", *said, "--book", ledger).code == 1
    assert say(world, "term", "A", "--item", "5 weeks", "--book", ledger).code in {1, 2}
