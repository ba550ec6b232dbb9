"""`duedesk dispute` and `duedesk resolve` in the terminal."""

from pathlib import Path

from build import Builder
from cli.sessions import say
from duedesk.domain.world import World
from duedesk.store.book import Book


def test_what_is_contested_is_recorded_listed_and_resolved(world: World, any_ledger: str) -> None:
    book = ("--book", any_ledger)
    assert say(world, "dispute", *book).out == "Nothing is contested.\n"
    assert say(world, "dispute", "INV-1", *book).err.startswith("A reason is needed. --reason: Price, ")
    assert say(world, "dispute", "INV-77", *book).err.startswith("There is no invoice “INV-77”")
    assert "at most 255" in say(world, "dispute", "INV-1", "--reason", "x" * 3000, *book).err
    assert "nothing can be contested" in say(world, "dispute", "INV-5", "--reason", "Price", *book).err
    said = say(world, "dispute", "INV-1", "200.00", "--reason", "Quality", "--words", "Broken", *book,
               "--on", "2026-04-01", "--json")  # fmt: skip
    assert said.code == 0, said.err
    assert said.document["done"] == "200.00 EUR of INV-1 disputed: Quality"
    assert said.document["dispute"]["contested"] == "200.00"
    listed = say(world, "dispute", *book, "--as-of", "2026-04-10").out.splitlines()
    assert " ".join(listed[1].split()) == "INV-1/1 Acme Ltd 2026-04-01 Quality EUR 200.00 600.00 Broken"
    assert "Disputed 200.00 EUR, Quality: Broken" in say(world, "history", "INV-1", *book).out
    assert say(world, "query", "SELECT Name, DisputedAmount FROM Dispute", *book, "--json").document["rows"] == [
        {"Name": "INV-1/1", "DisputedAmount": "200.00"}
    ]
    say(world, "pay", "Acme Ltd", "600.00", "--on", "2026-05-01", "--apply", "INV-1", *book)
    listed = say(world, "dispute", *book).out.splitlines()[1].split()
    assert " ".join(listed[3:]) == "2026-04-01 Quality, nothing is open any more EUR 0.00 0.00 Broken"
    said = say(world, "resolve", "INV-1", "--resolution", "Credited", *book, "--json")
    assert said.document["done"] == "Dispute INV-1/1 resolved: Credited"
    assert say(world, "dispute", *book, "--json").document["disputes"] == []
    assert say(world, "resolve", "INV-1", "--resolution", "Credited", *book).err == (
        "No dispute “INV-1” stands. `duedesk dispute` lists them.\n"
    )


def test_a_query_finds_disputes_as_they_stood(world: World, any_ledger: str, book: Book) -> None:
    with book.writing() as connection:
        Builder(connection).dispute(1, "200.00", on="2026-04-01", resolved="2026-04-05")
    query = "SELECT ResolvedOn, ResolvedBy, Resolution, Invoice.DocumentNumber FROM Dispute"
    standing = {"ResolvedOn": None, "ResolvedBy": None, "Resolution": None, "Invoice.DocumentNumber": "INV-1"}
    resolved = standing | {"ResolvedOn": "2026-04-05", "ResolvedBy": "Ana Reyes", "Resolution": "Credited"}
    for stand, found in (
        (("--as-of", "2020-01-01"), []),
        (("--as-of", "2026-04-04"), [standing]),
        (("--as-of", "2026-04-05"), [resolved]),
        (("--known-on", "2026-03-31"), []),
        (("--known-on", "2026-04-03"), [standing]),
        ((), [resolved]),
    ):
        there = ("--book", any_ledger, *stand, "--json")
        assert say(world, "query", query, *there).document["rows"] == found
        still = say(world, "query", "SELECT Name FROM Dispute WHERE ResolvedOn = null", *there).document["rows"]
        assert len(still) == found.count(standing)


def test_what_a_query_writes_comes_in_again(world: World, ledger: str, file_book: Book, tmp_path: Path) -> None:
    with file_book.writing() as connection:
        Builder(connection).dispute(1, "200.00", on="2026-04-01", resolved="2026-04-05")
    place, other = tmp_path / "Dispute.csv", str(tmp_path / "other.duedesk")
    query = (
        "SELECT Id, Name, InvoiceId, CurrencyIsoCode, DisputedAmount, ReasonCode, Description, ReceivedDate, "
        "RecordedAt, RecordedBy, ResolvedOn, ResolvedAt, ResolvedBy, Resolution, ResolutionDescription FROM Dispute"
    )
    say(world, "query", "--book", ledger, query, "--csv", str(place))
    files = [str(place)]
    invoices = "Id, DocumentNumber, BillingAccountId, Status, InvoiceDate, DueDate, TotalAmountWithTax"
    for name, fields in (
        ("Account", "Id, Name, AccountNumber FROM Account WHERE AccountNumber = '0001'"),
        ("Invoice", f"{invoices}, CurrencyIsoCode, PostedDate FROM Invoice WHERE DocumentNumber = 'INV-1'"),
    ):
        files.append(str(tmp_path / f"{name}.csv"))
        say(world, "query", "--book", ledger, f"SELECT {fields}", "--csv", files[-1])
    said = say(world, "import", *files, "--book", other)
    assert said.code == 0, said.err + said.out
    again = tmp_path / "again.csv"
    say(world, "query", "--book", other, query, "--csv", str(again))
    assert again.read_text("utf-8") == place.read_text("utf-8")
    said = say(world, "import", str(place), "--book", ledger)
    assert said.code == 0, said.err
    assert "nothing" in said.out.casefold()
