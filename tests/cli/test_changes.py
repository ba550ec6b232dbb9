"""`duedesk changes` tells what moved the figures between two moments, and what of it was dated back."""

from cli.sessions import AS_OF, say
from duedesk.domain.world import World

SINCE = ("--since", "2026-02-10T08:00")


def test_the_events_and_their_sum_are_told(world: World, any_ledger: str) -> None:
    said = say(world, "changes", "--book", any_ledger, "--as-of", AS_OF, *SINCE, "--account", "Acme Ltd", "--json")
    document = said.document
    assert [(one["what"], one["record"], one["balance"]) for one in document["changes"]] == [
        ("Payment received", "P-1", "-500.00"),
        ("Payment P-1 applied", "INV-1", "0.00"),
        ("Credit memo posted", "C-1", "-30.00"),
        ("Credit memo C-1 applied", "INV-1", "0.00"),
        ("Credit memo C-1 unapplied", "INV-1", "0.00"),
        ("Invoice voided", "INV-5", "-99.00"),
        ("Invoice posted", "INV-2", "250.00"),
    ]
    (total,) = document["totals"]
    assert (total["count"], total["back_dated"], total["unapplied"], total["balance"]) == (7, 0, "-130.00", "-379.00")
    before, after = (
        say(world, "aging", "--book", any_ledger, "--as-of", AS_OF, "--currency", "EUR", "--json", *known).document
        for known in (("--known-on", SINCE[1]), ())
    )
    moved = float(after["totals"][0]["balance"]) - float(before["totals"][0]["balance"])
    assert moved == float(total["balance"])


def test_it_reads_well_and_says_what_it_cannot_do(world: World, ledger: str) -> None:
    said = say(world, "changes", "--book", ledger, "--as-of", AS_OF, "--since", "2026-03-04")
    assert said.out.splitlines()[0] == (
        "book.duedesk as of 10 Apr 2026: what was recorded after 2026-03-04 23:59 UTC, by now"
    )
    assert said.out.splitlines()[-2:] == [
        "EUR: 1 event; the balance moved by 250.00",
        "JPY: 1 event; the balance moved by 120,000",
    ]
    nothing = say(world, "changes", "--book", ledger, "--as-of", AS_OF, "--since", "2026-03-05")
    assert nothing.out.endswith("Nothing moved a figure.\n")
    wrong = say(world, "changes", "--book", ledger, "--since", "2026-03-05", "--until", "2026-03-04")
    assert (wrong.code, wrong.err) == (
        1,
        "The second moment does not come after the first. Give the earlier one first.\n",
    )
