"""`duedesk describe`: the objects and their fields, out of the catalogue; it opens no book."""

import argparse
from collections.abc import Iterator

from duedesk.cli.json_text import Json, write_json
from duedesk.cli.layout import Column, aligned, table
from duedesk.cli.options import add_json
from duedesk.cli.terminal import DONE, Terminal, Verbs
from duedesk.domain.catalog import Field, ObjectType
from duedesk.domain.describing import calls_of, describe_layout, describe_sobjects
from duedesk.domain.errors import RequestError
from duedesk.domain.objects import CATALOG


def add_parser(verbs: Verbs) -> None:
    """Add `describe`."""
    parser = verbs.add_parser("describe", description="The fields of an object, or all objects; no book is needed.")
    parser.add_argument("object", metavar="OBJECT", nargs="?", help="Invoice, Account, ... (all of them)")
    parser.add_argument("--layout", action="store_true", help="the parts of a record's page, and the fields in each")
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace, terminal: Terminal) -> int:
    described = None if options.object is None else CATALOG.object(options.object)
    if options.layout:
        return _layout(options, terminal)
    if options.json:
        write_json(terminal, _listed() if described is None else as_json(described))
        return DONE
    for line in _object_lines() if described is None else _field_lines(described):
        terminal.say(line)
    return DONE


def as_json(described: ObjectType) -> Json:
    """Give an object as the document that `--json` prints."""
    (told,) = describe_sobjects((described.name,))
    return {
        "name": told.name,
        "label": told.label,
        "labelPlural": told.label_plural,
        "nameField": told.name_field,
        "calls": told.calls,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "type": field.type,
                "length": field.length,
                "values": field.values,
                "filter": field.filterable,
                "group": field.groupable,
                "sort": field.sortable,
                "update": field.updateable,
                "nillable": field.nillable,
                "calculated": field.calculated,
                "referenceTo": field.reference_to,
                "relationshipName": field.relationship_name or None,
                "defaultValue": field.default_value or None,
                "custom": field.custom,
                "help": field.help,
            }
            for field in told.fields
        ],
    }


def _layout(options: argparse.Namespace, terminal: Terminal) -> int:
    if options.object is None:
        raise RequestError("A layout is of one object.", "Name it: duedesk describe Invoice --layout.")
    layout = describe_layout(options.object)
    if options.json:
        sections = [{"heading": one.heading, "fields": one.fields} for one in layout.sections]
        write_json(terminal, {"name": layout.object, "sections": sections, "related": layout.related})
        return DONE
    for line in aligned(
        [*((one.heading, ", ".join(one.fields)) for one in layout.sections), ("Related", ", ".join(layout.related))]
    ):
        terminal.say(line)
    return DONE


def _listed() -> Json:
    return {"objects": [{"name": one.name, "label": one.label, "fields": len(one.fields)} for one in CATALOG]}


def _object_lines() -> Iterator[str]:
    columns = (Column("Object"), Column("Fields", is_figure=True), Column("Records"))
    yield from table(columns, ((one.name, str(len(one.fields)), one.plural) for one in CATALOG))


def _field_lines(described: ObjectType) -> Iterator[str]:
    yield f"{described.name}: {len(described.fields)} fields"
    yield f"Calls: {', '.join(calls_of(described.name))}"
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
