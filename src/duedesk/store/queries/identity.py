"""Which record is meant by what somebody calls it: its Id elsewhere, its number or name, its key in this book."""

from sqlalchemy import ColumnElement, Connection, select

from duedesk.domain.catalog import ObjectType
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG
from duedesk.store.tables import METADATA

_ALSO_CALLED = {
    "Invoice": ("invoice_number",),
    "CreditMemo": ("credit_memo_number",),
    "Account": ("account_number",),
    "Payment": ("gateway_ref_number",),
}
"""Columns beside the one a record goes by; a reference of a bank may stand for several payments."""


def find_record(connection: Connection, object_name: str, called: str) -> int:
    """Give a record's key; RequestError where nothing is called so, or where several are."""
    described = CATALOG.object(object_name)
    said = called.strip()
    for condition in _ways(described, said):
        table = METADATA.tables[described.table]
        keys = connection.scalars(select(table.c.id).where(condition, *_own(described)).limit(2)).all()
        if len(keys) == 1:
            return int(keys[0])
        if keys:
            raise RequestError(
                f"Several {described.plural.lower()} are called “{said}”.",
                f'Name one by its Id: duedesk query "SELECT Id FROM {described.name} WHERE ...".',
            )
    raise RequestError(
        f"There is no {described.label.lower()} “{said}”.", "Numbers are told apart by case and leading zeros."
    )


def _ways(described: ObjectType, said: str) -> list[ColumnElement[bool]]:
    table = METADATA.tables[described.table]
    names = (described.field(described.name_field).column, *_ALSO_CALLED.get(described.name, ()))
    ways = [table.c.external_id == said] if "external_id" in table.c else []
    ways += [table.c[name] == said for name in names if name in table.c and name != "type"]
    key = said.removeprefix("#")  # what has no number is called #123
    if key.isascii() and key.isdecimal() and len(key) < 19:
        ways.append(table.c.id == int(key))
    return ways


def _own(described: ObjectType) -> list[ColumnElement[bool]]:
    if not described.rows:
        return []
    column, _, value = described.rows.partition("=")
    return [METADATA.tables[described.table].c[column] == value]
