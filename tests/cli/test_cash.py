"""Money and credit in the terminal: received, applied, given back, credited, written off, approved."""

from dataclasses import replace

import pytest

from cli.sessions import say
from duedesk.domain.world import World

DAY = ("--on", "2026-04-10")


def test_money_that_came_in_goes_on_invoices_and_is_shown(world: World, any_ledger: str) -> None:
    said = say(
        world, "pay", "Acme Ltd", "700.00", "--book", any_ledger, *DAY, "--reference", "BANK-7",
        "--apply", "INV-1", "INV-2=50.00", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    payment = said.document["payment"]
    assert said.document["done"] == "Payment PAY-000001 of 700.00 EUR from Acme Ltd received"
    assert (payment["applied"], payment["balance"], payment["status"]) == ("650.00", "50.00", "Processed")
    assert [(part["invoice"], part["amount"]) for part in payment["applications"]] == [
        ("INV-1", "600.00"),
        ("INV-2", "50.00"),
    ]
    shown = say(world, "show", "PAY-000001", "--book", any_ledger, "--as-of", "2026-04-10")
    assert shown.out.startswith("Payment PAY-000001: Processed\nAcme Ltd 0001\nas of 10 Apr 2026\n")
    assert "Unapplied  EUR 50.00" in shown.out
    whole = say(world, "show", "PAY-000001", "--book", any_ledger, "--json").document
    assert (whole["object"], whole["fields"]["Balance"], whole["fields"]["GatewayRefNumber"]) == (
        "Payment",
        "50.00",
        "BANK-7",
    )


def test_the_currency_is_asked_for_where_it_is_not_sure(world: World, ledger: str) -> None:
    assert say(world, "pay", "0002", "120000", "--book", ledger, "--json").document["payment"]["currency"] == "JPY"
    say(world, "pay", "Acme Ltd", "1.00", "--currency", "usd", "--book", ledger)
    assert say(world, "pay", "Acme Ltd", "--book", ledger).err == (
        "Say who paid and how much. `duedesk pay ACCOUNT AMOUNT`.\n"
    )
    said = say(world, "pay", "Acme Ltd", "1,00", "--book", ledger)
    assert (said.code, said.err) == (1, "“1,00” is no amount. Write it as 1234.50.\n")


def test_drafts_are_processed_and_what_bounced_is_canceled(world: World, ledger: str) -> None:
    say(world, "pay", "Acme Ltd", "250.00", "--draft", "--book", ledger, *DAY)
    assert say(world, "apply", "PAY-000001", "INV-2", "--book", ledger).err == (
        "Payment PAY-000001 is a draft; nothing can be applied yet. Process it first.\n"
    )
    assert say(world, "pay", "--process", "PAY-000001", "--book", ledger).out == "Payment PAY-000001 processed.\n"
    said = say(world, "apply", "PAY-000001", "INV-2", "--book", ledger, *DAY)
    assert said.out == "Applied 250.00 EUR to INV-2.\n"
    said = say(world, "pay", "--cancel", "PAY-000001", "--book", ledger, "--on", "2026-04-20", "--json")
    assert said.document["payment"]["status"] == "Canceled"
    listed = say(world, "invoices", "--book", ledger, "--where", "DocumentNumber = 'INV-2'", "--json").document
    assert listed["rows"][0]["Balance"] == "250.00"


def test_unapplied_by_number_or_by_invoice(world: World, ledger: str) -> None:
    made = say(world, "pay", "Acme Ltd", "300.00", "--book", ledger, *DAY, "--apply", "INV-1", "--json").document
    number = made["payment"]["applications"][0]["number"]
    said = say(world, "unapply", f"{number}=100.00", "--book", ledger, "--on", "2026-04-12", "--json")
    assert said.document["payment"]["balance"] == "100.00"
    said = say(world, "unapply", "PAY-000001", "--invoice", "INV-1", "--book", ledger, "--on", "2026-04-13")
    assert said.out == "Unapplied 200.00 EUR from INV-1.\n"
    assert say(world, "unapply", "PAY-000001", "--invoice", "INV-1", "--book", ledger).err == (
        "Nothing of PAY-000001 lies on INV-1.\n"
    )
    assert say(world, "unapply", "X-1", "--book", ledger).code == 1


def test_what_is_left_is_given_back(world: World, ledger: str) -> None:
    said = say(world, "refund", "P-1", "--book", ledger, *DAY, "--json")
    assert said.document["done"] == "Refund REF-000001 of 100.00 EUR out of payment P-1"
    assert said.document["payment"]["refunded"] == "100.00"
    shown = say(world, "show", "P-1", "--book", ledger, "--as-of", "2026-04-10").out
    assert "Given back  EUR 100.00" in shown
    said = say(world, "refund", "--cancel", "REF-000001", "--book", ledger, "--on", "2026-04-11")
    assert said.out == "Refund REF-000001 canceled.\n"
    assert say(world, "refund", "--book", ledger).err.startswith("Name a payment to give back of")


def test_a_credit_memo_from_draft_to_void(world: World, ledger: str) -> None:
    made = say(
        world, "credit", "--invoice", "INV-1", "--line", "Returned goods=100.00", "--tax", "VAT=19.00",
        "--reason", "Return", "--draft", "--book", ledger, *DAY, "--json",
    )  # fmt: skip
    assert made.code == 0, made.err
    made = made.document["credit_memo"]
    assert (made["status"], made["total"], made["tax"], made["invoice"]) == ("Draft", "119.00", "19.00", "INV-1")
    said = say(world, "credit", "--post", f"#{made['key']}", "--apply", "--book", ledger, *DAY)
    assert said.out == "Credit memo CM-2026-00001 of 119.00 EUR posted for Acme Ltd.\n"
    shown = say(world, "show", "CM-2026-00001", "--book", ledger, "--as-of", "2026-04-10").out
    assert "Credit memo CM-2026-00001: Posted" in shown
    assert "Unapplied  EUR 0.00" in shown
    voided = say(world, "credit", "--void", "CM-2026-00001", "--reason", "mistake", "--book", ledger, "--json").document
    assert voided["credit_memo"]["status"] == "Voided"
    assert say(world, "credit", "--line", "x=1", "--book", ledger).err.startswith("Say whom to credit.")
    assert "“x” has no amount" in say(world, "credit", "--invoice", "INV-1", "--line", "x", "--book", ledger).err
    alone = say(world, "credit", "--account", "0002", "--currency", "JPY", "--line", "Goodwill=500", "--book", ledger)
    assert alone.code == 0, alone.err


def test_a_write_off_above_the_limit_waits_for_somebody_else(world: World, ledger: str) -> None:
    assert say(world, "settings", "write_off_limit.EUR", "100", "--book", ledger).out == "100.00\n"
    small = say(world, "write-off", "INV-1", "0.50", "--reason", "Small balance", "--book", ledger, *DAY)
    assert small.out == "0.50 EUR of INV-1 written off by CM-2026-00001: Small balance.\n"
    asked = say(world, "write-off", "INV-2", "--reason", "Bad debt", "--book", ledger, *DAY)
    assert asked.out == (
        "Write-off of 250.00 EUR of INV-2 waits for approval: Bad debt.\n"
        "Somebody else approves it: `duedesk approve 1`.\n"
    )
    assert "INV-2" in say(world, "approve", "--book", ledger).out
    assert say(world, "approve", "1", "--book", ledger).err.startswith("Whoever asks for a write-off")
    bo = replace(world, user="Bo Lind")
    done = say(bo, "approve", "1", "--book", ledger, "--on", "2026-04-12", "--json")
    assert done.document["request"]["status"] == "Approved"
    assert say(world, "reject", "--book", ledger).out == "Nothing waits for approval.\n"
    assert say(world, "reject", "1", "--book", ledger).err == "That request is approved already.\n"
    assert say(world, "settings", "write_off_limit.EUR", "", "--book", ledger).code == 0


@pytest.mark.parametrize("verb", ["pay", "apply", "unapply", "refund", "credit", "discount", "write-off", "approve"])
def test_each_verb_says_what_it_is_for(world: World, verb: str) -> None:
    assert say(world, verb, "--help").out.startswith(f"usage: duedesk {verb}")


def test_no_discount_is_granted_where_none_is_offered(world: World, ledger: str) -> None:
    assert say(world, "discount", "INV-1", "--book", ledger).err == (
        "Invoice INV-1 offers no discount for paying early.\n"
    )


def test_what_is_called_nothing_is_not_shown(world: World, ledger: str) -> None:
    assert say(world, "show", "X-1", "--book", ledger).err == (
        "There is no invoice, payment or credit memo “X-1”. Numbers are told apart by case and leading zeros.\n"
    )
