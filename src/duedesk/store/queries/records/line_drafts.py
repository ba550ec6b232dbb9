"""The lines of an invoice as a person would write them down, to be edited and set again; it prices nothing."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.domain.errors import RequestError
from duedesk.domain.line_pricing import GROSS, LineDraft, price
from duedesk.domain.line_totals import LineFigures, LineType, total, with_tax_assigned
from duedesk.domain.money import ZERO, round_amount
from duedesk.store.tables.ledger import invoice, invoice_line


def line_drafts(connection: Connection, invoice_key: int) -> tuple[LineDraft, ...]:
    """Give the lines of an invoice as drafts that come to the same amounts.

    A tax line over the whole invoice is given as the rate, or the tax, of each line it lies on.
    """
    own = select(invoice.c.currency_iso_code, invoice.c.tax_locale_type).where(invoice.c.id == invoice_key)
    currency, locale = connection.execute(own).one()
    rows = stored_lines(connection, invoice_key)
    assigned = {one.key: one.tax for one in with_tax_assigned(line_figures(rows), currency)}
    loose = [row for row in rows if row.type == LineType.TAX and row.related_line_id is None]
    shown = [row for row in rows if row not in loose]
    places = {row.id: place for place, row in enumerate(shown)}
    drafts = [_draft(row, places, currency, locale) for row in shown]
    by_rate = [_taxed_by_rate(draft, loose) for draft in drafts]
    if _comes_to_the_same(by_rate, rows, currency, locale):
        return tuple(by_rate)
    named: dict[int, Decimal] = {}
    for row in rows:
        if row.type == LineType.TAX and row.related_line_id is not None:
            named[row.related_line_id] = named.get(row.related_line_id, ZERO) + row.tax_amount
    carried = {row.id: assigned[row.id] - named.get(row.id, ZERO) for row in shown if row.type != LineType.TAX}
    return tuple(
        replace(draft, tax_amount=carried.get(row.id, row.tax_amount)) for row, draft in zip(shown, drafts, strict=True)
    )


def stored_lines(connection: Connection, invoice_key: int) -> Sequence[Row[Any]]:
    """Give the rows of an invoice's lines in the order they were written."""
    found = select(invoice_line).where(invoice_line.c.invoice_id == invoice_key).order_by(invoice_line.c.id)
    return connection.execute(found).all()


def line_figures(rows: Sequence[Row[Any]]) -> tuple[LineFigures, ...]:
    """Give the amounts of lines as they are stored."""
    return tuple(
        LineFigures(
            row.id,
            LineType(row.type),
            row.line_amount,
            row.tax_amount,
            row.related_line_id,
            row.adjustment_tax_amount if row.type == LineType.ADJUSTMENT else row.charge_tax_amount,
            row.converted_neg_amount,
        )
        for row in rows
    )


def _draft(row: Row[Any], places: dict[int, int], currency: str, locale: str | None) -> LineDraft:
    """Give a line as it was written; on an invoice priced with tax, its amount beside a price before tax."""
    is_gross, is_tax = row.gross_unit_price is not None, row.type == LineType.TAX
    unit_price = None if is_gross or is_tax else row.unit_price
    quantity: Decimal | None = None if is_tax else row.quantity
    if unit_price is not None and _product(quantity, unit_price, currency) != row.line_amount:
        unit_price = None
    is_worked_out = is_gross or (unit_price is not None and locale != GROSS) or (is_tax and row.tax_rate is not None)
    return LineDraft(
        name=row.name,
        type=row.type,
        quantity=quantity,
        unit_price=unit_price,
        gross_unit_price=row.gross_unit_price,
        amount=None if is_worked_out else row.line_amount,
        tax_rate=row.tax_rate,
        tax_amount=row.tax_amount if row.tax_amount and row.tax_rate is None and not is_tax else None,
        tax_name=row.tax_name or "",
        tax_code=row.tax_code or "",
        related=places.get(row.related_line_id),
        charge_type=row.charge_type,
        service_from=row.invoice_line_start_date,
        service_to=row.invoice_line_end_date,
        description=row.description or "",
    )


def _product(quantity: Decimal | None, unit_price: Decimal, currency: str) -> Decimal:
    return round_amount((Decimal(1) if quantity is None else quantity) * unit_price, currency)


def _taxed_by_rate(draft: LineDraft, loose: Sequence[Row[Any]]) -> LineDraft:
    if len(loose) != 1 or draft.type == LineType.TAX or draft.tax_rate is not None or loose[0].tax_rate is None:
        return draft
    (tax,) = loose
    return replace(draft, tax_rate=tax.tax_rate, tax_name=tax.tax_name or "", tax_code=tax.tax_code or "")


def _comes_to_the_same(
    drafts: Sequence[LineDraft], rows: Sequence[Row[Any]], currency: str, locale: str | None
) -> bool:
    try:
        priced = price(drafts, currency=currency, locale=locale)
    except RequestError:
        return False
    made, held = total(line.figures for line in priced), total(with_tax_assigned(line_figures(rows), currency))
    return made.columns() == held.columns()
