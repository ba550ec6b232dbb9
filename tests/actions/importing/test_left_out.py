"""An export without some of the amounts of its lines goes in whole: what a file leaves out follows from the rest."""

from decimal import Decimal
from pathlib import Path

import pytest

from actions.importing.imports import bring_in, held, texts
from duedesk.actions.importing.report import ImportOutcome
from duedesk.domain.world import World
from duedesk.store.book import Book

D = Decimal
ACCOUNT = "Id,Name\nA1,Acme\n"
INVOICE = (
    "Id,DocumentNumber,BillingAccountId,InvoiceDate,DueDate,TotalAmount,TotalTaxAmount,TotalAmountWithTax,"
    "CurrencyIsoCode,Status\nI1,INV-1,A1,2026-01-05,2026-02-04,150.00,27.00,177.00,EUR,Posted\n"
)
AMOUNTS = {
    "LineAmount": ("100.00", "-10.00", "60.00", "8.00"),
    "ChargeAmount": ("100.00", "", "60.00", ""),
    "ChargeTaxAmount": ("19.00", "", "8.00", ""),
    "ChargeAmountWithTax": ("119.00", "", "68.00", ""),
    "AdjustmentAmount": ("", "-10.00", "", ""),
    "AdjustmentTaxAmount": ("", "0.00", "", ""),
    "AdjustmentAmountWithTax": ("", "-10.00", "", ""),
}
"""A charge with its own tax, an adjustment without, a charge, and the tax line that names it."""


def files(folder: Path, names: tuple[str, ...]) -> list[Path]:
    lines = [f"Id,InvoiceId,Name,Type,RelatedLineId,TaxAmount,{','.join(names)}"]
    heads = (
        "L1,I1,Plan,Charge,,19.00",
        "L2,I1,Off,Adjustment,L1,0.00",
        "L3,I1,Set,Charge,,0.00",
        "L4,I1,T,Tax,L3,8.00",
    )
    lines += [",".join((head, *(AMOUNTS[name][at] for name in names))) for at, head in enumerate(heads)]
    texts_of = {"Account": ACCOUNT, "Invoice": INVOICE, "InvoiceLine": "\n".join(lines) + "\n"}
    for name, text in texts_of.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return [folder / f"{name}.csv" for name in texts_of]


@pytest.mark.parametrize(
    "names",
    [
        ("LineAmount",),
        ("ChargeAmount", "AdjustmentAmount"),
        ("LineAmount", "ChargeAmount"),
        ("LineAmount", "ChargeAmount", "AdjustmentAmount"),
        ("LineAmount", "ChargeTaxAmount"),
        ("LineAmount", "ChargeAmountWithTax", "AdjustmentAmountWithTax"),
        ("LineAmount", "ChargeAmount", "ChargeTaxAmount", "AdjustmentAmount", "AdjustmentTaxAmount"),
        ("LineAmount", "ChargeAmount", "ChargeAmountWithTax"),
        tuple(AMOUNTS),
    ],
)
def test_what_the_lines_leave_out_follows_from_the_rest(
    book: Book, world: World, tmp_path: Path, names: tuple[str, ...]
) -> None:
    report = bring_in(book, world, *files(tmp_path, names))
    assert report.outcome is ImportOutcome.IMPORTED, texts(report)
    charge = ("name", "charge_amount", "charge_tax_amount", "charge_amount_with_tax")
    assert sorted(held(book, "invoice_line", *charge)) == [
        ("Off", D(0), D(0), D(0)),
        ("Plan", D(100), D(19), D(119)),
        ("Set", D(60), D(8), D(68)),
        ("T", D(0), D(0), D(0)),
    ]
    adjustment = ("adjustment_amount", "adjustment_tax_amount", "adjustment_amount_with_tax")
    assert sorted(held(book, "invoice_line", *adjustment))[0] == (D(-10), D(0), D(-10))
    totals = ("total_charge_amount_with_tax", "total_adjustment_amount_with_tax", "total_amount_with_tax")
    assert held(book, "invoice", *totals) == [(D(187), D(-10), D(177))]
