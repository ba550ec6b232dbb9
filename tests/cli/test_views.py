"""`duedesk view` and `duedesk invoices --view`: lists and queries kept under a name."""

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_a_list_is_saved_counted_listed_and_taken_away(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger, "--as-of", AS_OF)
    where = ("--where", "DueDate < LAST_MONTH AND Balance > 0", "--order-by", "Balance DESC")
    said = say(world, "view", "save", "Late", *where, "--fields", "DocumentNumber,Balance", "--default", *book)
    assert (said.code, said.out) == (0, "View Late saved.\nThe list begins with the view Late.\n")
    say(world, "view", "save", "Rows", "SELECT COUNT() FROM Invoice", *book)
    rows = say(world, "view", "list", "--counts", "--json", *book).document["rows"]
    assert [(row["name"], row["kind"], row["default"], row["count"]) for row in rows] == [
        ("Late", "list", True, 2),
        ("Rows", "query", False, None),
    ]
    found = say(world, "invoices", "--view", "late", "--json", *book).document
    assert found["rows"] == [
        {"DocumentNumber": "INV-1", "Balance": "600.00"},
        {"DocumentNumber": "INV-4", "Balance": "12.50"},
    ]
    narrower = say(world, "invoices", "--view", "Late", "--where", "CurrencyIsoCode = 'USD'", "--json", *book).document
    assert narrower["count"] == 1
    assert say(world, "view", "rename", "Late", "Old", *book).out == "View Late renamed to Old.\n"
    assert say(world, "view", "share", "Old", *book).out == "View Old shared.\n"
    assert say(world, "view", "default", *book).out == "The list begins with the view Old.\n"
    assert say(world, "view", "default", "--none", *book).out == "The list begins as it comes.\n"
    assert say(world, "view", "default", *book, "--json").document == {"default": None}
    again = say(world, "view", "save", "Old", "--search", "INV", *book)
    assert (again.code, again.err) == (
        1,
        "You have a view “Old” already. Say --replace to put this one in its place.\n",
    )
    assert say(world, "view", "save", "Old", "--search", "INV", "--replace", *book).out == "View Old saved.\n"
    assert '`duedesk invoices --view "Old"`' in say(world, "view", "run", "Old", *book).err
    assert say(world, "view", "delete", "Old", "--json", *book).document["done"] == "View Old deleted"
    assert say(world, "view", "list", *book).out.splitlines()[1].startswith("Rows")


def test_what_is_no_view_of_a_list_is_said(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger)
    both = say(world, "view", "save", "X", "SELECT COUNT() FROM Invoice", "--where", "Balance > 0", *book)
    assert (both.code, both.err.splitlines()[0]) == (
        1,
        "Save a query, or a list, not both at once. Leave out the query or what describes a list.",
    )
    wrong = say(world, "view", "save", "X", "--where", "Balanc > 0", *book)
    assert wrong.err.startswith("Invoice has no field “Balanc”, at character 1.")
    assert say(world, "view", "rename", "X", *book).err.startswith("That is not how to rename views.")
