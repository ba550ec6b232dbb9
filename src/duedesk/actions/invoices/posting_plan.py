"""What posting an invoice will write, worked out before anything is written; RequestError where it cannot be posted."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from duedesk.actions.deed import Deed
from duedesk.actions.invoices.series import Want
from duedesk.domain.life_cycle import called
from duedesk.domain.line_totals import LineFigures, Totals, total, with_tax_assigned, without_negative
from duedesk.domain.posting import Postable, Terms, check_postable, terms_of
from duedesk.store.queries.records.line_drafts import line_figures, stored_lines
from duedesk.store.queries.terms import default_term, term
from duedesk.store.tables.party import account


@dataclass(frozen=True, slots=True)
class Plan:
    """An invoice about to be posted. `totals` is None where it came without lines, so that its totals stay."""

    row: Row[Any]
    named: str
    posted_on: date
    invoice_date: date
    term_key: int | None
    terms: Terms
    totals: Totals | None
    lines: tuple[LineFigures, ...]

    @property
    def converted(self) -> tuple[LineFigures, ...]:
        """Give the lines that become a credit memo."""
        return tuple(line for line in self.lines if line.converted)

    def wants(self) -> list[Want]:
        """Give the numbers it will take."""
        wants = [Want("Invoice", self.invoice_date, self.row.number_series_id)]
        if self.converted:
            wants.append(Want("CreditMemo", self.invoice_date))
        return wants if self.row.document_number is None else wants[1:]


def plan(act: Deed, row: Row[Any], *, on: date, convert_negative_lines: bool) -> Plan:
    """Work out how a locked invoice is posted; RequestError says what stands in the way."""
    rows = stored_lines(act.connection, row.id)
    named = called(row.document_number, row.id, row.status)
    lines = with_tax_assigned(line_figures(rows), row.currency_iso_code)
    if convert_negative_lines:
        lines = without_negative(lines)
    totals = total(lines) if lines else None
    asked = Postable(
        named=named,
        status=row.status,
        currency=row.currency_iso_code,
        total=row.total_amount_with_tax if totals is None else totals.with_tax,
        line_count=len(lines),
        invoice_date=row.invoice_date,
        due_date=None if row.is_due_date_derived else row.due_date,
        should_exclude_payment=row.should_exclude_payment,
        payment_exclusion_reason=row.payment_exclusion_reason or "",
    )
    check_postable(asked, on=on, today=act.today)
    term_key = row.payment_term_id or _term_of_account(act.connection, row.billing_account_id)
    term_key = term_key or default_term(act.connection)
    terms = terms_of(asked, None if term_key is None else term(act.connection, term_key), on=on)
    return Plan(row, named, on, row.invoice_date or on, term_key, terms, totals, lines)


def _term_of_account(connection: Connection, key: int) -> int | None:
    found: int | None = connection.scalar(select(account.c.payment_term_id).where(account.c.id == key))
    return found
