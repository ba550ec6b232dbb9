"""`duedesk query` and `view`: questions typed, and the answers as a table, as JSON and as a file."""

import csv
import io
from pathlib import Path

from sqlalchemy import update

from cli.sessions import AS_OF, say
from duedesk.cli.lists.query import _EXAMPLES
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.tables.ledger import invoice


def ask(world: World, ledger: str, query: str, *options: str) -> str:
    said = say(world, "query", "--book", ledger, "--as-of", AS_OF, query, *options)
    assert said.code == 0, said.err
    return said.out


def test_a_query_is_answered_as_a_table(world: World, any_ledger: str) -> None:
    out = ask(
        world,
        any_ledger,
        "SELECT DocumentNumber, BillingAccount.Name, DueDate, Balance FROM Invoice WHERE Balance > 0 "
        "AND CurrencyIsoCode IN ('EUR', 'JPY') ORDER BY DueDate, DocumentNumber",
    )
    assert out.splitlines() == [
        "DocumentNumber  BillingAccount.Name  DueDate     Balance",
        "INV-1           Acme Ltd             2026-02-04   600.00",
        "INV-2           Acme Ltd             2026-04-04   250.00",
        "INV-3           東京商事株式会社     2026-04-04  120,000",
        "",
        "3 rows",
    ]


def test_nothing_is_said_of_a_voiding_before_it(world: World, any_ledger: str, book: Book) -> None:
    with book.writing() as connection:
        connection.execute(update(invoice).where(invoice.c.document_number == "INV-5").values(void_reason="Twice"))
    query = "SELECT VoidedDate, VoidedAt, VoidReason FROM Invoice WHERE DocumentNumber = 'INV-5'"
    empty = {"VoidedDate": None, "VoidedAt": None, "VoidReason": None}
    voided = {"VoidedDate": "2026-03-03", "VoidedAt": "2026-03-03T09:00:00.000000Z", "VoidReason": "Twice"}
    grouped = "SELECT VoidedDate, COUNT(Id) n FROM Invoice WHERE VoidedDate != null GROUP BY VoidedDate"
    for stand, found, count in (
        (("--as-of", "2026-03-02"), empty, 0),
        (("--known-on", "2026-03-02"), empty, 0),
        (("--as-of", "2026-03-03"), voided, 1),
    ):
        there = ("--book", any_ledger, *stand, "--json")
        assert say(world, "query", query, *there).document["rows"] == [found]
        assert len(say(world, "query", grouped, *there).document["rows"]) == count
        listed = say(world, "invoices", "--where", "VoidReason = 'Twice'", *there).document
        assert len(listed["rows"]) == count
        aged = say(world, "aging", "--by", "VoidedDate", *there).document["rows"]
        assert {row["key"] for row in aged} == {None}


def test_json_has_amounts_as_text_and_days_as_iso_8601(world: World, any_ledger: str) -> None:
    query = (
        "SELECT CurrencyIsoCode, SUM(Balance) open, COUNT(Id), MIN(DueDate) first, MAX(CreatedDate) last FROM Invoice "
        "WHERE Status = 'Posted' GROUP BY CurrencyIsoCode ORDER BY CurrencyIsoCode"
    )
    said = say(world, "query", "--book", any_ledger, "--as-of", AS_OF, "--json", query)
    assert said.document == {
        "rows": [
            {
                "CurrencyIsoCode": "EUR",
                "open": "850.00",
                "expr0": 2,
                "first": "2026-02-04",
                "last": "2026-03-05T09:00:00.000000Z",
            },
            {
                "CurrencyIsoCode": "JPY",
                "open": "120000",
                "expr0": 1,
                "first": "2026-04-04",
                "last": "2026-03-05T09:00:00.000000Z",
            },
            {
                "CurrencyIsoCode": "USD",
                "open": "12.50",
                "expr0": 1,
                "first": "2025-04-04",
                "last": "2025-03-05T09:00:00.000000Z",
            },
        ],
        "count": 3,
    }


def test_counting_gives_the_number_and_nothing_else(world: World, ledger: str) -> None:
    query = "SELECT COUNT() FROM Invoice WHERE Balance > 0"
    assert ask(world, ledger, query) == "4\n"
    assert say(world, "query", "--book", ledger, query, "--json").document == {"rows": [], "count": 4}
    empty = say(world, "query", "--book", ledger, "SELECT Id FROM Invoice WHERE Balance > 999999", "--json")
    assert empty.document == {"rows": [], "count": 0}


