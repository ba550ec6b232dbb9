"""`duedesk take-back`: what finance typed into a workbook comes into the book, once, and goes out again by undo."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook

from cli.sessions import say
from duedesk.domain.world import World

HEAD = (
    "Dispute reason",
    "Account",
    "Balance",
    "Kind",
    "Number",
    "Currency",
    "Promised amount",
    "Comment",
    "Promised for",
)


def _keep(path: Path, *rows: dict[str, object], head: tuple[str, ...] = HEAD) -> str:
    """A workbook as it comes back: a title above, columns moved, rows sorted; made before the world's day."""
    book = Workbook()
    book.properties.created = datetime(2026, 11, 20, 9)  # noqa: DTZ001 - openpyxl's own kind
    sheet = book.active
    assert sheet is not None
    sheet.title = "Open items"
    sheet.append(["Open items"])
    sheet.append([])
    sheet.append(head)
    for row in rows:
        sheet.append([row.get(name, "Invoice" if name == "Kind" else None) for name in head])
    book.create_sheet("Read me").append(["Type into the tinted columns."])
    book.save(path)
    return str(path)


def _typed(path: Path) -> str:
    """A workbook in which much was typed, some of it at fault."""
    return _keep(
        path,
        {"Number": "INV-4", "Comment": "+ half now\nthe rest later", "Currency": "USD"},
        {"Number": "INV-1", "Promised for": date(2026, 12, 1), "Dispute reason": "Quality", "Balance": 700},
        {"Number": "INV-2", "Promised for": "2026-12-15", "Promised amount": 200.5, "Comment": "Called"},
        {"Number": "INV-3", "Promised for": date(2026, 12, 9), "Promised amount": "12.5", "Currency": "JPY"},
        {"Number": "INV-5", "Promised for": date(2026, 12, 9), "Comment": "Voided long ago"},
        {"Number": "INV-77", "Comment": "Whose is this?"},
        {"Number": "P-1", "Kind": "Payment", "Comment": "Not mine"},
        {"Number": "INV-4", "Promised for": "03/04/2027", "Comment": "=1+1"},
    )


def test_what_was_typed_is_shown_against_the_book(world: World, ledger: str, tmp_path: Path) -> None:
    at, file = ("--book", ledger), _typed(tmp_path / "Open items.xlsx")
    say(world, "promise", "INV-2=50.00", "--by", "2026-12-24", *at)
    shown = say(world, "take-back", file, *at, "--json")
    assert shown.out, shown.err
    assert (shown.code, shown.document["done"]) == (1, None)
    assert shown.err == "3 comments, 1 promise, 1 dispute would be taken over. Say --yes to do that.\n"
    becomes = {(one["invoice"], one["what"]): (one["becomes"], one["remark"]) for one in shown.document["differences"]}
    assert becomes["INV-1", "promise"] == ("take", "700.00 EUR was open; 600.00 EUR is now.")
    assert becomes["INV-2", "promise"][0] == "meanwhile"
    assert becomes["INV-5", "promise"] == ("refused", "INV-5 is not posted.")
    assert becomes["INV-77", "comment"] == ("refused", "There is no invoice “INV-77” in the book.")
    assert becomes["P-1", "comment"][0] == "refused"
    places = {(one["place"], one["row"], one["column"]) for one in shown.document["problems"]}
    sheet = "Open items.xlsx, sheet Open items"
    assert places == {(sheet, 7, "Promised amount"), (sheet, 11, "Promised for"), (sheet, 11, "Comment")}
    assert say(world, "take-back", file, *at, "--dry-run").code == 0
    assert say(world, "settings", "letterhead.country", "Netherlands", *at).code == 0
    found = say(world, "take-back", file, *at, "--dry-run", "--json").document["differences"]
    assert [one["by"] for one in found if one["row"] == 11] == ["2027-04-03"], "as it is written there"


