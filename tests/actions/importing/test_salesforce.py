"""A Salesforce export goes in without a mapping and comes out the same by `query`; what disagrees in it is listed."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from actions.access.people import at_the_desk, keep_person
from actions.importing.imports import bring_in, held, texts
from actions.importing.org import AS_OF, Org, own_fields
from actions.importing.org_making import make_org
from duedesk.actions.calls import query
from duedesk.actions.calls.exporting import export_query
from duedesk.actions.importing.report import ImportOutcome
from duedesk.actions.workspace import Workspace
from duedesk.domain.access import Role
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World
from duedesk.store.book import Book

WHOLE = (
    *("Account", "Contact", "PaymentTerm", "PaymentTermItem", "InvoiceBatchRun", "Invoice", "InvoiceLine", "Payment"),
    *("PaymentLineInvoice", "CreditMemo", "CreditMemoLine", "CreditMemoInvApplication", "Refund", "PaymentSchedule"),
    *("PaymentScheduleItem", "InvoiceShare", "GroupMember"),
)
"""Objects that come out field for field."""


def asked(workspace: Workspace, object_name: str) -> dict[str, dict[str, Any]]:
    """Ask for every field of Salesforce of every record, by Id."""
    names = ", ".join(one.name for one in own_fields(object_name))
    return {
        str(row["Id"]): dict(row) for row in query(workspace, f"SELECT {names} FROM {object_name}", as_of=AS_OF).rows
    }


def expected(org: Org, object_name: str) -> dict[str, dict[str, Any]]:
    names = [one.name for one in own_fields(object_name)]
    return {record["Id"]: {name: record.get(name) for name in names} for record in org.records.get(object_name, ())}


def compare(org: Org, workspace: Workspace) -> None:
    """See that every value of every record comes out as it went in."""
    for object_name in WHOLE:
        there, should = asked(workspace, object_name), expected(org, object_name)
        assert there.keys() == should.keys(), object_name
        different = [
            (object_name, key, name, there[key][name], value)
            for key, record in should.items()
            for name, value in record.items()
            if there[key][name] != value
        ]
        assert different == []
    owners = {**expected(org, "User"), **{one["Id"]: {**one, "Type": "Group"} for one in org.records["Group"]}}
    for key, row in asked(workspace, "User").items():
        assert row == {name: owners[key].get(name) for name in row}


@pytest.mark.parametrize("seed", range(3))
def test_an_export_goes_in_without_a_mapping_and_comes_out_the_same(
    book: Book, world: World, shared: Path, tmp_path: Path, seed: int
) -> None:
    org = make_org(seed, shared)
    report = bring_in(book, world, *org.write(tmp_path))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)[:10]
    assert report.mismatches == ()
    assert (report.error_count, report.question_count) == (0, 0)
    workspace = Workspace(book, world)
    compare(org, workspace)
    assert held(book, "invoice_feed", "body", "inserted_by") == [("Called: pays on Friday.", "Bo Lind")]


def test_every_column_of_the_reference_is_taken_compared_or_told_as_left_out(
    file_book: Book, world: World, shared: Path, tmp_path: Path
) -> None:
    org = make_org(7, shared, invoices=12)
    report = bring_in(file_book, world, *org.write(tmp_path))
    for file in report.files:
        object_name = file.name.removesuffix(".csv")
        columns = set(org.columns(object_name))
        left_out = set(file.not_taken)
        assert left_out < columns
        if CATALOG.has(object_name):
            kept = {one.name for one in CATALOG.object(object_name).fields}
            calculated = {"DaysInvoiceOverdue", "DaysInvoiceOpen", "HasBeenUnapplied", "ImpactAmount"}
            assert left_out & kept <= calculated, file.name
            assert columns - kept <= left_out | {"InsertedById", "CreatedById"}, file.name


def test_what_was_exported_goes_into_another_book_and_is_the_same_there(
    file_book: Book, server_book: Book, world: World, shared: Path, tmp_path: Path
) -> None:
    org = make_org(11, shared, invoices=12)
    bring_in(file_book, world, *org.write(tmp_path))
    out = tmp_path / "out"
    out.mkdir()
    files = []
    for object_name in (*WHOLE, "User"):
        names = ", ".join(one.name for one in own_fields(object_name))
        path = out / f"{object_name}.csv"
        export_query(Workspace(file_book, world), f"SELECT {names} FROM {object_name}", path, as_of=AS_OF, raw=True)
        files.append(path)
    report = bring_in(server_book, world, *files)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)[:10]
    compare(org, Workspace(server_book, world))


def test_the_same_export_again_changes_nothing(file_book: Book, world: World, shared: Path, tmp_path: Path) -> None:
    org = make_org(3, shared, invoices=12)
    bring_in(file_book, world, *org.write(tmp_path))
    again = tmp_path / "again"
    again.mkdir()
    report = bring_in(file_book, world, *org.write(again))
    assert report.outcome is ImportOutcome.NOTHING_NEW, texts(report)[:10]


def test_figures_that_disagree_with_the_applications_come_in_and_every_one_is_listed(
    book: Book, world: World, shared: Path, tmp_path: Path
) -> None:
    org = make_org(5, shared, invoices=20)
    paid = [one for one in org.records["Invoice"] if one["SettlementStatus"] in {"Settled", "Partially Settled"}]
    first, second = paid[0], paid[1]
    right = {one["Id"]: dict(one) for one in (first, second)}
    first["NetPaymentsApplied"] += 1
    first["Balance"] = right[first["Id"]]["TotalAmountWithTax"]
    second["SettlementStatus"] = "Not Settled"
    payment = next(one for one in org.records["Payment"] if one["Status"] == "Processed")
    payment["NetApplied"] += 2
    first["TotalChargeTaxAmount"] += 3
    report = bring_in(book, world, *org.write(tmp_path))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    listed = {(one.object, one.record, one.field): (one.theirs, one.ours) for one in report.mismatches}

    def written(record: dict[str, Any], amount: Decimal) -> str:
        digits = 0 if record["CurrencyIsoCode"] == "JPY" else 2
        return f"{amount:.{digits}f} {record['CurrencyIsoCode']}"

    was = right[first["Id"]]
    number = first["DocumentNumber"]
    assert listed == {
        ("Invoice", number, "NetPaymentsApplied"): (
            written(was, was["NetPaymentsApplied"] + 1),
            written(was, was["NetPaymentsApplied"]),
        ),
        ("Invoice", number, "Balance"): (written(was, was["TotalAmountWithTax"]), written(was, was["Balance"])),
        ("Invoice", number, "TotalChargeTaxAmount"): (
            written(was, was["TotalChargeTaxAmount"] + 3),
            written(was, was["TotalChargeTaxAmount"]),
        ),
        ("Invoice", second["DocumentNumber"], "SettlementStatus"): (
            "Not Settled",
            right[second["Id"]]["SettlementStatus"],
        ),
        ("Payment", payment["PaymentNumber"], "NetApplied"): (
            written(payment, payment["NetApplied"]),
            written(payment, payment["NetApplied"] - 2),
        ),
    }
    assert all(one.problem in report.problems for one in report.mismatches)
    assert imported_figures(Workspace(book, world)) == {
        number: (was["TotalAmountWithTax"], was["NetPaymentsApplied"] + 1, None),
        second["DocumentNumber"]: (None, None, "Not Settled"),
    }


def imported_figures(workspace: Workspace) -> dict[str, tuple[Any, ...]]:
    """Ask for what invoices keep of the figures of their source."""
    found = query(
        workspace,
        "SELECT DocumentNumber, ImportedBalance, ImportedNetPaymentsApplied, ImportedSettlementStatus FROM Invoice "
        "WHERE ImportedBalance != NULL OR ImportedNetPaymentsApplied != NULL OR ImportedSettlementStatus != NULL",
    )
    return {str(number): tuple(rest) for number, *rest in (row.values() for row in found.rows)}


def test_however_many_figures_disagree_each_is_listed(file_book: Book, world: World, tmp_path: Path) -> None:
    rows = [f"I{n},INV-{n},A1,2026-01-05,2026-02-04,10.00,5.00,1.00,0.00,Settled,EUR,Posted" for n in range(300)]
    columns = (
        "Id,DocumentNumber,BillingAccountId,InvoiceDate,DueDate,TotalAmountWithTax,Balance,NetPaymentsApplied,"
        "NetCreditsApplied,SettlementStatus,CurrencyIsoCode,Status"
    )
    (tmp_path / "Invoice.csv").write_text("\n".join([columns, *rows]) + "\n")
    (tmp_path / "Account.csv").write_text("Id,Name\nA1,Acme\n")
    report = bring_in(file_book, world, tmp_path / "Account.csv", tmp_path / "Invoice.csv")
    assert len(report.mismatches) == 900
    assert report.warning_count == 900
    assert (
        report.mismatches[0].problem.text
        == "Invoice INV-0: the file says 5.00 EUR is open, here it is 10.00 EUR; both are kept."
    )
    assert report.mismatches[2].problem.text == (
        "Invoice INV-0: the file says SettlementStatus is Settled, its applications make it Not Settled; both are kept."
    )


def _export(folder: Path, **texts_by_name: str) -> list[Path]:
    paths = []
    for name, text in texts_by_name.items():
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


ACCOUNT = "Id,Name\nA1,Acme\n"
INVOICE = (
    "Id,DocumentNumber,BillingAccountId,InvoiceDate,DueDate,TotalAmountWithTax,CurrencyIsoCode,Status,TaxLocaleType,"
    "InvoiceBatchRunId\nI1,INV-1,A1,2026-01-05,2026-02-04,10.00,EUR,Posted,Automatic,5BR000000000009AAA\n"
)


def test_values_that_only_salesforce_has_stand_for_what_they_mean(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    payments = (
        "Id,PaymentNumber,AccountId,Amount,EffectiveDate,Status,CurrencyIsoCode\n"
        "P1,P-1,A1,5.00,2026-02-01,Pending,EUR\nP2,P-2,A1,5.00,2026-02-01,Failed,EUR\n"
        "P3,P-3,A1,5.00,2026-02-01,Processed,EUR\n"
    )
    refunds = (
        "Id,RefundNumber,AccountId,PaymentID,Amount,EffectiveDate,Status,CurrencyIsoCode\n"
        "R1,R-1,A1,P3,1.00,2026-02-02,Pending,EUR\nR2,R-2,A1,,1.00,2026-02-02,Processed,EUR\n"
    )
    report = bring_in(
        file_book, world, *_export(tmp_path, Account=ACCOUNT, Invoice=INVOICE, Payment=payments, Refund=refunds)
    )
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert held(file_book, "payment", "status") == [("Draft",), ("Canceled",), ("Processed",)]
    assert held(file_book, "refund", "refund_number", "status") == [("R-1", "Canceled")]
    assert held(file_book, "invoice", "tax_locale_type") == [(None,)]
    assert held(file_book, "invoice_batch_run", "external_id", "status") == [("5BR000000000009AAA", "Completed")]
    notes = " ".join(report.notes)
    for words in (
        "“Automatic” is no tax locale here, and is left empty",
        "“Pending” is read as Draft",
        "Batch runs that are not in the files are kept under their Ids.",
        "refunds that name no payment of the files are left out",
    ):
        assert words in notes, notes


def test_history_of_another_system_is_left_out_and_the_rest_goes_in(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    history = "Id,InvoiceId,Field,OldValue,NewValue,CreatedDate\nH1,I1,Status,Draft,Posted,2026-01-05T10:00:00Z\n"
    report = bring_in(file_book, world, *_export(tmp_path, Account=ACCOUNT, Invoice=INVOICE, InvoiceHistory=history))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert any(note.startswith("InvoiceHistory.csv is left out: the book keeps a history") for note in report.notes)


def test_instalments_that_do_not_make_up_their_invoice_are_left_out_with_both_figures(
    file_book: Book, world: World, tmp_path: Path
) -> None:
    schedules = "Id,ReferenceEntityId,Status,TotalRequestedAmount,CurrencyIsoCode\nS1,I1,Ready,10.00,EUR\n"
    items = (
        "Id,PaymentScheduleId,TargetPaymentProcessingDate,RequestedAmount,CurrencyIsoCode\n"
        "N1,S1,2026-01-20,4.00,EUR\nN2,S1,2026-02-04,5.00,EUR\n"
    )
    files = _export(tmp_path, Account=ACCOUNT, Invoice=INVOICE, PaymentSchedule=schedules, PaymentScheduleItem=items)
    report = bring_in(file_book, world, *files)
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    assert held(file_book, "payment_schedule", "id") == []
    assert any(
        "its instalments add up to 9.00 EUR until 2026-02-04, it is of 10.00 EUR" in one for one in texts(report)
    )


HEADERS = {
    "Refund": "Id,PaymentID,Amount,EffectiveDate,Status,CurrencyIsoCode",
    "CreditMemoLine": "Id,CreditMemoId,Name,Type,LineAmount,TaxAmount",
    "InvoiceShare": "Id,ParentId,UserOrGroupId,AccessLevel,RowCause",
    "PaymentTermItem": "Id,PaymentTermId,Name,Period,PeriodUnit,Type",
}


@pytest.mark.parametrize(
    ("name", "row", "why"),
    [
        (
            "Refund",
            "R1,P1,6.00,2026-02-02,Processed,EUR",
            "6.00 EUR",
        ),
        (
            "Refund",
            "R1,P1,0,2026-02-02,Processed,EUR",
            "refund is of",
        ),
        (
            "Refund",
            "R1,P1,1.00,2026-02-02,Processed,USD",
            "in USD",
        ),
        (
            "CreditMemoLine",
            "L1,M1,x,Charge,2.00,0",
            "add up to 2.00 EUR",
        ),
        (
            "CreditMemoLine",
            "L1,M9,x,Charge,2.00,0",
            "no credit memo “M9”",
        ),
        ("CreditMemoLine", "L1,M1,x,Charge,,0", "has no amount"),
        (
            "InvoiceShare",
            "S1,I9,005000000000001AAA,Read,Manual",
            "no invoice “I9”",
        ),
        (
            "PaymentTermItem",
            "T1,X,All,30,Days,Period-Based",
            "no payment term “X”",
        ),
    ],
)
def test_what_does_not_fit_together_is_refused(
    file_book: Book, world: World, tmp_path: Path, name: str, row: str, why: str
) -> None:
    payments = (
        "Id,PaymentNumber,AccountId,Amount,EffectiveDate,Status,CurrencyIsoCode\n"
        "P1,P-1,A1,5.00,2026-02-01,Processed,EUR\n"
    )
    memos = (
        "Id,DocumentNumber,BillingAccountId,Status,CreditDate,EffectiveDate,TotalAmountWithTax,CurrencyIsoCode\n"
        "M1,CM-1,A1,Posted,2026-02-01,2026-02-01,3.00,EUR\n"
    )
    files = _export(
        tmp_path,
        Account=ACCOUNT,
        Invoice=INVOICE,
        Payment=payments,
        CreditMemo=memos,
        **{name: f"{HEADERS[name]}\n{row}\n"},
    )
    report = bring_in(file_book, world, *files)
    assert report.outcome is ImportOutcome.REFUSED
    assert any(why in one for one in texts(report)), texts(report)


def test_mismatches_are_in_the_json_of_the_terminal_and_in_its_text(world: World, tmp_path: Path) -> None:
    from cli.sessions import say

    invoice = INVOICE.replace("InvoiceBatchRunId", "Balance").replace("5BR000000000009AAA", "7.00")
    files = [str(path) for path in _export(tmp_path, Account=ACCOUNT, Invoice=invoice)]
    said = say(world, "import", *files, "--book", str(tmp_path / "a.duedesk"), "--json")
    assert said.document["mismatches"] == [
        {
            "file": "Invoice.csv",
            "row": 2,
            "object": "Invoice",
            "record": "INV-1",
            "field": "Balance",
            "in_file": "7.00 EUR",
            "in_book": "10.00 EUR",
        }
    ]
    assert json.dumps(said.document["problems"]).count("7.00 EUR is open") == 1
    said = say(world, "import", *files, "--book", str(tmp_path / "b.duedesk"))
    assert "1 figure of the files differ from what their applications make:" in said.out
    assert [line.split() for line in said.out.splitlines() if "INV-1" in line] == [
        ["2", "Invoice", "INV-1", "Balance", "7.00", "EUR", "10.00", "EUR"]
    ]


def test_the_export_is_as_data_loader_writes_it(file_book: Book, world: World, shared: Path, tmp_path: Path) -> None:
    org = make_org(1, shared, invoices=6)
    for path in org.write(tmp_path):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        assert {"Id", "CreatedDate", "IsDeleted"} <= set(header)
        assert all(len(row[header.index("Id")]) == 18 for row in rows)


def test_a_file_does_nothing_that_its_reader_may_not_do_by_hand(file_book: Book, world: World, tmp_path: Path) -> None:
    keep_person(file_book, "Fin", Role.FINANCE)
    keep_person(file_book, "Cleo", Role.CLERK)
    at = at_the_desk(file_book, world, "Cleo")
    shares = f"{HEADERS['InvoiceShare']}\nS1,I1,005000000000001AAA,Read,Manual\n"
    with pytest.raises(RequestError, match=r"Cleo .* may not"):
        bring_in(at.book, at.world, *_export(tmp_path, Account=ACCOUNT, Invoice=INVOICE, InvoiceShare=shares))
    assert held(at.book, "account", "id") == []
