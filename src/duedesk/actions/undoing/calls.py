"""The opposites of what the calls change: a view as it was, fields with what they held."""

from functools import partial

from duedesk.actions.calls.updating import update
from duedesk.actions.calls.views import ListKept, begin_with_view, delete_view, rename_view, save_view, share_view
from duedesk.actions.undoing.opposite import Asked, Opposite, Planned
from duedesk.domain.objects import CATALOG


def _view_back(asked: Asked) -> Planned:
    name = str(asked.entry.details["name"])
    was = asked.entry.before.get(name)
    if was is None:
        return Planned(f"Delete the view {name}", ("delete_view",), (partial(delete_view, name=name),))
    kept = ListKept(str(was["search"]), str(was["group_by"])) if "search" in was else None
    again = partial(save_view, name=name, query=str(was["query"]), shared=bool(was["shared"]), as_list=kept)
    return Planned(f"Save the view {name} as it was", ("save_view",), (again,))


def _name_back(asked: Asked) -> Planned:
    name, called = str(asked.entry.details["name"]), str(asked.entry.details["to"])
    back = partial(rename_view, name=called, to=name)
    return Planned(f"Call the view {called} {name} again", ("rename_view",), (back,))


def _sharing_back(asked: Asked) -> Planned:
    name, shared = str(asked.entry.details["name"]), bool(asked.entry.details["shared"])
    said = f"Share the view {name} no longer" if shared else f"Share the view {name} again"
    return Planned(said, ("share_view",), (partial(share_view, name=name, shared=not shared),))


def _beginning_back(asked: Asked) -> Planned:
    before = asked.entry.details["before"]
    key = None if before is None else int(str(before))
    said = "Let the list begin as it comes" if key is None else "Let the list begin with the view it began with before"
    return Planned(said, ("begin_with_view",), (partial(begin_with_view, key=key),))


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
    "rename_view": Opposite(_name_back, holds=()),
    "share_view": Opposite(_sharing_back, holds=()),
    "begin_with_view": Opposite(_beginning_back, holds=()),
}
