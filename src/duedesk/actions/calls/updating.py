"""The call that changes: fields of accounts, contacts, payment terms and drafts, of several records as one action.

Either all of it is done or nothing; what stands in the way is said with the record and the field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import RowMapping

from duedesk.actions.calls.parties import set_fields
from duedesk.actions.calls.values import Given, read_edit
from duedesk.actions.deed import Deed, deed
from duedesk.actions.invoices.drafting import edit_draft
from duedesk.actions.invoices.kept import written
from duedesk.actions.permission import permit
from duedesk.actions.workspace import Workspace
from duedesk.domain.catalog import ObjectType
from duedesk.domain.changes import Changes
from duedesk.domain.describing import UPDATABLE
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG

Records = Mapping[str, Given] | Mapping[int, Given] | Mapping[str | int, Given]
"""What is to be set, by the Id or number of a record, or by its key as a whole number."""


@dataclass(slots=True)
class _Edit:
    """What is to change of one record: the values that differ, and what stands there now."""

    key: int
    called: str
    values: dict[str, Any]
    before: dict[str, Any] = field(default_factory=dict)


def update(workspace: Workspace, object_name: str, records: Records) -> Changes:
    """Set fields of records, named by Id or number, or by key where that is a whole number; all of them or none.

    RequestError names every record and field that cannot be set so. An invoice is changed while it is a draft.
    """
    described = CATALOG.object(object_name)
    if described.name not in UPDATABLE:
        raise RequestError(
            f"{described.plural} are not changed by this call.",
            f"It changes {', '.join(UPDATABLE)}; each verb of the terminal changes what is its own.",
        )
    with deed(workspace, "update") as act:
        faults: list[RequestError] = []
        edits = _each(records.items(), faults, lambda one: _read(act, described, *one))
        _refuse(faults)
        _require_leave(act, described, edits)
        rows = act.hold(described.name, [edit.key for edit in edits])
        for edit, row in zip(edits, rows, strict=True):
            _leave_out_what_stands(described, edit, row._mapping)  # noqa: SLF001 - its public name
        edits = [edit for edit in edits if edit.values]
        if not edits:
            return Changes()
        act.record(_summary(described, edits), _details(described, edits))
        within = replace(workspace, within=act)
        _each(edits, faults, lambda edit: _write(within, act, described, edit))
        _refuse(faults)
    return act.changes


def _read(act: Deed, described: ObjectType, called: str | int, given: Given) -> _Edit:
    name = f"{described.label} {called}"
    try:
        key, values = read_edit(act.connection, described, called, given)
    except RequestError as error:
        raise RequestError(f"{name}: {error.message}", error.hint) from None
    return _Edit(key, name, values)


def _require_leave(act: Deed, described: ObjectType, edits: list[_Edit]) -> None:
    """Ask for the leave that a verb of its own would take."""
    if described.name == "PaymentTerm":
        permit(act.connection, act.world.user, "save_term")
    if any("OwnerId" in edit.values for edit in edits):
        permit(act.connection, act.world.user, "assign_owner")


def _leave_out_what_stands(described: ObjectType, edit: _Edit, row: RowMapping) -> None:
    for name, value in list(edit.values.items()):
        held = row[described.field(name).column]
        if held == value:
            del edit.values[name]
        else:
            edit.before[name] = written(held)


def _write(within: Workspace, act: Deed, described: ObjectType, edit: _Edit) -> None:
    try:
        if described.name == "Invoice":
            edit_draft(within, edit.key, edit.values)
            return
        set_fields(act.connection, described, edit.key, edit.values)
    except RequestError as error:
        said = error.message if edit.called in error.message else f"{edit.called}: {error.message}"
        raise RequestError(said, error.hint) from None


def _each(many: Any, faults: list[RequestError], do: Callable[[Any], Any]) -> list[Any]:
    """Do something with each, and keep what stands in the way of any."""
    done = []
    for one in many:
        try:
            done.append(do(one))
        except RequestError as error:
            faults.append(error)
    return done


def _refuse(faults: list[RequestError]) -> None:
    if not faults:
        return
    if len(faults) == 1:
        raise faults[0]
    several = " ".join(str(fault) for fault in faults[:_MOST_TOLD])
    more = f" And {len(faults) - _MOST_TOLD} more." if len(faults) > _MOST_TOLD else ""
    raise RequestError(f"{several}{more}", "Nothing was changed.")


_MOST_TOLD = 20


def _summary(described: ObjectType, edits: list[_Edit]) -> str:
    names = dict.fromkeys(described.field(name).label for edit in edits for name in edit.values)
    whose = edits[0].called if len(edits) == 1 else f"{len(edits)} {described.plural.lower()}"
    return f"{whose}: {', '.join(names)} changed"


def _details(described: ObjectType, edits: list[_Edit]) -> dict[str, Any]:
    return {
        "object": described.name,
        described.name: [edit.key for edit in edits],
        "before": {str(edit.key): edit.before for edit in edits},
    }
