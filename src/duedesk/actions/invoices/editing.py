"""Fields of a draft are set, and drafts handed over to be posted; a posted invoice cannot be edited."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, update

from duedesk.actions.deed import deed
from duedesk.actions.invoices.kept import keep
from duedesk.actions.invoices.values import INVOICE, check_updatable, read_values
from duedesk.actions.workspace import Workspace
from duedesk.domain.changes import Changes
from duedesk.domain.errors import RequestError
from duedesk.domain.filters import Value
from duedesk.domain.life_cycle import Status, Verb, called, check, counted, target
from duedesk.domain.money import ZERO, is_payable
from duedesk.store.queries.records.line_drafts import stored_lines
from duedesk.store.settlement import chosen
from duedesk.store.tables.ledger import invoice


def edit_draft(
    workspace: Workspace,
    key: int,
    values: Mapping[str, Value],
    *,
    version: int | None = None,
) -> Changes:
    """Set fields of a draft by API name; a reference takes the key of its record, a date also its ISO text.

    RequestError where it is no draft, where a field is not for people to set, or where somebody changed the draft
    since `version` (None: whatever it is): then it says both values.
    """
    check_updatable(values)
    with deed(workspace, "edit_draft") as act:
        (row,) = act.hold("Invoice", [key])
        named = called(row.document_number, row.id, row.status)
        check(Verb.EDIT, row.status, named)
        columns = read_values(act.connection, values)
        held = row._mapping  # noqa: SLF001 - its public name
        changed = {name: value for name, value in columns.items() if held[name] != value}
        if not changed:
            return Changes()
        act.permit.require_owner(changed.get("owner_id"))
        if version is not None and version != row.version:
            raise _conflict(named, row, values, changed)
        if "tax_locale_type" in changed or "currency_iso_code" in changed:
            _check_lines(act.connection, row, changed)
        if "due_date" in changed:
            changed["is_due_date_derived"] = False
        before = {field.name: keep(row).get(field.column) for field in INVOICE.fields if field.column in columns}
        labels = ", ".join(field.label for field in INVOICE.fields if field.column in changed and field.update)
        act.record(f"{named}: {labels} changed", {"Invoice": [key], "before": {str(key): before}})
        act.connection.execute(update(invoice).where(invoice.c.id == key).values(**changed))
    return act.changes


def submit(workspace: Workspace, keys: Sequence[int]) -> Changes:
    """Hand drafts over to be posted: they wait as Pending, and are edited no more unless reopened."""
    with deed(workspace, "submit") as act:
        rows = act.hold("Invoice", keys)
        for row in rows:
            check(Verb.SUBMIT, row.status, called(row.document_number, row.id, row.status))
        act.record(f"{counted(rows)} submitted", {"Invoice": [row.id for row in rows]})
        submitted = update(invoice).where(chosen(act.connection, invoice.c.id, keys))
        act.connection.execute(submitted.values(status=target(Verb.SUBMIT, Status.DRAFT).value))
    return act.changes


def _conflict(named: str, row: Row[Any], values: Mapping[str, Value], changed: Mapping[str, Any]) -> RequestError:
    differing = []
    for name, value in values.items():
        field = INVOICE.field(name)
        if field.column in changed:
            held = keep(row).get(field.column)
            differing.append(
                f"{field.label} is “{'' if held is None else held}” in the book and “{value or ''}” in yours"
            )
    return RequestError(
        f"{named} was changed by somebody else meanwhile: {'; '.join(differing)}.", "Read it again, then change it."
    )


def _check_lines(connection: Connection, row: Row[Any], changed: Mapping[str, Any]) -> None:
    """Refuse another tax locale or currency where the lines were priced for the one the draft has."""
    lines = stored_lines(connection, row.id)
    if not lines:
        return
    if "tax_locale_type" in changed and any(line.gross_unit_price is not None for line in lines):
        raise RequestError(
            "The draft has lines priced with tax.", "Take them off, change the tax locale, and set them anew."
        )
    currency = changed.get("currency_iso_code", row.currency_iso_code)
    amounts = [amount for line in lines for amount in (line.line_amount, line.tax_amount)]
    if not all(is_payable(amount or ZERO, currency) for amount in amounts):
        raise RequestError(f"The draft's lines have more decimals than {currency} has.", "Set them anew first.")
