"""Work out what came in without it: the amounts with tax of lines, and the totals of their invoices; it judges nothing.

Lines that people write are priced by `domain.line_pricing`; `store.proof.lines` proves both.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, bindparam, func, select, update
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from duedesk.domain.line_totals import with_tax_assigned
from duedesk.store.proof.lines import sums_of_lines
from duedesk.store.queries.records.line_drafts import line_figures
from duedesk.store.settlement import NOTHING
from duedesk.store.tables.ledger import invoice, invoice_line

_AT_A_TIME = 5_000
_line = invoice_line.c
_GUARDED = ("total_amount", "total_tax_amount", "total_amount_with_tax")
"""What the source said of a posted invoice stands; its lines were held against it."""


def state_line_figures(connection: Connection, journal_id: int) -> None:
    """Fill in what the lines of one import, and their invoices, do not say themselves."""
    if connection.scalar(select(_line.id).where(_line.journal_id == journal_id).limit(1)) is None:
        return
    for name, kind in (("charge", "Charge"), ("adjustment", "Adjustment")):
        _state_own(connection, journal_id, name, kind)
    _share_loose_tax(connection, journal_id)
    _state_totals(connection, journal_id)


def _state_own(connection: Connection, journal_id: int, name: str, kind: str) -> None:
    """State a charge's amount and the tax it carries itself or by tax lines that name it, where nothing was said."""
    named = invoice_line.alias("named")
    taxes = (
        select(named.c.related_line_id, func.sum(named.c.tax_amount).label("tax"))
        .where(named.c.journal_id == journal_id, named.c.type == "Tax", named.c.related_line_id.is_not(None))
        .group_by(named.c.related_line_id)
        .subquery("taxes")
    )
    own = invoice_line.alias("own")
    tax = func.coalesce(taxes.c.tax, NOTHING) + own.c.tax_amount
    figures = (
        select(own.c.id, own.c.line_amount.label("amount"), tax.label("tax"))
        .select_from(own.outerjoin(taxes, taxes.c.related_line_id == own.c.id))
        .where(own.c.journal_id == journal_id, own.c.type == kind, _says_nothing(own.c, name))
        .subquery("figures")
    )
    connection.execute(
        update(invoice_line)
        .where(_line.id == figures.c.id)
        .values(
            {
                f"{name}_amount": figures.c.amount,
                f"{name}_tax_amount": figures.c.tax,
                f"{name}_amount_with_tax": figures.c.amount + figures.c.tax,
            }
        )
    )


def _says_nothing(columns: ReadOnlyColumnCollection[str, Any], name: str) -> ColumnElement[bool]:
    return and_(*(columns[f"{name}_{part}"] == NOTHING for part in ("amount", "tax_amount", "amount_with_tax")))


def _share_loose_tax(connection: Connection, journal_id: int) -> None:
    """Share out the tax of lines that name no charge, invoice by invoice, where the lines do not say it all."""
    loose = select(_line.invoice_id).where(
        _line.journal_id == journal_id,
        _line.type == "Tax",
        _line.related_line_id.is_(None),
        _line.tax_amount != NOTHING,
    )
    query = (
        select(invoice_line, invoice.c.currency_iso_code)
        .join(invoice, invoice.c.id == _line.invoice_id)
        .where(_line.invoice_id.in_(loose))
        .order_by(_line.invoice_id, _line.id)
    )
    found = connection.execute(query, execution_options={"yield_per": _AT_A_TIME})
    changed = list(_changed(found))
    if changed:
        names = changed[0].keys() - {"line_key"}
        stated = update(invoice_line).where(_line.id == bindparam("line_key"))
        connection.execute(stated.values({name: bindparam(name) for name in names}), changed)


def _changed(found: Iterable[Row[Any]]) -> Iterator[dict[str, Any]]:
    for _, group in groupby(found, key=attrgetter("invoice_id")):
        rows = list(group)
        before = line_figures(rows)
        for old, new in zip(before, with_tax_assigned(before, rows[0].currency_iso_code), strict=True):
            if old != new:
                yield {"line_key": new.key, **new.columns()}


def _state_totals(connection: Connection, journal_id: int) -> None:
    mine = select(_line.invoice_id).where(_line.journal_id == journal_id)
    added = sums_of_lines()
    sums = (
        select(_line.invoice_id, *(one.label(name) for name, one in added.items()))
        .where(_line.invoice_id.in_(mine))
        .group_by(_line.invoice_id)
        .subquery("sums")
    )
    free = [name for name in added if name not in _GUARDED and name != "total_converted_neg_amount"]
    stated = update(invoice).where(invoice.c.id == sums.c.invoice_id)
    connection.execute(stated.values({name: sums.c[name] for name in free}))
    unposted = stated.where(invoice.c.posted_at.is_(None))
    connection.execute(unposted.values({name: sums.c[name] for name in _GUARDED}))
    converted = stated.where(sums.c.total_converted_neg_amount != NOTHING)
    connection.execute(converted.values(total_converted_neg_amount=sums.c.total_converted_neg_amount))
