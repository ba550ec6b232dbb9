"""`duedesk dun --commit` and `--due`, `letters`, `show` of one, `cancel-letter` and `send-guard`."""

from pathlib import Path

from cli.sessions import AS_OF, say
from duedesk.domain.world import World


def test_letters_are_issued_listed_shown_and_taken_back(world: World, any_ledger: str, tmp_path: Path) -> None:
    book, out = ("--book", any_ledger), tmp_path / "letters"
    assert say(world, "letters", *book).out == "No letter was issued.\n"
    said = say(world, "dun", "--as-of", AS_OF, "--commit", "--key", "april", *book, "--out", str(out))
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[-2:] == [
        "Dunning run DR-2026-00001 issued 2 letters.",
        f"2 PDFs written to {out}.",
    ]
    assert sorted(one.read_bytes()[:5] for one in out.iterdir()) == [b"%PDF-", b"%PDF-"]
    assert said.out.startswith("The newest payment is of 10 Feb 2026, 286 days ago; nothing was imported.")
    again = say(world, "dun", "--as-of", AS_OF, "--commit", "--key", "april", *book, "--json").document
    assert (again["run"], again["already_issued"], again["dropped"]) == ("DR-2026-00001", True, [])
    (acme, _) = again["letters"]
    shown = say(world, "show", "dl-2026-00001", *book, "--json").document
    assert shown == {"object": "DunningLetter", **acme}
    assert {name: shown[name] for name in ("account", "unapplied", "total", "status", "dated")} == {
        "account": "Acme Ltd", "unapplied": "-130.00", "total": "470.00", "status": "Issued", "dated": AS_OF
    }  # fmt: skip
    assert [one["invoice"] for one in shown["items"]] == ["INV-1"]
    assert "INV-1    2026-02-04       65   600.00  600.00  0 to 1" in say(world, "show", "DL-2026-00001", *book).out
    assert say(world, "dun", "--as-of", AS_OF, "--commit", *book).out.endswith("There was nothing to issue.\n")
    listed = say(world, "letters", "--invoice", "INV-1", *book, "--json").document["letters"]
    assert [one["letter"] for one in listed] == ["DL-2026-00001"]
    assert say(world, "letters", "--run", "DR-2026-00001", *book, "--json").document["letters"][1] == listed[0]
    (ran,) = say(world, "dunning-runs", "dr-2026-00001", *book, "--json").document["runs"]
    assert (ran["letters"], ran["issued_by"], ran["dropped"]) == (2, "Ana Reyes", [])
    printed = say(
        world, "letter-print", "--run", "DR-2026-00001", "--out", str(out / "all.pdf"), "--mark-printed", *book
    )
    assert printed.out.endswith("2 letters printed.\n")
    would = say(world, "cancel-letter", "DL-2026-00001", "--dry-run", *book).out.splitlines()
    assert would == ["Would cancel DL-2026-00001; nothing is done.", "INV-1: level 1 to 0"]
    said = say(world, "cancel-letter", "DL-2026-00001", "--reason", "Paid by post", *book)
    assert said.out == "Letter DL-2026-00001 cancelled: Paid by post.\n"
    assert say(world, "cancel-letter", "DL-2026-00009", "--reason", "No", *book).err == (
        "There is no letter “DL-2026-00009” in the book. `duedesk letters` lists them.\n"
    )
    assert "Cancelled" in say(world, "letters", "--account", "Acme Ltd", *book).out
    assert say(world, "check", *book).code == 0


def test_a_proposal_is_held_against_the_last_run(world: World, ledger: str) -> None:
    book = ("--book", ledger)
    first = say(world, "dun", "--compare", "--as-of", AS_OF, *book, "--json").document
    assert (first["run"], len(first["new"]), first["gone"]) == (None, 2, [])
    say(world, "dun", "--as-of", AS_OF, "--commit", *book)
    found = say(world, "dun", "--compare", *book, "--json").document
    assert (found["run"], found["run_date"]) == ("DR-2026-00001", AS_OF)
    (raised, *_) = found["raised"]
    assert (raised["invoice"], raised["level_then"], raised["level_now"]) == ("INV-1", 1, 2)
    said = say(world, "dun", "--compare", "dr-2026-00001", "--as-of", AS_OF, *book).out
    assert "Gone: in the run, and in no letter now (2)" in said
    assert say(world, "dun", "--compare", "DR-9", *book).err.startswith("There is no run DR-9.")


def test_a_timer_issues_only_what_may_go_by_itself(world: World, ledger: str) -> None:
    book = ("--book", ledger)
    said = say(world, "dun", "--due", *book)
    assert (said.code, said.err.splitlines()) == (
        0,
        [
            "3 letters wait for somebody to look: `duedesk dun`, then --commit.",
            "No policy may go by itself: `duedesk send-guard --alone POLICY` says which may.",
        ],
    )
    assert say(world, "dun", "--due", "--as-of", AS_OF, *book).err.startswith("--due issues what is due today.")
    said = say(world, "send-guard", "--alone", "Standard", "--days", "30", *book)
    assert said.out.splitlines()[1:] == [
        "Letters stop where the newest payment is older than 30 days.",
        "Standard may be issued by `duedesk dun --due` with nobody looking.",
    ]
    said = say(world, "dun", "--due", *book)
    assert (said.code, said.err.endswith("Import the newest bank file first, or say --override WHY.\n")) == (1, True)
    said = say(world, "dun", "--due", "--override", "No bank here", *book)
    assert "issued 3 letters; by an old book: No bank here.\n3 queued" in said.out
    assert say(world, "send-guard", "--no-limit", *book, "--json").document["limit_days"] is None


def test_a_file_says_what_was_decided_on_a_proposal(world: World, ledger: str, tmp_path: Path) -> None:
    book, decided = ("--book", ledger, "--as-of", AS_OF), tmp_path / "decided.json"
    acme, _ = (one["key"] for one in say(world, "dun", *book, "--json").document["letters"])
    decided.write_text(
        f'{{"invoices": {{"INV-4": {{"words": "Ask Eve"}}}}, "notes": {{"{acme}": "By hand"}}}}', "utf-8"
    )
    wanted = ("--commit", "--triage", str(decided), "--waive", f"{acme}=Goodwill", "--json")
    (letter,) = say(world, "dun", *book, *wanted).document["letters"]
    assert (letter["account"], letter["note"]) == ("Acme Ltd", "By hand")
    for text, sentence in (
        ("[]", f"{decided} holds no decisions."),
        ('{"letter": {}}', f"{decided} decides on “letter”, which nothing is called."),
        ('{"invoices": {"INV-44": {"words": "Ask Eve"}}}', "Invoice “INV-44” is in no letter that is proposed."),
    ):
        decided.write_text(text, "utf-8")
        assert say(world, "dun", *book, *wanted[:3]).err.startswith(sentence)
    decided.write_text('{"letters": {"99/EUR/1": {"words": "Ask Eve"}}}', "utf-8")
    said = say(world, "dun", *book, *wanted[:3])
    assert said.err == "What was decided on 99/EUR/1 is left aside: no such letter is proposed.\n"
    refused = say(world, "dun", *book, "--commit", "--waive", "99/EUR/1=Goodwill")
    assert refused.err.startswith("No letter “99/EUR/1” is proposed.")
    assert say(world, "dun", *book, "--out", str(tmp_path)).code == 2
