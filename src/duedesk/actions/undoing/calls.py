"""The opposites of what the calls change: a view as it was, fields with what they held."""

from functools import partial

from duedesk.actions.calls.updating import update
from duedesk.actions.calls.views import delete_view, save_view
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.domain.objects import CATALOG


def _view_back(asked: Asked) -> Planned:
    name = str(asked.entry.details["name"])
    was = asked.entry.before.get(name)
    if was is None:
        return Planned(f"Delete the view {name}", ("delete_view",), (partial(delete_view, name=name),))
    again = partial(save_view, name=name, query=str(was["query"]), shared=bool(was["shared"]))
    return Planned(f"Save the view {name} as it was", ("save_view",), (again,))


def _fields_back(asked: Asked) -> Planned:
    name = str(asked.entry.details["object"])
    before = {int(key): values for key, values in asked.entry.before.items()}
    asked.require_untouched({name: tuple(before)})
    described = CATALOG.object(name)
    labels = dict.fromkeys(described.field(field).label for values in before.values() for field in values)
    whose = f"{len(before)} {described.plural.lower()}" if len(before) > 1 else f"the {described.label.lower()}"
    sentence = f"Give {whose} what stood there before: {', '.join(labels)}"
    return Planned(sentence, ("update",), (partial(update, object_name=name, records=before),))


OPPOSITES = {
    "update": Opposite(_fields_back),
    "save_view": Opposite(_view_back, holds=()),
    "delete_view": Opposite(_view_back, holds=()),
}
