"""`duedesk describe`: the objects and their fields, out of the catalogue; it opens no book."""

import argparse
from collections.abc import Iterator

from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, table
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.objects import CATALOG


def add_parser(verbs: Verbs) -> None:
    """Add `describe`."""
    parser = verbs.add_parser("describe", description="The fields of an object, or all objects; no book is needed.")
    parser.add_argument("object", metavar="OBJECT", nargs="?", help="Invoice, Account, ... (all of them)")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    described = None if options.object is None else CATALOG.object(options.object)
    if options.json:
        write_json(terminal, _listed() if described is None else as_json(described))
        return DONE
    for line in _object_lines() if described is None else _field_lines(described):
        terminal.say(line)
    return DONE


def as_json(described: ObjectType) -> Json:
    """Give an object as the document that `--json` prints."""
    return {
        "name": described.name,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "type": field.kind.value,
                "values": field.values,
                "filter": field.filter,
                "group": field.group,
                "sort": field.sort,
                "update": field.update,
                "nillable": field.nillable,
                "calculated": field.calculated,
            }
            for field in described.fields
        ],
    }


def _listed() -> Json:
    return {"objects": [{"name": one.name, "label": one.label, "fields": len(one.fields)} for one in CATALOG]}


def _object_lines() -> Iterator[str]:
    columns = (Column("Object"), Column("Fields", is_figure=True), Column("Records"))
    yield from table(columns, ((one.name, str(len(one.fields)), one.plural) for one in CATALOG))


def _field_lines(described: ObjectType) -> Iterator[str]:
    yield f"{described.name}: {len(described.fields)} fields"
    yield ""
    columns = (Column("Field"), Column("Label"), Column("Type"), Column("Properties", widest=60), Column("Holds"))
    yield from table(
        columns, ((one.name, one.label, one.kind, _properties(one), _values(one)) for one in described.fields)
    )


def _properties(field: Field) -> str:
    said = (
        ("Filter", field.filter),
        ("Group", field.group),
        ("Sort", field.sort),
        ("Update", field.update),
        ("Nillable", field.nillable),
        ("Calculated", field.calculated),
    )
    return ", ".join(name for name, holds in said if holds)


def _values(field: Field) -> str:
    return ", ".join(field.values) or " or ".join(field.refers_to) or field.help
