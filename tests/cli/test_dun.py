"""`duedesk dun`, and the verbs that say what is dunned: `policy`, `level`, `hold`, `promise`."""

import json
from pathlib import Path

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_a_run_is_proposed_with_a_reason_for_whatever_is_left_out(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger)
    said = say(world, "dun", "--as-of", AS_OF, *book)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-2:] == [
        "2 letters over 470.00 EUR and 12.50 USD.",
        "2 overdue invoices left out: 2 within grace.",
    ]
    shown = say(world, "dun", "--as-of", AS_OF, *book, "--json").document
    (acme, tricky) = shown["letters"]
    assert {name: acme[name] for name in ("account", "level", "currency", "unapplied", "fee", "total")} == {
        "account": "Acme Ltd", "level": 1, "currency": "EUR", "unapplied": "-130.00", "fee": "0.00", "total": "470.00"
    }  # fmt: skip
    assert acme["items"] == [
        {
            "invoice": "INV-1",
            "due": "2026-02-04",
            "days_overdue": 65,
            "balance": "600.00",
            "asked": "600.00",
            "level_before": 0,
            "level_after": 1,
            "reason": "It is 65 days overdue; level 1 begins after 8.",
        }
    ]
    assert tricky["total"] == "12.50"
    assert {one["invoice"] for one in shown["left_out"]} == {"INV-2", "INV-3"}
    options = ("--as-of", "2026-04-09", "--fields", "DocumentNumber", "--json")
    dunnable = say(world, "invoices", *book, "--dunnable", *options).document["rows"]
    assert [one["DocumentNumber"] for one in dunnable] == [
        item["invoice"] for letter in (acme, tricky) for item in letter["items"]
    ]
    assert say(world, "invoices", *book, "--dunnable", "2025-01-01", *options).document["count"] == 0
    said = say(world, "query", "SELECT Id FROM Invoice WHERE DunnableOn < TODAY", *book)
    assert (said.code, said.err) == (
        1, "DunnableOn is asked of one day. Write DunnableOn = TOMORROW, or name the day.\n"
    )  # fmt: skip
    said = say(world, "dun", "--why", "INV-2", "--as-of", AS_OF, *book)
    assert (
        said.out == "INV-2 is not dunned. It is 6 days overdue and within the grace of level 1, which ends after 8.\n"
    )
    assert say(world, "dun", "--why", "INV-5", "--as-of", AS_OF, *book).out.endswith("nothing is owed on it.\n")
    assert say(world, "dun", "--policy", "Nice", *book).err == (
        "There is no dunning policy “Nice”. There are: Standard.\n"
    )
    assert "Why not" in say(world, "dun", "--as-of", AS_OF, "--left-out", *book).out


def test_holds_and_promises_keep_letters_back(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger)
    assert say(world, "hold", *book).out == "Nothing is on hold.\n"
    assert say(world, "hold", "INV-1", *book).err.startswith("A hold needs a last day.")
    said = say(world, "hold", "INV-1", "--until", "2026-12-31", "--reason", "Payment plan", *book, "--json").document
    assert said["holds"][0]["hold"] == "H-00001"
    assert "Payment plan" in say(world, "hold", *book).out
    assert say(world, "dun", "--why", "INV-1", *book, "--json").document["dunned"] is False
    said = say(world, "release", "INV-1", *book)
    assert said.out == "Hold H-00001 released.\n"
    said = say(world, "promise", "INV-1=200", "INV-2", "--by", "2026-12-15", *book, "--json").document
    assert [one["amount"] for one in said["promises"]] == ["200.00", "250.00"]
    (item,) = say(world, "dun", *book, "--policy", "Standard", "--json").document["letters"][0]["items"]
    assert (item["invoice"], item["asked"]) == ("INV-1", "400.00")
    assert say(world, "promise", *book).out.count("open") == 2
    assert say(world, "withdraw", "INV-2/P1", *book).out == "Promise INV-2/P1 withdrawn.\n"
    assert say(world, "query", "SELECT Name FROM PaymentPromise", *book, "--json").document["count"] == 2


def test_a_policy_goes_to_a_file_and_comes_back(world: World, any_ledger: str, tmp_path: Path) -> None:
    book = ("--book", any_ledger)
    assert say(world, "policy", *book).out.startswith(
        "Standard: one letter per account, one level at a time, the default."
    )
    document = say(world, "policy", "standard", "--json", *book).document
    document |= {"name": "Strict", "default": False}
    document["levels"][1] |= {"grace_days": 0, "fee": {"amounts": {"EUR": "5.00"}}}
    place = tmp_path / "strict.json"
    place.write_text(json.dumps(document))
    trial = say(world, "policy", "Strict", "--set", str(place), "--try", "--json", *book).document
    assert (trial["as_of"], trial["turned"]) == ("2026-11-24", [])
    strict = tmp_path / "strict-for-all.json"
    strict.write_text(json.dumps({**document, "default": True}))
    told = say(world, "policy", "Strict", "--set", str(strict), "--try", *book).out.splitlines()
    assert told[2].split() == ["Strict", "1", "1", "2", "725.00", "EUR", "0.00", "EUR"]
    assert told[-1] == "Changed: Acme Ltd: 720.00 EUR, level 1 → 725.00 EUR, level 1"
    assert say(world, "policy", "Strict", "--try", *book).err.startswith("Which policy is to be tried?")
    assert say(world, "policy", "Strict", "--set", str(place), *book).out.startswith(
        "Dunning policy Strict saved.\nStrict:"
    )
    assert say(world, "policy", "Strict", "--account", "Acme Ltd", *book).out.startswith(
        "Account Acme Ltd given the dunning policy Strict."
    )
    letter = say(world, "dun", "--as-of", AS_OF, *book, "--json").document["letters"][0]
    assert (letter["policy"], letter["fee"], len(letter["items"])) == ("Strict", "5.00", 2)
    place.write_text('[[levels]]\nnumber = 1\nname = "A"\ndays_overdue = "soon"\n')
    assert say(world, "policy", "Strict", "--set", str(place), *book).err == (
        "Level 1 of the file: days_overdue cannot be “soon”. It is a whole number.\n"
    )
    assert say(world, "policy", "none", "--account", "Acme Ltd", *book).code == 0
    assert say(world, "policy", "Strict", "--delete", *book).out == "Dunning policy Strict deleted.\n"
    assert say(world, "level", "INV-1", "--to", "2", "--reason", "Taken over", *book).out == (
        "Invoice INV-1 set to dunning level 2: Taken over.\n"
    )
    rows = say(world, "query", "SELECT DocumentNumber FROM Invoice WHERE DunningLevel = 2", *book, "--json").document
    assert rows["rows"] == [{"DocumentNumber": "INV-1"}]
