"""`duedesk bulk`: a verb said to all that a condition finds."""

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_all_that_match_are_voided_and_assigned(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger)
    to_ana = ("bulk", "assign", "--all", "--to", "Ana Reyes", *book)
    asked = say(world, *to_ana)
    assert (asked.code, asked.out) == (1, "")
    assert asked.err.startswith("4 invoices of ")
    assert asked.err.endswith(" would be assigned. Say --yes to do that.\n")
    given = say(world, *to_ana, "--json", "--yes").document
    assert [given[name] for name in ("done", "already", "refusals")] == [4, 1, []]
    again = say(world, *to_ana, "--yes")
    assert (again.code, again.err) == (1, "Nothing to change: 5 found, all assigned so already.\n")
    acme = ("--where", "BillingAccount.Name = 'Acme Ltd'")
    early = say(
        world, "bulk", "void", *acme, "--reason", "Billed twice", "--on", "2026-02-01", "--as-of", AS_OF, *book, "--yes"
    )
    assert early.code == 1
    assert early.out.splitlines()[0].endswith("void: 0 done, 2 refused, 0 left.")
    assert early.out.splitlines()[1].startswith("  INV-1: ")
    asked = say(world, "bulk", "void", *acme, "--reason", "Billed twice", *book)
    assert (asked.code, asked.out, asked.err) == (
        1,
        "",
        "2 invoices of 1,250.00 EUR would be voided. Say --yes to do that.\n",
    )
    voided = say(world, "bulk", "void", *acme, "--reason", "Billed twice", *book, "--json", "--yes").document
    assert (voided["done"], voided["found"], voided["condition"]) == (2, 2, "BillingAccount.Name = 'Acme Ltd'")
    runs = say(world, "bulk", "list", *book, "--json").document
    assert [(run["verb"], run["status"]) for run in runs["rows"]] == [
        ("void", "Completed"),
        ("void", "Completed"),
        ("assign", "Completed"),
    ]
    assert say(world, "bulk", "show", "1", *book).out == "Run 1, assign: 4 done, 0 refused, 0 left.\n"


def test_what_is_missing_is_said(world: World, ledger: str) -> None:
    book = ("--book", ledger)
    assert say(world, "bulk", "void", *book).err.startswith("Say which invoices.")
    assert say(world, "bulk", "assign", "--all", *book).err.startswith("Say to whom.")
    assert say(world, "bulk", "void", "--all", *book).err.startswith("Say why.")
    assert say(world, "bulk", "note", "--all", *book).err.startswith("The note says nothing.")
    to_come = ("--reason", "Billed twice", "--on", "2026-11-24", "--yes")
    assert "that day is to come" in say(world, "bulk", "void", "--all", *to_come, *book).err
    assert say(world, "bulk", "list", "--json", *book).document["count"] == 0
    assert say(world, "bulk", "resume", *book).err.startswith("Say which run.")
    assert say(world, "bulk", "resume", "7", *book).err.startswith("You have started nothing of number 7.")
    assert say(world, "bulk", "reopen", "--where", "Balance > 0", *book).err.startswith("The condition finds none")
