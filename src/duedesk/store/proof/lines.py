"""Prove every Total* of invoices against their lines, lines against each other, and converted lines against their memo.

The actions work these figures out in Python; here SQL adds up what is stored.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, case, func, or_, select, type_coerce

from duedesk.domain.money import plain
from duedesk.store.proof.findings import Finding
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.columns import Amount
from duedesk.store.tables.crediting import credit_memo_line
from duedesk.store.tables.ledger import credit_memo, invoice, invoice_line

_CONVERSION = "NegativeInvoiceLineConversion"

_line = invoice_line.c


def prove_lines(connection: Connection) -> Iterator[Finding]:
    """Give what does not hold of invoices that have lines."""
    yield from _totals(connection)
    yield from _amounts(connection)
    yield from _conversions(connection)
    yield from _credited(connection)


def sums_of_lines() -> Mapping[str, ColumnElement[Decimal]]:
    """Give, by the column that holds it on the invoice, the sum over lines each total is; to be grouped by invoice.

    A line that was converted to credit counts no more.
    """
    counts = _line.converted_neg_amount == NOTHING

    def added(column: ColumnElement[Decimal], *types: str) -> ColumnElement[Decimal]:
        mine = and_(counts, _line.type.in_(types)) if types else counts
        return type_coerce(func.sum(case((mine, column), else_=NOTHING)), Amount)

    charge, charge_tax = added(_line.line_amount, "Charge"), added(_line.charge_tax_amount, "Charge")
    adjustment = added(_line.line_amount, "Adjustment")
    adjustment_tax = added(_line.adjustment_tax_amount, "Adjustment")
    net, tax = added(_line.line_amount, "Charge", "Adjustment"), added(_line.tax_amount)
    sums = {
        "total_charge_amount": charge,
        "total_charge_tax_amount": charge_tax,
        "total_charge_amount_with_tax": charge + charge_tax,
        "total_adjustment_amount": adjustment,
        "total_adjustment_tax_amount": adjustment_tax,
        "total_adjustment_amount_with_tax": adjustment + adjustment_tax,
        "total_amount": net,
        "total_tax_amount": tax,
        "total_amount_with_tax": net + tax,
        "total_converted_neg_amount": func.sum(_line.converted_neg_amount),
    }
    return {name: type_coerce(added_up, Amount) for name, added_up in sums.items()}


def _totals(connection: Connection) -> Iterator[Finding]:
    sums = (
        select(_line.invoice_id, *(added.label(name) for name, added in sums_of_lines().items()))
        .group_by(_line.invoice_id)
        .subquery("sums")
    )
    names = [name for name in sums.c.keys() if name != "invoice_id"]  # noqa: SIM118 - a collection of columns
    converted = sums.c.total_converted_neg_amount
    differs = [
        invoice.c[name] != sums.c[name] if name != "total_converted_neg_amount" else _conversion_differs(converted)
        for name in names
    ]
    stored = (invoice.c[name].label(f"stored_{name}") for name in names)
    found = select(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code, *stored, sums)
    joined = found.select_from(invoice.join(sums, sums.c.invoice_id == invoice.c.id)).where(or_(*differs))
    for row in connection.execute(joined.order_by(invoice.c.id)).mappings():
        for name in names:
            held, proved = row[f"stored_{name}"], row[name]
            if held != proved and (name != "total_converted_neg_amount" or proved):
                yield _finding(_called(row), _api(name), row["currency_iso_code"], held, proved)


def _conversion_differs(converted: ColumnElement[Decimal]) -> ColumnElement[bool]:
    """What a source says was converted is kept where it does not say of which lines."""
    return and_(converted != NOTHING, invoice.c.total_converted_neg_amount != converted)


def _amounts(connection: Connection) -> Iterator[Finding]:
    """Each charge and adjustment says its own amount with tax; and all tax lies on one of them."""
    for name, kind in (("charge", "Charge"), ("adjustment", "Adjustment")):
        amount, tax, whole = (_line[f"{name}_{part}"] for part in ("amount", "tax_amount", "amount_with_tax"))
        wrong = or_(amount != _line.line_amount, whole != amount + tax)
        found = (
            select(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code, _line.name, _line.line_amount)
            .add_columns(amount.label("amount"), tax.label("tax"), whole.label("whole"))
            .join(invoice_line, _line.invoice_id == invoice.c.id)
            .where(_line.type == kind, wrong)
        )
        for row in connection.execute(found).mappings():
            called = f"{_called(row)}, line “{row['name']}”"
            if row["amount"] != row["line_amount"]:
                yield _finding(called, f"{kind}Amount", row["currency_iso_code"], row["amount"], row["line_amount"])
            else:
                proved = row["amount"] + row["tax"]
                yield _finding(called, f"{kind}AmountWithTax", row["currency_iso_code"], row["whole"], proved)
    lying = type_coerce(func.sum(_line.charge_tax_amount + _line.adjustment_tax_amount), Amount)
    loose = (
        select(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code)
        .add_columns(lying.label("lying"), type_coerce(func.sum(_line.tax_amount), Amount).label("tax"))
        .join(invoice_line, _line.invoice_id == invoice.c.id)
        .group_by(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code)
        .having(lying != func.sum(_line.tax_amount), func.count(case((_line.type != "Tax", 1))) > 0)
    )
    for row in connection.execute(loose).mappings():
        yield _finding(
            _called(row), "tax on charges and adjustments", row["currency_iso_code"], row["lying"], row["tax"]
        )


def _conversions(connection: Connection) -> Iterator[Finding]:
    """What was converted and the memos that came of it are the same amount."""
    memos = (
        select(
            credit_memo.c.source_invoice_id,
            type_coerce(func.sum(credit_memo.c.total_amount_with_tax), Amount).label("credited"),
        )
        .where(credit_memo.c.source_action == _CONVERSION, credit_memo.c.posted_at.is_not(None))
        .group_by(credit_memo.c.source_invoice_id)
        .subquery("memos")
    )
    converted = invoice.c.total_converted_neg_amount
    found = (
        select(invoice.c.id, invoice.c.document_number, invoice.c.currency_iso_code, converted, memos.c.credited)
        .join(memos, memos.c.source_invoice_id == invoice.c.id)
        .where(memos.c.credited != -converted)
    )
    for row in connection.execute(found).mappings():
        held, proved = row["total_converted_neg_amount"], -row["credited"]
        yield _finding(_called(row), "TotalConvertedNegAmount", row["currency_iso_code"], held, proved)


def _credited(connection: Connection) -> Iterator[Finding]:
    """A memo's line that takes an invoice line back is that line's opposite."""
    memo_line = credit_memo_line.c
    own = (memo_line.invoice_line_id == _line.id, credit_memo.c.source_action == _CONVERSION)
    found = (
        select(credit_memo.c.document_number, credit_memo.c.currency_iso_code, memo_line.name)
        .add_columns(memo_line.line_amount.label("credited"), type_coerce(-_line.line_amount, Amount).label("billed"))
        .select_from(credit_memo_line.join(credit_memo, credit_memo.c.id == memo_line.credit_memo_id))
        .join(invoice_line, own[0])
        .where(own[1], or_(memo_line.line_amount != -_line.line_amount, memo_line.tax_amount != -_line.tax_amount))
    )
    for row in connection.execute(found).mappings():
        called = f"Credit memo {row['document_number']}, line “{row['name']}”"
        yield _finding(called, "LineAmount", row["currency_iso_code"], row["credited"], row["billed"])


def _finding(called: str, field: str, currency: str, held: Decimal, proved: Decimal) -> Finding:
    return Finding(called, field, plain(held, currency), plain(proved, currency))


def _called(row: RowMapping) -> str:
    number = row["document_number"]
    return f"Invoice {number}" if number else f"Invoice with key {row['id']}"


def _api(column: str) -> str:
    return "".join(part.capitalize() for part in column.split("_"))
