"""`duedesk import` as a person types it: into a new book or one that is there, tried first, asked about, stopped."""

from pathlib import Path

import pytest

from cli.sessions import say
from duedesk.actions.recent import last_book
from duedesk.domain.world import World
from files_to_import import HEADER, ledger, only_total, row


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a new book goes."""
    return tmp_path / "new.duedesk"


def test_a_new_book_is_made_and_remembered(world: World, tmp_path: Path, place: Path) -> None:
    said = say(world, "import", str(ledger(tmp_path / "a.csv", row(1), row(2))), "--book", str(place))
    assert said.code == 0, said.err
    assert "a.csv: 2 rows" in said.out
    assert "total = Invoice.TotalAmountWithTax" in said.out
    assert "2 invoices" in said.out
    assert "EUR 238.00 in 2 invoices" in said.out
    assert last_book() == str(place)
    assert say(world, "check", "--book", str(place)).code == 0


def test_json_is_one_document(world: World, tmp_path: Path, place: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), row(2, customer_no="C1", open="50.00", currency="eur"))
    document = say(world, "import", str(path), "--book", str(place), "--json").document
    assert document["outcome"] == "imported"
    assert document["totals"] == [{"currency": "EUR", "count": 2, "total": "238.00"}]
    assert {one["object"]: one["made"] for one in document["counts"]} == {"Account": 1, "Contact": 2, "Invoice": 2}
    assert document["files"][0] | {"read_as": []} == {
        "name": "a.csv",
        "rows": 2,
        "good": 2,
        "bad": 0,
        "read_as": [],
        "not_taken": [],
        "rejected_to": None,
        "already_imported": False,
    }
    assert document["problems"][0]["severity"] == "warning"
    assert document["problems"][0]["row"] == 3
    assert document["spellings"] == [{"account_number": "C1", "name": "Good Customer 1", "others": ["Good Customer 2"]}]
    assert document["notes"] == ["a.csv: “eur” is read as EUR (row 3)."]
    assert document["journal"] == 1


def test_bad_rows_are_told_and_nothing_is_left(world: World, tmp_path: Path, place: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1), only_total("NaN", 2), row(3, due_date="2025-02-29"))
    said = say(world, "import", str(path), "--book", str(place))
    assert said.code == 1
    assert "error: a.csv, row 3, column total: “NaN” is no amount." in said.err
    assert said.err.rstrip().endswith("2 of 3 rows are at fault. Mend them, or leave them out with --skip-bad.")
    assert not place.exists()
    said = say(world, "import", str(path), "--book", str(place), "--json")
    assert said.code == 1
    assert said.document["outcome"] == "refused"
    assert said.document["files"][0]["bad"] == 2
    assert not place.exists()


def test_an_invoice_of_a_day_to_come_is_told(world: World, tmp_path: Path, place: Path) -> None:
    day = {"invoice_date": "2026-11-24", "due_date": "2026-12-24"}
    path = ledger(tmp_path / "a.csv", row(1, invoice_date="2026-11-23", due_date="2026-12-24"), row(2, **day))
    document = say(world, "import", str(path), "--book", str(place), "--json").document
    assert document["outcome"] == "imported"
    assert [(one["severity"], one["row"], one["column"], one["text"]) for one in document["problems"]] == [
        ("warning", 3, "invoice_date", "It is dated 2026-11-24, a day that is to come.")
    ]


def test_bad_rows_are_left_out_and_kept(world: World, tmp_path: Path, place: Path) -> None:
    path, out = ledger(tmp_path / "a.csv", row(1), only_total("NaN", 2)), tmp_path / "left.csv"
    said = say(world, "import", str(path), "--book", str(place), "--skip-bad", "--rejected", str(out))
    assert said.code == 0
    assert f"rows left out were written to {out}" in said.out
    assert "INV-2" in out.read_text("utf-8-sig")
    said = say(world, "import", str(path), "--book", str(place), "--rejected", str(out))
    assert said.code == 1
    assert "--rejected goes with --skip-bad" in said.err


def test_a_dry_run_makes_no_book(world: World, tmp_path: Path, place: Path) -> None:
    said = say(world, "import", str(ledger(tmp_path / "a.csv", row(1))), "--book", str(place), "--dry-run")
    assert said.code == 0
    assert "Would be imported (nothing was changed):" in said.out
    assert not place.exists()
    assert last_book() is None


@pytest.mark.parametrize(
    ("rows", "option", "answer"),
    [
        ((only_total("1.234"),), "--decimal", ","),
        ((row(due_date="01/02/2026"),), "--dates", "day-first"),
        ((row(due_date="46057"),), "--dates", "excel"),
        ((row(1), row(2, invoice_no="inv-1")), "--letter-case", "distinct"),
        ((row(customer_name="Müller"),), "--encoding", "cp1252"),
    ],
)
def test_a_question_names_the_option_that_answers_it(
    world: World, tmp_path: Path, place: Path, rows: tuple[str, ...], option: str, answer: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\n".join((HEADER, *rows)).encode("cp1252"))
    said = say(world, "import", str(path), "--book", str(place))
    assert said.code == 1
    assert f"{option} {answer}" in said.err.replace('"', "")
    assert said.err.rstrip().endswith("answer the question above, and import again.")
    said = say(world, "import", str(path), "--book", str(place), option, answer)
    assert said.code == 0, said.err


def test_the_same_file_twice_is_fine(world: World, tmp_path: Path, place: Path) -> None:
    path = str(ledger(tmp_path / "a.csv", row(1)))
    say(world, "import", path, "--book", str(place))
    said = say(world, "import", path, "--book", str(place))
    assert said.code == 0
    assert "was already imported on 2026-11-23 10:00 UTC by Ana Reyes" in said.out
    assert say(world, "import", path, "--book", str(place), "--json").document["outcome"] == "nothing new"


def test_a_mapping_is_read_and_its_faults_are_told(world: World, tmp_path: Path, place: Path) -> None:
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[source]\ncurrency = "EUR"\n[account]\nName = "who"\n'
        '[invoice]\nDocumentNumber = "no"\nInvoiceDate = "day"\nTotalAmountWithTax = "sum"\n'
    )
    path = str(ledger(tmp_path / "a.csv", "1,Acme,2026-01-05,5.00", header="no,who,day,sum"))
    assert say(world, "import", path, "--book", str(place), "--mapping", str(mapping)).code == 0
    mapping.write_text("[invoice]\nDocumentNumbr = 'no'\n")
    said = say(world, "import", path, "--book", str(place), "--mapping", str(mapping))
    assert said.code == 1
    assert "Did you mean DocumentNumber" in said.err


def test_ctrl_c_leaves_nothing(world: World, tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("duedesk.store.first_load.IndexesAside.build", interrupt)
    said = say(world, "import", str(ledger(tmp_path / "a.csv", row(1))), "--book", str(place))
    assert said.code == 1
    assert said.err.strip() == "Stopped; nothing was changed."
    assert not place.exists()


def test_what_stands_there_and_is_no_book_is_left_alone(world: World, tmp_path: Path) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("mine")
    said = say(world, "import", str(ledger(tmp_path / "a.csv", row(1))), "--book", str(mine))
    assert said.code == 1
    assert "not a Duedesk book" in said.err
    assert mine.read_text() == "mine"


def test_names_that_play_tricks_do_not_reach_the_screen(world: World, tmp_path: Path, place: Path) -> None:
    path = ledger(tmp_path / "a.csv", row(1, customer_name="\x1b[31mred"), row(2, currency="\u202eEUR"))
    said = say(world, "import", str(path), "--book", str(place))
    assert "\x1b" not in said.out + said.err
    assert "\u202e" not in said.out + said.err
