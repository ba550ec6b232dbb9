"""`duedesk show` gives one invoice whole, as it stood on a day."""

from cli.sessions import AS_OF, say
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World


def test_an_invoice_with_what_was_applied_to_it(world: World, ledger: str) -> None:
    said = say(world, "show", "INV-1", "--book", ledger, "--as-of", AS_OF)
    text, _, details = said.out.partition("\nDetails\n")
    assert text == (
        "Invoice INV-1: Posted, Partially Settled\n"
        "Acme Ltd 0001\n"
        "as of 10 Apr 2026\n"
        "\n"
        "Invoice date  2026-01-05\n"
        "Due           2026-02-04\n"
        "Overdue       65 days\n"
        "Total         EUR 1,000.00\n"
        "Balance       EUR 600.00\n"
        "\n"
        "Payments and credits\n"
        "  Date        What                   Number    Amount   Balance  Comments\n"
        "  2026-01-05  Posted                 INV-1   1,000.00  1,000.00\n"
        "  2026-02-10  Payment                P-1      −400.00    600.00\n"
        "  2026-02-20  Credit memo            C-1       −30.00    570.00\n"
        "  2026-02-25  Credit memo unapplied  C-1        30.00    600.00\n"
        "\n"
        "History\n"
        "  2026-01-05 09:00 UTC  Brought in\n"
        "  2026-01-05 09:00 UTC  Posted: 1,000.00 EUR\n"
        "  2026-02-10 09:00 UTC  Payment P-1: 400.00 EUR\n"
        "  2026-02-20 09:00 UTC  Credit memo C-1: 30.00 EUR\n"
        "  2026-02-25 09:00 UTC  Credit memo unapplied C-1: 30.00 EUR\n"
    )
    assert "  Payments applied      400.00\n" in details
    assert "  Owner                 Ana Reyes\n" in details
    assert "Settled on" not in details  # what holds nothing is left out


def test_a_name_that_plays_tricks_stays_on_its_line(world: World, ledger: str) -> None:
    said = say(world, "show", "--book", ledger, "INV-4")
    assert said.out.splitlines()[1] == "Evil \ufffd[31mName Two 0003"


def test_json_gives_fields_lines_applications_and_history(world: World, any_ledger: str) -> None:
    said = say(world, "show", "INV-1", "--book", any_ledger, "--as-of", "2026-02-21", "--json")
    document = said.document
    assert list(document) == ["object", "as_of", "fields", "account", "outlook", "lines", "applications", "history"]
    assert document["as_of"] == "2026-02-21"
    assert list(document["fields"]) == [field.name for field in CATALOG.object("Invoice").read_fields]
    assert document["fields"]["Balance"] == "570.00"
    assert document["account"] == {"name": "Acme Ltd", "number": "0001"}
    assert [(one["Kind"], one["Type"], one["Amount"], one["EffectiveDate"]) for one in document["applications"]] == [
        ("payment", "Applied", "400.00", "2026-02-10"),
        ("credit", "Applied", "30.00", "2026-02-20"),
    ]
    assert document["history"][-1] == {
        "at": "2026-02-20T09:00:00.000000Z",
        "on": "2026-02-20",
        "who": "",
        "what": "Credit memo C-1: 30.00 EUR",
        "action": "",
        "journal": None,
        "changes": [],
    }


def test_what_is_taken_off_again_is_there_from_its_own_day(world: World, ledger: str) -> None:
    said = say(world, "show", "INV-1", "--book", ledger, "--as-of", "2026-02-25", "--json")
    assert [(one["Type"], one["AppliedDate"], one["UnappliedDate"]) for one in said.document["applications"]] == [
        ("Applied", "2026-02-10", None),
        ("Applied", "2026-02-20", None),
        ("Unapplied", "2026-02-20", "2026-02-25"),
    ]
    known = say(world, "show", "INV-1", "--as-of", "2026-02-25", "--known-on", "2026-02-24", "--json")
    assert len(known.document["applications"]) == 2


def test_a_number_that_is_none(world: World, ledger: str) -> None:
    said = say(world, "show", "inv-1", "--book", ledger)
    assert (said.code, said.out) == (1, "")
    assert (
        said.err
        == "There is no invoice, payment or credit memo “inv-1”. Numbers are told apart by case and leading zeros.\n"
    )
