"""`duedesk describe` says what there is, without a book."""

from cli.sessions import say
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World


def test_the_objects(world: World) -> None:
    said = say(world, "describe")
    assert said.out.splitlines()[:3] == [
        "Object                    Fields  Records",
        "Account                       24  Accounts",
        "Contact                       20  Contacts",
    ]
    assert [one["name"] for one in say(world, "describe", "--json").document["objects"]] == [
        one.name for one in CATALOG
    ]


def test_the_fields_of_an_object_as_a_table(world: World) -> None:
    said = say(world, "describe", "paymentterm")
    assert said.out.splitlines()[:10] == [
        "PaymentTerm: 11 fields",
        "Calls: describeLayout, describeSObjects, getDeleted, getUpdated, query, retrieve, update",
        "",
        "Field            Label          Type      Properties                      Holds",
        "Id               Id             id        Filter, Group, Sort, Nillable",
        "Name             Payment term   string    Filter, Group, Sort, Update",
        "Description      Description    textarea  Filter, Update, Nillable",
        "IsDefault        Default        boolean   Filter, Group, Sort, Update",
        "Status           Status         picklist  Filter, Group, Sort, Update     Active, Draft, Inactive",
        "Period           Days           int       Filter, Sort, Update            Days from invoice to due date.",
    ]


def test_json_gives_every_property_of_every_field(world: World) -> None:
    document = say(world, "describe", "Invoice", "--json").document
    assert list(document) == ["name", "label", "labelPlural", "nameField", "calls", "fields"]
    assert document["calls"] == [
        "describeLayout",
        "describeSObjects",
        "getDeleted",
        "getUpdated",
        "query",
        "retrieve",
        "search",
        "update",
    ]
    assert [field["name"] for field in document["fields"]] == [one.name for one in CATALOG.object("Invoice").fields]
    settlement = next(field for field in document["fields"] if field["name"] == "SettlementStatus")
    assert settlement == {
        "name": "SettlementStatus",
        "label": "Settlement",
        "type": "picklist",
        "length": 255,
        "values": ["Not Applicable", "Not Settled", "Partially Settled", "Settled"],
        "filter": True,
        "group": True,
        "sort": True,
        "update": False,
        "nillable": True,
        "calculated": False,
        "referenceTo": [],
        "relationshipName": None,
        "defaultValue": "Not Applicable",
        "custom": False,
        "help": "",
    }
    account = next(field for field in document["fields"] if field["name"] == "BillingAccountId")
    assert (account["referenceTo"], account["relationshipName"], account["length"]) == (
        ["Account"],
        "BillingAccount",
        18,
    )


def test_the_page_of_a_record_part_by_part(world: World) -> None:
    layout = say(world, "describe", "Invoice", "--layout", "--json").document
    placed = [name for part in layout["sections"] for name in part["fields"]]
    assert sorted(placed) == sorted(one.name for one in CATALOG.object("Invoice").read_fields)
    assert [part["heading"] for part in layout["sections"]] == ["Details", "Amounts", "Dates", "System"]
    assert {"InvoiceLine", "PaymentLineInvoice", "InvoiceHistory"} <= set(layout["related"])
    assert say(world, "describe", "Invoice", "--layout").out.splitlines()[0].startswith("Details  DocumentNumber, ")
    said = say(world, "describe", "--layout")
    assert (said.code, said.err) == (1, "A layout is of one object. Name it: duedesk describe Invoice --layout.\n")


def test_an_object_that_is_none(world: World) -> None:
    said = say(world, "describe", "Order")
    assert (said.code, said.err.partition(" There are")[0]) == (1, "There is no object “Order”.")
