"""Policies, holds and promises go out of one book as files and into another; what letters made of an invoice stays."""

from pathlib import Path

from actions.importing.imports import bring_in, made, texts
from duedesk.actions.calls.exporting import export_query
from duedesk.actions.dunning.proposing import proposal
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.workspace import Workspace
from duedesk.domain.filters import Filter
from duedesk.domain.world import World
from duedesk.store.book import Book
from duedesk.store.queries.dunning.policies import policy_called
from duedesk.store.queries.lists import listing

FILES = {
    "Account.csv": "Id,Name,IsPersonAccount,DunningPolicyId\nA1,Acme Ltd,true,strict\n",
    "Invoice.csv": "Id,DocumentNumber,BillingAccountId,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,Status,"
    "DunningLevel,LastDunnedDate,DunningPolicyId\nI1,INV-1,A1,2026-01-01,2026-02-01,100,EUR,Posted,2,2026-03-01,\n"
    "I2,INV-2,A1,2026-01-01,2026-02-01,50,EUR,Posted,0,,STANDARD\n",
    "DunningPolicy.csv": "Id,Name,LetterPer,IsDefault\nP1,Strict,invoice,true\n,Standard,account,false\n",
    "DunningLevel.csv": "Id,DunningPolicyId,Number,Name,DaysOverdue\nL1,Strict,1,First,3\nL2,P1,2,Second,10\n",
    "DunningLevelAmount.csv": "Id,DunningLevelId,CurrencyIsoCode,MinimumAmount\nM1,L1,EUR,20.00\n",
    "DunningHold.csv": "Id,InvoiceId,ReasonCode,StartDate,EndDate,RecordedBy\nH1,INV-1,Fraud,2026-01-01,2026-12-31,B\n",
    "PaymentPromise.csv": "Id,InvoiceId,PromisedAmount,CurrencyIsoCode,PromiseDate\nX1,I2,20,EUR,2026-11-30\n",
}


def test_what_keeps_letters_back_comes_in_by_files_and_goes_out_again(book: Book, world: World, tmp_path: Path) -> None:
    places = []
    for name, content in FILES.items():
        places.append(tmp_path / name)
        places[-1].write_text(content, encoding="utf-8")
    workspace = Workspace(book, world)
    report = bring_in(book, world, *places)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    strict = workspace.ask(policy_called, "Strict")
    assert (strict.letter_per, strict.is_default, [one.name for one in strict.levels]) == (
        "invoice", False, ["First", "Second"]
    )  # fmt: skip
    assert {str(amount) for one in strict.levels for amount in one.minimums.values()} == {"20.0000"}
    found = proposal(workspace, world.today())
    assert {item.number: f"{item.asked:.0f}" for _, item in found.items} == {"INV-2": "30"}
    assert [found.policies[one.policy_key].name for one in found.letters] == ["Standard"]
    (account,) = workspace.ask(listing.rows, Filter(world.today(), object="Account"), ["DunningPolicyId"], [1])
    assert account.values == ("P1",)
    assert [str(one.reason.why) for one in found.left_out] == ["on hold"]
    out = tmp_path / "out.csv"
    assert export_query(workspace, "SELECT Id, Name, RecordedBy FROM DunningHold", out) == 1
    assert out.read_text(encoding="utf-8-sig").splitlines()[1] == '"H1","H1","Ana Reyes"'
    places[0].write_text(FILES["Account.csv"] + "A2,Zeta Ltd,false,nobody's\n", encoding="utf-8")
    places[5].write_text(FILES["DunningHold.csv"] + "\n", encoding="utf-8")
    assert made(bring_in(book, world, places[0], places[5])) == {"Account": 1}


def test_levels_that_make_no_sense_keep_the_file_out(file_book: Book, world: World, tmp_path: Path) -> None:
    place = tmp_path / "DunningLevel.csv"
    place.write_text("Id,DunningPolicyId,Number,Name,DaysOverdue\nL4,Standard,5,Fifth,90\n", encoding="utf-8")
    report = bring_in(file_book, world, place)
    assert report.outcome is not ImportOutcome.IMPORTED
    assert any("Levels are numbered 1, 2, 3 without a gap" in text for text in texts(report))
