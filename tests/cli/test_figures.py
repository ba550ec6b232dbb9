"""`duedesk roll-forward`, `metrics` and `habits` in the terminal: figures, formulas beside them, and JSON."""

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_a_roll_forward_says_what_moved_and_that_it_holds(world: World, ledger: str) -> None:
    said = say(world, "roll-forward", "--book", ledger, "--from", "2026-01-01", "--to", AS_OF, "--currency", "EUR")
    assert said.out == (
        "book.duedesk from 01 Jan 2026 to 10 Apr 2026\n"
        "\n"
        "Currency  Opening  Invoiced     Paid  Credited  Invoices voided  Closing\n"
        "EUR         99.00  1,250.00  −500.00    −30.00           −99.00   720.00\n"
        "\n"
        "opening + movements = closing: holds\n"
    )
    answer = say(
        world, "roll-forward", "--book", ledger, "--from", "2026-01-01", "--to", AS_OF, "--by-account", "--json"
    )
    assert (answer.code, answer.err) == (0, "")
    assert answer.document["rows"][0]["name"] == "Acme Ltd"
    assert answer.document["totals"][0] == {
        "currency": "EUR",
        "opening": "99.00",
        "invoiced": "1250.00",
        "paid": "-500.00",
        "credited": "-30.00",
        "written_off": "0.00",
        "refunded": "0.00",
        "voided": "-99.00",
        "reversed": "0.00",
        "elsewhere": "0.00",
        "closing": "720.00",
    }
    said = say(world, "roll-forward", "--book", ledger, "--from", "2026-05-01", "--to", AS_OF)
    assert (said.code, said.err) == (1, "The period ends before it begins. Give its first day first.\n")


def test_metrics_stand_with_their_formulas(world: World, ledger: str) -> None:
    said = say(world, "metrics", "--book", ledger, "--as-of", "2026-03-31", "--currency", "EUR", "--months", "2")
    assert [" ".join(line.split()) for line in said.out.splitlines()[:3]] == [
        "Currency End Receivables Invoiced DSO Best possible Delinquent CEI % Countback Current %",
        "EUR 2026-02-28 699.00 1,000.00 62.9 0.0 62.9 −61.7 49.7 0.0",
        "EUR 2026-03-31 850.00 1,250.00 61.2 18.0 43.2 −125.8 77.6 29.4",
    ]
    assert "DSO            receivables ÷ invoiced in the period × days of the period" in said.out
    assert "Receivables    what invoices leave open at the end; payments and credits not applied" in said.out
    assert "Invoiced       invoiced in the period, less what of it was voided by its end" in said.out
    answer = say(world, "metrics", "--book", ledger, "--as-of", "2026-03-31", "--currency", "EUR", "--json").document
    assert len(answer["months"]) == 12
    last = answer["months"][-1]
    assert (last["from"], last["end"], last["days"], last["sales"], last["dso"]) == (
        "2026-01-01",
        "2026-03-31",
        90,
        "1250.00",
        "61.2000",
    )
    assert say(world, "metrics", "--book", ledger, "--months", "0").err == (
        "--months 0 is no number of months. Give one from 1 to 120.\n"
    )
    for asked in (("metrics", "0001-01-01"), ("metrics", "0001-02-01"), ("habits", "0001-01-02")):
        said = say(world, asked[0], "--book", ledger, "--as-of", asked[1])
        assert (said.code, said.err.split(" before")[0]) == (1, "There are not so many months")


def test_habits_weigh_days_to_pay_against_terms(world: World, ledger: str) -> None:
    assert say(world, "habits", "--book", ledger, "--as-of", AS_OF).out == "No payment settled anything in that time.\n"
    say(world, "pay", "Acme Ltd", "250.00", "--book", ledger, "--on", "2026-04-14", "--apply", "INV-2")
    said = say(world, "habits", "--book", ledger, "--as-of", "2026-04-30")
    assert said.out.splitlines()[1].split() == ["Acme", "Ltd", "0001", "EUR", "1", "250.00", "40.0", "30.0", "10.0"]
    (one,) = say(world, "habits", "--book", ledger, "--as-of", "2026-04-30", "--json").document["accounts"]
    assert (one["invoices"], one["days_to_pay"], one["terms"], one["days_late"]) == (1, "40.0000", "30.0000", "10.0000")
    say(world, "pay", "0002", "120000", "--book", ledger, "--on", "2026-04-14", "--apply", "INV-3", "--currency", "JPY")
    both = say(world, "habits", "--book", ledger, "--as-of", "2026-04-30", "--json").document["accounts"]
    assert [one["currency"] for one in both] == ["EUR", "JPY"], "amounts of two currencies are not ranked"
