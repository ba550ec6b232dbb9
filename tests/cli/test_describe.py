"""`duedesk describe` says what there is, without a book."""

from cli.sessions import say
from duedesk.domain.objects import CATALOG
from duedesk.domain.world import World


def test_the_objects(world: World) -> None:
    said = say(world, "describe")
    assert said.out.splitlines()[:3] == [
        "Object                    Fields  Records",
        "Account                       21  Accounts",
        "Contact                       17  Contacts",
    ]
    assert [one["name"] for one in say(world, "describe", "--json").document["objects"]] == [
        one.name for one in CATALOG
    ]


def test_the_fields_of_an_object_as_a_table(world: World) -> None:
    said = say(world, "describe", "paymentterm")
    assert said.out.splitlines()[:9] == [
        "PaymentTerm: 11 fields",
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
    assert list(document) == ["name", "fields"]
    assert [field["name"] for field in document["fields"]] == [one.name for one in CATALOG.object("Invoice").fields]
    settlement = next(field for field in document["fields"] if field["name"] == "SettlementStatus")
    assert settlement == {
        "name": "SettlementStatus",
        "label": "Settlement",
        "type": "picklist",
        "values": ["Not Applicable", "Not Settled", "Partially Settled", "Settled"],
        "filter": True,
        "group": True,
        "sort": True,
        "update": False,
        "nillable": True,
        "calculated": False,
    }


def test_an_object_that_is_none(world: World) -> None:
    said = say(world, "describe", "Order")
    assert (said.code, said.err.partition(" There are")[0]) == (1, "There is no object “Order”.")