def test_a_file_is_as_data_loader_writes_it(world: World, ledger: str, tmp_path: Path) -> None:
    place = tmp_path / "Invoice.csv"
    query = (
        "SELECT Id, DocumentNumber, TotalAmountWithTax, InvoiceDate, CreatedDate, ShouldExcludePayment, Owner.Name "
        "FROM Invoice WHERE CurrencyIsoCode != 'USD' ORDER BY DocumentNumber LIMIT 2"
    )
    assert ask(world, ledger, query, "--csv", str(place)) == f"2 rows written to {place}\n"
    assert place.read_text("utf-8") == (
        '"Id","DocumentNumber","TotalAmountWithTax","InvoiceDate","CreatedDate","ShouldExcludePayment","Owner.Name"\n'
        '"1","INV-1","1000.00","2026-01-05","2026-01-05T09:00:00.000Z","false","Ana Reyes"\n'
        '"2","INV-2","250.00","2026-03-05","2026-03-05T09:00:00.000Z","false",""\n'
    )
    assert ask(world, ledger, "SELECT Name FROM Account", "--csv", str(place)), "a later answer takes its place"
    said = say(world, "query", "--book", ledger, "SELECT COUNT() FROM Account", "--csv", str(place))
    assert (said.code, said.err) == (1, "COUNT() gives a number and no rows. Select fields, or COUNT(Id).\n")


def test_no_text_of_a_file_is_a_formula_unless_it_is_asked_for_raw(world: World, ledger: str, tmp_path: Path) -> None:
    say(world, "update", "--book", ledger, "Account", "0001", "Name==1+1")
    place = tmp_path / "Account.csv"

    def names(*options: str) -> list[str]:
        ask(world, ledger, "SELECT Name FROM Account WHERE AccountNumber = '0001'", "--csv", str(place), *options)
        return [row["Name"] for row in csv.DictReader(io.StringIO(place.read_text("utf-8")))]

    assert names() == ["'=1+1"]
    assert names("--raw") == ["=1+1"]


def test_a_query_at_fault_gets_its_sentence(world: World, ledger: str) -> None:
    said = say(world, "query", "--book", ledger, "SELECT Balanc FROM Invoice")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("Invoice has no field “Balanc”, at character 8. Did you mean Balance?")


def test_what_has_no_value_is_refused_before_half_an_answer_is_out(world: World, ledger: str) -> None:
    said = say(world, "query", "--book", ledger, "SELECT Id, DunnableOn FROM Invoice", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("DunnableOn has no value to show.")


def test_the_examples_of_the_help_work_on_the_sample(world: World, tmp_path: Path) -> None:
    book = str(tmp_path / "sample.duedesk")
    assert say(world, "demo", book, "--invoices", "1000", "--as-of", "2026-11-23").code == 0
    examples = [part.split('"')[0] for part in _EXAMPLES.split('duedesk query "')[1:]]
    assert len(examples) == 6
    for example in examples:
        said = say(world, "query", "--book", book, example, "--json")
        assert said.code == 0, said.err
        assert said.document["count"], f"{example} finds something"


def test_a_query_is_kept_as_a_view_and_run_again(world: World, any_ledger: str) -> None:
    def view(*said: str) -> str:
        done = say(world, "view", "--book", any_ledger, *said)
        assert done.code == 0, done.err
        return done.out

    query = "SELECT DocumentNumber FROM Invoice WHERE DueDate = LAST_N_DAYS:10"
    assert view("save", "Just due", query) == "View Just due saved.\n"
    assert view("run", "just due", "--as-of", AS_OF).splitlines()[1:3] == ["INV-2", "INV-3"]
    assert view("run", "Just due", "--as-of", "2026-03-01").splitlines() == ["DocumentNumber", "", "0 rows"]
    listed = say(world, "view", "list", "--book", any_ledger, "--json").document
    row = {"name": "Just due", "query": query, "shared": False, "by": "Ana Reyes", "kind": "query", "default": False}
    assert listed == {"rows": [row], "count": 1}
    assert view("list").splitlines()[1].startswith("Just due  Ana Reyes")
    assert view("delete", "Just due") == "View Just due deleted.\n"
    assert say(world, "view", "--book", any_ledger, "run", "Just due").err.startswith("There is no view “Just due”.")
    assert say(world, "view", "--book", any_ledger, "run").err.startswith("That is not how to run views.")