def test_what_was_typed_comes_back_once(world: World, any_ledger: str, tmp_path: Path) -> None:
    at, file = ("--book", any_ledger), _typed(tmp_path / "Open items.xlsx")
    say(world, "promise", "INV-2=50.00", "--by", "2026-12-24", *at)
    said = say(world, "take-back", file, *at, "--yes")
    assert said.code == 1, "some of it was at fault"
    assert said.err == "7 things typed into Open items.xlsx did not come into the book.\n"
    assert said.out.startswith("3 comments, 1 promise, 1 dispute taken over from Open items.xlsx.\n")
    (promise,) = [one for one in say(world, "promise", *at, "--json").document["promises"] if one["invoice"] == "INV-1"]
    assert (promise["amount"], promise["by"], promise["words"]) == ("600.00", "2026-12-01", "From Open items.xlsx")
    (dispute,) = say(world, "dispute", *at, "--json").document["disputes"]
    assert (dispute["invoice"], dispute["reason"], dispute["contested"]) == ("INV-1", "Quality", "600.00")
    (note,) = say(world, "note", "INV-4", *at, "--json").document["feed"]
    assert note["text"] == "+ half now\nthe rest later"

    again = say(world, "take-back", file, *at, "--yes", "--json")
    assert again.document["done"] is None, "the same workbook twice changes nothing"
    fates = [one["becomes"] for one in again.document["differences"]]
    assert (fates.count("already"), fates.count("meanwhile")) == (5, 1)
    said = say(world, "take-back", file, *at, "--yes", "--meanwhile")
    assert said.out.startswith("1 promise taken over from")
    (promise,) = [one for one in say(world, "promise", *at, "--json").document["promises"] if one["invoice"] == "INV-2"]
    assert (promise["amount"], promise["by"]) == ("200.50", "2026-12-15")

    assert "1 promise withdrawn, 1 promise of before recorded again" in say(world, "undo", *at).err
    assert say(world, "undo", *at, "--yes").code == 0
    undone = say(world, "undo", *at, "--yes")
    assert undone.code == 0, undone.err
    left = say(world, "promise", *at, "--json").document["promises"]
    assert [(one["invoice"], one["amount"], one["by"]) for one in left] == [("INV-2", "50.00", "2026-12-24")]
    assert say(world, "dispute", *at, "--json").document["disputes"] == []
    assert say(world, "note", "INV-4", *at, "--json").document["feed"] == []
    fates = [
        one["becomes"] for one in say(world, "take-back", file, *at, "--dry-run", "--json").document["differences"]
    ]
    assert fates.count("meanwhile") == 6, "what was taken back and undone is asked about"
    assert say(world, "check", *at).code == 0


def test_what_is_no_such_workbook_is_refused(world: World, ledger: str, tmp_path: Path) -> None:
    at = ("--book", ledger)
    doubled = _keep(tmp_path / "doubled.xlsx", head=(*HEAD, "comment"))
    assert "two columns are called “Comment”. Delete one." in say(world, "take-back", doubled, *at).err
    bare = _keep(tmp_path / "bare.xlsx", {"Number": "INV-1"}, head=("Number", "Kind"))
    assert say(world, "take-back", bare, *at).err.startswith("bare.xlsx has no table with a column “Number” and one of")
    text = tmp_path / "a.csv"
    text.write_text("Number,Dispute reason\nINV-1,quality\nINV-2,Wrong colour\n")
    said = say(world, "take-back", str(text), *at, "--dry-run", "--json").document["differences"]
    assert [(one["text"], one["remark"]) for one in said] == [
        ("Quality", None),
        ("Wrong colour", "A reason of its own: it is none of the list."),
    ]
    empty = _keep(tmp_path / "empty.xlsx", {"Number": "INV-1"})
    assert say(world, "take-back", empty, *at).out == "Nothing is to be taken over.\n"


def test_what_is_not_ones_own_to_change_keeps_nothing_else_back(world: World, ledger: str, tmp_path: Path) -> None:
    at = ("--book", ledger)
    for arguments in (("Ana Reyes", "--role", "Supervisor"), ("Bo", "--role", "Clerk")):
        assert say(world, "user", *arguments, *at).code == 0
    say(world, "sharing", "--default", "Public Read", *at)
    say(world, "assign", "INV-1", "--to", "Bo", *at)
    say(world, "assign", "INV-2", "--to", "Ana Reyes", *at)
    day = date(2026, 12, 1)
    rows: list[dict[str, object]] = [
        {"Number": number, "Comment": "Called", "Promised for": day} for number in ("INV-1", "INV-2")
    ]
    file = _keep(tmp_path / "b.xlsx", *rows)
    said = say(replace(world, user="Bo"), "take-back", file, *at, "--yes", "--json")
    assert said.code == 1
    assert said.document["done"] == "2 comments, 1 promise taken over from b.xlsx"
    (left,) = [one for one in said.document["differences"] if one["becomes"] != "taken"]
    assert (left["invoice"], left["what"]) == ("INV-2", "promise")
    assert left["remark"].startswith("Bo (Clerk) may read Invoice INV-2 and not change it.")
    assert [one["invoice"] for one in say(world, "promise", *at, "--json").document["promises"]] == ["INV-1"]
