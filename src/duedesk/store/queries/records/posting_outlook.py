"""What posting a draft would set, before it is posted: its day, when it is due, in which parts, its number series."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import Connection, select

from duedesk.domain.errors import RequestError
from duedesk.domain.life_cycle import called
from duedesk.domain.line_totals import LineType, total, with_tax_assigned
from duedesk.domain.money import ZERO
from duedesk.domain.numbering import DEFAULTS, Series
from duedesk.domain.payment_terms import Discount, Instalment
from duedesk.domain.posting import Postable, terms_of
from duedesk.store.queries.records.line_drafts import line_figures, stored_lines
from duedesk.store.queries.terms import default_term, number_series_list, terms
from duedesk.store.tables.ledger import invoice
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class PostingOutlook:
    """What would stand on the invoice; `term` is empty where none holds, `negative` what negative charges come to."""

    named: str
    currency: str
    total: Decimal
    invoice_date: date
    due_date: date
    parts: tuple[Instalment, ...]
    discount: Discount | None
    term: str
    series_name: str
    series: Series
    number: str
    negative: Decimal


def posting_outlook(connection: Connection, key: int, on: date) -> PostingOutlook:
    """Give what posting an invoice on a day would set; RequestError where it is gone, or due beyond the calendar."""
    row = connection.execute(select(invoice).where(invoice.c.id == key)).first()
    if row is None:
        raise RequestError("That invoice is no longer in the book.", "Refresh the list.")
    lines = with_tax_assigned(line_figures(stored_lines(connection, key)), row.currency_iso_code)
    asked = Postable(
        named=called(row.document_number, row.id, row.status),
        status=row.status,
        currency=row.currency_iso_code,
        total=total(lines).with_tax if lines else row.total_amount_with_tax,
        line_count=len(lines),
        invoice_date=row.invoice_date,
        due_date=None if row.is_due_date_derived else row.due_date,
        should_exclude_payment=row.should_exclude_payment,
        payment_exclusion_reason=row.payment_exclusion_reason or "",
    )
    own = select(account.c.payment_term_id).where(account.c.id == row.billing_account_id)
    term_key = row.payment_term_id or connection.scalar(own) or default_term(connection)
    term = next((one for one in terms(connection) if one.key == term_key), None)
    set_ = terms_of(asked, None if term is None else term.term, on=on)
    series_name, series = _series(connection, row.number_series_id)
    return PostingOutlook(
        named=asked.named,
        currency=row.currency_iso_code,
        total=asked.total,
        invoice_date=row.invoice_date or on,
        due_date=set_.due_date,
        parts=set_.parts,
        discount=set_.discount,
        term="" if term is None else term.name,
        series_name=series_name,
        series=series,
        number=row.document_number or "",
        negative=sum(
            (one.line_amount + one.tax for one in lines if _is_negative_charge(one.type, one.line_amount)), ZERO
        ),
    )


def _is_negative_charge(kind: LineType, amount: Decimal) -> bool:
    return kind is LineType.CHARGE and amount < 0


def _series(connection: Connection, key: int | None) -> tuple[str, Series]:
    """Give the series by name: the invoice's, else the default one, else what a book begins with."""
    own = [one for one in number_series_list(connection) if one.object == "Invoice"]
    found = next((one for one in own if one.key == key or (key is None and one.is_default)), None)
    return ("", DEFAULTS["Invoice"]) if found is None else (found.name, found.series)
